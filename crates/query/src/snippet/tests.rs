//! What is marked in which passage.

use dateline_article::{Article, ArticleId, Date, Dateline, Language, Record};

use super::*;

/// The passage with `[` and `]` round its marks.
fn passage(query: &str, paragraphs: &[&str], longest_chars: usize, dateline_bytes: u32) -> String {
    let english = Some(Language::ENGLISH);
    let parsed = crate::parse(query, Date::constant(2024, 3, 14));
    let marker = Marker::new(parsed.tree.as_ref().unwrap(), &[None, english]);
    let mut article = Article::new(ArticleId::from_u64(1), "a.txt", "1", "text");
    article.language = english;
    article.paragraphs = paragraphs.iter().map(|&paragraph| paragraph.to_owned()).collect();
    article.dateline = Some(Dateline { length_bytes: dateline_bytes, ..Dateline::default() });
    let found = marker.passage(&Record::bare(article), longest_chars);
    let mut out = found.text.clone();
    for span in found.highlights.iter().rev() {
        out.insert(span.end as usize, ']');
        out.insert(span.start as usize, '[');
    }
    out
}

#[track_caller]
fn check(query: &str, text: &str, expected: &str) {
    assert_eq!(passage(query, &[text], 280, 0), expected, "{query}");
}

#[test]
fn words_are_marked_in_all_their_forms_and_nowhere_else() {
    check(
        "invade",
        "Troops invaded. The invading army left.",
        "Troops [invaded]. The [invading] army left.",
    );
    check(
        "=invading",
        "Troops invaded. The invading army left.",
        "Troops invaded. The [invading] army left.",
    );
    check("elysee", "He left the Élysée at noon.", "He left the [Élysée] at noon.");
    check("shell", "The shells and a shellfish.", "The [shells] and a shellfish.");
    check("nato NOT talks", "NATO ended the talks.", "[NATO] ended the talks.");
    check("title:nato talks", "NATO ended the talks.", "NATO ended the [talks].");
}

#[test]
fn a_phrase_is_one_mark_and_its_words_alone_are_none() {
    check(
        "\"political will\"",
        "The will was there, the political will.",
        "The will was there, the [political will].",
    );
    check(
        "\"foreign minist*\"",
        "A foreign ship met the foreign ministers.",
        "A foreign ship met the [foreign ministers].",
    );
}

#[test]
fn wildcards_fuzzy_words_and_patterns_mark_what_they_match() {
    check("ammun*", "No ammunition, said Ammunson.", "No [ammunition], said [Ammunson].");
    check(
        "organi?ation",
        "An organisation of organizations.",
        "An [organisation] of organizations.",
    );
    check("avdiivka~", "In Avdiyivka and Avdiika.", "In [Avdiyivka] and [Avdiika].");
    check("/k[iy]+v/", "Kiev, Kyiv.", "Kiev, [Kyiv].");
}

#[test]
fn the_passage_is_where_most_of_the_query_is() {
    let far = "Rain fell on the harbour all day. Nobody went out. ".repeat(12);
    let text = format!("The ferry waited. {far}The ferry had no fuel for the crossing. {far}");
    let found = passage("ferry fuel", &[&text], 120, 0);
    assert!(found.contains("The [ferry] had no [fuel] for the crossing."), "{found}");
    assert!(found.chars().count() <= 130, "{found}");
}

#[test]
fn without_a_match_it_is_the_beginning_after_the_dateline() {
    let dateline = "ODESA, March 12 (Agency) — ";
    let text = format!("{dateline}The ferry did not sail. It had no fuel.");
    let length = u32::try_from(dateline.len()).unwrap();
    assert_eq!(
        passage("person:koval", &[&text], 280, length),
        "The ferry did not sail. It had no fuel."
    );
    assert_eq!(
        passage("agency OR fuel", &[&text], 280, length),
        "The ferry did not sail. It had no [fuel]."
    );
}

#[test]
fn paragraphs_come_on_one_line() {
    assert_eq!(
        passage("fuel ferry", &["No fuel\nis left.", "The ferry waits."], 280, 0),
        "No [fuel] is left. The [ferry] waits."
    );
}

