//! What a METS file says of an issue: its title and day, its articles, and the places of their text on the pages.

use std::collections::HashMap;

use crate::xml::Element;

/// A METS file without what is not needed.
#[derive(Default)]
pub(super) struct Issue {
    /// By their identifiers.
    described: HashMap<String, Description>,
    /// Addresses of files, by identifiers.
    files: HashMap<String, String>,
    /// Places of the divisions of pages, by identifiers.
    places: HashMap<String, Vec<Area>>,
    /// Divisions of pages that belong to those of the text, in order.
    links: HashMap<String, Vec<String>>,
    pub(super) units: Vec<Unit>,
    /// Descriptions of the whole, the inmost last.
    whole: Vec<String>,
}

/// Bibliographic fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Description {
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) language: Option<String>,
}

/// A stretch of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) file: String,
    /// Identifier of a block, or of a word where it is a part of a page's division.
    pub(super) begin: String,
    /// The division, which some name as its block.
    pub(super) division: String,
    /// Left, top, right, bottom on the picture of the page.
    pub(super) place: Option<[i64; 4]>,
    /// Whether it is a headline by itself.
    pub(super) is_headline: bool,
}

/// An article.
#[derive(Debug, Default)]
pub(super) struct Unit {
    pub(super) id: String,
    label: Option<String>,
    descriptions: Vec<String>,
    pub(super) section: Option<String>,
    areas: Vec<Area>,
    /// Where the names of authors stand.
    pub(super) authors: Vec<Area>,
}

/// Divisions that are articles, in upper case.
const ARTICLES: &[&str] = &[
    "ARTICLE",
    "ADVERT",
    "ADVERTISEMENT",
    "OBITUARY",
    "DEATH_NOTICE",
    "BIRTH_NOTICE",
    "MARRIAGE_NOTICE",
    "WEATHER",
    "LETTER",
    "NOTICE",
];

impl Issue {
    /// Takes in one part of the file.
    pub(super) fn add(&mut self, part: &Element) {
        match part.name() {
            "dmdSec" => {
                if let Some(id) = part.attribute("ID") {
                    self.described.insert(id.to_owned(), Description::of(part));
                }
            }
            "file" => {
                let address = part.find("FLocat").and_then(|place| reference(place, "href"));
                if let (Some(id), Some(address)) = (part.attribute("ID"), address) {
                    self.files.insert(id.to_owned(), address.to_owned());
                }
            }
            "structMap" => {
                let kind = part.attribute("TYPE").unwrap_or_default();
                if kind.eq_ignore_ascii_case("logical") {
                    self.add_text(part, None);
                } else {
                    self.add_pages(part);
                }
            }
            "smLinkGrp" => {
                let ends = part.all("smLocatorLink").filter_map(|link| reference(link, "href"));
                let mut ends = ends.map(|end| end.trim_start_matches('#').to_owned());
                if let Some(from) = ends.next() {
                    self.links.entry(from).or_default().extend(ends);
                }
            }
            "smLink" => {
                if let (Some(from), Some(to)) = (reference(part, "from"), reference(part, "to")) {
                    let end = |end: &str| end.trim_start_matches('#').to_owned();
                    self.links.entry(end(from)).or_default().push(end(to));
                }
            }
            _ => {}
        }
    }

    fn add_pages(&mut self, map: &Element) {
        for division in map.all("div") {
            let headline = division.attribute("LABEL").is_some_and(|label| label == "Headline");
            let pointers = division.children("fptr").flat_map(|pointer| pointer.all("area"));
            let division_id = text(division, "ID");
            let mut area = Area { is_headline: headline, division: division_id, ..Area::default() };
            for found in pointers {
                if let Some(place) = rectangle(found) {
                    area.place = Some(place);
                } else {
                    area.file = text(found, "FILEID");
                    area.begin = text(found, "BEGIN");
                }
            }
            if let Some(id) = division.attribute("ID").filter(|_| !area.file.is_empty()) {
                self.places.entry(id.to_owned()).or_default().push(area);
            }
        }
    }

