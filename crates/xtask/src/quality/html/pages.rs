//! The pages of a collection as files, and what `dateline` makes of them.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::super::Bench;
use super::super::gold::{self, field};
use crate::built;
use crate::cost::processor_seconds;

/// What a program found in a collection.
pub(super) struct Run {
    /// Texts by the names of their pages without folder and extension.
    pub(super) texts: BTreeMap<String, String>,
    /// Of HTML.
    pub(super) megabytes: f64,
    /// Of processor time.
    pub(super) seconds: f64,
}

/// Unpacks an archive into a folder of its own below `folder`, and lists its pages.
pub(super) fn unpacked(archive: &Path, folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let name = archive.file_name().context("no name")?;
    let folder = folder.join(name);
    std::fs::create_dir_all(&folder)?;
    let bytes = gold::bytes(archive)?;
    let mut tar = Command::new("tar")
        .args(["-xf", "-", "-C"])
        .arg(&folder)
        .stdin(Stdio::piped())
        .spawn()
        .context("cannot run tar")?;
    tar.stdin.take().context("no pipe")?.write_all(&bytes)?;
    ensure!(tar.wait()?.success(), "cannot unpack {}", archive.display());
    let mut pages = Vec::new();
    list(&folder, &mut pages)?;
    pages.sort();
    Ok(pages)
}

fn list(folder: &Path, pages: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_page = path.extension().is_some_and(|extension| extension == "html")
            && path.file_name().is_none_or(|name| name != "expected.html");
        if path.is_dir() {
            list(&path, pages)?;
        } else if is_page {
            pages.push(path);
        }
    }
    Ok(())
}

/// A page's name without folder and extension.
pub(super) fn name(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// The size of pages, in 10^6 bytes.
pub(super) fn megabytes(pages: &[PathBuf]) -> anyhow::Result<f64> {
    let mut megabytes = 0.0;
    for page in pages {
        let bytes = u32::try_from(page.metadata()?.len()).context("a page of gigabytes")?;
        megabytes += f64::from(bytes) / 1e6;
    }
    Ok(megabytes)
}

/// What `dateline extract` prints for pages, a value each.
pub(super) fn printed(bench: &Bench<'_>, pages: &[PathBuf]) -> anyhow::Result<Vec<Value>> {
    let mut arguments = vec!["extract", "--no-extract", "--format", "json"];
    for page in pages {
        arguments.push(page.to_str().context("a name is not UTF-8")?);
    }
    let index = tempfile::tempdir()?;
    let output = built::run(bench.binary()?, index.path(), &arguments)?;
    let text = String::from_utf8(output.stdout).context("output is not UTF-8")?;
    text.lines().map(|line| serde_json::from_str(line).context("not JSON")).collect()
}

/// The texts that `dateline` finds.
pub(super) fn extract(bench: &Bench<'_>, pages: &[PathBuf]) -> anyhow::Result<Run> {
    let (before, start) = (processor_seconds(), Instant::now());
    let printed = printed(bench, pages)?;
    let seconds = match (before, processor_seconds()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64(),
    };
    let mut texts = BTreeMap::new();
    for page in &printed {
        texts
            .entry(name(field(page, "path")).to_owned())
            .or_insert_with(|| field(page, "text").to_owned());
    }
    Ok(Run { texts, megabytes: megabytes(pages)?, seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pages() {
        assert_eq!(name("a/b/0e1f.html"), "0e1f");
        assert_eq!(name("0e1f.html.gz"), "0e1f");
    }
}
