//! A tree of files whose folders are packed or not (`files.tar.zst`), copied as if none was.

use std::path::{Component, Path};

use anyhow::{Context, bail, ensure};

use super::super::gold;

/// Name of the archive that stands for the files of its folder.
const ARCHIVE: &str = "files.tar.zst";

/// Files that describe a folder and are no samples.
const NOTES: [&str; 2] = ["LICENCE.txt", "README.md"];

/// Copies the files below `from` to `to`, and gives their paths below it, sorted.
///
/// # Errors
/// A file cannot be read or written, or an archive is none.
pub(super) fn copy(from: &Path, to: &Path) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    copy_folder(from, to, "", &mut files)?;
    files.sort_unstable();
    Ok(files)
}

fn copy_folder(from: &Path, to: &Path, below: &str, files: &mut Vec<String>) -> anyhow::Result<()> {
    let folder = from.join(below);
    let entries = std::fs::read_dir(&folder);
    for entry in entries.with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("a name is not UTF-8")?;
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            copy_folder(from, to, &path, files)?;
        } else if name == ARCHIVE {
            let bytes = std::fs::read(entry.path())?;
            let tar = gold::unpacked(&bytes).with_context(|| format!("cannot unpack {path}"))?;
            for (name, content) in members(&tar).with_context(|| format!("in {path}"))? {
                write(to, &format!("{below}/{name}"), content, files)?;
            }
        } else if !NOTES.contains(&name.as_str()) {
            write(to, &path, &std::fs::read(entry.path())?, files)?;
        }
    }
    Ok(())
}

fn write(to: &Path, path: &str, content: &[u8], files: &mut Vec<String>) -> anyhow::Result<()> {
    if NOTES.iter().any(|note| path.rsplit('/').next() == Some(note)) {
        return Ok(());
    }
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    ensure!(plain, "the path {path} leads elsewhere");
    let file = to.join(path);
    std::fs::create_dir_all(file.parent().context("no folder")?)?;
    std::fs::write(&file, content).with_context(|| format!("cannot write {}", file.display()))?;
    files.push(path.to_owned());
    Ok(())
}

const BLOCK: usize = 512;

/// The files in a tar archive of the plain form (ustar).
fn members(tar: &[u8]) -> anyhow::Result<Vec<(String, &[u8])>> {
    let mut members = Vec::new();
    let mut rest = tar;
    while let Some((header, after)) = rest.split_at_checked(BLOCK) {
        if header.iter().all(|&byte| byte == 0) {
            break;
        }
        let text = |from: usize, length: usize| {
            let field = header.get(from..from + length).unwrap_or_default();
            let end = field.iter().position(|&byte| byte == 0).unwrap_or(length);
            std::str::from_utf8(field.get(..end).unwrap_or_default()).context("no UTF-8")
        };
        let size = usize::from_str_radix(text(124, 12)?.trim(), 8).context("no size")?;
        let content = after.get(..size).context("the archive is cut")?;
        let (name, prefix) = (text(0, 100)?, text(345, 155)?);
        let name = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
        match header.get(156) {
            Some(b'0' | 0) => members.push((name.trim_start_matches("./").to_owned(), content)),
            Some(b'5') => {}
            kind => bail!("{name} is of the kind {kind:?}, which is not read"),
        }
        rest = after.get(size.next_multiple_of(BLOCK)..).unwrap_or_default();
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn member(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
        let mut block = vec![0; BLOCK];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        block[156] = kind;
        block.extend(content);
        block.resize(block.len().next_multiple_of(BLOCK), 0);
        block
    }

    #[test]
    fn packed_folders_are_as_others() {
        let from = tempfile::tempdir().unwrap();
        let to = tempfile::tempdir().unwrap();
        let tar = [
            member("./in/", b'5', b""),
            member("./in/a.xml", b'0', b"<a/>"),
            member("LICENCE.txt", b'0', b"x"),
            vec![0; 1024],
        ]
        .concat();
        std::fs::create_dir_all(from.path().join("feeds")).unwrap();
        let packed = compress_to_vec(tar.as_slice(), CompressionLevel::Fastest);
        std::fs::write(from.path().join("feeds").join(ARCHIVE), packed).unwrap();
        std::fs::write(from.path().join("README.md"), "notes").unwrap();
        std::fs::write(from.path().join("b.txt"), "text").unwrap();
        assert_eq!(copy(from.path(), to.path()).unwrap(), ["b.txt", "feeds/in/a.xml"]);
        assert_eq!(std::fs::read(to.path().join("feeds/in/a.xml")).unwrap(), b"<a/>");
    }

    #[test]
    fn what_is_no_plain_archive_is_an_error() {
        assert!(members(&member("a", b'2', b"")).is_err());
        assert!(members(&member("a", b'0', &[1; 600])[..1024]).is_err());
        let to = tempfile::tempdir().unwrap();
        assert!(write(to.path(), "../a", b"", &mut Vec::new()).is_err());
    }
}
