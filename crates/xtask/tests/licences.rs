//! Holds the dependencies to the licences that `deny.toml` allows, without cargo-deny: what each package declares,
//! from `cargo metadata`. It reads no licence texts, and looks at this machine's platform only.

#![expect(clippy::expect_used, reason = "a test may stop at the first thing it cannot read")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

#[test]
fn every_dependency_has_an_allowed_licence() {
    let allowed = allowed();
    let packages = metadata();
    let packages = packages["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "only {} packages: not the whole graph", packages.len());
    let mut faults = Vec::new();
    for package in packages {
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_allowed(licence, &allowed) {
            faults.push(format!("{} {}: {licence:?}", package["name"], package["version"]));
        }
    }
    assert!(faults.is_empty(), "not allowed by deny.toml:\n{}", faults.join("\n"));
}

#[track_caller]
fn check(expression: &str, expected: bool) {
    let allowed = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"];
    let allowed = allowed.map(str::to_owned);
    assert_eq!(is_allowed(expression, &allowed), expected, "expression: {expression}");
}

#[test]
fn expressions_are_read_as_spdx_reads_them() {
    check("MIT", true);
    check("GPL-3.0-only", false);
    check("MIT OR GPL-3.0-only", true);
    check("MIT AND GPL-3.0-only", false);
    check("(MIT OR Apache-2.0) AND Unicode-3.0", true);
    check("(MIT OR Apache-2.0) AND OpenSSL", false);
    // AND binds tighter than OR.
    check("MIT OR OpenSSL AND Unicode-3.0", true);
    check("OpenSSL AND Unicode-3.0 OR OpenSSL", false);
    check("Apache-2.0 WITH LLVM-exception", true);
    check("Apache-2.0 WITH Swift-exception", false);
    check("Apache-2.0 WITH Swift-exception OR MIT", true);
    check("mit or unlicense", false);
}

#[test]
fn old_spellings_are_choices() {
    check("GPL-2.0/MIT", true);
    check("Unlicense / GPL-2.0", false);
}

#[test]
fn what_is_no_expression_is_not_allowed() {
    for expression in ["", "MIT MIT", "(MIT", "MIT)", "OR MIT", "MIT AND", "MIT WITH", "()"] {
        check(expression, false);
    }
}

/// Evaluates an SPDX licence expression (SPDX 2.3, annex D); what is not one is not allowed.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = tokens.as_slice();
    choice(&mut rest, allowed) == Some(true) && rest.is_empty()
}

fn choice(rest: &mut &[&str], allowed: &[String]) -> Option<bool> {
    let mut fine = sum(rest, allowed)?;
    while take(rest, "OR") {
        fine |= sum(rest, allowed)?;
    }
    Some(fine)
}

fn sum(rest: &mut &[&str], allowed: &[String]) -> Option<bool> {
    let mut fine = licence(rest, allowed)?;
    while take(rest, "AND") {
        fine &= licence(rest, allowed)?;
    }
    Some(fine)
}

fn licence(rest: &mut &[&str], allowed: &[String]) -> Option<bool> {
    if take(rest, "(") {
        let fine = choice(rest, allowed)?;
        return take(rest, ")").then_some(fine);
    }
    let mut name = identifier(rest)?.to_owned();
    if take(rest, "WITH") {
        name = format!("{name} WITH {}", identifier(rest)?);
    }
    Some(allowed.contains(&name))
}

fn identifier<'a>(rest: &mut &[&'a str]) -> Option<&'a str> {
    let (&first, others) = rest.split_first()?;
    *rest = others;
    (!["AND", "OR", "WITH", "(", ")"].contains(&first)).then_some(first)
}

fn take(rest: &mut &[&str], token: &str) -> bool {
    let Some((_, others)) = rest.split_first().filter(|(first, _)| **first == token) else {
        return false;
    };
    *rest = others;
    true
}

/// The list `allow` of `deny.toml`: one quoted name a line, comments between.
fn allowed() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).expect("a readable deny.toml");
    let (_, list) = text.split_once("\nallow = [\n").expect("a list `allow`");
    let (list, _) = list.split_once("\n]").expect("an end of the list");
    let lines = list.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let names = lines.map(|line| line.trim_matches(['"', ',']).to_owned());
    names.collect()
}

/// The whole graph for this platform: other platforms' packages may not be there to read.
fn metadata() -> Value {
    let output = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8(output.stdout).expect("rustc -vV prints UTF-8");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host line");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--filter-platform", host])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("crates/xtask is two deep")
}
