//! bzip2, of any number of streams one after another.

use crate::container::member;
use crate::detect::{Confidence, Sample};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::Halt;

mod blocks;

/// Reader of bzip2.
pub(crate) struct Bzip2;

const EXTENSIONS: &[(&str, &str)] = &[("bz2", ""), ("bz", ""), ("tbz", ".tar"), ("tbz2", ".tar")];

impl Reader for Bzip2 {
    fn name(&self) -> &'static str {
        "bzip2"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        // The magic number, the block size, and the first block's magic number (or that of the end).
        let begins = matches!(
            sample.bytes(),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, ..]
                | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, ..]
        );
        if begins { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let name = member::uncoated(input.name(), EXTENSIONS);
        found.uncoated(&name, Box::new(blocks::Blocks::new(input.stream())))
    }
}
