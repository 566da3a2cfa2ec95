//! The adapter between this crate's words and the engine's tokenizer interface.
//!
//! A field's value is one string: a header that names the language, then the pieces of text, with marks between them where positions
//! jump. Language and jumps travel in the value because the engine gives a tokenizer nothing else to know them by.

use dateline_article::Language;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::{Stems, Words, sounds};

/// Name under which the tokenizer of stemmed fields is registered.
pub(crate) const STEMMED: &str = "dateline_stemmed";
/// Name under which the tokenizer of unstemmed fields is registered.
pub(crate) const EXACT: &str = "dateline_exact";
/// Name under which the tokenizer of names as they sound is registered.
pub(crate) const SOUNDS: &str = "dateline_sounds";

/// Encloses the language code at the beginning of a value.
const HEADER: char = '\u{2}';
/// Ends the title in a value that holds title and text.
const TEXT_BEGINS: char = '\u{1d}';
/// Stands between values that no phrase may cross.
const NEXT_VALUE: char = '\u{1e}';

/// Position of the first word of the text in fields that hold title and text. Titles are cut at this many words.
pub const TEXT_POSITION: u32 = 256;
/// Positions from the first word of one name to the first of the next, so that a name's number is told from its words' positions. After a value of
/// more than half as many words the next begins a stride later: no phrase crosses from one to the next.
pub const NAME_STRIDE: u32 = 128;

/// The value of a field that holds `title` and `text`, in that order.
pub(crate) fn title_and_text(language: Option<Language>, title: &str, text: &str) -> String {
    let mut value = header(language, title.len() + text.len() + 8);
    push_clean(title, &mut value);
    value.push(TEXT_BEGINS);
    push_clean(text, &mut value);
    value
}

/// The value of a field that holds `values`, each by itself.
pub(crate) fn separate<'value>(
    language: Option<Language>,
    values: impl IntoIterator<Item = &'value str>,
) -> String {
    let mut value = header(language, 64);
    for (number, piece) in values.into_iter().enumerate() {
        if number > 0 {
            value.push(NEXT_VALUE);
        }
        push_clean(piece, &mut value);
    }
    value
}

fn header(language: Option<Language>, capacity: usize) -> String {
    let mut value = String::with_capacity(capacity);
    value.push(HEADER);
    if let Some(language) = language {
        value.push_str(language.code());
    }
    value.push(HEADER);
    value
}

/// Appends `text`; a mark of ours in it becomes a blank.
fn push_clean(text: &str, value: &mut String) {
    let marks = [HEADER, TEXT_BEGINS, NEXT_VALUE];
    if text.contains(marks) {
        value.push_str(&text.replace(marks, " "));
    } else {
        value.push_str(text);
    }
}

/// Makes terms of words, stemmed or as they are.
#[derive(Clone, Debug)]
pub(crate) struct WordTokenizer {
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Stemmed,
    Exact,
    Sounds,
}

impl WordTokenizer {
    pub(crate) fn stemmed() -> Self {
        Self { form: Form::Stemmed }
    }

    pub(crate) fn exact() -> Self {
        Self { form: Form::Exact }
    }

