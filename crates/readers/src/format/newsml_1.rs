//! NewsML 1.0 to 1.2, the IPTC's container of 2000: news items made of components inside components.
//!
//! An article is a component with a headline of its own and a text below it; an item has one, or one for each language or story. What no component near
//! the text says is taken from those around it. Source: the IPTC's NewsML 1.2 DTD and guidelines.

use std::collections::HashMap;
use std::rc::Rc;

use crate::detect::{Confidence, Sample};
use crate::draft::Draft;
use crate::fields::{self, Field};
use crate::format::nitf;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::{Fault, Halt};
use crate::xml::{Document, Element, Nested, Piece, Records, Root};

/// Reader of NewsML 1.x.
pub(crate) struct NewsMl1;

impl Reader for NewsMl1 {
    fn name(&self) -> &'static str {
        "newsml-1"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        match Root::of(sample) {
            Some(root) if root.name == "NewsML" => Confidence::Certain,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let limits = input.limits();
        let document = Document::open(input)?;
        let mut records = Records::new(document.stream, Nested::Inside, limits);
        let is_record = |_: &[String], element: &Element| {
            matches!(element.name(), "NewsItem" | "NewsEnvelope" | "TopicSet" | "Catalog")
        };
        let mut envelope = Element::default();
        while let Some(piece) = records.next(&is_record)? {
            match piece {
                Piece::Record(element) if element.name() == "NewsEnvelope" => envelope = element,
                Piece::Record(element) if element.name() == "NewsItem" => {
                    for item in element.all("NewsItem") {
                        for mut draft in drafts(item, &envelope) {
                            draft.warnings.extend(document.warning.clone());
                            found.article(draft)?;
                        }
                    }
                }
                Piece::Open(_) | Piece::Record(_) => {}
                Piece::OverLimit(item) => {
                    let fault = Fault::over_limit("the item", limits.record_bytes as u64);
                    found.skip(part(&item), fault)?;
                }
                Piece::Cut(item) => {
                    let fault = Fault::malformed("the file ends inside the item");
                    found.skip(part(&item), fault)?;
                }
            }
        }
        Ok(records.finish()?)
    }
}

fn part(item: &Element) -> Option<String> {
    let identifier = item.at(&["Identification", "NewsIdentifier"])?;
    let name = |name: &str| identifier.child(name).and_then(Element::line);
    name("PublicIdentifier").or_else(|| name("NewsItemId"))
}

/// A text with the components that it lies in.
struct Text<'a> {
    /// Outermost first.
    chain: Rc<[&'a Element]>,
    content: Content,
    paragraphs: Vec<String>,
}

/// What a text is to its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Content {
    Main,
    Unnamed,
    /// A caption or summary: the text where there is no other.
    Beside,
    Subtitle,
}

impl<'a> Text<'a> {
    /// The components from the outermost to the one with the headline; the outermost alone where none has one.
    fn owner(&self) -> &[&'a Element] {
        let headed = |component: &&Element| component.at(&["NewsLines", "HeadLine"]).is_some();
        let length = self.chain.iter().rposition(headed).map_or(1, |at| at + 1);
        self.chain.get(..length).unwrap_or_default()
    }
}

/// The articles of an item.
fn drafts(item: &Element, envelope: &Element) -> Vec<Draft> {
    let mut texts = Vec::new();
    for component in item.children("NewsComponent") {
        collect(component, &[], &mut texts);
    }
    let least = texts.iter().map(|text| text.content).min().unwrap_or(Content::Main);
    // Captions are no articles beside a text.
    let kept = least.max(Content::Unnamed);
    // The texts of each component with a headline, in the order in which they come.
    let mut groups: Vec<Vec<&Text<'_>>> = Vec::new();
    let mut places: HashMap<*const Element, usize> = HashMap::new();
    for text in &texts {
        let Some(owner) = text.owner().last() else { continue };
        let place = *places.entry(std::ptr::from_ref(*owner)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups.get_mut(place).into_iter().for_each(|group| group.push(text));
    }
    groups.retain(|group| group.iter().any(|text| text.content <= kept));
    if groups.is_empty() {
        let first: Vec<&Element> = item.children("NewsComponent").take(1).collect();
        return vec![draft(item, envelope, &first, &[])];
    }
    let draft = |group: &Vec<&Text<'_>>| {
        let owner = group.first().map(|text| text.owner()).unwrap_or_default();
        draft(item, envelope, owner, group)
    };
    groups.iter().map(draft).collect()
}

/// Collects the texts below a component; items inside it are articles of their own.
fn collect<'a>(component: &'a Element, around: &[&'a Element], texts: &mut Vec<Text<'a>>) {
    let role = component.child("Role").and_then(|role| role.attribute("FormalName"));
    let content = match role.unwrap_or_default().to_ascii_lowercase().as_str() {
        "main" | "body" | "maintext" | "text" | "main text" | "principal" => Content::Main,
        "caption" | "summary" | "abstract" => Content::Beside,
        "subheadline" => Content::Subtitle,
        "headline" | "stylesheet" | "logo" | "contact" => return,
        _ => Content::Unnamed,
    };
    let chain: Rc<[&Element]> = around.iter().copied().chain([component]).collect();
    for data in component.children("ContentItem").filter_map(data) {
        let paragraphs = paragraphs(data);
        if !paragraphs.is_empty() {
            texts.push(Text { chain: Rc::clone(&chain), content, paragraphs });
        }
    }
    for inner in component.children("NewsComponent") {
        collect(inner, &chain, texts);
    }
}

