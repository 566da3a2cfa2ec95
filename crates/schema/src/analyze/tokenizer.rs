//! The adapter between this crate's words and the engine's tokenizer interface.
//!
//! The engine analyses text on its one thread, every field anew, and gives a tokenizer nothing but a string. So a field's value is that string: its terms
//! one after the other, with marks that tell their positions. They are made where articles are made ready, on as many threads as there are, and a word that stands in
//! several fields is looked at once.

use dateline_article::Language;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::stem::{PLACES_BITS, place};
use super::{Stems, Words, sounds};

/// Name under which the tokenizer of stemmed fields is registered.
pub(crate) const STEMMED: &str = "dateline_stemmed";
/// Name under which the tokenizer of unstemmed fields is registered.
pub(crate) const EXACT: &str = "dateline_exact";
/// Name under which the tokenizer of names as they sound is registered.
pub(crate) const SOUNDS: &str = "dateline_sounds";

/// Stands between names while they are walked over.
const NEXT_NAME: char = '\u{1e}';

/// Begins a term that stands at the position after that of the term before it; the first at 0.
const NEXT: u8 = 1;
/// Begins a term that stands at the position of the term before it.
const SAME: u8 = 2;
/// Begins a term that stands further on; how many positions lie between follows as the character of that number.
const AFTER: u8 = 3;
/// Begins a term at any other position, which follows in decimal digits: before that of the last term, or so far on that no character has the number.
const AT: u8 = 4;
/// Ends such digits.
const AT_ENDS: u8 = 5;
/// Begins a value whose first term is empty; how often it is there follows in decimal digits.
const EMPTY: u8 = 6;

/// Position of the first word of the text in fields that hold title and text. Titles are cut at this many words.
pub const TEXT_POSITION: u32 = 256;
/// Positions from the first word of one name to the first of the next, so that a name's number is told from its words' positions. After a value of
/// more than half as many words the next begins a stride later: no phrase crosses from one to the next.
pub const NAME_STRIDE: u32 = 128;

/// The value of a field, as it is made.
#[derive(Debug)]
struct Value {
    text: String,
    /// Position after that of the last term.
    next: u32,
}

impl Value {
    fn new(capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), next: 0 }
    }

    fn push(&mut self, term: &str, position: u32) {
        self.begin(position);
        self.text.push_str(term);
    }

    /// Begins a term, whose letters are then appended to the text.
    fn begin(&mut self, position: u32) {
        if position == self.next {
            self.text.push(char::from(NEXT));
        } else if position.checked_add(1) == Some(self.next) {
            self.text.push(char::from(SAME));
        } else if let Some(between) = position.checked_sub(self.next).and_then(char::from_u32) {
            self.text.push(char::from(AFTER));
            self.text.push(between);
        } else {
            self.text.push(char::from(AT));
            self.text.push_str(&position.to_string());
            self.text.push(char::from(AT_ENDS));
        }
        self.next = position.saturating_add(1);
    }
}

/// The values of two fields of the same words: as they are, and stems.
///
/// Of a whole article a stem stands in its field where the words tell less: all occurrences of a stem that any word of the article has in another form than the
/// stem's own. Where all its words are the stem itself, the other field has them. So an article has a stem as often as the field does that has it more often. Of an article in
/// no known language all words stand in both fields. Of a part, which is short, all stems do.
#[derive(Debug)]
pub(crate) struct Terms {
    stems: Stems,
    /// Whether all stems are told.
    is_full: bool,
    /// Whether they are those of a part, where marked forms stand among the words.
    is_part: bool,
    exact: Value,
    marked: Value,
    /// Words in `exact`.
    count: usize,
    words: Vec<Held>,
    /// The stems that are not their words, one behind the other.
    changed: String,
    /// A bit for the place of each of these; none where all stems are told.
    seen: Vec<u64>,
    /// What the words that are passed over before the first one of the text add to its number.
    passed_over: Option<u32>,
}

/// The values of fields of the same words.
#[derive(Debug)]
pub(crate) struct Values {
    pub(crate) stemmed: String,
    pub(crate) exact: String,
    /// Marked forms of a whole article; those of a part stand in `exact`.
    pub(crate) marked: String,
}

/// A word whose stem may have to be told.
#[derive(Clone, Copy, Debug)]
struct Held {
    position: u32,
    /// Where its stem stands: among those that are not their words, or in the value of the words as they are.
    from: usize,
    to: usize,
    is_changed: bool,
}

impl Terms {
    /// Terms of an article in a language, of about so many bytes.
    pub(crate) fn new(language: Option<Language>, bytes: usize) -> Self {
        Self { seen: vec![0; (1 << PLACES_BITS) / 64], ..Self::empty(language, bytes) }
    }

