//! Tests of Factiva exports.

use super::*;
use crate::format::testing::file;
use crate::limits::Limits;

/// `format part|title|source|published|byline|section|keywords|language|paragraphs` of each article.
#[track_caller]
fn check(content: &str, expected: &[&str]) {
    let shown: Vec<String> = file("a.txt", content, Limits::default())
        .into_iter()
        .map(|item| match item {
            Ok(article) => [
                format!("{} {}", article.format, article.part),
                article.title.unwrap_or_default(),
                article.source.unwrap_or_default(),
                article.published.map(|published| published.at.to_string()).unwrap_or_default(),
                article.byline.join("&"),
                article.section.unwrap_or_default(),
                article.keywords.join("&"),
                article.language.map(|language| language.code().to_owned()).unwrap_or_default(),
                article.paragraphs.join("/"),
            ]
            .join("|"),
            Err(skip) => skip,
        })
        .collect();
    assert_eq!(shown, expected, "{content}");
}

const CODED: &str = "SE  Local\nHD  Ferry stays\n    in port\nBY  By Ilse Varga\nWC  12 words\nPD  14 March 2022\nET  09:30\nSN  The Orlava Post\nSC  ORLPO\nLA  English\n\
                     CY  (c) 2022 Orlava Press\nLP\n\nThe ferry stayed in port.\n\nTD\n\nThe storm goes on.\n\nIN the harbour all waited.\n\n\
                     CO  orlf : Orlava Ferries | orlp : Orlava Port\nNS  gwea : Weather\nAN  Document ORLPO00020220314ei3e0001x\n\n";

const SHOWN: &str = "factiva ORLPO00020220314ei3e0001x|Ferry stays in port|The Orlava Post|2022-03-14T09:30:00|Ilse Varga|Local|Orlava Ferries&Orlava Port&Weather|en|The ferry stayed in port./The storm goes on./IN the harbour all waited.";

#[test]
fn coded_text() {
    check(CODED, &[SHOWN]);
    let tabs = CODED.replace("  ", "\t").replace("SE\tLocal\n", "");
    let shown = SHOWN.replace("|Local|", "||");
    check(&tabs, &[&shown]);
    let second = CODED.replace("0001x", "0002y").replace("Ferry", "Train");
    check(
        &format!("{CODED}\n{second}"),
        &[SHOWN, &SHOWN.replace("0001x", "0002y").replacen("Ferry", "Train", 1)],
    );
}

#[test]
fn plain_text() {
    let end = "Document ORLPO00020220314ei3e0001x";
    let shown = |byline: &str, section: &str, published: &str| {
        format!(
            "factiva ORLPO00020220314ei3e0001x|Ferry stays|The Orlava Post|{published}|{byline}|{section}||en|The ferry stayed."
        )
    };
    check(
        &format!(
            "Ferry stays\nBy Ilse Varga\n1,012 words\n14 March 2022\n09:30\nThe Orlava Post\nORLPO\nLate\n4\nEnglish\n(c) 2022 Orlava Press\n\nThe ferry stayed.\n\n{end}\n\nSearch Summary\nText ferry\n"
        ),
        &[&shown("Ilse Varga", "", "2022-03-14T09:30:00")],
    );
    check(
        &format!(
            "News\nFerry stays\n12 mots\n14 mars 2022\nThe Orlava Post\nORLPO\nAnglais\n\nThe ferry stayed.\n\n{end}\n"
        ),
        &[&shown("", "News", "2022-03-14")],
    );
    let bare = shown("", "", "2022-03-14").replace("|en|", "||");
    check(
        &format!(
            "Ferry stays\n2 Wörter\n14. März 2022\nThe Orlava Post\nORLPO\nThe ferry stayed.\n{end}\n"
        ),
        &[&bare],
    );
}

#[test]
fn pages() {
    let page = |inner: &str| {
        format!("<html><head><title>Factiva</title></head><body>{inner}</body></html>")
    };
    let row = |code: &str, value: &str| {
        format!("<tr><td class=\"index\"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>\n")
    };
    let article = |rows: &[String]| {
        format!("<div class=\"article enArticle\"><table>{}</table></div>", rows.concat())
    };
    let rows = [
        row("SE", "Local"),
        row("HD", "<b>Ferry stays in port</b>"),
        row("BY", "By Ilse Varga"),
        row("PD", "14 March 2022"),
        row("ET", "09:30"),
        row("SN", "The Orlava Post"),
        row("LA", "English"),
        row("LP", "<p>The ferry stayed in port.</p>"),
        row("TD", "<p>The storm goes on.</p>\n<p>IN the harbour all waited.</p>"),
        row("CO", "<br/>orlf : Orlava Ferries | orlp : Orlava Port"),
        row("NS", "gwea : Weather"),
        row("AN", "<br/>Document ORLPO00020220314ei3e0001x"),
    ];
    let plain = "<div class=\"article enArticle\"><div id=\"hd\"><span class='enHeadline'>Ferry &amp; storm</span></div><div class=\"author\">By Ilse Varga</div><div>12 words</div>\
                 <div>14 March 2022</div><div>The Orlava Post</div><div>ORLPO</div><div>English</div><div>(c) 2022</div><p>It stayed.</p><p>And stayed.</p><p>Document ORLPO00020220314ei3e0002x</p></div>";
    let shown = "factiva ORLPO00020220314ei3e0002x|Ferry & storm|The Orlava Post|2022-03-14|Ilse Varga|||en|It stayed./And stayed.";
    check(&page(&format!("{}<p>x</p>{plain}", article(&rows))), &[SHOWN, shown]);
    let cut = page(&format!("{}{plain}", article(rows.get(..8).unwrap())));
    check(&cut, &["malformed 1 the file ends inside the article", shown]);
    check(&page("nothing"), &["empty  no article in it"]);
}

