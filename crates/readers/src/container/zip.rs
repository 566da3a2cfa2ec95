//! Zip archives, walked member by member through their central directory; one whose directory is lost is read from its beginning as far as it goes.
//!
//! Office documents are zip archives too and have readers of their own; their parts are no articles.

use std::io::{self, Read, Seek};

use zip::ZipReadOptions;
use zip::read::{Config, ZipFile, ZipFileEntry, read_zipfile_from_stream};
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use crate::container::member;
use crate::detect::{Confidence, Sample};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};

/// Reader of zip archives.
pub(crate) struct Zip;

/// Extensions of other things that are zip archives.
const NO_ARCHIVES: &[&str] = &[
    "docx", "docm", "dotx", "xlsx", "xlsm", "pptx", "odt", "ott", "ods", "odp", "epub", "jar",
    "apk", "xpi", "whl", "pages", "numbers", "key", "kmz", "ipa", "idml",
];

impl Reader for Zip {
    fn name(&self) -> &'static str {
        "zip"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let bytes = sample.bytes();
        let is_zip = bytes.starts_with(b"PK\x03\x04")
            || bytes.starts_with(b"PK\x05\x06")
            || bytes.starts_with(b"PK\x07\x08PK\x03\x04");
        let first_name = bytes.get(30..).unwrap_or_default();
        let is_document = [&b"mimetype"[..], b"[Content_Types].xml", b"_rels/"]
            .iter()
            .any(|name| first_name.starts_with(name));
        if is_zip && !is_document && !sample.has_extension(NO_ARCHIVES) {
            Confidence::Likely
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let mut file = input.seekable()?;
        match ZipIterable::try_new(&mut file, Config::default()) {
            Ok(mut archive) => by_directory(&mut archive, found),
            Err(error) => {
                file.rewind()?;
                from_the_beginning(&mut file, found)?;
                let detail = format!("the archive's directory cannot be read: {error}");
                Err(Fault::malformed(detail).into())
            }
        }
    }
}

/// Reads what the directory at the archive's end lists.
fn by_directory<R: Read + Seek>(
    archive: &mut ZipIterable<R>,
    found: &mut Found<'_>,
) -> Result<(), Halt> {
    let files = archive.files().map_err(|error| fault(&error))?;
    while let Some(entry) = files.next() {
        let entry = entry.map_err(|error| fault(&error))?;
        let name = name(&entry);
        if entry.is_dir() || entry.is_symlink() || member::is_by_the_way(&name) {
            continue;
        }
        if entry.encrypted() {
            found.member_skip(&name, locked())?;
            continue;
        }
        let size = entry.size();
        match entry.with_reader(files.reader_mut(), ZipReadOptions::new()) {
            Ok(file) => found.member(&name, Box::new(found.counted(file)), Some(size))?,
            Err(error) => found.member_skip(&name, fault(&error))?,
        }
    }
    Ok(())
}

/// Reads members as they follow one another, up to the first that cannot be read.
fn from_the_beginning(file: &mut dyn Read, found: &mut Found<'_>) -> Result<(), Halt> {
    let mut file = io::BufReader::new(file);
    while let Ok(Some(mut entry)) = read_zipfile_from_stream(&mut file) {
        let name = name(&entry);
        if entry.is_dir() || member::is_by_the_way(&name) {
            continue;
        }
        let size = entry.size();
        found.member(&name, Box::new(found.counted(&mut entry)), Some(size))?;
        // The next member follows the end of this one.
        if io::copy(&mut found.counted(&mut entry), &mut io::sink()).is_err() {
            break;
        }
    }
    Ok(())
}

/// The name as UTF-8 where it is, else as the archive says (the code page 437 of DOS).
fn name(entry: &impl Named) -> String {
    let written = entry.written();
    let text = std::str::from_utf8(written).map(str::to_owned);
    text.or_else(|_| entry.decoded()).unwrap_or_else(|_| member::name(written))
}

/// What has a name: a member read, or one in the directory.
trait Named {
    fn written(&self) -> &[u8];
    fn decoded(&self) -> Result<String, ZipError>;
}

impl Named for ZipFileEntry<'_> {
    fn written(&self) -> &[u8] {
        self.name_raw()
    }

    fn decoded(&self) -> Result<String, ZipError> {
        self.name().map(std::borrow::Cow::into_owned)
    }
}

impl<R: Read> Named for ZipFile<'_, R> {
    fn written(&self) -> &[u8] {
        self.name_raw()
    }

    fn decoded(&self) -> Result<String, ZipError> {
        self.name().map(std::borrow::Cow::into_owned)
    }
}

fn locked() -> Fault {
    Fault::new(Reason::Encrypted, "the member is locked by a password")
}

fn fault(error: &ZipError) -> Fault {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Fault::new(Reason::Unreadable, error.to_string())
        }
        ZipError::InvalidPassword => locked(),
        ZipError::CompressionMethodNotSupported(method) => {
            Fault::new(Reason::UnknownFormat, format!("compression method {method} is not read"))
        }
        other => Fault::malformed(other.to_string()),
    }
}
