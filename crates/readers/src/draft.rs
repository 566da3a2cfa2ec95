//! What a reader knows of an article before dates are weighed and the dateline is found.

use std::borrow::Cow;

use dateline_article::{Dateline, Language, Status, Timestamp};

use crate::fields::{self, Field};
use crate::skip::{Fault, Reason};
use crate::{byline, characters, dateline, dates, entities, mojibake, paragraphs, site};

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
    /// Dates in the format's own fields that could be several days, as written; something else may decide.
    pub(crate) ambiguous: Option<(dates::Either, String)>,
    /// The order in which the numbers of dates stand in this article's language, region or file.
    pub(crate) order: Option<dates::Order>,
    /// The orders that dates of this article's fields show.
    pub(crate) orders_seen: [bool; 2],
    /// When a document was created, by its properties: nothing of the article itself says when it appeared.
    pub(crate) created: Option<Timestamp>,
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
            Field::Language if self.language.is_none() => {
                self.language = fields::language(value);
                self.order = self.order.or_else(|| fields::date_order(value));
            }
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
            dates::Reading::Known(time) => {
                self.published = Some(time);
                match dates::order(text) {
                    Some(dates::Order::DayFirst) => self.orders_seen[0] = true,
                    Some(dates::Order::MonthFirst) => self.orders_seen[1] = true,
                    None => {}
                }
            }
            dates::Reading::Ambiguous(either) => {
                self.ambiguous.get_or_insert((either, shown));
            }
            dates::Reading::None => {
                self.warnings.push(format!("the date `{shown}` is not understood"));
            }
        }
    }

    /// Takes a byline that stands among the paragraphs: its authors, and the place and the date that it may name.
    pub(crate) fn set_byline_line(&mut self, line: byline::Line) {
        if self.byline.is_empty() {
            self.byline = line.authors;
        }
        if self.published.is_none() && self.ambiguous.is_none() {
            self.published = line.published;
        }
        if let (Some(place), None) = (line.place, &self.dateline) {
            self.dateline = Some(Dateline { place: Some(place), ..Dateline::default() });
        }
    }

    /// Puts a dateline that a format keeps apart before the first paragraph, as it was printed; the paragraphs are set already.
    pub(crate) fn prepend_dateline(&mut self, line: &str) {
        let plain = plain(line).unwrap_or_else(|| line.to_owned());
        let known = dateline::of_element(&mojibake::repair(&plain).unwrap_or(plain));
        let Some(first) = self.paragraphs.first_mut() else {
            self.dateline = known.map(|known| Dateline { length_bytes: 0, ..known });
            return;
        };
        let printed = format!("{line} ");
        let length_bytes = u32::try_from(printed.len()).unwrap_or_default();
        first.insert_str(0, &printed);
        self.dateline = known.map(|known| Dateline { length_bytes, ..known });
    }

    /// Takes the headline off the beginning of the text, where a page given as the text begins with it.
    pub(crate) fn drop_repeated_title(&mut self) {
        let first = self.paragraphs.first().and_then(|first| characters::one_line(first));
        if self.paragraphs.len() > 1 && first.is_some() && first == self.title {
            self.paragraphs.remove(0);
        }
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

    /// Cleans all texts, repairs what was encoded twice, and leaves out what is blank.
    ///
    /// # Errors
    /// `empty` where neither a title nor a text remains.
    pub(crate) fn clean(mut self) -> Result<Self, Fault> {
        self.repair();
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
        self.clean_paragraphs();
        if let Some(title) = &mut self.title {
            let length =
                site::without_name(title, self.source.as_deref(), self.url.as_deref()).len();
            title.truncate(length);
        }
        self.paragraphs.retain(|paragraph| !paragraph.is_empty());
        let blank = self.title.is_none() && self.paragraphs.is_empty();
        if blank && self.blank == Blank::Skipped {
            return Err(Fault::new(Reason::Empty, "neither a text nor a title"));
        }
        Ok(self)
    }
}

