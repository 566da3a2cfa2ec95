//! Whether a lone year or month is meant as one, which of two numbers is the month, and of what time a sentence speaks.
//!
//! Looks at the neighbours of an expression only; the words that count are in each language's file.

use super::interval::Unit;
use super::number::Number;
use super::pattern::{Parts, View};
use super::source::{Meaning, Order, Sense};
use super::token::{Gap, Kind, Token};

/// How many tokens of a sentence are looked at on either side.
const SENTENCE_REACH: usize = 40;

/// Whether the expression from token `from` to `next` (after it) can be a date where it stands.
pub(super) fn stands(
    view: &View<'_>,
    from: usize,
    next: usize,
    parts: &Parts,
    meaning: Meaning,
    is_prefixed: bool,
) -> bool {
    let figures = parts.numeric.is_some()
        || parts.decade.is_some()
        || parts.year.is_some() && next == from + 1;
    if figures && !figure_stands(view, from, next) {
        return false;
    }
    let last = next.checked_sub(1).and_then(|at| view.token(at));
    if last.is_some_and(|token| view.grammar.has(token.word, Sense::Governs)) {
        return view
            .token(next)
            .is_none_or(|token| token.kind == Kind::Mark || token.gap == Gap::Paragraph);
    }
    if meaning != Meaning::Bare {
        return true;
    }
    let before = from.checked_sub(1).and_then(|at| view.token(at));
    let has_lead =
        is_prefixed || before.is_some_and(|token| view.grammar.has(token.word, Sense::Lead));
    if let Some(unit) = parts.unit {
        return unit == Unit::Quarter || is_prefixed && unit != Unit::Day;
    }
    let is_figure = view.token(from).is_some_and(|token| token.number().is_some());
    if parts.month.is_some() && is_figure {
        return has_lead;
    }
    if parts.month.is_some() {
        month_stands(view, from, has_lead)
    } else {
        year_stands(view, from, next, parts, has_lead)
    }
}

/// Nothing sticks to the figure that makes it a price, a number of a thing or a part of a longer figure.
fn figure_stands(view: &View<'_>, from: usize, next: usize) -> bool {
    let text = |token: &Token| token.text(view.text).chars().next().unwrap_or(' ');
    let first = view.token(from);
    let before = from.checked_sub(1).and_then(|at| view.token(at));
    if let (Some(before), Some(first)) = (before, first) {
        let sticks = first.gap == Gap::None;
        if before.kind == Kind::Mark && "$£€¥#+=@&*_\\".contains(text(before))
            || view.grammar.has(before.word, Sense::Label)
        {
            return false;
        }
        // "No. 1984": the full stop is skipped.
        let label = from
            .checked_sub(2)
            .and_then(|at| view.token(at))
            .filter(|_| text(before) == '.' && before.gap == Gap::None);
        if label.is_some_and(|token| view.grammar.has(token.word, Sense::Label)) {
            return false;
        }
        if sticks && (before.kind != Kind::Mark || ".,/:".contains(text(before))) {
            return false;
        }
        if sticks && text(before) == '-' {
            let word = from.checked_sub(2).and_then(|at| view.token(at));
            if !word.is_some_and(|token| {
                before.gap == Gap::None && view.grammar.has(token.word, Sense::Lead)
            }) {
                return false;
            }
        }
    }
    let Some(after) = view.token(next) else { return true };
    if after.gap == Gap::None {
        let sign = text(after);
        let follows = view.token(next + 1).filter(|token| token.gap == Gap::None);
        let era = |token: &Token| {
            ["era", "style", "vintage"]
                .iter()
                .any(|word| token.text(view.text).eq_ignore_ascii_case(word))
        };
        return match sign {
            '%' | '°' | '$' | '€' | '£' | '/' | '_' | '=' | '@' | '&' | '*' => false,
            '-' => follows.is_none_or(era),
            '.' | ':' => follows.is_none_or(|token| token.kind == Kind::Mark),
            _ => true,
        };
    }
    true
}

