//! TREC's judgments (`topic 0 document grade`) and runs (`topic Q0 document rank score name`).

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use anyhow::{Context, bail, ensure};

/// For each topic the grades of its judged documents.
pub(crate) type Judgments = BTreeMap<String, HashMap<String, i32>>;

/// For each topic its documents, best first.
pub(crate) type Run = BTreeMap<String, Vec<Ranked>>;

/// A document of a run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ranked {
    pub(crate) document: String,
    pub(crate) score: f64,
}

/// Reads judgments.
///
/// # Errors
///
/// Where a line cannot be read.
pub(crate) fn judgments(text: &str) -> anyhow::Result<Judgments> {
    let mut judgments = Judgments::new();
    for (number, fields) in lines(text) {
        let [topic, _, document, grade] = fields.as_slice() else {
            bail!("line {number}: needs topic, 0, document, grade");
        };
        let grade = grade.parse().with_context(|| format!("line {number}: `{grade}`"))?;
        let of_topic = judgments.entry((*topic).to_owned()).or_default();
        let before = of_topic.insert((*document).to_owned(), grade);
        ensure!(before.is_none(), "line {number}: document {document} is judged twice");
    }
    ensure!(!judgments.is_empty(), "holds no judgment");
    Ok(judgments)
}

/// Reads a run. As trec_eval does, the order comes from the scores, ties by document downwards; the ranks are not looked at.
///
/// # Errors
///
/// Where a line cannot be read, or a document stands twice under a topic.
pub(crate) fn run(text: &str) -> anyhow::Result<Run> {
    let mut run = Run::new();
    for (number, fields) in lines(text) {
        let [topic, _, document, _, score, ..] = fields.as_slice() else {
            bail!("line {number}: needs topic, Q0, document, rank, score, name");
        };
        let score: f64 = score.parse().with_context(|| format!("line {number}: `{score}`"))?;
        ensure!(score.is_finite(), "line {number}: `{score}` is no score");
        let document = (*document).to_owned();
        run.entry((*topic).to_owned()).or_default().push(Ranked { document, score });
    }
    for (topic, ranked) in &mut run {
        sort(ranked);
        let mut seen = std::collections::HashSet::new();
        for found in &*ranked {
            ensure!(seen.insert(&found.document), "topic {topic} has {} twice", found.document);
        }
    }
    Ok(run)
}

/// The order in which trec_eval reads a topic's documents. It keeps scores as single floats.
fn sort(ranked: &mut [Ranked]) {
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| b.document.cmp(&a.document)));
}

/// Writes a topic of a run. Scores fall strictly, so that every reader keeps the order.
pub(crate) fn write(topic: &str, documents: &[String], out: &mut dyn Write) -> io::Result<()> {
    for (rank, document) in documents.iter().enumerate() {
        let score = documents.len() - rank;
        writeln!(out, "{topic} Q0 {document} {} {score} dateline", rank + 1)?;
    }
    Ok(())
}

/// Lines that hold something, with their numbers, cut at blanks.
fn lines(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    (1..)
        .zip(text.lines())
        .map(|(number, line)| (number, line.split_whitespace().collect::<Vec<_>>()))
        .filter(|(_, fields)| !fields.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_ordered_by_score_then_document() {
        let text = "1 Q0 b 1 2.0 x\n1 Q0 a 2 3.5 x\n\n1 Q0 c 3 2.0 x\n";
        let run = run(text).unwrap();
        let order: Vec<&str> = run["1"].iter().map(|found| &*found.document).collect();
        assert_eq!(order, ["a", "c", "b"]);
    }

    #[test]
    fn lines_that_cannot_be_read() {
        let check = |text: &str, expected: &str| {
            let found = run(text).err().map(|error| format!("{error:#}")).unwrap_or_default();
            assert_eq!(found, expected, "{text}");
        };
        check("1 Q0 a 1", "line 1: needs topic, Q0, document, rank, score, name");
        check("1 Q0 a 1 NaN x", "line 1: `NaN` is no score");
        check("1 Q0 a 1 1 x\n1 Q0 a 2 2 x", "topic 1 has a twice");
        let error = |text: &str| format!("{:#}", judgments(text).unwrap_err());
        assert_eq!(error("1 0 a"), "line 1: needs topic, 0, document, grade");
        assert_eq!(error("1 0 a x"), "line 1: `x`: invalid digit found in string");
        assert_eq!(error("1 0 a 1\n1 0 a 0"), "line 2: document a is judged twice");
        assert_eq!(error("\n"), "holds no judgment");
    }

    #[test]
    fn a_written_run_reads_back_in_order() {
        let documents = ["d1".to_owned(), "d9".to_owned(), "d3".to_owned()];
        let mut out = Vec::new();
        write("7", &documents, &mut out).unwrap();
        let run = run(std::str::from_utf8(&out).unwrap()).unwrap();
        let order: Vec<String> = run["7"].iter().map(|found| found.document.clone()).collect();
        assert_eq!(order, documents);
    }
}
