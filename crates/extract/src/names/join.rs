//! Mentions become entities: people under their fullest name, organisations with their acronyms and short forms.
//!
//! Takes mentions as any tagger gives them. Titles are no part of them already; two bearers of one surname stay apart, and a surname alone
//! goes to the bearer named last before it.

mod organisations;
mod people;

use dateline_article::{Mentions, Name};

pub(crate) use organisations::{acronym_in_brackets, organisations};
pub(crate) use people::people;

use super::{Mention, Part};
use crate::passage::{Casing, Form, Passage};

/// Entities under construction, in order of their first mention.
#[derive(Default)]
struct Entities {
    list: Vec<Entity>,
}

#[derive(Default)]
struct Entity {
    /// The fullest name so far, and how full it is.
    name: String,
    fullness: (bool, usize, usize),
    mentions: Mentions,
}

impl Entities {
    fn open(&mut self) -> usize {
        self.list.push(Entity::default());
        self.list.len() - 1
    }

    fn add(&mut self, entity: usize, part: Part, passage: &Passage<'_>, mention: &Mention) {
        let Some(entity) = self.list.get_mut(entity) else { return };
        let spans = match part {
            Part::Title => &mut entity.mentions.title,
            Part::Text => &mut entity.mentions.text,
        };
        spans.push(mention.span);
        let tokens = passage.tokens().get(mention.first..=mention.last).unwrap_or_default();
        let words = tokens.iter().filter(|token| token.form.is_word()).count();
        // Neither "STOLTENBERG" nor "Stoltenberg, Jens".
        let is_turned =
            tokens.get(1).is_some_and(|token| token.form == Form::Sign(',')) && words == 2;
        let as_printed =
            !is_turned && tokens.first().is_some_and(|token| token.casing != Casing::Upper);
        let name = mention.span.of(passage.text()).split_whitespace().collect::<Vec<_>>().join(" ");
        let fullness = (as_printed, words, name.len());
        if entity.mentions.count() == 1 || fullness > entity.fullness {
            entity.name = name;
            entity.fullness = fullness;
        }
    }

    /// Names, most mentioned first, then by first mention.
    fn into_names(self) -> Vec<Name> {
        let mut names: Vec<Name> = self
            .list
            .into_iter()
            .filter(|entity| entity.mentions.count() > 0)
            .map(|Entity { name, mut mentions, .. }| {
                mentions.text.sort_unstable();
                mentions.title.sort_unstable();
                Name { name, mentions }
            })
            .collect();
        let first =
            |name: &Name| (name.mentions.title.is_empty(), name.mentions.text.first().copied());
        names.sort_by_key(|name| (std::cmp::Reverse(name.mentions.count()), first(name)));
        names
    }
}
