//! Sentences of our own, and the names in them.

use dateline_tagger::{Kind, Scratch, Tagger};

/// `expected`: names in order, each after `p:`, `l:` or `o:`, separated by `; `.
fn tagged(text: &str) -> String {
    let mentions = Tagger::english().tag(text, &mut Scratch::default());
    let show = |mention: &dateline_tagger::Mention| {
        let kind = match mention.kind {
            Kind::Person => 'p',
            Kind::Place => 'l',
            Kind::Organisation => 'o',
        };
        format!("{kind}:{}", text.get(mention.span.clone()).unwrap_or_default())
    };
    mentions.iter().map(show).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| tagged(text) != *expected)
        .map(|(text, expected)| {
            format!("{text}\n  expected {expected}\n  found    {}", tagged(text))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn people_are_found_without_title_and_possessive() {
    check(&[
        ("President Emil Novak said on Monday that he would resign.", "p:Emil Novak"),
        ("Mr. Novak left at noon.", "p:Novak"),
        ("The minister, Anna O'Brien, denied it.", "p:Anna O'Brien"),
        ("Prosecutors questioned Jean-Pierre Dubois's lawyer.", "p:Jean-Pierre Dubois"),
        ("Senator John F. Miller voted against the bill.", "p:John F. Miller"),
        ("Ursula van der Berg was elected mayor.", "p:Ursula van der Berg"),
        ("Police arrested Mohammed al-Hassan at the airport.", "p:Mohammed al-Hassan"),
        ("Ivan Petrov and Olga Sokolova won the race.", "p:Ivan Petrov; p:Olga Sokolova"),
        ("\"It was cold,\" said David Miller, who rowed the boat.", "p:David Miller"),
    ]);
}

#[test]
fn places_are_found() {
    check(&[
        ("The talks will be held in Geneva next week.", "l:Geneva"),
        ("Troops crossed the border between Syria and Iraq.", "l:Syria; l:Iraq"),
        ("A storm hit South Korea and northern Japan.", "l:South Korea; l:Japan"),
        ("He was born in Austin, Texas.", "l:Austin; l:Texas"),
        ("Floods in the Philippines killed four people.", "l:Philippines"),
        ("They fled from Ukraine to Poland.", "l:Ukraine; l:Poland"),
        ("The ship sank off Sri Lanka.", "l:Sri Lanka"),
        ("U.S. troops left Afghanistan.", "l:U.S.; l:Afghanistan"),
    ]);
}

#[test]
fn organisations_are_found() {
    check(&[
        ("The United Nations sent observers.", "o:United Nations"),
        ("Shares of Microsoft and Intel fell.", "o:Microsoft; o:Intel"),
        ("The World Health Organization warned of a new outbreak.", "o:World Health Organization"),
        ("He works for the International Monetary Fund.", "o:International Monetary Fund"),
        ("The European Union and NATO agreed.", "o:European Union; o:NATO"),
        ("She studied at Stanford University.", "o:Stanford University"),
        ("The Democratic Party won the vote.", "o:Democratic Party"),
        ("The Republican-run House of Representatives voted again.", "o:House of Representatives"),
    ]);
}

#[test]
fn people_are_not_places_or_firms() {
    check(&[
        ("Michael Jordan scored twice.", "p:Michael Jordan"),
        ("The king of Jordan arrived in Paris.", "l:Jordan; l:Paris"),
        ("Paris Hilton sang at the party.", "p:Paris Hilton"),
        ("Denzel Washington won the prize.", "p:Denzel Washington"),
        ("Officials in Washington declined to comment.", "l:Washington"),
        ("Henry Ford built cars.", "p:Henry Ford"),
        ("Russia invaded Georgia in 2008.", "l:Russia; l:Georgia"),
        ("Chelsea Clinton wrote a book.", "p:Chelsea Clinton"),
    ]);
}

#[test]
fn the_article_tells_what_the_sentence_does_not() {
    check(&[(
        "Helena Paris was named chief of the bank.\n\nThe board thanked Paris on Friday.",
        "p:Helena Paris; p:Paris",
    )]);
}

#[test]
fn headlines_in_other_letters_are_read() {
    check(&[
        ("MINISTER VISITS BERLIN AFTER TALKS IN PARIS", "l:BERLIN; l:PARIS"),
        ("Russia Warns Ukraine Over New Gas Contract", "l:Russia; l:Ukraine"),
        ("Storm Leaves Thousands Without Power in Texas", "l:Texas"),
    ]);
}

#[test]
fn plain_words_are_no_names() {
    check(&[
        ("", ""),
        ("It rained all day, and the river rose.", ""),
        ("He arrived on Monday.", ""),
        ("They Can’t stay; it doesn’t matter.", ""),
        ("The council will meet again in March.", ""),
    ]);
}

#[test]
fn spaces_and_line_ends_are_outside() {
    check(&[
        ("Bob lives in London.\n", "p:Bob; l:London"),
        ("  Bob  lives in  London  ", "p:Bob; l:London"),
    ]);
}
