//! Authors out of a byline: "By Ilse Varga and Ivo Marek, Reuters" names two.

use dateline_article::calendar;

use crate::characters;

mod line;

pub(crate) use line::{Line, is_byline, line};

/// Words before the authors, in lower case, the longer of two with one beginning first.
const OPENINGS: &[&str] = &[
    "words by",
    "written by",
    "reporting by",
    "by",
    "authors",
    "author",
    "text",
    "von",
    "autorin",
    "autoren",
    "autores",
    "autoras",
    "autora",
    "autorka",
    "autorzy",
    "autori",
    "autor",
    "par",
    "auteurs",
    "auteure",
    "auteur",
    "texte",
    "por",
    "texto",
    "di",
    "da",
    "autrice",
    "autore",
    "testo",
    "door",
    "tekst",
    "przez",
    "автор тексту",
    "автор текста",
    "авторка",
    "автори",
    "авторы",
    "автор",
    "текст",
    "написала",
    "написав",
    "بقلم",
    "كتب",
    "كتبت",
    "كتبه",
    "الكاتبة",
    "الكاتب",
    "yazan",
    "yazarlar",
    "yazar",
    "haber",
    "muhabir",
];

/// Weekdays that run into names. In other languages names of days are names of people too, and only go where a date stands behind them.
const DAYS: &[&str] =
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Beginnings of lines that say when something was changed, in lower case.
const UPDATES: &[&str] = &[
    "last updated",
    "updated",
    "last modified",
    "modified",
    "aktualisiert",
    "zuletzt",
    "mis à jour",
    "mise à jour",
    "actualizado",
    "actualizada",
    "última actualización",
    "aggiornato",
    "ultimo aggiornamento",
    "atualizado",
    "atualizada",
    "última atualização",
    "bijgewerkt",
    "laatst bijgewerkt",
    "zaktualizowano",
    "aktualizacja",
    "оновлено",
    "обновлено",
    "آخر تحديث",
    "güncelleme",
    "son güncelleme",
];

/// Beginnings of lines that say when something appeared, in lower case.
const APPEARANCES: &[&str] = &[
    "published",
    "posted",
    "veröffentlicht",
    "erschienen",
    "stand:",
    "publié",
    "publicado",
    "publicada",
    "pubblicato",
    "gepubliceerd",
    "opublikowano",
    "опубліковано",
    "опубликовано",
    "نشر",
    "تم النشر",
    "yayınlanma",
    "yayımlanma",
];

/// What stands between two authors.
const JOINS: &[&str] = &[
    " and ", " AND ", " And ", " & ", " und ", " UND ", " et ", " ET ", " y ", " e ", " і ", " и ",
    " та ", " oraz ", " i ", " ve ", " و ", " و",
];

/// Agencies that follow a name without a comma.
const SIGNATURES: &[&str] = &[" Reuters", " REUTERS", " Reuter", " AFP", " dpa", " UPI"];

/// Words in a piece that say what somebody is, or for whom, and not who.
const ROLES: &[&str] = &[
    "reuters",
    "reuter",
    "ap",
    "afp",
    "dpa",
    "upi",
    "bloomberg",
    "editor",
    "correspondent",
    "reporter",
    "writer",
    "staff",
    "bureau",
    "chief",
    "columnist",
    "press",
    "news",
    "agency",
    "agencies",
    "times",
    "post",
    "redaktion",
    "korrespondent",
    "rédaction",
    "redacción",
    "service",
    "desk",
    "contributor",
    "analyst",
    "professor",
    "university",
    "journalist",
    "photographer",
    "producer",
    "senior",
    "political",
    "business",
    "foreign",
    "economics",
    "in",
    "at",
    "for",
    "the",
];

/// The authors of a byline as one text: without "By", one each, without roles and agencies after a comma.
pub(crate) fn authors(byline: &str) -> Vec<String> {
    let Some(line) = characters::one_line(byline) else { return Vec::new() };
    // "en" is Dutch for "and", and Spanish for "in".
    let dutch = line.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("door "));
    let line = without_parentheses(without_opening(&line));
    let mut found: Vec<String> = Vec::new();
    let groups = line.split([';', '|', '\u{2022}', '·', '،']);
    let groups = groups.flat_map(|group| split_words(group, JOINS));
    for group in groups.flat_map(|group| split_words(group, if dutch { &[" en "] } else { &[] })) {
        let mut pieces = group.split(',').map(str::trim).filter(|piece| !piece.is_empty());
        let Some(first) = pieces.next() else { continue };
        let rest: Vec<&str> = pieces.collect();
        // "Varga, Ilse" is one person.
        if let [given] = rest.as_slice()
            && !first.contains(' ')
            && !given.contains(' ')
            && !is_role(given)
        {
            push(&mut found, &format!("{first}, {given}"));
            continue;
        }
        push(&mut found, first);
        for piece in rest.into_iter().filter(|piece| is_person(piece)) {
            push(&mut found, piece);
        }
    }
    found
}

