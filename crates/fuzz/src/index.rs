//! The fuzz target of what an index says of itself: libFuzzer's bytes in place of one of its lists, which the first byte chooses.
//!
//! `cargo xtask fuzz --parser index` builds and runs it. The index is opened, its copies are read and it is verified, with and without the checksums that
//! would tell at once that it is damaged. A finding is a panic, an error without words, or more than 2 s of the processor.

#![no_main]

mod findings;
mod judged;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dateline_indexer::{Options, Quiet, index, verify};
use dateline_schema::{Copies, open};
use findings::Finding;
use judged::{judge, unsound};
use libfuzzer_sys::fuzz_target;

/// The files that are replaced; a choice beyond them replaces one more byte of the first.
const FILES: [&str; 6] = [
    "dateline.json",
    "state-1",
    "copies-1",
    "checksums",
    "tantivy/meta.json",
    "tantivy/.managed.json",
];
const CHECKSUMS: &str = "checksums";

const STORY: &str = "The ferry to Istanbul did not sail on Tuesday because the harbour of Odesa had no fuel left, its captain Olena Koval \
                     said in the evening while lorries were waiting on the quay and in the streets of the old town.";

/// A small index, and each of its lists as it was made.
struct Template {
    folder: PathBuf,
    files: Vec<Vec<u8>>,
}

static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    let scratch = std::env::var_os("DATELINE_FUZZ_FILE").map(PathBuf::from);
    let scratch = scratch.unwrap_or_else(|| {
        std::env::temp_dir().join(format!("dateline-fuzz-{}", std::process::id()))
    });
    let (corpus, folder) = (scratch.with_extension("corpus"), scratch.with_extension("index"));
    std::fs::create_dir_all(&corpus).expect("a folder that can be written");
    for name in ["a.txt", "b.txt"] {
        std::fs::write(corpus.join(name), STORY).expect("a folder that can be written");
    }
    let options = Options { roots: vec![corpus], ..Options::default() };
    index(&folder, &options, &mut Quiet).expect("an index of two articles");
    let files =
        FILES.map(|name| std::fs::read(folder.join(name)).expect("a file of every index")).to_vec();
    Template { folder, files }
});

fuzz_target!(
    init: {
        if let Some(folder) = std::env::var_os("DATELINE_FUZZ_SORT") {
            write_seeds(Path::new(&folder));
            std::process::exit(0);
        }
        watch::note_panics();
        LazyLock::force(&TEMPLATE);
    },
    |bytes: &[u8]| {
        let Some((first, content)) = bytes.split_first() else { return };
        judge(bytes, || read(usize::from(*first) % FILES.len(), content));
    }
);

/// The lists of a whole index, a seed each.
fn write_seeds(folder: &Path) {
    for (number, content) in TEMPLATE.files.iter().enumerate() {
        let first = u8::try_from(number).expect("few files");
        let bytes: Vec<u8> = std::iter::once(first).chain(content.iter().copied()).collect();
        std::fs::write(folder.join(format!("seed-{number}")), bytes).expect("a folder for seeds");
    }
}

/// Reads the index with `content` in place of a list; what is wrong with how it was read.
fn read(number: usize, content: &[u8]) -> Option<Finding> {
    let template = &*TEMPLATE;
    let name = FILES[number];
    let put = |name: &str, content: &[u8]| {
        std::fs::write(template.folder.join(name), content).expect("a folder that can be written");
    };
    put(name, content);
    let mut finding = None;
    for has_sums in [true, false] {
        if !has_sums {
            if name == CHECKSUMS {
                break;
            }
            std::fs::remove_file(template.folder.join(CHECKSUMS)).expect("the checksums");
        }
        let errors = [
            open(&template.folder).err().map(|error| error.to_string()),
            verify(&template.folder).err().map(|error| error.to_string()),
        ];
        if errors.iter().flatten().any(String::is_empty) {
            finding = unsound(format!("error {name}"), "an error without words");
        }
        let copies = Copies::read(&template.folder, Some("state-1"));
        if copies.others().count() > content.len() + STORY.len() {
            finding = unsound("copies", "more copies than bytes");
        }
    }
    for name in [name, CHECKSUMS] {
        let at = FILES.iter().position(|file| *file == name).expect("one of them");
        put(name, &template.files[at]);
    }
    finding
}
