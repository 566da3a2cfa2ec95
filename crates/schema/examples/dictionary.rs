//! Makes the dictionary with which stored articles are pressed of the articles of an index: `dictionary INDEX FILE`.
//!
//! That of `crates/schema/data` is of `seeds/`, indexed with `--optimize`. The same articles and the same program give the same bytes. A new one is a new
//! format of the index, so it is made when the format changes anyway.

#![expect(clippy::print_stdout, reason = "a program of the workshop tells what it made")]

use std::error::Error;
use std::path::Path;

use dateline_article::Record;

/// Bytes of the dictionary. Half as many press articles worse by a fiftieth, twice as many better by as much, and each process that reads an article makes
/// ready all of them.
const LENGTH: usize = 32 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [index, file] = arguments.as_slice() else {
        return Err("usage: dictionary INDEX FILE".into());
    };
    let opened = dateline_schema::open(Path::new(index))?;
    let mut records = Vec::new();
    for segment in opened.index.reader()?.searcher().segment_readers() {
        for document in segment.get_store_reader(1)?.iter(segment.alive_bitset()) {
            let record: Record = dateline_schema::stored(&document?, &opened.fields)?;
            records.push(serde_json::to_vec(&record)?);
        }
    }
    let dictionary = zstd::dict::from_samples(&records, LENGTH)?;
    std::fs::write(file, &dictionary)?;
    println!("{file}: {} bytes, of {} articles", dictionary.len(), records.len());
    Ok(())
}
