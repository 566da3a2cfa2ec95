//! From a record to the engine's document: one line a field.

use dateline_article::{Name, Record, Timestamp};
use tantivy::TantivyDocument;

use crate::address::searched;
use crate::analyze::sentences;
use crate::analyze::tokenizer::{NAME_STRIDE, Terms, names, names_as_they_sound};
use crate::salience::salience;
use crate::signature::pack;
use crate::stored::pressed;
use crate::structure::{Border, MentionKind, Structure, structure_by_word};
use crate::{Error, Fields, cells, gaps, order};

/// Words after which the lead ends with its sentence.
const LEAD_WORDS: usize = 60;

/// The document that stands for `record` in the index.
///
/// `root` is the label of its corpus root and `file` the number of its source file there.
///
/// # Errors
///
/// Fails only where the record cannot be written as JSON.
pub fn document(
    fields: &Fields,
    record: &Record,
    root: &str,
    file: u64,
) -> Result<TantivyDocument, Error> {
    let article = &record.article;
    let language = article.language;
    let text = article.text();
    let title = article.title.as_deref().unwrap_or_default();
    // Words, stems of some, what is stored, and the rest.
    let mut document = TantivyDocument::with_capacity(text.len() * 2 + 2_048);

    document.add_u64(fields.id, article.id.as_u64());
    document.add_u64(fields.file, file);
    document.add_text(fields.root, root);
    pressed(record, |bytes| document.add_bytes(fields.record, bytes))?;

    add_words(fields, record, &text, &mut document);

    let mut add_names = |field, name, values: Vec<&str>| {
        if !values.is_empty() {
            document.add_text(field, names(values));
            document.add_text(fields.has, name);
        }
    };
    add_names(fields.byline, "byline", article.byline.iter().map(String::as_str).collect());
    add_names(fields.source, "source", article.source.iter().map(String::as_str).collect());
    add_names(fields.section, "section", article.section.iter().map(String::as_str).collect());
    add_names(fields.keyword, "keyword", article.keywords.iter().map(String::as_str).collect());
    let url = article.url.as_deref().map(searched);
    add_names(fields.url, "url", url.iter().map(String::as_str).collect());
    add_names(fields.path, "path", vec![&article.path]);
    add_names(fields.person, "person", entity_names(&record.people));
    add_names(fields.org, "org", entity_names(&record.organisations));
    let unknown = record.places.iter().filter(|place| place.gazetteer.is_none());
    add_names(fields.place_name, "place_name", unknown.map(|place| short(&place.name)).collect());

    if !record.people.is_empty() {
        document.add_text(fields.person_sound, names_as_they_sound(entity_names(&record.people)));
    }
    let mut numbers: Vec<u32> = record
        .places
        .iter()
        .flat_map(|place| place.gazetteer.iter().chain(&place.ancestor_numbers))
        .copied()
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    for number in numbers {
        document.add_u64(fields.place, u64::from(number));
    }

    if let Some(language) = language {
        document.add_text(fields.language, language.code());
        document.add_text(fields.has, "language");
    }
    document.add_text(fields.format, &article.format);
    add_values(fields, record, &mut document);
    document.add_u64(fields.order, order::of(article.published.map(|published| published.at)));
    if let Some(published) = article.published {
        document.add_i64(fields.published, published.at.local_seconds());
        if matches!(published.at, Timestamp::Year(_) | Timestamp::Month(_)) {
            document.add_u64(fields.vague, 1);
        }
        if let Timestamp::Time { offset_minutes: Some(offset), .. } = published.at
            && offset != 0
        {
            document.add_i64(fields.published_offset, i64::from(offset));
        }
        let last = dateline_article::days_since_epoch(published.at.last_day());
        document.add_i64(fields.published_last, i64::from(last));
        document.add_text(fields.has, "published");
    }
    if let Some(signature) = &record.signature {
        document.add_bytes(fields.signature, &pack(signature));
    }
    let mut mentioned: Vec<String> =
        record.dates.iter().flat_map(|date| cells::index_terms(&date.start, &date.end)).collect();
    mentioned.sort_unstable();
    mentioned.dedup();
    for (present, name) in [
        (!title.is_empty(), "title"),
        (!text.is_empty(), "text"),
        (!record.places.is_empty(), "place"),
        (!mentioned.is_empty(), "mentioned"),
    ] {
        if present {
            document.add_text(fields.has, name);
        }
    }
    for term in mentioned {
        document.add_text(fields.mentioned, term);
    }
    Ok(document)
}

