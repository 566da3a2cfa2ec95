//! Indexes that are their owner's alone: directories of mode 0700, files of mode 0600. All others follow the umask.
//!
//! What is made in a folder that nobody else may look into gets the same modes, whoever makes it: segments, merges, lists. So an index stays private in
//! later runs, and one whose folder was closed by hand stays closed.

use std::fs;
use std::io;
use std::path::Path;

/// Makes all that lies in `directory`, and the directory, its owner's alone.
///
/// # Errors
///
/// Those of the file system; [`io::ErrorKind::Unsupported`] where files have no modes.
pub fn make_private(directory: &Path) -> io::Result<()> {
    modes::set(directory, modes::FOLDER)?;
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            make_private(&entry.path())?;
        } else if kind.is_file() {
            match modes::set(&entry.path(), modes::FILE) {
                // Deleted meanwhile, as what a killed run left.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                done => done?,
            }
        }
    }
    Ok(())
}

/// Makes an empty file.
pub(crate) fn create_file(path: &Path) -> io::Result<fs::File> {
    let file = fs::File::create(path)?;
    keep_private(path)?;
    Ok(file)
}

/// Closes to all others what was made in an index just now, where its folder is closed.
pub(crate) fn keep_private(path: &Path) -> io::Result<()> {
    if !modes::is_private(path.parent().unwrap_or(path)) {
        return Ok(());
    }
    modes::set(path, if path.is_dir() { modes::FOLDER } else { modes::FILE })
}

#[cfg(unix)]
mod modes {
    use std::fs;
    use std::io;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    pub(super) const FOLDER: u32 = 0o700;
    pub(super) const FILE: u32 = 0o600;

    pub(super) fn set(path: &Path, mode: u32) -> io::Result<()> {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
    }

    /// Whether nobody but its owner may look into a folder.
    pub(super) fn is_private(folder: &Path) -> bool {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        folder
            .metadata()
            .is_ok_and(|metadata| (metadata.permissions().mode() & 0o777) | FOLDER == FOLDER)
    }
}

#[cfg(not(unix))]
mod modes {
    use std::io;
    use std::path::Path;

    pub(super) const FOLDER: u32 = 0;
    pub(super) const FILE: u32 = 0;

    pub(super) fn set(_: &Path, _: u32) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn is_private(_: &Path) -> bool {
        false
    }
}
