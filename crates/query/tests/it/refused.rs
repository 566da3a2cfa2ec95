//! A query that cannot be read or run for every row of the language's tables: what is told of it, with the column.

use dateline_query::{Engine, Error, Request, parse};

use crate::corpus::{TODAY, engine};
use crate::rows::records;

/// Rows of `query => messages`.
#[track_caller]
fn check(rows: &str) {
    let engine = engine(&records());
    let mut different = Vec::new();
    for row in rows.lines().map(str::trim) {
        let (query, expected) = row.rsplit_once(" => ").unwrap();
        let shown = match engine.search(&Request::new(parse(query, TODAY))) {
            Err(Error::Query { text, faults }) => {
                for fault in &faults {
                    // Message, query, caret and hint.
                    assert_eq!(fault.render(&text).lines().count(), 4, "{row}");
                }
                faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
            }
            other => format!("{other:?}"),
        };
        if shown != expected {
            different.push(format!("{query} => {shown}"));
        }
    }
    assert!(different.is_empty(), "\n{}", different.join("\n"));
}

#[test]
fn words() {
    check(
        r#"ammunition AND => `AND` at column 12 has nothing after it
        ammunition & & ukraine => `&` at column 14 follows another operator
        kyiv OR => `OR` at column 6 has nothing after it
        | kyiv => `|` at column 1 has nothing before it
        nato NOT => `NOT` at column 6 has nothing after it
        nato AND NOT => `NOT` at column 10 has nothing after it
        nato BUT NOT => `NOT` at column 10 has nothing after it
        --nato => `-` at column 2 follows another operator
        NOT => `NOT` at column 1 has nothing after it
        "political will => the quote opened at column 1 is not closed
        “political will => the quote opened at column 1 is not closed
        "political" will" => the quote opened at column 17 is not closed
        "" => the quote at column 1 is empty
        "…" => `"…"` at column 1 holds no word to look for
        ="political will => the quote opened at column 2 is not closed
        exact(invading => the parenthesis opened at column 6 is not closed
        exact() => the parentheses at column 6 hold nothing
        "ammun* => the quote opened at column 1 is not closed
        *vdi*ka~ => `~` at column 8 does not follow a plain word or phrase
        ? => `?` at column 1 holds no word to look for
        avdiivka~3 => the number of edits at column 9 is out of bounds
        ammun*~ => `~` at column 7 does not follow a plain word or phrase
        (kyiv odesa)~ => `~` at column 13 does not follow a plain word or phrase
        /avdi(/ => `/avdi(/` at column 1 is not a pattern
        caps() => the parentheses at column 5 hold nothing
        allcaps(aids => the parenthesis opened at column 8 is not closed
        nocaps( => the parenthesis opened at column 7 is not closed
        byline:caps(turkey) => not supported yet: capitals outside title and text (column 13)
        atleast0(ammunition) => the number of times at column 1 is out of bounds
        atleast5() => the parentheses at column 9 hold nothing
        atleast5 => `atleast5` at column 1 has nothing after it
        atleast5(NOT ammunition) => `atleast5` at column 10 cannot take `NOT`
        atleast2(published:2024) => `atleast2` at column 10 cannot take days or numbers (`@date` is any date)
        first0(ammunition) => the number of words at column 1 is out of bounds
        first50( => the parenthesis opened at column 8 is not closed
        /F0/ammunition => the number of words at column 1 is out of bounds
        ammunition/F0/ => the number of words at column 11 is out of bounds
        nato^0 => the weight at column 5 is out of bounds
        nato^2^3 => `^` at column 7 follows another operator
        *~1 => `~` at column 2 does not follow a plain word or phrase
        *^0 => the weight at column 2 is out of bounds"#,
    );
}

#[test]
fn nearness() {
    check(
        r#"stoltenberg w/8 => `w/8` at column 13 has nothing after it
        w/8 ammunition => `w/8` at column 1 has nothing before it
        stoltenberg w/0 ammunition => the distance at column 13 is out of bounds
        stoltenberg NEAR/8 AND ammunition => `AND` at column 20 follows another operator
        "ammunition"~8 => `~` at column 13 does not follow a plain word or phrase
        stoltenberg pre/8 => `pre/8` at column 13 has nothing after it
        pre/8 said => `pre/8` at column 1 has nothing before it
        stoltenberg adj0 said => the distance at column 13 is out of bounds
        nato w/s => `w/s` at column 6 has nothing after it
        w/p shells => `w/p` at column 1 has nothing before it
        nato w/s (shells AND mines) => `w/s` at column 6 cannot take `AND` or words side by side (quote a phrase)
        nato w/p * => `w/p` at column 6 cannot take `*`
        russia NOT w/5 => `NOT w/5` at column 8 has nothing after it
        NOT near5 federation => `NOT near5` at column 1 has nothing before it
        russia NOT w/5 (federation NOT state) => `NOT w/5` at column 8 cannot take `NOT`
        brib* w/s @person AND => `AND` at column 19 has nothing after it
        "arms deal w/10 @place => the quote opened at column 1 is not closed
        brib* w/p person:"jane doe => the quote opened at column 18 is not closed
        mine* w/5 place:geonames/1 => there is no place `geonames/1` (column 11)
        mine* w/5 place:(50.4,30.5) => what stands at column 17 is no circle on earth
        (putin OR kremlin w/10 nuclear => the parenthesis opened at column 1 is not closed
        a w/8 title:b => `w/8` at column 3 cannot take a field (write the field before the whole)
        a w/8 published:2024 => `w/8` at column 3 cannot take days or numbers (`@date` is any date)
        (a b) w/8 c => `w/8` at column 7 cannot take `AND` or words side by side (quote a phrase)"#,
    );
}

#[test]
fn fields() {
    check(
        r#"titel:nato => unknown field `titel` at column 1
        title:() => the parentheses at column 7 hold nothing
        title:(nato => the parenthesis opened at column 7 is not closed
        title:(nato AND) => `AND` at column 13 has nothing after it
        title:AND nato => the field `title` at column 1 has no value
        title:(lead:nato) => the field `lead` at column 8 stands inside another
        headline(nato => the parenthesis opened at column 9 is not closed
        hd="nato => the quote opened at column 4 is not closed
        ti() => the parentheses at column 3 hold nothing
        intitle:>3 => `title` at column 9 holds words and has no order
        hlead( => the parenthesis opened at column 6 is not closed
        hlp=OR => the field `hlead` at column 1 has no value
        lead:- => the field `lead` at column 1 has no value
        text:( => the parenthesis opened at column 6 is not closed
        byline:() => the parentheses at column 8 hold nothing
        by="calloway => the quote opened at column 4 is not closed
        au( => the parenthesis opened at column 3 is not closed
        source:"ledger => the quote opened at column 8 is not closed
        rst=AND => the field `source` at column 1 has no value
        section:(world => the parenthesis opened at column 9 is not closed
        se=() => the parentheses at column 4 hold nothing
        keyword:>1 => `keyword` at column 9 holds words and has no order
        language:klingon => `klingon` at column 10 is not a language code
        la=en* => not supported yet: wildcards under a field of codes (column 4)
        url:"ledger => the quote opened at column 5 is not closed
        path:( => the parenthesis opened at column 6 is not closed
        format:() => the parentheses at column 8 hold nothing
        id:12 => `12` at column 4 is not an article id
        person:"putin => the quote opened at column 8 is not closed
        person:(putin AND) => `AND` at column 15 has nothing after it
        org:>5 => `org` at column 5 holds words and has no order
        place:geonames/1 => there is no place `geonames/1` (column 7)
        place:(91,30,5km) => what stands at column 7 is no circle on earth
        place:(50.4,30.5,km) => what stands at column 7 is no circle on earth
        place:k?ev => not supported yet: wildcards inside the name of a place (column 7)
        NOT byline:() => the parentheses at column 12 hold nothing
        words:many => `many` at column 7 is not a number
        words:> => the field `words` at column 7 has no value
        words:400..200 => the interval at column 7 is back to front
        copies:>many => `>many` at column 8 is not a number
        copies:3..1 => the interval at column 8 is back to front"#,
    );
}

#[test]
fn time() {
    check(
        r#"published:soon => `soon` is not a date (column 11)
        published:2024-02-30 => `2024-02-30` is not a date (column 11)
        published:2024-13 => `2024-13` is not a date (column 11)
        published:24 => `24` is not a date (column 11)
        published:2024-Q5 => `2024-Q5` is not a date (column 11)
        published:"" => the field `published` at column 11 has no value
        published:2024-03..2024-01 => the interval is back to front: it ends on 2024-01-31, before it begins on 2024-03-01 (column 11)
        published:[2024-01-01 TO 2024-03-31 => the interval opened at column 11 is not closed
        published:{2024 TO 2023} => the interval is back to front: it ends on 2022-12-31, before it begins on 2025-01-01 (column 11)
        published:>= => the field `published` at column 11 has no value
        published:<soon => `soon` is not a date (column 11)
        published:last-x-days => `last-x-days` is not a date (column 11)
        published:--03-14 => `published` at column 11 needs a year
        published:(2024 OR never) => `never` is not a date (column 20)
        mentioned:--13-14 => `--13-14` is not a date (column 11)
        mentioned:>>2024 => `>2024` is not a date (column 11)
        date:3/4/2024 => `3/4/2024` can be 2024-03-04 or 2024-04-03 (column 6)
        date from 1 Jan 2024 => `from 1 Jan 2024` is not a date (column 6)
        date from 31 Mar 2024 to 1 Jan 2024 => the interval is back to front: it ends on 2024-01-01, before it begins on 2024-03-31 (column 6)
        date after 3/4/2024 => `3/4/2024` can be 2024-03-04 or 2024-04-03 (column 6)
        date(geq) => the field `published` at column 6 has no value
        date(geq 3/31/2024 => the parenthesis opened at column 5 is not closed
        PD(20241301) => `20241301` is not a date (column 4)"#,
    );
}
