//! RSS 0.90 to 2.0, as RDF and not, with the modules that carry texts, authors and dates; also the export of WordPress, which is RSS.

use super::{
    Feed, Fields, Vocabulary, authors, fault, html_line, paragraphs, part, set_published, wordpress,
};
use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::{self, Field};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt, Reason};
use crate::xml::{Document, Element, Nested, Piece, Records, Root};

/// Reader of RSS.
pub(crate) struct Rss;

/// Bytes of an RDF file in which a version of RSS is named.
const WITHIN_BYTES: usize = 4 << 10;

impl Reader for Rss {
    fn name(&self) -> &'static str {
        "rss"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        match Root::of(sample) {
            Some(root) if root.name.eq_ignore_ascii_case("rss") => Confidence::Certain,
            Some(root)
                if root.name.eq_ignore_ascii_case("rdf")
                    && (sample.contains(b"purl.org/rss/", WITHIN_BYTES)
                        || sample.contains(b"my.netscape.com/rdf/simple", WITHIN_BYTES)
                        || sample.contains(b"<item", WITHIN_BYTES)) =>
            {
                Confidence::Certain
            }
            Some(root) if root.name == "channel" && sample.contains(b"<item", WITHIN_BYTES) => {
                Confidence::Likely
            }
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limits = input.limits();
        let document = Document::open(input)?;
        let mut records = Records::new(document.stream, Nested::Next, limits);
        let mut feed = Feed::default();
        let mut warning = document.warning;
        while let Some(piece) = records.next(&is_record)? {
            match piece {
                Piece::Open(tag) => feed.open(&tag),
                Piece::Record(item) if is_item(&item) => {
                    if let Some(kind) = no_article(&item) {
                        let detail = format!("a WordPress item of type {kind} is no article");
                        found.skip(part(&item), Fault::new(Reason::Empty, detail))?;
                        continue;
                    }
                    let mut draft = draft(&item, &feed);
                    draft.warnings.extend(warning.take());
                    found.article(draft)?;
                }
                Piece::Record(about) => set_feed(&mut feed, &about),
                Piece::OverLimit(ref item) | Piece::Cut(ref item) if is_item(item) => {
                    found.skip(part(item), fault(&piece, limits.record_bytes))?;
                }
                Piece::OverLimit(_) => {}
                Piece::Cut(_) => {
                    found.skip(None, Fault::malformed("the file ends before any article"))?;
                }
            }
        }
        Ok(records.finish()?)
    }
}

fn is_item(element: &Element) -> bool {
    element.name().eq_ignore_ascii_case("item")
}

/// Items, and what stands beside them in the channel or, in RDF, beside the channel.
fn is_record(outer: &[String], element: &Element) -> bool {
    let is_channel = |name: &str| {
        name.rsplit(':').next().is_some_and(|name| name.eq_ignore_ascii_case("channel"))
    };
    is_item(element)
        || outer.last().is_some_and(|last| is_channel(last))
        || (outer.len() == 1 && !is_channel(&element.qualified))
}

/// The kind of a WordPress item that is no post and no page.
fn no_article(item: &Element) -> Option<String> {
    let kind = item.child("post_type").and_then(Element::line)?;
    ["attachment", "nav_menu_item", "revision", "custom_css", "wp_global_styles", "wp_navigation"]
        .contains(&kind.as_str())
        .then_some(kind)
}

fn set_feed(feed: &mut Feed, about: &Element) {
    let empty = Element::default();
    let vocabulary = feed.scope.vocabulary(about, &empty);
    match (vocabulary, about.name().to_ascii_lowercase().as_str()) {
        (Vocabulary::Core, "title") if feed.title.is_none() => {
            feed.title = Some(html_line(about));
        }
        (Vocabulary::Core | Vocabulary::DublinCore, "language") => feed.language = about.line(),
        _ => {}
    }
}

