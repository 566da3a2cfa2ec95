//! Joins the lines of plain text that was wrapped by the rules of `format=flowed` (RFC 3676): a blank at its end says that a line goes on.

/// The text with one line a paragraph. `delete_space` where the blank was added to break a word (`DelSp=yes`).
pub(super) fn join(text: &str, delete_space: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut depth_before = None;
    for line in text.lines() {
        let unquoted = line.trim_start_matches('>');
        let depth = line.len() - unquoted.len();
        let content = unquoted.strip_prefix(' ').unwrap_or(unquoted);
        if depth_before != Some(depth) {
            if !joined.is_empty() && !joined.ends_with('\n') {
                joined.push('\n');
            }
            joined.extend(std::iter::repeat_n('>', depth));
            if depth > 0 {
                joined.push(' ');
            }
        }
        // "-- " begins a signature and is never joined.
        let flows = content.ends_with(' ') && content != "-- ";
        let written = if flows && delete_space { content.trim_end_matches(' ') } else { content };
        joined.push_str(written);
        if flows {
            depth_before = Some(depth);
        } else {
            joined.push('\n');
            depth_before = None;
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_flow() {
        let check = |text: &str, delete: bool, expected: &str| {
            assert_eq!(join(text, delete), expected, "{text:?}");
        };
        check("The ferry \nstayed.\nIt waited.\n", false, "The ferry stayed.\nIt waited.\n");
        check("> The ferry \n> stayed.\nWhy?", false, "> The ferry stayed.\nWhy?\n");
        check("> The ferry \nWhy?", false, "> The ferry \nWhy?\n");
        check("Bye\n-- \nIlse", false, "Bye\n-- \nIlse\n");
        check("Fähr \nhafen", true, "Fährhafen\n");
        check(" From here \nto there", false, "From here to there\n");
        check("", false, "");
    }
}
