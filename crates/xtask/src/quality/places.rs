//! Places against toponyms with coordinates: found, and how far from where they are (cf. Gritta et al. 2020).
//!
//! A toponym is found when a mention of a place with a point overlaps it. Within 161 km (100 miles) counts as right, and so
//! does the gold's own GeoNames id.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::Context;
use serde_json::{Value, json};

use super::entities::mentions;
use super::gold::{by_part, field, lines, objects, text};
use super::spans::{Dense, Text, characters};
use super::table::{Table, ratio, share};
use super::{Bench, Section};

/// The section.
pub(super) struct Places;

const SETS: [&str; 4] = ["tr-news", "geovirus", "lgl", "geowebnews"];

const NEAR_KM: f64 = 161.0;

impl Section for Places {
    fn name(&self) -> &'static str {
        "places"
    }

    fn heading(&self) -> &'static str {
        "Where places are"
    }

    fn measure(&self, bench: &Bench<'_>) -> anyhow::Result<String> {
        let mut table = Table::new(&[
            "set",
            "texts",
            "toponyms",
            "found",
            "of those within 161 km",
            "found and within 161 km",
            "median km",
        ]);
        for set in SETS {
            let score = score(bench, set)?;
            let found = score.kilometres.len();
            let near = score.kilometres.iter().filter(|&&km| km <= NEAR_KM).count();
            table.row(vec![
                set.to_owned(),
                score.texts.to_string(),
                score.toponyms.to_string(),
                share(ratio(found, score.toponyms)),
                share(ratio(near, found)),
                share(ratio(near, score.toponyms)),
                format!("{:.0}", median(score.kilometres)),
            ]);
        }
        Ok(format!(
            "Toponyms of news with GeoNames ids or coordinates, from raw text: share found (a mention overlaps), share of those within 161 km, and\n\
             the share of all toponyms both found and within 161 km. TR-News is world news, GeoVirus Wikinews on epidemics, LGL local news of small\n\
             North American places, GeoWebNews 200 sites with adjectives and metonyms counted too. Data: `toponyms/`.\n\n{table}"
        ))
    }
}

#[derive(Default)]
struct Score {
    texts: usize,
    toponyms: usize,
    /// Distances of the toponyms found.
    kilometres: Vec<f64>,
}

/// A gold toponym.
struct Toponym {
    characters: Range<usize>,
    point: (f64, f64),
    geonames: String,
}

fn score(bench: &Bench<'_>, set: &str) -> anyhow::Result<Score> {
    let folder = bench.data.join("toponyms").join(set);
    let gold = objects(&folder.join("docs.jsonl.zst"))?;
    let toponyms = toponyms(&text(&folder.join("toponyms.tsv"))?)?;
    let input = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
    let as_input = |article: &Value| json!({"id": article["id"], "title": field(article, "title"), "published": field(article, "date"), "text": article["text"]});
    let rows: Vec<String> =
        gold.iter().map(|article| as_input(article).to_string() + "\n").collect();
    std::fs::write(input.path(), rows.concat())?;
    let found = by_part(bench.extract(input.path())?);
    let mut score = Score { texts: gold.len(), ..Score::default() };
    for article in &gold {
        let id = field(article, "id");
        let predicted = found.get(id).with_context(|| format!("{id} was not extracted"))?;
        let wanted = toponyms.get(id).map_or(&[][..], Vec::as_slice);
        score.toponyms += wanted.len();
        score.kilometres.extend(distances(field(article, "text"), wanted, predicted));
    }
    Ok(score)
}

/// Toponyms with a point, by text.
fn toponyms(table: &str) -> anyhow::Result<BTreeMap<String, Vec<Toponym>>> {
    let mut rows = lines(table).map(|line| line.split('\t').collect::<Vec<_>>());
    let header = rows.next().context("an empty table")?;
    let column = |name: &str| header.iter().position(|one| *one == name).context("a column lacks");
    let (id, start, end) = (column("doc_id")?, column("start")?, column("end")?);
    let (lat, lon, geonames) = (column("lat")?, column("lon")?, column("geonameid")?);
    let mut of_text: BTreeMap<String, Vec<Toponym>> = BTreeMap::new();
    for row in rows {
        let cell = |column: usize| row.get(column).copied().unwrap_or_default();
        if cell(lat).is_empty() || cell(lon).is_empty() {
            continue;
        }
        of_text.entry(cell(id).to_owned()).or_default().push(Toponym {
            characters: cell(start).parse()?..cell(end).parse()?,
            point: (cell(lat).parse()?, cell(lon).parse()?),
            geonames: cell(geonames).to_owned(),
        });
    }
    Ok(of_text)
}

/// Distances of the toponyms that were found.
fn distances(gold_text: &str, wanted: &[Toponym], predicted: &Value) -> Vec<f64> {
    let (gold, characters) = (Text::gold(gold_text), characters(gold_text));
    let view = Text::predicted(field(predicted, "text"), gold_text);
    let got: Vec<(Dense, &Value)> = mentions(predicted, "places")
        .filter(|(_, place)| place["lat"].is_number())
        .filter_map(|(bytes, place)| Some((view.span(&bytes)?, place)))
        .collect();
    let distance = |toponym: &Toponym| {
        let start = *characters.get(toponym.characters.start)?;
        let span = gold.span(&(start..*characters.get(toponym.characters.end)?))?;
        let overlaps = |other: &Dense| other.start < span.end && span.start < other.end;
        let (_, place) = got.iter().find(|(other, _)| overlaps(other))?;
        let id = place["geonames"].as_u64().map(|id| id.to_string());
        if id.is_some_and(|id| id == toponym.geonames) {
            return Some(0.0);
        }
        Some(kilometres(toponym.point, (place["lat"].as_f64()?, place["lon"].as_f64()?)))
    };
    wanted.iter().filter_map(distance).collect()
}

/// Great circle (haversine) on a sphere of 6,371 km.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let along = a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
    12_742.0 * (half(a.0, b.0) + along).min(1.0).sqrt().asin()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = |index: usize| values.get(index).copied().unwrap_or(0.0);
    let middle = values.len() / 2;
    if values.len().is_multiple_of(2) {
        f64::midpoint(at(middle.saturating_sub(1)), at(middle))
    } else {
        at(middle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_overlapping_place_with_a_point_counts() {
        let table = "doc_id\tstart\tend\tphrase\tgeonameid\tlat\tlon\nx\t3\t10\tKorvald\t5\t10\t20\nx\t0\t2\tÅs\t\t1\t1\nx\t0\t2\tÅs\t\t\t\n";
        let wanted = toponyms(table).unwrap();
        let predicted = json!({"text": "Ås Korvald", "places": [
            {"mentions": [[4, 11]]},
            {"mentions": [[4, 9]], "lat": 50.0, "lon": 20.0, "geonames": 5},
            {"mentions": [[4, 11]], "lat": 11.0, "lon": 20.0}]});
        assert_eq!(distances("Ås Korvald", &wanted["x"], &predicted), [0.0]);
    }

    #[test]
    fn figures() {
        assert!((kilometres((0.0, 0.0), (0.0, 1.0)) - 111.2).abs() < 0.1);
        assert!((median(vec![3.0, 1.0]) - 2.0).abs() < 1e-9);
        assert!((median(vec![3.0, 1.0, 9.0]) - 3.0).abs() < 1e-9);
        assert!(median(Vec::new()).abs() < 1e-9);
    }
}
