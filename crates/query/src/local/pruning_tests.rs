//! Whole ranked queries score few of the articles that match, and find the same ones as without pruning.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use dateline_article::{Article, ArticleId, Date, Language, Mentions, Name};
use dateline_schema::{Manifest, Settings, document, in_memory};
use tantivy::query::{EnableScoring, Explanation, Scorer, Weight};
use tantivy::{DocId, Score, SegmentReader, TERMINATED};

use crate::pruned::{PrunedQuery, PrunedWeight};

use super::*;

/// Runs a query with or without passing over articles, and counts those that are scored.
#[derive(Clone, Debug)]
struct Counted {
    query: PrunedQuery,
    passes_over: bool,
    scored: Arc<AtomicUsize>,
}

struct CountedWeight {
    weight: PrunedWeight,
    passes_over: bool,
    scored: Arc<AtomicUsize>,
}

impl Query for Counted {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let EnableScoring::Enabled { searcher, .. } = scoring else {
            return self.query.weight(scoring);
        };
        let weight = self.query.scored(searcher, scoring)?;
        let Self { passes_over, ref scored, .. } = *self;
        Ok(Box::new(CountedWeight { weight, passes_over, scored: scored.clone() }))
    }
}

impl Weight for CountedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.weight.scorer(reader, boost)
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(reader, doc)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let count = if self.passes_over {
            self.weight.each_of_the_best(threshold, reader, callback)?
        } else {
            let mut scorer = self.scorer(reader, 1.0)?;
            let mut threshold = threshold;
            let mut count = 0;
            while scorer.doc() != TERMINATED {
                let score = scorer.score();
                if score > threshold {
                    threshold = callback(scorer.doc(), score);
                }
                count += 1;
                scorer.advance();
            }
            count
        };
        self.scored.fetch_add(count, Ordering::Relaxed);
        Ok(())
    }
}

/// Articles of stories and others that mention them in passing, in segments whose articles differ in length.
fn index() -> LocalEngine {
    const ARTICLES: u64 = 6_000;
    let opened = in_memory(Manifest::new(Settings { extract: true })).unwrap();
    let mut writer: tantivy::IndexWriter =
        opened.index.writer_with_num_threads(1, 50_000_000).unwrap();
    writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
    let mut seed = 7_u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for n in 0..ARTICLES {
        let name = n.to_string();
        let mut article = Article::new(ArticleId::new("test", &name, "1"), &name, "1", "text");
        article.language = Some(Language::ENGLISH);
        let sentences = if n < 4_000 { 14 + random(12) } else { 16 + random(14) };
        // A story lasts some days: its words are frequent in a few articles after each other, and mentioned in passing elsewhere.
        let passing = if n % 1_500 < 40 { 30 } else { 2 };
        let word = |n: u64| match n {
            n if n < passing => "strike",
            n if n < 2 * passing => "harbour",
            n if n < 2 * passing + 2 => "ferry",
            n if n < 2 * passing + 3 => "crane",
            _ => ["ship", "rain", "town", "road", "talk", "vote", "team", "home"]
                [usize::try_from(n % 8).unwrap()],
        };
        let mut text = String::new();
        for _ in 0..sentences {
            let words: Vec<&str> = (0..15).map(|_| word(random(300))).collect();
            text.push_str(&words.join(" "));
            text.push_str(". ");
        }
        article.paragraphs = vec![text];
        if random(10) == 0 {
            article.title = Some(
                ["Strike at the harbour", "Ferry", "Rain"][usize::try_from(n % 3).unwrap()].into(),
            );
        }
        let mut record = Record::bare(article);
        let name = ["Ann Lee", "Lee Ann", "Ann B. Lee"][usize::try_from(n % 3).unwrap()];
        if n % 5 < 2 {
            record.people = vec![Name { name: name.into(), mentions: Mentions::default() }];
        }
        writer.add_document(document(&opened.fields, &record, "test", 0).unwrap()).unwrap();
        if n == 3_999 {
            writer.commit().unwrap();
        }
    }
    // Of the first segment alone, and most of the articles that would be the best of it.
    for n in (0..4_000_u64).filter(|n| n % 1_500 < 40 && n % 4 != 0) {
        let id = ArticleId::new("test", &n.to_string(), "1");
        writer.delete_term(Term::from_field_u64(opened.fields.id, id.as_u64()));
    }
    writer.commit().unwrap();
    let engine = LocalEngine::new(opened).unwrap();
    let searcher = engine.reader.searcher();
    let have_deleted = searcher.segment_readers().iter().map(SegmentReader::has_deletes);
    assert_eq!(have_deleted.filter(|deleted| *deleted).count(), 1);
    engine
}

