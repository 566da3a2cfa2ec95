//! Reading one input as a file of the format, and judging what comes of it.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use dateline_article::{Article, ArticleId};
use dateline_readers::{Options, Reason, Skip, SourceFile, read};

use crate::findings::Finding;
use crate::watch::{self, Watch};

const LONGEST: Duration = Duration::from_secs(2);
const MOST_BYTES: usize = 256 << 20;

/// How inputs are read.
pub struct Target {
    /// Where each input lies as a file while it is read.
    file: PathBuf,
    /// The name that a file of the format has.
    name: String,
}

/// What the environment says.
pub fn target() -> &'static Target {
    static TARGET: LazyLock<Target> = LazyLock::new(|| Target {
        file: std::env::var_os("DATELINE_FUZZ_FILE").expect("DATELINE_FUZZ_FILE").into(),
        name: std::env::var("DATELINE_FUZZ_NAME").expect("DATELINE_FUZZ_NAME"),
    });
    &TARGET
}

impl Target {
    /// Reads the bytes under the format's name; one input of four under none, where content alone tells what it is.
    pub fn read(&self, bytes: &[u8]) -> Option<Finding> {
        std::fs::write(&self.file, bytes).expect("a file that can be written");
        let sum = bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
        self.read_as(if sum % 4 == 0 { "file" } else { &self.name })
    }

    fn read_as(&self, path: &str) -> Option<Finding> {
        let source = SourceFile { root_label: "root", path, file: &self.file };
        let mut judge = Judge::default();
        watch::last_panic();
        let watch = Watch::start();
        let ended = catch_unwind(AssertUnwindSafe(|| {
            read(&source, &Options::default(), &mut |item| {
                judge.see(&item);
                ControlFlow::Continue(())
            });
        }));
        let (time, bytes) = (watch.time(), watch.most_bytes());
        if let Some(panic) = watch::last_panic() {
            // A library's may be contained on purpose, where a file of its format is then malformed.
            let own = panic.place.contains("readers/src");
            if own || judge.panicked || ended.is_err() {
                return Some(Finding { kind: "panic", place: panic.place, text: panic.text });
            }
        }
        let finding = |kind, text: String| Finding { kind, place: String::new(), text };
        if time > LONGEST {
            return Some(finding("slow", format!("{} ms as {path}", time.as_millis())));
        }
        if bytes > MOST_BYTES {
            return Some(finding("large", format!("{} MiB as {path}", bytes >> 20)));
        }
        if judge.items == 0 {
            judge.fault.get_or_insert("neither an article nor a skip");
        }
        let fault = judge.fault?;
        Some(Finding { kind: "unsound", place: fault.to_owned(), text: fault.to_owned() })
    }
}

/// Looks at what a file gives.
#[derive(Default)]
struct Judge {
    items: usize,
    ids: HashSet<ArticleId>,
    panicked: bool,
    fault: Option<&'static str>,
}

impl Judge {
    fn see(&mut self, item: &Result<Article, Skip>) {
        self.items += 1;
        match item {
            Err(skip) => self.panicked |= skip.reason == Reason::Panic,
            Ok(article) => {
                if !self.ids.insert(article.id) {
                    self.fault = Some("two articles with one id");
                }
                if let Some(fault) = fault(article) {
                    self.fault = Some(fault);
                }
            }
        }
    }
}

/// What no article may be.
fn fault(article: &Article) -> Option<&'static str> {
    let text = article.text();
    let odd = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
    let blank = |paragraph: &String| paragraph.trim().is_empty();
    if !text.is_char_boundary(article.dateline_bytes()) {
        Some("a dateline that ends inside a character")
    } else if article.paragraphs.iter().any(blank) {
        Some("a blank paragraph")
    } else if article.title.as_ref().is_some_and(blank) {
        Some("a blank title")
    } else if text.contains(odd) || article.title.as_ref().is_some_and(|title| title.contains(odd))
    {
        Some("a control character")
    } else {
        None
    }
}
