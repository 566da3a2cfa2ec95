//! One input under a parser, and the finding where it panics, is unsound or takes too long.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::findings::{Finding, Findings};
use crate::watch::{self, Watch};

const LONGEST: Duration = Duration::from_secs(2);

/// Runs `read` on an input and writes down what was wrong.
pub fn judge(bytes: &[u8], read: impl FnOnce() -> Option<Finding>) {
    let watch = Watch::start();
    let finding = match catch_unwind(AssertUnwindSafe(read)) {
        Ok(None) if watch.time() > LONGEST => Some(Finding {
            kind: "slow",
            place: String::new(),
            text: format!("{:?}, {} bytes held", watch.time(), watch.most_bytes()),
        }),
        Ok(finding) => finding,
        Err(_) => watch::last_panic().map(|panic| Finding {
            kind: "panic",
            place: panic.place,
            text: panic.text,
        }),
    };
    if let Some(finding) = finding {
        Findings::of_this_run().write(&finding, bytes);
    }
}

/// A finding of the kind `unsound`.
pub fn unsound(place: impl Into<String>, text: impl Into<String>) -> Option<Finding> {
    Some(Finding { kind: "unsound", place: place.into(), text: text.into() })
}
