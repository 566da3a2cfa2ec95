//! One set of articles in the forms that the systems are measured on: JSON lines in several files, one file of text, a file an article.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::Value;

/// Articles of one file of JSON lines: enough files that threads can share them out.
const ARTICLES_A_FILE: usize = 5_000;

/// The articles on disk.
pub(super) struct Corpus {
    /// Folder of JSON lines, for indexing.
    pub(super) articles: PathBuf,
    /// Title and text of all in one file, for scanning.
    pub(super) text: PathBuf,
    /// Folder with a file of text for each article, by year and month.
    pub(super) files: PathBuf,
    pub(super) count: usize,
    /// Of the JSON lines.
    pub(super) bytes: u64,
}

impl Corpus {
    /// Writes the three forms of `source` below `folder`, where they are not there from an earlier run.
    ///
    /// # Errors
    /// The source cannot be read, is not JSON lines, or the disk is full.
    pub(super) fn prepare(source: &Path, folder: &Path) -> anyhow::Result<Self> {
        let corpus = Self {
            articles: folder.join("articles"),
            text: folder.join("text.txt"),
            files: folder.join("files"),
            count: count(source)?,
            bytes: fs::metadata(source)?.len(),
        };
        // Renamed when it is whole.
        let (done, begun) = (folder.join("corpus-done"), corpus.count.to_string());
        if fs::read_to_string(&done).is_ok_and(|text| text == begun) {
            return Ok(corpus);
        }
        for path in [&corpus.articles, &corpus.files] {
            super::empty(path)?;
            fs::create_dir_all(path)?;
        }
        corpus.write(source).with_context(|| format!("{}", source.display()))?;
        fs::write(done, begun)?;
        Ok(corpus)
    }

    fn write(&self, source: &Path) -> anyhow::Result<()> {
        let mut text = BufWriter::new(File::create(&self.text)?);
        let mut lines = BufReader::new(File::open(source)?).lines();
        for number in 0.. {
            let path = self.articles.join(format!("{number:03}.jsonl"));
            let part: Vec<String> =
                lines.by_ref().take(ARTICLES_A_FILE).collect::<Result<_, _>>()?;
            if part.is_empty() {
                break;
            }
            let mut file = BufWriter::new(File::create(path)?);
            for line in &part {
                writeln!(file, "{line}")?;
                let article: Value = serde_json::from_str(line).context("not JSON lines")?;
                let of = |key: &str| article[key].as_str().unwrap_or_default();
                writeln!(text, "{}\n\n{}\n", of("title"), of("body"))?;
                let (year, month) =
                    (of("date").get(..4).unwrap_or("0000"), of("date").get(5..7).unwrap_or("00"));
                let folder = self.files.join(year).join(month);
                fs::create_dir_all(&folder)?;
                let whole = format!(
                    "{}\n\nBy {}, {}\n{}\n\n{}\n",
                    of("title"),
                    of("byline"),
                    of("source"),
                    of("date"),
                    of("body")
                );
                fs::write(folder.join(of("id").replace('/', "-") + ".txt"), whole)?;
            }
            file.flush()?;
        }
        text.flush()?;
        Ok(())
    }
}

fn count(source: &Path) -> anyhow::Result<usize> {
    let file = File::open(source).with_context(|| format!("cannot read {}", source.display()))?;
    let mut lines = 0;
    for line in BufReader::new(file).split(b'\n') {
        lines += usize::from(!line?.is_empty());
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_hold_the_same_articles() {
        let scratch = tempfile::tempdir().unwrap();
        let source = scratch.path().join("a.jsonl");
        let line = r#"{"id": "a-1", "title": "T", "date": "2020-03-01", "byline": "B", "source": "S", "body": "Körper"}"#;
        fs::write(&source, format!("{line}\n")).unwrap();
        let corpus = Corpus::prepare(&source, scratch.path()).unwrap();
        assert_eq!(corpus.count, 1);
        let read = |path: &Path| fs::read_to_string(path).unwrap();
        assert_eq!(read(&corpus.articles.join("000.jsonl")), format!("{line}\n"));
        assert_eq!(read(&corpus.text), "T\n\nKörper\n\n");
        let file = corpus.files.join("2020/03/a-1.txt");
        assert_eq!(read(&file), "T\n\nBy B, S\n2020-03-01\n\nKörper\n");
    }
}
