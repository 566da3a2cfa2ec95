//! Files that other programs wrote, with texts of ours: what a careful reader says of them (LibreOffice, python-docx, warcio, Python's `mailbox` and
//! `csv`, ReportLab; keys as news-please and Media Cloud have them).

use dateline_readers::Options;

use super::{read_all, repository};

/// `part|title|byline|published|language|first words … last words` of each article.
#[track_caller]
fn check(path: &str, expected: &[&str]) {
    let file = repository().join("seeds").join(path);
    let found: Vec<String> = read_all(&file, path, &Options::default())
        .into_iter()
        .map(|item| {
            let article = item.expect("an article");
            let text = article.text();
            let words: Vec<&str> = text.split_whitespace().collect();
            let ends = match words.as_slice() {
                [one, two, .., last, end] => format!("{one} {two} … {last} {end}"),
                few => few.join(" "),
            };
            let absent = || "-".to_owned();
            format!(
                "{}|{}|{}|{}|{ends}",
                article.title.unwrap_or_else(absent),
                article.byline.join(", "),
                article.published.map_or_else(absent, |published| published.at.to_string()),
                article.language.map_or_else(absent, |language| language.to_string()),
            )
        })
        .collect();
    assert_eq!(found, expected, "{path}");
}

#[test]
fn exports_of_scrapers_and_searches() {
    check(
        "media-cloud/mc-onlinenews-windmill.csv",
        &[
            "Harrowmere council sells its last windmill, again||2023-09-11|en|",
            "Le moulin du val d’Orne change de mains||2023-09-12|fr|",
            "Windmill buyer named as \"a baker, not a banker\"||2023-09-13|en|",
        ],
    );
    check(
        "news-please/night-boat.json",
        &[
            "Tofteng crew votes for a night boat|Berit Skogvang|2022-05-03T17:40:12|en|Tofteng gets … Arne Lidvold.",
        ],
    );
}

#[test]
fn an_export_of_nexis_in_rich_text() {
    check(
        "rtf/harlow-quay-nexis.rtf",
        &[
            "Harbour crane of Harlow Quay lifts its last box|Imogen Sallow|2018-05-17|en|The green … number 4.",
            "Museum wants the crane; a shipping line wants the mole||2018-05-19|en|A museum … the summer.",
        ],
    );
}

#[test]
fn an_archive_of_pages() {
    check(
        "warc/brackenhurst.warc.gz",
        &[
            "Library van returns to Brackenhurst|Delia Moxon|2021-02-17T09:05:00Z|en|The library … one dog.",
        ],
    );
}

#[test]
fn a_newspaper_of_several_pages() {
    let path = "pdf/corrigan-bay-2009-06-08.pdf";
    check(
        path,
        &[
            "Harbour bell rings for the first time since the war|Una Pritchett|2009-06-08|-|The bell … the morning.",
        ],
    );
    let file = repository().join("seeds").join(path);
    let article = read_all(&file, path, &Options::default()).swap_remove(0).unwrap();
    // Running heads are gone, and the columns and pages follow one another.
    assert!(!article.text().contains("Corrigan Bay Observer"), "{}", article.text());
    assert!(article.paragraphs.iter().all(|paragraph| paragraph.ends_with(['.', '"'])));
    assert_eq!(article.paragraphs.len(), 11);
}

#[test]
fn an_export_as_a_word_document() {
    check(
        "docx/fernley-nexis.docx",
        &[
            "Orchard thieves take only the russets|Walter Quince|2016-10-03|-|Thieves have … Hester Bole.",
            "Correction||2016-10-05|-|A report … Egremont Russet.",
        ],
    );
}

#[test]
fn a_newsletter_in_a_mailbox() {
    let letter = |title: &str, day: &str| {
        format!(
            "The Saltings Letter: {title}|Perpetua Vane|2017-04-{day}T06:30:00+01:00|-|The Saltings … appeared overnight."
        )
    };
    let first = letter("eels are back", "07").replace("appeared overnight.", "until May.");
    check(
        "mail/saltings-letter.mbox",
        &[first.as_str(), letter("a bridge for one", "14").as_str()],
    );
}
