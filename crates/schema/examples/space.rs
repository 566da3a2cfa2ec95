//! What of an index takes how much room: `cargo run --release -p dateline-schema --example space -- INDEX [BYTES]`, where so many bytes were indexed.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Rows that are printed, the largest first.
const ROWS: usize = 40;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let index = arguments.next().ok_or("which index?")?;
    let input: Option<f64> = arguments.next().map(|bytes| bytes.parse()).transpose()?;
    let opened = dateline_schema::open(Path::new(&index))?;
    let space = opened.index.reader()?.searcher().space_usage()?;
    let mut rows: BTreeMap<(&str, String), u64> = BTreeMap::new();
    for segment in space.segments() {
        for (part, fields) in [
            ("words", segment.termdict()),
            ("lists", segment.postings()),
            ("places", segment.positions()),
            ("columns", segment.fast_fields()),
            ("lengths", segment.fieldnorms()),
        ] {
            for field in fields.fields() {
                let row = rows.entry((part, field.field_name().to_owned())).or_default();
                *row += field.total().get_bytes();
            }
        }
        *rows.entry(("stored", String::new())).or_default() += segment.store().total().get_bytes();
    }
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let all: u64 = rows.iter().map(|(_, bytes)| bytes).sum();
    let by = input.unwrap_or(all as f64);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{all} bytes, {:.3}, in {} segments", all as f64 / by, space.segments().len())?;
    for ((part, field), bytes) in rows.iter().take(ROWS) {
        writeln!(out, "{part:8} {field:26} {bytes:12} {:.3}", *bytes as f64 / by)?;
    }
    Ok(())
}