/// One author who was given apart from others: never split at commas.
pub(crate) fn author(name: &str) -> Option<String> {
    let line = characters::one_line(name)?;
    let mut found = Vec::new();
    push(&mut found, without_opening(&line));
    found.pop()
}

/// Whether a line says when something was changed: that is not when it appeared.
pub(crate) fn tells_of_update(line: &str) -> bool {
    let low = line.trim_start().to_lowercase();
    UPDATES.iter().any(|note| low.starts_with(note))
}

fn without_opening(line: &str) -> &str {
    for opening in OPENINGS {
        let Some((start, rest)) = line.split_at_checked(opening.len()) else { continue };
        if start.to_lowercase() == *opening && rest.starts_with([' ', ':', '\u{a0}']) {
            // "Author Berg" may be a name; "Author: Berg" and "Author Ruth Berg" are none.
            if opening.starts_with("author")
                && rest.split_whitespace().count() < 2
                && !rest.contains(':')
            {
                continue;
            }
            return rest.trim_start_matches([' ', ':', '\u{a0}']);
        }
    }
    line
}

/// "Ilse Varga (Orlava)", "Ilse Varga <ilse@example.org>"
fn without_parentheses(line: &str) -> String {
    let mut outside = String::with_capacity(line.len());
    let mut depth = 0_usize;
    for character in line.chars() {
        match character {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(character),
            _ => {}
        }
    }
    outside
}

/// Cuts off a date that has run into a name, as visible bylines do: "Ilse Varga March 14, 2024".
fn without_date(name: &str) -> &str {
    let digit =
        name.find(|character: char| character.is_ascii_digit()).filter(|_| name.contains(' '));
    let mut name = name.get(..digit.unwrap_or(name.len())).unwrap_or(name).trim_end();
    while let Some((before, last)) = name.rsplit_once(' ') {
        let word = last.trim_end_matches(['.', ',']).to_lowercase();
        let is_date = (digit.is_some()
            && (calendar::month(&word).is_some() || calendar::weekday(&word).is_some()))
            || DAYS.contains(&word.as_str());
        if !is_date {
            break;
        }
        name = before.trim_end();
    }
    name
}

fn split_words<'a>(text: &'a str, separators: &[&str]) -> Vec<&'a str> {
    let mut pieces = vec![text];
    for separator in separators {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(separator)).collect();
    }
    pieces
}

/// Authors of one article at most.
const MOST: usize = 64;

fn push(found: &mut Vec<String>, name: &str) {
    if found.len() == MOST {
        return;
    }
    // "Ilse Varga <ilse@example.org>", "Ilse Varga (Orlava)"
    let name = name.split(['<', '(', '[']).next().unwrap_or(name);
    let mut name = without_date(name).trim().trim_end_matches(['.', ',']).trim_end();
    name = line::place_of(name).map_or(name, |(before, _)| before);
    for signature in SIGNATURES {
        name = name.strip_suffix(signature).filter(|rest| rest.contains(' ')).unwrap_or(name);
    }
    let is_address = name.contains('@') || name.contains("://") || name.starts_with("www.");
    let low = name.to_lowercase();
    let is_note = UPDATES.iter().chain(APPEARANCES).any(|note| low.starts_with(note));
    let person = !is_note
        && name.chars().any(char::is_alphabetic)
        && name.len() <= 120
        && name.split_whitespace().count() <= 7
        && !is_address;
    let agency_alone = !name.contains(' ') && is_role(name) && !found.is_empty();
    if person && !agency_alone && !found.iter().any(|known| known == name) {
        found.push(name.to_owned());
    }
}

fn is_role(piece: &str) -> bool {
    let piece = piece.trim_end_matches('.').to_lowercase();
    piece.split_whitespace().any(|word| ROLES.contains(&word))
}

