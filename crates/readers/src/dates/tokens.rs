//! A date string as numbers, words and signs.

use dateline_article::calendar;

/// A piece of a date string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Digits, at most 14 of them.
    Number { value: u64, digits: usize },
    /// Letters and what stands above them.
    Word(&'a str),
    /// Anything else but white space.
    Sign(char),
}

/// The pieces in order.
pub(super) struct Tokens<'a>(Vec<Token<'a>>);

/// Words between the parts of a date.
const BETWEEN: &[&str] = &["of", "de", "del", "da", "di", "do", "the", "d", "van", "من"];

/// Words and letters after the number of a day.
const ORDINALS: &[&str] =
    &["st", "nd", "rd", "th", "er", "ère", "e", "º", "ª", "o", "го", "е", "日", "일"];

/// Words that stand around dates and say nothing against them being the article's, language by language.
const FILLERS: &[&str] = &[
    "published publication posted updated update last modified first created released issued filed date dated on at the of \
     et pt ct mt local time",
    "veröffentlicht veröffentlichung veröffentlichungsdatum erschienen erscheinungsdatum aktualisiert aktualisierung \
     zuletzt geändert erstellt datum stand am den der vom um uhr mo di mi do fr sa so",
    "publié publiée publication paru parution mis mise à a jour actualisé modifié dernière le la du lun mer jeu ven sam dim \
     heure heures h",
    "publicado publicada publicación actualizado actualizada actualización última modificado creado fecha el las los día \
     lun mié jue vie sáb dom horas",
    "pubblicato pubblicata pubblicazione aggiornato aggiornata aggiornamento ultimo ultima modificato creato data il alle \
     ore gio sab",
    "publicada publicação atualizado atualizada atualização modificado criado em às segunda terça quarta quinta sexta feira \
     seg ter qua qui sex",
    "gepubliceerd publicatie publicatiedatum geplaatst bijgewerkt gewijzigd laatst aangemaakt op om uur ma wo vr za zo",
    "opublikowano opublikowane opublikowany publikacja publikacji zaktualizowano aktualizacja aktualizacji ostatnia zmiana \
     utworzono dodano data dnia dniu w o godz godzina godzinie pon wt śr czw pt sob niedz nd",
    "опубліковано опублікований опублікована публікація публікації оновлено оновлення останнє змінено створено додано дата \
     о об в у від год година годині",
    "опубликовано опубликован опубликована публикация публикации обновлено обновление последнее изменено создано добавлено \
     дата во от час часов г р",
    "نشر نُشر نشرت النشر تاريخ التاريخ بتاريخ تم في يوم آخر تحديث التحديث حدث الساعة منذ",
    "yayınlanma yayımlanma yayınlandı yayımlandı yayın tarihi tarih güncelleme güncellenme güncellendi son giriş eklenme \
     oluşturma saat günü pzt sal çar per cum cmt paz",
];

/// Names of months that are other words in running text.
const SHORT_MONTHS: &[(&str, u8)] = &[("set", 9), ("out", 10), ("list", 11), ("mais", 5)];

/// The number of the month that a word of metadata names.
pub(super) fn month(word: &str) -> Option<u8> {
    let short = || SHORT_MONTHS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
    calendar::month(word).or_else(|| short().map(|(_, month)| *month))
}

/// Words that begin the Arabic name of a month of two.
const OF_TWO_WORDS: [&str; 2] = ["كانون", "تشرين"];

