//! What a reader knows of an article before dates are weighed and the dateline is found.

use dateline_article::{Dateline, Language, Status, Timestamp};

use crate::fields::{self, Field};
use crate::skip::{Fault, Reason};
use crate::{byline, characters, dateline, dates, paragraphs};

/// Whether something without title and text is an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blank {
    /// It is not, and is counted as `empty`.
    #[default]
    Skipped,
    /// It is, since a numbered collection holds it as one.
    Kept,
}

/// The fields that a format gives, as it gives them. What is not given stays absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The more particular format of this article, where a file can hold several.
    pub format: Option<&'static str>,
    /// What becomes of it without title and text.
    pub blank: Blank,
    /// The article's own identifier inside its file.
    pub part: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Second headline.
    pub subtitle: Option<String>,
    /// Authors, one each.
    pub byline: Vec<String>,
    /// Section or desk.
    pub section: Option<String>,
    /// Keywords and subjects.
    pub keywords: Vec<String>,
    /// Language as the format names it.
    pub language: Option<Language>,
    /// When it appeared, by the format's own fields.
    pub published: Option<Timestamp>,
    /// When it was captured, where that is known: it appeared before.
    pub fetched: Option<Timestamp>,
    /// A dateline that the format gives apart from the text, or that its reader found in it.
    pub dateline: Option<Dateline>,
    /// What the publisher says of its standing.
    pub status: Option<Status>,
    /// Number that a database gave it.
    pub accession: Option<String>,
    /// The text, the dateline included, the title not.
    pub paragraphs: Vec<String>,
    /// What had to be repaired or could not be told.
    pub warnings: Vec<String>,
}

impl Draft {
    /// Sets a field from the text under its name, unless it is set already.
    pub(crate) fn set(&mut self, field: Field, value: &str) {
        let line = || characters::one_line(value);
        match field {
            Field::Id => fill(&mut self.part, line),
            Field::Title => fill(&mut self.title, line),
            Field::Subtitle => fill(&mut self.subtitle, line),
            Field::Source => fill(&mut self.source, line),
            Field::Section => fill(&mut self.section, line),
            Field::Accession => fill(&mut self.accession, line),
            Field::Url => fill(&mut self.url, || line().filter(|url| is_address(url))),
            Field::Language if self.language.is_none() => self.language = fields::language(value),
            Field::Published => self.set_published(value),
            Field::Byline if self.byline.is_empty() => self.byline = byline::authors(value),
            Field::Keywords if self.keywords.is_empty() => {
                self.keywords = fields::keywords(value).filter_map(characters::one_line).collect();
            }
            Field::Text if self.paragraphs.is_empty() => {
                self.paragraphs = paragraphs::split(&characters::clean(value));
            }
            Field::Dateline if self.dateline.is_none() => {
                self.dateline = dateline::of_element(value)
                    .map(|dateline| Dateline { length_bytes: 0, ..dateline });
            }
            Field::Status => self.set_status(value),
            _ => {}
        }
    }

    /// Takes a publication date from a field of the format, unless one is known; what could be two days is noted.
    pub(crate) fn set_published(&mut self, text: &str) {
        if self.published.is_some() || text.trim().is_empty() {
            return;
        }
        let shown: String = text.trim().chars().take(60).collect();
        match dates::read(text) {
            dates::Reading::Known(time) => self.published = Some(time),
            dates::Reading::Ambiguous => {
                self.warnings.push(format!("the date `{shown}` could be two days and is not used"));
            }
            dates::Reading::None => {
                self.warnings.push(format!("the date `{shown}` is not understood"));
            }
        }
    }

    /// Puts a dateline that a format keeps apart before the first paragraph, as it was printed; the paragraphs are set already.
    pub(crate) fn prepend_dateline(&mut self, line: &str) {
        let known = dateline::of_element(line);
        let Some(first) = self.paragraphs.first_mut() else {
            self.dateline = known.map(|known| Dateline { length_bytes: 0, ..known });
            return;
        };
        let printed = format!("{line} ");
        let length_bytes = u32::try_from(printed.len()).unwrap_or_default();
        first.insert_str(0, &printed);
        self.dateline = known.map(|known| Dateline { length_bytes, ..known });
    }

