//! How much more one query costs than another, and facets and timelines than counting: pairs made from the articles of an index, timed in turn.
//!
//! `ratios INDEX` prints a JSON object a line for each kind of pair: medians in microseconds and the median of the pairs' ratios, for ids alone and for whole
//! pages. `ratios INDEX KIND first|second PASSES` runs one side of one kind without timing it, for a counter of instructions around the process.

use std::collections::HashMap;
use std::path::Path;
use std::time::Instant;

use dateline_article::{Date, Record};
use dateline_query::{
    By, CopyMode, Engine, Error, FacetRequest, Level, LocalEngine, Mode, Of, Request, Require,
    Sort, TimelineRequest, Unit, Window, parse,
};
use serde_json::json;

/// Articles that words, names and days are taken from.
const SAMPLE: usize = 2_000;
/// Pairs of a kind.
const PAIRS: usize = 40;
/// Times that each query of a pair is run, in turn with the other.
const ROUNDS: usize = 15;
/// Share of the articles that have a common word, and a less common one.
const COMMON: std::ops::Range<f64> = 0.05..0.55;
const LESS_COMMON: std::ops::Range<f64> = 0.004..0.05;

type Failure = Box<dyn std::error::Error>;

/// Two tasks of which the second does more.
struct Pair {
    kind: &'static str,
    first: Task,
    second: Task,
}

/// What is timed.
enum Task {
    Search(Request),
    Count(Request),
    Facets(Box<FacetRequest>),
    Timeline(TimelineRequest),
}

impl Task {
    /// Does it; `mode` is for searches.
    fn run(&self, engine: &LocalEngine, mode: Mode) -> Result<(), Error> {
        match self {
            Self::Search(request) => {
                engine.search(&Request { mode, ..request.clone() })?;
            }
            Self::Count(request) => {
                engine.count(request)?;
            }
            Self::Facets(request) => {
                engine.facets(request)?;
            }
            Self::Timeline(request) => {
                engine.timeline(request)?;
            }
        }
        Ok(())
    }
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (index, only) = match arguments[..] {
        [index] => (index, None),
        [index, kind, side @ ("first" | "second"), passes] => {
            (index, Some((kind, side, passes.parse::<usize>()?)))
        }
        _ => return Err("usage: ratios INDEX [KIND first|second PASSES]".into()),
    };
    let engine = LocalEngine::open(Path::new(index))?;
    let pairs = pairs(&engine)?;
    if let Some((kind, side, passes)) = only {
        for _ in 0..passes {
            for pair in pairs.iter().filter(|pair| pair.kind == kind) {
                let task = if side == "first" { &pair.first } else { &pair.second };
                task.run(&engine, Mode::Page)?;
            }
        }
        return Ok(());
    }
    for of_kind in pairs.chunk_by(|a, b| a.kind == b.kind) {
        let ids = timed(&engine, of_kind, Mode::Ids)?;
        let searched = of_kind.iter().any(|pair| matches!(pair.first, Task::Search(_)));
        let page = searched.then(|| timed(&engine, of_kind, Mode::Page)).transpose()?;
        let kind = of_kind.first().map_or("", |pair| pair.kind);
        let row = json!({
            "kind": kind, "pairs": of_kind.len(),
            "first": ids.first, "second": ids.second, "ratio": ids.ratio, "whole": ids.whole,
            "page_ratio": page.as_ref().map(|page| page.ratio), "page_whole": page.map(|page| page.whole),
        });
        #[expect(clippy::print_stdout, reason = "the program is there to print")]
        {
            println!("{row}");
        }
    }
    Ok(())
}

/// What was measured of a kind.
struct Measured {
    /// Median over the queries, in microseconds.
    first: f64,
    second: f64,
    /// Median of the pairs' ratios.
    ratio: f64,
    /// Time of all second queries by that of all first ones.
    whole: f64,
}

