//! What the feeds of feedparser's tests expect of themselves, as their first comment says: `not bozo and entries[0]['title'] == 'Item 1 title'`.
//!
//! Titles and texts of the first entry are compared, letters and digits only: that parser keeps tags, this program does not.

use serde_json::Value;

use super::super::gold::field;

/// What the first entry of a feed must have.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expectation {
    /// This title.
    Title(String),
    /// This in its text.
    Text(String),
}

/// The expectation in a feed's first comment, where it concerns its articles and the file alone decides.
pub(super) fn expectation(source: &[u8]) -> Option<Expectation> {
    // Whatever the encoding, the comment is in ASCII.
    let ascii: Vec<u8> = source.iter().copied().filter(|&byte| byte != 0).collect();
    let text = String::from_utf8_lossy(&ascii);
    let (comment, rest) = text.split_once("-->")?;
    // What a server says beside the feed is not in the file.
    if comment.contains("Header:") {
        return None;
    }
    let line = comment.split_once("Expect:")?.1.lines().next()?.trim();
    let line = line.strip_prefix("not bozo and ").unwrap_or(line);
    let (key, value) = line.strip_prefix("entries[0]['")?.split_once(" == ")?;
    let value = string(value)?;
    letters(&plain(&value)).chars().next()?;
    match key.trim_end_matches(['\'', ']']) {
        "title" => Some(Expectation::Title(value)),
        "description" | "content'][0]['value" => Some(Expectation::Text(value)),
        // The fullest text counts.
        "summary" if !rest.contains("<content") => Some(Expectation::Text(value)),
        _ => None,
    }
}

impl Expectation {
    /// How the first article differs.
    pub(super) fn difference(&self, articles: &[Value]) -> Option<String> {
        let none = Value::Null;
        let first = articles.first().unwrap_or(&none);
        let (name, wanted) = match self {
            Self::Title(wanted) => ("title", wanted),
            Self::Text(wanted) => ("text", wanted),
        };
        let got = field(first, name);
        let found = letters(got);
        let fits = [letters(&plain(wanted)), letters(wanted)].iter().any(|wanted| match self {
            Self::Title(_) => found == *wanted,
            Self::Text(_) => found.contains(wanted),
        });
        let got: String = got.chars().take(80).collect();
        (!fits).then(|| format!("{name}: {wanted:?} expected, {got:?} found"))
    }
}

/// The value of a string literal of Python that takes the whole of `literal`.
fn string(literal: &str) -> Option<String> {
    let quote = literal.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let inner = literal.strip_prefix(quote)?.strip_suffix(quote)?;
    let mut value = String::new();
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        let digits = match character {
            '\\' => match characters.next()? {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                'n' => {
                    value.push('\n');
                    continue;
                }
                sign => {
                    value.push(sign);
                    continue;
                }
            },
            _ if character == quote => return None,
            _ => {
                value.push(character);
                continue;
            }
        };
        let code: String = characters.by_ref().take(digits).collect();
        value.push(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32)?);
    }
    Some(value)
}

/// HTML without its tags, the commonest references replaced.
fn plain(html: &str) -> String {
    let mut plain = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    // Some expectations hold the reference that the feed holds.
    while let Some((before, (code, after))) =
        plain.split_once("&#x").and_then(|(before, rest)| Some((before, rest.split_once(';')?)))
    {
        let Some(sign) = u32::from_str_radix(code, 16).ok().and_then(char::from_u32) else { break };
        plain = format!("{before}{sign}{after}");
    }
    for (reference, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
        plain = plain.replace(reference, sign);
    }
    plain
}

fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn comments_are_read() {
        let check = |line: &str, expected: Option<Expectation>| {
            let source = format!("<!--\nDescription: x\nExpect:      {line}\n-->\n<rss></rss>");
            assert_eq!(expectation(source.as_bytes()), expected, "{line}");
        };
        let text = |text: &str| Some(Expectation::Text(text.to_owned()));
        check(
            "not bozo and entries[0]['title'] == 'Trams'",
            Some(Expectation::Title("Trams".to_owned())),
        );
        check("entries[0]['description'] == \"Tram's\"", text("Tram's"));
        check(
            "not bozo and entries[0]['content'][0]['value'] == '<p>a\\xe9\\u2019</p>'",
            text("<p>aé’</p>"),
        );
        check("not bozo and entries[0]['summary'] == 'a'", text("a"));
        check("not bozo and entries[0]['title_detail']['type'] == 'text/plain'", None);
        check("not bozo and entries[0]['title'] == ''", None);
        check("not bozo and entries[0]['description'] == '<img src=\"a\" />'", None);
        check("bozo and entries[0]['title'] == 'a'", None);
        check("not bozo and feed['title'] == 'a'", None);
        check("not bozo and entries[0]['title'] == 'a' and version == 'b'", None);
        let wide: Vec<u8> = "<!--\nExpect: entries[0]['title'] == 'a'\n-->"
            .bytes()
            .flat_map(|byte| [0, byte])
            .collect();
        assert_eq!(expectation(&wide), Some(Expectation::Title("a".to_owned())));
        assert_eq!(expectation(b"<rss/>"), None);
    }

    #[test]
    fn tags_and_blanks_do_not_count() {
        let articles = [json!({"title": "Trams run", "text": "Trams <b> ran again."})];
        let check = |wanted: Expectation, right: bool| {
            assert_eq!(wanted.difference(&articles).is_none(), right, "{wanted:?}");
        };
        check(Expectation::Title("Trams <i>run</i>".to_owned()), true);
        check(Expectation::Title("Trams".to_owned()), false);
        check(Expectation::Text("<p>Trams &lt;b&gt; ran</p>".to_owned()), true);
        check(Expectation::Text("Trams <b> ran".to_owned()), true);
        check(Expectation::Text("&#x72;an &#x61;gain".to_owned()), true);
        check(Expectation::Text("Buses".to_owned()), false);
        assert!(Expectation::Title("Trams".to_owned()).difference(&[]).is_some());
    }
}
