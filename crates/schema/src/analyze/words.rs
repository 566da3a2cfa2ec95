//! Words: where they begin and end in news text, and the form under which they are found.
//!
//! Unicode's word borders (UAX #29) with the rules news asks for: a possessive `'s` is no part of its word; an elided article stands apart
//! (`l'Élysée` is `l`, `elysee`); other apostrophes vanish (`O'Neill`, `здоров'я`); `U.S.` is `us`; `AT&T` is one word; `1,200` is `1200`; the
//! parts of a hyphenated word stand side by side; a Chinese or Japanese character is a word of its own. No stemming here.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::{fold_into, is_ignorable};

/// Longest word that is indexed, in bytes of the text; a longer run keeps its position and is passed over.
pub const LONGEST_BYTES: usize = 256;

/// What French, Italian and Catalan put before an apostrophe.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "dell",
    "all", "nell", "dall", "sull", "un", "quest", "coll",
];

/// Walks over the words of a text, one [`Words::advance`] a word; its buffers are reused.
#[derive(Debug)]
pub struct Words<'text> {
    text: &'text str,
    at: usize,
    position: u32,
    span: Range<usize>,
    folded: String,
    marked: String,
    /// Position of the next word.
    next_position: u32,
}

impl<'text> Words<'text> {
    /// Begins before the first word of `text`.
    pub fn new(text: &'text str) -> Self {
        Self {
            text,
            at: 0,
            position: 0,
            span: 0..0,
            folded: String::new(),
            marked: String::new(),
            next_position: 0,
        }
    }

    /// Goes to the next word; false when there is none.
    pub fn advance(&mut self) -> bool {
        loop {
            let Some((start, first)) = self.next_start() else { return false };
            self.folded.clear();
            self.marked.clear();
            let sign = self.sign_before(start);
            let end =
                if stands_alone(first) { start + first.len_utf8() } else { self.end_of(start) };
            self.position = self.next_position;
            self.next_position = self.next_position.saturating_add(1);
            if end - start > LONGEST_BYTES {
                continue;
            }
            self.span = start..end;
            self.fold(sign);
            if !self.folded.is_empty() {
                return true;
            }
        }
    }

    /// Bytes of the text that the word takes, without a possessive.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The word without case, accents and inner punctuation.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// A second form that keeps what folding loses, for those who ask for it: an acronym or other word in capitals (`US`), a sign that
    /// counts (`c++`, `@nato`, `#kyiv`).
    pub fn marked(&self) -> Option<&str> {
        (!self.marked.is_empty()).then_some(self.marked.as_str())
    }

    /// Number of the word in the text, from 0; words passed over count.
    pub fn position(&self) -> u32 {
        self.position
    }

    fn next_start(&self) -> Option<(usize, char)> {
        let rest = self.text.get(self.at..)?;
        // perf: benches/extract.rs; most words begin with a plain letter, after one blank.
        for (offset, byte) in rest.bytes().take(3).enumerate() {
            if byte.is_ascii_alphanumeric() {
                return Some((self.at + offset, char::from(byte)));
            }
            if !byte.is_ascii() {
                break;
            }
        }
        let (offset, first) = rest.char_indices().find(|(_, letter)| begins_word(*letter))?;
        Some((self.at + offset, first))
    }

    /// `@` or `#` right before the word and after no other word.
    fn sign_before(&self, start: usize) -> Option<char> {
        let mut before = self.text.get(..start)?.chars().rev();
        let sign = before.next().filter(|sign| matches!(sign, '@' | '#'))?;
        before.next().is_none_or(|letter| !continues_word(letter)).then_some(sign)
    }