fn year_stands(view: &View<'_>, from: usize, next: usize, parts: &Parts, has_lead: bool) -> bool {
    let before = from.checked_sub(1).and_then(|at| view.token(at));
    let opens = before.is_some_and(|token| matches!(token.text(view.text), "(" | "[" | "-" | "–"));
    if before.is_some_and(|token| token.number().is_some())
        || is_title(view, from, next)
        || is_flight(view, from)
    {
        return false;
    }
    if let Some(after) = view.token(next).filter(|token| token.gap == Gap::Space) {
        let counted = view.grammar.senses(after.word).iter().any(|sense| {
            matches!(
                sense,
                Sense::Counted | Sense::Unit(Unit::Day | Unit::Week | Unit::Month | Unit::Year)
            )
        });
        let thousands = matches!(after.number(), Some(Number::Plain { digits: 3, .. }));
        if counted || thousands {
            return false;
        }
    }
    match parts.year {
        None | Some(1500..=2050) => true,
        _ => has_lead || opens,
    }
}

/// Whether a figure stands alone in quotes, as the title of a book or a film.
fn is_title(view: &View<'_>, from: usize, next: usize) -> bool {
    let is_quote = |at: Option<usize>| {
        let token = at.and_then(|at| view.token(at));
        token.is_some_and(|token| {
            matches!(token.text(view.text), "\"" | "“" | "”" | "„" | "«" | "»" | "'" | "‘" | "’")
        })
    };
    let sticks = |at: usize| view.token(at).is_some_and(|token| token.gap == Gap::None);
    sticks(from) && is_quote(from.checked_sub(1)) && sticks(next) && is_quote(Some(next))
}

/// Whether two letters and a word such as "flight" stand before the figure.
fn is_flight(view: &View<'_>, from: usize) -> bool {
    let pair = from.checked_sub(2).and_then(|at| Some((view.token(at)?, view.token(at + 1)?)));
    pair.is_some_and(|(label, airline)| {
        view.grammar.has(label.word, Sense::Label)
            && airline.is_capital
            && airline.text(view.text).len() == 2
    })
}

fn month_stands(view: &View<'_>, from: usize, has_lead: bool) -> bool {
    let Some(token) = view.token(from) else { return false };
    if has_lead || !view.grammar.has(token.word, Sense::Doubtful) {
        return true;
    }
    // "June and July": the one vouches for the other.
    let is_month = |at: usize| {
        view.token(at).is_some_and(|token| {
            view.grammar.senses(token.word).iter().any(|sense| matches!(sense, Sense::Month(_)))
        })
    };
    let joins = |at: usize| {
        view.token(at).is_some_and(|token| {
            token.word != 0
                && (token.word == view.grammar.between.1
                    || view.grammar.has(token.word, Sense::Joins)
                    || token.text(view.text) == ",")
        })
    };
    from >= 2 && joins(from - 1) && is_month(from - 2)
}

