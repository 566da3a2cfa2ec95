//! Files that are read together: the pages of a newspaper and the issue that names them.

use std::fs;

use dateline_indexer::Options;

use crate::{Bench, numbers};

/// A METS file of one article whose text is the block `B1` of the page `address`.
fn mets(address: &str) -> String {
    format!(
        "<mets xmlns:xlink=\"http://www.w3.org/1999/xlink\"><fileSec><fileGrp><file ID=\"P1\"><FLocat xlink:href=\"{address}\"/></file></fileGrp></fileSec>\
         <structMap TYPE=\"LOGICAL\"><div TYPE=\"ISSUE\"><div ID=\"A1\" TYPE=\"ARTICLE\" LABEL=\"Harbour\"><div TYPE=\"BODY\"><fptr>\
         <area FILEID=\"P1\" BEGIN=\"B1\"/></fptr></div></div></div></structMap></mets>"
    )
}

fn page(words: &str) -> String {
    let words: Vec<String> =
        words.split(' ').map(|word| format!("<String CONTENT=\"{word}\"/><SP/>")).collect();
    let words = words.concat();
    format!(
        "<alto><Layout><Page><PrintSpace><TextBlock ID=\"B1\"><TextLine>{words}</TextLine></TextBlock></PrintSpace></Page></Layout></alto>"
    )
}

/// Texts by path and part.
#[track_caller]
fn check(bench: &Bench, changes: [u64; 4], expected: &[(&str, &str)]) {
    assert_eq!(numbers(&bench.run()), changes);
    let records = bench.records();
    let found: Vec<(&str, String)> =
        records.iter().map(|(key, record)| (key.as_str(), record.article.text())).collect();
    let expected: Vec<(&str, String)> =
        expected.iter().map(|(key, text)| (*key, (*text).to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn an_issue_follows_its_pages() {
    for (issue, address) in [("issue-mets.xml", "p1.xml"), ("issue/mets.xml", "alto/p1.xml")] {
        let folder =
            issue.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let path = format!("{folder}{address}");
        let (article, alone) = (format!("{issue}#A1"), format!("{path}#1"));
        // The page is not there yet.
        let bench = Bench::new(&[(issue, &mets(address))]);
        check(&bench, [1, 0, 0, 0], &[(&article, "")]);
        bench.put(&path, &page("The harbour is open"));
        check(&bench, [0, 1, 0, 0], &[(&article, "The harbour is open")]);
        check(&bench, [0, 0, 0, 1], &[(&article, "The harbour is open")]);
        bench.put(&path, &page("The harbour is shut again"));
        check(&bench, [0, 1, 0, 0], &[(&article, "The harbour is shut again")]);
        // Without its issue a page is an article of its own, and none with it.
        bench.delete(issue);
        check(&bench, [1, 0, 1, 0], &[(&alone, "The harbour is shut again")]);
        check(&bench, [0, 0, 0, 1], &[(&alone, "The harbour is shut again")]);
        bench.put(issue, &mets(address));
        check(&bench, [1, 0, 1, 0], &[(&article, "The harbour is shut again")]);
        bench.delete(&path);
        check(&bench, [0, 1, 0, 0], &[(&article, "")]);
    }
}

#[test]
fn a_page_that_changes_behind_its_old_time_needs_rehash() {
    let bench = Bench::new(&[("mets.xml", &mets("p1.xml")), ("p1.xml", &page("It is open"))]);
    bench.run();
    let path = bench.corpus().join("p1.xml");
    let old = fs::metadata(&path).unwrap().modified().unwrap();
    bench.put("p1.xml", &page("It is shut"));
    fs::File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
    assert_eq!(numbers(&bench.run()), [0, 0, 0, 1]);
    let report = bench.run_with(&Options { rehash: true, ..bench.options() });
    assert_eq!(numbers(&report), [0, 1, 0, 0]);
    assert_eq!(bench.records()["mets.xml#A1"].article.text(), "It is shut");
}

#[cfg(unix)]
#[test]
fn an_issue_behind_a_link_covers_nothing() {
    let bench = Bench::new(&[("p1.xml", &page("It is open"))]);
    let outside = bench.corpus().with_file_name("outside.xml");
    fs::write(&outside, mets("p1.xml")).unwrap();
    std::os::unix::fs::symlink(&outside, bench.corpus().join("mets.xml")).unwrap();
    check(&bench, [1, 0, 0, 0], &[("p1.xml#1", "It is open")]);
}
