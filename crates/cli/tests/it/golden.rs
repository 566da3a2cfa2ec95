//! Indexes of every format (`crates/schema/tests/golden`): those of the present one answer, all others are refused with the command that helps, which does.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Desk, json_lines, repository};

fn golden() -> PathBuf {
    repository().join("crates/schema/tests/golden")
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// A desk with the golden corpus as `news` and the golden index of a format as `index`.
fn desk(version: &str) -> Desk {
    let desk = Desk::new(&[]);
    copy_folder(&golden().join("corpus/news"), &desk.path("news"));
    copy_folder(&golden().join(version), &desk.path("index"));
    desk
}

/// Changes `dateline.json`: what the format is called, and where the folder lies.
fn rewrite(desk: &Desk, version: Option<u64>) {
    let path = desk.path("index/dateline.json");
    let mut manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    if let Some(version) = version {
        manifest["format_version"] = version.into();
        manifest["format_hash"] = "0123456789abcdef".into();
    }
    manifest["roots"][0]["path"] =
        fs::canonicalize(desk.path("news")).unwrap().to_str().unwrap().into();
    fs::write(&path, manifest.to_string()).unwrap();
}

/// Title and people of every article.
fn held(desk: &Desk) -> Vec<(String, String)> {
    let hits =
        json_lines(&desk.stdout(0, &["search", "*", "--format", "json", "--sort", "oldest"]));
    hits.iter()
        .map(|hit| (hit["title"].as_str().unwrap().to_owned(), hit["people"].to_string()))
        .collect()
}

const HELD: [(&str, &str); 3] = [
    ("Bridge closes", "[]"),
    ("Ferry stays in port", "[\"Olena Koval\"]"),
    ("Talks on fuel begin", "[\"Jens Stoltenberg\"]"),
];

#[track_caller]
fn check_held(desk: &Desk) {
    let expected = HELD.map(|(title, people)| (title.to_owned(), people.to_owned()));
    assert_eq!(held(desk), expected);
    let whole = json_lines(&desk.stdout(0, &["verify", "--format", "json"]));
    assert_eq!((&whole[0]["ok"], &whole[0]["articles"]), (&true.into(), &3.into()), "{whole:?}");
}

/// Every command says what to run, and that builds the index anew from the folders it knows.
#[track_caller]
fn check_refused(desk: &Desk, version: u64) {
    let kept = fs::read(desk.path("index/dateline.json")).unwrap();
    for command in [
        &["search", "ferry"][..],
        &["index"],
        &["index", "news"],
        &["index", "--dry-run"],
        &["stats"],
        &["verify"],
        &["facets", "--by", "source"],
        &["show", "0123456789abcdef"],
    ] {
        let transcript = desk.transcript(command);
        assert!(transcript.starts_with("exit 2\n"), "{command:?}: {transcript}");
        for said in
            [&*format!("index format {version} "), "`dateline index --rebuild --index index`"]
        {
            assert!(transcript.contains(said), "{command:?}: no {said} in {transcript}");
        }
        assert_eq!(fs::read(desk.path("index/dateline.json")).unwrap(), kept, "{command:?}");
    }
    desk.stdout(0, &["index", "--rebuild"]);
    check_held(desk);
}

#[test]
fn each_format_answers_or_says_what_to_run() {
    let mut present = 0;
    for entry in fs::read_dir(golden()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(version) = name.strip_prefix('v').and_then(|version| version.parse::<u64>().ok())
        else {
            continue;
        };
        let desk = desk(&name);
        if version == u64::from(dateline_schema::FORMAT_VERSION) {
            present += 1;
            check_held(&desk);
            rewrite(&desk, None);
            desk.stdout(0, &["index", "--rebuild"]);
            check_held(&desk);
        } else {
            rewrite(&desk, None);
            // `verify` would tell of the changed path first.
            fs::remove_file(desk.path("index/checksums")).unwrap();
            check_refused(&desk, version);
        }
    }
    assert_eq!(present, 1, "the present format has no golden index: see its README.md");
}

/// One of an older and one of a newer format, whose other files this version could not read.
#[test]
fn older_and_newer_formats_are_built_anew() {
    let present = u64::from(dateline_schema::FORMAT_VERSION);
    for version in [0, present - 1, present + 1, 99] {
        let desk = desk(&format!("v{present}"));
        rewrite(&desk, Some(version));
        fs::write(desk.path("index/tantivy/meta.json"), "{\"of another time\": []}").unwrap();
        fs::write(desk.path("index/state-1"), "nothing that is read today\n").unwrap();
        fs::remove_file(desk.path("index/checksums")).unwrap();
        check_refused(&desk, version);
        let newer = version > present;
        rewrite(&desk, Some(version));
        let transcript = desk.transcript(&["search", "ferry"]);
        assert_eq!(transcript.contains("newer version"), newer, "{transcript}");
    }
}