#[test]
fn few_of_the_articles_that_match_are_scored() {
    let engine = index();
    let searcher = engine.reader.searcher();
    // At least `times` as many articles match as are scored, where it is not known how many are wanted and where it is.
    let check = |query: &str, require, times: [usize; 2]| {
        let query = crate::parse(query, Date::constant(2024, 3, 14));
        let request = Request { mode: Mode::Ids, require, ..Request::new(query) };
        let relaxed = if require == Require::Any { Relaxed::Yes } else { Relaxed::No };
        let mut prepared =
            engine.prepare(&searcher, &request, Scores::Count, relaxed).unwrap().unwrap();
        let pruned = prepared.query.downcast_ref::<PrunedQuery>().unwrap().clone();
        let mut run = |passes_over, limit| {
            let scored = Arc::new(AtomicUsize::new(0));
            let query = PrunedQuery { limit, ..pruned.clone() };
            prepared.query = Box::new(Counted { query, passes_over, scored: scored.clone() });
            let found = engine.top(&searcher, &request, &prepared, 10).unwrap();
            let found: Vec<(u64, u32)> =
                found.iter().map(|found| (found.id, found.score.to_bits())).collect();
            (found, scored.load(Ordering::Relaxed))
        };
        let (all, matching) = run(false, None);
        for (limit, times) in [None, Some(10)].into_iter().zip(times) {
            let (best, scored) = run(true, limit);
            assert_eq!(best, all, "{} {limit:?}", request.query.text);
            assert!(
                scored * times <= matching,
                "{} {limit:?}: {scored} of {matching} are scored",
                request.query.text
            );
        }
    };
    check("strike", Require::All, [3, 35]);
    check("strike harbour", Require::All, [12, 30]);
    check("strike harbour ferry", Require::All, [9, 25]);
    check("strike crane", Require::Any, [3, 18]);
    check("strike OR harbour OR ferry", Require::All, [3, 50]);
    check("ferry (strike OR crane)", Require::All, [25, 25]);
    check("strike NOT harbour", Require::All, [6, 6]);
    check("strike NOT crane ferry^3", Require::All, [13, 13]);
    check("\"strike harbour\" ferry", Require::All, [1, 1]);
    check("\"strike harbour\"", Require::All, [1, 1]);
    check("title:strike harbour", Require::All, [2, 2]);
    check("str* ferry", Require::All, [11, 15]);
    check("ferry person:\"Ann Lee\"", Require::All, [10, 10]);
    check("strike harbour (person:\"Ann Lee\" OR title:ferry)", Require::All, [5, 7]);
}

#[test]
fn lists_are_read_into_sets_where_two_are_needed() {
    let engine = index();
    let searcher = engine.reader.searcher();
    let check = |query: &str, expected: bool| {
        let request = Request::new(crate::parse(query, Date::constant(2024, 3, 14)));
        let prepared = engine.prepare(&searcher, &request, Scores::Count, Relaxed::No);
        let prepared = prepared.unwrap().unwrap();
        let pruned = prepared.query.downcast_ref::<PrunedQuery>().unwrap();
        assert_eq!(pruned.candidates.is_some(), expected, "{query}");
    };
    check("strike harbour", true);
    check("strike harbour NOT ferry", true);
    check("ferry (strike OR crane)", true);
    check("ferry person:\"Ann Lee\"", true);
    check("strike", false);
    check("strike OR harbour", false);
    check("strike NOT harbour", false);
    // In the titles of one article in thirty, and in nearly all.
    check("title:ferry ship", false);
}

#[test]
fn the_best_of_one_word_are_the_first_of_all() {
    let engine = index();
    let check = |query: &str| {
        let query = crate::parse(query, Date::constant(2024, 3, 14));
        let found = |limit| {
            let request = Request {
                mode: Mode::Plain,
                limit,
                copies: CopyMode::All,
                ..Request::new(query.clone())
            };
            let hits = engine.search(&request).unwrap().hits;
            hits.iter().map(|hit| (hit.id, hit.score.to_bits())).collect::<Vec<_>>()
        };
        let all = found(6_000);
        let request = Request::new(query.clone());
        assert_eq!(all.len() as u64, engine.count(&request).unwrap(), "{}", query.text);
        assert!(all.len() > 20, "{}", query.text);
        for limit in [1, 3, 10] {
            assert_eq!(found(limit), all[..limit], "{}", query.text);
        }
    };
    for query in [
        "strike",
        "crane",
        "ship title:strike",
        "crane title:rain",
        "crane title:(rain OR ferry)",
        "strike title:\"strike at the harbour\"",
        "ferry title:strike title:harbour",
    ] {
        check(query);
    }
}
