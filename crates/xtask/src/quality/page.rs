//! `docs/quality.md` as sections under headings of the second level, each written by its measurement.

/// What stands above the sections of a new page.
const OPENING: &str = "\
# Quality

<!-- Each section is written by `cargo xtask quality --data FOLDER SECTION`; change the section's source, not this file. -->

What people labelled, and what `dateline` finds of it. The collections are development data: they were looked at while the
rules and the model were made, so new text may fare a little worse. Most of them may not be passed on, so they are not in
the repository.
";

/// `page` with `body` under `heading`, in place of what stood there; a new one takes its place in the order of `headings`.
///
/// Headings that are not in the list stay where they are, behind the others.
pub(crate) fn with_section(page: &str, headings: &[&str], heading: &str, body: &str) -> String {
    let (opening, mut sections) = cut(page);
    let text = format!("## {heading}\n\n{}\n", body.trim());
    let rank = |title: &str| headings.iter().position(|one| *one == title).unwrap_or(usize::MAX);
    match sections.iter_mut().find(|(title, _)| title == heading) {
        Some((_, old)) => *old = text,
        None => sections.push((heading.to_owned(), text)),
    }
    sections.sort_by_key(|(title, _)| rank(title));
    let opening = if opening.trim().is_empty() { OPENING } else { opening.as_str() };
    let mut parts = vec![opening.trim_end().to_owned()];
    parts.extend(sections.into_iter().map(|(_, text)| text.trim_end().to_owned()));
    parts.join("\n\n") + "\n"
}

/// What stands before the first section, and the sections with their headings.
fn cut(page: &str) -> (String, Vec<(String, String)>) {
    let (mut opening, mut sections) = (String::new(), Vec::<(String, String)>::new());
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            sections.push((title.trim().to_owned(), String::new()));
        }
        let text = sections.last_mut().map_or(&mut opening, |(_, text)| text);
        text.push_str(line);
        text.push('\n');
    }
    (opening, sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADINGS: [&str; 3] = ["One", "Two", "Three"];

    #[test]
    fn a_new_page_has_an_opening() {
        let page = with_section("", &HEADINGS, "Two", "second");
        assert!(page.starts_with("# Quality\n"), "{page}");
        assert!(page.ends_with("not in\nthe repository.\n\n## Two\n\nsecond\n"), "{page}");
    }

    #[test]
    fn a_section_takes_its_place_and_leaves_the_others() {
        let page = "# Q\n\n## Two\n\nold\n\n### Part\n\ntext\n\n## By hand\n\nkept\n";
        let first = with_section(page, &HEADINGS, "One", "\nfirst\n");
        assert_eq!(
            first,
            "# Q\n\n## One\n\nfirst\n\n## Two\n\nold\n\n### Part\n\ntext\n\n## By hand\n\nkept\n"
        );
        let second = with_section(&first, &HEADINGS, "Two", "new");
        assert_eq!(second, "# Q\n\n## One\n\nfirst\n\n## Two\n\nnew\n\n## By hand\n\nkept\n");
        assert_eq!(with_section(&second, &HEADINGS, "Two", "new"), second);
    }
}