/// Two to five words that begin with capitals, none of them a role.
fn is_person(piece: &str) -> bool {
    let words = piece.split_whitespace().count();
    let capitals = piece
        .split_whitespace()
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .count();
    (2..=5).contains(&words) && capitals >= 2 && !is_role(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_become_authors() {
        let check = |byline: &str, expected: &[&str]| {
            assert_eq!(authors(byline), expected, "{byline}");
        };
        check("By Ilse Varga", &["Ilse Varga"]);
        check("    by Ilse Varga, Reuters", &["Ilse Varga"]);
        check("BY ILSE VARGA AND IVO MAREK", &["ILSE VARGA", "IVO MAREK"]);
        check("By Ilse Varga and Ivo Marek, Reuters", &["Ilse Varga", "Ivo Marek"]);
        check("Ilse Varga, Ivo Marek & Pavla Quist", &["Ilse Varga", "Ivo Marek", "Pavla Quist"]);
        check("Ilse Varga, Senior Political Editor", &["Ilse Varga"]);
        check("Varga, Ilse; Marek, Ivo", &["Varga, Ilse", "Marek, Ivo"]);
        check("Von Ilse Varga und Ivo Marek", &["Ilse Varga", "Ivo Marek"]);
        check("Ilse Varga <ilse@example.org>", &["Ilse Varga"]);
        check("Ilse Varga Reuters.", &["Ilse Varga"]);
        check("Ilse Varga March 14, 2024", &["Ilse Varga"]);
        check("Ilse Varga14 Mar 2024651", &["Ilse Varga"]);
        check("Ilse Varga (with Ivo Marek and Pavla Quist)", &["Ilse Varga"]);
        check("Last Updated: March 14, 2024", &[]);
        check("quist77", &["quist77"]);
        check("Author: Varga", &["Varga"]);
        check("Author Ilse Varga", &["Ilse Varga"]);
        check("Author Name", &["Author Name"]);
        check("https://example.org/ilse", &[]);
        check("Byron Quist", &["Byron Quist"]);
        check("Agency", &["Agency"]);
        check(" - ", &[]);
        check("", &[]);
    }

    /// "By", "and" and what is no byline, in each language.
    #[test]
    fn bylines_of_every_language() {
        for line in [
            "By Ilse Varga and Ivo Marek",
            "Von Ilse Varga und Ivo Marek",
            "Par Ilse Varga et Ivo Marek",
            "Por Ilse Varga y Ivo Marek",
            "Di Ilse Varga e Ivo Marek",
            "Por Ilse Varga e Ivo Marek",
            "Door Ilse Varga en Ivo Marek",
            "Autorzy: Ilse Varga i Ivo Marek",
            "Autor: Ilse Varga oraz Ivo Marek",
            "Автори: Ilse Varga та Ivo Marek",
            "Авторы: Ilse Varga и Ivo Marek",
            "Автор тексту: Ilse Varga, Ivo Marek",
            "بقلم Ilse Varga و Ivo Marek",
            "Yazan: Ilse Varga ve Ivo Marek",
        ] {
            assert_eq!(authors(line), ["Ilse Varga", "Ivo Marek"], "{line}");
            assert!(is_byline(line) || line.contains("тексту"), "{line}");
        }
        assert_eq!(authors("بقلم سارة الخطيب"), ["سارة الخطيب"]);
        assert!(is_byline("بقلم سارة الخطيب"));
        for line in [
            "Updated: 14 March 2024",
            "Aktualisiert am 14. März 2024",
            "Publié le 14 mars 2024",
            "Última actualización: 14 de marzo de 2024",
            "Pubblicato il 14 marzo 2024",
            "Atualizado em 14 de março de 2024",
            "Gepubliceerd op 14 maart 2024",
            "Opublikowano 14 marca 2024",
            "Оновлено 14 березня 2024",
            "Обновлено 14 марта 2024",
            "آخر تحديث 14 مارس 2024",
            "Son güncelleme 14 Mart 2024",
        ] {
            assert_eq!(authors(line), [""; 0], "{line}");
        }
        assert_eq!(authors("Plácido Domingo"), ["Plácido Domingo"]);
    }

    #[test]
    fn a_single_author_is_not_split() {
        assert_eq!(author("By Varga, Ilse").as_deref(), Some("Varga, Ilse"));
        assert_eq!(author("Agency and Sons").as_deref(), Some("Agency and Sons"));
        assert_eq!(author("https://example.org"), None);
    }
}
