//! Every row of the language's tables: (query, tree in its canonical form, articles found). What cannot be read is in `faults_tests.rs` of the parser.

use dateline_article::{Mentions, Name, Record, Span};
use dateline_query::{Engine, Request, Require};

use crate::corpus::{With, article, engine, found, request};

/// Six articles for all rows.
pub(crate) fn records() -> Vec<Record> {
    let mut first = article(
        "a",
        "Ammunition for Ukraine",
        "Stoltenberg said the allies lack ammunition. NATO sent shells to Kyiv.",
    )
    .published("2024-03-14")
    .source("Northern Ledger")
    .place("Kyiv")
    .date("2024-03-14", "2024-03-15");
    first.article.byline = vec!["Ruth Calloway".to_owned()];
    first.article.section = Some("World".to_owned());
    first.article.keywords = vec!["defence".to_owned()];
    first.article.url = Some("https://ledger.example/allies?id=7".to_owned());
    let text = |from, to| Mentions { text: vec![Span { start: from, end: to }], title: Vec::new() };
    first.people.push(Name { name: "Jens Stoltenberg".to_owned(), mentions: text(0, 11) });
    first.organisations.push(Name { name: "NATO".to_owned(), mentions: text(45, 49) });
    first.places[0].mentions = text(65, 69);
    first.dates[0].mentions = text(12, 16);
    let second = article(
        "b",
        "Odesa port reopens",
        "Ammunition ships left Odesa. The political will was there, said an organisation of allies.",
    )
    .published("2024-02")
    .place("Odesa");
    let third = article(
        "c",
        "Turkey vote",
        "AIDS workers in Turkey met. A turkey was sold. The will political or not was theirs and Kyiv waits.",
    )
    .published("2023");
    let mut fourth = article(
        "d",
        "",
        "The bribery case names Jane Doe and C++ code from AT&T.\n\nA clerk was bribed near Avdiivka, say U.S. papers on COVID-19 and O'Neill and €60bn.",
    )
    .date("--03-14", "--03-15");
    fourth.people.push(Name { name: "Jane Doe".to_owned(), mentions: text(23, 31) });
    vec![
        first,
        second,
        third,
        fourth,
        article("e", "Wahl in Köln", "Die Wahlen waren knapp.")
            .published("2019-05-26")
            .language("de"),
        article("f", "Повінь", "Вода у Києві стояла.").language("uk"),
    ]
}

/// Rows of `query => tree => names`; a tree left out is the query itself.
#[track_caller]
fn check(rows: &str) {
    let engine = engine(&records());
    let mut different = Vec::new();
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let parts: Vec<&str> = row.split("=>").map(str::trim).collect();
        let (query, tree, expected) = match parts[..] {
            [query, names] => (query, query, names),
            [query, tree, names] => (query, tree, names),
            _ => panic!("{row}"),
        };
        let request = Request { require: Require::Strict, ..request(query) };
        let read = request.query.tree.as_ref().unwrap().to_string();
        let mut names = found(&engine, &request);
        assert_eq!(engine.count(&request).unwrap(), names.len() as u64, "{row}");
        names.sort_unstable();
        let names = names.join(" ");
        if (&*read, &*names) != (tree, expected) {
            different.push(format!("{query} => {read} => {names}"));
        }
    }
    assert!(different.is_empty(), "\n{}", different.join("\n"));
}

