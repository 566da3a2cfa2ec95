//! Tables of texts and the dates in them, a file a language, and what must hold of any text.

mod any_text;
mod de;
mod en;
mod es;
mod faults;
mod fr;
mod manual;
mod neutral;

use dateline_article::Language;

use super::{Found, dates};

/// Checks what is found in `text`, written `surface=start..end granularity` with `; ` between.
#[track_caller]
fn check_in(language: Language, text: &str, reference: &str, expected: &str) {
    let found = dates(text, Some(language), reference.parse().ok());
    assert_eq!(written(text, &found), expected, "in: {text}");
}

fn written(text: &str, found: &[Found]) -> String {
    let rows = found.iter().map(|found| {
        let granularity = format!("{:?}", found.granularity).to_lowercase();
        format!("{}={}..{} {granularity}", found.span.of(text), found.start, found.end)
    });
    rows.collect::<Vec<_>>().join("; ")
}
