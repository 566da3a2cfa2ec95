//! Clusters of copies, and what a copy changed, as rows and for people.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use dateline_article::Span;
use dateline_query::{Change, ChangeKind, Cluster, Comparison, Copy};
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use super::Row;
use super::bar::padded;
use crate::terminal::{FAINT, HEADLINE, Look, Marked, clean, wrap};

/// Columns of the name of a source.
const SOURCE: usize = 20;
/// Words that a copy has in place of others.
const ADDED: Style = AnsiColor::Green.on_default();
/// Words that it has not.
const CUT: Style = AnsiColor::Red.on_default();

/// The row of a cluster. `cluster` is the id of its first article.
pub(crate) fn row(cluster: &Cluster) -> Row {
    let articles = &cluster.articles;
    let first = articles.first();
    let days = || articles.iter().filter_map(|copy| copy.published);
    let mut sources: Vec<&str> = Vec::new();
    for source in articles.iter().filter_map(|copy| copy.source.as_deref()) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    Row::default()
        .with("cluster", first.map(|copy| copy.id.to_string()))
        .with("size", articles.len())
        .with("ids", articles.iter().map(|copy| copy.id.to_string()).collect::<Vec<_>>())
        .with("title", first.and_then(|copy| copy.title.clone()))
        .with("first", days().next().map(|day| day.to_string()))
        .with("last", days().next_back().map(|day| day.to_string()))
        .with("sources", json!(sources))
}

/// The keys of a row, for the header of a table without one.
pub(crate) fn keys() -> Row {
    const KEYS: [&str; 7] = ["cluster", "size", "ids", "title", "first", "last", "sources"];
    Row(KEYS.map(|key| (key, Value::Null)).into())
}

/// The row of a copy beside the first article of its cluster.
pub(crate) fn difference_row(first: &Copy, copy: &Copy, comparison: &Comparison) -> Row {
    Row::default()
        .with("cluster", first.id.to_string())
        .with("id", copy.id.to_string())
        .with("title", copy.title.clone())
        .with("published", copy.published.map(|published| published.to_string()))
        .with("source", copy.source.clone())
        .with("path", copy.path.clone())
        .with("part", copy.part.clone())
        .with("sentences", comparison.sentences)
        .with("same", comparison.same)
        .with("changes", comparison.changes.iter().map(change_value).collect::<Vec<_>>())
}

fn change_value(change: &Change) -> Value {
    let mut object = Map::new();
    object.insert("change".into(), name(change.kind).into());
    object.insert("sentence".into(), change.sentence.into());
    for (key, text) in [("from", &change.from), ("to", &change.to)] {
        if let Some(text) = text {
            object.insert(key.into(), text.as_str().into());
        }
    }
    if change.kind == ChangeKind::Changed {
        let spans = |of: fn(&dateline_query::Hunk) -> Span| {
            let spans = change.hunks.iter().map(of).filter(|span| span.start < span.end);
            json!(spans.collect::<Vec<_>>())
        };
        object.insert("cut".into(), spans(|hunk| hunk.from));
        object.insert("added".into(), spans(|hunk| hunk.to));
    }
    Value::Object(object)
}

fn name(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Changed => "changed",
        ChangeKind::Added => "added",
        ChangeKind::Cut => "cut",
        ChangeKind::Moved => "moved",
    }
}

/// The headline of the first article, and a line for each that ran the story.
pub(crate) fn text(cluster: &Cluster, look: Look) -> String {
    let mut out = heading(cluster, look);
    let first = cluster.articles.first();
    for copy in &cluster.articles {
        out.push_str(&line(copy, first, look));
    }
    out
}

/// The headline and the line of the first article.
pub(crate) fn first(cluster: &Cluster, look: Look) -> String {
    let mut out = heading(cluster, look);
    out.extend(cluster.articles.first().map(|first| line(first, Some(first), look)));
    out
}

fn heading(cluster: &Cluster, look: Look) -> String {
    let first = cluster.articles.first();
    let title = first.and_then(|copy| copy.title.as_deref());
    let style = if title.is_some() { HEADLINE } else { FAINT };
    let count = format!(" · {} articles", cluster.articles.len());
    let text = format!("{}{count}", title.unwrap_or("(no headline)"));
    let border = text.len() - count.len();
    let marked = [
        Marked { span: 0..border, style, marks: ("", "") },
        Marked { span: border..text.len(), style: FAINT, marks: ("", "") },
    ];
    wrap(&text, &marked, "", look) + "\n"
}

