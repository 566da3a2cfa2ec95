//! A language made ready for matching: its words numbered, its rules cut into elements and listed by what they can begin with.
//!
//! The table it is made from is described in `source.rs`. Nothing here looks at a text.

use std::collections::HashMap;

use super::lexicon::Lexicon;
use super::source::{Meaning, Order, Prefix, Sense, Source};

/// What a rule asks of one token, or of a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Month,
    FullMonth,
    Weekday,
    FullWeekday,
    Day,
    Year,
    AnyYear,
    EarlyYear,
    ShortYear,
    SpelledYear,
    Years,
    Days,
    Date,
    DayMonth,
    Count,
    Ordinal,
    Unit,
    Units,
    Season,
    Part,
    Shift,
    Offset,
    Decade,
    Quarter,
    Half,
    Holiday,
    Clock,
}

const SLOTS: [(&str, Slot); 27] = [
    ("<month>", Slot::Month),
    ("<full-month>", Slot::FullMonth),
    ("<weekday>", Slot::Weekday),
    ("<full-weekday>", Slot::FullWeekday),
    ("<day>", Slot::Day),
    ("<year>", Slot::Year),
    ("<any-year>", Slot::AnyYear),
    ("<early-year>", Slot::EarlyYear),
    ("<short-year>", Slot::ShortYear),
    ("<spelled-year>", Slot::SpelledYear),
    ("<years>", Slot::Years),
    ("<days>", Slot::Days),
    ("<date>", Slot::Date),
    ("<day-month>", Slot::DayMonth),
    ("<count>", Slot::Count),
    ("<ordinal>", Slot::Ordinal),
    ("<unit>", Slot::Unit),
    ("<units>", Slot::Units),
    ("<season>", Slot::Season),
    ("<part>", Slot::Part),
    ("<shift>", Slot::Shift),
    ("<offset>", Slot::Offset),
    ("<decade>", Slot::Decade),
    ("<quarter>", Slot::Quarter),
    ("<half>", Slot::Half),
    ("<holiday>", Slot::Holiday),
    ("<clock>", Slot::Clock),
];

impl Slot {
    /// Whether a word of that sense can fill, or begin to fill, the slot.
    fn takes(self, sense: Sense) -> bool {
        match self {
            Self::Month => matches!(sense, Sense::Month(_) | Sense::ShortMonth(_)),
            Self::FullMonth => matches!(sense, Sense::Month(_)),
            Self::Weekday => matches!(sense, Sense::Weekday(_) | Sense::ShortWeekday(_)),
            Self::FullWeekday => matches!(sense, Sense::Weekday(_)),
            Self::Day | Self::Ordinal => matches!(sense, Sense::Ordinal(_)),
            Self::SpelledYear | Self::Count => matches!(sense, Sense::Count(_)),
            Self::Unit => matches!(sense, Sense::Unit(_)),
            Self::Units => matches!(sense, Sense::Unit(_) | Sense::Units(_)),
            Self::Season => matches!(sense, Sense::Season(_)),
            Self::Part => matches!(sense, Sense::Part(_)),
            Self::Shift => matches!(sense, Sense::Shift(_)),
            Self::Offset => matches!(sense, Sense::Offset(_)),
            Self::Decade => matches!(sense, Sense::Decade(_)),
            Self::Quarter => matches!(sense, Sense::Quarter(_)),
            Self::Half => matches!(sense, Sense::Half(_)),
            Self::Holiday => matches!(sense, Sense::Holiday(_)),
            Self::Clock => matches!(sense, Sense::Hour(_)),
            Self::Year
            | Self::AnyYear
            | Self::EarlyYear
            | Self::ShortYear
            | Self::Years
            | Self::Days
            | Self::Date
            | Self::DayMonth => false,
        }
    }

    /// Whether a figure can fill the slot.
    fn takes_numbers(self) -> bool {
        matches!(
            self,
            Self::Day
                | Self::Year
                | Self::AnyYear
                | Self::EarlyYear
                | Self::ShortYear
                | Self::Years
                | Self::Days
                | Self::Date
                | Self::DayMonth
                | Self::Count
                | Self::Ordinal
                | Self::Decade
                | Self::Clock
        )
    }
}

#[derive(Debug)]
pub(super) enum Accept {
    Words(Vec<u16>),
    Slot(Slot),
}

#[derive(Debug)]
pub(super) struct Element {
    pub(super) accept: Accept,
    pub(super) is_optional: bool,
}

/// Rules of one kind, found by what they can begin with.
#[derive(Debug)]
pub(super) struct Rules<M> {
    pub(super) list: Vec<(Vec<Element>, M)>,
    by_word: Vec<Vec<Start>>,
    by_number: Vec<Start>,
}

/// A rule that can begin with some word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub(super) rule: u16,
    /// Whether it needs another token.
    pub(super) needs_more: bool,
}

impl<M> Rules<M> {
    /// The rules that can begin with the word, or with a figure.
    pub(super) fn beginning_with(&self, word: u16, is_number: bool) -> &[Start] {
        if is_number && word == 0 {
            &self.by_number
        } else {
            self.by_word.get(usize::from(word)).map_or(&[], Vec::as_slice)
        }
    }
}

/// A language ready for matching.
pub(super) struct Grammar {
    lexicon: Lexicon,
    senses: Vec<Vec<Sense>>,
    /// Number of the comma, with which no date begins or ends.
    pub(super) comma: u16,
    pub(super) core: Rules<Meaning>,
    pub(super) prefixes: Rules<Prefix>,
    pub(super) suffixes: Rules<()>,
    pub(super) until: Rules<()>,
    pub(super) between: (u16, u16),
    pub(super) since: Vec<u16>,
    pub(super) ordinal_suffixes: &'static [&'static str],
    pub(super) decade_suffixes: &'static [&'static str],
    pub(super) has_capitals: bool,
    pub(super) past_ending: &'static str,
    /// Whether months have the names of all languages.
    pub(super) has_any_month: bool,
    pub(super) order: Order,
}

