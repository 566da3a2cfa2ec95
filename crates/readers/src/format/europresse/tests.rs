//! Tests of Europresse exports.

use std::ops::ControlFlow;

use crate::limits::Limits;
use crate::read::{Options, SourceFile};

/// `part|title|subtitle|source|published|byline|section|paragraphs` of each article; reason, part and detail of each skip.
#[track_caller]
fn check(content: &str, limits: Limits, expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, content).unwrap();
    let source = SourceFile { root_label: "r", path: "a.html", file: &file };
    let options = Options { limits, ..Options::default() };
    let mut shown = Vec::new();
    crate::read(&source, &options, &mut |item| {
        shown.push(match item {
            Ok(article) => {
                assert_eq!(article.format, "europresse");
                [
                    article.part,
                    article.title.unwrap_or_default(),
                    article.subtitle.unwrap_or_default(),
                    article.source.unwrap_or_default(),
                    article.published.map(|published| published.at.to_string()).unwrap_or_default(),
                    article.byline.join("&"),
                    article.section.unwrap_or_default(),
                    article.paragraphs.join("/"),
                ]
                .join("|")
            }
            Err(skip) => {
                format!("{} {} {}", skip.reason, skip.part.unwrap_or_default(), skip.detail)
            }
        });
        ControlFlow::Continue(())
    });
    assert_eq!(shown, expected, "{content}");
}

const ARTICLE: &str = "<article> <header> <div> <span class=\"DocPublicationName\">Le Bac  </span> </div> <div> <span class=\"DocHeader\">Culture, scènes, mardi 15 mars 2022, p. 16</span> </div>\
    <div class=\"titreArticle\"> <p class='sm-margin-bottom'>RIVES</p> <p class=\"titreArticleVisu\">Le bac <em>reste</em> à quai</p> </div> <div>Ilse Varga et Ivo Marek</div> </header>\
    <section> <div class=\"DocText\"><div class='docOcurrContainer'> <p>Il reste : <mark>fermé</mark>.</p> <p>Il attend.</p> </div> </div> </section>\
    <aside><p>Une photo.</p></aside> <footer><p>Numéro de document : news·20220315·BAC·7_12</p> <span id=\"x\">news·20220315·BAC·7_12</span></footer> </article>";

const SHOWN: &str = "news·20220315·BAC·7_12|Le bac reste à quai|RIVES|Le Bac|2022-03-15|Ilse Varga&Ivo Marek|Culture, scènes|Il reste : fermé./Il attend.";

fn page(articles: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><style>.DocPublicationName{{color:red}}.titreArticleVisu{{}}</style></head><body>{articles}</body></html>"
    )
}

#[test]
fn pages_of_articles() {
    check(&page(ARTICLE), Limits::default(), &[SHOWN]);
    let second = ARTICLE.replace("7_12", "8_13").replace("<div>Ilse Varga et Ivo Marek</div>", "");
    let second_shown = SHOWN.replace("7_12", "8_13").replace("Ilse Varga&Ivo Marek", "");
    check(&page(&format!("{ARTICLE} {second}")), Limits::default(), &[SHOWN, &second_shown]);
    let english = ARTICLE.replace(
        "Culture, scènes, mardi 15 mars 2022, p. 16",
        "News, Tuesday, March 15, 2022, p. A1",
    );
    check(&page(&english), Limits::default(), &[&SHOWN.replace("Culture, scènes", "News")]);
}

#[test]
fn pages_of_tables() {
    let article = "<table></table><span class=\"DocPublicationName\">Le Bac, no. 59</span><br><span class=\"DocHeader\">Une, </span><span class=\"DocHeader\">mardi </span><span class=\"DocHeader\">15 mars 2022</span><br><br>RIVES<br>\
        <span class=\"TitreArticleVisu\">Le bac <span style=\"color:red\">reste</span> à quai</span><br><br>Ilse Varga<br><p></p>Il reste.<p></p><b>Il</b> attend.<p></p><b><i>© 2022 Le Bac.</i></b><p></p>\
        Numéro de document : news·20220315·BAC·7<br><table><tr><td>Ce certificat</td></tr></table>";
    let shown = "news·20220315·BAC·7|Le bac reste à quai|RIVES|Le Bac|2022-03-15|Ilse Varga|Une|Il reste./Il attend.";
    check(&page(article), Limits::default(), &[shown]);
    let bare =
        article.replace("Ilse Varga<br><p></p>", "").replace("RIVES<br>", "").replace('7', "8");
    let bare_shown = shown.replace("RIVES", "").replace("Ilse Varga", "").replace('7', "8");
    check(&page(&format!("{article}{bare}")), Limits::default(), &[shown, &bare_shown]);
    let cut = page(article);
    check(cut.split_once("</body>").unwrap().0, Limits::default(), &[shown]);
    check(
        cut.split_once("Numéro").unwrap().0,
        Limits::default(),
        &["malformed 1 the file ends inside the article"],
    );
}

#[test]
fn articles_are_bounded_and_may_be_cut() {
    let long = ARTICLE.replace("attend", &"attend ".repeat(500));
    let limits = Limits { record_bytes: 2000, ..Limits::default() };
    check(
        &page(&format!("{ARTICLE}{long}{}", ARTICLE.replace("7_12", "9"))),
        limits,
        &[SHOWN, "over-limit 2 the article is larger than 2000 bytes", &SHOWN.replace("7_12", "9")],
    );
    let cut = page(&format!("{ARTICLE}{ARTICLE}"));
    let cut = cut.rsplit_once("<footer").unwrap().0;
    check(cut, Limits::default(), &[SHOWN, "malformed 2 the file ends inside the article"]);
    check(&page(""), Limits::default(), &["empty  no article in it"]);
}
