//! The queries of `seeds/queries.jsonl`, run on the seeds: relevance that must not be lost.

use std::collections::HashSet;

use serde_json::Value;

use crate::{Desk, json_lines, repository};

fn names(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// What is wrong with the hits of one query, if anything.
fn fault(query: &Value, hits: &[Value]) -> Option<String> {
    let found: Vec<String> = hits
        .iter()
        .map(|hit| format!("{}#{}", hit["path"].as_str().unwrap(), hit["part"].as_str().unwrap()))
        .collect();
    // A file of one article is named without its part.
    let is = |name: &str, hit: &str| {
        name == hit
            || hit.strip_suffix("#1").is_some_and(|path| path == name)
            || (!name.contains('#') && hit.split('#').next() == Some(name))
    };
    let leads = |name: &String, first: usize| found.iter().take(first).any(|hit| is(name, hit));
    let first = names(&query["first"]);
    let all = names(&query["all"]);
    let any = names(&query["any"]);
    let not = names(&query["not"]);
    if query["none"] == true && !found.is_empty() {
        return Some(format!("expected nothing, found {found:?}"));
    }
    let missing: Vec<&String> = first.iter().filter(|name| !leads(name, first.len())).collect();
    let missing_all: Vec<&String> = all.iter().filter(|name| !leads(name, all.len() + 2)).collect();
    let unwanted: Vec<&String> = not.iter().filter(|name| leads(name, found.len())).collect();
    let none_leads = !any.is_empty() && !any.iter().any(|name| leads(name, 1));
    let fine = missing.is_empty() && missing_all.is_empty() && unwanted.is_empty() && !none_leads;
    (!fine).then(|| {
        format!(
            "missing {missing:?} {missing_all:?} {any:?}, unwanted {unwanted:?}, found {:?}",
            found.iter().take(8).collect::<Vec<_>>()
        )
    })
}

#[test]
fn every_query_leads_to_its_articles() {
    let desk = Desk::new(&[]);
    let seeds = repository().join("seeds");
    desk.stdout(0, &["index", seeds.to_str().unwrap()]);
    let queries = json_lines(&std::fs::read_to_string(seeds.join("queries.jsonl")).unwrap());
    assert!(queries.len() >= 200);
    let texts: HashSet<&str> =
        queries.iter().map(|query| query["query"].as_str().unwrap()).collect();
    assert_eq!(texts.len(), queries.len(), "a query stands twice");
    let mut faults = Vec::new();
    for query in &queries {
        let text = query["query"].as_str().unwrap();
        let output = desk.run(&["search", text, "--format", "json", "-n", "100"]);
        let stdout = String::from_utf8(output.stdout).unwrap();
        let fault = match output.status.code() {
            Some(0 | 1) => fault(query, &json_lines(&stdout)),
            _ => Some(String::from_utf8_lossy(&output.stderr).into_owned()),
        };
        faults.extend(fault.map(|fault| format!("{text}\n    {fault}")));
    }
    assert!(
        faults.is_empty(),
        "{} of {} queries fail:\n{}",
        faults.len(),
        queries.len(),
        faults.join("\n")
    );
}