    pub(crate) fn sounds() -> Self {
        Self { form: Form::Sounds }
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'text> = WordStream<'text>;

    fn token_stream<'text>(&'text mut self, value: &'text str) -> WordStream<'text> {
        let mut pieces = value.splitn(3, HEADER);
        let (code, text) = match (pieces.next(), pieces.next(), pieces.next()) {
            (Some(""), Some(code), Some(text)) => (code, text),
            _ => ("", value),
        };
        let stems =
            Stems::of(if self.form == Form::Stemmed { Language::from_tag(code) } else { None });
        WordStream {
            text,
            words: Words::new(text),
            stems,
            form: self.form,
            title_end: text.find(TEXT_BEGINS).unwrap_or(0),
            shift: 0,
            end_of_last: 0,
            pending_mark: false,
            pending_keys: Vec::new(),
            token: Token::default(),
        }
    }
}

/// The terms of one value.
#[derive(Debug)]
pub(crate) struct WordStream<'text> {
    text: &'text str,
    words: Words<'text>,
    stems: Stems,
    form: Form,
    /// Byte at which the title ends, where the value has one.
    title_end: usize,
    /// What the marks passed so far add to a word's number; negative after a title that was cut.
    shift: i64,
    end_of_last: usize,
    pending_mark: bool,
    /// Further keys of the present word.
    pending_keys: Vec<String>,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if std::mem::take(&mut self.pending_mark)
            && let Some(marked) = self.words.marked()
        {
            self.token.text.clear();
            self.token.text.push_str(marked);
            return true;
        }
        if let Some(key) = self.pending_keys.pop() {
            self.token.text = key;
            return true;
        }
        loop {
            if !self.words.advance() {
                return false;
            }
            let span = self.words.span();
            self.pass_marks(span.start);
            self.end_of_last = span.end;
            let position =
                u32::try_from(i64::from(self.words.position()) + self.shift).unwrap_or(u32::MAX);
            let title_is_full = span.start < self.title_end && position >= TEXT_POSITION - 1;
            if title_is_full {
                continue;
            }
            self.token.offset_from = span.start;
            self.token.offset_to = span.end;
            self.token.position = position as usize;
            self.token.position_length = 1;
            self.token.text.clear();
            match self.form {
                Form::Stemmed => self.token.text.push_str(&self.stems.stem(self.words.folded())),
                Form::Exact => {
                    self.token.text.push_str(self.words.folded());
                    self.pending_mark = self.words.marked().is_some();
                }
                Form::Sounds => {
                    self.pending_keys = sounds(self.words.folded());
                    self.token.text = self.pending_keys.pop().unwrap_or_default();
                }
            }
            return true;
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

impl WordStream<'_> {
    /// Moves `shift` for the marks between the last word and the one at `start`.
    fn pass_marks(&mut self, start: usize) {
        let between = self.text.get(self.end_of_last..start).unwrap_or_default();
        for mark in between.bytes().filter(u8::is_ascii_control) {
            let number = self.words.position();
            match char::from(mark) {
                TEXT_BEGINS => self.shift = i64::from(TEXT_POSITION) - i64::from(number),
                NEXT_VALUE => {
                    let stride = i64::from(NAME_STRIDE);
                    let last = (i64::from(number) - 1 + self.shift).max(0);
                    let next = (last + stride / 2 + stride - 1) / stride * stride;
                    self.shift = next - i64::from(number);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(mut tokenizer: WordTokenizer, value: &str) -> String {
        let mut stream = tokenizer.token_stream(value);
        let mut found = Vec::new();
        while stream.advance() {
            found.push(format!("{}@{}", stream.token().text, stream.token().position));
        }
        found.join(" ")
    }

    #[test]
    fn stems_by_the_language_of_the_value() {
        let value = title_and_text(Some(Language::ENGLISH), "Elections", "U.S. elections");
        assert_eq!(terms(WordTokenizer::stemmed(), &value), "elect@0 us@256 elect@257");
        assert_eq!(
            terms(WordTokenizer::exact(), &value),
            "elections@0 us@256 US@256 elections@257"
        );
    }

    #[test]
    fn names_stand_apart() {
        let value = separate(None, ["Jens Stoltenberg", "Vladimir Putin"]);
        assert_eq!(
            terms(WordTokenizer::exact(), &value),
            "jens@0 stoltenberg@1 vladimir@128 putin@129"
        );
        let value = separate(None, ["", "b", &"c ".repeat(65), "d"]);
        let found = terms(WordTokenizer::exact(), &value);
        assert!(found.starts_with("b@128 c@256") && found.ends_with("c@320 d@384"), "{found}");
        let value = separate(None, [&*"c ".repeat(66), "d"]);
        assert!(terms(WordTokenizer::exact(), &value).ends_with("c@65 d@256"));
    }

    #[test]
    fn names_as_they_sound_have_the_places_of_their_words() {
        let value = separate(None, ["Wolodymyr Selenskyj", "Xi Jinping"]);
        let found = terms(WordTokenizer::sounds(), &value);
        assert!(found.starts_with("=volodymyr@0 "), "{found}");
        assert!(found.contains(" SELENSKI@1 ") && found.contains(" xi@128 "), "{found}");
    }

    #[test]
    fn a_title_too_long_is_cut_and_the_text_keeps_its_place() {
        let title = "word ".repeat(400);
        let value = title_and_text(None, &title, "first second");
        let found = terms(WordTokenizer::exact(), &value);
        assert!(found.contains("word@254 first@256 second@257"), "{found}");
    }

    #[test]
    fn marks_in_the_text_are_blanks() {
        let value = separate(None, ["a\u{1e}b \u{2}c\u{1d}d"]);
        assert_eq!(terms(WordTokenizer::exact(), &value), "a@0 b@1 c@2 d@3");
    }

    #[test]
    fn an_empty_title_leaves_the_text_in_place() {
        assert_eq!(terms(WordTokenizer::exact(), &title_and_text(None, "", "a")), "a@256");
    }
}