impl<'a> Tokens<'a> {
    /// The pieces of the first `limit_bytes` of `text`.
    pub(super) fn of(text: &'a str, limit_bytes: usize) -> Self {
        let end = text.floor_char_boundary(limit_bytes);
        let mut rest = text.get(..end).unwrap_or_default();
        let mut tokens = Vec::new();
        while let Some(character) = rest.chars().next() {
            let length = if character.is_ascii_digit() {
                let digits = prefix(rest, |other| other.is_ascii_digit());
                let written = rest.get(..digits).unwrap_or_default();
                // A longer number is nothing that a date holds.
                match written.parse().ok().filter(|_| digits <= 14) {
                    Some(value) => tokens.push(Token::Number { value, digits }),
                    None => tokens.push(Token::Sign('#')),
                }
                digits
            } else if character.is_alphabetic() {
                let mut letters = word_length(rest);
                if OF_TWO_WORDS.contains(&rest.get(..letters).unwrap_or_default()) {
                    letters = two_words(rest, letters);
                }
                tokens.push(Token::Word(rest.get(..letters).unwrap_or_default()));
                letters
            } else {
                if !character.is_whitespace() && !character.is_control() {
                    tokens.push(Token::Sign(character));
                }
                character.len_utf8()
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        Self(tokens)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<Token<'a>> {
        self.0.get(index).copied()
    }

    /// Value and digits of the number at `index`.
    pub(super) fn number(&self, index: usize) -> Option<(u64, usize)> {
        match self.get(index)? {
            Token::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    pub(super) fn is_sign(&self, index: usize, sign: char) -> bool {
        self.get(index) == Some(Token::Sign(sign))
    }

    /// Whether the word at `index` is one of `words`, in any case.
    pub(super) fn is_word(&self, index: usize, words: &[&str]) -> bool {
        let Some(Token::Word(word)) = self.get(index) else { return false };
        words.iter().any(|known| word.to_lowercase() == *known)
    }

    /// Number (1, Monday, to 7) of the first day of the week that is named.
    pub(super) fn weekday(&self) -> Option<i8> {
        let names = self.0.iter().filter_map(|token| match token {
            Token::Word(word) => calendar::weekday(word),
            _ => None,
        });
        names.into_iter().next().and_then(|day| i8::try_from(day).ok())
    }

    /// The sign between two parts of a date at `index`, if there is one, and the index of what follows it.
    pub(super) fn separator(&self, index: usize) -> (Option<char>, usize) {
        match self.get(index) {
            Some(Token::Sign(sign @ ('.' | ',' | '-' | '/' | '\u{2010}' | '\u{2011}'))) => {
                let comma = usize::from(sign == '.' && self.is_sign(index + 1, ','));
                (Some(sign), index + 1 + comma)
            }
            Some(Token::Word(word @ ("年" | "月" | "년" | "월"))) => {
                (word.chars().next(), index + 1)
            }
            Some(Token::Word(_)) if self.is_word(index, BETWEEN) => (None, index + 1),
            _ => (None, index),
        }
    }

    /// The index after an ordinal ending at `index`.
    pub(super) fn after_ordinal(&self, index: usize) -> usize {
        // "14-го марта"
        let hyphen = usize::from(self.is_sign(index, '-') && self.is_word(index + 1, ORDINALS));
        index + hyphen + usize::from(self.is_word(index + hyphen, ORDINALS))
    }

    /// Whether what stands at `index` says nothing beyond the date.
    pub(super) fn is_filler(&self, index: usize) -> bool {
        match self.get(index) {
            Some(Token::Word(word)) => is_filler(word) || calendar::weekday(word).is_some(),
            Some(Token::Sign(sign)) => {
                matches!(sign, '.' | ',' | ':' | '-' | '–' | '—' | '|' | '(' | ')' | '·' | '/')
            }
            _ => false,
        }
    }
}

/// Whether a word stands around dates.
fn is_filler(word: &str) -> bool {
    let word = word.to_lowercase();
    FILLERS.iter().any(|words| words.split(' ').any(|known| known == word))
}

/// Bytes of the two words that `text` begins with, where they name a month; else of the first, which has `first` bytes.
fn two_words(text: &str, first: usize) -> usize {
    let rest = text.get(first..).unwrap_or_default();
    let second = rest.trim_start_matches([' ', '\u{a0}']);
    let end = text.len() - second.len() + word_length(second);
    let named = text
        .get(..end)
        .is_some_and(|name| second.len() + 1 == rest.len() && calendar::month(name).is_some());
    if named { end } else { first }
}

fn prefix(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|character| !belongs(character)).unwrap_or(text.len())
}

/// Bytes of the word that `text` begins with; one character where it is Chinese, Japanese or Korean.
fn word_length(text: &str) -> usize {
    let is_east_asian =
        |character: char| matches!(character, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    match text.chars().next() {
        Some(first) if is_east_asian(first) => first.len_utf8(),
        _ => {
            let belongs = |other: char| {
                other.is_alphabetic()
                    || matches!(other, '\'' | '’' | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}')
            };
            prefix(text, |other| belongs(other) && !is_east_asian(other))
        }
    }
}