    /// End of the word that begins at `start`; leaves `at` where the walk goes on.
    fn end_of(&mut self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        // perf: benches/extract.rs; most words are plain letters and end at a blank.
        let plain = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric());
        if let Some(end) =
            plain.filter(|end| matches!(rest.as_bytes().get(*end), Some(b' ' | b'\n')))
        {
            self.at = start + end + 1;
            return start + end;
        }
        let mut letters = rest.char_indices().peekable();
        let mut previous = '\0';
        let mut end = rest.len();
        let mut resume = rest.len();
        let mut joined = 0;
        while let Some((offset, letter)) = letters.next() {
            let parts = letter == '\u{200b}' && is_unspaced(previous);
            if continues_word(letter) && !stands_alone(letter) && !parts {
                previous = letter;
                continue;
            }
            let next = letters.peek().map(|(_, next)| *next);
            (end, resume) = (offset, offset + letter.len_utf8());
            match letter {
                _ if stands_alone(letter) => resume = offset,
                '\'' | '’' | 'ʼ' | '＇'
                    if next.is_some_and(char::is_alphabetic) && previous.is_alphanumeric() =>
                {
                    let after = rest.get(resume..).unwrap_or_default();
                    if let Some(length) = possessive(after) {
                        resume += length;
                        break;
                    }
                    if joined == 0 && is_elided(rest.get(..offset).unwrap_or_default()) {
                        break;
                    }
                    joined += 1;
                    (end, resume) = (rest.len(), rest.len());
                    continue;
                }
                '\'' | '’' if next.is_none_or(|next| !continues_word(next)) => {}
                '&' if previous.is_alphabetic()
                    && next.is_some_and(char::is_alphabetic)
                    && short(rest, offset) =>
                {
                    (end, resume) = (rest.len(), rest.len());
                    continue;
                }
                '.' if is_dotted(rest.get(..offset).unwrap_or_default())
                    && next.is_some_and(char::is_alphabetic) =>
                {
                    let mut after = letters.clone();
                    after.next();
                    // The next letter must stand alone too: `U.S.`, not `e.mail`.
                    if after.peek().is_none_or(|(_, second)| !continues_word(*second)) {
                        (end, resume) = (rest.len(), rest.len());
                        continue;
                    }
                }
                '.' | ','
                    if previous.is_ascii_digit()
                        && next.is_some_and(|next| next.is_ascii_digit()) =>
                {
                    (end, resume) = (rest.len(), rest.len());
                    continue;
                }
                '+' if rest.get(offset..).is_some_and(|after| after.starts_with("++"))
                    && offset <= 2 =>
                {
                    (end, resume) = (offset + 2, offset + 2);
                }
                '#' if offset == 1 && next.is_none_or(|next| !continues_word(next)) => {
                    (end, resume) = (offset + 1, offset + 1);
                }
                _ => {}
            }
            break;
        }
        self.at = start + resume;
        start + end
    }

    /// As [`Words::fold`] does a word of plain letters and digits, and faster: most words are.
    fn fold_plain(&mut self, sign: Option<char>) {
        let written = self.text.get(self.span.clone()).unwrap_or_default();
        self.folded.push_str(written);
        self.folded.make_ascii_lowercase();
        if let Some(sign) = sign {
            self.marked.push(sign);
            self.marked.push_str(&self.folded);
        } else if in_capitals(written) {
            self.marked.push_str(written);
        }
    }

    fn fold(&mut self, sign: Option<char>) {
        if self.span.end > self.at {
            self.at = self.span.end;
        }
        let written = self.text.get(self.span.clone()).unwrap_or_default();
        if written.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return self.fold_plain(sign);
        }
        let bare = written.trim_end_matches(['+', '#']);
        if bare.bytes().any(|byte| matches!(byte, b'.' | b',' | b'\'' | b'&'))
            || bare.contains(['’', 'ʼ', '＇'])
        {
            fold_joined(bare, &mut self.folded);
        } else {
            fold_into(bare, &mut self.folded);
        }
        if bare.len() < written.len() {
            self.marked.push_str(&self.folded);
            self.marked.push_str(written.get(bare.len()..).unwrap_or_default());
        } else if let Some(sign) = sign {
            self.marked.push(sign);
            self.marked.push_str(&self.folded);
        } else if in_capitals(written) {
            self.marked.extend(self.folded.chars().flat_map(char::to_uppercase));
        }
    }
}

/// Whether a term is what [`Words::marked`] gives: folded words have neither capitals nor such signs.
pub fn is_marked(term: &str) -> bool {
    term.contains(|sign: char| sign.is_uppercase() || "#@+".contains(sign))
}

/// A word with punctuation inside: apostrophes and an acronym's full stops go, so do the separators of thousands; `&` and a decimal point stay.
fn fold_joined(word: &str, out: &mut String) {
    let begins_with_digit = word.starts_with(|first: char| first.is_ascii_digit());
    if begins_with_digit
        && word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
    {
        let mut groups = word.split(['.', ',']);
        out.push_str(groups.next().unwrap_or_default());
        let thousands = groups.clone().all(|group| group.len() == 3);
        for group in groups {
            if !thousands {
                out.push('.');
            }
            out.push_str(group);
        }
        return;
    }
    let keep = |letter: &char| {
        !matches!(letter, '\'' | '’' | 'ʼ' | '＇') && (*letter != '.' || begins_with_digit)
    };
    let plain: String = word.chars().filter(keep).collect();
    fold_into(&plain, out);
}

fn begins_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || (!letter.is_ascii() && letter.is_alphanumeric())
}

fn continues_word(letter: char) -> bool {
    begins_word(letter)
        || (!letter.is_ascii() && (is_combining_mark(letter) || is_ignorable(letter)))
}

/// Characters of scripts written without blanks between words.
fn stands_alone(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3134f}')
}

/// Letters of Thai, Lao, Burmese and Khmer, between whose words a zero-width blank stands where any sign does.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Length of the `s` of a possessive at the beginning of `after`, where nothing of the word follows it.
fn possessive(after: &str) -> Option<usize> {
    let rest = after.strip_prefix(['s', 'S'])?;
    rest.chars().next().is_none_or(|letter| !continues_word(letter)).then_some(1)
}

fn is_elided(before: &str) -> bool {
    before.len() <= 6 && ELIDED.iter().any(|article| article.eq_ignore_ascii_case(before))
}

