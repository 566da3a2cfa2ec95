//! Tests of tables.

use super::*;
use crate::format::testing::file;
use crate::limits::Limits;

/// `part|title|published|byline|section|source|url|paragraphs` of each article.
#[track_caller]
fn check(content: &str, expected: &[&str]) {
    check_bytes("a.csv", content.as_bytes(), expected);
}

#[track_caller]
fn check_bytes(name: &str, content: &[u8], expected: &[&str]) {
    let shown: Vec<String> = file(name, content, Limits::default())
        .into_iter()
        .map(|item| match item {
            Ok(article) => [
                article.part,
                article.title.unwrap_or_default(),
                article.published.map(|published| published.at.to_string()).unwrap_or_default(),
                article.byline.join("&"),
                article.section.unwrap_or_default(),
                article.source.unwrap_or_default(),
                article.url.unwrap_or_default(),
                article.paragraphs.join("/"),
            ]
            .join("|"),
            Err(skip) => skip,
        })
        .collect();
    assert_eq!(shown, expected, "{}", String::from_utf8_lossy(content));
}

#[test]
fn columns_are_known_by_name() {
    check(
        "id,title,date,author,section,source,url,text\n7,Ferry,2024-03-14,Ilse Varga,Local,Post,https://example.org/a,It sank.\n",
        &["7|Ferry|2024-03-14|Ilse Varga|Local|Post|https://example.org/a|It sank."],
    );
    check(
        "Überschrift;Datum;Inhalt\nFähre;14.03.2024;Sie blieb.\n",
        &["1|Fähre|2024-03-14|||||Sie blieb."],
    );
    check("Headline\tBody\tweather\nFerry\tIt sank.\twet\n", &["1|Ferry||||||It sank."]);
    check("headline|maintext\nFerry|It sank.\n", &["1|Ferry||||||It sank."]);
    check("text\nIt sank.\n", &["1|||||||It sank."]);
    check("tytuł;treść;autor\nProm;Zatonął.;Ewa Lis\n", &["1|Prom||Ewa Lis||||Zatonął."]);
    // A table as a program of statistics writes it, with a column of row numbers.
    check(
        ",title,authors,publish_date,text\n0,Ferry,\"['Ilse Varga', 'Ivo Marek']\",2024-03-14 10:00:00+00:00,NaN\n",
        &["1|Ferry|2024-03-14T10:00:00Z|Ilse Varga&Ivo Marek||||"],
    );
    check(
        "stories_id,publish_date,title,url,language,media_name\n12,2024-03-14,Ferry,https://example.org/a,en,Post\n",
        &["12|Ferry|2024-03-14|||Post|https://example.org/a|"],
    );
    check("title,text,text\nA,,B\n", &["1|A||||||B"]);
    check("title,html\nA,<p>B</p><p>C &amp; D</p>\n", &["1|A||||||B/C & D"]);
}

#[test]
fn quoting_keeps_delimiters_quotes_and_lines() {
    let text = "It \"sank\", they said.\n\nNobody; was | hurt.";
    let quoted = text.replace('"', "\"\"");
    let joined = "1|Ferry, again||||||It \"sank\", they said./Nobody; was | hurt.";
    check(&format!("title,text\n\"Ferry, again\",\"{quoted}\"\n"), &[joined]);
    check(
        &format!("title,text\r\n\"Ferry, again\",\"{quoted}\"\r\n").replace("\n\n", "\r\n\r\n"),
        &[joined],
    );
    let escaped = text.replace('"', "\\\"");
    check(&format!("title,text\n\"Ferry, again\",\"{escaped}\"\n"), &[joined]);
    check(
        "title;text\n'Ferry';'It''s gone; \"sunk\".'\nTwo;'It is.'\n",
        &["1|Ferry||||||It's gone; \"sunk\".", "2|Two||||||It is."],
    );
    check("\u{feff}title,text\nA,B\n", &["1|A||||||B"]);
    check("title,text\rA,B\rC,D\r", &["1|A||||||B", "2|C||||||D"]);
}

