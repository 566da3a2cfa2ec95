//! Reuters-21578: newswire of 1987 as SGML, up to 1,000 articles a file.
//!
//! The files are no XML: control characters stand as references, `<` as `&lt;`, and articles of type BRIEF and UNPROC lack the inner elements. Every
//! REUTERS element is an article, blank ones too, so that counts and document numbers fit the published judgments. Described in the
//! collection's own README, section VI.

use dateline_article::Language;

use crate::detect::{Confidence, Sample};
use crate::draft::{Blank, Draft};
use crate::fields::Field;
use crate::found::Found;
use crate::input::Input;
use crate::records::{Between, Record};
use crate::registry::Reader;
use crate::skip::{Fault, Halt};
use crate::{characters, encoding, entities, paragraphs};

/// Reader of Reuters-21578.
pub(crate) struct Reuters;

impl Reader for Reuters {
    fn name(&self) -> &'static str {
        "reuters"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let head = sample.head();
        if head.starts_with(b"<!DOCTYPE lewis")
            || (head.starts_with(b"<REUTERS ") && sample.contains(b"newid=", 400))
        {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limit = input.limits().record_bytes;
        let mut records = Between::new(input.stream(), "<REUTERS", "</REUTERS>", limit);
        while let Some(record) = records.next()? {
            match record {
                Record::Whole(bytes) => {
                    let decoded = encoding::decode(bytes, Some(b"iso-8859-1"));
                    let mut draft = draft(&decoded.text);
                    draft.warnings.extend(decoded.warning);
                    found.article(draft)?;
                }
                Record::OverLimit => {
                    found.skip(None, Fault::over_limit("the article", limit as u64))?;
                }
                Record::Cut(bytes) => {
                    let text = encoding::decode(bytes, Some(b"iso-8859-1")).text;
                    let part = attribute(&text, "NEWID").map(str::to_owned);
                    found.skip(part, Fault::malformed("the file ends inside the article"))?;
                }
            }
        }
        Ok(())
    }
}

/// Keyword lists, and how the collection names them.
const KEYWORDS: &[&str] = &["TOPICS", "PLACES", "PEOPLE", "ORGS", "EXCHANGES", "COMPANIES"];

/// What stands in place of the text of a BRIEF.
const PLACEHOLDER: &str = "Blah blah blah.";

fn draft(record: &str) -> Draft {
    let mut draft = Draft {
        blank: Blank::Kept,
        source: Some("Reuters".to_owned()),
        language: Some(Language::ENGLISH),
        part: attribute(record, "NEWID").map(str::to_owned),
        ..Draft::default()
    };
    if let Some(date) = element(record, "DATE") {
        draft.set(Field::Published, &plain(date));
    }
    for list in KEYWORDS {
        let items = element(record, list).unwrap_or_default().split("<D>").skip(1);
        draft
            .keywords
            .extend(items.filter_map(|item| characters::one_line(&plain(item.split('<').next()?))));
    }
    let text = record.find("<TEXT").and_then(|at| record.get(at..)).unwrap_or_default();
    if let Some(title) = element(text, "TITLE") {
        draft.set(Field::Title, &plain(title));
    }
    if let Some(author) = element(text, "AUTHOR") {
        draft.set(Field::Byline, &plain(author));
    }
    draft.paragraphs = paragraphs::split_wrapped(without_signature(&plain(body(text))));
    if let Some(line) =
        element(text, "DATELINE").and_then(|line| characters::one_line(&plain(line)))
    {
        draft.prepend_dateline(&line);
    }
    draft
}

/// The body; of an article without inner elements, all that is text.
fn body(text: &str) -> &str {
    if let Some(body) = element(text, "BODY") {
        return body;
    }
    let inner = text.split_once('>').map_or("", |(_, inner)| inner);
    let after_title = inner.split_once("</TITLE>").map_or(inner, |(_, rest)| rest);
    let body = after_title.split('<').next().unwrap_or_default();
    if body.trim_start().starts_with(PLACEHOLDER) { "" } else { body }
}

/// The body without the agency's name alone in the last line.
fn without_signature(body: &str) -> &str {
    let trimmed = body.trim_end();
    let (before, last) = trimmed.rsplit_once('\n').unwrap_or(("", trimmed));
    let word = last.trim().trim_end_matches('.');
    let signed = ["Reuter", "Reuters"].iter().any(|name| word.eq_ignore_ascii_case(name));
    if signed { before } else { trimmed }
}

/// References replaced and control characters gone.
fn plain(text: &str) -> String {
    characters::clean(&entities::decode(text)).into_owned()
}