#[test]
fn words() {
    check(
        "ammunition shells => a
        ammunition & shells => ammunition AND shells => a
        +ammunition +shells => ammunition AND shells => a
        kyiv OR odesa => a b c
        kyiv | odesa => kyiv OR odesa => a b c
        ammunition NOT odesa => a
        ammunition -odesa => ammunition NOT odesa => a
        ammunition AND NOT odesa => a
        ammunition BUT NOT odesa => ammunition NOT odesa => a
        \"political will\" => b
        “political will” => \"political will\" => b
        «political will» => \"political will\" => b
        \"will the political\" => 
        \"the political will\" => b
        exact(\"political will\") => =\"political will\" => b
        =wahlen => e
        exact(wahl) => =wahl => e
        =\"political will\" => b
        =ship => 
        ammun* => a b
        ammun! => ammun* => a b
        organi?ation => b
        *mmuni*on => a b
        \"politic* will\" => b
        avdeevka~ => d
        avdiika~1 => d
        /avdi+vka/ => d
        caps(turkey) => c
        allcaps(aids) => c
        nocaps(turkey) => c
        nocaps(aids) => 
        atleast2(ammunition) => a
        atleast4(turkey OR vote) => c
        title:(atleast2(ammunition)) => title:atleast2(ammunition) => 
        atleast2 turkey => atleast2(turkey) => c
        atleast3(turkey OR vote) => c
        text:(atleast2(turkey)) => text:atleast2(turkey) => c
        first3(ammunition) => a
        first4(ammunition) => a b
        title:first1(ammunition) => a
        /F3/ammunition => first3(ammunition) => a
        ammunition/F3/ => first3(ammunition) => a
        ammunition^3 => a b
        * => a b c d e f
        covid => d
        U.S. => d
        AT&T => d
        C++ => d
        o'neill => d
        €60bn => d
        not waits => \\not waits => c",
    );
}

#[test]
fn nearness() {
    check(
        "stoltenberg w/5 ammunition => a
        stoltenberg NEAR/4 ammunition => stoltenberg w/4 ammunition => 
        stoltenberg N/5 ammunition => stoltenberg w/5 ammunition => a
        stoltenberg near5 ammunition => stoltenberg w/5 ammunition => a
        \"ammunition stoltenberg\"~5 => ammunition w/5 stoltenberg => a
        stoltenberg pre/1 said => a
        stoltenberg P/1 said => stoltenberg pre/1 said => a
        said adj1 stoltenberg => said pre/1 stoltenberg => 
        stoltenberg onear/5 ammunition => stoltenberg pre/5 ammunition => a
        nato w/s shells => a
        stoltenberg PRE/5 ammunition => stoltenberg pre/5 ammunition => a
        ammunition w/3 ukraine => a
        ukraine w/1 stoltenberg => 
        \"political will\" w/2 \"was there\" => b
        ship* pre/2 (odesa OR kyiv) => b
        kyiv w/1 kyiv => 
        turkey w/3 turkey => c
        nato pre/s shells => a
        shells pre/s nato => 
        names pre/p code => d
        stoltenberg w/sent shells => stoltenberg w/s shells => 
        stoltenberg w/p shells => a
        names w/para clerk => names w/p clerk => 
        allies NOT w/2 ammunition => b
        allies not near2 ammunition => allies NOT w/2 ammunition => b
        said w/s @person => a
        brib* w/9 @person => d
        lack w/9 @org => a
        shells w/2 @place => a
        stoltenberg w/1 @date => a
        brib* w/p person:\"jane doe\" => d
        shells w/5 place:ukraine => a
        (nato OR stoltenberg) w/6 (lack pre/1 ammun*) => a
        waits w/9 (will w/1 political) => c",
    );
}

#[test]
fn fields() {
    check(
        "title:odesa => b
        headline(odesa) => title:odesa => b
        hd=odesa => title:odesa => b
        ti(odesa) => title:odesa => b
        intitle:odesa => title:odesa => b
        title:(ammunition AND ukrain*) => a
        title:(ammunition w/2 ukraine) => a
        title:(port OR vote) => b c
        title:\"port reopens\" => b
        lead:stoltenberg => a
        lp=stoltenberg => lead:stoltenberg => a
        text:stoltenberg => a
        hlead:(odesa AND ships) => b
        text:ukraine => 
        hlead(odesa) => hlead:odesa => b
        hlp=vote => hlead:vote => c
        byline:calloway => a
        by=calloway => byline:calloway => a
        au(calloway) => byline:calloway => a
        author:calloway => byline:calloway => a
        source:ledger => a
        source:\"northern ledger\" => a
        source:ledgers => 
        rst=ledger => source:ledger => a
        pub(ledger) => source:ledger => a
        publication(ledger) => source:ledger => a
        section:world => a
        se=world => section:world => a
        keyword:defence => a
        language:de => e
        language:(de OR uk) => e f
        la=uk => language:uk => f
        lang:de => language:de => e
        url:ledger.example => a
        path:b => b
        format:text -language:en => format:text NOT language:en => e f
        person:stoltenberg => a
        person:\"jens stoltenberg\" => a
        person:\"stoltenberg jens\" => 
        org:nato => a
        place:ukraine => a b
        place:(kyiv OR odesa) => a b
        place:(kyiv AND odesa) => 
        place:\"Kyiv\" => a
        place:kiev => a
        place:geonames/703448 => a
        place:(50.4,30.5,25km) => a
        byline:* => a
        NOT byline:* => b c d e f
        words:>20 => words:>=21 => d
        words:4 => e f
        words>20 => words:>=21 => d
        words:3..5 => e f
        copies:>3 => copies:>=4 => ",
    );
}

#[test]
fn time() {
    check(
        "published:2024-03-14 => a
        published:2024-02 => b
        published:2024 => a b
        published:* => a b c e
        NOT published:* => d f
        published:2024-02-14 => 
        published:(2024-03 OR 2019) => published:2024-03 OR published:2019 => a e
        published:>2024-02 => published:>=2024-03-01 => a
        published:2024-Q1 => a b
        date:2024 => published:2024 => a b
        pd=2024 => published:2024 => a b
        published:2024-02..2024-03 => published:2024-02-01..2024-03-31 => a b
        published:[2023-01-01 TO 2023-12-31] => published:2023 => c
        published:{2024-02-29 TO 2024-03-15} => published:2024-03-01..2024-03-14 => a
        published:>=2024-03 => published:>=2024-03-01 => a
        published:<2020 => published:<=2019-12-31 => e
        published:today => published:2024-03-14 => a
        published:yesterday => published:2024-03-13 => 
        published:last-7-days => published:2024-03-08..2024-03-14 => a
        published:last-month => published:2024-02 => b
        published:this-year => published:2024 => a b
        mentioned:--03-14 => d
        mentioned:2024-03 => a
        mentioned:2024-03-14 => a
        mentioned:2023 => 
        mentioned:* => a d
        date from 1 Feb 2024 to 31 Mar 2024 => published:2024-02-01..2024-03-31 => a b
        date after 2024-03-01 => published:>=2024-03-02 => a
        date(geq 3/14/2024) => published:>=2024-03-14 => a
        PD(20240314) => published:2024-03-14 => a",
    );
}
