//! The order of hits: relevance, ties, pages, days; the same from every cut into segments.

use dateline_article::{Date, Mentions, Name, Record, Span};
use dateline_query::{
    Engine, Expand, Explain, LocalEngine, Note, Recency, Request, Require, Response, Sort,
};

use crate::corpus::{With, article, engine, engine_in_segments, found, request};

#[test]
fn title_before_lead_before_text() {
    let filler = "Nothing of note was said that day by anybody there. ".repeat(12);
    let engine = engine(&[
        article("text", "News", &format!("{filler}Ammunition came.")),
        article("lead", "News", &format!("Ammunition came. {filler}")),
        article("title", "Ammunition", &format!("{filler}It came.")),
    ]);
    assert_eq!(found(&engine, &request("ammunition")), ["title", "lead", "text"]);
}

/// Articles of equal score on three days, in every order of writing.
fn equals() -> Vec<Record> {
    (0..30)
        .map(|n| {
            article(&format!("{n:02}"), "Same", "The same text.")
                .published(&format!("2024-03-{:02}", n % 3 + 1))
        })
        .collect()
}

#[test]
fn ties_break_by_day_and_id_in_every_cut() {
    let records = equals();
    let whole = found(&engine_in_segments(&records, 100), &request("same text"));
    assert_eq!(whole.len(), 30);
    let days: Vec<u32> = whole.iter().map(|name| name.parse::<u32>().unwrap() % 3).collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "newest first: {days:?}");
    for per_segment in [1, 3, 7] {
        let cut = found(&engine_in_segments(&records, per_segment), &request("same text"));
        assert_eq!(cut, whole, "{per_segment} a segment");
    }
    let mut reversed = records;
    reversed.reverse();
    assert_eq!(found(&engine_in_segments(&reversed, 4), &request("same text")), whole);
}

#[test]
fn pages_hold_each_article_once() {
    let engine = engine(&equals());
    let whole = found(&engine, &request("same"));
    let mut paged = Vec::new();
    for page in 0..5 {
        let request = Request { limit: 7, offset: page * 7, ..request("same") };
        let hits = engine.search(&request).unwrap().hits;
        assert!(hits.iter().enumerate().all(|(n, hit)| hit.rank == page * 7 + n + 1));
        paged.extend(hits.into_iter().map(|hit| hit.path));
    }
    assert_eq!(paged, whole);
    let beyond = Request { offset: 20_000, ..request("same") };
    assert_eq!(found(&engine, &beyond), Vec::<String>::new());
    assert_eq!(found(&engine, &Request { limit: 0, ..request("same") }), Vec::<String>::new());
}

#[test]
fn by_day() {
    let engine = engine(&[
        article("a", "", "x").published("2024-03-14T09:00:00Z"),
        article("b", "", "x x x").published("2024-03-14T08:00:00Z"),
        article("c", "", "x"),
        article("d", "", "x").published("1987-02-26"),
    ]);
    let by = |sort| found(&engine, &Request { sort, ..request("x") }).join(" ");
    assert_eq!(by(Sort::Newest), "a b d c");
    assert_eq!(by(Sort::Oldest), "d b a c");
}

#[test]
fn dates_b058_the_moment_orders_across_zones() {
    let engine = engine(&[
        article("japan", "", "x").published("2018-06-05T14:26:00+09:00"),
        article("london", "", "x").published("2018-06-05T08:00:00Z"),
        article("york", "", "x").published("2018-06-05T02:00:00-04:00"),
    ]);
    let newest = Request { sort: Sort::Newest, ..request("x") };
    assert_eq!(found(&engine, &newest), ["london", "york", "japan"]);
}

#[test]
fn forms_of_a_word_share_their_rarity() {
    // `elections` in the one article of unknown language is a rare term; the article must not lead for that.
    let mut records: Vec<Record> = (0..20)
        .map(|n| {
            article(&format!("{n:02}"), "", "Elections were held, and many more words were said.")
        })
        .collect();
    records.push(article("best", "", "Elections. Elections."));
    records.push(
        article("other", "", "Elections were held, and many more words were said again.")
            .language(""),
    );
    assert_eq!(found(&engine(&records), &request("elections"))[0], "best");
}

