//! The tokenizer: bytes to [`Token`]s in one pass, without look-back over more than a token.

use dateline_article::{Language, Span};

use super::{Casing, Form, Gap, Token};

/// Cuts `text` into tokens, appended to `tokens`.
pub(crate) fn scan(text: &str, language: Option<Language>, tokens: &mut Vec<Token>) {
    let mut scanner = Scanner {
        text,
        at: 0,
        elides: matches!(language.as_ref().map(Language::code), Some("fr" | "it" | "ca")),
        opens: true,
        tokens,
    };
    while scanner.step() {}
}

/// Abbreviations whose full stop ends no sentence, in small letters; single letters are seen apart.
const ABBREVIATIONS: &str = "mr mrs ms dr prof sen sens rep reps gov gen col lt sgt capt maj adm rev hon st ste jr sr inc corp co cos ltd bros mt ft \
     pres supt det cmdr brig cpl pvt fr mme mlle mgr dept univ assn intl natl jan feb mar apr jun jul aug sep sept oct nov dec ave blvd \
     ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo ala";

/// What stands apart after an apostrophe.
const ENDINGS: &[&str] = &["s", "S", "re", "ve", "ll", "d", "m"];

struct Scanner<'a, 'b> {
    text: &'a str,
    at: usize,
    /// Whether articles lose their vowel before an apostrophe (l'Ukraine).
    elides: bool,
    /// Whether the next word opens a sentence.
    opens: bool,
    tokens: &'b mut Vec<Token>,
}

impl Scanner<'_, '_> {
    /// Reads a gap and a token; false at the end.
    fn step(&mut self) -> bool {
        let gap = self.gap();
        if gap == Gap::Paragraph {
            self.opens = true;
        }
        let start = self.at;
        let Some(first) = self.peek(0) else { return false };
        let form = if first.is_numeric() {
            self.number();
            Form::Number
        } else if first.is_alphabetic() {
            self.word()
        } else if is_apostrophe(first) && self.follows_word(gap) && self.is_ending(first.len_utf8())
        {
            self.at += first.len_utf8();
            self.letters();
            Form::Ending
        } else {
            self.at += first.len_utf8();
            Form::Sign(first)
        };
        let Some(span) = Span::new(start..self.at) else { return false };
        let opens = self.opens && form.is_word();
        self.tokens.push(Token { span, form, gap, opens, casing: Casing::Mixed, key: (0, 0) });
        self.note_opening(form, gap);
        true
    }

    fn note_opening(&mut self, form: Form, gap: Gap) {
        match form {
            Form::Sign('.' | '!' | '?' | '…' | ':' | '•' | '。' | '¿' | '¡') => {
                self.opens = true;
            }
            // A mark after a space, or after the opening of a bracket, opens a quotation.
            Form::Sign('"' | '\'' | '“' | '„' | '«' | '‘' | '»' | '”' | '’') => {
                self.opens = self.opens || gap != Gap::None;
            }
            Form::Sign(')' | ']' | '-' | '–' | '—' | '*' | '#' | '>' | '(' | '[')
            | Form::Ending => {}
            _ => self.opens = false,
        }
    }

    /// Whether the text goes on right after a word.
    fn follows_word(&self, gap: Gap) -> bool {
        gap == Gap::None && self.tokens.last().is_some_and(|token| token.form.is_word())
    }

    fn gap(&mut self) -> Gap {
        let start = self.at;
        let mut lines = 0;
        while let Some(space) = self.peek(0).filter(|&c| is_blank(c)) {
            lines += usize::from(space == '\n');
            self.at += space.len_utf8();
        }
        match (start, lines) {
            (0, _) | (_, 2..) => Gap::Paragraph,
            _ if start == self.at => Gap::None,
            _ => Gap::Space,
        }
    }

    fn peek(&self, offset: usize) -> Option<char> {
        let at = self.at + offset;
        match self.text.as_bytes().get(at) {
            Some(&byte) if byte.is_ascii() => Some(char::from(byte)),
            Some(_) => self.text.get(at..)?.chars().next(),
            None => None,
        }
    }

    /// Digits with the full stops and commas between them.
    fn number(&mut self) {
        while let Some(c) = self.peek(0) {
            let joins =
                matches!(c, '.' | ',') && self.peek(1).is_some_and(|next| next.is_ascii_digit());
            if !joins && !c.is_numeric() {
                break;
            }
            self.at += c.len_utf8();
        }
    }

    /// Letters, marks and digits.
    fn letters(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        while let Some(c) = self.peek(0).filter(|&c| is_word_part(c)) {
            self.at += c.len_utf8();
        }
    }

