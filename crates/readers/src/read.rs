//! Reading one source file: opening, choosing its reader, containing whatever goes wrong in it.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use dateline_article::{Article, Date, Language};

use crate::container::budget::Budget;
use crate::field_map::FieldMap;
use crate::found::Found;
use crate::input::Input;
use crate::limits::Limits;
use crate::neighbour::Neighbour;
use crate::registry::{self, Reader};
use crate::skip::{Fault, Halt, Reason, Skip};

/// A file of a corpus.
#[derive(Clone, Copy, Debug)]
pub struct SourceFile<'a> {
    /// Label of the root that it lies in; with `path` it makes the articles' ids.
    pub root_label: &'a str,
    /// Path below the root, with `/` between folders.
    pub path: &'a str,
    /// Where the file is.
    pub file: &'a Path,
}

/// How to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Bounds on what is taken in.
    pub limits: Limits,
    /// Source of the articles that name none themselves.
    pub source: Option<String>,
    /// Language of the articles that name none themselves.
    pub language: Option<Language>,
    /// Columns and keys of tables and JSON whose names do not say what they hold.
    pub map: FieldMap,
    /// The day of reading, after which nothing can have appeared; used for warnings only.
    pub today: Option<Date>,
}

/// Reads the articles of a file and gives them to `each`, one by one, until it breaks off.
///
/// What cannot be read comes as a [`Skip`]: for one article (with its part), or for the rest of the file. A file gives at least one of both. A
/// panic inside a reader is contained and comes as a skip; a panic of `each` is passed on. Returned is what the articles depend on beside the file.
pub fn read(
    source: &SourceFile<'_>,
    options: &Options,
    each: &mut dyn FnMut(Result<Article, Skip>) -> ControlFlow<()>,
) -> Vec<Neighbour> {
    let packed_bytes = std::fs::metadata(source.file).map_or(0, |metadata| metadata.len());
    let budget = Budget::new(packed_bytes, options.limits);
    let chosen = Input::open(source.file, source.path, options.limits, &budget).and_then(|input| {
        let reader = registry::choose(&input.sample());
        reader.map(|reader| (input, reader)).ok_or_else(unknown)
    });
    let (mut input, reader) = match chosen {
        Ok(chosen) => chosen,
        Err(fault) => {
            Found::new(source, options, "", &budget, each).end(Err(fault.into()));
            return Vec::new();
        }
    };
    let mut found = Found::new(source, options, reader.name(), &budget, each);
    let result = contain(reader, &mut input, &mut found);
    found.end(budget.or_exceeded(result));
    if let Some(panic) = found.into_panic() {
        resume_unwind(panic);
    }
    input.into_neighbours()
}

/// No reader is sure enough of a file.
pub(crate) fn unknown() -> Fault {
    Fault::new(Reason::UnknownFormat, "no reader knows this format")
}

/// Lets a reader read, and makes a fault of its panic.
pub(crate) fn contain(
    reader: &dyn Reader,
    input: &mut Input<'_>,
    found: &mut Found<'_>,
) -> Result<(), Halt> {
    catch_unwind(AssertUnwindSafe(|| reader.read(input, found))).unwrap_or_else(|payload| {
        let message = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        let detail = format!("the reader of {} failed: {message}", reader.name());
        Err(Halt::Fault(Fault::new(Reason::Panic, detail)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Confidence, Sample};
    use crate::draft::Draft;

    struct Failing;

    impl Reader for Failing {
        fn name(&self) -> &'static str {
            "failing"
        }

        fn recognises(&self, _sample: &Sample<'_>) -> Confidence {
            Confidence::Certain
        }

        fn read(&self, _input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
            found.article(Draft { title: Some("Ferry".to_owned()), ..Draft::default() })?;
            panic!("on purpose")
        }
    }

    #[test]
    fn a_panic_ends_the_file_and_nothing_else() {
        let source = SourceFile { root_label: "r", path: "a", file: Path::new("a") };
        let options = Options::default();
        let stream = Box::new(std::io::Cursor::new(b"text"));
        let mut input = Input::new(stream, "a", None, options.limits).unwrap();
        let mut items = Vec::new();
        let mut each = |item: Result<Article, Skip>| {
            items
                .push(item.map(|article| article.title).map_err(|skip| (skip.reason, skip.detail)));
            ControlFlow::Continue(())
        };
        let budget = Budget::new(4, options.limits);
        let mut found = Found::new(&source, &options, "failing", &budget, &mut each);
        let result = contain(&Failing, &mut input, &mut found);
        found.end(result);
        assert!(found.into_panic().is_none());
        let detail = "the reader of failing failed: on purpose".to_owned();
        assert_eq!(items, [Ok(Some("Ferry".to_owned())), Err((Reason::Panic, detail))]);
    }
}
