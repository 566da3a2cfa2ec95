//! The one list of formats. A format is a file in `format/` and a line here; tests and `docs/formats.md` take it from here.

use crate::container;
use crate::detect::{Confidence, Sample};
use crate::format;
use crate::found::Found;
use crate::input::Input;
use crate::skip::Halt;

/// Reads one format.
///
/// Readers are stateless: the same reader is used by all threads.
pub trait Reader: Sync {
    /// Name of the format, as [`Article::format`](dateline_article::Article::format) holds it.
    fn name(&self) -> &'static str;

    /// How sure the reader is that the file is of its format. Cheap: called for every file and every reader.
    fn recognises(&self, sample: &Sample<'_>) -> Confidence;

    /// Reads the file and hands on what it finds, article by article.
    ///
    /// # Errors
    /// [`Halt::Fault`] where the file cannot be read on; articles found before stay found. [`Halt::Stopped`] is passed on from `found`.
    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt>;
}

/// Every format, the more particular ones first: of two equally sure readers the first one reads.
const READERS: &[&dyn Reader] = &[
    &container::gzip::Gzip,
    &container::bzip2::Bzip2,
    &container::xz::Xz,
    &container::zstd::Zstd,
    &container::zip::Zip,
    &container::tar::Tar,
    &format::warc::Warc,
    &format::mail::mbox::Mbox,
    &format::mail::eml::Eml,
    &format::reuters::Reuters,
    &format::trec::Trec,
    &format::nitf::Nitf,
    &format::newsml_g2::NewsMlG2,
    &format::newsml_1::NewsMl1,
    &format::ritzau::Ritzau,
    &format::feed::Rss,
    &format::feed::Atom,
    &format::nexis::Nexis,
    &format::factiva::Factiva,
    &format::europresse::Europresse,
    &format::alto::Mets,
    &format::alto::Alto,
    &format::alto::Didl,
    &format::alto::ArticleText,
    &format::wire::Iptc7901,
    &format::wire::Anpa1312,
    &format::docx::Docx,
    &format::odt::Odt,
    &format::epub::Epub,
    &format::rtf::Rtf,
    &format::pdf::PdfText,
    &format::json_lines::JsonLines,
    &format::json::Json,
    &format::html::Html,
    &format::csv::Csv,
    &format::markdown::Markdown,
    &format::text::Text,
];

/// The readers of all formats.
pub fn formats() -> &'static [&'static dyn Reader] {
    READERS
}

/// The reader that is surest of the file; `None` where none knows it.
pub(crate) fn choose(sample: &Sample<'_>) -> Option<&'static dyn Reader> {
    let mut best = (Confidence::No, None);
    for reader in READERS {
        let confidence = reader.recognises(sample);
        if confidence > best.0 {
            best = (confidence, Some(*reader));
        }
        if confidence == Confidence::Certain {
            break;
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = READERS.iter().map(|reader| reader.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), READERS.len());
    }
}
