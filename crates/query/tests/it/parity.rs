//! Other systems' queries on the small corpus of `rows.rs`: what they find, written down by reading the articles before the engine was asked. The form that
//! `--explain` prints finds the same.

use dateline_query::{Engine, Request, Require, Syntax, parse_as};

use crate::corpus::{TODAY, found};
use crate::rows::corpus;

/// Rows of `query => names of the articles`; a query that is refused gives its message.
#[track_caller]
fn check(syntax: Syntax, rows: &str) {
    let engine = corpus();
    let mut different = Vec::new();
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (query, expected) = row.split_once(" =>").unwrap();
        let expected = expected.trim();
        let parsed = parse_as(query.trim(), TODAY, syntax);
        let shown = if let Some(fault) = parsed.faults.first() {
            fault.to_string()
        } else {
            // Its form in dateline's own language finds the same.
            let own = dateline_query::parse(&parsed.tree.clone().unwrap().to_string(), TODAY);
            let names = |query| {
                let request =
                    Request { require: Require::Strict, limit: 100, ..Request::new(query) };
                let mut names = found(&engine, &request);
                assert_eq!(engine.count(&request).unwrap(), names.len() as u64, "{row}");
                names.sort_unstable();
                names.join(" ")
            };
            let (here, own) = (names(parsed), names(own));
            assert_eq!(here, own, "{row}");
            here
        };
        if shown != expected {
            different.push(format!("{query} => {shown}   (expected {expected})"));
        }
    }
    assert!(different.is_empty(), "\n{}", different.join("\n"));
}

#[test]
fn nexis() {
    check(
        Syntax::Nexis,
        "ammunition => a b
        political will => b
        the political will => b
        will political => c
        kyiv AND ammunition OR vote => a c
        (kyiv AND ammunition) OR vote => a c
        ammunition OR kyiv AND odesa OR shells => a b
        ammunition w/2 lack => a
        ammunition pre/1 ships => b
        lack pre/2 ammunition => a
        ammunition pre/2 lack =>
        ammunition w/5 odesa OR lack => a b
        turkey w/s vote => c
        turkey w/s sold => c
        stoltenberg w/p kyiv => a
        ammunition AND NOT odesa => a
        ammunition AND NOT odesa AND left => a
        ammun! => a b
        organi*ation => b
        hlead(odesa) => b
        headline(port reopens) => b
        caps(turkey) => c
        allcaps(nato) => a
        nocaps(turkey) => c
        atleast2(turkey) => c
        atleast2(ammunition) => a
        date(geq 3/1/2024) => a
        date = 3/14/2024 => a
        published:2/2024 => `2/2024` is not a date (column 11)
        (arms deal) OR (political will) => b
        byline(calloway) => a
        publication(northern ledger) => a
        ammunition NOT w/3 lack => a b
        kyiv AND => `AND` at column 6 has nothing after it",
    );
}

#[test]
fn factiva() {
    check(
        Syntax::Factiva,
        "ammunition => a b
        political will => b
        ammunition or kyiv and odesa => a b
        kyiv and ammunition or vote => a c
        ammunition w/2 lack =>
        lack w/2 ammunition => a
        ammunition near2 lack => a
        ammunition not odesa => a
        ammunition not near3 lack => a b
        lack adj1 ammunition => a
        stoltenberg same kyiv => a
        jane same clerk =>
        hd=odesa => b
        hd=(odesa or turkey) => b c
        hlp=odesa => b
        by=calloway => a
        rst=ledger and kyiv => a
        la=de => e
        se=world => a
        pd=20240314 => a
        date after 2024-03-01 => a
        date from 1 Feb 2024 to 29 Feb 2024 => b
        atleast2 turkey => c
        atleast2 ammunition => a
        /F3/ammunition => a
        ammunition/F3/ => a
        ship$1 => b
        ammun* => a b
        wc>20 => d
        \"political will\" => b
        same => `same` at column 1 has nothing before it",
    );
}

#[test]
fn proquest() {
    check(
        Syntax::Proquest,
        "ammunition => a b
        ammunition odesa => b
        ammunition OR kyiv AND odesa => a b
        ammunition NOT odesa OR kyiv => 
        ammunition OR vote NOT odesa => a c
        ammunition NEAR/2 lack => a
        ammunition N/2 lack => a
        lack PRE/2 ammunition => a
        ammunition P/2 lack =>
        ti(odesa) => b
        ti(odesa OR turkey) => b c
        au(calloway) => a
        pub(ledger) => a
        la(de) => e
        pd(20240314) => a
        exact(ships) => b
        exact(ship) =>
        ship*1 => b
        ammun* => a b
        organi?ation => b
        \"political will\" AND odesa => b
        (ammunition => the parenthesis opened at column 1 is not closed",
    );
}

#[test]
fn lucene() {
    check(
        Syntax::Lucene,
        "ammunition => a b
        ammunition vote => a b c
        ammunition AND odesa => b
        +ammunition odesa => a b
        +ammunition +odesa => b
        +ammunition -odesa => a
        ammunition -odesa => a
        ammunition !odesa => a
        ammunition && odesa => b
        odesa || vote => b c
        kyiv and nowhere => a c d
        \"political will\" => b
        \"will political\" => c
        \"political will\"~2 => b c
        \"lack ammunition\"~0 => a
        \"stoltenberg allies ammunition\"~1 =>
        \"stoltenberg allies ammunition\"~3 => a
        \"stoltenberg ammunition allies\"~3 =>
        \"stoltenberg ammunition allies\"~5 => a
        \"ammunition ships odesa\"~1 => b
        title:odesa => b
        title:(odesa vote) => b c
        title:odesa vote => b c
        ammun* => a b
        ammunitoin~ => a b
        ammunitoin~1 => a b
        /ammun.+/ => a b
        ammunition^4 vote => a b c
        published:[2024-03-01 TO 2024-03-31] => a
        published:{2024-02 TO 2024-04} => a
        * => a b c d e f
        ship?ing =>
        ship? => b
        (ammunition OR vote) AND kyiv => a c
        \\(draft => ",
    );
}
