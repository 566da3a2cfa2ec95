//! Dates that a running text mentions: days, months, years … and stretches of them, resolved against the day of publication.
//!
//! [`dates`] finds them in one text; [`join`] makes of those of an article's text and title the [`DateMention`]s of a record. Times of day count with
//! their day. Lengths of time ("for two years") and repetitions ("every Monday") are no dates and are left out. Each language is a file of words and rules
//! (`en.rs` …), read by one matcher (`pattern.rs`) and one calendar (`resolve.rs`). Follows TIMEX3 (ISO 24617-1) in what it calls a date. The reader of
//! metadata and datelines is elsewhere.

mod de;
mod en;
mod es;
mod evidence;
mod fr;
mod grammar;
mod holiday;
mod interval;
mod it;
mod lexicon;
mod neutral;
mod nl;
mod number;
mod pattern;
mod pl;
mod pt;
mod resolve;
mod ru;
mod scan;
mod slots;
mod source;
#[cfg(test)]
mod tests;
mod token;
mod uk;

use std::collections::HashMap;
use std::sync::LazyLock;

use dateline_article::{Date, DateMention, Edge, Granularity, Language, Mentions, Span};

use grammar::Grammar;

/// One mention of a stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the text.
    pub span: Span,
    /// First day or minute.
    pub start: Edge,
    /// Day or minute after the last; of the same form as `start`.
    pub end: Edge,
    /// How exactly the text speaks.
    pub granularity: Granularity,
}

/// The languages that have a file, and the grammars made of them when first needed.
static GRAMMARS: [(&str, LazyLock<Grammar>); 10] = [
    ("en", LazyLock::new(|| Grammar::new(&en::SOURCE))),
    ("de", LazyLock::new(|| Grammar::new(&de::SOURCE))),
    ("fr", LazyLock::new(|| Grammar::new(&fr::SOURCE))),
    ("es", LazyLock::new(|| Grammar::new(&es::SOURCE))),
    ("it", LazyLock::new(|| Grammar::new(&it::SOURCE))),
    ("nl", LazyLock::new(|| Grammar::new(&nl::SOURCE))),
    ("pt", LazyLock::new(|| Grammar::new(&pt::SOURCE))),
    ("pl", LazyLock::new(|| Grammar::new(&pl::SOURCE))),
    ("ru", LazyLock::new(|| Grammar::new(&ru::SOURCE))),
    ("uk", LazyLock::new(|| Grammar::new(&uk::SOURCE))),
];

static NEUTRAL: LazyLock<Grammar> = LazyLock::new(|| Grammar::new(&neutral::SOURCE));

/// Finds day, month, year … expressions in `text` and resolves them against `reference`, the published day where known.
///
/// A stretch ("between 2014 and 2022", "since 2014") follows the dates that bound it and covers them; all other spans are apart. They are in order of their
/// ends. Without a reference "yesterday" is left out and "March 14" has granularity [`Granularity::Recurring`]. Without a language the text is read as English; in a language without a file only days in figures or with a month's name are found.
/// Linear in the length of the text; never fails: what is not understood is not returned.
pub fn dates(text: &str, language: Option<Language>, reference: Option<Date>) -> Vec<Found> {
    let grammar = grammar_of(language);
    let tokens = token::tokens(text, grammar);
    scan::scan(pattern::View { text, tokens: &tokens, grammar }, reference)
}

/// The grammar of a language: English where none is known, figures and names of months where it has no file.
fn grammar_of(language: Option<Language>) -> &'static Grammar {
    let language = language.unwrap_or(Language::ENGLISH);
    let known = GRAMMARS.iter().find(|(code, _)| *code == language.code());
    known.map_or(&NEUTRAL, |(_, grammar)| grammar)
}

/// Joins what was found in an article's text and title into one [`DateMention`] for each interval, in the order of first mention, those of the text first.
pub fn join(text: &str, in_text: &[Found], title: &str, in_title: &[Found]) -> Vec<DateMention> {
    let mut joined: Vec<DateMention> = Vec::new();
    let mut places: HashMap<(Edge, Edge, Granularity), usize> = HashMap::new();
    let mut mention = |found: &Found, source: &str| -> usize {
        let place =
            *places.entry((found.start, found.end, found.granularity)).or_insert(joined.len());
        if place == joined.len() {
            let Found { span, start, end, granularity } = *found;
            joined.push(DateMention {
                text: span.of(source).to_owned(),
                start,
                end,
                granularity,
                mentions: Mentions::default(),
            });
        }
        place
    };
    let places_in_text: Vec<usize> = in_text.iter().map(|found| mention(found, text)).collect();
    let places_in_title: Vec<usize> = in_title.iter().map(|found| mention(found, title)).collect();
    for (found, place) in in_text.iter().zip(places_in_text) {
        joined.get_mut(place).into_iter().for_each(|date| date.mentions.text.push(found.span));
    }
    for (found, place) in in_title.iter().zip(places_in_title) {
        joined.get_mut(place).into_iter().for_each(|date| date.mentions.title.push(found.span));
    }
    joined
}

/// The grammars with a name each.
#[cfg(test)]
fn all_grammars() -> impl Iterator<Item = (&'static str, &'static Grammar)> {
    let neutral: &Grammar = &NEUTRAL;
    let named = GRAMMARS.iter().map(|(code, grammar)| (*code, &**grammar));
    named.chain([("neutral", neutral)])
}
