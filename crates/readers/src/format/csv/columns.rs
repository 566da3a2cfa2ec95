//! What the columns of a table mean: by the names in its first row, or, where it has none, by what stands in them.

use serde_json::{Map, Value};

use super::gdelt;
use crate::dates;
use crate::draft::Draft;
use crate::encoding;
use crate::field_map::FieldMap;
use crate::fields::{self, Field};
use crate::format::json::record;
use crate::skip::{Fault, Reason};

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Columns {
    /// The name of each column; of one that means nothing, a blank one.
    names: Vec<String>,
    told: Told,
}

/// What tells what the columns are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// The first row.
    Header,
    /// What is said of them by their places.
    Number,
    /// What stands in them.
    Content,
    /// The table is the knowledge graph of GDELT.
    Graph,
}

/// Characters of a column's name at most.
const LONGEST_NAME: usize = 64;

/// Columns of known names in a first row, if these include a text or a title and nothing in it is too long for a name.
pub(super) fn known(cells: &[Vec<u8>]) -> usize {
    let names: Vec<String> = cells.iter().map(|cell| name(cell)).collect();
    let field = |name: &String| fields::field(name).map(|(field, _)| field);
    let reads = names.iter().any(|name| {
        matches!(field(name), Some(Field::Text | Field::Html | Field::Title))
            || record::SUMMARIES.contains(&name.as_str())
    });
    let short = names.iter().all(|name| name.chars().count() <= LONGEST_NAME);
    if reads && short {
        names.iter().filter(|name| field(name).is_some()).count().max(1)
    } else {
        0
    }
}

fn name(cell: &[u8]) -> String {
    let text = String::from_utf8_lossy(cell);
    let name = text.trim().trim_start_matches('\u{feff}');
    // Exports of databases write the table before the column.
    let plain = name.rsplit_once('.').map_or(name, |(_, name)| name);
    if fields::field(name).is_some() { name.to_lowercase() } else { plain.to_lowercase() }
}

impl Columns {
    /// The columns of a table that begins with these rows.
    ///
    /// # Errors
    /// `unknown-format` where none can hold a title or a text; `empty` where there is no row.
    pub(super) fn of(
        rows: &[Vec<Vec<u8>>],
        label: Option<&[u8]>,
        map: &FieldMap,
    ) -> Result<Self, Fault> {
        let Some(first) = rows.first() else {
            return Err(Fault::new(Reason::Empty, "the table has no row"));
        };
        let written: Vec<String> =
            first.iter().map(|cell| encoding::decode(cell.clone(), label).text).collect();
        let written: Vec<String> = written
            .iter()
            .map(|cell| cell.trim().trim_start_matches('\u{feff}').to_owned())
            .collect();
        if known(first) > 0 || written.iter().any(|cell| map.names(cell)) {
            let names = first.iter().map(|cell| name(cell)).collect();
            return Ok(Self { names: mapped(names, &written, map), told: Told::Header });
        }
        let no_articles = |detail: &str| Err(Fault::new(Reason::UnknownFormat, detail));
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let by_number = mapped(vec![String::new(); width], &vec![String::new(); width], map);
        if by_number.iter().any(|name| matches!(name.as_str(), "text" | "title")) {
            return Ok(Self { names: by_number, told: Told::Number });
        }
        match gdelt::Table::of(first) {
            Some(gdelt::Table::Codes) => {
                return no_articles(
                    "a table of GDELT, which holds events or mentions and no articles",
                );
            }
            Some(gdelt::Table::Graph) => {
                let names = vec![String::new(); gdelt::GRAPH_COLUMNS];
                return Ok(Self { names, told: Told::Graph });
            }
            None => {}
        }
        let names = by_content(rows, label);
        if !names.iter().any(|name| name == "text") {
            return no_articles("a table in which no column holds titles or texts");
        }
        let names = mapped(names, &vec![String::new(); width], map);
        Ok(Self { names, told: Told::Content })
    }

    pub(super) fn has_header(&self) -> bool {
        self.told == Told::Header
    }

    /// The orders of numbers that dates in these rows show.
    pub(super) fn orders<'a>(
        &'a self,
        rows: &'a [Vec<Vec<u8>>],
    ) -> impl Iterator<Item = dates::Order> + 'a {
        let is_date =
            |name: &String| fields::field(name).is_some_and(|(field, _)| field == Field::Published);
        let cells = rows.iter().flat_map(|cells| self.names.iter().zip(cells));
        cells
            .filter(move |(name, _)| is_date(name))
            .filter_map(|(_, cell)| dates::order(&String::from_utf8_lossy(cell)))
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.names.len()
    }

    /// The article in a row; `None` where all its cells are blank.
    ///
    /// # Errors
    /// `malformed` where the row has not as many cells as there are columns.
    pub(super) fn draft(
        &self,
        cells: &[Vec<u8>],
        label: Option<&[u8]>,
    ) -> Result<Option<Draft>, Fault> {
        let blank = |cell: &Vec<u8>| cell.trim_ascii().is_empty();
        if cells.iter().all(blank) {
            return Ok(None);
        }
        // A delimiter at the end of each line makes a column that has no name.
        let surplus = cells.get(self.count()..).unwrap_or_default();
        if cells.len() < self.count() || !surplus.iter().all(blank) {
            let (found, count) = (cells.len(), self.count());
            return Err(Fault::malformed(format!(
                "the row has {found} cells, the table {count} columns"
            )));
        }
        if self.told == Told::Graph {
            return Ok(Some(gdelt::draft(cells)));
        }
        let mut object = Map::new();
        let mut warning = None;
        for (name, cell) in self.names.iter().zip(cells) {
            let decoded = encoding::decode(cell.clone(), label);
            let value = decoded.text.trim();
            if !name.is_empty() && !is_absent(value) && !object.contains_key(name) {
                warning = warning.or(decoded.warning);
                object.insert(name.clone(), shaped(value));
            }
        }
        // The columns are called by their fields already.
        let mut draft = record::draft(&object, &FieldMap::default());
        draft.warnings.extend(warning);
        if self.told == Told::Content {
            draft.warnings.push("the table names no columns: they are told by content".to_owned());
        }
        Ok(Some(draft))
    }
}

