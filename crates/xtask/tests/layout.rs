//! Holds the workspace to its layout: which crate may use which, where versions stand, what a plain `cargo run`
//! means, that dependencies have their reasons, and what a source file looks like. `docs/architecture.md` says why.

#![expect(clippy::expect_used, reason = "a test may stop at the first thing it cannot read")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Each member, and the members that it may use outside its tests. A new edge is a decision: it changes this table,
/// `docs/architecture.md` and `docs/decisions.md` together.
const MAY_USE: &[(&str, &[&str])] = &[
    ("article", &[]),
    ("gazetteer", &["article"]),
    ("tagger", &[]),
    ("readers", &["article"]),
    ("extract", &["article", "gazetteer", "tagger"]),
    ("schema", &["article"]),
    ("indexer", &["article", "readers", "extract", "schema"]),
    ("query", &["article", "gazetteer", "schema"]),
    ("cli", &["article", "schema", "indexer", "query"]),
    ("xtask", &["article", "gazetteer", "extract", "schema"]),
    ("benches", &["article", "gazetteer", "readers", "extract", "schema", "indexer", "query"]),
];

/// Outside crates that belong to some members only.
const RESERVED: &[(&str, &[&str])] = &[
    ("anstyle-svg", &["xtask"]),
    ("anyhow", &["cli", "xtask", "benches"]),
    ("brotli-decompressor", &["readers"]),
    ("chardetng", &["readers"]),
    ("clap", &["cli", "xtask"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("criterion", &["benches"]),
    ("crossbeam-channel", &["indexer"]),
    ("dom_query", &["readers"]),
    ("dom_smoothie", &["readers"]),
    ("encoding_rs", &["readers"]),
    ("flate2", &["readers", "xtask"]),
    ("frostem", &["schema"]),
    ("fst", &["gazetteer", "xtask"]),
    ("gethostname", &["cli"]),
    ("hdrhistogram", &["cli"]),
    ("indicatif", &["cli"]),
    ("lzma-rust2", &["readers"]),
    ("mail-parser", &["readers"]),
    ("pdf-extract", &["readers"]),
    ("plotters", &["cli"]),
    ("ruzstd", &["readers", "xtask"]),
    ("quick-xml", &["readers"]),
    ("rustc-hash", &["extract", "query"]),
    ("rustix", &["schema", "cli"]),
    ("signal-hook", &["cli"]),
    ("similar", &["query"]),
    ("tantivy", &["schema", "indexer", "query", "benches"]),
    ("tracing", &["indexer", "cli"]),
    ("tracing-subscriber", &["cli"]),
    ("unicode-segmentation", &["cli", "query"]),
    ("walkdir", &["indexer"]),
    ("whatlang", &["extract"]),
    ("zip", &["readers"]),
    ("zstd", &["schema"]),
];

/// Members that `cargo run` and `cargo build` leave alone.
const NOT_DEFAULT: &[&str] = &["xtask", "benches"];

const MAX_LINES: usize = 600;
/// Sources that may be longer, each with its reason.
const LONG: &[(&str, &str)] = &[];

/// Names that say nothing of what a file holds.
const VAGUE: &[&str] =
    &["common", "helper", "helpers", "manager", "managers", "misc", "tools", "util", "utils"];

#[test]
fn members_use_only_what_lies_below() {
    let used = dependencies(&metadata());
    let listed: BTreeSet<&str> = MAY_USE.iter().map(|(member, _)| *member).collect();
    let found: BTreeSet<&str> = used.keys().map(String::as_str).collect();
    assert_eq!(found, listed, "the workspace's members (left) are not those of MAY_USE (right)");

    let mut faults = Vec::new();
    for (member, allowed) in MAY_USE {
        for name in &used[*member] {
            if let Some(other) = name.strip_prefix("dateline-")
                && !allowed.contains(&other)
            {
                faults.push(format!("{member} must not use {other}"));
            }
            let owners = RESERVED.iter().find(|(outside, _)| outside == name);
            if let Some((_, owners)) = owners
                && !owners.contains(member)
            {
                faults.push(format!("{member} must not use {name}: that is for {owners:?}"));
            }
        }
    }
    assert_no(&faults);
}

#[test]
fn cargo_run_means_dateline() {
    let metadata = metadata();
    let members = names(&metadata, "workspace_members");
    let default = names(&metadata, "workspace_default_members");
    let left_out: BTreeSet<String> = NOT_DEFAULT.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(default, &members - &left_out, "default-members of the root Cargo.toml");
}

#[test]
fn versions_and_lints_stand_in_the_root_only() {
    let mut faults = Vec::new();
    for path in files(|path| path.ends_with("Cargo.toml")) {
        let shown = shown(&path);
        if shown == "crates/fuzz/Cargo.toml" {
            // A workspace of its own.
            continue;
        }
        let mut section = "";
        let mut lints = false;
        let text = read(&path);
        for line in text.lines().map(str::trim) {
            if line.starts_with('[') {
                section = line;
            }
            let inherited = line.replace(' ', "").contains("workspace=true");
            lints |= inherited && section == "[lints]";
            let entry = !line.is_empty() && !line.starts_with(['#', '[']);
            if entry && section.ends_with("dependencies]") && !inherited {
                faults.push(format!("{shown}: `{line}` belongs into [workspace.dependencies]"));
            }
        }
        if !lints {
            faults.push(format!("{shown}: has no `[lints] workspace = true`"));
        }
    }
    assert_no(&faults);
}

#[test]
fn every_outside_crate_has_its_row_of_reasons() {
    let manifest = read(&root().join("Cargo.toml"));
    let (_, table) =
        manifest.split_once("[workspace.dependencies]").expect("the table of versions");
    let lines = table.lines().skip(1).take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| line.split_once(" = ").map(|(name, _)| name));
    let outside =
        names.filter(|name| !name.starts_with(['#', ' ']) && !name.starts_with("dateline-"));
    let decisions = read(&root().join("docs/decisions.md"));
    let rows = decisions.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let rows: BTreeSet<&str> = rows.map(|(name, _)| name).collect();
    let outside: BTreeSet<&str> = outside.collect();
    assert_eq!(rows, outside, "rows of docs/decisions.md (left), [workspace.dependencies] (right)");
}

#[test]
fn sources_open_with_a_doc_stay_short_and_are_named_for_what_they_hold() {
    let mut faults = Vec::new();
    let mut long = BTreeSet::new();
    for path in files(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let shown = shown(&path);
        let text = read(&path);
        if !text.starts_with("//!") {
            faults.push(format!("{shown}: does not open with `//!`, what it holds and what not"));
        }
        let lines = text.lines().count();
        if lines > MAX_LINES {
            long.insert(shown.clone());
            if !LONG.iter().any(|(listed, _)| *listed == shown) {
                faults.push(format!("{shown}: {lines} lines; split it by what it does"));
            }
        }
        let vague = |part: &str| VAGUE.contains(&part.trim_end_matches(".rs"));
        if shown.split('/').any(vague) {
            faults.push(format!("{shown}: name it after what it holds"));
        }
    }
    let listed = LONG.iter().filter(|(listed, _)| !long.contains(*listed));
    faults.extend(listed.map(|(listed, _)| format!("{listed}: is not long; take it out of LONG")));
    assert_no(&faults);
}

#[track_caller]
fn assert_no(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Normal and build dependencies of each member, its name without `dateline-`; test dependencies are free.
fn dependencies(metadata: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let packages = metadata["packages"].as_array().expect("packages").iter();
    packages
        .map(|package| {
            let declared = package["dependencies"].as_array().expect("dependencies").iter();
            let outside_tests = declared.filter(|dependency| dependency["kind"] != "dev");
            let names = outside_tests.map(|dependency| text(&dependency["name"]).to_owned());
            (short(text(&package["name"])), names.collect())
        })
        .collect()
}

/// The packages whose ids stand in the list `key`, without `dateline-`.
fn names(metadata: &Value, key: &str) -> BTreeSet<String> {
    let ids = metadata[key].as_array().expect("a list of ids");
    let packages = metadata["packages"].as_array().expect("packages").iter();
    let chosen = packages.filter(|package| ids.contains(&package["id"]));
    chosen.map(|package| short(text(&package["name"]))).collect()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

fn short(package: &str) -> String {
    package.trim_start_matches("dateline-").to_owned()
}

/// The files below `crates` and `benches` that `wanted` takes, sorted.
fn files(wanted: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut folders = vec![root().join("crates"), root().join("benches")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if wanted(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a readable file of UTF-8")
}

/// The path below the workspace's root, with `/`.
fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(root()).expect("a path below the root");
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("crates/xtask is two deep")
}
