//! When a page appeared, by its own word: JSON-LD, then `<meta>`, then microdata and `<time>`, then the line that it shows. The first that is understood
//! counts; those that name another day go to the warnings, and so does one that cannot be understood where there is no other.

use super::page::{Page, Time};
use crate::dates::{self, Reading};
use crate::draft::Draft;
use crate::published;

/// Names of `<meta>` that hold the publication date, the best first.
const DATES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "date.published",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "publication-date",
    "published-date",
    "published_date",
    "publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "dc.created",
    "date.issued",
    "article.published",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "citation_date",
    "displaydate",
    "og:pubdate",
    "og:published_time",
    "ptime",
    "date",
    "article_date_original",
    "article.created",
    "rnews:datepublished",
    "last-published",
    "og:regdate",
    "bt:pubdate",
];

/// A place in the page that says when it appeared.
struct Said {
    /// How it is called in warnings.
    by: String,
    text: String,
    /// Whether it can only be the day of publication, so that another day in it is a contradiction.
    certain: bool,
}

/// Sets the publication date; a `<time>` counts where the page marks it, or where it is the only one of its article.
pub(super) fn set(draft: &mut Draft, page: &Page, linked: [Option<String>; 2]) {
    let said = all(page, linked);
    let mut ambiguous = None;
    let mut known = None;
    for one in &said {
        match (dates::read(&one.text), known) {
            (Reading::Known(time), None) => known = Some((time, one)),
            (Reading::Known(time), Some((used, first)))
                if one.certain && first.certain && published::contradicts(used, time) =>
            {
                draft.warnings.push(format!(
                    "{} says {used}, {} says {time}; {} is used",
                    first.by, one.by, first.by
                ));
                break;
            }
            (Reading::Ambiguous(_), None) => ambiguous = ambiguous.or(Some(one)),
            _ => {}
        }
    }
    match (known, ambiguous) {
        (Some((time, _)), _) => draft.published = Some(time),
        // Says so where it is not understood.
        (None, Some(one)) => draft.set_published(&one.text),
        (None, None) => draft.set_published(said.first().map_or("", |one| &one.text)),
    }
}

/// All that says when the page appeared, the best first.
fn all(page: &Page, [published, created]: [Option<String>; 2]) -> Vec<Said> {
    let said =
        |by: &str, text: &str, certain| Said { by: by.to_owned(), text: text.to_owned(), certain };
    let mut all = Vec::new();
    all.extend(published.map(|text| said("JSON-LD", &text, true)));
    for name in DATES {
        let certain = !name.contains("created");
        all.extend(page.first(&[name]).map(|text| said(&format!("`{name}`"), text, certain)));
    }
    let property = page.properties.get("datepublished").and_then(|dates| dates.first());
    all.extend(property.map(|text| said("`datePublished`", text, true)));
    let marked = page.times.iter().find(|time| time.published);
    all.extend(marked.map(|time| said("`<time>`", &time.value, true)));
    all.extend(created.map(|text| said("`dateCreated`", &text, false)));
    all.extend(lone(&page.times).map(|text| said("`<time>`", text, false)));
    all.extend(lone(&page.dates).map(|text| said("the date line", text, false)));
    all
}

/// The only one in the article, or, where none is, the only one of the page; repeated words count once.
fn lone(times: &[Time]) -> Option<&str> {
    let only = |in_article: bool| {
        let mut values = times.iter().filter(|time| !in_article || time.in_article);
        let first = values.next()?;
        Some(values.all(|time| time.value == first.value).then_some(&*first.value))
    };
    only(true).or_else(|| only(false)).flatten()
}
