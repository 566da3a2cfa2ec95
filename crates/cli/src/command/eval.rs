//! `dateline eval`: how good the ranking is, on a collection with judgments in TREC's forms.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use dateline_query::{CopyMode, Engine, Expand, LocalEngine, Mode, Request, Require, plain_words};

use crate::command::{Ending, Surroundings};
use crate::eval::measures::{DEPTH, Figures, NAMES, means, measure};
use crate::eval::significance::p_value;
use crate::eval::topics::{self, Parts, Topic};
use crate::eval::trec::{self, Ranked, Run};
use crate::output::{Format, Row, Rows};
use crate::terminal::clean;

/// Arguments of `eval`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Topics are TREC SGML, JSON lines {\"id\", \"title\", \"desc\", \"narr\"}, or lines of a number, a tab and the text. Their words are ranked as
any-of; operators in them are words. Documents go by their `part`. Measures are those of trec_eval with linear gain, over the topics that
have a relevant document; a topic for which nothing is found counts 0.

Examples:
  dateline eval --topics queries.tsv --qrels qrels.trec
  dateline eval --topics topics.sgml --qrels qrels.trec --parts title-desc --run ours.run
  dateline eval --qrels qrels.trec --score theirs.run --against ours.run"
)]
pub(crate) struct Arguments {
    /// File of topics.
    #[arg(long, value_name = "FILE", required_unless_present = "score")]
    topics: Option<PathBuf>,
    /// File of judgments: topic, 0, document, grade.
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
    /// The parts of a topic that are searched for [default: title].
    #[arg(long, value_name = "PARTS", value_enum)]
    parts: Option<Parts>,
    /// Let words of the best articles help to order the others, as `search --expand` does.
    #[arg(long, conflicts_with = "score")]
    expand: bool,
    /// Write the run to FILE.
    #[arg(long, value_name = "FILE", conflicts_with = "score")]
    run: Option<PathBuf>,
    /// Judge this run instead of searching.
    #[arg(long, value_name = "FILE", conflicts_with = "topics")]
    score: Option<PathBuf>,
    /// Compare with this run: a paired randomisation test for each measure.
    #[arg(long, value_name = "RUN")]
    against: Option<PathBuf>,
    /// Print every topic too.
    #[arg(long)]
    per_topic: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let judgments =
        trec::judgments(&text(&arguments.qrels)?).with_context(|| name(&arguments.qrels))?;
    let found = match (&arguments.score, &arguments.topics) {
        (Some(path), _) => read_run(path)?,
        (None, Some(path)) => {
            let topics = topics::read(&text(path)?).with_context(|| name(path))?;
            search(&topics, arguments, around)?
        }
        (None, None) => bail!("needs --topics or --score"),
    };
    let figures = measure(&judgments, &found);
    if figures.is_empty() {
        bail!("{}: no topic has a relevant document", name(&arguments.qrels));
    }
    let other = arguments.against.as_deref().map(read_run).transpose()?;
    let other = other.map(|run| measure(&judgments, &run));
    match around.format {
        Format::Text => {
            around.out.write_all(table(arguments, &figures, other.as_deref()).as_bytes())?;
        }
        format => {
            let mut rows = Rows::new(format, &mut *around.out);
            if arguments.per_topic {
                for (topic, of_topic) in &figures {
                    rows.print(&with_figures(
                        Row::default().with("topic", topic.as_str()),
                        of_topic,
                    ))?;
                }
            }
            if matches!(format, Format::Csv | Format::RawCsv) && arguments.per_topic {
                rows.print(&with_figures(Row::default().with("topic", "all"), &means(&figures)))?;
            } else {
                let row = Row::default().with("queries", figures.len());
                rows.print(&with_figures(row, &means(&figures)))?;
            }
            if let Some(other) = other.as_deref().filter(|_| format == Format::Json) {
                for compared in compare(&figures, other) {
                    let row = Row::default()
                        .with("measure", compared.measure)
                        .with("mean", rounded(compared.mean))
                        .with("against", rounded(compared.against))
                        .with("difference", rounded(compared.mean - compared.against))
                        .with("better", compared.better)
                        .with("worse", compared.worse)
                        .with("p", rounded(compared.p));
                    rows.print(&row)?;
                }
            }
        }
    }
    Ok(Ending::Found)
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

fn text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))
}

fn read_run(path: &Path) -> anyhow::Result<Run> {
    trec::run(&text(path)?).with_context(|| name(path))
}

