//! The XML of Ritzau, the Danish agency: one article in each `RBNews`, alone or in the answer of its service.

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::Field;
use crate::found::Found;
use crate::input::Input;
use crate::markup;
use crate::registry::Reader;
use crate::skip::{Fault, Halt};
use crate::xml::{Document, Element, Nested, Piece, Records, Root};

/// Reader of Ritzau's articles.
pub(crate) struct Ritzau;

impl Reader for Ritzau {
    fn name(&self) -> &'static str {
        "ritzau"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        match Root::of(sample) {
            Some(root) if root.name == "RBNews" => Confidence::Certain,
            Some(_) if sample.contains(b"<RBNews>", 4 << 10) => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limits = input.limits();
        let document = Document::open(input)?;
        let mut records = Records::new(document.stream, Nested::Next, limits);
        while let Some(piece) = records.next(&|_, element| element.name() == "RBNews")? {
            let part = |news: &Element| news.child("NewsID").and_then(Element::line);
            match piece {
                Piece::Open(_) => {}
                Piece::Record(news) => {
                    let mut draft = draft(&news);
                    draft.warnings.extend(document.warning.clone());
                    found.article(draft)?;
                }
                Piece::OverLimit(news) => {
                    let fault = Fault::over_limit("the article", limits.record_bytes as u64);
                    found.skip(part(&news), fault)?;
                }
                Piece::Cut(news) => {
                    let fault = Fault::malformed("the file ends inside the article");
                    found.skip(part(&news), fault)?;
                }
            }
        }
        Ok(records.finish()?)
    }
}

fn draft(news: &Element) -> Draft {
    let mut draft = Draft::default();
    let line = |name: &str| news.child(name).and_then(Element::line);
    for (field, name) in [
        (Field::Id, "NewsID"),
        (Field::Title, "headline"),
        (Field::Subtitle, "subtitle"),
        (Field::Byline, "byLine"),
        (Field::Section, "section"),
        (Field::Published, "PublishDate"),
    ] {
        if let Some(line) = line(name) {
            draft.set(field, &markup::line(&line));
        }
    }
    // "/ritzau/", "Via Ritzau"
    if let Some(source) = line("origin") {
        draft.set(Field::Source, source.trim_matches('/'));
    }
    if let Some(version) = line("version") {
        draft.set_version(&version);
    }
    if line("Annuleret").as_deref() == Some("true") {
        draft.set(Field::Status, "canceled");
    }
    // Its content is HTML as text, its references escaped once more.
    let content = news.child("content").map(Element::text).unwrap_or_default();
    draft.paragraphs = markup::paragraphs(&content.replace("&amp;", "&"));
    // The text may open with the dateline of whoever sent it; the office that passed it on is none then.
    let opens = draft.paragraphs.first().and_then(|first| crate::dateline::find(first));
    if let Some(town) = line("town").filter(|_| opens.is_none()) {
        draft.set(Field::Dateline, &town);
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::testing::{self, shown};

    const NEWS: &str = "<RBNews><NewsID>n-1</NewsID><PublishDate>2018-02-01T18:44:52.973</PublishDate><headline>Letbanen k&#xF8;rer igen</headline>\
        <subtitle xmlns:i='i' i:nil='true'/><town>Aarhus</town><origin>/ritzau/</origin><section>Indland</section><version>2</version>\
        <content>&lt;p&gt;Letbanen k&#xF8;rer igen.&lt;/p&gt;&lt;p&gt;&amp;amp;quot;Alt er klar,&amp;amp;quot; siger selskabet.&lt;/p&gt;</content>\
        <Annuleret>false</Annuleret><byLine>Mads Elm</byLine></RBNews>";

    #[test]
    fn articles_alone_and_in_an_answer() {
        let expected = "part n-1 · source ritzau · title Letbanen kører igen · byline Mads Elm · section Indland · published 2018-02-01T18:44:52 · place Aarhus · version 2";
        let article = testing::one(&Ritzau, NEWS);
        assert_eq!(shown(&article), expected);
        assert_eq!(
            article.paragraphs,
            ["Letbanen kører igen.", "\"Alt er klar,\" siger selskabet."]
        );
        let answer = format!("<A xmlns='a'><List xmlns=''>{NEWS}{NEWS}</List></A>");
        let articles = testing::all(&Ritzau, &answer);
        assert_eq!(articles.len(), 2);
        let withdrawn = NEWS.replace("<Annuleret>false", "<Annuleret>true");
        assert!(testing::one(&Ritzau, &withdrawn).status.unwrap().withdrawn);
        // A text of somebody else has its own dateline.
        let passed =
            NEWS.replace(";Letbanen k&#xF8;rer igen.", ";VARN, Feb. 1 (PRESSE) -- Letbanen.");
        assert_eq!(testing::one(&Ritzau, &passed).dateline.unwrap().place.as_deref(), Some("VARN"));
    }

    #[test]
    fn broken_articles() {
        assert_eq!(testing::skips(&Ritzau, NEWS.split_at(NEWS.len() - 20).0), ["malformed n-1"]);
        assert_eq!(testing::skips(&Ritzau, "<RBNews></RBNews>"), ["empty 1"]);
    }
}
