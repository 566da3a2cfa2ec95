//! What stands where in an article, by positions of words: sentences and paragraphs, the lead, capitals, mentions.
//!
//! The index keeps it in columns ([`crate::gaps`]), so that nearness to a person or inside a sentence is a matter of comparing positions. Queries
//! that do not ask for it never read it. Highlights make the same from the stored article, so that both agree.

use std::ops::Range;

use dateline_article::{Mentions, Record};

use crate::TEXT_POSITION;
use crate::analyze::{Words, sentences};
use crate::document::lead;

/// Where parts of an article begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Border {
    /// A sentence begins at this position.
    Sentence(u32),
    /// A paragraph begins at this position, and a sentence with it.
    Paragraph(u32),
    /// The lead begins at this position.
    LeadBegins(u32),
    /// The lead has ended before this position.
    LeadEnds(u32),
    /// The title has ended before this position: its number of words, as far as they are indexed.
    TitleEnds(u32),
}

/// A word with capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Capital {
    /// Its position.
    pub position: u32,
    /// Whether it has no small letter.
    pub all: bool,
}

/// What is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place of the gazetteer.
    Place,
    /// A place that the gazetteer does not know.
    UnknownPlace,
    /// A stretch of the calendar.
    Date,
}

/// A mention of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MentionAt {
    /// Position of its first word.
    pub start: u32,
    /// Position of its last word.
    pub end: u32,
    /// What it is.
    pub kind: MentionKind,
    /// Number of the entity among those of its kind in the article, from 0.
    pub entity: u32,
}

/// What stands where in one article, each list ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Words in the text.
    pub words: u64,
    /// Where parts begin and end.
    pub borders: Vec<Border>,
    /// Words with capitals.
    pub capitals: Vec<Capital>,
    /// Mentions of entities.
    pub mentions: Vec<MentionAt>,
}

/// The structure of `record`, whose text is `text`. Linear but for the sorting of mentions.
pub fn structure(record: &Record, text: &str) -> Structure {
    structure_by_word(record, text, &mut |_, _| {})
}

