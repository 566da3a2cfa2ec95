//! Tables of (query → articles) for what asks where words stand: nearness, capitals, numbers of times, first words, entities beside words.

use dateline_article::{Mentions, Name, Record, Span};
use dateline_query::LocalEngine;

use crate::corpus::{With, article, engine};
use crate::selects::check;

fn places_of_words() -> LocalEngine {
    let mentioned = |mut record: Record, name: &str, at: (u32, u32)| {
        let mentions = Mentions { text: vec![Span::from(at)], title: Vec::new() };
        record.people.push(Name { name: name.to_owned(), mentions });
        record
    };
    let mut mines = article("e", "", "Mines near Avdiivka. Nothing else was found in Lviv.");
    mines = mines.place("Avdiivka").place("Lviv");
    for (place, at) in mines.places.iter_mut().zip([(11, 19), (47, 51)]) {
        place.mentions.text = vec![Span::from(at)];
    }
    let text =
        "The bribery case names Jane Doe. Doe denied it.\n\nA clerk was bribed, says the paper.";
    let mut bribes = mentioned(article("d", "", text), "Jane Doe", (23, 31));
    bribes.people[0].mentions.text.push(Span::from((33, 36)));
    engine(&[
        article(
            "a",
            "Shells for Turkey",
            "Stoltenberg said the allies lack ammunition. NATO AIDS them.",
        ),
        article("b", "", "Ammunition, said Stoltenberg. A turkey was sold. It aids sales."),
        article("c", "Ammunition", "Ammunition and more ammunition for the allies of Stoltenberg."),
        bribes,
        mines,
    ])
}

#[test]
fn words_near_each_other() {
    let engine = places_of_words();
    check(&engine, "stoltenberg w/5 ammunition", "a b c");
    check(&engine, "stoltenberg NEAR/2 ammunition", "b");
    check(&engine, "stoltenberg pre/5 ammunition", "a");
    check(&engine, "ammunition pre/5 stoltenberg", "b c");
    check(&engine, "\"stoltenberg ammunition\"~5", "a b c");
    check(&engine, "ammun* w/2 (stoltenberg OR allies)", "a b");
    check(&engine, "(ammunition w/2 said) w/1 stoltenberg", "b");
    check(&engine, "(allies pre/2 ammunition) w/4 stoltenberg", "a");
    check(&engine, "\"the allies\" w/2 ammunition", "a c");
    check(&engine, "stoltenberg w/s ammunition", "a b c");
    check(&engine, "stoltenberg w/s turkey", "");
    check(&engine, "stoltenberg w/p turkey", "b");
    check(&engine, "doe w/p clerk", "");
    check(&engine, "ammunition NOT w/8 stoltenberg", "c");
    check(&engine, "ammunition w/9 ammunition", "c");
    check(&engine, "stoltenberg w/9 stoltenberg", "");
    check(&engine, "shells w/900 stoltenberg", "");
    check(&engine, "title:(shells w/2 turkey)", "a");
    check(&engine, "text:(shells w/2 turkey)", "");
    check(&engine, "stoltenberg w/5 ammuniton~", "a b c");
    check(&engine, "stoltenberg w/5 /ammun.*/", "a b c");
    check(&engine, "stoltenberg w/5 nowhere", "");
    check(&engine, "ammunition NOT w/8 nowhere", "a b c");
    check(&engine, "=allies w/2 the", "a c");
}

#[test]
fn capitals_numbers_of_times_and_first_words() {
    let engine = places_of_words();
    check(&engine, "caps(turkey)", "a");
    check(&engine, "nocaps(turkey)", "b");
    check(&engine, "allcaps(aids)", "a");
    check(&engine, "caps(\"nato aids\")", "a");
    check(&engine, "caps(ammunition OR turkey) nocaps(sold)", "b");
    check(&engine, "atleast3(ammunition)", "c");
    check(&engine, "atleast2 ammunition", "c");
    check(&engine, "atleast4(ammunition)", "");
    check(&engine, "atleast3(ammunition OR stoltenberg)", "c");
    check(&engine, "atleast1(ammunition AND allies)", "a c");
    check(&engine, "text:(atleast3(ammunition))", "");
    check(&engine, "atleast2(text:ammunition)", "c");
    check(&engine, "atleast2(person:doe)", "d");
    check(&engine, "atleast1((nato pre/1 aids) OR \"nato aids\")", "a");
    check(&engine, "atleast2((nato pre/1 aids) OR \"nato aids\")", "");
    check(&engine, "first1(ammunition)", "b c");
    check(&engine, "/F2/ammunition", "b c");
    check(&engine, "ammunition/F9/", "a b c");
    check(&engine, "first4(shells)", "a");
    check(&engine, "first3(\"for turkey\")", "a");
    check(&engine, "first2(\"for turkey\")", "");
    check(&engine, "text:(first1(stoltenberg))", "a");
}

#[test]
fn entities_near_words() {
    let engine = places_of_words();
    check(&engine, "brib* w/s @person", "d");
    check(&engine, "clerk w/s @person", "");
    check(&engine, "clerk w/9 person:\"jane doe\"", "d");
    check(&engine, "denied w/1 person:jane", "d");
    check(&engine, "denied w/1 person:roe", "");
    check(&engine, "denied w/9 person:\"doe jane\"", "");
    check(&engine, "mine* w/5 place:ukraine", "e");
    check(&engine, "mine* w/s place:lviv", "");
    check(&engine, "found w/s @place", "e");
    check(&engine, "mines w/2 place:(48.1,37.7,40km)", "e");
    check(&engine, "mines w/2 @org", "");
    check(&engine, "@person", "d");
    check(&engine, "@place", "e");
}
