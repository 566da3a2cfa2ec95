//! `dateline extract`: what the readers and extractors find in files, without an index.

use std::ops::ControlFlow;
use std::path::PathBuf;

use dateline_article::{Article, ArticleId, Record};
use dateline_indexer::{FieldMap, extract_file};

use crate::command::{Ending, Surroundings, index};
use crate::output::{Format, Rows, record, text};
use crate::terminal::clean;

/// Arguments of `extract`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  dateline extract article.html                       what is found in one article
  dateline extract --format json archive.jsonl        JSON lines, one an article
  dateline extract --format json *.xml | jq '.people[].name'
  dateline extract --map title=head,published=day.utc dump.jsonl
                                                      where keys have names of their own")]
pub(crate) struct Arguments {
    /// Files to read.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Read only: do not look for people, organisations, places and dates.
    #[arg(long)]
    no_extract: bool,
    /// Columns and keys of tables and JSON, as FIELD=KEY, whose names do not say what they hold.
    #[arg(long, value_name = "FIELD=KEY,…")]
    map: Option<FieldMap>,

    /// Another limit on what one file may take, such as file_bytes=128MB (docs/formats.md lists them).
    #[arg(long = "limit", value_name = "NAME=VALUE", value_parser = index::limit)]
    limits: Vec<(String, u64)>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let mut found = 0_u64;
    let map = arguments.map.clone().unwrap_or_default();
    let keys = record::row(&Record::bare(Article::new(ArticleId::from_u64(0), "", "", "")));
    let mut failed: std::io::Result<()> = Ok(());
    let (look, format) = (around.look, around.format);
    let mut rows = Rows::new(format, &mut *around.out);
    let limits = index::limited(&arguments.limits);
    let today = Some(around.environment.today);
    for file in &arguments.files {
        extract_file(file, &map, !arguments.no_extract, limits, today, &mut |result| {
            let written = match result {
                Ok(record) => {
                    found += 1;
                    match format {
                        Format::Text => rows.text(&text::article(&record, look), found > 1),
                        _ => rows.print(&record::row(&record)),
                    }
                }
                Err(skip) => {
                    let part = skip.part.map(|part| format!("#{part}")).unwrap_or_default();
                    let shown = file.display().to_string();
                    writeln!(
                        around.notes,
                        "skipped: {}{part} · {}: {}",
                        clean(&shown),
                        skip.reason,
                        clean(&skip.detail)
                    )
                }
            };
            match written {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Err(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        std::mem::replace(&mut failed, Ok(()))?;
    }
    rows.finish(&keys)?;
    Ok(if found == 0 { Ending::Nothing } else { Ending::Found })
}