    fn empty(language: Option<Language>, bytes: usize) -> Self {
        Self {
            stems: Stems::of(language),
            is_full: language.is_none(),
            is_part: false,
            exact: Value::new(bytes + bytes / 8),
            marked: Value::new(bytes / 16),
            count: 0,
            words: Vec::with_capacity(bytes / 5),
            changed: String::with_capacity(bytes / 3),
            seen: Vec::new(),
            passed_over: None,
        }
    }

    /// Those of `text`, a part of an article.
    pub(crate) fn of(language: Option<Language>, text: &str) -> Self {
        let mut terms = Self { is_full: true, is_part: true, ..Self::empty(language, text.len()) };
        let mut words = Words::new(text);
        while words.advance() {
            terms.push(&words, words.position());
        }
        terms
    }

    /// Takes a word that stands at `position`.
    pub(crate) fn push(&mut self, word: &Words<'_>, position: u32) {
        let folded = word.folded();
        self.exact.push(folded, position);
        self.count += 1;
        if self.is_full || !self.stems.is_none() {
            let from = self.changed.len();
            if self.stems.other_stem_into(folded, &mut self.changed) {
                let (word, bit) = bit(self.changed.get(from..).unwrap_or_default());
                if let Some(seen) = self.seen.get_mut(word) {
                    *seen |= bit;
                }
                let to = self.changed.len();
                self.words.push(Held { position, from, to, is_changed: true });
            } else {
                let to = self.exact.text.len();
                let from = to - folded.len();
                self.words.push(Held { position, from, to, is_changed: false });
            }
        }
        if let Some(marked) = word.marked() {
            let value = if self.is_part { &mut self.exact } else { &mut self.marked };
            value.push(marked, position);
        }
    }

    /// Takes a word of the title or the text, by its position among both. The first word of the text stands at [`TEXT_POSITION`] whatever was passed over before it.
    pub(crate) fn push_of_article(&mut self, word: &Words<'_>, position: u32) {
        let Some(number) = position.checked_sub(TEXT_POSITION) else {
            return self.push(word, position);
        };
        let passed_over = *self.passed_over.get_or_insert(number);
        self.push(word, position.saturating_sub(passed_over));
    }

    /// The values. Of an article, empty stems make stems as many as words, so that the engine finds the same length in either field.
    pub(crate) fn into_values(self) -> Values {
        let mut stemmed = Value::new(self.changed.len() * 3);
        let mut count = 0;
        for Held { position, from, to, is_changed } in &self.words {
            let text = if *is_changed { &self.changed } else { &self.exact.text };
            let stem = text.get(*from..*to).unwrap_or_default();
            if *is_changed || self.is_full || self.has_changed(stem) {
                stemmed.push(stem, *position);
                count += 1;
            }
        }
        let empty = if self.is_part { 0 } else { self.count - count };
        if empty > 0 {
            let filling = format!("{}{empty}{}", char::from(EMPTY), char::from(AT_ENDS));
            stemmed.text.insert_str(0, &filling);
        }
        Values { stemmed: stemmed.text, exact: self.exact.text, marked: self.marked.text }
    }

    /// Whether a word of another form has this stem, or one of the same place has, which tells of a stem what the other field tells as well.
    fn has_changed(&self, stem: &str) -> bool {
        let (word, bit) = bit(stem);
        self.seen.get(word).is_some_and(|seen| seen & bit != 0)
    }
}

/// Where the bit of a stem stands.
fn bit(stem: &str) -> (usize, u64) {
    let place = place(stem);
    (place / 64, 1 << (place % 64))
}

/// The value of a field of names, unstemmed, each name by itself.
pub(crate) fn names<'name>(names: impl IntoIterator<Item = &'name str>) -> String {
    walk_names(names, |word, position, value| {
        value.push(word.folded(), position);
        if let Some(marked) = word.marked() {
            value.push(marked, position);
        }
    })
}

/// The value of a field of the keys of names as they sound.
pub(crate) fn names_as_they_sound<'name>(names: impl IntoIterator<Item = &'name str>) -> String {
    walk_names(names, |word, position, value| {
        let keys = sounds(word.folded());
        if keys.is_empty() {
            value.push("", position);
        }
        keys.iter().rev().for_each(|key| value.push(key, position));
    })
}