    /// Takes the time before which the article must not appear; what is no time is no embargo.
    pub(crate) fn set_embargo(&mut self, text: &str) {
        if let dates::Reading::Known(until) = dates::read(text) {
            self.status.get_or_insert_default().embargoed_until.get_or_insert(until);
        }
    }

    /// Takes the publisher's count of versions.
    pub(crate) fn set_version(&mut self, text: &str) {
        if let Some(version) = characters::one_line(text) {
            self.status.get_or_insert_default().version.get_or_insert(version);
        }
    }

    fn set_status(&mut self, text: &str) {
        let withdrawn = ["canceled", "cancelled", "withheld", "withdrawn", "killed", "retracted"];
        let word = text.trim().to_lowercase();
        // `stat:canceled`: a code may stand behind the name of its vocabulary.
        let word = word.rsplit([':', '#', '/']).next().unwrap_or_default();
        if withdrawn.contains(&word) {
            self.status.get_or_insert_default().withdrawn = true;
        }
    }

    /// Cleans all texts and leaves out what is blank.
    ///
    /// # Errors
    /// `empty` where neither a title nor a text remains.
    pub(crate) fn clean(mut self) -> Result<Self, Fault> {
        for field in [
            &mut self.part,
            &mut self.url,
            &mut self.source,
            &mut self.title,
            &mut self.subtitle,
            &mut self.section,
            &mut self.accession,
        ] {
            *field = field.take().and_then(|text| characters::one_line(&text));
        }
        for list in [&mut self.byline, &mut self.keywords] {
            *list = list.iter().filter_map(|text| characters::one_line(text)).collect();
            let mut seen = std::collections::HashSet::new();
            list.retain(|text| seen.insert(text.clone()));
        }
        for paragraph in &mut self.paragraphs {
            let cleaned = characters::clean(paragraph);
            let trimmed = cleaned.trim();
            if trimmed.len() < paragraph.len() {
                *paragraph = trimmed.to_owned();
            }
        }
        self.paragraphs.retain(|paragraph| !paragraph.is_empty());
        let blank = self.title.is_none() && self.paragraphs.is_empty();
        if blank && self.blank == Blank::Skipped {
            return Err(Fault::new(Reason::Empty, "neither a text nor a title"));
        }
        Ok(self)
    }
}

fn fill(field: &mut Option<String>, value: impl FnOnce() -> Option<String>) {
    if field.is_none() {
        *field = value();
    }
}

fn is_address(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_stays() {
        let mut draft = Draft::default();
        draft.set(Field::Title, " ");
        draft.set(Field::Title, "Ferry\n stays");
        draft.set(Field::Title, "Another");
        draft.set(Field::Published, "no day");
        draft.set(Field::Published, "3/4/2024");
        draft.set(Field::Published, "2024-03-14");
        draft.set(Field::Url, "javascript:alert(1)");
        draft.set(Field::Status, "usable");
        assert_eq!(draft.title.as_deref(), Some("Ferry stays"));
        assert_eq!(draft.published.map(|time| time.to_string()).as_deref(), Some("2024-03-14"));
        assert_eq!((draft.url, draft.status), (None, None));
        assert_eq!(draft.warnings.len(), 2);
    }

    #[test]
    fn blank_is_absent() {
        let draft = Draft {
            title: Some(" \u{5} ".to_owned()),
            paragraphs: vec![" \r\n".to_owned()],
            ..Draft::default()
        };
        assert_eq!(draft.clean().unwrap_err().reason, Reason::Empty);
        let draft = Draft {
            keywords: vec!["a ".to_owned(), "a".to_owned(), String::new()],
            paragraphs: vec![" b\u{5}\r\nc ".to_owned()],
            ..Draft::default()
        };
        let draft = draft.clean().unwrap();
        assert_eq!(
            (draft.keywords, draft.paragraphs),
            (vec!["a".to_owned()], vec!["b\nc".to_owned()])
        );
    }
}