fn draft(item: &Element, feed: &Feed) -> Draft {
    let fields = Fields::of(item, feed);
    let core = |name: &str| fields.first(Vocabulary::Core, name);
    let dublin = |name: &str| fields.first(Vocabulary::DublinCore, name);
    let mut draft = Draft::default();
    let shown = || fields.first(Vocabulary::Media, "title");
    if let Some(title) = core("title").or(dublin("title")).or_else(shown) {
        draft.set(Field::Title, &html_line(title));
    }
    let guid = core("guid").or(core("id"));
    let is_address = guid.is_some_and(|guid| guid.attribute("isPermaLink") != Some("false"));
    let guid = guid.and_then(Element::line);
    let links = fields.all(Vocabulary::Core, "link");
    let links: Vec<String> = links
        .filter_map(|link| link.line().or_else(|| link.attribute("href").map(str::to_owned)))
        .collect();
    let about = item.attribute("rdf:about").map(str::to_owned);
    draft.part = guid.clone().or(about.clone()).or(links.first().cloned());
    let guid = guid.filter(|_| is_address);
    for address in links.into_iter().chain(guid).chain(about) {
        draft.set(Field::Url, &address);
    }
    let dates = [
        core("pubdate"),
        core("published"),
        dublin("issued"),
        dublin("date"),
        core("date"),
        dublin("created"),
        fields.first(Vocabulary::WordPress, "post_date"),
        core("updated"),
        dublin("modified"),
    ];
    set_published(&mut draft, dates.into_iter().flatten());
    set_authors(&mut draft, &fields);
    set_keywords(&mut draft, &fields);
    if let Some(source) = core("source").and_then(Element::line) {
        draft.set(Field::Source, &source);
    }
    let language = item.attribute("xml:lang").map(str::to_owned);
    let language = language.or_else(|| dublin("language").or(core("language"))?.line());
    if let Some(language) = language {
        draft.set(Field::Language, &language);
    }
    let texts = [
        fields.first(Vocabulary::Content, "encoded"),
        fields.first(Vocabulary::Xhtml, "body"),
        core("body"),
        core("fulltext"),
        core("fullitem"),
        core("content"),
        core("description"),
        core("summary"),
        dublin("description"),
        fields.first(Vocabulary::Itunes, "summary"),
        fields.first(Vocabulary::WordPress, "encoded"),
        fields.first(Vocabulary::Media, "description"),
    ];
    let exported = fields.first(Vocabulary::WordPress, "post_type").is_some();
    let read = if exported { wordpress::paragraphs } else { paragraphs };
    let texts = texts.into_iter().flatten().map(read);
    draft.paragraphs = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    feed.complete(&mut draft);
    draft
}

fn set_authors(draft: &mut Draft, fields: &Fields<'_>) {
    let named = [
        (Vocabulary::DublinCore, "creator"),
        (Vocabulary::Core, "author"),
        (Vocabulary::DublinCore, "author"),
        (Vocabulary::Itunes, "author"),
    ];
    for (vocabulary, name) in named {
        if draft.byline.is_empty() {
            let lines = fields.all(vocabulary, name).filter_map(|author| {
                author.child("name").and_then(Element::line).or_else(|| author.line())
            });
            draft.byline = lines.flat_map(|line| authors(&line)).collect();
        }
    }
}

fn set_keywords(draft: &mut Draft, fields: &Fields<'_>) {
    for (vocabulary, name) in [(Vocabulary::Core, "category"), (Vocabulary::DublinCore, "subject")]
    {
        draft.keywords.extend(fields.all(vocabulary, name).map(html_line));
    }
    for vocabulary in [Vocabulary::Media, Vocabulary::Itunes] {
        let lines: Vec<String> =
            fields.all(vocabulary, "keywords").filter_map(Element::line).collect();
        let words = lines.iter().flat_map(|line| fields::keywords(line));
        draft.keywords.extend(words.map(str::to_owned));
    }
}
