//! The blocks of a Markdown text as paragraphs.

use super::inline;

/// The first heading, if nothing but white space is before it, and the paragraphs of the rest.
pub(super) fn read(text: &str) -> (Option<String>, Vec<String>) {
    let mut blocks = Blocks::default();
    for line in text.lines() {
        blocks.line(line);
    }
    blocks.flush();
    (blocks.heading, blocks.paragraphs)
}

#[derive(Default)]
struct Blocks {
    heading: Option<String>,
    paragraphs: Vec<String>,
    current: String,
    /// The fence that closes the code block being read.
    fence: Option<String>,
    in_comment: bool,
}

impl Blocks {
    fn line(&mut self, line: &str) {
        let content = line.trim();
        if let Some(fence) = &self.fence {
            if content.starts_with(fence.as_str()) {
                self.fence = None;
                self.flush_as_is();
            } else {
                self.append(line.trim_end(), '\n');
            }
            return;
        }
        if self.in_comment {
            self.in_comment = !content.ends_with("-->");
            return;
        }
        let content = unquoted(content);
        if let Some(fence) = ["```", "~~~"].iter().find(|fence| content.starts_with(**fence)) {
            self.flush();
            self.fence = Some((*fence).to_owned());
        } else if content.starts_with("<!--") {
            self.flush();
            self.in_comment = !content.ends_with("-->");
        } else if content.is_empty()
            || is_rule(content) && !self.is_underlined(content)
            || is_definition(content)
        {
            self.flush();
        } else if self.is_underlined(content) {
            self.flush_heading();
        } else if let Some(heading) = heading(content) {
            self.flush();
            heading.clone_into(&mut self.current);
            self.flush_heading();
        } else if let Some(item) = item(content) {
            self.flush();
            self.append(item, ' ');
        } else if let Some(row) = row(content) {
            if !row.is_empty() {
                self.append(&row, '\n');
            }
        } else {
            self.append(content, ' ');
        }
    }

    fn append(&mut self, text: &str, separator: char) {
        if !self.current.is_empty() {
            self.current.push(separator);
        }
        self.current.push_str(text);
    }

    /// Whether a line underlines the paragraph before it and makes it a heading.
    fn is_underlined(&self, line: &str) -> bool {
        !self.current.is_empty()
            && !self.current.contains('\n')
            && (line.bytes().all(|byte| byte == b'=')
                || (line.len() >= 2 && line.bytes().all(|byte| byte == b'-')))
    }

    fn flush(&mut self) {
        let text = inline::plain(&std::mem::take(&mut self.current));
        if !text.is_empty() {
            self.paragraphs.push(text);
        }
    }

    fn flush_as_is(&mut self) {
        let text = std::mem::take(&mut self.current);
        if !text.trim().is_empty() {
            self.paragraphs.push(text);
        }
    }

    fn flush_heading(&mut self) {
        if self.heading.is_none() && self.paragraphs.is_empty() {
            let text = inline::plain(&std::mem::take(&mut self.current));
            self.heading = Some(text).filter(|text| !text.is_empty());
        } else {
            self.flush();
        }
    }
}

/// A line without the signs of the quotations that it stands in.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t'])
}

fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with([' ', '\t']))
        .then(|| text.trim().trim_end_matches('#').trim_end())
}

fn is_rule(line: &str) -> bool {
    ['-', '*', '_'].iter().any(|sign| {
        line.matches(*sign).count() >= 3
            && line.chars().all(|character| character == *sign || character == ' ')
    })
}

/// `[1]: https://…`, the target of a reference; `[^1]: note` is text.
fn is_definition(line: &str) -> bool {
    let Some((label, target)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]:"))
    else {
        return false;
    };
    !label.starts_with('^') && !label.contains(']') && !target.trim().is_empty()
}

/// The text of a list item.
fn item(line: &str) -> Option<&str> {
    let bullet = ["- ", "* ", "+ "].iter().find_map(|bullet| line.strip_prefix(*bullet));
    let text = bullet.or_else(|| {
        let rest = line.trim_start_matches(|character: char| character.is_ascii_digit());
        let digits = line.len() - rest.len();
        (1..=3)
            .contains(&digits)
            .then(|| rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")))?
    })?;
    let text = text.trim_start();
    Some(["[ ] ", "[x] ", "[X] "].iter().find_map(|task| text.strip_prefix(*task)).unwrap_or(text))
}

/// The cells of a row of a table; nothing for the row of dashes under its head.
fn row(line: &str) -> Option<String> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
    let rule = cells.iter().all(|cell| cell.bytes().all(|byte| matches!(byte, b'-' | b':')));
    Some(if rule { String::new() } else { cells.join("   ") })
}
