//! Character references of SGML, XML and HTML in text that is not parsed as a whole (`&lt;`, `&#8217;`, `&eacute;`).
//!
//! Follows HTML: numbers 128 to 159 mean Windows-1252, an unknown name stays as written. Names are those of HTML 4 that news uses; pages
//! themselves are decoded by the HTML parser.

use std::borrow::Cow;

/// Longest reference: `&thetasym;`.
const LONGEST_BYTES: usize = 12;

/// `text` with its character references replaced. One level: `&amp;lt;` becomes `&lt;`.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut decoded = String::with_capacity(text.len());
    let (plain, mut rest) = text.split_at_checked(first).unwrap_or((text, ""));
    decoded.push_str(plain);
    while let Some(after) = rest.strip_prefix('&') {
        rest = if let Some((character, length)) = reference(after) {
            decoded.push(character);
            after.get(length..).unwrap_or_default()
        } else {
            decoded.push('&');
            after
        };
        let next = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        let (plain, following) = rest.split_at_checked(next).unwrap_or((rest, ""));
        decoded.push_str(plain);
        rest = following;
    }
    Cow::Owned(decoded)
}

/// The character that the reference after `&` means, and the bytes of the reference.
fn reference(after: &str) -> Option<(char, usize)> {
    let window = after.as_bytes().get(..LONGEST_BYTES.min(after.len()))?;
    let end = memchr::memchr(b';', window)?;
    let name = after.get(..end)?;
    let character = match name.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => named(name)?,
    };
    Some((character, end + 1))
}

fn numeric(number: &str) -> Option<char> {
    let hexadecimal = number.strip_prefix(['x', 'X']);
    let digits = hexadecimal.unwrap_or(number);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let code = u32::from_str_radix(digits, if hexadecimal.is_some() { 16 } else { 10 }).ok()?;
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(code) {
        let bytes = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        return text.chars().next();
    }
    Some(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
}

fn named(name: &str) -> Option<char> {
    if let Some(index) = LATIN.split(' ').position(|known| known == name) {
        return u32::try_from(index + 0xa0).ok().and_then(char::from_u32);
    }
    OTHERS.iter().find(|(known, _)| *known == name).map(|&(_, character)| character)
}

/// Names of U+00A0 to U+00FF in order.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro \
para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc \
Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave \
aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml \
divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

const OTHERS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("hellip", '…'),
    ("bull", '•'),
    ("prime", '′'),
    ("Prime", '″'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("permil", '‰'),
    ("euro", '€'),
    ("trade", '™'),
    ("minus", '−'),
    ("larr", '←'),
    ("rarr", '→'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
    ("circ", 'ˆ'),
    ("tilde", '˜'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters() {
        let check = |text: &str, expected: &str| assert_eq!(decode(text), expected, "{text}");
        check("no reference", "no reference");
        check("&lt;IBM> &amp; &lt;GM>", "<IBM> & <GM>");
        check("caf&eacute; &#233; &#xE9; &#XE9;", "café é é é");
        check("&#146;s &#151;", "’s —");
        check("&nbsp;&yuml;&euro;&sup2;", "\u{a0}ÿ€²");
        check("&amp;lt;", "&lt;");
        check("AT&T &unknown; & &; &#; &#x; &#12a; &", "AT&T &unknown; & &; &#; &#x; &#12a; &");
        check("&#1114112;&#55296;", "\u{fffd}\u{fffd}");
        check("&#99999999999;", "&#99999999999;");
        check("&ééééééé;", "&ééééééé;");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_decoded(text in "(&|#|x|;|[0-9]|lt|\\PC)*") {
            let _ = decode(&text);
        }
    }
}
