//! What the prefixes of a feed stand for.

use crate::xml::Element;

/// Where a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS or Atom itself, or no prefix.
    Core,
    DublinCore,
    /// RSS's module for whole texts.
    Content,
    Xhtml,
    Itunes,
    /// Yahoo's media module.
    Media,
    /// The export of WordPress.
    WordPress,
    Other,
}

/// Parts of addresses, and what they name; the first that fits.
const ADDRESSES: &[(&str, Vocabulary)] = &[
    ("purl.org/dc/", Vocabulary::DublinCore),
    ("purl.org/rss/1.0/modules/dc", Vocabulary::DublinCore),
    ("purl.org/rss/1.0/modules/content", Vocabulary::Content),
    ("purl.org/rss/1.0/modules/", Vocabulary::Other),
    ("purl.org/rss/1.0", Vocabulary::Core),
    ("purl.org/net/rss", Vocabulary::Core),
    ("my.netscape.com/", Vocabulary::Core),
    ("backend.userland.com/", Vocabulary::Core),
    ("blogs.law.harvard.edu/", Vocabulary::Core),
    ("purl.org/atom/ns", Vocabulary::Core),
    ("www.w3.org/2005/atom", Vocabulary::Core),
    ("www.w3.org/1999/xhtml", Vocabulary::Xhtml),
    ("itunes.com/dtds/", Vocabulary::Itunes),
    ("search.yahoo.com/mrss", Vocabulary::Media),
    ("wordpress.org/export/", Vocabulary::WordPress),
];

/// Prefixes by custom, for feeds that do not declare them.
const PREFIXES: &[(&str, Vocabulary)] = &[
    ("dc", Vocabulary::DublinCore),
    ("dcterms", Vocabulary::DublinCore),
    ("content", Vocabulary::Content),
    ("atom", Vocabulary::Core),
    ("rss", Vocabulary::Core),
    ("xhtml", Vocabulary::Xhtml),
    ("itunes", Vocabulary::Itunes),
    ("media", Vocabulary::Media),
    ("wp", Vocabulary::WordPress),
    ("excerpt", Vocabulary::WordPress),
];

/// Declarations that are kept of a feed: hostile ones could be millions.
const MOST_DECLARATIONS: usize = 200;

/// The prefixes that a feed declares for all of it.
#[derive(Default)]
pub(super) struct Scope(Vec<(String, Vocabulary)>);

impl Scope {
    /// Takes over the declarations of a tag.
    pub(super) fn declare(&mut self, tag: &Element) {
        let left = MOST_DECLARATIONS.saturating_sub(self.0.len());
        self.0.extend(
            declarations(tag)
                .take(left)
                .map(|(prefix, vocabulary)| (prefix.to_owned(), vocabulary)),
        );
    }

    /// The vocabulary of an element inside an article.
    pub(super) fn vocabulary(&self, element: &Element, article: &Element) -> Vocabulary {
        let prefix = element.prefix();
        if prefix.is_empty() {
            // A default of its own: `<body xmlns="http://www.w3.org/1999/xhtml">`.
            return element.attribute("xmlns").map_or(Vocabulary::Core, of_address);
        }
        let declared = |tag: &Element| {
            declarations(tag)
                .take(MOST_DECLARATIONS)
                .find(|(known, _)| *known == prefix)
                .map(|(_, vocabulary)| vocabulary)
        };
        let outer = || {
            self.0
                .iter()
                .rev()
                .find(|(known, _)| known == prefix)
                .map(|(_, vocabulary)| *vocabulary)
        };
        let custom = || {
            PREFIXES.iter().find(|(known, _)| *known == prefix).map(|(_, vocabulary)| *vocabulary)
        };
        declared(element)
            .or_else(|| declared(article))
            .or_else(outer)
            .or_else(custom)
            .unwrap_or(Vocabulary::Other)
    }
}

fn declarations(tag: &Element) -> impl Iterator<Item = (&str, Vocabulary)> {
    tag.attributes
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("xmlns:")?, of_address(value))))
}

fn of_address(address: &str) -> Vocabulary {
    let address = address.to_ascii_lowercase();
    let known = ADDRESSES.iter().find(|(part, _)| address.contains(part));
    known.map_or(Vocabulary::Other, |(_, vocabulary)| *vocabulary)
}
