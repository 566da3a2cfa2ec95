//! Tests of PDF.

use std::fmt::Write as _;
use std::io::Write as _;

use super::*;
use crate::format::office::package::testing::read;

/// A file of these objects, numbered from 1; the first is the catalogue. `trailer` stands in the trailer beside size and root.
fn file(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut table = String::new();
    for (index, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", bytes.len()).unwrap();
        writeln!(bytes, "{} 0 obj", index + 1).unwrap();
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    let size = objects.len() + 1;
    write!(bytes, "xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n").unwrap();
    bytes
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary}/Length {}>>\nstream\n", content.len()).into_bytes();
    object.extend_from_slice(content);
    object.extend_from_slice(b"\nendstream");
    object
}

const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

/// Lines as content, one under another.
fn lines(lines: &[&str]) -> String {
    let shown: Vec<String> = lines.iter().map(|line| format!("({line}) Tj 0 -14 Td")).collect();
    format!("BT /F 12 Tf 40 700 Td {} ET", shown.join(" "))
}

/// A file with a page for each content, and more objects from number 4 + 2 × pages.
fn pages(contents: &[Vec<u8>], resources: &str, more: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let kids: Vec<String> =
        (0..contents.len()).map(|index| format!("{} 0 R", 4 + 2 * index)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!(
            "<</Type/Pages/Count {}/Kids[{}]/MediaBox[0 0 600 800]>>",
            contents.len(),
            kids.join(" ")
        )
        .into_bytes(),
        FONT.as_bytes().to_vec(),
    ];
    for (index, content) in contents.iter().enumerate() {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>{resources}>>/Contents {} 0 R>>",
            5 + 2 * index
        );
        objects.push(page.into_bytes());
        objects.push(content.clone());
    }
    objects.extend_from_slice(more);
    file(&objects, trailer)
}

fn simple(text: &[&str]) -> Vec<u8> {
    pages(&[stream("", lines(text).as_bytes())], "", &[], "")
}

const TEXT: &[&str] = &[
    "The ferry stayed in port on Thursday because of the",
    "storm, and nobody in the town of Orlava knew when it would",
    "leave again, the har-",
    "bour master said to those who waited in the hall.",
];

#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    let items = read("a.pdf", bytes);
    assert_eq!(items.len(), 1, "{items:?}");
    let shown = match &items[0] {
        Ok(article) => format!(
            "{}|{}",
            article.title.as_deref().unwrap_or_default(),
            article.paragraphs.join("/")
        ),
        Err(reason) => reason.clone(),
    };
    assert_eq!(shown, expected);
}

const WHOLE: &str = "The ferry stayed in port on Thursday because of the storm, and nobody in the town of Orlava knew when it would leave again, the harbour master said to those who waited in the hall.";

#[test]
fn a_document_is_an_article() {
    check(&simple(TEXT), &format!("|{WHOLE}"));
    let information = b"<</Title(Ferry stays)/CreationDate(D:20220314093000+01'00')>>".to_vec();
    let bytes = pages(&[stream("", lines(TEXT).as_bytes())], "", &[information], "/Info 6 0 R");
    let article = read("a.pdf", &bytes).remove(0).unwrap();
    assert_eq!((article.format.as_str(), article.title.as_deref()), ("pdf", Some("Ferry stays")));
    assert_eq!(article.published.unwrap().at.to_string(), "2022-03-14T09:30:00+01:00");
    assert_eq!(article.warnings, ["published is when the document was created, by its properties"]);
}

#[test]
fn objects_are_counted_before_they_are_read() {
    let check = |bytes: &[u8], most: u64, expected: bool| {
        assert_eq!(guard::has_few_objects(bytes, most).is_ok(), expected, "{most}");
    };
    let bytes = simple(TEXT);
    check(&bytes, 5, true);
    check(&bytes, 4, false);
    check(b"1 0 obj <</Type/ObjStm/N 100/First 8>> stream", 101, true);
    check(b"1 0 obj <</Type/ObjStm/N 100/First 8>> stream", 100, false);
    check(b"1 0 obj <</Type/ObjStm /N  99999999999999999999999>>", 500_000, false);
    check(b"1 0 obj <</AP<</N 100 0 R>>>>", 1, true);
    check(b"1 0 obj (the object) endobj /Names /N", 2, true);
}

/// U118: a date of thousands of digits.
#[test]
fn a_date_without_end_is_none() {
    let check = |written: &str, expected: Option<&str>| {
        assert_eq!(date(written).as_deref(), expected, "{written}");
    };
    check("D:20220314093000+01'00'", Some("2022-03-14T09:30:00+01:00"));
    check("D:2022", None);
    let information = format!("<</CreationDate(D:{})>>", "1".repeat(4096)).into_bytes();
    let bytes = pages(&[stream("", lines(TEXT).as_bytes())], "", &[information], "/Info 6 0 R");
    assert_eq!(read("a.pdf", &bytes).remove(0).unwrap().published, None);
}