/// Walks over the words of names, each name by itself.
fn walk_names<'name>(
    names: impl IntoIterator<Item = &'name str>,
    mut push: impl FnMut(&Words<'_>, u32, &mut Value),
) -> String {
    let mut text = String::with_capacity(64);
    for (number, name) in names.into_iter().enumerate() {
        if number > 0 {
            text.push(NEXT_NAME);
        }
        // The mark inside a name is a blank.
        text.extend(name.chars().map(|letter| if letter == NEXT_NAME { ' ' } else { letter }));
    }
    let mut value = Value::new(text.len() + text.len() / 8);
    let mut words = Words::new(&text);
    // What the marks passed so far add to a word's number.
    let (mut shift, mut end_of_last) = (0_i64, 0);
    let stride = i64::from(NAME_STRIDE);
    while words.advance() {
        let (span, number) = (words.span(), i64::from(words.position()));
        for _ in text.get(end_of_last..span.start).unwrap_or_default().matches(NEXT_NAME) {
            let last = (number - 1 + shift).max(0);
            shift = (last + stride / 2 + stride - 1) / stride * stride - number;
        }
        end_of_last = span.end;
        push(&words, u32::try_from(number + shift).unwrap_or(u32::MAX), &mut value);
    }
    value.text
}

/// Gives the engine the terms of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TermTokenizer;

impl Tokenizer for TermTokenizer {
    type TokenStream<'value> = TermStream<'value>;

    fn token_stream<'value>(&'value mut self, value: &'value str) -> TermStream<'value> {
        let filled = value.strip_prefix(char::from(EMPTY));
        let filled = filled.and_then(|value| value.split_once(char::from(AT_ENDS)));
        let (empty, rest) = filled.unwrap_or(("", value));
        let token = Token { position_length: 1, ..Token::default() };
        TermStream { empty: empty.parse().unwrap_or(0), rest, next: 0, token }
    }
}

