//! Peaks of a timeline, and what is special in them: the names, keywords and words of titles that its articles have so much more often than the
//! other articles that match that chance would have any of those tried so about once in a thousand times. Where there is none, a peak has none.

use std::collections::{BTreeMap, HashSet};

use dateline_schema::analyze::Words;
use tantivy::Searcher;

use super::title_words::{Placed, title_words};
use super::{DayColumns, Frame};
use crate::engine::{Error, Request};
use crate::facets::columns::Columns;
use crate::facets::tally::{LANES, Lane, Tally};
use crate::facets::{By, Level};
use crate::keyness::{Share, keyness};
use crate::local::LocalEngine;

/// A period that stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct Peak {
    /// The period with the most articles.
    pub period: i32,
    /// Its articles.
    pub articles: u64,
    /// People, places, organisations, keywords and words of titles that are special in it, the most special first.
    pub names: Vec<String>,
}

/// Most peaks that can be explained: one lane of a tally each, beside the one of all articles.
pub const MOST_PEAKS: usize = LANES - 1;
/// Keyness of what is there by chance once in a thousand: χ² with one degree of freedom.
const SPECIAL: f64 = 10.83;
/// Names of a peak.
const NAMES: usize = 3;
/// Fewest articles of the peak that have a name.
const FEWEST_WITH: u64 = 2;
/// Standard deviations above the mean from which a period stands out.
const DEVIATIONS: f64 = 2.0;
/// Fewest articles of a peak.
const FEWEST: u64 = 3;
/// Fewest periods among which one can stand out.
const FEWEST_PERIODS: i32 = 6;

impl LocalEngine {
    /// The `most` highest peaks of the articles that match, and what is special in them.
    pub(super) fn peaks(
        &self,
        searcher: &Searcher,
        request: &Request,
        frame: &Frame,
        counts: &BTreeMap<i32, u64>,
        most: usize,
    ) -> Result<Vec<Peak>, Error> {
        let mut peaks: Vec<Peak> = highest(counts, most.min(MOST_PEAKS))
            .into_iter()
            .map(|(period, articles)| Peak { period, articles, names: Vec::new() })
            .collect();
        if peaks.is_empty() {
            return Ok(peaks);
        }
        let mut tallies = Vec::new();
        for by in [By::Person, By::Place(Level::Named), By::Organisation, By::Keyword] {
            tallies.push(Tally::open(by, self, searcher)?);
        }
        let mut placed = Vec::new();
        let Some(matching) = self.matching(searcher, request)? else { return Ok(peaks) };
        for segment in matching.segments() {
            let days = DayColumns::open(self, segment.reader, frame.of)?;
            let mut columns = Vec::with_capacity(tallies.len());
            for tally in &tallies {
                columns.push(Columns::open(tally, self, searcher, segment.ordinal)?);
            }
            let mut here = Vec::new();
            let mut failed = Ok(());
            segment.each(&mut |doc, cluster| {
                let mut in_peak = [false; LANES];
                for (peak, inside) in peaks.iter().zip(in_peak.iter_mut().skip(1)) {
                    let has = |(first, last)| (first..=last).contains(&peak.period);
                    *inside = days.intervals(doc).filter_map(|days| frame.periods(days)).any(has);
                }
                let lanes = in_peak.iter().enumerate();
                for (lane, _) in lanes.filter(|(lane, inside)| *lane == 0 || **inside) {
                    for (tally, columns) in tallies.iter_mut().zip(&mut columns) {
                        if let Err(error) = columns.count(tally, doc, cluster, Lane(lane)) {
                            failed = Err(error);
                        }
                    }
                }
                here.push(Placed { doc, cluster, in_peak });
            })?;
            failed?;
            placed.push(here);
        }
        let mut names = Vec::new();
        for tally in &mut tallies {
            // A name is read where a peak may have it among its special ones.
            let mut counts = tally.counts();
            counts.retain(|(_, counts)| counts.iter().skip(1).any(|count| *count >= FEWEST_WITH));
            let ids: Vec<_> = counts.iter().map(|(id, _)| *id).collect();
            let counts = counts.into_iter().map(|(_, counts)| counts);
            names.extend(tally.names(&ids)?.into_iter().zip(counts));
        }
        let words = title_words(self, searcher, &placed)?;
        let all = matching.count()?;
        for (peak, lane) in peaks.iter_mut().zip(1..) {
            peak.names = special(&names, &words, lane, Sizes { peak: peak.articles, all });
        }
        Ok(peaks)
    }
}

/// How many articles there are.
#[derive(Clone, Copy)]
struct Sizes {
    peak: u64,
    all: u64,
}

/// Values with the articles that have them, in each lane.
type Counted = [(String, [u64; LANES])];

