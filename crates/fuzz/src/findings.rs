//! Findings as files: the input, and beside it what was wrong. One of a kind and place is kept, so that a frequent one does not hide the others.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::LazyLock;

/// Slow and large inputs have no place: so many of each are kept.
const MOST_WITHOUT_PLACE: usize = 5;

/// What is wrong with an input.
pub struct Finding {
    /// `panic`, `slow`, `large` or `unsound`.
    pub kind: &'static str,
    /// What makes two of a kind the same; empty where nothing does.
    pub place: String,
    /// For people.
    pub text: String,
}

/// The folder of findings.
pub struct Findings {
    folder: PathBuf,
}

impl Findings {
    pub fn of_this_run() -> &'static Self {
        static FINDINGS: LazyLock<Findings> = LazyLock::new(|| Findings {
            folder: std::env::var_os("DATELINE_FUZZ_FINDINGS").expect("their folder").into(),
        });
        &FINDINGS
    }

    /// Keeps the input, unless its like is there.
    pub fn write(&self, finding: &Finding, bytes: &[u8]) {
        let names: Vec<String> = if finding.place.is_empty() {
            (0..MOST_WITHOUT_PLACE).map(|number| format!("{}-{number}", finding.kind)).collect()
        } else {
            let mut hasher = DefaultHasher::new();
            finding.place.hash(&mut hasher);
            vec![format!("{}-{:016x}", finding.kind, hasher.finish())]
        };
        let paths = names.iter().map(|name| self.folder.join(name));
        let Some(path) = paths.into_iter().find(|path| !path.exists()) else { return };
        std::fs::write(&path, bytes).expect("a folder for findings");
        std::fs::write(path.with_extension("txt"), &finding.text).expect("a folder for findings");
        eprintln!("finding: {} {}", path.display(), finding.text);
    }
}