/// The content of an item where it is text, neither encoded nor a style.
fn data(content: &Element) -> Option<&Element> {
    let kind = |name: &str| content.child(name).and_then(|kind| kind.attribute("FormalName"));
    let mime = kind("MimeType").unwrap_or_default().to_ascii_lowercase();
    let media = kind("MediaType").unwrap_or("Text");
    let is_text = mime.is_empty() || mime.contains("text") || mime.contains("xml");
    let is_style = mime.contains("css") || kind("Format").is_some_and(|format| format == "CSS");
    let wanted = is_text && !is_style && media.to_ascii_lowercase().ends_with("text");
    content.child("DataContent").filter(|_| wanted)
}

fn paragraphs(data: &Element) -> Vec<String> {
    let Some(nitf) = data.find("nitf") else {
        return data.find("body").unwrap_or(data).paragraphs();
    };
    let mut inner = Draft::default();
    nitf::read_into(&mut inner, nitf);
    inner.paragraphs
}

fn draft(item: &Element, envelope: &Element, owner: &[&Element], texts: &[&Text<'_>]) -> Draft {
    let mut draft = Draft { part: part(item), ..Draft::default() };
    for component in owner.iter().rev() {
        read_lines(&mut draft, component);
    }
    for component in owner.iter().rev() {
        read_metadata(&mut draft, component);
    }
    let mut own = texts.to_vec();
    own.sort_by_key(|text| text.content);
    if let Some(text) = own.iter().find(|text| text.content == Content::Subtitle) {
        draft.set(Field::Subtitle, &text.paragraphs.join(" · "));
    }
    if let Some(text) = own.first().filter(|text| text.content != Content::Subtitle) {
        draft.paragraphs.clone_from(&text.paragraphs);
        if text.content == Content::Beside {
            draft.warnings.push("the text is a caption or summary, no other is given".to_owned());
        }
        for nitf in text.chain.last().into_iter().filter_map(|component| component.find("nitf")) {
            nitf::read_into(&mut draft, nitf);
        }
    }
    if let Some(language) = item.attribute("xml:lang") {
        draft.set(Field::Language, language);
    }
    read_management(&mut draft, item, envelope);
    draft
}

/// What is printed with an article.
fn read_lines(draft: &mut Draft, component: &Element) {
    let Some(lines) = component.child("NewsLines") else { return };
    for (field, name) in
        [(Field::Title, "HeadLine"), (Field::Subtitle, "SubHeadLine"), (Field::Byline, "ByLine")]
    {
        if let Some(line) = lines.child(name).and_then(Element::line) {
            draft.set(field, &line);
        }
    }
    if let Some(line) = lines.child("DateLine").and_then(Element::line) {
        nitf::set_dateline_line(draft, &line);
    }
    let words: Vec<String> = lines.children("KeywordLine").filter_map(Element::line).collect();
    draft.keywords.extend(words.iter().flat_map(|line| fields::keywords(line)).map(str::to_owned));
}

/// Language, provider, keywords.
fn read_metadata(draft: &mut Draft, component: &Element) {
    let named = |element: &Element| element.attribute("FormalName").map(str::to_owned);
    if let Some(language) = component.at(&["DescriptiveMetadata", "Language"]).and_then(named) {
        draft.set(Field::Language, &language);
    }
    let properties = component.elements().filter(|part| part.name().ends_with("Metadata"));
    let properties = properties.flat_map(|part| part.children("Property"));
    draft.keywords.extend(properties.filter_map(|property| {
        let name = property.attribute("FormalName")?;
        let is_keyword = name.ends_with("Keyword") || name.ends_with("Keywords");
        property.attribute("Value").filter(|_| is_keyword).map(str::to_owned)
    }));
    // Names of subjects, in the article's language.
    let topics = component.children("TopicSet").flat_map(|topics| topics.all("Description"));
    for topic in topics.filter(|topic| topic.attribute("Variant") == Some("Name")) {
        let language = topic.attribute("xml:lang").and_then(fields::language);
        if language.is_some() && language == draft.language {
            draft.keywords.extend(topic.line());
        }
    }
    let by = component.child("AdministrativeMetadata");
    let party = |name: &str| by.and_then(|by| by.at(&[name, "Party"])).and_then(named);
    let credit = component.at(&["NewsLines", "CreditLine"]).and_then(Element::line);
    if let Some(source) = party("Provider").or(credit) {
        draft.set(Field::Source, &source);
    }
}

/// Dates, standing and version of an item.
fn read_management(draft: &mut Draft, item: &Element, envelope: &Element) {
    let identifier = item.at(&["Identification", "NewsIdentifier"]);
    let told = |name: &str| identifier.and_then(|identifier| identifier.child(name)?.line());
    let named = |element: &Element| element.attribute("FormalName").map(str::to_owned);
    if let Some(management) = item.child("NewsManagement") {
        for name in ["ThisRevisionCreated", "FirstCreated"] {
            if let Some(date) = management.child(name).and_then(Element::line) {
                draft.set(Field::Published, &date);
            }
        }
        let status = management.child("Status").and_then(named).unwrap_or_default();
        draft.set(Field::Status, &status);
        let change = management.at(&["StatusWillChange", "DateAndTime"]).and_then(Element::line);
        if let Some(until) = change.filter(|_| status.eq_ignore_ascii_case("embargoed")) {
            draft.set_embargo(&until);
        }
    }
    let sent = envelope.child("DateAndTime").and_then(Element::line);
    for date in told("DateId").into_iter().chain(sent) {
        draft.set(Field::Published, &date);
    }
    if let Some(version) = told("RevisionId") {
        draft.set_version(&version);
    }
    let sender = envelope.at(&["SentFrom", "Party"]).and_then(named);
    for source in sender.into_iter().chain(told("ProviderId")) {
        draft.set(Field::Source, &source);
    }
}

#[cfg(test)]
mod tests;