/// The structure of `record` as [`structure`] makes it; `each` gets every word of title and text with its position, on the way.
pub(crate) fn structure_by_word(
    record: &Record,
    text: &str,
    each: &mut dyn FnMut(&Words<'_>, u32),
) -> Structure {
    let article = &record.article;
    let mut structure = Structure::default();
    let title = article.title.as_deref().unwrap_or_default();
    let title_words = structure.walk(title, 0, TEXT_POSITION - 1, each);
    let text_words = structure.walk(text, TEXT_POSITION, u32::MAX, each);
    structure.words = text_words.len() as u64;

    let borders = &mut structure.borders;
    let title_end = title_words.last().map_or(0, |word| word.position + 1);
    if title_end > 0 {
        borders.push(Border::Paragraph(0));
    }
    borders.push(Border::TitleEnds(title_end));
    let mut paragraph = 0;
    let paragraphs = article.paragraphs.iter().map(|piece| {
        let start = paragraph;
        paragraph += piece.len() + 2;
        start
    });
    let mut begin = Vec::with_capacity(article.paragraphs.len() + text.len() / 80);
    begin.extend(paragraphs.filter_map(|start| Some((first_from(&text_words, start)?, false))));
    let of_sentences = sentences(text);
    begin
        .extend(of_sentences.filter_map(|span| Some((first_from(&text_words, span.start)?, true))));
    borders.reserve(begin.len() + 2);
    borders.extend(each_once(begin));
    let opening = lead(article.dateline_bytes(), text);
    let from = article.dateline_bytes().min(text.len());
    if !opening.is_empty() {
        let after = |byte| {
            let next = first_from(&text_words, byte);
            next.unwrap_or_else(|| {
                text_words.last().map_or(TEXT_POSITION, |last| last.position + 1)
            })
        };
        borders.push(Border::LeadBegins(after(from)));
        borders.push(Border::LeadEnds(after(from + opening.len())));
    }

    let mut add = |kind, mentions: &Mentions, entity: usize| {
        let entity = u32::try_from(entity).unwrap_or(u32::MAX);
        for (words, spans) in [(&title_words, &mentions.title), (&text_words, &mentions.text)] {
            for span in spans {
                if let Some((start, end)) = covered(words, span.range()) {
                    structure.mentions.push(MentionAt { start, end, kind, entity });
                }
            }
        }
    };
    for (entity, person) in record.people.iter().enumerate() {
        add(MentionKind::Person, &person.mentions, entity);
    }
    for (entity, organisation) in record.organisations.iter().enumerate() {
        add(MentionKind::Organisation, &organisation.mentions, entity);
    }
    let (mut known, mut unknown) = (0, 0);
    for place in &record.places {
        let (kind, entity) = match place.gazetteer {
            Some(_) => (MentionKind::Place, &mut known),
            None => (MentionKind::UnknownPlace, &mut unknown),
        };
        add(kind, &place.mentions, *entity);
        *entity += 1;
    }
    for (entity, date) in record.dates.iter().enumerate() {
        add(MentionKind::Date, &date.mentions, entity);
    }
    structure.mentions.sort_unstable();
    structure.mentions.dedup();
    structure
}

/// A word of a text and its position in the index.
struct Placed {
    span: Range<usize>,
    position: u32,
}

impl Structure {
    /// The words of `text`, the first at `from`, as far as they stand before `to`; notes capitals.
    fn walk(
        &mut self,
        text: &str,
        from: u32,
        to: u32,
        each: &mut dyn FnMut(&Words<'_>, u32),
    ) -> Vec<Placed> {
        let mut words = Words::new(text);
        // About as many as there are in most languages.
        let mut found = Vec::with_capacity(text.len() / 5);
        self.capitals.reserve(text.len() / 40);
        while words.advance() {
            let position = from.saturating_add(words.position());
            if position >= to {
                break;
            }
            let span = words.span();
            let written = text.get(span.clone()).unwrap_or_default();
            if let Some(all) = capitals(written) {
                self.capitals.push(Capital { position, all });
            }
            each(&words, position);
            found.push(Placed { span, position });
        }
        found
    }
}

/// Whether the word has capitals, and nothing else.
fn capitals(word: &str) -> Option<bool> {
    let some = if word.is_ascii() {
        word.bytes().any(|letter| letter.is_ascii_uppercase())
    } else {
        word.chars().any(char::is_uppercase)
    };
    some.then(|| !word.chars().any(char::is_lowercase))
}

/// Position of the first word that begins at `byte` or after it.
fn first_from(words: &[Placed], byte: usize) -> Option<u32> {
    let at = words.partition_point(|word| word.span.start < byte);
    words.get(at).map(|word| word.position)
}

/// The positions of the first and last word that `span` touches.
fn covered(words: &[Placed], span: Range<usize>) -> Option<(u32, u32)> {
    let first = words.partition_point(|word| word.span.end <= span.start);
    let end = words.partition_point(|word| word.span.start < span.end);
    let last = words.get(end.checked_sub(1)?)?;
    let first = words.get(first)?;
    (first.position <= last.position).then_some((first.position, last.position))
}

/// Beginnings of paragraphs and of sentences, which are marked, each position once.
fn each_once(mut begin: Vec<(u32, bool)>) -> impl Iterator<Item = Border> {
    begin.sort_unstable();
    begin.dedup_by_key(|(position, _)| *position);
    let border =
        |(at, is_sentence)| if is_sentence { Border::Sentence(at) } else { Border::Paragraph(at) };
    begin.into_iter().map(border)
}

#[cfg(test)]
mod tests {
    use dateline_article::{Article, ArticleId, Dateline, Name, Span};

    use super::*;
    use crate::gaps;

    fn record(title: &str, paragraphs: &[&str]) -> Record {
        let mut article = Article::new(ArticleId::from_u64(1), "a", "1", "text");
        article.title = Some(title.to_owned());
        article.paragraphs = paragraphs.iter().map(|&text| text.to_owned()).collect();
        Record::bare(article)
    }

    fn of(record: &Record) -> Structure {
        structure(record, &record.article.text())
    }

    #[test]
    fn borders_of_title_sentences_paragraphs_and_lead() {
        use Border::{LeadBegins, LeadEnds, Paragraph, Sentence, TitleEnds};
        let mut record = record("Two words", &["KYIV — One two. Three.", "Four. Five"]);
        let dateline = Dateline { length_bytes: 9, ..Dateline::default() };
        record.article.dateline = Some(dateline);
        let expected = [
            Paragraph(0),
            TitleEnds(2),
            Paragraph(256),
            Sentence(259),
            Paragraph(260),
            Sentence(261),
            LeadBegins(257),
            LeadEnds(262),
        ];
        assert_eq!(of(&record).borders, expected);
        assert_eq!(of(&record).words, 6);
        assert_eq!(of(&super::tests::record("", &[])).borders, [TitleEnds(0)]);
    }

    #[test]
    fn capitals_in_words() {
        let found = of(&record("NATO met", &["The U.S. iPhone I x 9"])).capitals;
        let found: Vec<_> = found.iter().map(|found| (found.position, found.all)).collect();
        assert_eq!(found, [(0, true), (256, false), (257, true), (258, false), (259, true)]);
    }

    #[test]
    fn mentions_by_the_words_they_touch() {
        let mut record = record("Ann Lee", &["Lee met Bo-Ra Kim."]);
        let name = |name: &str, text: Vec<(u32, u32)>, title: Vec<(u32, u32)>| Name {
            name: name.to_owned(),
            mentions: Mentions {
                text: text.into_iter().map(Span::from).collect(),
                title: title.into_iter().map(Span::from).collect(),
            },
        };
        record.people = vec![
            name("Ann Lee", vec![(0, 3)], vec![(0, 7)]),
            name("Bo-Ra Kim", vec![(8, 17), (40, 50)], Vec::new()),
        ];
        let found = of(&record).mentions;
        let found: Vec<_> = found.iter().map(|at| (at.start, at.end, at.entity)).collect();
        assert_eq!(found, [(0, 1, 0), (256, 256, 0), (258, 260, 1)]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_a_structure(title in "\\PC{0,20}", text in "\\PC{0,60}[.!? \n\"]{0,9}\\PC{0,20}") {
            let record = record(&title, &[&text, "End."]);
            let found = of(&record);
            proptest::prop_assert!(found.capitals.is_sorted());
            proptest::prop_assert!(found.mentions.is_sorted());
            let told = found.borders.iter().copied().filter(|border| !matches!(border, Border::LeadBegins(_) | Border::LeadEnds(_)));
            proptest::prop_assert!(gaps::borders(gaps::of_borders(&found.borders).into_iter()).eq(told));
        }
    }
}
