//! The language of a text, or none where the text does not say.
//!
//! English, which most archives are in, shows by the small words of its beginning. Else trigrams and scripts by `whatlang`, taken only when it calls itself
//! reliable and when the text has function words of that language, which a table of figures has not; Ukrainian and Russian, which it mixes up in
//! short texts, are told apart by their letters. A text of too few letters has no language: none is better than a wrong one.

use dateline_article::Language;
use whatlang::Lang;

/// Bytes of a text that are looked at: more changes nothing.
const SAMPLE_BYTES: usize = 1024;
/// Letters below which a text says too little.
const LEAST_LETTERS: usize = 24;

/// The language of `text`; `None` for short or doubtful texts. Looks at the first KB only.
///
/// ```
/// use dateline_extract::language;
///
/// let text = "The ministers met in the capital to speak about the harvest and its prices.";
/// assert_eq!(language(text).unwrap().code(), "en");
/// assert_eq!(language("Brussels"), None);
/// ```
pub fn language(text: &str) -> Option<Language> {
    let sample = sample(text);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    // A character of Chinese or Japanese says as much as several letters.
    let dense = sample.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')).count();
    if letters + 3 * dense < LEAST_LETTERS {
        return None;
    }
    if is_plainly_english(sample) {
        return Some(Language::ENGLISH);
    }
    let guess = whatlang::detect(sample)?;
    match guess.lang() {
        Lang::Ukr | Lang::Rus => {
            by_letters(sample).or_else(|| by_words(sample, RUSSIAN)).or_else(|| reliable(&guess))
        }
        // A guess that may be wrong: Russian is taken for Bulgarian too.
        Lang::Bel | Lang::Bul | Lang::Mkd | Lang::Srp => by_letters(sample)
            .or_else(|| reliable(&guess))
            .or_else(|| by_words(sample, ONLY_RUSSIAN)),
        lang if guess.is_reliable() && has_function_words(sample, lang) => code(lang),
        _ => None,
    }
}

fn reliable(guess: &whatlang::Info) -> Option<Language> {
    guess.is_reliable().then(|| code(guess.lang()))?
}

/// Words that are frequent in one language and rare in those like it.
const FUNCTION_WORDS: &[(Lang, &[&str])] = &[
    (
        Lang::Deu,
        &[
            "der", "die", "das", "und", "nicht", "ist", "mit", "von", "auf", "für", "den", "dem",
            "ein", "eine", "sich", "auch", "im",
        ],
    ),
    (
        Lang::Fra,
        &[
            "le", "la", "les", "des", "et", "est", "une", "dans", "pour", "que", "qui", "sur",
            "avec", "pas", "du", "un",
        ],
    ),
    (
        Lang::Spa,
        &[
            "el", "la", "los", "las", "del", "que", "una", "por", "con", "para", "se", "es", "y",
            "un",
        ],
    ),
    (
        Lang::Ita,
        &[
            "il", "di", "che", "della", "per", "una", "con", "non", "sono", "del", "alla", "gli",
            "la", "un",
        ],
    ),
    (
        Lang::Por,
        &["o", "os", "da", "do", "que", "uma", "para", "com", "não", "dos", "em", "um", "na", "no"],
    ),
    (Lang::Nld, &["de", "het", "een", "van", "dat", "niet", "op", "voor", "met", "zijn", "is"]),
    (Lang::Cat, &["el", "els", "amb", "una", "per", "dels", "que", "del", "la", "les"]),
];

/// Words of the text, and how many of them are among `wanted` in small letters.
fn count(sample: &str, wanted: &[&str]) -> (usize, usize) {
    words_of(sample)
        .fold((0, 0), |(words, hits), word| (words + 1, hits + usize::from(wanted.contains(&word))))
}

