//! The generated corpus as files: JSON lines below the target folder, twenty articles a file, so that indexing has
//! files to share out among its threads.

use std::path::PathBuf;

use anyhow::Context;
use serde_json::json;

use crate::corpus;

/// Below the target folder: nothing is written elsewhere.
pub(crate) const SCRATCH: &str = env!("CARGO_TARGET_TMPDIR");

/// A corpus on disk.
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
    pub(crate) articles: u64,
    pub(crate) bytes: u64,
}

/// Writes the first `count` articles of the corpus anew.
///
/// # Errors
/// A file cannot be written.
pub(crate) fn write(count: usize) -> anyhow::Result<Folder> {
    let path = PathBuf::from(SCRATCH).join(format!("corpus-{count}"));
    if path.exists() {
        std::fs::remove_dir_all(&path)
            .with_context(|| format!("cannot empty {}", path.display()))?;
    }
    std::fs::create_dir_all(&path).with_context(|| format!("cannot make {}", path.display()))?;
    let articles = corpus::articles(count);
    let mut folder = Folder { path, articles: articles.len() as u64, bytes: 0 };
    for file in articles.chunk_by(|one, next| one.path == next.path) {
        let mut lines = String::new();
        for article in file {
            let line = json!({
                "id": article.part,
                "title": article.title,
                "text": article.text(),
                "published": article.published.map(|published| published.at),
                "byline": article.byline,
                "source": article.source,
                "section": article.section,
            });
            lines.push_str(&line.to_string());
            lines.push('\n');
        }
        let path = folder.path.join(&file[0].path);
        std::fs::write(&path, &lines)
            .with_context(|| format!("cannot write {}", path.display()))?;
        folder.bytes += lines.len() as u64;
    }
    Ok(folder)
}