#[test]
fn xml() {
    let article = |inner: &str| format!("<ppsarticle><article>{inner}</article></ppsarticle>");
    let document = |articles: &str| {
        format!(
            "<?xml version=\"1.0\"?><PPSResponse><ppsArticleResponse xmlns=\"http://global.factiva.com/pps/2.0\">{articles}</ppsArticleResponse></PPSResponse>"
        )
    };
    let whole = article(
        "<accessionNo>ORLPO1</accessionNo><baseLanguage>EN</baseLanguage><headline><paragraph>Ferry <hlt>stays</hlt> &amp; waits</paragraph></headline>\
         <byline>By Ilse Varga</byline><leadParagraph><paragraph>One<hlt>.</hlt></paragraph><paragraph>Two &#8217;.</paragraph></leadParagraph>\
         <publicationDate><date>2022-03-14</date></publicationDate><sectionName>Local</sectionName><sourceName>The Orlava Post</sourceName><region code=\"x\"><name>Orlava</name></region>\
         <tailParagraphs><paragraph><![CDATA[Three <b>.]]></paragraph></tailParagraphs>",
    );
    let shown = "factiva ORLPO1|Ferry stays & waits|The Orlava Post|2022-03-14|Ilse Varga|Local|Orlava|en|One./Two ’./Three <b>.";
    check(&document(&whole), &[shown]);
    let wire = article(
        "<accessionNo>B</accessionNo><headline><paragraph>F</paragraph></headline><leadParagraph>\nThe ferry stayed in port on Thursday\nbecause of the storm, the port said.\n    It waited.\n</leadParagraph>",
    );
    check(
        &document(&wire),
        &[
            "factiva B|F|||||||The ferry stayed in port on Thursday because of the storm, the port said./It waited.",
        ],
    );
    let broken = article("<headline><paragraph>F</headline>");
    let items = file("a.txt", document(&format!("{whole}{broken}{whole}")), Limits::default());
    assert!(items[1].as_ref().unwrap_err().starts_with("malformed 2 not valid XML"), "{items:?}");
    assert_eq!(items[2].as_ref().unwrap().part, "ORLPO1#3");
    let cut = document(&whole);
    let cut = cut.split_once("</article>").unwrap().0;
    check(cut, &["malformed 1 the file ends inside the article"]);
}

#[test]
fn articles_are_bounded_and_may_be_cut() {
    let long = CODED.replace("The storm goes on.", &"word ".repeat(300));
    let limits = Limits { record_bytes: 1000, ..Limits::default() };
    let items = file("a.txt", format!("{CODED}{long}{CODED}"), limits);
    assert_eq!(
        items[1].as_ref().unwrap_err(),
        "over-limit 2 the article is larger than 1000 bytes"
    );
    assert!(items[0].is_ok() && items[2].is_ok() && items.len() == 3);
    let cut = CODED.split_once("CO  ").unwrap().0;
    check(&format!("{CODED}{cut}"), &[SHOWN, "malformed 2 the file ends inside the article"]);
}

#[test]
fn paragraphs_of_a_word_processor() {
    let paragraphs: Vec<String> = format!("{CODED}{CODED}").lines().map(str::to_owned).collect();
    let drafts = of_paragraphs(&paragraphs).unwrap();
    assert_eq!(drafts.len(), 2);
    assert_eq!(drafts[1].title.as_deref(), Some("Ferry stays in port"));
    assert_eq!(of_paragraphs(&["A text.".to_owned(), "Document 7".to_owned()]), None);
}

#[test]
fn accession_numbers() {
    let check = |line: &str, expected: Option<&str>| {
        assert_eq!(article::accession(line), expected, "{line}");
    };
    check("Document TESTFR0020111229e7ct0001r", Some("TESTFR0020111229e7ct0001r"));
    check("AN  Document ORLPO00020220314ei3e0001x", Some("ORLPO00020220314ei3e0001x"));
    check("Document 12", None);
    check("Documents were signed", None);
    check("Document ORLPO00020220314ei3e0001x was signed", None);
}

#[test]
fn other_texts_are_none() {
    for text in [
        "HD televisions\n\nThe price fell.\n",
        "The essay\n\nIt had 500 words\nMarch 14, 2022 was its day, they said.\n",
        "<html><head><title>Factiva prices</title></head><body><p>x</p></body></html>",
    ] {
        let sample = Sample::new(text.as_bytes(), "a", true);
        assert_eq!(Factiva.recognises(&sample), Confidence::No, "{text}");
    }
}
