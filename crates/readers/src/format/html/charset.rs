//! The encoding that a page declares, and where the page begins.

/// Bytes of a page in which a declaration counts.
const WITHIN_BYTES: usize = 16 << 10;

/// The label in `<meta charset>`, in `<meta http-equiv content>` or in the XML declaration.
pub(in crate::format) fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..WITHIN_BYTES).unwrap_or(bytes);
    if head.trim_ascii_start().starts_with(b"<?xml") {
        let end = memchr::memchr(b'>', head).unwrap_or(head.len());
        if let Some(label) = value_after(head.get(..end)?, b"encoding") {
            return Some(label);
        }
    }
    let mut rest = head;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = rest.get(at + 1..)?;
        if !rest.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"meta")) {
            continue;
        }
        let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        if let Some(label) = value_after(rest.get(..end)?, b"charset") {
            return Some(label);
        }
    }
    None
}

/// What stands behind `name` and an equals sign, without quotes.
fn value_after<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let at = tag.windows(name.len()).position(|window| window.eq_ignore_ascii_case(name))?;
    let value =
        tag.get(at + name.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let ends =
        |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b';' | b'/' | b'?');
    let end = value.iter().position(ends).unwrap_or(value.len());
    value.get(..end).filter(|label| !label.is_empty())
}

/// What follows an XML declaration, comments and white space.
pub(super) fn after_prolog(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes.trim_ascii_start();
    loop {
        let end: &[u8] = if rest.starts_with(b"<?xml") {
            b"?>"
        } else if rest.starts_with(b"<!--") {
            b"-->"
        } else {
            return rest;
        };
        let Some(at) = memchr::memmem::find(rest, end) else { return rest };
        rest = rest.get(at + end.len()..).unwrap_or_default().trim_ascii_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_of_every_form() {
        let check = |html: &str, expected: Option<&str>| {
            assert_eq!(declared(html.as_bytes()), expected.map(str::as_bytes), "{html}");
        };
        check("<meta charset=\"koi8-r\">", Some("koi8-r"));
        check("<META CHARSET = iso-8859-9 />", Some("iso-8859-9"));
        check("<meta http-equiv=Content-Type content='text/html; charset=gbk'>", Some("gbk"));
        check("<meta http-equiv=Content-Type content='charset=gbk'>", Some("gbk"));
        check("<?xml version='1.0' encoding='windows-1251'?><html>", Some("windows-1251"));
        check("<script charset=x></script><p>charset=y", None);
        check("<meta charset", None);
        check("<meta charset=>", None);
    }

    #[test]
    fn the_page_begins_behind_its_prolog() {
        let check = |html: &str, expected: &str| {
            assert_eq!(after_prolog(html.as_bytes()), expected.as_bytes());
        };
        check(" <?xml version='1.0'?>\n<!-- a --><!-- b -->\n<html>", "<html>");
        check("<!-- never ends", "<!-- never ends");
        check("<html>", "<html>");
    }
}