#[test]
fn words_that_are_missing() {
    let engine = engine(&[
        article("one", "", "kyiv"),
        article("two", "", "kyiv odesa"),
        article("three", "", "lviv"),
        article("none", "", "paris"),
    ]);
    let search =
        |query: &str, require| engine.search(&Request { require, ..request(query) }).unwrap();
    let names = |query: &str, require| {
        let hits = search(query, require).hits;
        hits.into_iter().map(|hit| hit.path).collect::<Vec<_>>().join(" ")
    };
    let relaxed = search("kyiv odesa lviv", Require::All);
    assert_eq!(
        relaxed.notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["no article has every word: these have some of them"]
    );
    assert_eq!(names("kyiv odesa lviv", Require::All).split(' ').next(), Some("two"));
    assert_eq!(names("kyiv odesa lviv", Require::All).split(' ').count(), 3);
    assert_eq!(names("kyiv odesa lviv", Require::Strict), "");
    assert_eq!(names("kyiv AND odesa AND lviv", Require::All), "");
    assert_eq!(names("kyiv odesa +lviv", Require::All), "");
    assert_eq!(names("kyiv lviv +odesa", Require::All), "two");
    assert_eq!(names("kyiv lviv -odesa", Require::All).split(' ').count(), 2);
    assert_eq!(names("kyiv odesa", Require::All), "two");
    assert_eq!(names("kyiv odesa", Require::Any), "two one");
    assert_eq!(names("moon mars", Require::All), "");
    let count = |query: &str| engine.count(&request(query)).unwrap();
    assert_eq!((count("kyiv odesa lviv"), count("kyiv odesa"), count("kyiv")), (0, 1, 2));
    assert_eq!(search("kyiv odesa", Require::All).notes, []);
}

#[test]
fn recent_articles_are_favoured_when_asked() {
    let engine = engine(&[
        article("old", "", "kyiv kyiv kyiv").published("2023-03-14"),
        article("new", "", "kyiv and more words").published("2024-03-13"),
        article("later", "", "kyiv and yet more words").published("2030-01-01"),
        article("undated", "", "kyiv kyiv kyiv kyiv"),
    ]);
    let by = |days: Option<u16>| {
        let today = Date::constant(2024, 3, 14);
        let recency = days.map(|days| Recency { today, half_life_days: days.try_into().unwrap() });
        found(&engine, &Request { recency, ..request("kyiv") }).join(" ")
    };
    assert_eq!(by(None), "undated old new later");
    assert_eq!(by(Some(30)), "new later old undated");
    assert_eq!(by(Some(u16::MAX)), "old new later undated");
}

#[test]
fn pages_of_any_size_hold_the_best_by_recency_too() {
    // Half of them are long and old: pruning by the undecayed score must not lose the recent ones.
    let records: Vec<Record> = (0..200)
        .map(|n| {
            article(&format!("{n:03}"), "", &"kyiv ".repeat(1 + n * 7 % 13))
                .published(&format!("20{:02}-03-14", n % 24))
        })
        .collect();
    let engine = engine_in_segments(&records, 70);
    let today = Date::constant(2024, 3, 14);
    let half_life_days = 400.try_into().unwrap();
    let recency = Some(Recency { today, half_life_days });
    let best = |limit| found(&engine, &Request { limit, recency, ..request("kyiv") });
    let whole = best(200);
    assert_eq!(whole.len(), 200);
    for limit in [1, 3, 10, 77] {
        assert_eq!(best(limit), whole[..limit], "{limit}");
    }
}

