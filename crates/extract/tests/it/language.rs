//! The language of texts, and none where a text says too little.

use dateline_article::Language;
use dateline_extract::language;

use super::{article, extract};

#[track_caller]
fn check(text: &str, expected: &str) {
    let found = language(text);
    assert_eq!(found.as_ref().map_or("", Language::code), expected, "text: {text}");
}

#[test]
fn languages_by_their_texts() {
    check(
        "The ministers met in the capital on Monday to speak about the harvest and its prices.",
        "en",
    );
    check(
        "Die Minister trafen sich am Montag in der Hauptstadt und sprachen über die Ernte und ihre Preise.",
        "de",
    );
    check(
        "Les ministres se sont réunis lundi dans la capitale pour parler de la récolte et de ses prix.",
        "fr",
    );
    check(
        "Los ministros se reunieron el lunes en la capital para hablar de la cosecha y de sus precios.",
        "es",
    );
    check(
        "Міністри зустрілися в понеділок у столиці, щоб поговорити про врожай і його ціну.",
        "uk",
    );
    check(
        "Министры встретились в понедельник в столице, чтобы поговорить об урожае и ценах на него.",
        "ru",
    );
    check("Міністри їдуть додому, є новини й надія.", "uk");
    check("Это было бы лучшим решением, мы ждём вестей.", "ru");
    check("閣僚は月曜日に首都で会合を開き、収穫と価格について話し合った。", "ja");
}

/// Headlines and single sentences: letters that only one of the two has, and words where there are none.
#[test]
fn short_texts_in_ukrainian_and_russian() {
    for text in [
        "Президент підписав закон про новий порядок виборів",
        "У Києві відкрили нову станцію метро",
        "Уряд схвалив бюджет на наступний рік",
        "Вибори відбудуться в жовтні, заявила голова комісії",
        "Рада проголосувала за зміни до закону",
        "Що відомо про переговори в Женеві",
        "Ціни на хліб зросли вдвічі за останній рік",
        "Він сказав, що це буде добре для всіх",
        "Суд відклав розгляд справи на два тижні",
        "Міністр оборони прибув до Одеси",
        "Школи працюватимуть дистанційно через холод",
        "Команда перемогла з рахунком 3:1 і вийшла у фінал",
    ] {
        check(text, "uk");
    }
    for text in [
        "Президент подписал закон о новом порядке выборов",
        "В Киеве открыли новую станцию метро",
        "Выборы пройдут в октябре, заявила глава комиссии",
        "Дума проголосовала за изменения в законе о выборах",
        "Что известно о переговорах в Женеве",
        "Цены на хлеб выросли вдвое за последний год",
        "Он сказал, что это будет хорошо для всех",
        "Суд отложил рассмотрение дела, чтобы допросить свидетелей",
        "Министр обороны прибыл в Одессу",
        "Школы будут работать удалённо из-за холода",
        "Команда победила со счётом 3:1 и вышла в финал",
    ] {
        check(text, "ru");
    }
    // Neither a letter nor a small word that only one of the two has.
    check("Правительство одобрило бюджет на следующий год", "");
    // Others that write so are no Russian, where they are told at all.
    check("Правителството прие бюджета за следващата година и го изпрати на парламента", "");
    check("Влада је усвојила буџет за следећу годину и послала га скупштини", "sr");
}

#[test]
fn a_text_that_says_too_little_has_no_language() {
    check("", "");
    check("Brussels", "");
    check("12 34 56 %%% ---", "");
    check("NATO EU UN IMF OPEC", "");
    check(
        "Shr loss six cts vs not available. Net loss 562,231 vs profit 10,253. Revs 8,871,874 vs 9,549,308. Year. Shr loss 60 cts vs loss nine cts",
        "",
    );
    check("Shr 34 cts vs 1.19 dlrs Net 807,000 vs 2,858,000", "");
}

#[test]
fn what_the_reader_knows_stays() {
    let mut known = article(
        "The ministers met in the capital on Monday to speak about the harvest and its prices.",
    );
    known.language = Language::from_tag("nl");
    let record = dateline_extract::Extractor::new().extract(known);
    assert_eq!(record.article.language.as_ref().map(Language::code), Some("nl"));
    assert_eq!(extract("Too short.").article.language, None);
}

/// B112: greetings, and names between commas.
#[test]
fn a_few_words_have_no_language() {
    for text in
        ["Good morning", "boat", "NATO, Nordsee", "Guten Morgen", "Bonjour à tous", "Привіт, друже"]
    {
        check(text, "");
    }
}

/// B113: nothing in it depends on chance, on the order of files or on threads.
#[test]
fn the_language_is_the_same_every_time() {
    let texts = [
        "Good morning to all of you",
        "boat, harbour and quay in the fog",
        "Die Fähre fährt heute nicht mehr aus",
        "Le bac ne part pas ce matin du port",
        "Пором сьогодні не вийде з порту через туман",
        "de la en el die the of van und que",
    ];
    let all = move || texts.map(|text| language(text).map(|language| language.code().to_owned()));
    let first = all();
    let threads: Vec<_> = (0..4)
        .map(|_| std::thread::spawn(move || (0..10).map(|_| all()).collect::<Vec<_>>()))
        .collect();
    for found in threads.into_iter().flat_map(|thread| thread.join().unwrap()) {
        assert_eq!(found, first);
    }
}

/// B073: a short line has no language, which keeps no plain date from being found.
#[test]
fn days_are_found_whatever_the_language() {
    for code in ["", "en", "fr", "de", "ja", "xx"] {
        for text in ["Expiry date: 2022-10-17", "Ablaufdatum: 2022-10-17", "期限 2022-10-17"] {
            let mut article = article(text);
            article.language = Language::from_tag(code);
            let record = dateline_extract::Extractor::new().extract(article);
            let days: Vec<String> =
                record.dates.iter().map(|date| date.start.to_string()).collect();
            assert_eq!(days, ["2022-10-17"], "{code} {text}");
        }
    }
    assert_eq!(extract("Expiry date: 2022-10-17").article.language, None);
}
