//! Real files of every format: what becomes of each, and what a careful reader of the sources says of a part of them.
//!
//! Three things are compared: the records in `expected/formats.jsonl`, written from the sources before the program was asked; what the feeds of
//! feedparser's tests say of themselves; and that no other file is skipped for another reason than its folder allows.

mod expected;
mod feeds;
mod unpack;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::Value;

use self::expected::Expected;
use super::gold::{field, lines};
use super::table::Table;
use super::{Bench, Section};
use crate::built;

/// The section.
pub(super) struct Formats;

/// Reasons for which files of a folder may be skipped without a record of their own: feeds that describe themselves only, and pages whose articles
/// are read with their issue.
const MAY_SKIP: [(&str, &str); 2] = [("feeds/", "empty"), ("alto-mets/", "covered")];

impl Section for Formats {
    fn name(&self) -> &'static str {
        "formats"
    }

    fn heading(&self) -> &'static str {
        "Files of every format"
    }

    fn measure(&self, bench: &Bench<'_>) -> anyhow::Result<String> {
        let folder = tempfile::tempdir()?;
        let files = unpack::copy(&bench.data.join("formats"), folder.path())?;
        let ends = Ends::of(bench, folder.path(), &files)?;
        let records = expected::records()?;
        let mut differences = differences(&records, &ends);
        let mut fed = 0;
        for file in files.iter().filter(|file| file.starts_with("feeds/")) {
            let source = std::fs::read(folder.path().join(file))?;
            let recorded = records.iter().any(|record| record.file == **file);
            if let Some(wanted) = feeds::expectation(&source).filter(|_| !recorded) {
                fed += 1;
                let found = wanted.difference(&ends.of_file(file).articles);
                differences.extend(found.map(|found| format!("{file}: {found}")));
            }
        }
        let read: usize = records.iter().map(|record| record.read.len()).sum();
        let fields: usize =
            records.iter().flat_map(|record| &record.read).map(serde_json::Map::len).sum();
        let body = format!(
            "{} files in the forms in which agencies, databases, libraries and sites keep news; every one ends in articles or in a skip with its reason.\n\
             For {} of them the articles were counted, and {fields} fields of {read} articles written down, after reading the source; {fed} feeds carry\n\
             what is expected of them. Differences: {}. Data: `formats/`; records: `crates/xtask/expected/formats.jsonl`.\n\n{}",
            files.len(),
            records.len(),
            differences.len(),
            table(&ends)
        );
        if !differences.is_empty() {
            bail!("{body}\n{} differences:\n- {}", differences.len(), differences.join("\n- "));
        }
        Ok(body)
    }
}

/// What the records say of when articles appeared, and what was found.
pub(super) struct Published {
    /// A name for each article, and its time, or null where nothing says it.
    pub(super) wanted: Vec<(String, Value)>,
    /// The articles found, by the same names.
    pub(super) found: BTreeMap<String, Value>,
}

/// Reads all files for [`Published`].
pub(super) fn published(bench: &Bench<'_>) -> anyhow::Result<Published> {
    let folder = tempfile::tempdir()?;
    let files = unpack::copy(&bench.data.join("formats"), folder.path())?;
    let ends = Ends::of(bench, folder.path(), &files)?;
    let (mut wanted, mut found) = (Vec::new(), BTreeMap::new());
    for record in expected::records()? {
        for (number, fields) in record.numbered() {
            let Some(published) = fields.get("published") else { continue };
            let name = format!("{}#{number}", record.file);
            let article =
                number.checked_sub(1).and_then(|at| ends.of_file(&record.file).articles.get(at));
            found.extend(article.map(|article| (name.clone(), article.clone())));
            wanted.push((name, published.clone()));
        }
    }
    Ok(Published { wanted, found })
}

/// What became of one file.
#[derive(Debug, Default)]
struct End {
    /// As `extract` prints them.
    articles: Vec<Value>,
    /// Reasons, with the part where one article is meant.
    skips: Vec<(String, Option<String>)>,
}

impl End {
    fn reasons(&self) -> BTreeSet<String> {
        self.skips.iter().map(|(reason, _)| reason.clone()).collect()
    }
}

/// What became of all files, by their paths.
struct Ends(BTreeMap<String, End>);

/// Files for one run of the program.
const AT_ONCE: usize = 200;

