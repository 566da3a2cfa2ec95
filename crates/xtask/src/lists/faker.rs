//! Given and family names from the sources of the Python package Faker: tuples, lists and weighted tables of strings in classes.
//!
//! Read are the attributes of a country's provider (`xx_XX`) that begin with `first_names` or `last_names`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};

use crate::quality::text;

/// Names of one word each, as printed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct People {
    pub(super) given: BTreeSet<String>,
    pub(super) family: BTreeSet<String>,
}

/// What a collection of names begins with.
const COLLECTIONS: [&str; 3] = ["(", "[", "OrderedDict("];

/// Reads the folder of the providers of people.
pub(super) fn read(folder: &Path) -> anyhow::Result<People> {
    let mut people = People::default();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let is_country = path
            .file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.contains('_') && !name.starts_with('_'));
        let source = path.join("__init__.py");
        if is_country && source.exists() {
            people.add(&text(&source)?);
        }
    }
    ensure!(!people.given.is_empty(), "{} holds no names", folder.display());
    Ok(people)
}

impl People {
    fn add(&mut self, source: &str) {
        let mut of = None;
        for line in source.lines() {
            let attribute = line.strip_prefix("    ").filter(|rest| !rest.starts_with(' '));
            let values = match attribute {
                None => line,
                Some(rest) => {
                    let (name, values) = rest.split_once('=').unwrap_or((rest, ""));
                    let is_collection =
                        COLLECTIONS.iter().any(|start| values.trim_start().starts_with(start));
                    of = match name {
                        name if is_collection && name.starts_with("first_names") => Some(true),
                        name if is_collection && name.starts_with("last_names") => Some(false),
                        _ => None,
                    };
                    values
                }
            };
            let Some(is_given) = of else { continue };
            let list = if is_given { &mut self.given } else { &mut self.family };
            let names = strings(values).filter(|name| !name.contains(char::is_whitespace));
            list.extend(names.map(str::to_owned));
        }
    }
}

/// The quoted strings of a line, up to a comment.
fn strings(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let start = rest.find(['"', '\'', '#'])?;
        let quote = rest.get(start..)?.chars().next().filter(|&sign| sign != '#')?;
        let (string, after) = rest.get(start + 1..)?.split_once(quote)?;
        rest = after;
        Some(string)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tuples_and_lists_of_names_are_read() {
        let source = r#"
class Provider(PersonProvider):
    formats = ("{{first_name}} {{last_name}}",)

    first_names_male: ElementsType[str] = (
        "Orla",  # not "Jan"
        "D'Arc", 'Mia "M"', "Anna Maria",
    )
    first_names = first_names_male + first_names_female
    last_names = ["Vint", "Holt"]
    last_names_female = OrderedDict(
        (
            ("Holtova", 0.1),
        )
    )
    prefixes = ("Dr.",)

    def last_name(self):
        return "Nobody"
"#;
        let mut people = People::default();
        people.add(source);
        let set = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let expected =
            People { given: set(&["Orla", "D'Arc"]), family: set(&["Vint", "Holt", "Holtova"]) };
        assert_eq!(people, expected);
    }
}