    fn word(&mut self) -> Form {
        let start = self.at;
        self.letters();
        let mut negation = false;
        loop {
            let letters = self.text.get(start..self.at).unwrap_or_default();
            match self.peek(0) {
                Some('.') if is_one_capital(letters) => return self.initials(),
                Some('.') if is_abbreviation(letters) => {
                    self.at += 1;
                    break;
                }
                Some('&') if self.joins_capitals(letters) => {
                    self.at += 1;
                    self.letters();
                }
                Some(mark) if is_apostrophe(mark) => match self.apostrophe(letters, mark) {
                    Apostrophe::Joins { is_negation } => {
                        negation |= is_negation;
                        self.at += mark.len_utf8();
                        self.letters();
                    }
                    Apostrophe::Parts => break,
                },
                _ => break,
            }
        }
        let word = self.text.get(start..self.at).unwrap_or_default();
        if negation { Form::Lower } else { form(word) }
    }

    /// After one capital letter, at its full stop: that initial, or a row of them.
    fn initials(&mut self) -> Form {
        let mut count = 1;
        loop {
            self.at += 1;
            let Some(letter) = self.peek(0).filter(|c| c.is_uppercase()) else { break };
            let after = self.peek(letter.len_utf8());
            if after == Some('.') {
                self.at += letter.len_utf8();
                count += 1;
            } else if !after.is_some_and(is_word_part) && count == 1 {
                self.at += letter.len_utf8();
                return Form::Initials;
            } else {
                break;
            }
        }
        if count == 1 { Form::Initial } else { Form::Initials }
    }

    /// `AT&T`, `S&P`.
    fn joins_capitals(&self, before: &str) -> bool {
        before.len() <= 3
            && before.chars().all(char::is_uppercase)
            && self.peek(1).is_some_and(char::is_uppercase)
    }

    /// What the apostrophe `mark` after the letters `before` does.
    fn apostrophe(&self, before: &str, mark: char) -> Apostrophe {
        let after = self.letters_at(mark.len_utf8());
        let elided = before.len() <= 5 && after.starts_with(char::is_uppercase);
        match after {
            "" => Apostrophe::Parts,
            "t" | "T" => Apostrophe::Joins { is_negation: true },
            _ if ENDINGS.contains(&after) => Apostrophe::Parts,
            _ if elided
                && (self.elides || before.chars().all(char::is_lowercase) && before != "o") =>
            {
                Apostrophe::Parts
            }
            // `l'incontro`, `d'une`: an article and a word.
            _ if self.elides && before.len() <= 2 => Apostrophe::Parts,
            _ => Apostrophe::Joins { is_negation: false },
        }
    }

    fn is_ending(&self, offset: usize) -> bool {
        ENDINGS.contains(&self.letters_at(offset))
    }

    /// The letters that begin `offset` bytes on; as many as an ending may have and one more.
    fn letters_at(&self, offset: usize) -> &str {
        let rest = self.text.get(self.at + offset..).unwrap_or_default();
        let end = rest.char_indices().take(4).find(|&(_, c)| !is_word_part(c)).map(|(at, _)| at);
        let end =
            end.or_else(|| rest.char_indices().nth(4).map(|(at, _)| at)).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }
}

enum Apostrophe {
    /// It stands inside a word: O'Neill, Sana'a, don't.
    Joins { is_negation: bool },
    /// A word ends before it.
    Parts,
}

fn form(word: &str) -> Form {
    // Most words, told without their characters.
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Form::Lower;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Form::Number };
    if first.is_lowercase() {
        return Form::Lower;
    }
    if !first.is_uppercase() {
        // Title-case digraphs are as good as capitals.
        return if first.to_lowercase().next() == Some(first) {
            Form::Caseless
        } else {
            Form::Capital
        };
    }
    let (mut count, mut upper) = (1, 1);
    for letter in letters {
        count += 1;
        upper += usize::from(letter.is_uppercase());
    }
    match (count, upper) {
        (1, _) => Form::Initial,
        _ if count == upper => Form::Upper,
        _ => Form::Capital,
    }
}

fn is_one_capital(letters: &str) -> bool {
    let mut chars = letters.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

fn is_abbreviation(letters: &str) -> bool {
    if letters.len() > 5
        || !letters.is_ascii()
        || !letters.starts_with(|c: char| c.is_ascii_uppercase())
    {
        return false;
    }
    ABBREVIATIONS.split(' ').any(|word| word.eq_ignore_ascii_case(letters))
}

fn is_word_part(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric()
            || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{64b}'..='\u{65f}')
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`' | '´' | '‘')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}
