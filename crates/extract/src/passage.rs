//! A text cut into tokens for the taggers of names and the finders of places: what each token looks like, where sentences open, and in which
//! casing its paragraph is set.
//!
//! It knows no names. The rules are those of Western news print: full stops of initials and of usual abbreviations belong to their word, a
//! possessive stands apart, words at a hyphen stand apart.

mod scan;

use dateline_article::{Language, Span};

/// A text and its tokens.
pub(crate) struct Passage<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Folded forms of the tokens that have one of their own, one after the other.
    keys: String,
}

/// A word, a number, or one sign.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Where it stands.
    pub(crate) span: Span,
    /// What it looks like.
    pub(crate) form: Form,
    /// What stands between it and the token before.
    pub(crate) gap: Gap,
    /// Whether a sentence, a quotation or a paragraph opens with it, so that its capital letter says little.
    pub(crate) opens: bool,
    /// How its paragraph is set.
    pub(crate) casing: Casing,
    /// Its folded form in `keys`; empty for one that is its own.
    key: (u32, u16),
}

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A word beginning with a small letter.
    Lower,
    /// A word beginning with a capital letter, small ones among the others.
    Capital,
    /// Two or more letters, all capitals.
    Upper,
    /// One capital letter, with or without a full stop.
    Initial,
    /// Several capital letters with full stops: U.S., J.R.R.
    Initials,
    /// A word in a script without capital letters.
    Caseless,
    /// Digits.
    Number,
    /// The `'s` of a possessive, or another word's ending after an apostrophe.
    Ending,
    /// Anything else.
    Sign(char),
}

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// White space.
    Space,
    /// The border of two paragraphs, or the beginning.
    Paragraph,
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Casing {
    /// As running text: capital letters mean something.
    Mixed,
    /// Every longer word begins with a capital letter.
    Title,
    /// All in capital letters.
    Upper,
}

impl<'a> Passage<'a> {
    /// Reads `text` once; linear in its length. What lies beyond 4 GiB is not read.
    pub(crate) fn new(text: &'a str, language: Option<Language>) -> Self {
        // About as many tokens as there are in most languages, and some room for forms that are not the words themselves.
        let tokens = Vec::with_capacity(text.len() / 5);
        let mut passage = Self { text, tokens, keys: String::with_capacity(text.len() / 6) };
        scan::scan(text, language, &mut passage.tokens);
        passage.fold_keys();
        passage.set_casings();
        passage
    }

    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub(crate) fn token(&self, index: usize) -> Option<&Token> {
        self.tokens.get(index)
    }

