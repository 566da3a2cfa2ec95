//! `dateline verify`: whether an index is whole.

use std::fmt::Write as _;

use dateline_indexer::{Verification, verify};

use crate::command::index::counted;
use crate::command::{Ending, Surroundings};
use crate::output::{Format, Row, Rows};

/// Runs the command.
pub(crate) fn run(around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let found = verify(&around.index)?;
    match around.format {
        Format::Text => around.out.write_all(text(&found).as_bytes())?,
        format => Rows::new(format, &mut *around.out).print(&row(&found))?,
    }
    if found.is_unfinished {
        writeln!(
            around.notes,
            "note: a run is under way or was cut off; `dateline index` goes on from there and takes new checksums"
        )?;
    }
    for models in &found.other_models {
        writeln!(
            around.notes,
            "note: names were found by version {models}, this is {}; the next `dateline index` reads those folders anew",
            dateline_indexer::models()
        )?;
    }
    if found.problems.is_empty() {
        return Ok(Ending::Found);
    }
    writeln!(
        around.notes,
        "hint: build it anew with `dateline index --rebuild --index {}`",
        around.index.display()
    )?;
    Ok(Ending::Damaged)
}

fn row(found: &Verification) -> Row {
    let problems: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
    Row::default()
        .with("ok", problems.is_empty())
        .with("problems", problems)
        .with("files", found.files)
        .with("articles", found.articles)
        .with("format_version", dateline_schema::FORMAT_VERSION)
        .with("models", dateline_indexer::models())
        .with("other_models", found.other_models.iter().cloned().collect::<Vec<_>>())
}

fn text(found: &Verification) -> String {
    if found.problems.is_empty() {
        let (files, articles) = (counted(found.files, "file"), counted(found.articles, "article"));
        return format!("whole: {files}, {articles}\n");
    }
    let mut out = format!("damaged: {}\n", counted(found.problems.len() as u64, "problem"));
    for problem in &found.problems {
        let _ = writeln!(out, "  {}", crate::terminal::clean(&problem.to_string()));
    }
    out
}
