//! The measures, each as trec_eval 9 defines it (NIST): linear gain, a document relevant from grade 1 on.

use std::collections::HashMap;

use super::trec::{Judgments, Ranked, Run};

/// Documents of a topic that are looked at.
pub(crate) const DEPTH: usize = 1000;

/// The names of the measures, as they are printed.
pub(crate) const NAMES: [&str; 6] = ["map", "ndcg@10", "p@10", "recall@100", "mrr", "bpref"];

/// One topic's figures, in the order of [`NAMES`].
pub(crate) type Figures = [f64; 6];

/// The figures of every topic that has a relevant document, those included for which the run has nothing.
pub(crate) fn measure(judgments: &Judgments, run: &Run) -> Vec<(String, Figures)> {
    let with_relevant =
        judgments.iter().filter(|(_, grades)| grades.values().any(|grade| *grade > 0));
    let of_topic = |(topic, grades): (&String, &HashMap<String, i32>)| {
        let ranked = run.get(topic).map_or(&[][..], Vec::as_slice);
        (topic.clone(), figures(grades, ranked))
    };
    let mut topics: Vec<_> = with_relevant.map(of_topic).collect();
    // Numbers by their size.
    topics.sort_by_key(|(topic, _)| (topic.parse::<u64>().unwrap_or(u64::MAX), topic.clone()));
    topics
}

/// The means over topics.
pub(crate) fn means(topics: &[(String, Figures)]) -> Figures {
    let mut sums = [0.0; 6];
    for (_, figures) in topics {
        for (sum, figure) in sums.iter_mut().zip(figures) {
            *sum += figure;
        }
    }
    sums.map(|sum| sum / topics.len().max(1) as f64)
}

fn figures(grades: &HashMap<String, i32>, ranked: &[Ranked]) -> Figures {
    let relevant = grades.values().filter(|grade| **grade > 0).count();
    // Judged and found wanting; a negative grade means not judged.
    let not_relevant = grades.values().filter(|grade| **grade == 0).count();
    let (mut found, mut precisions, mut first) = (0, 0.0, 0.0);
    let (mut in_ten, mut in_hundred) = (0, 0);
    let (mut gain, mut preferred, mut wrong_before) = (0.0, 0.0, 0);
    for (n, document) in ranked.iter().take(DEPTH).enumerate() {
        match grades.get(&document.document).copied() {
            Some(grade) if grade > 0 => {
                found += 1;
                precisions += f64::from(found) / (n + 1) as f64;
                if found == 1 {
                    first = 1.0 / (n + 1) as f64;
                }
                in_ten += u32::from(n < 10);
                in_hundred += u32::from(n < 100);
                if n < 10 {
                    gain += f64::from(grade) / discount(n);
                }
                preferred += if wrong_before == 0 {
                    1.0
                } else {
                    let most = relevant.min(not_relevant) as f64;
                    1.0 - wrong_before.min(relevant) as f64 / most
                };
            }
            Some(0) => wrong_before += 1,
            _ => {}
        }
    }
    let mut ideal: Vec<i32> = grades.values().copied().filter(|grade| *grade > 0).collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best: f64 =
        ideal.iter().take(10).enumerate().map(|(n, grade)| f64::from(*grade) / discount(n)).sum();
    let of_relevant = |sum: f64| if relevant == 0 { 0.0 } else { sum / relevant as f64 };
    [
        of_relevant(precisions),
        if best > 0.0 { gain / best } else { 0.0 },
        f64::from(in_ten) / 10.0,
        of_relevant(f64::from(in_hundred)),
        first,
        of_relevant(preferred),
    ]
}

/// What a gain at place `n`, from 0, is divided by.
fn discount(n: usize) -> f64 {
    ((n + 2) as f64).log2()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::trec;

    /// A fixture with graded, negative and missing judgments, ties, and documents nobody judged: [`Q`], [`R`].
    const Q: &str = include_str!("fixture/qrels.txt");
    const R: &str = include_str!("fixture/run.txt");
    /// What pytrec_eval-terrier 0.5 says of it, a line a topic.
    const EXPECTED: &str = include_str!("fixture/expected.txt");

    #[test]
    fn agrees_with_trec_eval_to_four_decimals() {
        let (judgments, run) = (trec::judgments(Q).unwrap(), trec::run(R).unwrap());
        let topics = measure(&judgments, &run);
        let mut lines: Vec<String> =
            topics.iter().map(|(topic, figures)| format!("{topic}{}", decimals(figures))).collect();
        lines.push(format!("all{}", decimals(&means(&topics))));
        let expected: Vec<&str> = EXPECTED.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(lines, expected);
    }

    fn decimals(figures: &Figures) -> String {
        figures.iter().fold(String::new(), |line, figure| line + &format!(" {figure:.4}"))
    }

    #[test]
    fn topics_without_a_relevant_document_are_left_out_and_those_without_a_hit_count() {
        let judgments = trec::judgments("1 0 a 0\n2 0 b 1\n10 0 c 1\n").unwrap();
        let run = trec::run("10 Q0 c 1 1 x\n").unwrap();
        let topics = measure(&judgments, &run);
        let numbers: Vec<&str> = topics.iter().map(|(topic, _)| &**topic).collect();
        assert_eq!(numbers, ["2", "10"]);
        assert_eq!(means(&topics).first(), Some(&0.5));
    }
}