/// An article with mentions of people wherever their names stand.
fn mentioning(name: &str, title: &str, text: &str, people: &[&str]) -> Record {
    let mut record = article(name, title, text);
    let spans = |text: &str, person: &str| {
        let last = person.rsplit(' ').next().unwrap();
        let found = text.match_indices(last);
        let place = |at: usize| u32::try_from(at).unwrap();
        found.map(|(at, _)| Span::from((place(at), place(at + last.len())))).collect()
    };
    for person in people {
        let mentions = Mentions { text: spans(text, person), title: spans(title, person) };
        record.people.push(Name { name: (*person).to_owned(), mentions });
    }
    record
}

#[test]
fn about_before_in_passing() {
    // The same words equally often in texts of one length: only whom the article is about differs.
    let people = ["Ann Lee", "Bo Koval"];
    let engine = engine(&[
        mentioning(
            "a",
            "",
            "Lee and Koval met. Koval spoke. Koval left with Koval's men.",
            &people,
        ),
        mentioning("b", "", "Lee and Moreau met. Lee spoke. He left with his other men.", &people),
        mentioning("c", "", "Lee and others met. Some spoke Lee left with his other men.", &[]),
    ]);
    let rank = |query: &str| found(&engine, &request(query)).join(" ");
    assert_eq!(rank("lee"), "b c a");
    assert_eq!(rank("Lee met"), "b c a");
    assert_eq!(rank("koval"), "a");
    let hits =
        engine.search(&Request { explain: Explain::Scores, ..request("lee met") }).unwrap().hits;
    let about = |n: usize| hits[n].explain.iter().find(|part| part.part == "about `lee`");
    assert!(about(0).unwrap().value > about(2).unwrap().value);
    assert!(about(1).is_none());
}

#[test]
fn expansion_orders_by_what_the_best_articles_share() {
    let filler = "Nobody else had anything more to add to it on that day, they said. ".repeat(3);
    let mut records: Vec<Record> = (0..12)
        .map(|n| {
            article(
                &format!("a{n:02}"),
                "",
                &format!("Strike at the harbour: dockers and cranes idle. {filler}"),
            )
        })
        .collect();
    records.push(article(
        "z1",
        "",
        &format!("Strike talk. Other things happened elsewhere at length. {filler}"),
    ));
    records.push(article(
        "z2",
        "",
        &format!("Strike talk. The dockers met by the cranes at length. {filler}"),
    ));
    records.extend(
        (0..20).map(|n| article(&format!("o{n:02}"), "", &format!("Weather number {n}. {filler}"))),
    );
    let agreed = engine(&records);
    let search = |engine: &LocalEngine, query: &str, expand| {
        engine.search(&Request { expand, ..request(query) }).unwrap()
    };
    let place = |response: &Response, name: &str| {
        response.hits.iter().position(|hit| hit.path == name).unwrap()
    };
    let (plain, more) =
        (search(&agreed, "strike", Expand::Nothing), search(&agreed, "strike", Expand::FromBest));
    assert!(place(&plain, "z1") < place(&plain, "z2"), "a tie goes by the id");
    assert!(place(&more, "z2") < place(&more, "z1"));
    assert_eq!(plain.hits.len(), more.hits.len());
    let Some(Note::Expanded { words }) = more.notes.last() else { panic!("{:?}", more.notes) };
    assert!(
        words.iter().any(|word| word == "dockers") && !words.iter().any(|word| word == "the"),
        "{words:?}"
    );

    // Articles that share nothing but the word that was asked for.
    let apart = [
        "apple", "river", "engine", "violin", "carpet", "planet", "jacket", "saddle", "pepper",
        "window",
    ];
    let of = |word: &&str| {
        let others: Vec<String> = ('a'..='p').map(|letter| format!("{word}{letter}")).collect();
        article(word, "", &format!("Strike {}", others.join(" ")))
    };
    let apart: Vec<Record> = apart.iter().map(of).collect();
    let held =
        search(&engine(&[apart, records[14..].to_vec()].concat()), "strike", Expand::FromBest);
    assert_eq!(held.notes, [Note::NotExpanded]);
}
