//! The block of keys before a Markdown text: YAML between `---` lines or TOML between `+++` lines, as far as news uses them: scalars, lists and folded
//! texts. What is nested deeper is passed over.

/// A key and its value or values.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) values: Vec<String>,
}

/// The entries of the front matter and the text behind it; `None` where there is none.
pub(super) fn split(text: &str) -> Option<(Vec<Entry>, &str)> {
    let text = text.trim_start();
    let (fence, sign) = if text.starts_with("---\n") {
        ("---", ':')
    } else if text.starts_with("+++\n") {
        ("+++", '=')
    } else {
        return None;
    };
    let (_, mut rest) = text.split_once('\n')?;
    let mut entries: Vec<Entry> = Vec::new();
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = after;
        let written = line.trim_end();
        if written == fence || (fence == "---" && written == "...") {
            return (!entries.is_empty()).then_some((entries, rest));
        }
        take(&mut entries, written, sign);
    }
    None
}

fn take(entries: &mut Vec<Entry>, line: &str, sign: char) {
    let content = line.trim();
    if content.is_empty() || content.starts_with('#') {
        return;
    }
    let item = content.strip_prefix("- ").filter(|_| sign == ':');
    let indented = line.starts_with([' ', '\t']);
    match (item, entries.last_mut()) {
        (Some(item), Some(entry)) => {
            let named = item.trim().strip_prefix("name:").unwrap_or(item);
            entry.values.extend(scalar(named));
        }
        // A folded text goes on.
        (None, Some(entry)) if indented && !content.contains(": ") => match entry.values.last_mut()
        {
            Some(value) => {
                value.push(' ');
                value.push_str(content);
            }
            None => entry.values.extend(scalar(content)),
        },
        (None, _) if !indented => {
            let Some((key, value)) = content.split_once(sign) else { return };
            let key = key.trim().trim_matches(['"', '\'']).to_owned();
            entries.push(Entry { key, values: values(value.trim()) });
        }
        _ => {}
    }
}

/// The values behind a key: one, or a list in brackets; none where they follow in the next lines.
fn values(written: &str) -> Vec<String> {
    if let Some(list) = written.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        return list.split(',').filter_map(scalar).collect();
    }
    if matches!(written, "" | "|" | ">" | "|-" | ">-" | "|+" | ">+") {
        Vec::new()
    } else {
        scalar(written).into_iter().collect()
    }
}

/// A value without its quotes, or without a comment behind it.
fn scalar(written: &str) -> Option<String> {
    let written = written.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = written.strip_prefix(quote).and_then(|inner| inner.strip_suffix(quote))
        {
            let inner =
                if quote == '"' { inner.replace("\\\"", "\"") } else { inner.replace("''", "'") };
            return Some(inner).filter(|inner| !inner.is_empty());
        }
    }
    let plain = written.split(" #").next().unwrap_or(written).trim_end();
    let empty = plain.is_empty() || plain == "null" || plain == "~";
    (!empty).then(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_yaml_and_toml() {
        let check = |text: &str, expected: &str| {
            let shown = split(text).map(|(entries, rest)| {
                let entries: Vec<_> = entries
                    .iter()
                    .map(|entry| format!("{}={}", entry.key, entry.values.join("+")))
                    .collect();
                format!("{}|{rest}", entries.join(" "))
            });
            assert_eq!(shown.as_deref().unwrap_or("none"), expected, "{text}");
        };
        check(
            "---\ntitle: \"Ferry: it's late\"\ntags: [sea, 'storm']\n---\nText",
            "title=Ferry: it's late tags=sea+storm|Text",
        );
        check(
            "---\nauthors:\n  - Ilse Varga\n  - name: Ivo Marek\ndate: 2024-03-14 # day\n...\nText",
            "authors=Ilse Varga+Ivo Marek date=2024-03-14|Text",
        );
        check("---\nsummary: >\n  One\n  two\ndraft:\n---\n", "summary=One two draft=|");
        check("+++\ntitle = \"Ferry\"\ntags = [\"sea\"]\n+++\nText", "title=Ferry tags=sea|Text");
        check("---\nno key\n---\nText", "none");
        check("---\ntitle: never closed", "none");
        check("Text", "none");
    }
}
