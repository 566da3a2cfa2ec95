//! Which folders an index covers, and how they are called.

use std::path::{Path, PathBuf};

use dateline_schema::{Manifest, Root};

use crate::{Error, Options};

/// Adds the folders given to the manifest's roots and returns the labels of those that this run reads: the ones given, or all.
///
/// # Errors
///
/// [`Error::NoSuchRoot`], [`Error::LabelTaken`], [`Error::OtherLabel`], [`Error::NestedRoots`], [`Error::LabelForSeveral`], [`Error::NoRoots`].
pub(crate) fn choose(manifest: &mut Manifest, options: &Options) -> Result<Vec<String>, Error> {
    if options.label.is_some() && options.roots.len() != 1 {
        return Err(Error::LabelForSeveral { given: options.roots.len() });
    }
    if options.roots.is_empty() {
        let all = labels(manifest);
        return if all.is_empty() { Err(Error::NoRoots) } else { Ok(all) };
    }
    let mut chosen: Vec<String> = Vec::new();
    for given in &options.roots {
        let label = add(manifest, given, options)?;
        if !chosen.contains(&label) {
            chosen.push(label);
        }
    }
    Ok(chosen)
}

/// The labels of all roots.
pub(crate) fn labels(manifest: &Manifest) -> Vec<String> {
    manifest.roots.iter().map(|root| root.label.clone()).collect()
}

fn add(manifest: &mut Manifest, given: &Path, options: &Options) -> Result<String, Error> {
    let path = match std::fs::canonicalize(given) {
        Ok(path) => path,
        // A root that the index knows may be missing today.
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => lost(given)
            .filter(|path| manifest.roots.iter().any(|root| root.path == *path))
            .ok_or_else(|| Error::NoSuchRoot { path: given.to_owned() })?,
        Err(source) => return Err(Error::UnreadableRoot { path: given.to_owned(), source }),
    };
    if path.is_dir() {
        std::fs::read_dir(&path)
            .map_err(|source| Error::UnreadableRoot { path: given.to_owned(), source })?;
    }
    let wanted = options.label.clone();
    if let Some(root) = manifest.roots.iter_mut().find(|root| root.path == path) {
        if wanted.is_some_and(|wanted| wanted != root.label) {
            return Err(Error::OtherLabel { path: given.to_owned(), label: root.label.clone() });
        }
        // Not saying a source, language or map leaves what was said before; the empty map forgets it.
        root.source = options.source.clone().or(root.source.take());
        root.language =
            options.language.map(|language| language.code().to_owned()).or(root.language.take());
        root.map = map_of(options).or(root.map.take()).filter(|map| !map.is_empty());
        return Ok(root.label.clone());
    }
    for root in &manifest.roots {
        let (inner, outer) = if path.starts_with(&root.path) {
            (given, root.path.as_path())
        } else if root.path.starts_with(&path) {
            (root.path.as_path(), given)
        } else {
            continue;
        };
        return Err(Error::NestedRoots { inner: inner.to_owned(), outer: outer.to_owned() });
    }
    let label = wanted.unwrap_or_else(|| name_of(&path));
    if let Some(other) = manifest.roots.iter().find(|root| root.label == label) {
        return Err(Error::LabelTaken { label, path: given.to_owned(), other: other.path.clone() });
    }
    manifest.roots.push(Root {
        label: label.clone(),
        path,
        source: options.source.clone(),
        language: options.language.map(|language| language.code().to_owned()),
        map: map_of(options).filter(|map| !map.is_empty()),
    });
    Ok(label)
}

/// The absolute path of what is not there, below the folders that are.
fn lost(given: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(given).ok()?;
    let there =
        path.ancestors().find_map(|folder| Some((folder, std::fs::canonicalize(folder).ok()?)));
    let (folder, real) = there?;
    Some(real.join(path.strip_prefix(folder).ok()?))
}

fn map_of(options: &Options) -> Option<String> {
    options.map.as_ref().map(ToString::to_string)
}

/// Name of the last folder of an absolute path; the whole path for the root of the file system.
pub(crate) fn name_of(path: &Path) -> String {
    let name =
        path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    name.into_owned()
}

/// The root that a single file is read under when there is no index: its folder.
pub(crate) fn folder_of(file: &Path) -> Result<(String, PathBuf), Error> {
    let path =
        std::fs::canonicalize(file).map_err(|_| Error::NoSuchRoot { path: file.to_owned() })?;
    let folder = path.parent().unwrap_or(Path::new("/")).to_owned();
    Ok((name_of(&folder), path))
}

#[cfg(test)]
mod tests {
    use dateline_schema::Settings;

    use super::*;

    fn labels(folders: &[&str], label: Option<&str>) -> Result<Vec<String>, Error> {
        let base = tempfile::tempdir().unwrap();
        for folder in ["a/news", "b/news", "a/news/deep"] {
            std::fs::create_dir_all(base.path().join(folder)).unwrap();
        }
        let mut manifest = Manifest::new(Settings { extract: true });
        let roots = folders.iter().map(|folder| base.path().join(folder)).collect();
        choose(
            &mut manifest,
            &Options { roots, label: label.map(str::to_owned), ..Options::default() },
        )
    }

    #[test]
    fn a_root_is_called_by_its_folder() {
        assert_eq!(labels(&["a/news"], None).unwrap(), ["news"]);
        assert_eq!(labels(&["a/news"], Some("wire")).unwrap(), ["wire"]);
        assert_eq!(labels(&["a/news", "a/../a/news"], None).unwrap(), ["news"]);
    }

    #[test]
    fn what_would_mix_articles_up_is_refused() {
        assert!(matches!(labels(&["a/news", "b/news"], None), Err(Error::LabelTaken { .. })));
        assert!(matches!(labels(&["a/news", "a/news/deep"], None), Err(Error::NestedRoots { .. })));
        assert!(matches!(labels(&["a/news/deep", "a"], None), Err(Error::NestedRoots { .. })));
        assert!(matches!(labels(&["a", "b"], Some("x")), Err(Error::LabelForSeveral { given: 2 })));
        assert!(matches!(labels(&["c"], None), Err(Error::NoSuchRoot { .. })));
        assert!(matches!(labels(&[], None), Err(Error::NoRoots)));
    }
}
