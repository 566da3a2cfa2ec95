//! The fuzz target of queries: libFuzzer's bytes as a query in each of the five languages.
//!
//! `cargo xtask fuzz --parser query` builds and runs it. A finding is a panic, a span that does not fit the text, a fault that cannot be shown, a tree whose
//! printed form is not read back as the same tree, or more than 2 s of the processor.

#![no_main]

mod findings;
mod judged;
mod watch;

use dateline_article::Date;
use dateline_query::{Node, Syntax, parse, parse_as};
use findings::Finding;
use judged::{judge, unsound};
use libfuzzer_sys::fuzz_target;

const TODAY: Date = Date::constant(2024, 3, 14);

fuzz_target!(
    init: {
        watch::note_panics();
    },
    |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        judge(bytes, || read(&text));
    }
);

/// Reads `text` in every language; what is wrong with how it was read.
fn read(text: &str) -> Option<Finding> {
    for syntax in Syntax::ALL {
        let parsed = parse_as(text, TODAY, syntax);
        for fault in &parsed.faults {
            if text.get(fault.span.range()).is_none() || fault.column == 0 {
                return unsound(format!("fault {syntax:?}"), fault.to_string());
            }
            if fault.render(text).lines().count() < 4 {
                return unsound(format!("shown {syntax:?}"), fault.render(text));
            }
        }
        let Some(tree) = parsed.tree.filter(|_| parsed.faults.is_empty()) else { continue };
        if !fits(&tree, text) {
            return unsound(format!("span {syntax:?}"), tree.to_string());
        }
        let printed = tree.to_string();
        let again = parse(&printed, TODAY);
        if again.tree.as_ref() != Some(&tree) || !again.faults.is_empty() {
            let faults: Vec<String> = again.faults.iter().map(ToString::to_string).collect();
            return unsound(format!("printed {syntax:?}"), format!("{printed} {faults:?}"));
        }
    }
    None
}

/// Whether the spans of a tree are pieces of its text.
fn fits(node: &Node, text: &str) -> bool {
    text.get(node.span.range()).is_some()
        && node.children().into_iter().all(|child| fits(child, text))
}