/// Day, source and id of a copy, and its headline where that is another than the first one's.
fn line(copy: &Copy, first: Option<&Copy>, look: Look) -> String {
    let day = copy.published.map(|published| published.to_string()).unwrap_or_default();
    let day = day.split('T').next().unwrap_or_default();
    let source = padded(&clean(copy.source.as_deref().unwrap_or_default()), SOURCE);
    let mut out = format!("  {day:<10}  {source}  ");
    let other =
        copy.title.as_deref().filter(|_| copy.title != first.and_then(|first| first.title.clone()));
    let room = look.width.saturating_sub(out.width() + 18);
    let title = other.map(|title| padded(&clean(title), room)).unwrap_or_default();
    let title = title.trim_end();
    out.push_str(&look.paint(FAINT, &copy.id.to_string()));
    if !title.is_empty() {
        let _ = write!(out, "  {title}");
    }
    out.push('\n');
    out
}

/// What a copy added, cut, changed and moved, sentence by sentence.
pub(crate) fn difference(first: &Copy, copy: &Copy, comparison: &Comparison, look: Look) -> String {
    let mut out = line(copy, Some(first), look);
    let mut told =
        vec![format!("{} of {} sentences unchanged", comparison.same, comparison.sentences)];
    for kind in [ChangeKind::Changed, ChangeKind::Cut, ChangeKind::Added, ChangeKind::Moved] {
        let count = comparison.changes.iter().filter(|change| change.kind == kind).count();
        if count > 0 {
            told.push(format!("{count} {}", name(kind)));
        }
    }
    let _ = writeln!(out, "  {}", look.paint(FAINT, &told.join(", ")));
    for change in &comparison.changes {
        let (sign, number) = match change.kind {
            ChangeKind::Changed => ("~", change.sentence.to_string()),
            ChangeKind::Added => ("+", String::new()),
            ChangeKind::Cut => ("-", change.sentence.to_string()),
            ChangeKind::Moved => (">", change.sentence.to_string()),
        };
        let (sentence, marked) = sentence(change);
        let lines = wrap(&sentence, &marked, "        ", look);
        let _ = writeln!(out, "  {sign}{number:>4} {}", lines.trim_start());
    }
    out
}

/// The sentence of a change on one line, words that were cut before those in their place.
fn sentence(change: &Change) -> (String, Vec<Marked>) {
    let (from, to) = (change.from.as_deref(), change.to.as_deref());
    let whole = |text: &str, style, marks| {
        (text.to_owned(), vec![Marked { span: 0..text.len(), style, marks }])
    };
    match (change.kind, from, to) {
        (ChangeKind::Cut, Some(from), _) => whole(from, CUT, ("", "")),
        (ChangeKind::Added, _, Some(to)) => whole(to, ADDED, ("", "")),
        (ChangeKind::Changed, Some(from), Some(to)) => changed(change, from, to),
        (_, _, to) => (to.unwrap_or_default().to_owned(), Vec::new()),
    }
}

fn changed(change: &Change, from: &str, to: &str) -> (String, Vec<Marked>) {
    let (mut text, mut marked) = (String::new(), Vec::new());
    let mut done = 0;
    for hunk in &change.hunks {
        let (cut, added) = (hunk.from.of(from), hunk.to.of(to));
        let before = to.get(done..hunk.to.range().start).unwrap_or_default();
        text.push_str(before);
        done = hunk.to.range().end.max(done);
        for (words, style, marks) in [(cut, CUT, ("[-", "-]")), (added, ADDED, ("{+", "+}"))] {
            if words.is_empty() {
                continue;
            }
            if text.ends_with(|last: char| !last.is_whitespace())
                && !cut.is_empty()
                && style == ADDED
            {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(words);
            marked.push(Marked { span: start..text.len(), style, marks });
        }
        if added.is_empty()
            && to.get(done..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        {
            text.push(' ');
        }
    }
    text.push_str(to.get(done..).unwrap_or_default());
    (text, marked)
}