impl Draft {
    /// Undoes encodings that were put on top of one another: character references that are left, and UTF-8 that was read as something else.
    fn repair(&mut self) {
        let mut repaired = false;
        let mut mend = |text: &mut String| {
            if text.is_ascii() && memchr::memchr(b'&', text.as_bytes()).is_none() {
                return;
            }
            if let Some(decoded) = plain(text) {
                *text = decoded;
            }
            if let Some(meant) = mojibake::repair(text) {
                *text = meant;
                repaired = true;
            }
            if let Cow::Owned(printed) = characters::without_controls(text) {
                *text = printed;
            }
        };
        let fields = [&mut self.source, &mut self.title, &mut self.subtitle, &mut self.section];
        fields.into_iter().flatten().for_each(&mut mend);
        self.byline.iter_mut().chain(&mut self.keywords).for_each(&mut mend);
        if let Some(dateline) = &mut self.dateline {
            // What the dateline takes of the first paragraph is mended by itself, so that its length stays right.
            let length = dateline.length_bytes as usize;
            if let Some(first) = self.paragraphs.first_mut()
                && first.is_char_boundary(length)
            {
                let mut rest = first.split_off(length);
                mend(first);
                dateline.length_bytes = u32::try_from(first.len()).unwrap_or_default();
                mend(&mut rest);
                first.push_str(&rest);
            }
            let Dateline { place, agency, .. } = dateline;
            [place, agency].into_iter().flatten().for_each(&mut mend);
        }
        self.paragraphs.iter_mut().for_each(&mut mend);
        if repaired {
            let warning = "text that was UTF-8 and was read as another encoding is repaired";
            self.warnings.push(warning.to_owned());
        }
    }

    fn clean_paragraphs(&mut self) {
        for paragraph in &mut self.paragraphs {
            let cleaned = characters::clean(paragraph);
            let trimmed = cleaned.trim();
            if trimmed != paragraph {
                *paragraph = trimmed.to_owned();
            }
        }
    }
}

/// A text without character references, whatever the number of times they were escaped; `None` where it has none.
fn plain(text: &str) -> Option<String> {
    let mut plain: Option<String> = None;
    for _ in 0..MOST_ESCAPES {
        let current = plain.as_deref().unwrap_or(text);
        match entities::decode(current) {
            Cow::Owned(next) if next != current => plain = Some(next),
            _ => break,
        }
    }
    plain
}

/// How often a reference may have been escaped: `&amp;amp;eacute;`.
const MOST_ESCAPES: usize = 3;

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
        assert_eq!((draft.warnings.len(), draft.ambiguous.is_some()), (1, true));
    }

    #[test]
    fn what_was_encoded_twice_is_repaired() {
        let check = |text: &str, expected: &str, warnings: usize| {
            let mut draft = Draft::default();
            draft.set(Field::Title, text);
            draft.set(Field::Text, text);
            let draft = draft.clean().unwrap();
            assert_eq!(draft.title.as_deref(), Some(expected), "{text}");
            assert_eq!(
                (draft.paragraphs, draft.warnings.len()),
                (vec![expected.to_owned()], warnings)
            );
        };
        check("The masterâ€™s cafÃ©", "The master’s café", 1);
        check("The masterâ\u{80}\u{99}s", "The master’s", 1);
        check("Said â€œnoâ€\u{9d} twice", "Said “no” twice", 1);
        check("Caf&amp;eacute; &amp;#8217;t Veer", "Café ’t Veer", 0);
        check("Caf&amp;amp;eacute; &eacute;t&eacute;", "Café été", 0);
        check("Tom &amp; Jerry AT&T R&D; <b>", "Tom & Jerry AT&T R&D; <b>", 0);
        check("Caf&amp;Atilde;&amp;copy;", "Café", 1);
        check("SÃO PAULO, Île-de-France", "SÃO PAULO, Île-de-France", 0);
    }

    #[test]
    fn a_dateline_keeps_its_length_when_it_is_repaired() {
        let mut draft = Draft { paragraphs: vec!["It stayed.".to_owned()], ..Draft::default() };
        draft.prepend_dateline("SÃ£o Tiago, March 14 &mdash;");
        let draft = draft.clean().unwrap();
        let length = draft.dateline.unwrap().length_bytes as usize;
        assert_eq!(draft.paragraphs[0].split_at(length), ("São Tiago, March 14 — ", "It stayed."));
    }

    #[test]
    fn control_characters_go_where_the_length_stays() {
        let check = |text: &str, expected: &str| {
            let draft = Draft { paragraphs: vec![text.to_owned()], ..Draft::default() };
            assert_eq!(draft.clean().unwrap().paragraphs, [expected], "{text:?}");
        };
        check("a\rb", "a\nb");
        check("a\u{b}b", "a\nb");
        check("a\u{c}b", "a\nb");
        check("a\u{85}b", "a\nb");
        // What looks like the rest of a mangled character and is none.
        check("meaders@Ø¨ÙÙÙ\u{85}-chron", "meaders@Ø¨ÙÙÙ\n-chron");
        check("Ø¨ÙÙÙ\u{81}\u{85}-chron", "Ø¨ÙÙÙ\n-chron");
        check("a\tb", "a\tb");
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
