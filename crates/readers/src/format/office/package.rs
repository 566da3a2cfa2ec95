//! The zip archive that an office document is, and the text of the XML in it.

use std::io::{Read, Seek};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::Config;
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

use crate::encoding;
use crate::entities;
use crate::found::Found;
use crate::input::{Input, Seekable};
use crate::skip::{Fault, Reason};

/// An opened package.
pub(crate) struct Package {
    archive: ZipArchive<Box<dyn Seekable>>,
    /// Bytes of one member at most.
    limit_bytes: u64,
}

impl Package {
    /// Opens the package that a file is.
    ///
    /// # Errors
    /// `malformed` where it is none, `over-limit` where it has too many members.
    pub(crate) fn open(input: &mut Input<'_>) -> Result<Self, Fault> {
        let limits = input.limits();
        let mut file = input.seekable()?;
        // Members are counted before an index of them is made.
        let mut members = 0;
        {
            let mut archive = ZipIterable::try_new(&mut file, Config::default())
                .map_err(|error| fault(&error))?;
            let files = archive.files().map_err(|error| fault(&error))?;
            for entry in files {
                entry.map_err(|error| fault(&error))?;
                members += 1;
                if members > limits.members {
                    let detail = format!("the package has more than {} members", limits.members);
                    return Err(Fault::new(Reason::OverLimit, detail));
                }
            }
        }
        file.rewind()?;
        let archive = ZipArchive::new(file).map_err(|error| fault(&error))?;
        Ok(Self { archive, limit_bytes: limits.file_bytes })
    }

    /// The text of a member; `None` where there is no such member.
    ///
    /// # Errors
    /// `encrypted`, `over-limit`, or `malformed` where it cannot be unpacked.
    pub(crate) fn text(&mut self, name: &str, found: &Found<'_>) -> Result<Option<String>, Fault> {
        let member = match self.archive.by_name(name) {
            Ok(member) => member,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(fault(&error)),
        };
        let mut bytes = Vec::new();
        let mut limited = found.counted(member).take(self.limit_bytes.saturating_add(1));
        limited
            .read_to_end(&mut bytes)
            .map_err(|error| Fault::malformed(format!("{name} cannot be unpacked: {error}")))?;
        if bytes.len() as u64 > self.limit_bytes {
            return Err(Fault::over_limit(name, self.limit_bytes));
        }
        Ok(Some(encoding::decode(bytes, None).text))
    }

    /// The text of a member without which there is no document.
    ///
    /// # Errors
    /// As [`Package::text`], and `malformed` where it is missing.
    pub(crate) fn needed(&mut self, name: &str, found: &Found<'_>) -> Result<String, Fault> {
        let text = self.text(name, found)?;
        text.ok_or_else(|| Fault::malformed(format!("the package has no {name}")))
    }
}

fn fault(error: &ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(detail) if *detail == ZipError::PASSWORD_REQUIRED => {
            Fault::new(Reason::Encrypted, "the document is locked by a password")
        }
        ZipError::InvalidPassword => {
            Fault::new(Reason::Encrypted, "the document is locked by a password")
        }
        error => Fault::malformed(format!("not a whole package: {error}")),
    }
}

/// One step through XML.
pub(crate) enum Step<'a> {
    /// An element begins.
    Start(&'a BytesStart<'a>),
    /// An element of this local name ends; one that is written empty ends behind its start.
    End(&'a str),
    /// Text, decoded.
    Text(&'a str),
}

/// Walks through XML and calls `each` for every step.
///
/// # Errors
/// `malformed` where the XML is.
pub(crate) fn walk(xml: &str, mut each: impl FnMut(Step<'_>)) -> Result<(), Fault> {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        let event = reader
            .read_event()
            .map_err(|error| Fault::malformed(format!("not valid XML: {error}")))?;
        match event {
            Event::Start(tag) => each(Step::Start(&tag)),
            Event::Empty(tag) => {
                each(Step::Start(&tag));
                each(Step::End(tag.local_name().as_ref()));
            }
            Event::End(tag) => each(Step::End(tag.local_name().as_ref())),
            Event::Text(text) => each(Step::Text(&text)),
            Event::CData(text) => each(Step::Text(&text)),
            Event::GeneralRef(name) => {
                each(Step::Text(&entities::decode(&format!("&{};", &*name))));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The value of an attribute, whatever its prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| entities::decode(&attribute.value).into_owned())
}

/// The text of the first element of each of these local names in a small document, such as that of the properties.
pub(crate) fn values<const COUNT: usize>(
    xml: &str,
    names: [&str; COUNT],
) -> [Option<String>; COUNT] {
    let mut values = [const { None }; COUNT];
    let mut current: Option<(usize, String)> = None;
    // What was read before a fault stays: properties may be broken, the text is not.
    let _ = walk(xml, |step| match step {
        Step::Start(tag) => {
            let at = names.iter().position(|name| tag.local_name().as_ref() == *name);
            if let Some(at) = at.filter(|at| values.get(*at).is_some_and(Option::is_none)) {
                current = Some((at, String::new()));
            }
        }
        Step::Text(text) => {
            if let Some((_, value)) = &mut current {
                value.push_str(text);
            }
        }
        Step::End(name) => {
            if let Some((at, value)) = current.take_if(|(at, _)| names.get(*at) == Some(&name))
                && let Some(slot) = values.get_mut(at)
                && !value.trim().is_empty()
            {
                *slot = Some(value.trim().to_owned());
            }
        }
    });
    values
}

/// What the tests of packages share.
#[cfg(test)]
pub(crate) mod testing {
    use std::io::Write;
    use std::ops::ControlFlow;

    use dateline_article::Article;

    use crate::read::{Options, SourceFile};

    /// A package with these members, the first one not compressed.
    pub(crate) fn package(members: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (index, (name, content)) in members.iter().enumerate() {
            let stored = options.compression_method(zip::CompressionMethod::Stored);
            writer.start_file(*name, if index == 0 { stored } else { options }).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// What reading these bytes gives: articles, and the reasons of skips.
    pub(crate) fn read(name: &str, bytes: &[u8]) -> Vec<Result<Article, String>> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, bytes).unwrap();
        let source = SourceFile { root_label: "r", path: name, file: &file };
        let mut items = Vec::new();
        crate::read(&source, &Options::default(), &mut |item| {
            items.push(item.map_err(|skip| skip.reason.to_string()));
            ControlFlow::Continue(())
        });
        items
    }
}
