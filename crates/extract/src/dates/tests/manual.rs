//! The table in `docs/dates.md` tells what is read.

use dateline_article::Language;

use super::check_in;

const MANUAL: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/dates.md"));

#[test]
fn the_manual_tells_what_is_read() {
    let rows = MANUAL.lines().filter(|line| line.contains(".."));
    let rows: Vec<Vec<&str>> =
        rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect();
    assert!(rows.len() > 30);
    for row in rows {
        let [text, interval, granularity] = row[..] else { panic!("not three columns: {row:?}") };
        check_in(
            Language::ENGLISH,
            text,
            "2024-03-20",
            &format!("{text}={interval} {granularity}"),
        );
    }
}
