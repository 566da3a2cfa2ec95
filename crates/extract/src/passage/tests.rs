//! Tables of the tokenizer.

use dateline_article::Language;

use super::{Casing, Form, Passage};

/// Tokens parted by blanks, `^` before one that opens a sentence.
fn tokens(text: &str, language: Option<Language>) -> String {
    let passage = Passage::new(text, language);
    let one = |(index, token): (usize, &super::Token)| {
        format!("{}{}", if token.opens { "^" } else { "" }, passage.surface(index))
    };
    passage.tokens().iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_and_signs() {
    let check = |text: &str, expected: &str| {
        assert_eq!(tokens(text, Some(Language::ENGLISH)), expected, "text: {text}");
    };
    check("He said 1,234.5 tons.", "^He said 1,234.5 tons .");
    check("Biden's plan; the allies’ plan", "^Biden 's plan ; the allies ’ plan");
    check("O'Neill of Sana'a won't. He'll go.", "^O'Neill of Sana'a won't . ^He 'll go .");
    check("the U.S. and the U.S and J.R.R. Tolkien", "^the U.S. and the U.S and J.R.R. Tolkien");
    check("J.Smith met John F. Kennedy Jr. Then", "^J. Smith met John F. Kennedy Jr. Then");
    check("AT&T, RFE/RL and Moscow-based", "^AT&T , RFE / RL and Moscow - based");
    check("Mr. Brown left. It rained", "^Mr. Brown left . ^It rained");
    check("\"We go,\" he said: \"They stay.\"", "\" ^We go , \" he said : \" ^They stay . \"");
    check("(Paris) — 'twas\n\nNext", "( ^Paris ) — ' ^twas ^Next");
    check("d’Estaing and l'Express", "^d ’ Estaing and l ' Express");
    check("", "");
    check(" \n ", "");
}

#[test]
fn elided_articles_stand_apart_in_french() {
    let check = |text: &str, expected: &str| {
        assert_eq!(tokens(text, Some(Language::FRENCH)), expected, "text: {text}");
    };
    check("L’Ukraine et l'Allemagne d'abord", "^L ’ Ukraine et l ' Allemagne d ' abord");
}

#[test]
fn forms_and_keys() {
    let check = |word: &str, form: Form, key: &str| {
        let passage = Passage::new(word, None);
        assert_eq!((passage.form(0), passage.key(0)), (Some(form), key), "word: {word}");
    };
    check("paris", Form::Lower, "paris");
    check("Łódź", Form::Capital, "lodz");
    check("McDonald", Form::Capital, "mcdonald");
    check("iPhone", Form::Lower, "iphone");
    check("NATO", Form::Upper, "nato");
    check("U.S.", Form::Initials, "us");
    check("J.", Form::Initial, "j");
    check("Київ", Form::Capital, "київ");
    check("東京", Form::Caseless, "東京");
    check("1987", Form::Number, "1987");
    check("B2B", Form::Upper, "b2b");
    check("!", Form::Sign('!'), "");
}

#[test]
fn casing_of_paragraphs() {
    let check = |text: &str, expected: Casing| {
        let passage = Passage::new(text, None);
        assert_eq!(passage.token(0).map(|token| token.casing), Some(expected), "text: {text}");
    };
    check("STOCKS FALL AS OIL PRICES RISE", Casing::Upper);
    check("Stocks Fall as Oil Prices Rise", Casing::Title);
    check("Stocks fall as oil prices rise", Casing::Mixed);
    check("The Labour Party and the Reform Council split.", Casing::Mixed);
    check("Emmanuel Macron", Casing::Mixed);
    check("WASHINGTON, March 14 (AP) — The senators met for an hour.", Casing::Mixed);
}
