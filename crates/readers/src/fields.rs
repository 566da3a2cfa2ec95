//! The names under which `Key: value` headers, front matter and JSON give an article's fields.
//!
//! Names are compared without case, blanks, `_`, `-`, `.` and `:`, so `pub_date`, `pubDate` and `Pub-Date` are one.

use std::borrow::Cow;

use crate::dates::Order;

/// A field that a name can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Id,
    Title,
    Subtitle,
    Text,
    Html,
    Published,
    Byline,
    Source,
    Section,
    Language,
    Url,
    Keywords,
    Accession,
    Dateline,
    Status,
}

/// Names of each field. Where a record has several names of one field, the first in the list is taken.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Id,
        &[
            "id",
            "docid",
            "docno",
            "uuid",
            "guid",
            "articleid",
            "storyid",
            "identifier",
            "uri",
            "pk",
            "storiesid",
        ],
    ),
    (
        Field::Title,
        &[
            "title",
            "headline",
            "headlinemain",
            "webtitle",
            "heading",
            "titel",
            "überschrift",
            "titre",
            "título",
            "titulo",
            "titolo",
            "заголовок",
            "hed",
            "tytuł",
            "başlik",
            "العنوان",
            "schlagzeile",
            "titelzeile",
            "titular",
            "encabezado",
            "manchete",
            "kop",
            "nagłówek",
            "tytul",
            "название",
            "назва",
            "baslik",
            "عنوان",
        ],
    ),
    (
        Field::Subtitle,
        &[
            "subtitle",
            "subheadline",
            "subhead",
            "standfirst",
            "deck",
            "dek",
            "untertitel",
            "soustitre",
            "kicker",
            "unterzeile",
            "subtítulo",
            "subtitulo",
            "sottotitolo",
            "occhiello",
            "ondertitel",
            "podtytuł",
            "підзаголовок",
            "подзаголовок",
            "altbaşlik",
            "العنوانالفرعي",
        ],
    ),
    (
        Field::Text,
        &[
            "text",
            "body",
            "bodytext",
            "articlebody",
            "maintext",
            "fulltext",
            "content",
            "contents",
            "article",
            "articletext",
            "paragraphs",
            "story",
            "texte",
            "inhalt",
            "texto",
            "testo",
            "текст",
            "tekst",
            "treść",
            "metin",
            "النص",
            "artikeltext",
            "corps",
            "contenu",
            "cuerpo",
            "contenido",
            "corpo",
            "contenuto",
            "conteúdo",
            "inhoud",
            "içerik",
            "зміст",
            "содержание",
            "نص",
            "المحتوى",
        ],
    ),
    (
        Field::Html,
        &["bodyhtml", "bodyxhtml", "contenthtml", "html", "htmlcontent", "contentencoded"],
    ),
    (
        Field::Published,
        &[
            "published",
            "publishedat",
            "datepublished",
            "publicationdate",
            "publisheddate",
            "publishdate",
            "datepublish",
            "pubdate",
            "firstpublished",
            "date",
            "datetime",
            "publishedon",
            "publishtime",
            "publishedtime",
            "articlepublishedtime",
            "webpublicationdate",
            "released",
            "issued",
            "timestamp",
            "created",
            "createdat",
            "datecreated",
            "versioncreated",
            "firstcreated",
            "datum",
            "veröffentlicht",
            "erschienen",
            "datedepublication",
            "fecha",
            "data",
            "дата",
            "datapublikacji",
            "tarih",
            "التاريخ",
            "veröffentlichtam",
            "veröffentlichungsdatum",
            "erscheinungsdatum",
            "publié",
            "publiéle",
            "dateparution",
            "datedeparution",
            "publicado",
            "publicadoel",
            "publicadoem",
            "fechadepublicación",
            "fechadepublicacion",
            "fechapublicación",
            "publicación",
            "datadepublicação",
            "datadepublicacao",
            "pubblicato",
            "pubblicatoil",
            "datadipubblicazione",
            "datapubblicazione",
            "gepubliceerd",
            "gepubliceerdop",
            "publicatiedatum",
            "opublikowano",
            "opublikowane",
            "datawydania",
            "datadodania",
            "опубліковано",
            "датапублікації",
            "опубликовано",
            "датапубликации",
            "تاريخ",
            "تاريخالنشر",
            "نشر",
            "نشرفي",
            "yayinlanma",
            "yayinlanmatarihi",
            "yayimlanmatarihi",
            "yayintarihi",
        ],
    ),
    (
        Field::Byline,
        &[
            "byline",
            "author",
            "authors",
            "by",
            "creator",
            "writer",
            "autor",
            "autoren",
            "auteur",
            "auteurs",
            "autore",
            "автор",
            "автори",
            "yazar",
            "الكاتب",
            "von",
            "par",
            "por",
            "door",
            "przez",
            "autorin",
            "verfasser",
            "auteure",
            "autora",
            "autori",
            "autrice",
            "autorka",
            "autorzy",
            "авторка",
            "авторы",
            "yazan",
            "yazarlar",
            "muhabir",
            "كاتب",
            "المؤلف",
            "بقلم",
            "schrijver",
        ],
    ),
    (
        Field::Source,
        &[
            "source",
            "publication",
            "publisher",
            "newspaper",
            "outlet",
            "medium",
            "media",
            "medianame",
            "sourcename",
            "site",
            "sitename",
            "provider",
            "agency",
            "paper",
            "journal",
            "quelle",
            "zeitung",
            "fuente",
            "fonte",
            "джерело",
            "источник",
            "źródło",
            "kaynak",
            "المصدر",
            "sourcedomain",
            "domain",
            "agentur",
            "agence",
            "agencia",
            "agenzia",
            "agência",
            "testata",
            "veículo",
            "jornal",
            "periódico",
            "medio",
            "bron",
            "krant",
            "zrodlo",
            "gazeta",
            "видання",
            "издание",
            "gazete",
            "مصدر",
            "الصحيفة",
        ],
    ),
    (
        Field::Section,
        &[
            "section",
            "sectionname",
            "desk",
            "category",
            "rubric",
            "ressort",
            "rubrik",
            "rubrique",
            "sección",
            "seccion",
            "column",
            "articlesection",
            "sezione",
            "rubrica",
            "seção",
            "secção",
            "editoria",
            "rubriek",
            "sectie",
            "dział",
            "sekcja",
            "розділ",
            "рубрика",
            "раздел",
            "القسم",
            "bölüm",
            "kategori",
        ],
    ),
    (
        Field::Language,
        &[
            "language",
            "lang",
            "inlanguage",
            "locale",
            "sprache",
            "langue",
            "idioma",
            "lingua",
            "мова",
            "язык",
            "taal",
            "język",
            "língua",
            "اللغة",
            "dil",
        ],
    ),
    (
        Field::Url,
        &[
            "url",
            "link",
            "weburl",
            "articleurl",
            "canonicalurl",
            "canonical",
            "permalink",
            "href",
            "sourceurl",
            "mainentityofpage",
            "lien",
            "enlace",
            "посилання",
            "ссылка",
            "bağlanti",
            "الرابط",
            "odnośnik",
        ],
    ),
    (
        Field::Keywords,
        &[
            "keywords",
            "tags",
            "tag",
            "keyword",
            "topics",
            "topic",
            "subjects",
            "subject",
            "labels",
            "categories",
            "schlagworte",
            "schlagwörter",
            "motscles",
            "stichwörter",
            "motsclés",
            "palabrasclave",
            "etiquetas",
            "parolechiave",
            "palavraschave",
            "trefwoorden",
            "słowakluczowe",
            "ключовіслова",
            "ключевыеслова",
            "anahtarkelimeler",
            "etiketler",
            "الكلماتالمفتاحية",
            "كلماتمفتاحية",
        ],
    ),
    (Field::Accession, &["accession", "accessionnumber", "accessionno"]),
    (Field::Dateline, &["dateline", "located"]),
    (Field::Status, &["status", "pubstatus"]),
];