/// The terms of one value.
#[derive(Debug)]
pub(crate) struct TermStream<'value> {
    /// Empty terms that come first, all at position 0.
    empty: u32,
    rest: &'value str,
    /// Position after that of the last term.
    next: u32,
    token: Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        if self.empty > 0 {
            self.empty -= 1;
            self.token.position = 0;
            self.token.text.clear();
            return true;
        }
        let Some(mark) = self.rest.bytes().next() else { return false };
        let mut term = self.rest.get(1..).unwrap_or_default();
        let position = match mark {
            SAME => self.next.saturating_sub(1),
            AFTER => {
                let mut letters = term.chars();
                let between = letters.next().map_or(0, u32::from);
                term = letters.as_str();
                self.next.saturating_add(between)
            }
            AT => {
                let (digits, rest) = term.split_once(char::from(AT_ENDS)).unwrap_or_default();
                term = rest;
                digits.parse().unwrap_or(self.next)
            }
            _ => self.next,
        };
        let end = term.bytes().position(|byte| byte <= AT).unwrap_or(term.len());
        (term, self.rest) = term.split_at(end);
        self.next = position.saturating_add(1);
        self.token.position = position as usize;
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use dateline_article::{Article, ArticleId, Record};
    use proptest::prelude::{Just, prop_oneof};

    use crate::analyze::{LONGEST_BYTES, fold};
    use crate::structure::structure_by_word;

    /// The terms that the engine gets of a value, with their positions.
    fn terms(value: &str) -> String {
        let mut tokenizer = TermTokenizer;
        let mut stream = tokenizer.token_stream(value);
        let mut found = Vec::new();
        while stream.advance() {
            found.push(format!("{}@{}", stream.token().text, stream.token().position));
        }
        found.join(" ")
    }

    /// Those of stems, without the empty ones.
    fn stems(found: &str) -> String {
        let stems = found.split(' ').filter(|term| *term != "@0");
        stems.collect::<Vec<_>>().join(" ")
    }

    /// The terms of title and text, stemmed and as they are.
    fn of_article(language: Option<Language>, title: &str, text: &str) -> (String, String) {
        let values = values_of_article(language, title, text);
        (terms(&values.stemmed), terms(&values.exact))
    }

    fn values_of_article(language: Option<Language>, title: &str, text: &str) -> Values {
        let mut article = Article::new(ArticleId::from_u64(1), "a", "1", "text");
        article.title = Some(title.to_owned());
        article.paragraphs = vec![text.to_owned()];
        let mut found = Terms::new(language, text.len());
        let each = &mut |word: &Words<'_>, position| found.push_of_article(word, position);
        structure_by_word(&Record::bare(article), text, each);
        found.into_values()
    }

    #[test]
    fn stems_by_the_language_of_the_value() {
        let values = values_of_article(Some(Language::ENGLISH), "Elections", "U.S. elections");
        assert_eq!(terms(&values.stemmed), "@0 elect@0 elect@257");
        assert_eq!(terms(&values.exact), "elections@0 us@256 elections@257");
        assert_eq!(terms(&values.marked), "US@256");
        let values = Terms::of(Some(Language::ENGLISH), "U.S. elections").into_values();
        assert_eq!(terms(&values.stemmed), "us@0 elect@1");
        assert_eq!(terms(&values.exact), "us@0 US@0 elections@1");
    }

    #[test]
    fn stems_stand_where_words_tell_less() {
        let check = |code: &str, text: &str, expected: &str| {
            let (stemmed, exact) = of_article(Language::from_tag(code), "", text);
            assert_eq!(stems(&stemmed), expected, "{text}");
            assert_eq!(stemmed.split(' ').count(), exact.split(' ').count(), "{text}");
        };
        check("en", "a war after the war", "");
        check("en", "a war after the wars", "war@257 war@260");
        check("en", "wars after the war", "war@256 war@259");
        check("en", "elections", "elect@256");
        check("en", "NATO says", "say@257");
        // No known language: the words themselves.
        check("und", "wars after", "wars@256 after@257");
        // No stemmer: nothing that the words do not tell.
        check("uk", "вибори", "");
        check("en", "", "");
    }

    #[test]
    fn names_stand_apart() {
        let found = terms(&names(["Jens Stoltenberg", "Vladimir Putin"]));
        assert_eq!(found, "jens@0 stoltenberg@1 vladimir@128 putin@129");
        let found = terms(&names(["", "b", &"c ".repeat(65), "d"]));
        assert!(found.starts_with("b@128 c@256") && found.ends_with("c@320 d@384"), "{found}");
        assert!(terms(&names([&*"c ".repeat(66), "d"])).ends_with("c@65 d@256"));
    }

    #[test]
    fn names_as_they_sound_have_the_places_of_their_words() {
        let found = terms(&names_as_they_sound(["Wolodymyr Selenskyj", "Xi Jinping"]));
        assert!(found.starts_with("=volodymyr@0 "), "{found}");
        assert!(found.contains(" SELENSKI@1 ") && found.contains(" xi@128 "), "{found}");
    }

    #[test]
    fn a_title_too_long_is_cut_and_the_text_keeps_its_place() {
        let (_, found) = of_article(None, &"word ".repeat(400), "first second");
        assert!(found.contains("word@254 first@256 second@257"), "{found}");
    }

    #[test]
    fn marks_in_the_text_are_blanks() {
        assert_eq!(terms(&names(["a\u{1e}b \u{2}c\u{1d}d"])), "a@0 b@1 c@2 d@3");
        let (_, found) = of_article(None, "", "a\u{1}b \u{3}c\u{4}d\u{5}e \u{6}f");
        assert_eq!(found, "a@256 b@257 c@258 d@259 e@260 f@261");
    }

    #[test]
    fn an_empty_title_leaves_the_text_in_place() {
        assert_eq!(of_article(None, "", "a").1, "a@256");
    }

    #[test]
    fn the_text_begins_at_its_place_whatever_is_passed_over() {
        let long = "x".repeat(LONGEST_BYTES + 1);
        let (_, found) = of_article(None, &format!("{long} title"), &format!("{long} a {long} b"));
        assert_eq!(found, "title@1 a@256 b@258");
    }

    proptest::proptest! {
        #[test]
        fn a_stem_is_there_as_often_as_in_the_field_that_has_it_more_often(
            words in proptest::collection::vec("war|wars|warring|us|US|election|elections|elect|kyiv", 0..30),
        ) {
            let stems = Stems::of(Some(Language::ENGLISH));
            let of = |value: &str, stem: &str| {
                let places = value.split(' ').filter_map(|term| term.strip_prefix(stem));
                places.filter(|place| place.starts_with('@')).count()
            };
            let (stemmed, exact) = of_article(Some(Language::ENGLISH), "", &words.join(" "));
            for word in &words {
                let stem = stems.stem(&fold(word)).into_owned();
                let expected = words.iter().filter(|word| *stems.stem(&fold(word)) == *stem).count();
                proptest::prop_assert_eq!(of(&stemmed, &stem).max(of(&exact, &stem)), expected, "{}", stem);
            }
        }

        #[test]
        fn every_term_has_its_position(words in proptest::collection::vec(("[a-z0-9東é]{0,5}", prop_oneof![0..400_u32, 50_000..70_000_u32, Just(u32::MAX)]), 0..20)) {
            let mut value = Value::new(0);
            for (word, position) in &words {
                value.push(word, *position);
            }
            let expected: Vec<_> = words.iter().map(|(word, position)| format!("{word}@{position}")).collect();
            proptest::prop_assert_eq!(terms(&value.text), expected.join(" "));
        }
    }
}
