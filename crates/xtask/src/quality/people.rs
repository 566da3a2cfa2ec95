//! Spellings of people's names: which pairs of a table `person:` takes for one, and how many of them rightly. Needs no collection.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use super::table::{Table, ratio, share};
use super::{Bench, Section};
use crate::workspace::root;

/// The section.
pub(super) struct People;

/// Below the workspace's root.
const PAIRS: &str = "crates/schema/src/analyze/sounds/people.txt";

impl Section for People {
    fn name(&self) -> &'static str {
        "people"
    }

    fn heading(&self) -> &'static str {
        "Spellings of people"
    }

    fn measure(&self, _bench: &Bench<'_>) -> anyhow::Result<String> {
        let text = std::fs::read_to_string(root().join(PAIRS))
            .with_context(|| format!("cannot read {PAIRS}"))?;
        let pairs = pairs(&text);
        let alike = ask(&pairs)?;
        let mut groups: Vec<(&str, Counts)> = Vec::new();
        let mut all = Counts::default();
        for (pair, alike) in pairs.iter().zip(&alike) {
            all.add(pair.same, *alike);
            if groups.last().is_none_or(|(group, _)| *group != pair.group) {
                groups.push((pair.group, Counts::default()));
            }
            groups.last_mut().into_iter().for_each(|(_, counts)| counts.add(pair.same, *alike));
        }
        let mut table = Table::new(&["names", "pairs", "taken for one", "share"]);
        for (group, Counts { found, missed, wrong, apart }) in groups {
            let (pairs, one) = (found + missed + wrong + apart, found + wrong);
            table.row(vec![
                group.to_owned(),
                pairs.to_string(),
                one.to_string(),
                share(ratio(one, pairs)),
            ]);
        }
        let faults = pairs.iter().zip(&alike).filter(|(pair, alike)| pair.same != **alike);
        let faults: Vec<String> =
            faults.map(|(pair, _)| format!("{} / {}", pair.one, pair.other)).collect();
        Ok(format!(
            "Pairs of a table of our own (`{PAIRS}`): spellings of one person in the press of several languages, and names of different people\nthat are near each other. Whether `person:` takes them for one. The table was looked at while the rules were made.\n\n{table}\nPrecision {}, recall {} over {} pairs that are one and {} that are not. Wrong: {}.",
            share(ratio(all.found, all.found + all.wrong)),
            share(ratio(all.found, all.found + all.missed)),
            all.found + all.missed,
            all.wrong + all.apart,
            faults.join(", "),
        ))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    found: usize,
    missed: usize,
    wrong: usize,
    apart: usize,
}

impl Counts {
    fn add(&mut self, same: bool, alike: bool) {
        let count = match (same, alike) {
            (true, true) => &mut self.found,
            (true, false) => &mut self.missed,
            (false, true) => &mut self.wrong,
            (false, false) => &mut self.apart,
        };
        *count += 1;
    }
}

/// Two names of the table.
#[derive(Debug, PartialEq, Eq)]
struct Pair<'a> {
    /// The heading above them.
    group: &'a str,
    one: &'a str,
    other: &'a str,
    /// Whether they are of one person.
    same: bool,
}

/// The first name of each line with each other.
fn pairs(text: &str) -> Vec<Pair<'_>> {
    let mut group = "";
    let mut pairs = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let same = line.contains(" = ");
        let mut names = line.split(if same { " = " } else { " ≠ " });
        let Some(one) = names.next() else { continue };
        let before = pairs.len();
        pairs.extend(names.map(|other| Pair { group, one, other, same }));
        if pairs.len() == before {
            group = line;
        }
    }
    pairs
}

/// Whether each pair is taken for one, by the index's own rules.
fn ask(pairs: &[Pair<'_>]) -> anyhow::Result<Vec<bool>> {
    let mut child = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--release", "--package", "dateline-schema", "--example", "alike"])
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run the example alike")?;
    let line = |pair: &Pair<'_>| [pair.one, "\t", pair.other, "\n"].concat();
    let lines = pairs.iter().map(line).collect::<String>();
    let mut input = child.stdin.take().context("no input")?;
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output()?;
    if writer.join().is_err() || !output.status.success() {
        bail!("the example alike failed");
    }
    let text = String::from_utf8(output.stdout).context("output is not UTF-8")?;
    let answers: Vec<bool> = text.lines().map(|line| line == "true").collect();
    if answers.len() != pairs.len() {
        bail!("{} answers for {} pairs", answers.len(), pairs.len());
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_makes_pairs_with_its_first_name() {
        let found = pairs("# note\n\nGreek\nA B = C = D\nOthers\nA ≠ E\n");
        let pair = |group, one, other, same| Pair { group, one, other, same };
        assert_eq!(
            found,
            [
                pair("Greek", "A B", "C", true),
                pair("Greek", "A B", "D", true),
                pair("Others", "A", "E", false)
            ]
        );
    }
}