#[test]
fn an_agency_that_signs_off_is_left_out_unless_it_is_asked_for() {
    let paragraphs = ["No fuel is left.", "Reuter"];
    assert_eq!(passage("fuel", &paragraphs, 280, 0), "No [fuel] is left.");
    assert_eq!(passage("reuter", &paragraphs, 280, 0), "No fuel is left. [Reuter]");
    assert_eq!(
        passage("*", &["No fuel is left.", "Reuter reports"], 280, 0),
        "No fuel is left. Reuter reports"
    );
    assert_eq!(passage("*", &["Reuter"], 280, 0), "Reuter");
}

#[test]
fn a_match_over_the_end_of_a_sentence_is_shown_whole() {
    let paragraphs = ["The ferry waits for fuel", "Oil is dear. And so on, and so on, and so on."];
    for longest in [1, 10, 30, 280] {
        let found = passage("\"fuel oil\"", &paragraphs, longest, 0);
        assert!(found.contains("[fuel Oil]"), "{longest}: {found}");
    }
}

#[test]
fn days_that_the_text_speaks_of_are_marked() {
    use dateline_article::{DateMention, Edge, Granularity, Mentions, Span};
    let parsed = crate::parse("mentioned:2024-03", Date::constant(2024, 3, 14));
    let marker = Marker::new(parsed.tree.as_ref().unwrap(), &[None]);
    let mut article = Article::new(ArticleId::from_u64(1), "a.txt", "1", "text");
    article.paragraphs = vec!["Signed on 14 March, ended in May.".to_owned()];
    let mut record = Record::bare(article);
    let mut date = |start: &str, end: &str, span: (u32, u32)| {
        let edge = |text: &str| text.parse::<Edge>().unwrap();
        record.dates.push(DateMention {
            text: String::new(),
            start: edge(start),
            end: edge(end),
            granularity: Granularity::Day,
            mentions: Mentions { text: vec![Span::from(span)], title: Vec::new() },
        });
    };
    date("2024-03-14", "2024-03-15", (10, 18));
    date("2024-05-01", "2024-06-01", (29, 32));
    let found = marker.passage(&record, 280);
    let days: Vec<&str> = found.highlights.iter().map(|span| span.of(&found.text)).collect();
    assert_eq!(days, ["14 March"]);
}

#[test]
fn an_article_without_text_has_no_passage() {
    assert_eq!(passage("fuel", &[], 280, 0), "");
}

proptest::proptest! {
    #[test]
    fn marks_stand_on_characters_and_apart(text in "([a-cé東] ?){0,60}[.!] ?([abé]{1,3} ){0,40}", longest in 10..60_usize) {
        let parsed = crate::parse("a OR \"b c\" OR é*", Date::constant(2024, 3, 14));
        let marker = Marker::new(parsed.tree.as_ref().unwrap(), &[None]);
        let mut article = Article::new(ArticleId::from_u64(1), "a", "1", "text");
        article.paragraphs = vec![text];
        let found = marker.passage(&Record::bare(article.clone()), longest);
        let mut before = 0;
        for span in &found.highlights {
            proptest::prop_assert!(before <= span.start && span.start < span.end);
            proptest::prop_assert!(found.text.get(span.range()).is_some());
            before = span.end;
        }
    }
}

#[test]
fn nearness_is_marked_only_where_it_holds() {
    check(
        "short pre/1 syndrome",
        "short leg twice syndrome. short syndrome",
        "short leg twice syndrome. [short] [syndrome]",
    );
    check(
        "president w/5 (\"united states\" OR obama)",
        "Obama States President",
        "[Obama] States [President]",
    );
    check("nato w/s shells", "NATO met. NATO sent shells.", "NATO met. [NATO] sent [shells].");
    check(
        "nato w/9 shells w/9 aid",
        "NATO aid and shells. Much later there was talk of shells, and in the end of aid, of course.",
        "[NATO] [aid] and [shells]. Much later there was talk of shells, and in the end of aid, of course.",
    );
    check(
        "russia NOT w/2 federation",
        "Russia met. Russian federation.",
        "[Russia] met. Russian federation.",
    );
    check("caps(turkey)", "A turkey in Turkey.", "A turkey in [Turkey].");
    check("nocaps(turkey)", "A turkey in Turkey.", "A [turkey] in Turkey.");
    check("first3(shells)", "NATO sent shells, shells.", "NATO sent [shells], shells.");
    check("atleast2(shells)", "NATO sent shells, shells.", "NATO sent [shells], [shells].");
}
