//! What comes out of every file of `seeds/`, in one snapshot: a change of a reader shows as a changed line here. Every format has a seed (held by the
//! readers' tests), so every format is in it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{Desk, json_lines, repository};

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// One line an article: its format and part, the fields that readers fill, its length, and its first and last words.
fn line(article: &Value) -> String {
    let mut line = format!("{} {}", article["format"].as_str().unwrap(), article["part"]);
    for key in [
        "title",
        "subtitle",
        "byline",
        "published",
        "published_by",
        "language",
        "source",
        "section",
        "keywords",
        "url",
        "dateline",
        "status",
        "accession",
    ] {
        match &article[key] {
            Value::Null => {}
            Value::Array(list) if list.is_empty() => {}
            value => write!(line, " · {key} {value}").unwrap(),
        }
    }
    let text = article["text"].as_str().unwrap();
    let words: Vec<&str> = text.split_whitespace().collect();
    let paragraphs = text.split("\n\n").filter(|paragraph| !paragraph.is_empty()).count();
    let first = words.iter().take(3).copied().collect::<Vec<_>>().join(" ");
    let last = words.iter().skip(words.len().saturating_sub(3)).copied().collect::<Vec<_>>();
    write!(line, " · {paragraphs} paragraphs, {} words: {first} … {}", words.len(), last.join(" "))
        .unwrap();
    for warning in article["warnings"].as_array().into_iter().flatten() {
        write!(line, " · ! {}", warning.as_str().unwrap()).unwrap();
    }
    line
}

#[test]
fn every_seed_reads_as_it_did() {
    let desk = Desk::new(&[]);
    let seeds = repository().join("seeds");
    let mut files = Vec::new();
    collect(&seeds, &mut files);
    let mut shown = String::new();
    for file in files {
        let path = file.strip_prefix(&seeds).unwrap().to_str().unwrap();
        if path == "README.md" {
            continue;
        }
        writeln!(shown, "{path}").unwrap();
        let output =
            desk.run(&["extract", "--no-extract", "--format", "json", file.to_str().unwrap()]);
        for article in json_lines(&String::from_utf8(output.stdout).unwrap()) {
            writeln!(shown, "  {}", line(&article)).unwrap();
        }
        // The detail of each skip, without where the repository lies.
        let mut skips = String::from_utf8(output.stderr).unwrap();
        if path == "queries.jsonl" {
            skips = format!("{} lines are no articles\n", skips.lines().count());
        }
        for skip in skips.lines() {
            writeln!(shown, "  {}", skip.replace(file.to_str().unwrap(), "FILE")).unwrap();
        }
    }
    insta::assert_snapshot!("every_seed", shown);
}