/// Which of `3/4/2024` is the month: the language's custom, or what the text's other dates show.
pub(super) fn order(view: &View<'_>) -> Option<Order> {
    if view.grammar.order == Order::DayFirst {
        return Some(Order::DayFirst);
    }
    let (mut day_first, mut month_first) = (0_usize, 0_usize);
    for (at, token) in view.tokens.iter().enumerate() {
        match token.number() {
            Some(Number::Parts { first, second, sign: b'/' | b'-', .. }) => {
                day_first += usize::from(first > 12);
                month_first += usize::from(second > 12);
            }
            Some(Number::Plain { value: 1..=31, digits: 1 | 2 }) => {
                let names_month = |at: Option<usize>| {
                    at.and_then(|at| view.token(at)).is_some_and(|token| {
                        token.is_capital
                            && view
                                .grammar
                                .senses(token.word)
                                .iter()
                                .any(|sense| matches!(sense, Sense::Month(_)))
                    })
                };
                match (names_month(at.checked_sub(1)), names_month(Some(at + 1))) {
                    (true, false) => month_first += 1,
                    (false, true) => day_first += 1,
                    _ => {}
                }
            }
            _ => {}
        }
    }
    match (day_first, month_first) {
        (0, 0) => None,
        (_, 0) => Some(Order::DayFirst),
        (0, _) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// From how many tokens on a text that tells of the present would name a day near it.
const LONG_TEXT: usize = 300;

/// Whether a long text names no weekday, no yesterday and no tomorrow: in a biography "today" means these times.
pub(super) fn is_timeless(view: &View<'_>) -> bool {
    let is_near = |sense: &Sense| match sense {
        Sense::Weekday(_) => true,
        Sense::Offset(days) => *days != 0,
        _ => false,
    };
    let is_timely = |token: &Token| view.grammar.senses(token.word).iter().any(is_near);
    view.tokens.len() > LONG_TEXT && !view.tokens.iter().any(is_timely)
}

/// What the words of a sentence say of its time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tenses {
    /// A word of general truth: `is`, `usually`.
    pub(super) general: bool,
    /// A word of what comes again: `usually`, `weekly`.
    pub(super) usual: bool,
    /// A word of the past: `said`, `was`.
    pub(super) past: bool,
}

/// The tenses of the sentence round the expression, within [`SENTENCE_REACH`].
pub(super) fn tenses(view: &View<'_>, from: usize, next: usize) -> Tenses {
    let mut found = Tenses::default();
    let mut add = |at: usize| match tense(view, at) {
        Some(Sense::General) => found.general = true,
        Some(Sense::Usual) => (found.general, found.usual) = (true, true),
        Some(_) => found.past = true,
        None => {}
    };
    let pair = |at: usize| Some((view.token(at)?, view.token(at + 1)?));
    for at in (from.saturating_sub(SENTENCE_REACH)..from).rev() {
        match pair(at) {
            Some((token, after)) if !ends_sentence(view, token, after) => add(at),
            _ => break,
        }
    }
    let last = next.saturating_sub(1);
    for at in last..last + SENTENCE_REACH {
        match pair(at) {
            Some((token, after)) if !ends_sentence(view, token, after) => add(at + 1),
            _ => break,
        }
    }
    found
}

fn ends_sentence(view: &View<'_>, token: &Token, after: &Token) -> bool {
    let stop = matches!(token.text(view.text), "." | "!" | "?")
        && after.gap != Gap::None
        && (after.is_capital || after.kind == Kind::Mark);
    stop || after.gap == Gap::Paragraph
}

/// How many tokens before `today` a word may stand that makes these times of it.
const LASTING_REACH: usize = 6;

/// Whether "today" means these times by the words just before it: "is today", "still in use today".
pub(super) fn is_of_these_times(view: &View<'_>, from: usize) -> bool {
    let adjacent = from.checked_sub(1).and_then(|at| view.token(at));
    if adjacent.is_some_and(|token| view.grammar.has(token.word, Sense::Passive)) {
        return true;
    }
    for at in (from.saturating_sub(LASTING_REACH)..from).rev() {
        let Some((token, after)) = view.token(at).zip(view.token(at + 1)) else { return false };
        if ends_sentence(view, token, after) || tense(view, at) == Some(Sense::Past) {
            return false;
        }
        if view.grammar.has(token.word, Sense::Lasting) {
            return true;
        }
    }
    false
}

/// `General`, `Usual` or `Past`, as the word tells.
fn tense(view: &View<'_>, at: usize) -> Option<Sense> {
    let token = view.token(at)?;
    if token.word == 0 {
        let word = token.text(view.text);
        let ending = view.grammar.past_ending;
        let is_past = !ending.is_empty() && word.len() > ending.len() + 2 && word.ends_with(ending);
        let is_passive = || {
            let mut before = (1..=2).filter_map(|back| view.token(at.checked_sub(back)?));
            before.any(|token| view.grammar.has(token.word, Sense::Passive))
        };
        return (is_past && !is_passive()).then_some(Sense::Past);
    }
    let tells = |sense: &&Sense| matches!(sense, Sense::Past | Sense::General | Sense::Usual);
    view.grammar.senses(token.word).iter().find(tells).copied()
}