fn timed(engine: &LocalEngine, pairs: &[Pair], mode: Mode) -> Result<Measured, Failure> {
    let (mut firsts, mut seconds, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for pair in pairs {
        let sides = [&pair.first, &pair.second];
        let mut times = [Vec::new(), Vec::new()];
        for round in 0..=ROUNDS {
            for (side, times) in sides.iter().zip(&mut times) {
                let begun = Instant::now();
                side.run(engine, mode)?;
                // The first round warms up.
                if round > 0 {
                    times.push(begun.elapsed().as_secs_f64() * 1e6);
                }
            }
        }
        let [first, second] = times.map(median);
        firsts.push(first);
        seconds.push(second);
        ratios.push(second / first);
    }
    let whole = seconds.iter().sum::<f64>() / firsts.iter().sum::<f64>();
    Ok(Measured { first: median(firsts), second: median(seconds), ratio: median(ratios), whole })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The pairs of every kind, kind after kind; the same ones for the same index.
fn pairs(engine: &LocalEngine) -> Result<Vec<Pair>, Failure> {
    let records = sample(engine)?;
    let texts: Vec<String> = records.iter().map(|record| record.article.text()).collect();
    let words: Vec<Vec<&str>> = texts.iter().map(|text| words(text)).collect();
    let mut articles_with: HashMap<&str, usize> = HashMap::new();
    for text in &words {
        let mut distinct = text.clone();
        distinct.sort_unstable();
        distinct.dedup();
        for word in distinct {
            *articles_with.entry(word).or_default() += 1;
        }
    }
    let is = |word: &str, share: &std::ops::Range<f64>| {
        let articles = articles_with.get(word).copied().unwrap_or_default();
        share.contains(&(articles as f64 / records.len() as f64))
    };
    // Common and less common words by turns.
    let term = |n: usize| {
        let share = if n.is_multiple_of(2) { COMMON } else { LESS_COMMON };
        let text = words.get(n)?;
        let from = n * 31 % text.len().max(1);
        text.iter()
            .skip(from)
            .chain(text)
            .find(|word| !word.is_empty() && is(word, &share))
            .copied()
    };
    let beside = |n: usize, length: usize| {
        let text = words.get(n)?;
        let fits = |word: &&str| is(word, &(LESS_COMMON.start..COMMON.end));
        let mut rows = text.windows(length).cycle().skip(n * 31 % text.len().max(1));
        rows.by_ref().take(text.len()).find(|row| row.iter().all(fits))
    };
    let mut found = Vec::new();
    let mut add = |kind: &'static str, make: &dyn Fn(usize) -> Option<(Request, Request)>| {
        let pairs = (0..records.len()).filter_map(make).take(PAIRS);
        found.extend(pairs.map(|(first, second)| Pair {
            kind,
            first: Task::Search(first),
            second: Task::Search(second),
        }));
    };
    let near = |length: usize, operator: &'static str| {
        move |row: &[&str]| {
            debug_assert_eq!(row.len(), length);
            Some((request(&format!("\"{}\"", row.join(" "))), request(&row.join(operator))))
        }
    };
    add("two words w/8, by their phrase", &|n| near(2, " w/8 ")(beside(n, 2)?));
    add("three words w/8, by their phrase", &|n| near(3, " w/8 ")(beside(n, 3)?));
    add("two words pre/8, by their phrase", &|n| near(2, " pre/8 ")(beside(n, 2)?));
    add("two words w/s, by their phrase", &|n| near(2, " w/s ")(beside(n, 2)?));
    let with =
        |term: &str, filter: &str| Some((request(term), request(&format!("{term} {filter}"))));
    add("a word of one year, by the word", &|n| {
        let published = records.get(n)?.article.published?.at.to_string();
        let year = published.get(..4)?;
        with(term(n)?, &format!("published:{year}"))
    });
    add("a word of three months, by the word", &|n| {
        let published = records.get(n)?.article.published?.at.to_string();
        let (year, month) = (published.get(..4)?, published.get(5..7)?.parse::<u32>().ok()?);
        with(term(n)?, &format!("published:{year}-Q{}", (month - 1) / 3 + 1))
    });
    add("two words of one year, by the words", &|n| {
        let published = records.get(n)?.article.published?.at.to_string();
        let year = published.get(..4)?;
        with(&beside(n, 2)?.join(" "), &format!("published:{year}"))
    });
    add("a word and a place, by the word", &|n| {
        let place = records.get(n)?.places.first()?;
        with(term(n)?, &format!("place:\"{}\"", place.name))
    });
    add("a word and a country, by the word", &|n| {
        let country = records.get(n)?.places.first()?.ancestors.last()?;
        with(term(n)?, &format!("place:\"{country}\""))
    });
    add("a word and a person, by the word", &|n| {
        let person = records.get(n)?.people.first()?;
        with(term(n)?, &format!("person:\"{}\"", person.name.replace('"', "")))
    });
    let folded = |query: &str| {
        let all = Request { copies: CopyMode::All, ..request(query) };
        Some((all.clone(), Request { copies: CopyMode::Folded, ..all }))
    };
    add("copies folded, a word", &|n| folded(term(n)?));
    add("copies folded, two words", &|n| folded(&beside(n, 2)?.join(" ")));
    let newest =
        |query: &str| Some((request(query), Request { sort: Sort::Newest, ..request(query) }));
    add("newest first, a word, by ranked", &|n| newest(term(n)?));
    add("newest first, two words, by ranked", &|n| newest(&beside(n, 2)?.join(" ")));
    add("a beginning of four letters, by the word", &|n| {
        let term = term(n).filter(|term| term.len() > 4)?;
        Some((request(term), request(&format!("{}*", term.get(..4)?))))
    });
    let common = (0..records.len()).step_by(2).filter_map(|n| Some(folded(term(n)?)?.1));
    found.extend(counting(&common.take(PAIRS).collect::<Vec<_>>()));
    Ok(found)
}