impl Ends {
    fn of(bench: &Bench<'_>, root: &Path, files: &[String]) -> anyhow::Result<Self> {
        let mut ends: BTreeMap<String, End> =
            files.iter().map(|file| (file.clone(), End::default())).collect();
        let work = tempfile::tempdir()?;
        let (index, errors) = (work.path().join("index"), work.path().join("errors.jsonl"));
        let text = |path: &Path| path.to_str().map(str::to_owned).context("no UTF-8 in the path");
        let (shown_root, shown_errors) = (text(root)?, text(&errors)?);
        // The whole tree at once, since pages are told from issues by what lies beside them.
        let arguments =
            ["index", &shown_root, "--no-extract", "--errors", &shown_errors, "--format", "json"];
        built::run(bench.binary()?, &index, &arguments)?;
        for line in lines(&std::fs::read_to_string(&errors)?) {
            let skip: Value = serde_json::from_str(line).context("a skip is not JSON")?;
            let end = ends.get_mut(field(&skip, "path"));
            let end = end.with_context(|| format!("skipped, but not there: {skip}"))?;
            let part = skip["part"].as_str().map(str::to_owned);
            end.skips.push((field(&skip, "reason").to_owned(), part));
        }
        let covered = |end: &End| end.reasons().contains("covered");
        let mut by_folder: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (file, _) in ends.iter().filter(|(_, end)| !covered(end)) {
            let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
            by_folder.entry(folder.to_owned()).or_default().push(file.clone());
        }
        for (folder, files) in by_folder {
            for some in files.chunks(AT_ONCE) {
                let paths: Vec<String> =
                    some.iter().map(|file| text(&root.join(file))).collect::<Result<_, _>>()?;
                let mut arguments = vec!["extract", "--no-extract", "--format", "json"];
                arguments.extend(paths.iter().map(String::as_str));
                let output = built::run(bench.binary()?, &index, &arguments)?;
                let printed = String::from_utf8(output.stdout).context("output is not UTF-8")?;
                for line in lines(&printed) {
                    let article: Value = serde_json::from_str(line).context("not JSON")?;
                    let file = format!("{folder}/{}", field(&article, "path"));
                    let end = ends.get_mut(&file).with_context(|| format!("no file {file}"))?;
                    end.articles.push(article);
                }
            }
        }
        Ok(Self(ends))
    }

    fn of_file(&self, file: &str) -> &End {
        const NONE: &End = &End { articles: Vec::new(), skips: Vec::new() };
        self.0.get(file).unwrap_or(NONE)
    }
}

/// What is not as the records say, and files that end in nothing or are skipped without leave.
fn differences(records: &[Expected], ends: &Ends) -> Vec<String> {
    let mut found = Vec::new();
    for record in records {
        let differences = match ends.0.get(&record.file) {
            Some(end) => record.differences(&end.articles, &end.reasons()),
            None => vec!["is not there".to_owned()],
        };
        found.extend(differences.into_iter().map(|one| format!("{}: {one}", record.file)));
    }
    let recorded: BTreeSet<&str> = records.iter().map(|record| &*record.file).collect();
    for (file, end) in ends.0.iter().filter(|(file, _)| !recorded.contains(file.as_str())) {
        if end.articles.is_empty() && end.skips.is_empty() {
            found.push(format!("{file}: neither an article nor a skip"));
        }
        for (reason, part) in &end.skips {
            let may =
                |(folder, allowed): &(&str, &str)| file.starts_with(folder) && reason == allowed;
            // An article without title and text may lie beside others.
            let blank = part.is_some() && reason == "empty" && !end.articles.is_empty();
            if !blank && !MAY_SKIP.iter().any(may) {
                found.push(format!("{file}: skipped as {reason}, which no record expects"));
            }
        }
    }
    found
}

/// Files, articles and skips by folder.
fn table(ends: &Ends) -> Table {
    let mut folders: BTreeMap<&str, Vec<&End>> = BTreeMap::new();
    for (file, end) in &ends.0 {
        let folder = match file.split('/').collect::<Vec<_>>().as_slice() {
            ["alto-mets", inner, ..] => inner,
            [folder, ..] => folder,
            [] => "",
        };
        folders.entry(folder).or_default().push(end);
        folders.entry("~ all").or_default().push(end);
    }
    let mut table = Table::new(&["folder", "files", "with articles", "articles", "skipped"]);
    for (folder, ends) in folders {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for (reason, _) in ends.iter().flat_map(|end| &end.skips) {
            *reasons.entry(reason).or_default() += 1;
        }
        let reasons: Vec<String> =
            reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        table.row(vec![
            folder.trim_start_matches("~ ").to_owned(),
            ends.len().to_string(),
            ends.iter().filter(|end| !end.articles.is_empty()).count().to_string(),
            ends.iter().map(|end| end.articles.len()).sum::<usize>().to_string(),
            reasons.join(", "),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn end(articles: usize, skips: &[(&str, Option<&str>)]) -> End {
        let skips =
            skips.iter().map(|(reason, part)| ((*reason).to_owned(), part.map(str::to_owned)));
        End { articles: vec![json!({"title": "Trams"}); articles], skips: skips.collect() }
    }

    #[test]
    fn skips_need_a_record_or_a_rule() {
        let ends = Ends(
            [
                ("feeds/a.xml", end(0, &[("empty", Some("1"))])),
                ("feeds/b.xml", end(0, &[("malformed", None)])),
                ("wire/a.xml", end(2, &[("empty", Some("3"))])),
                ("wire/b.xml", end(0, &[])),
                ("wire/c.xml", end(1, &[("malformed", None)])),
            ]
            .map(|(file, end)| (file.to_owned(), end))
            .into(),
        );
        let record = |articles: usize| {
            let line = json!({"file": "wire/c.xml", "articles": articles, "skips": ["malformed"]});
            vec![serde_json::from_value::<Expected>(line).unwrap()]
        };
        let without = differences(&record(1), &ends);
        assert_eq!(
            without,
            [
                "feeds/b.xml: skipped as malformed, which no record expects",
                "wire/b.xml: neither an article nor a skip",
            ]
        );
        assert!(differences(&record(2), &ends)[0].starts_with("wire/c.xml: articles"));
        let table = table(&ends).to_string();
        assert!(
            table.contains("| feeds  |     2 |             0 |        0 | 1 empty, 1 malformed |"),
            "{table}"
        );
        assert!(table.trim_end().lines().last().unwrap().starts_with("| all "), "{table}");
    }
}
