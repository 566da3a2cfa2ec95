//! The fuzz target of dates: libFuzzer's bytes as a text in which days are looked for, as a timestamp, and as the days of a query.
//!
//! `cargo xtask fuzz --parser dates` builds and runs it. A finding is a panic, a span that is no piece of the text, a day that ends before it begins, a
//! timestamp that is printed as another, or more than 2 s of the processor.

#![no_main]

mod findings;
mod judged;
mod watch;

use dateline_article::{Date, Language, Timestamp};
use dateline_extract::dates::dates;
use dateline_query::days;
use findings::Finding;
use judged::{judge, unsound};
use libfuzzer_sys::fuzz_target;

const TODAY: Date = Date::constant(2024, 3, 14);
/// Those with a grammar, and one without.
const LANGUAGES: [&str; 11] = ["en", "de", "fr", "es", "it", "nl", "pt", "pl", "ru", "uk", "fi"];

fuzz_target!(
    init: {
        watch::note_panics();
    },
    |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        judge(bytes, || read(&text));
    }
);

/// Reads `text` as dates in every way; what is wrong with how it was read.
fn read(text: &str) -> Option<Finding> {
    for code in LANGUAGES {
        for reference in [None, Some(TODAY)] {
            for found in dates(text, Language::from_tag(code), reference) {
                if text.get(found.span.range()).is_none_or(str::is_empty) {
                    return unsound(format!("span {code}"), format!("{found:?}"));
                }
                let (start, end) = (found.start.to_string(), found.end.to_string());
                if start.is_empty() || end.is_empty() {
                    return unsound(format!("interval {code}"), format!("{found:?}"));
                }
            }
        }
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        let printed = timestamp.to_string();
        if printed.parse::<Timestamp>().ok() != Some(timestamp) {
            return unsound("timestamp", printed);
        }
    }
    if let Err(error) = days(text, TODAY)
        && error.to_string().is_empty()
    {
        return unsound("days", "an error without words");
    }
    None
}
