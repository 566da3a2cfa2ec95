//! Times of queries over several rounds, and what they are by class.
//!
//! Of each query the median over the rounds stands for it, so a moment in which the machine was busy does not; percentiles are over the queries of a class.

use std::collections::BTreeMap;

use anyhow::Context;
use serde_json::Value;

/// A query in one round.
pub(super) struct Row {
    query: usize,
    class: String,
    micros: f64,
}

impl Row {
    /// Reads a row that a program printed, its time under `key`.
    ///
    /// # Errors
    /// Class or time are missing.
    pub(super) fn of(query: usize, row: &Value, key: &str) -> anyhow::Result<Self> {
        let class = row["class"].as_str().context("a row without its class")?.to_owned();
        let micros = row[key].as_f64().context("a row without its time")?;
        Ok(Self { query, class, micros })
    }
}

/// Times of one engine.
#[derive(Default)]
pub(super) struct Latencies(BTreeMap<usize, (String, Vec<f64>)>);

impl Latencies {
    /// Takes in a round.
    pub(super) fn add(&mut self, rows: Vec<Row>) {
        for row in rows {
            let (_, times) = self.0.entry(row.query).or_insert_with(|| (row.class, Vec::new()));
            times.push(row.micros);
        }
    }

    /// The time in µs that a share of the queries of a class, or of all, stay below; none where there are no such queries.
    pub(super) fn at(&self, class: Option<&str>, share: f64) -> Option<f64> {
        let of_class = |(name, _): &&(String, Vec<f64>)| class.is_none_or(|class| name == class);
        let medians = self.0.values().filter(of_class).map(|(_, times)| median(times));
        percentile(medians.collect(), share)
    }
}

/// The middle one.
pub(super) fn median(times: &[f64]) -> f64 {
    percentile(times.to_vec(), 0.5).unwrap_or(f64::NAN)
}

/// The nearest of the values to a share of them.
pub(super) fn percentile(mut values: Vec<f64>, share: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a list's length is one of its places"
    )]
    let at = (last as f64 * share).round() as usize;
    values.get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_medians_of_queries() {
        let row = |query, class: &str, micros| Row { query, class: class.to_owned(), micros };
        let mut latencies = Latencies::default();
        for round in [1.0, 100.0, 2.0] {
            latencies.add(vec![row(0, "or", round), row(1, "or", 10.0), row(2, "and", 5.0)]);
        }
        assert_eq!(latencies.at(Some("or"), 0.0), Some(2.0));
        assert_eq!(latencies.at(Some("or"), 0.99), Some(10.0));
        assert_eq!(latencies.at(None, 0.5), Some(5.0));
        assert_eq!(latencies.at(Some("date"), 0.5), None);
    }
}
