//! Sorting files by the format that they are read as, for the corpora that runs begin with.

use std::fs;
use std::path::Path;

use dateline_readers::{Confidence, Sample, formats};

/// Larger files make slow runs.
const MOST_BYTES: usize = 64 << 10;

/// Copies the files whose paths come on stdin, a line each, into a folder for each format below `folder`, and prints the formats, each with the
/// name that one of its files has.
pub fn sort(folder: &Path) {
    for format in formats() {
        fs::create_dir_all(folder.join(format.name())).expect("a folder that can be written");
    }
    let mut names = vec![None; formats().len()];
    for (number, line) in std::io::stdin().lines().enumerate() {
        let path = line.expect("a line of UTF-8");
        let path = Path::new(&path);
        let Ok(bytes) = fs::read(path) else { continue };
        let extension = path.extension().and_then(|extension| extension.to_str());
        let extension = extension
            .filter(|extension| extension.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let extension = extension.unwrap_or("");
        let name = if extension.is_empty() { "a".to_owned() } else { format!("a.{extension}") };
        let Some(index) = chosen(&bytes, &name) else { continue };
        let known: &mut Option<String> = &mut names[index];
        known.get_or_insert(name);
        if bytes.len() <= MOST_BYTES {
            let copy = folder.join(formats()[index].name()).join(format!("seed-{number}"));
            fs::write(copy, bytes).expect("a folder that can be written");
        }
    }
    for (format, name) in formats().iter().zip(names) {
        println!("{}\t{}", format.name(), name.as_deref().unwrap_or("a"));
    }
}

/// Place of the reader that is surest of a file.
fn chosen(bytes: &[u8], name: &str) -> Option<usize> {
    let sample = Sample::new(&bytes[..bytes.len().min(32 << 10)], name, bytes.len() <= 32 << 10);
    let sure = formats().iter().map(|reader| reader.recognises(&sample));
    let best = sure.enumerate().rev().max_by_key(|(_, confidence)| *confidence)?;
    Some(best.0).filter(|_| best.1 > Confidence::No)
}
