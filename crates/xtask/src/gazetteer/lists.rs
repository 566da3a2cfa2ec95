//! Reads our own lists in `crates/gazetteer/data`: tab-separated, `#` begins a comment line.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use dateline_gazetteer::{Kind, Usage};

/// A row of `names.tsv` or `demonyms.tsv`.
#[derive(Debug)]
pub(super) struct OwnName {
    /// `@` and a continent's code, a country's, a region's, a code of `places.tsv`, or a GeoNames id.
    pub(super) place: String,
    pub(super) name: String,
    pub(super) usage: Usage,
    /// Whether the place is shown under it instead of the source's name.
    pub(super) is_shown: bool,
}

/// A row of `places.tsv`.
#[derive(Debug)]
pub(super) struct OwnPlace {
    pub(super) code: String,
    pub(super) kind: Kind,
    pub(super) name: String,
    /// Code of the place it lies in, where it lies in one.
    pub(super) within: Option<String>,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) other_names: Vec<String>,
}

/// A row of `points.tsv`.
#[derive(Debug)]
pub(super) struct OwnPoint {
    pub(super) place: String,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

/// Everything read.
#[derive(Debug)]
pub(super) struct Lists {
    pub(super) names: Vec<OwnName>,
    pub(super) demonyms: Vec<OwnName>,
    pub(super) places: Vec<OwnPlace>,
    /// Where the middle of countries and wide regions is.
    pub(super) points: Vec<OwnPoint>,
    /// Words that are seldom places where they stand in a text, folded.
    pub(super) words: HashSet<String>,
}

impl Lists {
    pub(super) fn read(folder: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            names: rows(&folder.join("names.tsv"), name)?,
            demonyms: rows(&folder.join("demonyms.tsv"), name)?,
            places: rows(&folder.join("places.tsv"), place)?,
            points: rows(&folder.join("points.tsv"), point)?,
            words: rows(&folder.join("words.txt"), word)?.into_iter().flatten().collect(),
        })
    }
}

fn rows<T>(path: &Path, read: fn(&[&str]) -> anyhow::Result<T>) -> anyhow::Result<Vec<T>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let row = |(number, line): (usize, &str)| {
        let columns: Vec<&str> = line.split('\t').collect();
        read(&columns).with_context(|| format!("{}:{}: {line:?}", path.display(), number + 1))
    };
    lines.map(row).collect()
}

fn name(columns: &[&str]) -> anyhow::Result<OwnName> {
    let &[place, name, _language, usage] = columns else { bail!("not four columns") };
    let is_shown = usage == "shown";
    let usage = match usage {
        "text" | "shown" => Usage::Text,
        "capitals" => Usage::Capitals,
        "query" => Usage::Query,
        _ => bail!("unknown use"),
    };
    Ok(OwnName { place: place.to_owned(), name: name.to_owned(), usage, is_shown })
}

fn place(columns: &[&str]) -> anyhow::Result<OwnPlace> {
    let (&[code, kind, name, within, latitude, longitude], others) =
        columns.split_first_chunk().context("fewer than six columns")?;
    let other_names = match others {
        [] => Vec::new(),
        [names] => names.split('|').map(str::to_owned).collect(),
        _ => bail!("more than seven columns"),
    };
    Ok(OwnPlace {
        code: code.to_owned(),
        kind: Kind::from_word(kind).context("unknown kind")?,
        name: name.to_owned(),
        within: (within != "-").then(|| within.to_owned()),
        latitude: latitude.parse()?,
        longitude: longitude.parse()?,
        other_names,
    })
}

fn point(columns: &[&str]) -> anyhow::Result<OwnPoint> {
    let &[place, latitude, longitude] = columns else { bail!("not three columns") };
    let (latitude, longitude) = (latitude.parse()?, longitude.parse()?);
    Ok(OwnPoint { place: place.to_owned(), latitude, longitude })
}

fn word(columns: &[&str]) -> anyhow::Result<Vec<String>> {
    let &[line] = columns else { bail!("not one column") };
    Ok(line.split(' ').map(|word| word.replace('_', " ")).collect())
}