/// Single letters with full stops between them, and nothing else: `U`, `U.S`.
fn is_dotted(word: &str) -> bool {
    word.len() <= 24
        && word.split('.').all(|piece| {
            let mut letters = piece.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}

/// Whether what stands on both sides of the `&` at `offset` is as short as in `AT&T`, `R&D`, `S&P`.
fn short(rest: &str, offset: usize) -> bool {
    let after = rest.get(offset + 1..).unwrap_or_default();
    let following = after.chars().take(5).take_while(|letter| continues_word(*letter)).count();
    offset <= 4 && following <= 4
}

/// Two letters or more, all of them capitals (an acronym's full stops aside).
fn in_capitals(word: &str) -> bool {
    let mut capitals = 0;
    for letter in word.chars() {
        if letter.is_lowercase() {
            return false;
        }
        capitals += usize::from(letter.is_uppercase());
    }
    capitals >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut words = Words::new(text);
        let mut found = Vec::new();
        while words.advance() {
            let marked = words.marked().map(|marked| format!("[{marked}]")).unwrap_or_default();
            found.push(format!("{}{marked}", words.folded()));
        }
        found.join(" ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(words(text), expected, "{text}");
    }

    #[test]
    fn plain_words() {
        check("Allies met in Kyiv, again.", "allies met in kyiv again");
        check("", "");
        check(" — … !", "");
        check("snake_case and/or", "snake case and or");
    }

    #[test]
    fn apostrophes() {
        check("Putin's Putin’s allies' O'Neill don't", "putin putin allies oneill dont");
        check("l'Élysée d’État qu'il dell'Italia", "l elysee d etat qu il dell italia");
        check("здоров'я", "здоровя");
        check("'quoted' ’twas rock 'n' roll", "quoted twas rock n roll");
        check("PUTIN'S", "putin[PUTIN]");
        check("1960's", "1960");
    }

    #[test]
    fn acronyms_and_signs() {
        check("U.S. US us U.S.-led", "us[US] us[US] us us[US] led");
        check("the U.S", "the us[US]");
        check("J.K. Rowling e.g. this", "jk[JK] rowling eg this");
        check("end.Next", "end next");
        check("AT&T R&D S&P 500 black&white", "at&t[AT&T] r&d[R&D] s&p[S&P] 500 black white");
        check("C++ and C# c", "c[c++] and c[c#] c");
        check("@nato #kyiv me@nato.int", "nato[@nato] kyiv[#kyiv] me nato int");
        check("NATO COVID-19", "nato[NATO] covid[COVID] 19");
    }

    #[test]
    fn numbers() {
        check(
            "1,200 1.200 3.14 1,200.50 €60bn 2024-03-14 3,4",
            "1200 1200 3.14 1.200.50 60bn 2024 03 14 3.4",
        );
        check("end 5. Next", "end 5 next");
    }

    #[test]
    fn other_scripts() {
        check("東京タワー", "東 京 タ ワ ー");
        check("NATO東京", "nato[NATO] 東 京");
        check("서울 시장", "서울 시장");
        check("soft\u{ad}hyphen cafe\u{301}", "softhyphen cafe");
        check(
            "zero\u{200b}width \u{200b}The\u{200b} \u{200e}NATO\u{200f}.",
            "zerowidth the nato[NATO]",
        );
        check("ﬁnan\u{ad}ce o\u{fb03}ce", "finance office");
        check("ข่าว\u{200b}ไทย", "ข่าว ไทย");
        check("हिन्दी में", "हिन्दी में");
    }

    #[test]
    fn spans_cover_the_word_as_written() {
        let text = "Putin’s l'Élysée U.S.";
        let mut words = Words::new(text);
        let mut found = Vec::new();
        while words.advance() {
            found.push((text.get(words.span()).unwrap(), words.position()));
        }
        assert_eq!(found, [("Putin", 0), ("l", 1), ("Élysée", 2), ("U.S", 3)]);
    }

    #[test]
    fn a_word_too_long_keeps_its_place() {
        let text = format!("a {} b", "x".repeat(LONGEST_BYTES + 1));
        let mut words = Words::new(&text);
        assert!(words.advance() && words.advance());
        assert_eq!((words.folded(), words.position()), ("b", 2));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_walked(text in "\\PC{0,60}") {
            let mut words = Words::new(&text);
            let mut before = 0;
            while words.advance() {
                let span = words.span();
                proptest::prop_assert!(text.get(span.clone()).is_some());
                proptest::prop_assert!(before <= span.start && span.start < span.end);
                before = span.end;
            }
        }

        #[test]
        fn punctuation_never_hides_what_follows(text in "[a-z.,'’&+#@ -]{0,30}") {
            // Every letter of the text is in some word, but for the possessive's.
            let letters = text.chars().filter(char::is_ascii_lowercase).filter(|letter| *letter != 's').count();
            let mut words = Words::new(&text);
            let mut found = 0;
            while words.advance() {
                found += words.folded().chars().filter(char::is_ascii_lowercase).filter(|letter| *letter != 's').count();
            }
            proptest::prop_assert_eq!(found, letters);
        }
    }
}