    /// The token as written.
    pub(crate) fn surface(&self, index: usize) -> &'a str {
        self.token(index).map_or("", |token| token.span.of(self.text))
    }

    /// The token folded; empty for signs and endings.
    pub(crate) fn key(&self, index: usize) -> &str {
        let Some(token) = self.token(index) else { return "" };
        let (start, length) = token.key;
        match token.form {
            Form::Sign(_) | Form::Ending => "",
            _ if length == 0 => token.span.of(self.text),
            _ => self
                .keys
                .get(start as usize..start as usize + usize::from(length))
                .unwrap_or_default(),
        }
    }

    pub(crate) fn form(&self, index: usize) -> Option<Form> {
        self.token(index).map(|token| token.form)
    }

    pub(crate) fn is_sign(&self, index: usize, sign: char) -> bool {
        self.form(index) == Some(Form::Sign(sign))
    }

    /// Whether the token is written as names are: with a capital letter in front.
    pub(crate) fn is_capital(&self, index: usize) -> bool {
        self.token(index).is_some_and(|token| token.form.is_capital())
    }

    /// The word after `index` in the same name: after a space, or after a hyphen without spaces.
    pub(crate) fn next_word(&self, index: usize) -> Option<usize> {
        let next = self.token(index + 1)?;
        match next.gap {
            Gap::Space if next.form.is_word() => Some(index + 1),
            Gap::None if matches!(next.form, Form::Sign('-' | '‑' | '–')) => {
                let word = self.token(index + 2)?;
                (word.gap == Gap::None && word.form.is_word()).then_some(index + 2)
            }
            // "J.Smith"
            Gap::None if next.form == Form::Capital => Some(index + 1),
            _ => None,
        }
    }

    /// The word before `index`, with only a space between.
    pub(crate) fn word_before(&self, index: usize) -> Option<usize> {
        let before = index.checked_sub(1)?;
        let spaced = self.token(index)?.gap == Gap::Space;
        (spaced && self.token(before)?.form.is_word()).then_some(before)
    }

    /// From the first byte of token `first` to the last of token `last`.
    pub(crate) fn span(&self, first: usize, last: usize) -> Option<Span> {
        Some(Span { start: self.token(first)?.span.start, end: self.token(last)?.span.end })
    }

    /// Index of the first token that ends after `byte`.
    pub(crate) fn token_at(&self, byte: u32) -> usize {
        self.tokens.partition_point(|token| token.span.end <= byte)
    }

    fn fold_keys(&mut self) {
        /// No name has a longer word; a longer token keeps an empty key and is nothing.
        const LONGEST_BYTES: u32 = 80;
        for token in &mut self.tokens {
            let surface = token.span.of(self.text);
            let is_own_key = match token.form {
                Form::Lower => surface.bytes().all(|byte| byte.is_ascii_lowercase()),
                Form::Number => true,
                _ => false,
            };
            let is_folded = token.form.is_word() && !is_own_key;
            let Ok(start) = u32::try_from(self.keys.len()) else { return };
            if is_folded && token.span.end - token.span.start <= LONGEST_BYTES {
                dateline_gazetteer::fold_into(surface, &mut self.keys);
                let length = self.keys.len() - start as usize;
                token.key = (start, u16::try_from(length).unwrap_or(0));
            }
        }
    }

    fn set_casings(&mut self) {
        let mut start = 0;
        for end in 1..=self.tokens.len() {
            let ends = self.tokens.get(end).is_none_or(|token| token.gap == Gap::Paragraph);
            if ends {
                let paragraph = self.tokens.get_mut(start..end).unwrap_or_default();
                let casing = casing(paragraph);
                for token in paragraph {
                    token.casing = casing;
                }
                start = end;
            }
        }
    }
}

impl Form {
    /// Whether it is written as names are: with a capital letter in front.
    pub(crate) fn is_capital(self) -> bool {
        matches!(self, Self::Capital | Self::Upper | Self::Initial | Self::Initials)
    }

    /// Whether it is made of letters.
    pub(crate) fn is_word(self) -> bool {
        self.is_capital() || matches!(self, Self::Lower | Self::Caseless)
    }
}

/// A paragraph without a single small letter is set in capitals; one of which at most a fifth of the longer words begin small, and that does not
/// end as a sentence does, is set as a title.
fn casing(paragraph: &[Token]) -> Casing {
    const LONG_BYTES: u32 = 4;
    let (mut lower, mut capital, mut upper) = (0, 0, 0);
    let (mut long_lower, mut long_capital) = (0, 0);
    let is_sentence =
        paragraph.iter().rev().take(2).any(|token| matches!(token.form, Form::Sign('.' | '!')));
    for token in paragraph {
        let long = u32::from(token.span.end - token.span.start >= LONG_BYTES);
        match token.form {
            Form::Lower => {
                lower += 1;
                long_lower += long;
            }
            Form::Capital => {
                capital += 1;
                long_capital += long;
            }
            Form::Upper => {
                upper += 1;
                long_capital += long;
            }
            _ => {}
        }
    }
    if lower == 0 && upper >= 2 && capital <= upper / 4 {
        Casing::Upper
    } else if !is_sentence && long_capital >= 3 && long_lower * 4 <= long_capital {
        Casing::Title
    } else {
        Casing::Mixed
    }
}

#[cfg(test)]
mod tests;
