//! Other systems' queries on the small corpus of `rows.rs`: (query, tree in dateline's own form, articles found), each written down from the system's own
//! rules and by reading the articles before the engine was asked.
//!
//! What the form that `--explain` prints finds is the same, and where the matcher of `brute_force.rs` knows every operator of a query, it finds the same too.

use dateline_query::{
    Engine, Entity, Field, Kind, LocalEngine, Node, Parsed, Piece, Request, Require, Syntax, parse,
    parse_as,
};

use crate::brute_force::{holds, words};
use crate::corpus::{TODAY, engine, found};
use crate::rows::records;

/// Rows that each system has at least.
const LEAST_ROWS: usize = 60;

/// Rows of `query => tree => names of the articles`, or `query !! message` where it is refused. A tree of `…` is one that is too long to write down.
#[track_caller]
fn check(syntax: Syntax, rows: &str) {
    let records = records();
    let engine = engine(&records);
    let mut different = Vec::new();
    let rows: Vec<&str> = rows.lines().map(str::trim).filter(|row| !row.is_empty()).collect();
    assert!(rows.len() >= LEAST_ROWS, "{}", rows.len());
    for row in rows {
        let read = |query: &str| parse_as(query.trim(), TODAY, syntax);
        let shown = if let Some((query, _)) = row.split_once(" !!") {
            let faults: Vec<String> = read(query).faults.iter().map(ToString::to_string).collect();
            format!("{query} !! {}", faults.join("; "))
        } else {
            let parts: Vec<&str> = row.split("=>").map(str::trim).collect();
            let [query, expected, _] = parts[..] else { panic!("{row}") };
            let parsed = read(query);
            assert!(parsed.faults.is_empty(), "{row}: {:?}", parsed.faults);
            let tree = parsed.tree.clone().unwrap();
            let printed = tree.to_string();
            let names = names(&engine, parsed);
            assert_eq!(names, self::names(&engine, parse(&printed, TODAY)), "{row}");
            if is_known(&tree) {
                let matching = records.iter().filter(|record| holds(&words(record), &tree));
                let naive: Vec<&str> =
                    matching.map(|record| record.article.path.as_str()).collect();
                assert_eq!(names, naive.join(" "), "{row}");
            }
            let shown = if expected == "…" { expected } else { &printed };
            format!("{query} => {shown} => {names}")
        };
        if shown.trim() != row {
            different.push(format!("{}   (expected {row})", shown.trim()));
        }
    }
    assert!(different.is_empty(), "\n{}", different.join("\n"));
}

/// Names of all articles that match.
fn names(engine: &LocalEngine, query: Parsed) -> String {
    let request = Request { require: Require::Strict, limit: 100, ..Request::new(query) };
    let mut names = found(engine, &request);
    assert_eq!(engine.count(&request).unwrap(), names.len() as u64, "{}", request.query.text);
    names.sort_unstable();
    names.join(" ")
}

/// Whether the matcher that tries every pair knows all operators of the query.
fn is_known(node: &Node) -> bool {
    match &node.kind {
        Kind::And(operands) => operands.iter().all(is_known),
        Kind::Not(inner) | Kind::Required(inner) | Kind::AtLeast(_, inner) => is_known(inner),
        Kind::Field(Field::Title | Field::Text, inner) => has_places(inner),
        _ => has_places(node),
    }
}

/// Whether the matcher can tell where the node stands.
fn has_places(node: &Node) -> bool {
    match &node.kind {
        Kind::Word(pattern) | Kind::Phrase(pattern) => {
            pattern.words().iter().all(|word| match word.pieces() {
                [Piece::Text(text)] | [Piece::Text(text), Piece::Many] => {
                    text.chars().all(char::is_alphanumeric)
                }
                pieces => pieces == [Piece::Many],
            })
        }
        Kind::Or(operands) => operands.iter().all(has_places),
        Kind::Exact(inner) | Kind::Case(_, inner) | Kind::First(_, inner) => has_places(inner),
        Kind::Near(near) => has_places(&near.left) && has_places(&near.right),
        Kind::Entity(entity) => matches!(entity, Entity::Person | Entity::Date),
        _ => false,
    }
}

