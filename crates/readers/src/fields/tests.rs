//! Names of fields, languages and keywords.

use super::*;

#[test]
fn names_in_any_spelling() {
    let check = |name: &str, expected: Option<Field>| {
        assert_eq!(field(name).map(|(field, _)| field), expected, "{name}");
    };
    check("pub_date", Some(Field::Published));
    check("PubDate", Some(Field::Published));
    check("publishedAt", Some(Field::Published));
    check("Pub-Date", Some(Field::Published));
    check("HEADLINE", Some(Field::Title));
    check("Byline", Some(Field::Byline));
    check("Überschrift", Some(Field::Title));
    check("body_xhtml", Some(Field::Html));
    check("weather", None);
    check("", None);
}

/// What headers of each language call the fields: title, text, published, byline, source, section, language, keywords.
#[test]
fn names_in_every_language() {
    let fields = [
        Field::Title,
        Field::Text,
        Field::Published,
        Field::Byline,
        Field::Source,
        Field::Section,
        Field::Language,
        Field::Keywords,
    ];
    for names in [
        "Title, Text, Published, By, Source, Section, Language, Keywords",
        "Titel, Inhalt, Veröffentlicht, Autor, Quelle, Ressort, Sprache, Schlagwörter",
        "Titre, Texte, Publié le, Auteur, Source, Rubrique, Langue, Mots-clés",
        "Título, Texto, Fecha de publicación, Autora, Fuente, Sección, Idioma, Palabras clave",
        "Titolo, Testo, Pubblicato il, Autore, Fonte, Sezione, Lingua, Parole chiave",
        "Título, Conteúdo, Data de publicação, Autor, Fonte, Seção, Idioma, Palavras-chave",
        "Titel, Tekst, Gepubliceerd op, Auteur, Bron, Rubriek, Taal, Trefwoorden",
        "Tytuł, Treść, Data publikacji, Autorka, Źródło, Dział, Język, Słowa kluczowe",
        "Заголовок, Текст, Опубліковано, Авторка, Джерело, Розділ, Мова, Ключові слова",
        "Заголовок, Текст, Дата публикации, Автор, Источник, Раздел, Язык, Ключевые слова",
        "العنوان, النص, تاريخ النشر, الكاتب, المصدر, القسم, اللغة, الكلمات المفتاحية",
        "Başlık, Metin, Yayınlanma tarihi, Yazar, Kaynak, Bölüm, Dil, Anahtar kelimeler",
        "BAŞLIK, METİN, YAYINLANMA TARİHİ, YAZAR, KAYNAK, BÖLÜM, DİL, ANAHTAR KELİMELER",
    ] {
        for (name, expected) in names.split(", ").zip(fields) {
            assert_eq!(field(name).map(|(field, _)| field), Some(expected), "{name}");
        }
    }
}

#[test]
fn regions_have_an_order_of_dates() {
    let check = |tag: &str, expected: Option<Order>| assert_eq!(date_order(tag), expected);
    check("en-US", Some(Order::MonthFirst));
    check("en_GB", Some(Order::DayFirst));
    check("en-CA", None);
    check("en", None);
}

#[test]
fn the_exact_name_leads() {
    assert!(field("published") < field("date"));
    assert!(field("text") < field("content"));
}

#[test]
fn no_name_means_two_fields() {
    let mut seen = std::collections::BTreeMap::new();
    for (field, names) in NAMES {
        for name in *names {
            assert_eq!(plain(name), *name, "written as names are compared");
            assert_eq!(seen.insert(plain(name).into_owned(), field), None, "{name}");
        }
    }
}

#[test]
fn languages_by_name_and_code() {
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(language(text).as_ref().map(dateline_article::Language::code), expected);
    };
    check("English", Some("en"));
    check("en-GB", Some("en"));
    check(" Українська ", Some("uk"));
    check("Klingon", None);
}

#[test]
fn keywords_are_split_at_the_stronger_sign() {
    let check = |text: &str, expected: &[&str]| {
        assert_eq!(keywords(text).collect::<Vec<_>>(), expected, "{text}");
    };
    check("ferry, storm ,,port", &["ferry", "storm", "port"]);
    check("Varga, Ilse; storm", &["Varga, Ilse", "storm"]);
    check("", &[]);
}
