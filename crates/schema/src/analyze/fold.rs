//! Folding: the form under which two spellings of one word meet.
//!
//! Lower case, marks off, compatibility forms plain (Unicode NFKD), and the few letters that Unicode does not take apart but readers
//! take for one (`ß` ss, `œ` oe, `ø` o, `ł` l, `ı` i, `ё` е, the Arabic alefs). Cyrillic `й` and `ї` stay letters of their own. Kana,
//! Hangul and the vowel signs of Indic scripts are left as they are.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Appends the folded form of `word` to `out`. Folding a folded word changes nothing.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        out.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
    } else if word.chars().any(is_combining_mark) {
        // Composed first, so that й written as и and a breve is the same letter.
        word.nfc().for_each(|letter| fold_letter(letter, out));
    } else {
        word.chars().for_each(|letter| fold_letter(letter, out));
    }
}

/// The folded form of `word`.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Whether a letter leaves no trace: soft hyphen, zero-width blank and joiners, marks of direction, byte order mark, tatweel, choice of a glyph.
pub(crate) fn is_ignorable(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{640}')
}

fn fold_letter(letter: char, out: &mut String) {
    if letter.is_ascii() {
        return out.push(letter.to_ascii_lowercase());
    }
    match letter {
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'ø' | 'Ø' => out.push('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'þ' | 'Þ' => out.push_str("th"),
        'ł' | 'Ł' => out.push('l'),
        'ı' | 'İ' => out.push('i'),
        'ё' | 'Ё' => out.push('е'),
        'й' | 'Й' => out.push('й'),
        'ї' | 'Ї' => out.push('ї'),
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' => out.push('ي'),
        'ة' => out.push('ه'),
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {}
        _ if is_ignorable(letter) => {}
        _ if comes_apart(letter) => {
            for piece in std::iter::once(letter).nfkd() {
                match piece {
                    '\u{300}'..='\u{36f}' => {}
                    _ if piece == letter => {
                        out.extend(piece.to_lowercase().filter(|low| !is_dot(*low)));
                    }
                    _ => fold_letter(piece, out),
                }
            }
        }
        _ => out.extend(letter.to_lowercase()),
    }
}

/// The dot that lower-casing puts beside an i.
fn is_dot(letter: char) -> bool {
    letter == '\u{307}'
}

/// Scripts whose letters Unicode's decomposition takes apart as readers do: Latin, Greek, Cyrillic, their ligatures and the
/// full-width and Arabic presentation forms.
fn comes_apart(letter: char) -> bool {
    matches!(letter,
        '\u{a0}'..='\u{52f}' | '\u{1d00}'..='\u{1fff}' | '\u{2070}'..='\u{218f}' | '\u{2c60}'..='\u{2c7f}'
        | '\u{a640}'..='\u{a7ff}' | '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{ff01}'..='\u{ff5e}'
        | '\u{1d400}'..='\u{1d7ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// U119: composed, decomposed and full-width spellings among them.
    #[test]
    fn spellings_of_one_word_meet() {
        let check = |words: &str, expected: &str| {
            for word in words.split(' ') {
                assert_eq!(fold(word), expected, "{word}");
            }
        };
        check("Élysée elysee ÉLYSÉE E\u{301}lyse\u{301}e", "elysee");
        check("Straße STRASSE strasse STRAẞE", "strasse");
        check("Istanbul İstanbul ıstanbul I\u{307}stanbul", "istanbul");
        check("œuvre OEUVRE", "oeuvre");
        check("Łódź lodz", "lodz");
        check("Ёлка елка", "елка");
        check("Київ КИЇВ Киі\u{308}в", "київ");
        check("Андрей Андреи\u{306}", "андрей");
        check("Ｎａｔｏ ＮＡＴＯ nato na\u{ad}to", "nato");
        check("café cafe\u{301} CAFÉ", "cafe");
        check(
            "na\u{200b}to \u{200e}nato\u{200f} \u{2068}na\u{2060}to\u{2069} nato\u{fe0f}",
            "nato",
        );
        check("أحمد احمد", "احمد");
        check("ﬁnance finance", "finance");
        check("東京", "東京");
        check("がん", "がん");
        check("서울", "서울");
        check("हिन्दी", "हिन्दी");
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,20}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