#[test]
fn a_table_without_names_gives_what_its_columns_show() {
    let rows: Vec<String> = (0..8)
        .map(|number| {
            let label = ["Sport", "Wirtschaft"][number % 2];
            format!("{label};'Der Verein aus Ort {number} sagte; er wolle \"bald\" etwas tun, und dann sagte er nichts mehr dazu und ging.'")
        })
        .collect();
    let rows = rows.join("\n");
    let items = file("a.csv", rows.as_bytes(), Limits::default());
    assert_eq!(items.len(), 8);
    let first = items[0].as_ref().unwrap();
    assert_eq!(first.section.as_deref(), Some("Sport"));
    assert_eq!(first.title, None);
    assert!(first.paragraphs[0].starts_with("Der Verein aus Ort 0 sagte; er wolle \"bald\""));
    assert_eq!(first.warnings, ["the table names no columns: they are told by content"]);

    let long = "The club of the small town said that it would soon do something about the field, and then it did not.";
    check(
        &format!(
            "\"3\",\"A club speaks of its field\",\"{long}\",2024-03-14,https://example.org/a\n\"4\",\"A club is silent again\",\"{long}\",2024-03-15,https://example.org/b\n"
        ),
        &[
            &format!("1|A club speaks of its field|2024-03-14||||https://example.org/a|{long}"),
            &format!("2|A club is silent again|2024-03-15||||https://example.org/b|{long}"),
        ],
    );
}

#[test]
fn tables_without_articles_are_refused_whole() {
    let events = (0..61)
        .map(|at| ["881990832", "20181024"].get(at).copied().unwrap_or("x"))
        .collect::<Vec<_>>();
    let events = format!("{}\n", events.join("\t"));
    let refused = |detail: &str| format!("unknown-format  {detail}");
    check_bytes(
        "20191024143000.export.CSV",
        events.repeat(3).as_bytes(),
        &[&refused("a table of GDELT, which holds events or mentions and no articles")],
    );
    let none = refused("a table in which no column holds titles or texts");
    check(
        "globaleventid,eventtimedate,mentionidentifier\n1,20160701210000,https://example.org/a\n",
        &[&none],
    );
    check("x,y\n1,2\n3,4\n", &[&none]);
    check("\n\n", &["empty  the table has no row"]);
    check("title,text\n", &["empty  no article in it"]);
}

#[test]
fn the_knowledge_graph_of_gdelt_is_read() {
    let row = |at: [(usize, &str); 7]| {
        let cells: Vec<&str> = (0..27)
            .map(|place| at.iter().find(|(known, _)| *known == place).map_or("", |(_, text)| text))
            .collect();
        format!("{}\n", cells.join("\t"))
    };
    let table = [
        row([
            (0, "20240314093000-12"),
            (1, "20240314093000"),
            (3, "example.org"),
            (4, "https://example.org/a"),
            (22, "120|14|said|It sank slowly#300|9||We stayed"),
            (25, ""),
            (
                26,
                "<PAGE_TITLE>Ferry &amp; crew</PAGE_TITLE><PAGE_AUTHORS>Ilse Varga;Ivo Marek</PAGE_AUTHORS>",
            ),
        ]),
        row([
            (0, "20240314093000-T13"),
            (1, "20240314093000"),
            (3, "example.fr"),
            (4, "https://example.fr/b"),
            (22, ""),
            (25, "srclc:fra;eng:GT-FRA 1.0"),
            (
                26,
                "<PAGE_PRECISEPUBTIMESTAMP>20240313220500</PAGE_PRECISEPUBTIMESTAMP><PAGE_TITLE>Le bac</PAGE_TITLE>",
            ),
        ]),
        row([
            (0, "20240314093000-14"),
            (1, "20240314093000"),
            (3, "example.org"),
            (4, "https://example.org/c"),
            (22, ""),
            (25, ""),
            (26, ""),
        ]),
    ];
    check_bytes(
        "20240314093000.gkg.csv",
        table.concat().as_bytes(),
        &[
            "20240314093000-12|Ferry & crew|2024-03-14T09:30:00|Ilse Varga&Ivo Marek||example.org|https://example.org/a|It sank slowly/We stayed",
            "20240314093000-T13|Le bac|2024-03-13T22:05:00|||example.fr|https://example.fr/b|",
            "empty 3 neither a text nor a title",
        ],
    );
}