/// The field called `name`, and its place among the names of that field: lower is better.
pub(crate) fn field(name: &str) -> Option<(Field, usize)> {
    let name = plain(name);
    NAMES.iter().find_map(|(field, names)| {
        names.iter().position(|known| *known == name).map(|rank| (*field, rank))
    })
}

/// The names of a field, the best first.
pub(crate) fn names(field: Field) -> &'static [&'static str] {
    NAMES.iter().find(|(known, _)| *known == field).map_or(&[], |(_, names)| *names)
}

/// A name without case and the signs that do not count.
pub(crate) fn plain(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(name);
    }
    let letters =
        name.chars().filter(|character| !matches!(character, ' ' | '_' | '-' | '.' | ':'));
    // Turkish capitals become other small letters than elsewhere.
    let small = letters.flat_map(char::to_lowercase).filter(|letter| *letter != '\u{307}');
    Cow::Owned(small.map(|letter| if letter == 'ı' { 'i' } else { letter }).collect())
}

/// Languages by their English and own names.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("anglais", "en"),
    ("englisch", "en"),
    ("inglés", "en"),
    ("german", "de"),
    ("allemand", "de"),
    ("alemán", "de"),
    ("französisch", "fr"),
    ("francés", "fr"),
    ("spanisch", "es"),
    ("espagnol", "es"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("spanish", "es"),
    ("español", "es"),
    ("espanol", "es"),
    ("italian", "it"),
    ("italiano", "it"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("ukrainian", "uk"),
    ("українська", "uk"),
    ("russian", "ru"),
    ("русский", "ru"),
    ("arabic", "ar"),
    ("العربية", "ar"),
    ("turkish", "tr"),
    ("türkçe", "tr"),
    ("chinese", "zh"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("swedish", "sv"),
    ("danish", "da"),
    ("norwegian", "no"),
    ("finnish", "fi"),
    ("greek", "el"),
    ("czech", "cs"),
    ("hungarian", "hu"),
    ("romanian", "ro"),
    ("hebrew", "he"),
    ("persian", "fa"),
    ("hindi", "hi"),
    ("catalan", "ca"),
];

/// A language by its code, tag or name.
pub(crate) fn language(text: &str) -> Option<dateline_article::Language> {
    let name = text.trim().to_lowercase();
    let code =
        LANGUAGES.iter().find(|(known, _)| *known == name).map_or(name.as_str(), |(_, code)| code);
    dateline_article::Language::from_tag(code)
}

/// The order of the numbers in dates of a region, where a tag such as `en-GB` names one.
pub(crate) fn date_order(tag: &str) -> Option<Order> {
    let region = tag.trim().split(['-', '_']).skip(1).find(|part| part.len() == 2)?;
    match region.to_ascii_uppercase().as_str() {
        "US" | "PH" | "FM" | "PW" | "MH" => Some(Order::MonthFirst),
        // Both are usual there.
        "CA" => None,
        _ => Some(Order::DayFirst),
    }
}

/// Splits a list of keywords written as one text.
pub(crate) fn keywords(text: &str) -> impl Iterator<Item = &str> {
    let by_semicolon = text.contains(';');
    let separators: &[char] = if by_semicolon { &[';', '\n'] } else { &[',', '|', '\n'] };
    text.split(separators).map(str::trim).filter(|keyword| !keyword.is_empty())
}

#[cfg(test)]
mod tests {
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
}