/// Searches for every topic; writes the run where that is asked.
fn search(
    topics: &[Topic],
    arguments: &Arguments,
    around: &mut Surroundings<'_>,
) -> anyhow::Result<Run> {
    let engine = LocalEngine::open(&around.index)?;
    let mut file = match &arguments.run {
        Some(path) => {
            let file = fs::File::create(path).with_context(|| name(path))?;
            Some(std::io::BufWriter::new(file))
        }
        None => None,
    };
    let mut parts: HashMap<dateline_article::ArticleId, String> = HashMap::new();
    let mut run = Run::new();
    for topic in topics {
        let mut documents: Vec<String> = Vec::new();
        let query = plain_words(&topic.text(arguments.parts.unwrap_or_default()));
        if query.tree.is_some() {
            let request = Request {
                limit: DEPTH,
                require: Require::Any,
                mode: Mode::Ids,
                copies: CopyMode::All,
                expand: if arguments.expand { Expand::FromBest } else { Expand::Nothing },
                ..Request::new(query)
            };
            for hit in engine.search(&request)?.hits {
                let known = parts.get(&hit.id).cloned();
                let part = match known {
                    Some(part) => part,
                    None => engine
                        .article(hit.id)?
                        .map(|record| record.article.part)
                        .unwrap_or_default(),
                };
                parts.insert(hit.id, part.clone());
                if !documents.contains(&part) {
                    documents.push(part);
                }
            }
        }
        if let Some(file) = &mut file {
            trec::write(&topic.number, &documents, file)?;
        }
        let scores = (0..documents.len()).rev();
        let ranked = documents.into_iter().zip(scores);
        let ranked = ranked.map(|(document, score)| Ranked { document, score: score as f64 });
        run.insert(topic.number.clone(), ranked.collect());
    }
    if let Some(mut file) = file {
        file.flush()?;
    }
    Ok(run)
}

fn rounded(figure: f64) -> f64 {
    (figure * 1e4).round() / 1e4
}

fn with_figures(mut row: Row, figures: &Figures) -> Row {
    for (name, figure) in NAMES.iter().zip(figures) {
        row = row.with(name, rounded(*figure));
    }
    row
}

/// A measure of two runs.
struct Compared {
    measure: &'static str,
    mean: f64,
    against: f64,
    /// Topics of which the first run is better, and worse.
    better: usize,
    worse: usize,
    p: f64,
}

/// Both runs have the same topics, those of the judgments.
fn compare(figures: &[(String, Figures)], other: &[(String, Figures)]) -> Vec<Compared> {
    let (mean, against) = (means(figures), means(other));
    let of_measure = |(n, measure): (usize, &&'static str)| {
        let at = |figures: &Figures| figures.get(n).copied().unwrap_or_default();
        let pairs = figures.iter().zip(other);
        let differences: Vec<f64> = pairs.map(|((_, a), (_, b))| at(a) - at(b)).collect();
        Compared {
            measure,
            mean: at(&mean),
            against: at(&against),
            better: differences.iter().filter(|difference| **difference > 0.0).count(),
            worse: differences.iter().filter(|difference| **difference < 0.0).count(),
            p: p_value(&differences),
        }
    };
    NAMES.iter().enumerate().map(of_measure).collect()
}

fn table(
    arguments: &Arguments,
    figures: &[(String, Figures)],
    other: Option<&[(String, Figures)]>,
) -> String {
    let mut out = format!("{:<12}", "topic");
    for name in NAMES {
        let _ = write!(out, " {name:>10}");
    }
    out.push('\n');
    let mut line = |label: &str, figures: &Figures| {
        let _ = write!(out, "{label:<12}");
        for figure in figures {
            let _ = write!(out, " {figure:>10.4}");
        }
        out.push('\n');
    };
    if arguments.per_topic {
        for (topic, of_topic) in figures {
            line(&clean(topic), of_topic);
        }
    }
    line(&format!("all {}", figures.len()), &means(figures));
    let Some(other) = other else { return out };
    let _ = writeln!(
        out,
        "\n{:<12} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "measure", "mean", "against", "difference", "better", "worse", "p"
    );
    for compared in compare(figures, other) {
        let _ = writeln!(
            out,
            "{:<12} {:>10.4} {:>10.4} {:>+10.4} {:>10} {:>10} {:>10.4}",
            compared.measure,
            compared.mean,
            compared.against,
            compared.mean - compared.against,
            compared.better,
            compared.worse,
            compared.p
        );
    }
    out
}