/// Rules that every language has.
const EVERYWHERE: [(&str, Meaning); 2] =
    [("<weekday>? ,? <date>", Meaning::Calendar), ("<years>", Meaning::Bare)];

impl Grammar {
    pub(super) fn new(source: &Source) -> Self {
        let mut words = Words { numbers: HashMap::new(), senses: vec![Vec::new()] };
        for (names, sense) in source.words {
            for name in names.split(' ') {
                words.add(name, Some(*sense));
            }
        }
        let core: Vec<_> =
            source.rules.iter().chain(&EVERYWHERE).map(|rule| words.rule(rule.0, rule.1)).collect();
        let prefixes: Vec<_> =
            source.prefixes.iter().map(|rule| words.rule(rule.0, rule.1)).collect();
        let suffixes: Vec<_> = source.suffixes.iter().map(|rule| words.rule(rule, ())).collect();
        let until: Vec<_> = source.until.iter().map(|rule| words.rule(rule, ())).collect();
        let comma = words.add(",", None);
        let between = (words.add(source.between.0, None), words.add(source.between.1, None));
        let since = source.since.iter().map(|word| words.add(word, None)).collect();
        let has_any_month = words.numbers.contains_key("month=1");
        Self {
            comma,
            core: words.index(core, comma),
            prefixes: words.index(prefixes, comma),
            suffixes: words.index(suffixes, comma),
            until: words.index(until, comma),
            between,
            since,
            lexicon: Lexicon::new(words.numbers),
            senses: words.senses,
            ordinal_suffixes: source.ordinal_suffixes,
            decade_suffixes: source.decade_suffixes,
            has_capitals: source.has_capitals,
            past_ending: source.past_ending,
            has_any_month,
            order: source.order,
        }
    }

    /// Number of a word in any case, 0 where it means nothing; `lower` is scratch room.
    pub(super) fn word(&self, text: &str, lower: &mut String) -> u16 {
        self.lexicon.number(text, lower)
    }

    pub(super) fn senses(&self, word: u16) -> &[Sense] {
        self.senses.get(usize::from(word)).map_or(&[], Vec::as_slice)
    }

    /// Pieces of rules that look like slots and are none.
    #[cfg(test)]
    pub(super) fn unknown_slots(&self) -> Vec<&str> {
        self.lexicon
            .words()
            .filter(|word| word.len() > 1 && word.contains(['<', '>', '?']))
            .collect()
    }

    pub(super) fn has(&self, word: u16, sense: Sense) -> bool {
        self.senses(word).contains(&sense)
    }
}

/// The list of words while a grammar is made.
struct Words {
    numbers: HashMap<&'static str, u16>,
    senses: Vec<Vec<Sense>>,
}

impl Words {
    fn add(&mut self, word: &'static str, sense: Option<Sense>) -> u16 {
        let next = u16::try_from(self.senses.len()).unwrap_or(0);
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.senses.push(Vec::new());
        }
        if let Some(senses) = self.senses.get_mut(usize::from(number)) {
            senses.extend(sense);
        }
        number
    }

    fn rule<M>(&mut self, pattern: &'static str, meaning: M) -> (Vec<Element>, M) {
        let elements = pattern.split(' ').map(|piece| self.element(piece)).collect();
        (elements, meaning)
    }

    fn element(&mut self, piece: &'static str) -> Element {
        let (piece, is_optional) =
            piece.strip_suffix('?').map_or((piece, false), |piece| (piece, true));
        if let Some((_, slot)) = SLOTS.iter().find(|(name, _)| *name == piece) {
            return Element { accept: Accept::Slot(*slot), is_optional };
        }
        let words = piece.split('|').map(|word| self.add(word, None)).collect();
        Element { accept: Accept::Words(words), is_optional }
    }

    fn index<M>(&self, rules: Vec<(Vec<Element>, M)>, comma: u16) -> Rules<M> {
        let mut by_word = vec![Vec::new(); self.senses.len()];
        let mut by_number = Vec::new();
        for (rule, (elements, _)) in rules.iter().enumerate() {
            let Ok(rule) = u16::try_from(rule) else { continue };
            let is_required = |element: &&Element| !element.is_optional;
            let required = elements.iter().filter(is_required).count();
            let first_required = elements.iter().position(|element| !element.is_optional);
            let first_required = first_required.unwrap_or(elements.len());
            for (index, element) in elements.iter().enumerate().take(first_required + 1) {
                let start = Start { rule, needs_more: required > 1 || index < first_required };
                match &element.accept {
                    Accept::Words(words) => {
                        // No date begins with a comma.
                        for word in words.iter().filter(|word| **word != comma) {
                            if let Some(list) = by_word.get_mut(usize::from(*word)) {
                                list.push(start);
                            }
                        }
                    }
                    Accept::Slot(slot) => {
                        for (list, senses) in by_word.iter_mut().zip(&self.senses) {
                            if senses.iter().any(|sense| slot.takes(*sense)) {
                                list.push(start);
                            }
                        }
                        if slot.takes_numbers() {
                            by_number.push(start);
                        }
                    }
                }
            }
        }
        // A rule that may begin with one word in two ways is tried once, with the weaker demand.
        for list in by_word.iter_mut().chain([&mut by_number]) {
            list.reverse();
            list.dedup_by_key(|start: &mut Start| start.rule);
            list.reverse();
        }
        Rules { list: rules, by_word, by_number }
    }
}
