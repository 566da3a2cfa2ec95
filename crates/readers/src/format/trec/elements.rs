//! The elements of one document, in one pass: only the names that are read, wherever they stand; what is not closed is no element.

/// Names of the elements that are read, in upper case.
const KNOWN: &[&str] = &[
    "DOCNO",
    "FILEID",
    "DATE",
    "DD",
    "DATE1",
    "DATE_TIME",
    "HEADLINE",
    "HL",
    "HEAD",
    "TITLE",
    "TTL",
    "TI",
    "HT",
    "BYLINE",
    "AUTHOR",
    "DATELINE",
    "TEXT",
    "BODY",
    "LP",
    "LEADPARA",
    "CORRECTION",
    "SO",
    "PUB",
    "SECTION",
    "IN",
    "SUBJECT",
    "DESCRIPT",
];

/// Elements that others stand in, and that have text of their own only where these do not stand in them.
const AROUND: &[(&str, &str)] = &[("BODY", "TEXT")];

/// Name in upper case and content.
pub(super) struct Elements<'a>(Vec<(&'static str, &'a str)>);

impl<'a> Elements<'a> {
    pub(super) fn of(document: &'a str) -> Self {
        let mut found = Vec::new();
        let mut unclosed: Vec<&str> = Vec::new();
        let mut rest = document;
        while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
            rest = rest.get(at + 1..).unwrap_or_default();
            let Some((name, content)) = start(rest) else { continue };
            if unclosed.contains(&name) {
                continue;
            }
            let around = AROUND.iter().find(|(outer, _)| *outer == name);
            let Some((inner, after)) = upto_end(content, name) else {
                unclosed.push(name);
                continue;
            };
            if around.is_some_and(|(_, within)| has_start(inner, within)) {
                // Its content is looked through.
                rest = content;
                continue;
            }
            found.push((name, inner));
            rest = after;
        }
        Self(found)
    }

    /// The first element that has one of the names, the first name that there is one of.
    pub(super) fn first(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| {
            let found =
                self.0.iter().find(|(known, text)| known == name && !text.trim().is_empty());
            found.map(|(_, text)| *text)
        })
    }

    /// All elements that have one of the names.
    pub(super) fn all<'b>(&'b self, names: &'b [&str]) -> impl Iterator<Item = &'a str> + 'b {
        self.0.iter().filter(|(known, _)| names.contains(known)).map(|(_, text)| *text)
    }
}

/// The known name that a tag begins with, `<` left out, and what follows the tag.
fn start(tag: &str) -> Option<(&'static str, &str)> {
    let length = tag.bytes().take(12).position(|byte| byte == b'>')?;
    let written = tag.get(..length)?;
    let name = KNOWN.iter().find(|known| known.eq_ignore_ascii_case(written))?;
    Some((name, tag.get(length + 1..)?))
}

/// The text up to the end tag of `name`, and what follows that.
fn upto_end<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(text.as_bytes().get(from..)?, b"</") {
        let begin = from + at;
        let end = begin + 2 + name.len();
        let found = text.get(begin + 2..end).is_some_and(|found| found.eq_ignore_ascii_case(name));
        if found && text.as_bytes().get(end) == Some(&b'>') {
            return Some((text.get(..begin)?, text.get(end + 1..)?));
        }
        from = begin + 2;
    }
    None
}

fn has_start(text: &str, name: &str) -> bool {
    let tag = format!("<{name}>");
    text.contains(&tag) || text.contains(&tag.to_lowercase())
}

/// `text` without tags; a `<` that begins none stays.
pub(super) fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before);
        let begins = tag.get(1..).unwrap_or_default().trim_start_matches('/');
        let begins = begins.starts_with(|next: char| next.is_ascii_alphabetic());
        // Tags of these collections are short; one that is not closed would cost a search through the rest each.
        let window = tag.as_bytes().get(..200).unwrap_or(tag.as_bytes());
        if let Some(end) = memchr::memchr(b'>', window).filter(|_| begins) {
            rest = tag.get(end + 1..).unwrap_or_default();
        } else {
            plain.push('<');
            rest = tag.get(1..).unwrap_or_default();
        }
    }
    plain.push_str(rest);
    plain
}
