//! What a person says of columns and keys goes before what they are called.

use dateline_readers::{FieldMap, Options};

use super::read_content;

/// `title · text · published · source · section` of each article, `reason` of each skip; the last item says whether there were warnings.
#[track_caller]
fn check(path: &str, map: &str, content: &str, expected: &[&str]) {
    let options = Options { map: map.parse::<FieldMap>().unwrap(), ..Options::default() };
    let found: Vec<String> = read_content(path, content.as_bytes(), &options)
        .into_iter()
        .map(|item| match item {
            Ok(article) => {
                let text = article.text();
                let published = article.published.map(|published| published.at.to_string());
                [
                    article.title,
                    Some(text).filter(|text| !text.is_empty()),
                    published,
                    article.source,
                    article.section,
                ]
                .map(|field| field.unwrap_or_else(|| "-".to_owned()))
                .join(" · ")
            }
            Err(skip) => skip.reason.to_string(),
        })
        .collect();
    assert_eq!(found, expected, "{map} {content}");
}

#[test]
fn columns_of_tables() {
    let table = "title,headline,date,date_utc,text\n\
                 Sport,Ferry stays,2024-03-15,2024-03-14T22:30Z,The ferry stayed.\n\
                 Sport,,2024-03-15,,The ferry sailed.\n";
    check(
        "a.csv",
        "",
        table,
        &[
            "Sport · The ferry stayed. · 2024-03-15 · - · -",
            "Sport · The ferry sailed. · 2024-03-15 · - · -",
        ],
    );
    // What the map names gives the field alone, even where a row has nothing there.
    check(
        "a.csv",
        "title=headline,published=date_utc,section=Title",
        table,
        &[
            "Ferry stays · The ferry stayed. · 2024-03-14T22:30:00Z · - · Sport",
            "- · The ferry sailed. · - · - · Sport",
        ],
    );
    // Two columns of one field: the first that has a value.
    check(
        "a.csv",
        "title=headline,title=title",
        table,
        &[
            "Ferry stays · The ferry stayed. · 2024-03-15 · - · -",
            "Sport · The ferry sailed. · 2024-03-15 · - · -",
        ],
    );
    // A table that has none of the columns is read as ever.
    check("a.tsv", "title=nowhere", "title\ttext\nA\tB.\n", &["A · B. · - · - · -"]);
    // Names that nobody knows make a header as soon as the map has one of them.
    check(
        "a.csv",
        "title=kop,text=inhoud_plat,published=wanneer",
        "kop;inhoud_plat;wanneer\nVeer blijft;Het veer bleef.;14.03.2024\n",
        &["Veer blijft · Het veer bleef. · 2024-03-14 · - · -"],
    );
    // Without names, by number.
    check(
        "a.csv",
        "title=2,text=3",
        "7,Ferry stays,The ferry stayed.\n8,Ferry sails,The ferry sailed.\n",
        &[
            "Ferry stays · The ferry stayed. · - · - · -",
            "Ferry sails · The ferry sailed. · - · - · -",
        ],
    );
}

#[test]
fn keys_of_json() {
    let object = r#"{"title": "Sport", "hed": {"main": "Ferry stays"}, "raw": "<p>The ferry <b>stayed</b>.</p>", "body": "no", "meta": {"day": {"utc": "2024-03-14"}}}"#;
    let expected = ["Ferry stays · The ferry stayed. · 2024-03-14 · - · Sport"];
    let map = "title=hed,text=raw,published=meta.day.utc,section=title";
    check("a.json", map, object, &expected);
    check("a.jsonl", map, &format!("{object}\n{object}\n"), &[expected[0], expected[0]]);
    check("a.json", map, &format!("{{\"articles\": [{object}]}}"), &expected);
    check("a.json", map, r#"{"title": "A", "text": "B."}"#, &["- · B. · - · - · A"]);
    check(
        "a.json",
        "text=nothing",
        r#"{"title": "A", "nothing": null, "text": "B."}"#,
        &["A · - · - · - · -"],
    );
}
