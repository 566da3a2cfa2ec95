//! `dateline verify`, word for word, on a whole index and a damaged one.

use crate::{Desk, json_lines};

#[test]
fn whole_and_damaged() {
    let desk = Desk::small();
    desk.stdout(0, &["index", "news"]);
    let whole = json_lines(&desk.stdout(0, &["verify", "--format", "json"]));
    assert_eq!(whole[0]["ok"], true, "{whole:?}");
    assert_eq!(whole[0]["problems"], serde_json::json!([]));
    assert_eq!(whole[0]["articles"], 3);
    let text = desk.stdout(0, &["verify"]);
    assert!(text.starts_with("whole: ") && text.ends_with(" files, 3 articles\n"), "{text}");

    let path = desk.path("index/state-1");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[7] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    insta::assert_snapshot!(desk.transcript(&["verify"]));
    let damaged = json_lines(&desk.stdout(2, &["verify", "--format", "json"]));
    assert_eq!(damaged[0]["ok"], false);
    assert_eq!(damaged[0]["problems"], serde_json::json!(["state-1: differs from its checksum"]));
    insta::assert_snapshot!(desk.transcript(&["verify", "--index", "news"]));
}
