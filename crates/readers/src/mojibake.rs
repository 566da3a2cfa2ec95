//! Repairs text that was UTF-8 and was read as Windows-1252, Latin-1 or Windows-1251 on its way: `â€™` is `’`, `Ã©` is `é`, `РџСЂ` is `Пр`.
//!
//! Only where it is certain. A sequence of Windows-1252 is certain where its letters cannot stand beside one another otherwise: a capital behind a
//! small letter, or with signs that follow no word. Windows-1251 makes letters of letters, so a whole text has to be made of nothing else. What
//! was mangled twice is repaired twice.

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

/// How often one text may have been mangled.
const ROUNDS: usize = 3;

/// Sequences that a text in Cyrillic letters must be made of.
const LEAST_CYRILLIC: usize = 3;

/// `text` as it was meant; `None` where nothing is certain.
pub(crate) fn repair(text: &str) -> Option<String> {
    let mut repaired: Option<String> = None;
    for _ in 0..ROUNDS {
        let current = repaired.as_deref().unwrap_or(text);
        let Some(next) = cyrillic(current).or_else(|| latin(current)) else { break };
        repaired = Some(next);
    }
    repaired
}

/// The byte that a character is in Windows-1252; where that has none, in Latin-1.
fn byte(character: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(character)) {
        return Some(byte);
    }
    // The characters of 0x80 to 0x9f stand elsewhere in Unicode.
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
    match *bytes {
        [byte] if !unmappable => Some(byte),
        _ => None,
    }
}

/// A sequence at the beginning of a text: the character that it was, and its own characters.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut characters = text.chars();
    let lead = u8::try_from(u32::from(characters.next()?)).ok()?;
    let length = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    for slot in bytes.get_mut(1..length)? {
        *slot = byte(characters.next()?).filter(|byte| (0x80..=0xbf).contains(byte))?;
    }
    let meant = std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    Some((meant, length))
}

/// Whether a sign may follow any word: quotation marks, dashes and their like.
fn is_usual(sign: char) -> bool {
    matches!(
        sign,
        '“' | '”'
            | '„'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '…'
            | '–'
            | '—'
            | '·'
            | '•'
            | '™'
            | '®'
            | '©'
            | '°'
            | 'º'
            | 'ª'
            | '†'
            | '‡'
            | '\u{a0}'
            | '\u{ad}'
            | '§'
            | '¹'
            | '²'
            | '³'
    )
}

/// The quotation mark `”`, whose last byte is a control character that many programs drop.
const CLOSING_QUOTE: &str = "â€";

fn latin(text: &str) -> Option<String> {
    // The first letters of all sequences are C3 in UTF-8.
    memchr::memchr(0xc3, text.as_bytes())?;
    let mut repaired = String::with_capacity(text.len());
    let mut certain = false;
    let mut doubtful: Vec<(usize, String)> = Vec::new();
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(first) = rest.chars().next() {
        let found = sequence(rest);
        let (meant, characters, sure) = match found {
            Some((meant, length)) => {
                let after = rest.chars().nth(length);
                let odd = rest.chars().skip(1).take(length - 1).any(|sign| !is_usual(sign));
                let sure = match first {
                    // "groß»" and "3×»" are what they are.
                    'ß' | '×' => false,
                    _ if length > 2 => odd,
                    _ => {
                        before.is_some_and(char::is_lowercase)
                            || odd && after.is_some_and(char::is_lowercase)
                    }
                };
                (meant, length, sure)
            }
            None if rest.starts_with(CLOSING_QUOTE) => ('”', 2, true),
            None => (first, 1, false),
        };
        let end = rest.char_indices().nth(characters).map_or(rest.len(), |(end, _)| end);
        let (written, following) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if characters == 1 {
            repaired.push_str(written);
        } else if sure {
            certain = true;
            repaired.push(meant);
        } else {
            doubtful.push((repaired.len(), meant.to_string()));
            repaired.push_str(written);
        }
        before = written.chars().next_back();
        rest = following;
    }
    if !certain {
        return None;
    }
    // Beside certain ones the others are no accident, unless the text has such letters of its own as well.
    let pairs = text.chars().zip(text.chars().skip(1));
    let own = pairs.filter(|(lead, _)| ('\u{c2}'..='\u{df}').contains(lead));
    let own = own.into_iter().any(|(_, next)| next.is_ascii_alphabetic());
    if !own {
        for (at, meant) in doubtful.into_iter().rev() {
            let length: usize =
                repaired.get(at..).map_or(0, |rest| rest.chars().take(2).map(char::len_utf8).sum());
            repaired.replace_range(at..at + length, &meant);
        }
    }
    Some(repaired)
}

fn cyrillic(text: &str) -> Option<String> {
    // Every second letter is one of these two.
    let leads = text.chars().filter(|letter| matches!(letter, 'Р' | 'С')).count();
    let letters = text.chars().filter(|letter| ('\u{400}'..='\u{45f}').contains(letter)).count();
    if leads < LEAST_CYRILLIC || leads * 2 < letters {
        return None;
    }
    let (bytes, encoding, unmappable): (_, &'static Encoding, bool) = WINDOWS_1251.encode(text);
    if unmappable || encoding != WINDOWS_1251 {
        return None;
    }
    String::from_utf8(bytes.into_owned()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(repair(text).as_deref().unwrap_or(text), expected, "{text}");
    }

    /// UTF-8 read as Windows-1252.
    fn mangled(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_is_certain_is_repaired() {
        check("the harbour masterâ€™s cafÃ©", "the harbour master’s café");
        check("â€œFerry stays,â€\u{9d} he said", "“Ferry stays,” he said");
        check("â€œFerry stays,â€ he said", "“Ferry stays,” he said");
        check("MÃ¼nchen und KÃ¶ln, schÃ¶n", "München und Köln, schön");
        check("SÃ£o Paulo e MÃ‰XICO", "São Paulo e MÉXICO");
        check("costs 20Â\u{a0}â‚¬", "costs 20\u{a0}€");
        for text in [
            "Zażółć gęślą jaźń",
            "naïve coöperation",
            "Øresund – “bro”",
            "Київ стоїть",
            "価格",
            "😀 ok",
        ] {
            check(&mangled(text), text);
        }
        for text in ["naïve coöperation", "Øresund – “bro”", "the master’s café"] {
            check(&mangled(&mangled(text)), text);
        }
    }

    #[test]
    fn cyrillic_that_is_made_of_nothing_else() {
        let mangled =
            |text: &str| WINDOWS_1251.decode_without_bom_handling(text.as_bytes()).0.into_owned();
        for text in ["Президент прибув до Києва", "Паром не вышел в море, сказал капитан"]
        {
            check(&mangled(text), text);
        }
    }

    #[test]
    fn what_could_have_been_meant_stays() {
        for text in [
            "«IRMÃ»",
            "MAÇÃ”, disse",
            "SÃO PAULO",
            "Ã",
            "â",
            "Â",
            "château “Â”",
            "“le ‘café’”… «voilà»… l’été\u{a0}»",
            "groß» Spaß… SPÖ’s SPÖ–nah",
            "Різдво в Росії",
            "РСФСР и СССР",
            "plain text",
            "Île-de-France, l’été à Nîmes",
            "20 € – £5",
            "",
        ] {
            check(text, text);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(â|Ã|Â|€|™|©|Р|С|\\PC)*") {
            let _ = repair(&text);
        }
    }
}