/// The names of columns after the map: a column that it speaks of is called by its field, and no other one gives that field.
fn mapped(mut names: Vec<String>, written: &[String], map: &FieldMap) -> Vec<String> {
    let columns = map.columns(written);
    for (index, name) in names.iter_mut().enumerate() {
        let field = fields::field(name).map(|(field, _)| field);
        let text = |field: Option<Field>| matches!(field, Some(Field::Text | Field::Html));
        let given = columns.iter().any(|(taken, column)| {
            let taken = fields::field(taken).map(|(field, _)| field);
            *column == index || field.is_some() && (taken == field || text(taken) && text(field))
        });
        if given {
            name.clear();
        }
    }
    for (field, column) in columns.iter().rev() {
        if let Some(name) = names.get_mut(*column) {
            (*field).clone_into(name);
        }
    }
    names
}

/// What programs write into a cell that has no value.
fn is_absent(value: &str) -> bool {
    matches!(
        value,
        "" | "\\N" | "NULL" | "null" | "NaN" | "nan" | "None" | "N/A" | "NA" | "[]" | "{}"
    )
}

/// A cell's value; a list as Python or JSON writes it becomes a list.
fn shaped(value: &str) -> Value {
    let inner = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let list = inner.filter(|inner| inner.starts_with(['\'', '"'])).and_then(list);
    list.map_or_else(|| Value::String(value.to_owned()), Value::Array)
}

/// The quoted texts between commas, if there is nothing else.
fn list(inner: &str) -> Option<Vec<Value>> {
    let mut values = Vec::new();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|first| matches!(first, '\'' | '"'))?;
        let (value, after) = rest.strip_prefix(quote)?.split_once(quote)?;
        values.push(Value::String(value.to_owned()));
        let after = after.trim_start();
        rest = if after.is_empty() { after } else { after.strip_prefix(',')?.trim_start() };
    }
    Some(values)
}

/// What is seen of one column.
#[derive(Default)]
struct Seen {
    values: Vec<String>,
}

impl Seen {
    fn all(&self, holds: impl Fn(&str) -> bool) -> bool {
        !self.values.is_empty() && self.values.iter().all(|value| holds(value))
    }

    /// Characters of a value on average.
    fn length(&self) -> usize {
        let characters: usize = self.values.iter().map(|value| value.chars().count()).sum();
        characters / self.values.len().max(1)
    }

    /// Whether the values are sentences, with a blank in every twelve characters at least.
    fn is_prose(&self) -> bool {
        let blanks: usize = self.values.iter().map(|value| value.matches(' ').count()).sum();
        let characters: usize = self.values.iter().map(|value| value.chars().count()).sum();
        blanks * 12 >= characters && self.length() >= 15
    }

    /// Whether the values are a few words that come again and again.
    fn is_labels(&self) -> bool {
        let distinct: std::collections::BTreeSet<&str> =
            self.values.iter().map(String::as_str).collect();
        let wordy =
            |value: &str| value.chars().count() <= 30 && value.chars().any(char::is_alphabetic);
        self.values.len() >= 4 && distinct.len() * 2 <= self.values.len() && self.all(wordy)
    }
}

/// What makes a column one of a kind.
type Fits<'a> = &'a dyn Fn(&Seen) -> bool;

/// The names of columns by what stands in them: the longest prose is the text, one that is all addresses, dates or labels is that, and prose
/// beside the text is the title. Where two columns could be the same, neither is.
fn by_content(rows: &[Vec<Vec<u8>>], label: Option<&[u8]>) -> Vec<String> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let columns: Vec<Seen> = (0..width)
        .map(|column| Seen {
            values: rows
                .iter()
                .filter_map(|cells| cells.get(column))
                .map(|cell| encoding::decode(cell.clone(), label).text.trim().to_owned())
                .filter(|value| !value.is_empty())
                .collect(),
        })
        .collect();
    let mut names = vec![String::new(); width];
    let prose = |column: &Seen| column.is_prose() && !column.all(|value| value.contains("://"));
    let text = (0..width)
        .filter(|&at| columns.get(at).is_some_and(|column| prose(column) && column.length() >= 80))
        .max_by_key(|&at| columns.get(at).map_or(0, Seen::length));
    let Some(text) = text else { return names };
    let is_date = |value: &str| value.len() >= 8 && dates::read_line(value).is_some();
    let kinds: [(&str, Fits<'_>); 4] = [
        ("url", &|column| column.all(|value| value.starts_with("http") && value.contains("://"))),
        ("date", &|column| column.all(is_date)),
        ("section", &|column| column.is_labels() && !column.all(is_date)),
        ("title", &|column| prose(column) && !column.is_labels() && column.length() <= 200),
    ];
    for (name, fits) in kinds {
        let fitting: Vec<usize> =
            (0..width).filter(|&at| at != text && columns.get(at).is_some_and(fits)).collect();
        if let [one] = fitting.as_slice()
            && let Some(slot) = names.get_mut(*one)
        {
            name.clone_into(slot);
        }
    }
    if let Some(slot) = names.get_mut(text) {
        "text".clone_into(slot);
    }
    names
}