/// What is special in the peak of a lane, the most special first, each word once; a word that stands in a name that is special is no more news.
fn special(names: &Counted, words: &Counted, lane: usize, sizes: Sizes) -> Vec<String> {
    let with = |counts: &[u64; LANES]| counts.get(lane).copied().unwrap_or_default();
    let tried = |values: &Counted| {
        values.iter().filter(|(_, counts)| with(counts) >= FEWEST_WITH).count().max(1)
    };
    // Of many that are tried some stand out by chance: the tail of χ² falls about as e^(−x/2).
    let threshold = SPECIAL + 2.0 * ((tried(names) + tried(words)) as f64).ln();
    let keyness = |counts: &[u64; LANES]| {
        let (with, everywhere) = (with(counts), counts.first().copied().unwrap_or_default());
        let (rest, all) = (everywhere.saturating_sub(with), sizes.all.saturating_sub(sizes.peak));
        keyness(Share { with, all: sizes.peak }, Share { with: rest, all })
    };
    let above = |values: &Counted| -> Vec<(f64, String)> {
        let keys = values.iter().filter(|(_, counts)| with(counts) >= FEWEST_WITH);
        let keys = keys.map(|(value, counts)| (keyness(counts), value.clone()));
        keys.filter(|(keyness, _)| *keyness > threshold).collect()
    };
    let mut special = above(names);
    let in_names: HashSet<String> = special.iter().flat_map(|(_, name)| folded(name)).collect();
    let fresh = above(words).into_iter();
    special
        .extend(fresh.filter(|(_, word)| folded(word).iter().all(|word| !in_names.contains(word))));
    special.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut said: HashSet<String> = HashSet::new();
    let mut shown = Vec::new();
    for (_, value) in special {
        let words = folded(&value);
        // "Koval" says nothing after "Olena Koval".
        if shown.len() < NAMES && words.iter().any(|word| !said.contains(word)) {
            said.extend(words);
            shown.push(value);
        }
    }
    shown
}

/// The words of a name, folded.
fn folded(name: &str) -> Vec<String> {
    let mut words = Words::new(name);
    let mut folded = Vec::new();
    while words.advance() {
        folded.push(words.folded().to_owned());
    }
    folded
}

/// The periods that stand out among those from the first to the last that have articles, most articles first, then earliest: of neighbours that
/// stand out the highest alone.
pub(super) fn highest(counts: &BTreeMap<i32, u64>, most: usize) -> Vec<(i32, u64)> {
    let (Some((first, _)), Some((last, _))) = (counts.first_key_value(), counts.last_key_value())
    else {
        return Vec::new();
    };
    let periods = last.saturating_sub(*first).saturating_add(1);
    if periods < FEWEST_PERIODS {
        return Vec::new();
    }
    let periods = f64::from(periods);
    let mean = counts.values().sum::<u64>() as f64 / periods;
    let square = counts.values().map(|count| (*count as f64).powi(2)).sum::<f64>() / periods;
    let threshold = mean + DEVIATIONS * (square - mean * mean).max(0.0).sqrt();
    let stands_out = |count: u64| count >= FEWEST && count as f64 > threshold;
    let mut peaks: Vec<(i32, u64)> = Vec::new();
    let mut before = None;
    for (period, count) in counts.iter().filter(|(_, count)| stands_out(**count)) {
        let goes_on = before == period.checked_sub(1);
        before = Some(*period);
        match peaks.last_mut().filter(|_| goes_on) {
            Some(peak) if peak.1 < *count => *peak = (*period, *count),
            Some(_) => {}
            None => peaks.push((*period, *count)),
        }
    }
    peaks.sort_by_key(|(period, count)| (std::cmp::Reverse(*count), *period));
    peaks.truncate(most);
    peaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_out() {
        let check = |counts: &[u64], expected: &[(i32, u64)]| {
            let counts = (100..).zip(counts.iter().copied()).filter(|(_, count)| *count > 0);
            assert_eq!(highest(&counts.collect(), 2), expected);
        };
        check(&[], &[]);
        check(&[5, 5, 5, 5, 5, 5, 5], &[]);
        check(&[1, 0, 1, 2, 0, 1, 1, 0, 1, 0, 12, 1], &[(110, 12)]);
        // Too few articles, too few periods.
        check(&[0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0], &[]);
        check(&[1, 90, 1], &[]);
        // Neighbours are one peak.
        let mut long = vec![1; 60];
        long[20] = 40;
        long[21] = 50;
        long[40] = 45;
        check(&long, &[(121, 50), (140, 45)]);
        long[10] = 60;
        check(&long, &[(110, 60), (121, 50)]);
    }
}