/// The words of title and text, those of title and lead by themselves, and what stands where.
fn add_words(fields: &Fields, record: &Record, text: &str, document: &mut TantivyDocument) {
    let article = &record.article;
    let language = article.language;
    let title = article.title.as_deref().unwrap_or_default();
    let mut all = Terms::new(language, title.len() + text.len());
    let structure = structure_by_word(record, text, &mut |word, position| {
        all.push_of_article(word, position);
    });
    let all = all.into_values();
    document.add_text(fields.all_exact, all.exact);
    document.add_text(fields.all, all.stemmed);
    document.add_text(fields.marked, all.marked);
    document.add_u64(fields.words, structure.words);
    add_structure(fields, record, &structure, document);
    if !title.is_empty() {
        let title = Terms::of(language, title).into_values();
        document.add_text(fields.title_exact, title.exact);
        document.add_text(fields.title, title.stemmed);
    }
    let lead = lead(article.dateline_bytes(), text);
    if !lead.is_empty() {
        document.add_text(fields.lead, Terms::of(language, lead).into_values().stemmed);
    }
}

/// What stands where, for nearness.
fn add_structure(
    fields: &Fields,
    record: &Record,
    structure: &Structure,
    document: &mut TantivyDocument,
) {
    for border in &structure.borders {
        match border {
            Border::LeadBegins(at) => document.add_u64(fields.lead_begins, u64::from(*at)),
            Border::LeadEnds(at) => document.add_u64(fields.lead_ends, u64::from(*at)),
            Border::Sentence(_) | Border::Paragraph(_) | Border::TitleEnds(_) => {}
        }
    }
    for (field, numbers) in [
        (fields.borders, gaps::of_borders(&structure.borders)),
        (fields.capitals, gaps::of_capitals(&structure.capitals)),
        (fields.mentions, gaps::of_mentions(&structure.mentions)),
    ] {
        for number in numbers {
            document.add_u64(field, number);
        }
    }
    for mention in &structure.mentions {
        document.add_u64(fields.mention_entities, u64::from(mention.entity));
    }
    for number in record.places.iter().filter_map(|place| place.gazetteer) {
        document.add_u64(fields.named_places, u64::from(number));
    }
    for (field, kind) in [
        (fields.salience_of_people, MentionKind::Person),
        (fields.salience_of_organisations, MentionKind::Organisation),
        (fields.salience_of_places, MentionKind::Place),
        (fields.salience_of_unknown_places, MentionKind::UnknownPlace),
    ] {
        for count in salience(structure, kind) {
            document.add_u64(field, count);
        }
    }
}

/// What facets and timelines count.
fn add_values(fields: &Fields, record: &Record, document: &mut TantivyDocument) {
    let article = &record.article;
    let unknown = record.places.iter().filter(|place| place.gazetteer.is_none());
    let names = |names: &[Name]| names.iter().map(|name| name.name.clone()).collect::<Vec<_>>();
    for (field, values) in [
        (fields.unknown_places, unknown.map(|place| place.name.clone()).collect()),
        (fields.people, names(&record.people)),
        (fields.organisations, names(&record.organisations)),
        (fields.source_shown, article.source.iter().cloned().collect()),
        (fields.section_shown, article.section.iter().cloned().collect()),
        (fields.keywords, article.keywords.clone()),
    ] {
        // In the order of the record, so that an entity is known by its number.
        let mut seen = std::collections::HashSet::new();
        for value in values.into_iter().filter(|value| seen.insert(value.clone())) {
            document.add_text(field, value);
        }
    }
    for (first, last) in record.dates.iter().filter_map(|date| cells::days(&date.start, &date.end))
    {
        document.add_i64(fields.mentioned_first, dateline_article::days_since_epoch(first).into());
        document.add_i64(fields.mentioned_last, dateline_article::days_since_epoch(last).into());
    }
}

fn entity_names(names: &[Name]) -> Vec<&str> {
    names.iter().map(|name| short(&name.name)).collect()
}

/// As much of an entity's name as has fewer words than there is room for between two names: the number of a name is told from its position.
fn short(name: &str) -> &str {
    let most = NAME_STRIDE as usize;
    let end = (0..=most.min(name.len())).rev().find(|end| name.is_char_boundary(*end));
    name.get(..end.unwrap_or(0)).unwrap_or(name)
}

/// The opening of the text after its dateline: whole sentences up to about sixty words.
pub fn lead(dateline_bytes: usize, text: &str) -> &str {
    let body = text.get(dateline_bytes..).unwrap_or(text);
    let mut words = 0;
    let mut end = 0;
    for sentence in sentences(body) {
        words +=
            body.get(sentence.clone()).map_or(0, |sentence| sentence.split_whitespace().count());
        if words > LEAD_WORDS && end > 0 {
            break;
        }
        end = sentence.end;
        if words >= LEAD_WORDS {
            break;
        }
    }
    body.get(..end).unwrap_or(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lead_is_whole_sentences_without_the_dateline() {
        let text = format!("KYIV — One two. Now {}. Last one.", "word ".repeat(70));
        assert_eq!(lead("KYIV — ".len(), &text), "One two.");
        assert_eq!(lead(0, "Short.\n\nSecond paragraph."), "Short.\n\nSecond paragraph.");
        let long = format!("{}. Next.", "word ".repeat(70));
        assert_eq!(lead(0, &long), format!("{}.", "word ".repeat(70)));
        assert_eq!(lead(9, ""), "");
    }
}
