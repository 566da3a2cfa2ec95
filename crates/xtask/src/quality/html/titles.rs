//! Titles, bylines and published days on the test pages of Mozilla's Readability.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::Context;
use serde_json::Value;

use super::super::Bench;
use super::super::gold::{field, objects};
use super::super::table::{ratio, share};
use super::pages;

/// Measures, and gives the text of its part.
pub(super) fn measure(bench: &Bench<'_>, data: &Path, work: &Path) -> anyhow::Result<String> {
    let pages = pages::unpacked(&data.join("readability-pages.tar.zst"), work)?;
    let gold = objects(&data.join("readability-metadata.jsonl"))?;
    let mut found: BTreeMap<String, Value> = BTreeMap::new();
    // A call a page: their files have one name, and only the folders tell them apart.
    for page in &pages {
        let folder = page.parent().and_then(Path::file_name).context("no folder")?;
        let printed = pages::printed(bench, std::slice::from_ref(page))?;
        found.extend(
            printed.into_iter().next().map(|value| (folder.to_string_lossy().into_owned(), value)),
        );
    }
    Ok(Counts::of(&gold, &found).to_string())
}

#[derive(Default)]
struct Counts {
    titles: usize,
    right: usize,
    without_site: Vec<String>,
    wrong: Vec<String>,
    bylines: usize,
    wrong_bylines: Vec<String>,
    days: usize,
    wrong_days: Vec<String>,
}

impl Counts {
    fn of(gold: &[Value], found: &BTreeMap<String, Value>) -> Self {
        let mut counts = Self::default();
        for page in gold {
            let id = field(page, "id");
            let predicted = found.get(id).unwrap_or(&Value::Null);
            let wanted = field(page, "title");
            if !wanted.is_empty() {
                counts.titles += 1;
                match compare(wanted, field(predicted, "title")) {
                    Title::Same => counts.right += 1,
                    Title::WithoutSite => {
                        counts.right += 1;
                        counts.without_site.push(id.to_owned());
                    }
                    Title::Other => counts.wrong.push(id.to_owned()),
                }
            }
            let wanted = field(page, "byline");
            if !wanted.is_empty() {
                counts.bylines += 1;
                let names: Vec<&str> = predicted["byline"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                if !names_in(wanted, &names) {
                    counts.wrong_bylines.push(id.to_owned());
                }
            }
            let day = |text: &str| text.get(..10).unwrap_or_default().to_owned();
            let wanted = day(field(page, "publishedTime"));
            if !wanted.is_empty() {
                counts.days += 1;
                let written = predicted["published"]
                    .as_str()
                    .or_else(|| predicted["published"]["at"].as_str());
                if day(written.unwrap_or_default()) != wanted {
                    counts.wrong_days.push(id.to_owned());
                }
            }
        }
        counts
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |ids: &[String]| if ids.is_empty() { "none".to_owned() } else { ids.join(", ") };
        let mut text = String::new();
        writeln!(
            text,
            "\nOn the {} titled test pages of Readability {} titles are right ({}). Gold titles that keep the site's name, or what stands in its place, and count\n\
             as right without it: {}. Wrong: {}. Published days: {} of {} wrong ({}). Of {} bylines\n\
             {} name nobody or somebody else than the gold line ({}).",
            self.titles,
            self.right,
            share(ratio(self.right, self.titles)),
            list(&self.without_site),
            list(&self.wrong),
            self.wrong_days.len(),
            self.days,
            list(&self.wrong_days),
            self.bylines,
            self.wrong_bylines.len(),
            list(&self.wrong_bylines),
        )?;
        f.write_str(&text)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Title {
    Same,
    /// The gold title goes on behind a separator.
    WithoutSite,
    Other,
}

/// The words of a text in small letters, without signs.
fn key(text: &str) -> String {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}

/// Whether there are names, and each stands in the line that says who wrote the page ("By Ilse Varga, Tuesday, 12:30").
fn names_in(line: &str, names: &[&str]) -> bool {
    let line = format!(" {} ", key(line));
    !names.is_empty() && names.iter().all(|name| line.contains(&format!(" {} ", key(name))))
}

fn compare(wanted: &str, found: &str) -> Title {
    if key(wanted) == key(found) {
        return Title::Same;
    }
    let rest = wanted.trim().strip_prefix(found.trim()).filter(|_| !found.trim().is_empty());
    let separated = rest.is_some_and(|rest| {
        rest.trim_start().starts_with(['-', '–', '—', '|', '_', '(', '（', '·', ':'])
    });
    if separated { Title::WithoutSite } else { Title::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_compared() {
        let check = |line: &str, names: &[&str], expected: bool| {
            assert_eq!(names_in(line, names), expected, "{line}");
        };
        check("By Ilse Varga and Ivo Marek, Tuesday", &["Ilse Varga", "Ivo Marek"], true);
        check("By Ilse Varga", &[], false);
        check("By Ilse Vargas", &["Ilse Varga"], false);
        check("Ilse Varga", &["Ilse Varga", "Tuesday"], false);
    }

    #[test]
    fn titles_are_compared() {
        let check = |wanted: &str, found: &str, expected: Title| {
            assert_eq!(compare(wanted, found), expected, "{wanted} / {found}");
        };
        check("Ferry stays", "Ferry  Stays", Title::Same);
        check("Ferry stays - Orlava Post", "Ferry stays", Title::WithoutSite);
        check("Ferry stays - Orlava Post", "Ferry", Title::Other);
        check("Ferry stays", "Ferry stays - Orlava Post", Title::Other);
        check("Ferry stays", "", Title::Other);
    }
}
