//! The names of the language and their other spellings: fields, operators, functions.
//!
//! A spelling that people bring from Nexis, Factiva, ProQuest or Lucene is a row here. Case does not matter in any of them.

use crate::syntax::{Case, Closeness, Entity, Field, Order, Sense, Within};

/// Fields with their own name first, then what they are called elsewhere. The first names are what an error lists.
pub(crate) const FIELDS: &[(Field, &[&str])] = &[
    (Field::Title, &["title", "headline", "hd", "ti", "intitle"]),
    (Field::Lead, &["lead", "lp"]),
    (Field::Text, &["text", "body"]),
    (Field::TitleOrLead, &["hlead", "hlp"]),
    (Field::Byline, &["byline", "by", "au", "author"]),
    (Field::Source, &["source", "rst", "pub", "publication"]),
    (Field::Section, &["section", "se"]),
    (Field::Keyword, &["keyword", "keywords"]),
    (Field::Language, &["language", "la", "lang"]),
    (Field::Url, &["url"]),
    (Field::Path, &["path"]),
    (Field::Format, &["format"]),
    (Field::Id, &["id"]),
    (Field::Person, &["person", "people"]),
    (Field::Organisation, &["org", "organisation", "organization"]),
    (Field::Place, &["place"]),
    (Field::Published, &["published", "date", "pd"]),
    (Field::Mentioned, &["mentioned"]),
    (Field::Words, &["words", "wc"]),
    (Field::Copies, &["copies"]),
];

/// The field called `name`, in any case.
pub(crate) fn field(name: &str) -> Option<Field> {
    let row =
        FIELDS.iter().find(|(_, names)| names.iter().any(|known| known.eq_ignore_ascii_case(name)));
    row.map(|(field, _)| *field)
}

impl Field {
    /// Its name in queries.
    pub fn name(self) -> &'static str {
        let row = FIELDS.iter().find(|(field, _)| *field == self);
        row.and_then(|(_, names)| names.first()).copied().unwrap_or_default()
    }
}

/// The names of all fields, for an error.
pub(crate) fn field_names() -> String {
    let names: Vec<&str> = FIELDS.iter().map(|(field, _)| field.name()).collect();
    names.join(", ")
}

/// A word that is an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    And,
    Or,
    Not,
    Near(Closeness),
}

/// A word that says how to read what follows in parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Exact,
    Case(Case),
    AtLeast(u32),
    First(u32),
}

/// The operator that `word` spells.
pub(crate) fn operator(word: &str) -> Option<Operator> {
    match word.to_ascii_lowercase().as_str() {
        "and" => Some(Operator::And),
        "or" => Some(Operator::Or),
        "not" => Some(Operator::Not),
        lower => near(lower).map(Operator::Near),
    }
}

/// Spellings of nearness in words, each followed by the number.
const NEAR: &[(&str, Order)] = &[
    ("w/", Order::Any),
    ("near/", Order::Any),
    ("n/", Order::Any),
    ("near", Order::Any),
    ("pre/", Order::AsWritten),
    ("p/", Order::AsWritten),
    ("adj", Order::AsWritten),
    ("onear/", Order::AsWritten),
];

fn near(lower: &str) -> Option<Closeness> {
    let how = |within, order| Some(Closeness { within, order, sense: Sense::Near });
    match lower {
        "w/s" | "w/sent" => return how(Within::Sentence, Order::Any),
        "w/p" | "w/para" => return how(Within::Paragraph, Order::Any),
        "pre/s" | "pre/sent" => return how(Within::Sentence, Order::AsWritten),
        "pre/p" | "pre/para" => return how(Within::Paragraph, Order::AsWritten),
        _ => {}
    }
    let (number, order) = NEAR.iter().find_map(|(spelling, order)| {
        number(lower.strip_prefix(spelling)?).map(|number| (number, *order))
    })?;
    how(Within::Words(number), order)
}

/// Whether `word` is nearness but for its number. In small letters `near` is a word like others.
pub(crate) fn lacks_number(word: &str) -> bool {
    let spells = |(spelling, _): &(&str, Order)| {
        spelling.ends_with('/') && spelling.eq_ignore_ascii_case(word)
            || spelling.to_ascii_uppercase() == word
    };
    NEAR.iter().any(spells)
}

/// The function that `word` names.
pub(crate) fn function(word: &str) -> Option<Function> {
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "exact" => Some(Function::Exact),
        "caps" => Some(Function::Case(Case::Some)),
        "allcaps" => Some(Function::Case(Case::All)),
        "nocaps" => Some(Function::Case(Case::None)),
        _ => {
            let times = lower.strip_prefix("atleast").and_then(number).map(Function::AtLeast);
            times.or_else(|| lower.strip_prefix("first").and_then(number).map(Function::First))
        }
    }
}

/// The entity operand that `word` names.
pub(crate) fn entity(word: &str) -> Option<Entity> {
    match word.to_ascii_lowercase().as_str() {
        "@person" => Some(Entity::Person),
        "@place" => Some(Entity::Place),
        "@org" => Some(Entity::Organisation),
        "@date" => Some(Entity::Date),
        _ => None,
    }
}

impl Entity {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Person => "@person",
            Self::Place => "@place",
            Self::Organisation => "@org",
            Self::Date => "@date",
        }
    }
}

/// A number of digits only; the largest there is where it has too many.
pub(crate) fn number(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_by_any_of_their_names() {
        let check = |name: &str, expected: &str| {
            assert_eq!(field(name).map_or("none", Field::name), expected, "{name}");
        };
        check("title", "title");
        check("HEADLINE", "title");
        check("hd", "title");
        check("hlp", "hlead");
        check("Date", "published");
        check("au", "byline");
        check("publication", "source");
        check("organisation", "org");
        check("titel", "none");
        check("", "none");
    }

    #[test]
    fn no_name_stands_for_two_fields() {
        let mut seen = std::collections::BTreeSet::new();
        for name in FIELDS.iter().flat_map(|(_, names)| *names) {
            assert!(seen.insert(name), "{name}");
        }
    }

    #[test]
    fn nearness_in_all_spellings() {
        let check = |word: &str, within, order| {
            let how = Closeness { within, order, sense: Sense::Near };
            assert_eq!(operator(word), Some(Operator::Near(how)), "{word}");
        };
        for word in ["w/8", "W/8", "NEAR/8", "N/8", "near8"] {
            check(word, Within::Words(8), Order::Any);
        }
        for word in ["pre/8", "P/8", "adj8", "onear/8"] {
            check(word, Within::Words(8), Order::AsWritten);
        }
        for word in ["w/s", "W/SENT"] {
            check(word, Within::Sentence, Order::Any);
        }
        for word in ["w/p", "w/para"] {
            check(word, Within::Paragraph, Order::Any);
        }
        check("w/99999999999999", Within::Words(u32::MAX), Order::Any);
        for word in ["w/", "w/o", "near", "n/a", "adjoin", "same", "w/-1"] {
            assert_eq!(operator(word), None, "{word}");
        }
    }

    #[test]
    fn functions() {
        let check = |word: &str, expected| assert_eq!(function(word), expected, "{word}");
        check("exact", Some(Function::Exact));
        check("AtLeast5", Some(Function::AtLeast(5)));
        check("first50", Some(Function::First(50)));
        check("allcaps", Some(Function::Case(Case::All)));
        check("first", None);
        check("firsthand", None);
    }
}