/// What is counted of the articles with a common word, each beside their number, copies folded.
fn counting(common: &[Request]) -> Vec<Pair> {
    let all = vec![
        By::Person,
        By::Place(Level::Named),
        By::Organisation,
        By::Source,
        By::Published(Unit::Year),
    ];
    let facets: [(&'static str, Vec<By>); 8] = [
        ("facets: people, by the count", vec![By::Person]),
        ("facets: places, by the count", vec![By::Place(Level::Named)]),
        ("facets: countries, by the count", vec![By::Place(Level::Country)]),
        ("facets: organisations, by the count", vec![By::Organisation]),
        ("facets: sources, by the count", vec![By::Source]),
        ("facets: sections, by the count", vec![By::Section]),
        ("facets: months, by the count", vec![By::Published(Unit::Month)]),
        ("facets: five at once, by the count", all),
    ];
    let mut found = Vec::new();
    for (kind, by) in facets {
        found.extend(common.iter().map(|of| {
            let of = of.clone();
            let first = Task::Count(of.clone());
            let by = by.clone();
            let facets = FacetRequest { of, by, against: None, min: 1, limit: Some(20) };
            Pair { kind, first, second: Task::Facets(Box::new(facets)) }
        }));
    }
    for (kind, days, unit, peaks) in [
        ("timeline: months, by the count", Of::Published, Unit::Month, 0),
        ("timeline: days, by the count", Of::Published, Unit::Day, 0),
        ("timeline: mentioned months, by the count", Of::Mentioned, Unit::Month, 0),
        ("peaks of a timeline, by the count", Of::Published, Unit::Month, 3),
    ] {
        found.extend(common.iter().map(|of| {
            let timeline = TimelineRequest {
                of: vec![of.clone()],
                base: None,
                days,
                window: Window::Central,
                unit: Some(unit),
                most_periods: 60,
                peaks,
            };
            Pair { kind, first: Task::Count(of.clone()), second: Task::Timeline(timeline) }
        }));
    }
    found
}

/// Articles from all over the index.
fn sample(engine: &LocalEngine) -> Result<Vec<Record>, Failure> {
    let all = Request {
        limit: usize::MAX,
        mode: Mode::Ids,
        copies: CopyMode::All,
        sort: Sort::Newest,
        ..request("*")
    };
    let hits = engine.search(&all)?.hits;
    let step = (hits.len() / SAMPLE).max(1);
    let mut records = Vec::new();
    for hit in hits.iter().step_by(step) {
        records.extend(engine.article(hit.id)?);
    }
    Ok(records)
}

/// Runs of small letters of a text, and an empty one where anything else stands between words: what is beside each other there is no phrase.
fn words(text: &str) -> Vec<&str> {
    let is_word = |word: &str| word.len() > 2 && word.bytes().all(|sign| sign.is_ascii_lowercase());
    text.split(' ').map(|word| if is_word(word) { word } else { "" }).collect()
}

fn request(query: &str) -> Request {
    let request = Request::new(parse(query, Date::constant(2026, 1, 1)));
    Request { require: Require::Strict, copies: CopyMode::All, ..request }
}