/// The content of the first element `name`.
fn element<'a>(record: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = record.split_once(&format!("<{name}>"))?;
    let (content, _) = rest.split_once(&format!("</{name}>"))?;
    Some(content)
}

/// The value of an attribute of the record's first tag.
fn attribute<'a>(record: &'a str, name: &str) -> Option<&'a str> {
    let (tag, _) = record.split_once('>')?;
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(inner: &str) -> Draft {
        draft(&format!("<REUTERS TOPICS=\"NO\" OLDID=\"7\" NEWID=\"12\">\n{inner}\n</REUTERS>"))
    }

    #[test]
    fn a_whole_article() {
        let draft = article(
            "<DATE> 2-MAR-1987 15:01:01.79</DATE>\n<TOPICS><D>wheat</D></TOPICS>\n<PLACES><D>usa</D><D>el-salvador</D></PLACES>\n\
             <UNKNOWN>&#5;&#5;&#5;G C\n&#22;&#22;&#1;f0704&#31;reute</UNKNOWN>\n<TEXT>&#2;\n<TITLE>ORLAVA LINES &lt;ORL> TO BUY\n FERRY</TITLE>\n\
             <AUTHOR>    By Ilse Varga, Reuters</AUTHOR>\n<DATELINE>    ORLAVA, March 2 - </DATELINE><BODY>Orlava Lines Inc said it will\n\
             buy a ferry.\n    It did not say when.\n Reuter\n&#3;</BODY></TEXT>",
        );
        assert_eq!(draft.part.as_deref(), Some("12"));
        assert_eq!(
            draft.published.map(|time| time.to_string()).as_deref(),
            Some("1987-03-02T15:01:01")
        );
        assert_eq!(draft.title.as_deref(), Some("ORLAVA LINES <ORL> TO BUY FERRY"));
        assert_eq!(draft.byline, ["Ilse Varga"]);
        assert_eq!(draft.keywords, ["wheat", "usa", "el-salvador"]);
        assert_eq!(
            draft.paragraphs,
            [
                "ORLAVA, March 2 - Orlava Lines Inc said it will buy a ferry.",
                "It did not say when."
            ]
        );
        let dateline = draft.dateline.unwrap();
        assert_eq!(dateline.place.as_deref(), Some("ORLAVA"));
        assert_eq!(dateline.date.map(|date| date.to_string()).as_deref(), Some("--03-02"));
        assert_eq!(dateline.length_bytes, 18);
        assert!(draft.warnings.is_empty(), "{:?}", draft.warnings);
    }

    #[test]
    fn a_brief_is_its_title() {
        let draft = article(
            "<TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>FERRY SINKS\n</TITLE>Blah blah blah.\n&#3;\n\n</TEXT>",
        );
        assert_eq!(draft.title.as_deref(), Some("FERRY SINKS"));
        assert!(draft.paragraphs.is_empty());
    }

    #[test]
    fn an_unprocessed_article_is_its_text() {
        let draft = article(
            "<TEXT TYPE=\"UNPROC\">&#2;\nORLAVA FISH LANDINGS - MARCH 2\n    Two weeks ended Feb 25\n Herring...........644\n Cod &lt;fresh>.......80\n\n&#3;\n\n</TEXT>",
        );
        assert_eq!(draft.title, None);
        assert_eq!(
            draft.paragraphs,
            [
                "ORLAVA FISH LANDINGS - MARCH 2",
                "Two weeks ended Feb 25\nHerring...........644\nCod <fresh>.......80"
            ]
        );
        let blank = article("<TEXT TYPE=\"UNPROC\">&#2;\n&#3;\n\n</TEXT>");
        assert_eq!((blank.paragraphs.len(), blank.blank), (0, Blank::Kept));
    }

    #[test]
    fn the_signature_goes_and_nothing_else() {
        let check =
            |body: &str, expected: &str| assert_eq!(without_signature(body), expected, "{body}");
        check("It sank.\n Reuter\n", "It sank.");
        check("It sank.\n  REUTER...\n", "It sank.");
        check("said Reuters", "said Reuters");
        check("It sank.\n More", "It sank.\n More");
        check("", "");
    }

    #[test]
    fn extra_text_in_a_date_is_passed_over() {
        let draft = article("<DATE>27-MAR-1987 00:02:59.13&#5;&#5;&#5;RM</DATE>");
        assert_eq!(
            draft.published.map(|time| time.to_string()).as_deref(),
            Some("1987-03-27T00:02:59")
        );
    }
}