fn words_of(sample: &str) -> impl Iterator<Item = &str> {
    sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// Whether the first words of a text are plainly English, or all of them: two of the first that only English has, four of all, and a quarter its small words.
// perf: benches/extract.rs; trigrams are a tenth of all extraction on short English articles.
fn is_plainly_english(sample: &str) -> bool {
    const FIRST_WORDS: usize = 48;
    const LEAST_OWN_OF_FIRST: usize = 2;
    const LEAST_OWN: usize = 4;
    let (mut words, mut own, mut small) = (0, 0, 0);
    for word in words_of(sample) {
        words += 1;
        match owner(word) {
            Some(Owner::English) => own += 1,
            Some(Owner::Several) => small += 1,
            None => {}
        }
        if words == FIRST_WORDS && own >= LEAST_OWN_OF_FIRST && (own + small) * 4 >= words {
            return true;
        }
    }
    let least = if words <= FIRST_WORDS { LEAST_OWN_OF_FIRST } else { LEAST_OWN };
    own >= least && (own + small) * 4 >= words
}

/// Which languages a small word belongs to.
enum Owner {
    /// English: it is frequent there and hardly ever stands in a text of another language.
    English,
    /// English and others.
    Several,
}

/// Whose a small word of English is, in small letters; `None` for any other word.
fn owner(word: &str) -> Option<Owner> {
    match word {
        "the" | "and" | "that" | "with" | "said" | "from" | "this" | "which" | "their"
        | "would" | "were" | "they" | "his" | "been" | "who" | "about" | "she" | "when"
        | "could" | "there" | "these" | "those" | "through" | "while" | "because" | "between"
        | "should" | "what" | "your" | "where" | "after" | "into" | "than" | "other" => {
            Some(Owner::English)
        }
        "of" | "to" | "in" | "a" | "is" | "was" | "for" | "on" | "by" | "it" | "as" | "at"
        | "he" | "be" | "has" | "have" | "are" | "not" | "but" | "an" | "or" | "had" | "will"
        | "its" | "we" | "you" | "my" | "all" | "one" | "more" | "out" | "up" | "over" | "no"
        | "if" | "so" => Some(Owner::Several),
        _ => None,
    }
}

/// Whether one word in twelve is a function word of the language; true for languages without a list, as English, which nothing is
/// taken for wrongly.
fn has_function_words(sample: &str, lang: Lang) -> bool {
    let listed = FUNCTION_WORDS.iter().find(|(listed, _)| *listed == lang);
    listed.is_none_or(|(_, wanted)| {
        let (words, hits) = count(sample, wanted);
        hits * 12 >= words
    })
}

/// Ukrainian by і, ї, є, ґ, Russian by ы, э, ъ, ё, where only one of the two sets occurs often enough; Belarusian has both і and ы.
fn by_letters(sample: &str) -> Option<Language> {
    let (mut letters, mut ukrainian, mut russian, mut other) = (0, 0, 0, 0);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        match c {
            'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ' => ukrainian += 1,
            'ы' | 'э' | 'ё' | 'Ы' | 'Э' | 'Ё' => russian += 1,
            'ў' | 'Ў' | 'ј' | 'љ' | 'њ' | 'ћ' | 'ђ' | 'ќ' | 'ѓ' => other += 1,
            _ => {}
        }
    }
    let enough = letters / 100 + 1;
    match (ukrainian > enough, russian > enough, other > 0) {
        (true, false, false) => Some(Language::UKRAINIAN),
        (false, true, false) => Some(Language::RUSSIAN),
        _ => None,
    }
}

/// Words, in small letters, that Ukrainian has and Russian has not.
const UKRAINIAN: &[&str] = &[
    "що",
    "та",
    "й",
    "це",
    "він",
    "вона",
    "вони",
    "який",
    "яка",
    "які",
    "від",
    "щоб",
    "після",
    "під",
    "або",
    "є",
    "цього",
    "його",
    "її",
    "їх",
    "і",
];

/// Words, in small letters, that Russian has and Ukrainian has not.
const RUSSIAN: &[&str] = &[
    "что",
    "и",
    "это",
    "он",
    "она",
    "они",
    "который",
    "которая",
    "которые",
    "от",
    "из",
    "чтобы",
    "после",
    "под",
    "или",
    "его",
    "её",
    "о",
    "об",
    "со",
    "этого",
];

/// Those of them that neither Bulgarian nor Serbian nor Belarusian has.
const ONLY_RUSSIAN: &[&str] =
    &["что", "чтобы", "это", "этого", "который", "которая", "которые", "её"];

/// Ukrainian or Russian by their words and letters, for texts too short to show enough of these alone.
fn by_words(sample: &str, russian: &[&str]) -> Option<Language> {
    let small = sample.to_lowercase();
    let marks = |set: &str| usize::from(small.chars().any(|letter| set.contains(letter)));
    let ukrainian = count(&small, UKRAINIAN).1 + marks("їєґі");
    let russian = count(&small, russian).1 + marks("ыэё");
    match (ukrainian, russian) {
        (1.., 0) => Some(Language::UKRAINIAN),
        (0, 1..) => Some(Language::RUSSIAN),
        _ => None,
    }
}

fn code(lang: Lang) -> Option<Language> {
    Language::from_tag(lang.code())
}

/// The beginning of `text`, cut between characters.
fn sample(text: &str) -> &str {
    let mut end = text.len().min(SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_shows_in_the_first_words_or_in_all() {
        let check = |text: &str, expected: bool| {
            assert_eq!(is_plainly_english(text), expected, "{text}");
        };
        let names = "Orla Vint, Ana Korvald, ".repeat(13);
        let plain = "They said that the harbour was closed, and the boats which had been out since the night were told to stay there. ";
        check(plain, true);
        check(&format!("{names}{}", plain.repeat(3)), true);
        check(&plain.repeat(10), true);
        // Names throughout, or too few words that only English has among many.
        check(&names, false);
        check(&format!("{names}{plain}"), false);
        check(&format!("{names}{}The and the", "to a in is on ".repeat(20)), false);
        check(
            "Der Hafen war in der Nacht zu, und die Boote blieben an Land, so die Behörden.",
            false,
        );
        check("", false);
    }
}
