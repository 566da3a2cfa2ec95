//! What the signatures of texts cost on one thread: `signatures FILE`, where FILE holds a JSON string a line, each a text.
//!
//! Prints one JSON object: the texts, those long enough for a signature, and the seconds of processor time. `cargo xtask quality` calls it.

#![expect(clippy::print_stdout, reason = "a program of the workshop tells what it measured")]

use std::error::Error;

use dateline_extract::copies::signature;
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: signatures FILE")?;
    let file = std::fs::read_to_string(path)?;
    let texts: Vec<String> = file.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let before = seconds()?;
    let signed = texts.iter().filter_map(|text| signature(text)).count();
    let seconds = seconds()? - before;
    println!("{}", json!({ "texts": texts.len(), "signed": signed, "seconds": seconds }));
    Ok(())
}

/// Processor time of this thread (Linux: `proc(5)`, in nanoseconds).
fn seconds() -> Result<f64, Box<dyn Error>> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: f64 = told.split(' ').next().ok_or("no processor time")?.parse()?;
    Ok(nanoseconds / 1e9)
}
