//! Clusters of copies: their order, their members, and those that a query is about.

use dateline_article::{ArticleId, Record};
use dateline_query::{Cluster, Clusters, Engine};
use dateline_schema::Copies;

use crate::corpus::{With, article, engine_with_copies, request};

/// Two stories that several papers ran, and one that stands alone.
fn records() -> Vec<Record> {
    let ferry = "The ferry stays in port.";
    vec![
        article("a", "Ferry", ferry).published("2024-03-14").source("Post"),
        article("b", "No fuel", ferry).published("2024-03-12").source("Wire"),
        article("c", "Ferry", ferry),
        article("d", "Bridge", "The bridge is closed.").published("2024-01-02"),
        article("e", "Bridge shut", "The bridge is closed.").published("2024-01-01"),
        article("f", "Alone", "A ferry and a bridge."),
    ]
}

fn id(name: &str) -> ArticleId {
    ArticleId::new("test", name, "1")
}

fn names(cluster: &Cluster) -> String {
    cluster.articles.iter().map(|copy| copy.path.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn clusters_of_an_index_and_of_a_query() {
    // `gone` is listed as a copy and no longer in the index, nor is the whole cluster of `h`.
    let pairs = ["a", "b", "c"].map(|name| (id(name), id("b")));
    let more = [(id("d"), id("e")), (id("e"), id("e")), (id("gone"), id("e"))];
    let lost = [(id("h"), id("h")), (id("f"), id("h"))];
    let copies = Copies::new(pairs.into_iter().chain(more).chain(lost));
    for per_segment in [1, 2, 6] {
        let (engine, _folder) = engine_with_copies(&records(), per_segment, &copies);
        let check = |query: Option<&str>, min: usize, limit: Option<usize>, expected: &[&str]| {
            let wanted = Clusters { within: query.map(request), min, limit };
            let found = engine.clusters(&wanted).unwrap();
            let shown: Vec<String> = found.clusters.iter().map(names).collect();
            assert_eq!(shown, expected, "{wanted:?}");
            found.total
        };
        assert_eq!(check(None, 2, None, &["b a c", "e d"]), 2);
        assert_eq!(check(None, 2, Some(1), &["b a c"]), 2);
        assert_eq!(check(None, 3, None, &["b a c"]), 1);
        assert_eq!(check(Some("bridge"), 0, None, &["e d"]), 1);
        // The whole cluster of an article that matches, whichever of its members that is.
        assert_eq!(check(Some("source:post"), 0, None, &["b a c"]), 1);
        assert_eq!(check(Some("pangolin"), 0, None, &[]), 0);
        assert_eq!(engine.cluster(id("c")).unwrap().map(|found| names(&found)).unwrap(), "b a c");
        for other in ["f", "gone", "nowhere"] {
            assert_eq!(engine.cluster(id(other)).unwrap(), None, "{other}");
        }
    }
}

#[test]
fn a_query_with_faults_is_refused() {
    let (engine, _folder) = engine_with_copies(&records(), 6, &Copies::default());
    let parsed = dateline_query::parse("ferry AND", crate::corpus::TODAY);
    let within = Some(dateline_query::Request::new(parsed));
    assert!(engine.clusters(&Clusters { within, min: 2, limit: None }).is_err());
}