#[test]
fn running_heads_go_and_pages_are_joined() {
    let page = |number: usize, text: &[&str]| {
        let foot = number.to_string();
        let all: Vec<&str> = std::iter::once("The Orlava Post")
            .chain(text.iter().copied())
            .chain([foot.as_str()])
            .collect();
        stream("", lines(&all).as_bytes())
    };
    let bytes = pages(
        &[
            page(1, &["The ferry stayed in port because of a storm that"]),
            page(2, &["nobody in the town had seen coming, they said."]),
            page(3, &["It went on for two days."]),
        ],
        "",
        &[],
        "",
    );
    check(
        &bytes,
        "|The ferry stayed in port because of a storm that nobody in the town had seen coming, they said./It went on for two days.",
    );
}

#[test]
fn words_are_put_together() {
    let check = |text: &str, expected: &str| {
        assert_eq!(pages::join(&[text.to_owned()]), expected, "{text}");
    };
    check("The har-\nbour was", "The harbour\nwas\n");
    check(
        "a long-\nterm plan; another long-term plan",
        "a long-term\nplan; another long-term plan\n",
    );
    check("Anna-\nMaria", "Anna-\nMaria\n");
    check("in 1999-\nand", "in 1999-\nand\n");
}

#[test]
fn text_that_is_none_is_refused() {
    let check = |text: &str, expected: Option<Reason>| {
        assert_eq!(pages::judge(text).err().map(|fault| fault.reason), expected, "{text}");
    };
    check(WHOLE, None);
    check("12", Some(Reason::Empty));
    check(&"Th e fe rr y st ay ed i n po r t ".repeat(5), Some(Reason::Malformed));
    check(&"\u{e001}\u{e002}a ".repeat(30), Some(Reason::Malformed));
    check(&"東京湾のフェリーは嵐のため港にとどまった。".repeat(5), None);
    check(&"Donaudampfschifffahrtsgesellschaft und Verwaltungsgerichtshof ".repeat(12), None);
    check(&"x".repeat(40).repeat(3), None);
}

#[test]
fn what_is_no_document_has_its_reason() {
    check(&simple(&[]), "empty");
    check(b"%PDF-1.7\n", "malformed");
    let whole = simple(TEXT);
    check(whole.get(..whole.len() / 2).unwrap(), "malformed");
    let locked = b"<</Filter/Standard/V 1/R 2/O<00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>/U<00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>/P -4>>".to_vec();
    let id =
        "/Encrypt 6 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]";
    check(&pages(&[stream("", lines(TEXT).as_bytes())], "", &[locked], id), "encrypted");
}

#[test]
fn a_broken_page_costs_itself_only() {
    let broken = stream("", b"BT /Missing 12 Tf (x) Tj ET");
    let bytes = pages(&[broken, stream("", lines(TEXT).as_bytes())], "", &[], "");
    let article = read("a.pdf", &bytes).remove(0).unwrap();
    assert_eq!(article.paragraphs, [WHOLE]);
    assert_eq!(article.warnings, ["1 pages cannot be read"]);
}

#[test]
fn forms_that_draw_themselves_end() {
    let page = |draws: &str| stream("", format!("{} {draws}", lines(TEXT)).as_bytes());
    let form = |resources: &str, content: &str| {
        stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 1 1]{resources}"), content.as_bytes())
    };
    let to = |number: usize| format!("/Resources<</XObject<</A {number} 0 R>>>>");
    // Itself, another that draws it, and itself by the resources of the page.
    for forms in [
        vec![form(&to(6), "/A Do")],
        vec![form(&to(7), "/A Do"), form(&to(6), "/A Do")],
        vec![form("", "/A Do")],
    ] {
        check(&pages(&[page("/A Do")], "/XObject<</A 6 0 R>>", &forms, ""), &format!("|{WHOLE}"));
    }
    // Each draws the next one many times.
    let many: Vec<Vec<u8>> = (0..8)
        .map(|index| form(&to(7 + index), &"/A Do ".repeat(100)))
        .chain([form(&to(99), "0 g")])
        .collect();
    check(&pages(&[page("/A Do")], "/XObject<</A 6 0 R>>", &many, ""), "malformed");
}

#[test]
fn trees_that_are_rings_and_streams_that_swell_are_refused() {
    let ring = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]/Parent 2 0 R>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R>>".to_vec(),
    ];
    check(&file(&ring, ""), "malformed");
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..257 {
        encoder.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let swollen = stream("/Filter/FlateDecode", &encoder.finish().unwrap());
    check(&pages(&[swollen], "", &[], ""), "over-limit");
}

#[test]
fn dates_of_properties() {
    let check = |written: &str, expected: Option<&str>| {
        assert_eq!(date(written).as_deref(), expected, "{written}");
    };
    check("D:20220314093000+01'00'", Some("2022-03-14T09:30:00+01:00"));
    check("D:20220314093000-05'30", Some("2022-03-14T09:30:00-05:30"));
    check("D:20220314093000Z", Some("2022-03-14T09:30:00Z"));
    check("20220314", Some("2022-03-14"));
    check("D:2022", None);
    check("", None);
}