    /// Finds articles, depth first; one inside another is a part of it.
    fn add_text(&mut self, division: &Element, section: Option<&str>) {
        for inner in division.children("div") {
            let kind = inner.attribute("TYPE").unwrap_or_default().to_ascii_uppercase();
            if ARTICLES.contains(&kind.as_str()) {
                // "Adv. 1 Page 2" numbers an advertisement and is no headline of it.
                let label = inner.attribute("LABEL").filter(|_| !kind.starts_with("ADVERT"));
                let mut unit = Unit {
                    id: text(inner, "ID"),
                    label: label.map(str::to_owned),
                    descriptions: descriptions(inner),
                    section: section.map(str::to_owned),
                    ..Unit::default()
                };
                unit.add_areas(inner, false);
                self.units.push(unit);
                continue;
            }
            if kind == "ISSUE" || kind == "NEWSPAPER" || kind == "VOLUME" {
                self.whole.extend(descriptions(inner));
            }
            let named = inner.attribute("LABEL").filter(|_| kind == "SECTION");
            self.add_text(inner, named.or(section));
        }
    }

    /// The fields of the issue: the inmost description that has each says most.
    pub(super) fn whole(&self) -> Description {
        let mut whole = Description::default();
        for id in self.whole.iter().rev() {
            let found = self.described.get(id).cloned().unwrap_or_default();
            whole.title = whole.title.or(found.title);
            whole.date = whole.date.or(found.date);
            whole.language = whole.language.or(found.language);
        }
        whole
    }

    /// The fields of an article; its title may be its label.
    pub(super) fn description(&self, unit: &Unit) -> Description {
        let described = unit.descriptions.iter().find_map(|id| self.described.get(id));
        let mut found = described.cloned().unwrap_or_default();
        found.title = found.title.or_else(|| unit.label.clone());
        found
    }

    /// Where an article stands, in reading order.
    pub(super) fn areas<'a>(&'a self, unit: &'a Unit) -> Vec<&'a Area> {
        let linked = self.links.get(&unit.id).into_iter().flatten();
        let linked = linked.filter_map(|id| self.places.get(id)).flatten();
        unit.areas.iter().chain(linked).collect()
    }

    /// The address of a file.
    pub(super) fn file(&self, id: &str) -> Option<&str> {
        self.files.get(id).map(String::as_str)
    }
}

impl Unit {
    fn add_areas(&mut self, division: &Element, in_heading: bool) {
        for inner in division.elements() {
            match inner.name() {
                "fptr" => {
                    let areas = inner.all("area").filter(|area| rectangle(area).is_none());
                    self.areas.extend(areas.map(|area| Area {
                        file: text(area, "FILEID"),
                        begin: text(area, "BEGIN"),
                        is_headline: in_heading,
                        ..Area::default()
                    }));
                }
                "div" => {
                    let kind = inner.attribute("TYPE").unwrap_or_default().to_ascii_uppercase();
                    if kind == "AUTHOR" {
                        let mut named = Self::default();
                        named.add_areas(inner, false);
                        self.authors.extend(named.areas);
                        continue;
                    }
                    let heading = matches!(kind.as_str(), "TITLE" | "HEADLINE");
                    self.add_areas(inner, in_heading || heading);
                }
                _ => {}
            }
        }
    }
}

impl Description {
    fn of(section: &Element) -> Self {
        let line = |name: &str| section.all(name).find_map(Element::line);
        let title = section.find("titleInfo").and_then(|title| title.child("title")?.line());
        Self {
            title,
            date: line("dateIssued").or_else(|| line("date")),
            language: line("languageTerm").or_else(|| line("language")),
        }
    }
}

fn descriptions(division: &Element) -> Vec<String> {
    let ids = division.attribute("DMDID").unwrap_or_default();
    ids.split_whitespace().map(str::to_owned).collect()
}

fn text(element: &Element, name: &str) -> String {
    element.attribute(name).unwrap_or_default().to_owned()
}

/// An attribute of XLink, under whatever prefix.
fn reference<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    let found = element.attributes.iter().find(|(known, _)| known.rsplit(':').next() == Some(name));
    found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}

/// The corners of an area on a picture.
fn rectangle(area: &Element) -> Option<[i64; 4]> {
    let corners = area.attribute("COORDS").filter(|_| area.attribute("SHAPE") == Some("RECT"))?;
    let corners: Option<Vec<i64>> =
        corners.split(',').map(|corner| corner.trim().parse::<i32>().ok().map(i64::from)).collect();
    corners?.try_into().ok()
}
