//! What a page's author called its parts: the words of `class`, `id` and `role`, and those of them that mean something everywhere.

use dom_query::Element;

/// Words that mark what is no part of the text.
pub(super) const BOILERPLATE: &[&str] = &[
    "breadcrumb",
    "breadcrumbs",
    "caption",
    "captions",
    "credit",
    "credits",
    "newsletter",
    "newsletters",
    "share",
    "sharing",
    "sharebar",
    "sharedaddy",
    "social",
    "related",
    "relatedposts",
    "recommended",
    "recommendations",
    "recirc",
    "trending",
    "popular",
    "comments",
    "comment",
    "disqus",
    "respond",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "promo",
    "promos",
    "advert",
    "adverts",
    "advertisement",
    "ad",
    "ads",
    "sponsored",
    "outbrain",
    "taboola",
    "subscribe",
    "signup",
    "sidebar",
    "gallery",
    "slideshow",
    "carousel",
    "bio",
    "tags",
    "taglist",
    "toolbar",
    "tooltip",
    "pagination",
    "pager",
    "nav",
    "navigation",
    "menu",
    "footer",
    "copyright",
    "disclaimer",
    "noprint",
];

/// Words that mark the line that says who wrote it.
pub(super) const BYLINES: &[&str] = &["byline", "bylines", "writtenby"];

/// Words that mark the line that says when something appeared.
pub(super) const DATES: &[&str] =
    &["date", "pubdate", "datetime", "timestamp", "published", "postdate", "dateline", "posted"];

/// Words that mark who wrote something, be it this article, a comment or another one.
pub(super) const AUTHORS: &[&str] = &["author", "authors"];

/// Whether one of the words of an element's `class`, `id` and `role` is in a list, in any case.
pub(super) fn has(element: &Element, list: &[&str]) -> bool {
    let named = element
        .attrs
        .iter()
        .filter(|attribute| matches!(&*attribute.name.local, "class" | "id" | "role"));
    named
        .flat_map(|attribute| words(&attribute.value))
        .any(|word| list.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// The words of a value: `articleShare-bar` has three.
fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split(|character: char| !character.is_ascii_alphabetic()).flat_map(|piece| {
        let mut rest = piece;
        std::iter::from_fn(move || {
            let ends = |(at, pair): (usize, &[u8])| {
                let ends = matches!(pair, [one, next] if one.is_ascii_lowercase() && next.is_ascii_uppercase());
                ends.then_some(at + 1)
            };
            let end = rest.as_bytes().windows(2).enumerate().find_map(ends).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end)?;
            rest = after;
            Some(word).filter(|word| !word.is_empty())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        let check = |value: &str, expected: &[&str]| {
            assert_eq!(words(value).collect::<Vec<_>>(), expected, "{value}");
        };
        check("share", &["share"]);
        check("articleShare-bar c_related2 ", &["article", "Share", "bar", "c", "related"]);
        check("ADBox über--", &["ADBox", "ber"]);
        check("", &[]);
    }
}
