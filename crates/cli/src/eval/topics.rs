//! Topics: TREC's SGML (`<top> <num> <title> <desc> <narr>`), JSON lines, or a line each with a tab after the number.

use anyhow::{Context, bail, ensure};
use serde_json::Value;

/// A topic to search for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Topic {
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) narrative: String,
}

/// The parts of a topic that are searched for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Parts {
    /// The title.
    #[default]
    Title,
    /// The description.
    Desc,
    /// Title and description.
    TitleDesc,
    /// All of it.
    All,
}

impl Topic {
    /// The words to search for; a topic with a single text is that text.
    pub(crate) fn text(&self, parts: Parts) -> String {
        let all = [&self.title, &self.description, &self.narrative];
        let wanted: &[usize] = match parts {
            Parts::Title => &[0],
            Parts::Desc => &[1],
            Parts::TitleDesc => &[0, 1],
            Parts::All => &[0, 1, 2],
        };
        let text = |numbers: &[usize]| {
            let parts = numbers.iter().filter_map(|n| all.get(*n)).map(|text| text.trim());
            parts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let found = text(wanted);
        if found.is_empty() { text(&[0, 1, 2]) } else { found }
    }
}

/// Reads topics in any of the three forms.
///
/// # Errors
///
/// Where a line cannot be read, a number stands twice, or there is no topic.
pub(crate) fn read(text: &str) -> anyhow::Result<Vec<Topic>> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.trim_start();
    let topics = if first.starts_with('{') {
        of_json(text)?
    } else if first.starts_with('<') {
        of_sgml(text)
    } else {
        of_lines(text)?
    };
    ensure!(!topics.is_empty(), "holds no topic");
    let mut numbers = std::collections::HashSet::new();
    for topic in &topics {
        ensure!(numbers.insert(&topic.number), "topic {} stands twice", topic.number);
    }
    Ok(topics)
}

fn of_json(text: &str) -> anyhow::Result<Vec<Topic>> {
    let mut topics = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let value: Value = serde_json::from_str(line).with_context(|| format!("line {number}"))?;
        let field = |names: &[&str]| {
            let found = names.iter().find_map(|name| value.get(name));
            match found {
                Some(Value::String(text)) => text.clone(),
                Some(Value::Number(number)) => number.to_string(),
                _ => String::new(),
            }
        };
        let topic = Topic {
            number: field(&["id", "qid", "num", "number", "_id", "query_id"]),
            title: field(&["title", "query", "text"]),
            description: field(&["desc", "description"]),
            narrative: field(&["narr", "narrative"]),
        };
        if topic.number.is_empty() || topic.text(Parts::All).is_empty() {
            bail!("line {number}: needs `id` and `title` (or `query`, `text`, `desc`)");
        }
        topics.push(topic);
    }
    Ok(topics)
}

fn of_lines(text: &str) -> anyhow::Result<Vec<Topic>> {
    let mut topics = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end();
        if line.trim().is_empty() {
            continue;
        }
        let Some((id, title)) = line.split_once('\t') else {
            bail!("line {number}: needs a number, a tab and the text");
        };
        let is_header = number == 1
            && ["qid", "id", "topic", "number", "query_id"]
                .iter()
                .any(|name| name.eq_ignore_ascii_case(id.trim()));
        if !is_header {
            let (number, title) = (id.trim().to_owned(), title.trim().to_owned());
            topics.push(Topic { number, title, ..Topic::default() });
        }
    }
    Ok(topics)
}

/// TREC's topics: an element ends where the next begins, since most files close none.
fn of_sgml(text: &str) -> Vec<Topic> {
    let mut topics = Vec::new();
    let mut topic: Option<Topic> = None;
    for piece in text.split('<').skip(1) {
        let Some((tag, content)) = piece.split_once('>') else { continue };
        let tag = tag.trim().to_ascii_lowercase();
        let content = content.trim();
        if tag == "top" {
            topics.extend(topic.replace(Topic::default()));
            continue;
        }
        let Some(topic) = &mut topic else { continue };
        match &*tag {
            "num" => topic.number = number(content),
            "title" => topic.title = label_off(content, "Topic:"),
            "desc" => topic.description = label_off(content, "Description:"),
            "narr" => topic.narrative = label_off(content, "Narrative:"),
            _ => {}
        }
    }
    topics.extend(topic);
    topics.retain(|topic| !topic.number.is_empty());
    topics
}

/// `Number: 301` is `301`; zeros before it are dropped, as they are in judgments.
fn number(text: &str) -> String {
    let text = label_off(text, "Number:");
    let bare = text.trim_start_matches('0');
    let digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    if digits { bare.to_owned() } else { text }
}

/// The text without the label that TREC puts before it, on one line.
fn label_off(text: &str, label: &str) -> String {
    let rest = match text.get(..label.len()) {
        Some(head) if head.eq_ignore_ascii_case(label) => {
            text.get(label.len()..).unwrap_or_default()
        }
        _ => text,
    };
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = match read(text) {
            Ok(topics) => topics
                .iter()
                .map(|topic| {
                    let all = [&topic.number, &topic.title, &topic.description, &topic.narrative];
                    all.map(String::as_str).join("|")
                })
                .collect::<Vec<_>>()
                .join(" / "),
            Err(error) => format!("{error:#}"),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn all_three_forms() {
        check("qid\tquery\n1\tferry fuel\n2\ttalks\n", "1|ferry fuel|| / 2|talks||");
        check("7\tferry\tfuel", "7|ferry\tfuel||");
        check(
            "{\"id\": 1, \"title\": \"ferry\", \"desc\": \"fuel for it\"}\n\n{\"qid\": \"b\", \"query\": \"x\"}",
            "1|ferry|fuel for it| / b|x||",
        );
        check(
            "<top>\n<num> Number: 301\n<title> Ferry\n fuel\n\n<desc> Description:\nWho had fuel?\n\n<narr> Narrative:\nAny ferry.\n</top>\n\
             <top><num>Number: 002</num><title>Topic: Talks</title></top>",
            "301|Ferry fuel|Who had fuel?|Any ferry. / 2|Talks||",
        );
    }

    #[test]
    fn what_is_no_topic_file() {
        check("", "holds no topic");
        check("1 ferry", "line 1: needs a number, a tab and the text");
        check("1\ta\n1\tb", "topic 1 stands twice");
        check("{\"id\": 1}", "line 1: needs `id` and `title` (or `query`, `text`, `desc`)");
        check("<html><body>x</body></html>", "holds no topic");
    }

    #[test]
    fn the_parts_that_are_searched_for() {
        let check = |title: &str, description: &str, parts, expected: &str| {
            let (title, description) = (title.to_owned(), description.to_owned());
            let topic = Topic { title, description, ..Topic::default() };
            assert_eq!(topic.text(parts), expected);
        };
        check("a", "b", Parts::Title, "a");
        check("a", "b", Parts::Desc, "b");
        check("a", "b", Parts::TitleDesc, "a b");
        check("", "b", Parts::Title, "b");
        check("a", "", Parts::Desc, "a");
    }
}