#[test]
fn what_services_name_their_columns_is_known() {
    // A list of articles as GDELT's search gives it, and an export of Media Cloud's newer one.
    check(
        "URL,Title,Date,Domain,Language,Source Country\nhttps://example.org/a,Ferry,20240314T093000Z,example.org,English,Norway\n",
        &["1|Ferry|2024-03-14T09:30:00Z|||example.org|https://example.org/a|"],
    );
    check(
        "id,indexed_date,language,media_name,media_url,publish_date,title,url\nab12,2024-03-15 08:00:00,en,example.org,example.org,2024-03-14,Ferry,https://example.org/a\n",
        &["ab12|Ferry|2024-03-14|||example.org|https://example.org/a|"],
    );
}

#[test]
fn a_broken_row_costs_itself_only() {
    check(
        "title,text\nA,B\nonly one\nC,D,E\nF,G,\n\n,\nH,I\n",
        &[
            "1|A||||||B",
            "malformed 2 the row has 1 cells, the table 2 columns",
            "malformed 3 the row has 3 cells, the table 2 columns",
            "4|F||||||G",
            "5|H||||||I",
        ],
    );
    // A stray quote opens a cell that never ends.
    check(
        "title,text\nA,B\nC,\"D\nE,F\nG,H\n",
        &["1|A||||||B", "malformed 2 a quoted cell never ends", "3|E||||||F", "4|G||||||H"],
    );
    // One that ends in a later row, where the cells are no longer as many.
    check(
        "title,date,text\nC,\"D,x\nE,2024-03-14,\"F\"\n\"G\",2024-03-15,\"H\"\n",
        &[
            "malformed 1 the row has 2 cells, the table 3 columns",
            "2|E|2024-03-14|||||F",
            "3|G|2024-03-15|||||H",
        ],
    );
}

#[test]
fn rows_are_bounded() {
    let limits = Limits { record_bytes: 50, ..Limits::default() };
    let long = "x".repeat(60);
    let over = "over-limit 1 the row is larger than 50 bytes";
    for cell in [long.clone(), format!("\"{long}\""), format!("\"{}\"", "xx\n".repeat(20))] {
        let content = format!("title,text\nA,{cell}\nB,C\n");
        let items = file("a.csv", content.as_bytes(), limits);
        assert_eq!(items[0].as_ref().unwrap_err(), over);
        assert_eq!(items.last().unwrap().as_ref().unwrap().title.as_deref(), Some("B"));
    }
}

#[test]
fn short_cells_are_decoded_as_the_file_is() {
    let mut content = b"titre;texte\n".to_vec();
    let rows = "L'été;Les bateaux sont restés à quai dès le début de l'après-midi.\n".repeat(5)
        + "Noël;Fête\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&rows);
    content.extend_from_slice(&bytes);
    let items = file("a.csv", &content, Limits::default());
    let last = items[5].as_ref().unwrap();
    assert_eq!((last.title.as_deref(), last.paragraphs[0].as_str()), (Some("Noël"), "Fête"));
}

#[test]
fn recognised_by_name_or_by_header() {
    let check = |name: &str, content: &str, expected: Confidence| {
        let sample = Sample::new(content.as_bytes(), name, true);
        assert_eq!(Csv.recognises(&sample), expected, "{name} {content}");
    };
    check("a.csv", "x,y\n1,2\n", Confidence::Likely);
    check("a.TSV", "x\ty\n", Confidence::Likely);
    check("a.txt", "title,date,text\nA,2024,B\n", Confidence::Likely);
    check("a", "title\tdate\ttext\nA\t2024\tB\n", Confidence::Likely);
    check("a.txt", "Author, title, date\n\nThe three words stood on the board.\n", Confidence::No);
    check(
        "a.txt",
        "The title, the text and the date were missing.\nNobody knew why.\n",
        Confidence::No,
    );
    check("a.csv", "<!DOCTYPE html><p>x", Confidence::No);
    check("a.csv", "PK\x03\x04", Confidence::No);
}

proptest::proptest! {
    #[test]
    fn any_table_is_read(text in "(title|text|[,;\t|\"'\\\\\n\r]|[a-z ]{1,9})*") {
        let _ = file("a.csv", text.as_bytes(), Limits { record_bytes: 40, ..Limits::default() });
    }
}
