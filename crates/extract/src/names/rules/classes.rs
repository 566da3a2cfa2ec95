//! What the word lists say of one word.

use dateline_gazetteer::{Kind, NameKind, Usage};

use crate::tables::{self, head};

/// A set of [`Class`]es.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::names) struct Classes(u16);

/// A list, or a part of one, that a word stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub(in crate::names) enum Class {
    /// A given name.
    Given = 1,
    /// A family name that stands first.
    FamilyFirst = 1 << 1,
    /// A given or family name of the large list.
    Human = 1 << 2,
    /// A word that print writes small.
    Ordinary = 1 << 3,
    /// A function word.
    Stop = 1 << 4,
    /// A day, a month, a feast.
    Calendar = 1 << 5,
    /// Ends organisations' names.
    HeadLast = 1 << 6,
    /// Begins organisations' names, before "of".
    HeadFirst = 1 << 7,
    /// A firm's legal form.
    Suffix = 1 << 8,
    /// Names a country, a first-level region, or a city of a hundred thousand or more.
    MajorPlace = 1 << 9,
    /// Names another place.
    MinorPlace = 1 << 10,
    /// An adjective or people of a place.
    Demonym = 1 << 11,
    /// Is a title by itself.
    Title = 1 << 12,
    /// Names nothing in spite of its capital letters.
    Capitals = 1 << 13,
    /// A people, a faith, a conviction, a language.
    Conviction = 1 << 14,
    /// Begins a title of one or more words.
    TitleBegins = 1 << 15,
}

impl Classes {
    /// The classes of a word written with a capital letter, by its folded form.
    pub(in crate::names) fn of(key: &str) -> Self {
        let mut classes = Self::default();
        for (rows, class) in [
            (tables::GIVEN, Class::Given),
            (tables::FAMILY_FIRST, Class::FamilyFirst),
            (tables::HUMAN_NAMES, Class::Human),
            (tables::ORDINARY, Class::Ordinary),
            (tables::STOP, Class::Stop),
            (tables::CALENDAR, Class::Calendar),
            (tables::CAPITALS, Class::Capitals),
            (tables::CONVICTIONS, Class::Conviction),
        ] {
            classes.set(class, rows.contains(key));
        }
        if let Some((title, _)) = tables::TITLES.beginning_with(key).next() {
            classes.set(Class::TitleBegins, true);
            classes.set(Class::Title, title == key);
        }
        if let Some(letters) = tables::HEADS.values(key) {
            classes.set(Class::HeadLast, letters.contains(head::LAST));
            classes.set(Class::HeadFirst, letters.contains(head::FIRST));
            classes.set(Class::Suffix, letters.contains(head::SUFFIX));
        }
        classes.set_place(key);
        classes
    }

    fn set_place(&mut self, key: &str) {
        const MAJOR_PEOPLE: u32 = 100_000;
        for candidate in dateline_gazetteer::named(key).filter(|c| c.usage != Usage::Query).take(3)
        {
            if candidate.how == NameKind::Demonym {
                self.set(Class::Demonym, true);
                continue;
            }
            let Some(place) = dateline_gazetteer::place(candidate.place) else { continue };
            let major = match place.kind {
                Kind::City => place.population >= MAJOR_PEOPLE && candidate.how == NameKind::Main,
                Kind::County => false,
                _ => true,
            };
            self.set(if major { Class::MajorPlace } else { Class::MinorPlace }, true);
        }
    }

    fn set(&mut self, class: Class, holds: bool) {
        if holds {
            self.0 |= class as u16;
        }
    }

    pub(in crate::names) fn has(self, class: Class) -> bool {
        self.0 & class as u16 != 0
    }

    pub(in crate::names) fn any(self, classes: &[Class]) -> bool {
        classes.iter().any(|&class| self.has(class))
    }
}