#[test]
fn nexis() {
    check(
        Syntax::Nexis,
        r#"ammunition => ammunition => a b
        political will => "political will" => b
        the political will => "the political will" => b
        will political => "will political" => c
        "political will" => "political will" => b
        political "will was" => political pre/1 "will was" => b
        jane doe w/5 case => "jane doe" w/5 case => d
        kyiv AND ammunition OR vote => kyiv AND (ammunition OR vote) => a c
        (kyiv AND ammunition) OR vote => (kyiv AND ammunition) OR vote => a c
        ammunition OR kyiv AND odesa OR shells => (ammunition OR kyiv) AND (odesa OR shells) => a b
        kyiv or odesa and vote => (kyiv OR odesa) AND vote => c
        kyiv AND turkey OR ammunition AND allies => kyiv AND (turkey OR ammunition) AND allies => a
        ammunition w/2 lack => ammunition w/2 lack => a
        ammunition pre/1 ships => ammunition pre/1 ships => b
        lack pre/2 ammunition => lack pre/2 ammunition => a
        ammunition pre/2 lack => ammunition pre/2 lack =>
        will W/5 political => will w/5 political => b c
        ammunition w/5 odesa OR lack => ammunition w/5 (odesa OR lack) => a b
        ships OR shells pre/4 odesa OR kyiv => (ships OR shells) pre/4 (odesa OR kyiv) => a b
        stoltenberg w/3 allies w/2 lack => stoltenberg w/3 (allies w/2 lack) => a
        ammunition w/10 ships AND NOT kyiv => (ammunition w/10 ships) AND NOT kyiv => b
        turkey w/s vote => turkey w/s vote => c
        turkey w/s sold => turkey w/s sold => c
        turkey pre/s met => turkey pre/s met => c
        allies w/s said => allies w/s said => a b
        stoltenberg w/s kyiv => stoltenberg w/s kyiv =>
        stoltenberg w/p kyiv => stoltenberg w/p kyiv => a
        stoltenberg w/p lack w/s allies => stoltenberg w/p (lack w/s allies) => a
        brib! w/p papers => brib* w/p papers => d
        bribery w/p clerk => bribery w/p clerk =>
        ammunition NOT w/3 lack => ammunition NOT w/3 lack => a b
        ammunition AND NOT odesa => ammunition AND NOT odesa => a
        ammunition AND NOT odesa AND left => ammunition AND NOT (odesa AND left) => a
        ammunition AND allies AND NOT odesa OR sold => (ammunition AND allies) AND NOT (odesa OR sold) => a
        (arms deal) OR (political will) => "arms deal" OR "political will" => b
        ammun! => ammun* => a b
        organi*ation => organi?ation => b
        "organi*ation of" => "organi?ation of" => b
        covid => covid => d
        AT&T => AT&T => d
        hlead(odesa) => hlead:odesa => b
        hlead(kyiv AND lack) => hlead:(kyiv AND lack) => a
        headline(port reopens) => title:"port reopens" => b
        headline(turkey OR odesa) => title:(turkey OR odesa) => b c
        headline(ammunition) AND NOT body(kyiv) => title:ammunition AND NOT text:kyiv =>
        lead(ammunition w/2 ships) => lead:(ammunition w/2 ships) => b
        body(odesa) => text:odesa => b
        byline(calloway) => byline:calloway => a
        publication(northern ledger) => source:"northern ledger" => a
        section(world) => section:world => a
        language(de) => language:de => e
        caps(turkey) => caps(turkey) => c
        allcaps(nato) => allcaps(nato) => a
        nocaps(turkey) => nocaps(turkey) => c
        caps(turkey) w/4 workers => caps(turkey) w/4 workers => c
        atleast2(turkey) => atleast2(turkey) => c
        atleast2(ammunition) => atleast2(ammunition) => a
        atleast4(turkey OR vote) => atleast4(turkey OR vote) => c
        date(geq 3/1/2024) => published:>=2024-03-01 => a
        date = 3/14/2024 => published:2024-03-14 => a
        date(leq 12/31/2023) => published:<=2023-12-31 => c e
        date aft 2/29/2024 => published:>=2024-03-01 => a
        date(geq 2/1/2024 and leq 2/29/2024) => published:>=2024-02-01 AND published:<=2024-02-29 => b
        published:2/2024 !! `2/2024` is not a date (column 11)
        kyiv AND !! `AND` at column 6 has nothing after it
        AND NOT kyiv !! `AND` at column 1 has nothing before it
        (ammunition !! the parenthesis opened at column 1 is not closed"#,
    );
}

#[test]
fn factiva() {
    check(
        Syntax::Factiva,
        r#"ammunition => ammunition => a b
        political will => political pre/1 will => b
        "political will" => "political will" => b
        allies lack ammunition => (allies pre/1 lack) pre/1 ammunition => a
        ammunition or kyiv and odesa => ammunition OR (kyiv AND odesa) => a b
        kyiv and ammunition or vote => (kyiv AND ammunition) OR vote => a c
        kyiv or odesa and ammunition or vote => kyiv OR (odesa AND ammunition) OR vote => a b c
        (kyiv or odesa) and ammunition => (kyiv OR odesa) AND ammunition => a b
        political will and odesa => (political pre/1 will) AND odesa => b
        ammunition not odesa => ammunition NOT odesa => a
        ammunition not odesa and kyiv => (ammunition NOT odesa) AND kyiv => a
        kyiv not turkey or vote => (kyiv NOT turkey) OR vote => a c
        ammunition not (odesa or left) => ammunition NOT (odesa OR left) => a
        ammunition w/2 lack => ammunition pre/2 lack =>
        lack w/2 ammunition => lack pre/2 ammunition => a
        ammunition near2 lack => ammunition w/2 lack => a
        ammunition N/2 lack => ammunition w/2 lack => a
        lack adj1 ammunition => lack pre/1 ammunition => a
        allies adj2 ammunition => allies pre/2 ammunition => a
        allies near5 said and ammunition => (allies w/5 said) AND ammunition => a b
        ships near4 odesa not kyiv => (ships w/4 odesa) NOT kyiv => b
        (nato or stoltenberg) w/2 (sent or said) => (nato OR stoltenberg) pre/2 (sent OR said) => a
        "ammunition ships" w/3 odesa => "ammunition ships" pre/3 odesa => b
        stoltenberg near3 allies near1 lack => stoltenberg w/3 (allies w/1 lack) => a
        ammunition not near3 lack => ammunition NOT w/3 lack => a b
        stoltenberg same kyiv => stoltenberg w/p kyiv => a
        jane same clerk => jane w/p clerk =>
        jane same clerk or vote => (jane w/p clerk) OR vote => c
        brib* same avdiivka => brib* w/p avdiivka => d
        hd=odesa => title:odesa => b
        hd=(odesa or turkey) => title:(odesa OR turkey) => b c
        hd=port reopens => title:(port pre/1 reopens) => b
        hd=port reopens and ships => title:(port pre/1 reopens) AND ships => b
        hd=vote or rst=ledger => title:vote OR source:ledger => a c
        hd=ammunition not lp=odesa => title:ammunition NOT lead:odesa => a
        hlp=odesa => hlead:odesa => b
        hlp=(ammunition and shells) => hlead:(ammunition AND shells) => a
        lp=ships => lead:ships => b
        by=calloway => byline:calloway => a
        rst=ledger and kyiv => source:ledger AND kyiv => a
        rst=(northern ledger) => source:(northern pre/1 ledger) => a
        la=de => language:de => e
        la=de or la=uk => language:de OR language:uk => e f
        se=world => section:world => a
        pd=20240314 => published:2024-03-14 => a
        pd=2024 and la=en => published:2024 AND language:en => a b
        date after 2024-03-01 => published:>=2024-03-02 => a
        date before 2020-01-01 => published:<=2019-12-31 => e
        date from 1 Feb 2024 to 29 Feb 2024 => published:2024-02 => b
        date from 1 Feb 2024 to 31 Mar 2024 and kyiv => published:2024-02-01..2024-03-31 AND kyiv => a
        atleast2 turkey => atleast2(turkey) => c
        atleast2 ammunition => atleast2(ammunition) => a
        atleast2 turkey near9 met => atleast2(turkey w/9 met) => c
        atleast2 turkey and kyiv => atleast2(turkey) AND kyiv => c
        /F3/ammunition => first3(ammunition) => a
        ammunition/F3/ => first3(ammunition) => a
        ammunition/F4/ => first4(ammunition) => a b
        ship$1 => ship OR ship? => b
        ship$1 w/3 odesa => (ship OR ship?) pre/3 odesa => b
        ammun* => ammun* => a b
        organi?ation => organi?ation => b
        wc>20 => words:>=21 => d
        wc<6 => words:<=5 => e f
        same !! `same` at column 1 has nothing before it
        kyiv AND !! `AND` at column 6 has nothing after it
        pd=3/4/2024 !! `3/4/2024` can be 2024-03-04 or 2024-04-03 (column 4)
        hd=NOT !! the field `title` at column 1 has no value"#,
    );
}

#[test]
fn proquest() {
    check(
        Syntax::Proquest,
        r#"ammunition => ammunition => a b
        ammunition odesa => ammunition odesa => b
        the political will => the political will => b c
        "the political will" => "the political will" => b
        ammunition OR kyiv AND odesa => ammunition OR (kyiv AND odesa) => a b
        ammunition AND odesa OR vote => (ammunition AND odesa) OR vote => b c
        kyiv ammunition OR vote => (kyiv ammunition) OR vote => a c
        ammunition AND (odesa OR kyiv) => ammunition AND (odesa OR kyiv) => a b
        (ammunition OR vote) AND kyiv => (ammunition OR vote) AND kyiv => a c
        kyiv and ammunition => kyiv AND ammunition => a
        ammunition NOT odesa OR kyiv => ammunition NOT (odesa OR kyiv) =>
        ammunition OR vote NOT odesa => (ammunition OR vote) NOT odesa => a c
        kyiv AND ammunition NOT vote OR odesa => (kyiv AND ammunition) NOT (vote OR odesa) => a
        left AND odesa NOT shells => (left AND odesa) NOT shells => b
        kyiv or odesa not turkey => (kyiv OR odesa) NOT turkey => a b
        ammunition AND NOT odesa => ammunition AND NOT odesa => a
        kyiv -turkey => kyiv NOT turkey => a
        NOT ammunition => NOT ammunition => c d e f
        ammunition NEAR/2 lack => ammunition w/2 lack => a
        ammunition N/2 lack => ammunition w/2 lack => a
        lack PRE/2 ammunition => lack pre/2 ammunition => a
        ammunition P/2 lack => ammunition pre/2 lack =>
        ammunition NEAR/2 lack AND kyiv => (ammunition w/2 lack) AND kyiv => a
        ammunition NEAR/2 lack OR vote => (ammunition w/2 lack) OR vote => a c
        stoltenberg NEAR/3 allies PRE/2 ammunition => stoltenberg w/3 (allies pre/2 ammunition) => a
        (stoltenberg NEAR/3 allies) AND shells => (stoltenberg w/3 allies) AND shells => a
        (nato OR stoltenberg) NEAR/1 (sent OR said) => (nato OR stoltenberg) w/1 (sent OR said) => a
        "allies lack" NEAR/1 ammunition => "allies lack" w/1 ammunition => a
        brib* NEAR/2 clerk => brib* w/2 clerk => d
        brib* N/1 clerk => brib* w/1 clerk =>
        organi?ation NEAR/2 allies => organi?ation w/2 allies => b
        ti(odesa) => title:odesa => b
        ti(odesa OR turkey) => title:(odesa OR turkey) => b c
        ti(ammunition AND ukraine) => title:(ammunition AND ukraine) => a
        ti(odesa reopens) => title:(odesa reopens) => b
        ti("port reopens") => title:"port reopens" => b
        ti(port PRE/1 reopens) => title:(port pre/1 reopens) => b
        ti(turkey) AND kyiv => title:turkey AND kyiv => c
        ti(turkey) OR ti(odesa) AND ships => title:turkey OR (title:odesa AND ships) => b c
        au(calloway) => byline:calloway => a
        au(ruth calloway) => byline:(ruth calloway) => a
        pub(ledger) => source:ledger => a
        pub("northern ledger") => source:"northern ledger" => a
        se(world) => section:world => a
        la(de) => language:de => e
        lead(ships) => lead:ships => b
        pd(20240314) => published:2024-03-14 => a
        pd(2024) => published:2024 => a b
        ammunition AND pub(ledger) AND pd(2024) => ammunition AND source:ledger AND published:2024 => a
        exact(ships) => =ships => b
        exact(ship) => =ship =>
        exact("political will") => ="political will" => b
        exact(turkey) AND ti(vote) => =turkey AND title:vote => c
        ship*1 => ship OR ship? => b
        ship*1 NEAR/3 odesa => (ship OR ship?) w/3 odesa => b
        ammun* => ammun* => a b
        *munition => *munition => a b
        organi?ation => organi?ation => b
        COVID-19 => COVID-19 => d
        o'neill => o'neill => d
        (ammunition !! the parenthesis opened at column 1 is not closed
        AND kyiv !! `AND` at column 1 has nothing before it
        kyiv NOT !! `NOT` at column 6 has nothing after it
        ammunition NEAR/0 lack !! the distance at column 12 is out of bounds
        pd(3/4/2024) !! `3/4/2024` can be 2024-03-04 or 2024-04-03 (column 4)"#,
    );
}

#[test]
fn lucene() {
    check(
        Syntax::Lucene,
        r#"ammunition => ammunition => a b
        ammunition vote => ammunition OR vote => a b c
        ammunition AND odesa => ammunition AND odesa => b
        ammunition && odesa => ammunition AND odesa => b
        odesa OR vote => odesa OR vote => b c
        odesa || vote => odesa OR vote => b c
        kyiv AND ammunition OR vote => (kyiv AND ammunition) OR vote => a c
        vote OR kyiv AND ammunition => vote OR (kyiv AND ammunition) => a c
        kyiv odesa AND ships => kyiv OR (odesa AND ships) => a b c
        (ammunition OR vote) AND kyiv => (ammunition OR vote) AND kyiv => a c
        (kyiv odesa) AND (ships shells) => (kyiv OR odesa) AND (ships OR shells) => a b
        +ammunition odesa => ammunition OR (+ammunition odesa) => a b
        +ammunition +odesa => ammunition AND odesa => b
        +ammunition -odesa => ammunition AND NOT odesa => a
        kyiv +vote => vote OR (+vote kyiv) => c
        ammunition -odesa => ammunition NOT odesa => a
        ammunition !odesa => ammunition NOT odesa => a
        ammunition NOT odesa => ammunition NOT odesa => a
        kyiv odesa -turkey => (kyiv OR odesa) NOT turkey => a b
        kyiv NOT (turkey OR vote) => kyiv NOT (turkey OR vote) => a
        -turkey => NOT turkey => a b d e f
        NOT kyiv => NOT kyiv => b d e f
        kyiv and nowhere => kyiv OR \and OR nowhere => a c d
        kyiv or vote => kyiv OR \or OR vote => a c
        not kyiv => \not OR kyiv => a c
        "political will" => "political will" => b
        "will political" => "will political" => c
        "turkey was sold" => "turkey was sold" => c
        "political will"~1 => political pre/2 will => b
        "political will"~2 => (political pre/3 will) OR (will pre/1 political) => b c
        "lack ammunition"~0 => lack pre/1 ammunition => a
        "ammunition ships odesa"~0 => "ammunition ships odesa" =>
        "ammunition ships odesa"~1 => "ammunition ships odesa" OR "ammunition ships * odesa" OR "ammunition * ships odesa" => b
        "stoltenberg allies ammunition"~3 => … => a
        "stoltenberg allies ammunition"~1 => … =>
        "stoltenberg ammunition allies"~3 => … =>
        "stoltenberg ammunition allies"~5 => … => a
        title:odesa => title:odesa => b
        title:(odesa vote) => title:(odesa OR vote) => b c
        title:odesa vote => title:odesa OR vote => b c
        title:"port reopens" => title:"port reopens" => b
        title:"odesa reopens"~1 => title:(odesa pre/2 reopens) => b
        body:odesa => text:odesa => b
        author:calloway => byline:calloway => a
        source:ledger AND kyiv => source:ledger AND kyiv => a
        language:de => language:de => e
        words:[3 TO 5] => words:3..5 => e f
        published:[2024-03-01 TO 2024-03-31] => published:2024-03 => a
        published:{2024-02 TO 2024-04} => published:2024-03 => a
        published:[2023 TO 2024] => published:2023-01-01..2024-12-31 => a b c
        published:2024 -odesa => published:2024 NOT odesa => a
        ammun* => ammun* => a b
        *munition => *munition => a b
        ship?ing => ship?ing =>
        ship? => ship? => b
        ammunitoin~ => ammunitoin~ => a b
        ammunitoin~1 => ammunitoin~1 => a b
        /ammun.+/ => /ammun.+/ => a b
        ammunition^4 vote => ammunition^4 OR vote => a b c
        turkey^2 odesa^0.5 => turkey^2 OR odesa^0.5 => b c
        * => * => a b c d e f
        AT&T => AT&T => d
        \(draft => \(draft =>
        (ammunition !! the parenthesis opened at column 1 is not closed
        "kyiv !! the quote opened at column 1 is not closed
        kyiv AND !! `AND` at column 6 has nothing after it
        topic:kyiv !! unknown field `topic` at column 1"#,
    );
}
