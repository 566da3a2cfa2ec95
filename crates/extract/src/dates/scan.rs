//! Walks the tokens of a text from left to right: an expression with what stands before and after it, two joined into a stretch, and the
//! memory of what was mentioned last.
//!
//! Every step looks at a bounded number of tokens, so that the whole is linear in the text.

use dateline_article::{Date, Edge, Granularity, Span, days_since_epoch};

use super::Found;
use super::evidence;
use super::interval::{Interval, Unit};
use super::number::Number;
use super::pattern::{Match, Parts, View};
use super::resolve::{Context, at_time, lacks_year, resolve};
use super::source::{Meaning, Prefix};
use super::token::Gap;

/// How many tokens back a quarter is still what "a year earlier" compares with.
const QUARTER_REACH: usize = 40;

/// How many tokens on a list of coming months may go on.
const COMING_REACH: usize = 16;

/// How many years back lies what only a biography or a history goes on to tell of.
const LONG_AGO_YEARS: i32 = 20;

/// An expression as matched, not yet resolved.
struct Expression {
    from: usize,
    next: usize,
    start: u32,
    end: u32,
    meaning: Meaning,
    parts: Parts,
    is_prefixed: bool,
    /// Part of the day or time, from before or after.
    time: Parts,
}

struct Scanner<'a> {
    view: View<'a>,
    context: Context,
    /// Whether the text tells of no present day, as a biography or a guide.
    is_timeless: bool,
    /// Whether the last date mentioned is of a year before 1000: then "in 348" is another.
    is_early: bool,
    /// The token at which the last quarter, and the last date, were mentioned; and where the walk is.
    quarter_at: usize,
    anchor_at: usize,
    at: usize,
    found: Vec<Found>,
}

/// All dates of the text, those of a joined stretch before the stretch.
pub(super) fn scan(view: View<'_>, reference: Option<Date>) -> Vec<Found> {
    let order = evidence::order(&view);
    let context = Context {
        reference,
        anchor: None,
        quarter: None,
        coming: None,
        year: None,
        order,
        told_of: None,
        is_general: false,
    };
    let is_timeless = evidence::is_timeless(&view);
    let mut scanner = Scanner {
        view,
        context,
        is_timeless,
        is_early: false,
        quarter_at: 0,
        anchor_at: 0,
        at: 0,
        found: Vec::new(),
    };
    let mut at = 0;
    while at < view.tokens.len() {
        at = scanner.expression(at).map_or(at + 1, |expression| scanner.take(&expression));
    }
    scanner.found
}

impl Scanner<'_> {
    /// The expression that begins at token `at`.
    fn expression(&self, at: usize) -> Option<Expression> {
        let view = &self.view;
        let prefixed = view.longest(&view.grammar.prefixes, at).and_then(|prefix| {
            // "5 p.m. EST, Nov. 6"
            let is_comma = view.token(prefix.next)?.word == view.grammar.comma;
            let begin = prefix.next + usize::from(is_comma && prefix.meaning == Prefix::Time);
            let joined = view.token(begin)?.gap != Gap::Paragraph;
            let core = view
                .longest(&view.grammar.core, begin)
                .filter(|core| joined && core.meaning != Meaning::Nothing)?;
            let fits = prefix.meaning == Prefix::Phase || names_day(core.meaning, &core.parts);
            fits.then_some((core, prefix.parts))
        });
        let plain = view.longest(&view.grammar.core, at);
        let plain_next = plain.as_ref().map_or(0, |core| core.next);
        let prefixed = prefixed.filter(|(core, _)| core.next > plain_next);
        let is_prefixed = prefixed.is_some();
        let (core, mut time) = prefixed.or_else(|| Some((plain?, Parts::default())))?;
        let first = view.token(at)?;
        if self.month_belongs_to_next(core.next, &core.parts) {
            return None;
        }
        if core.meaning != Meaning::Nothing
            && !evidence::stands(view, at, core.next, &core.parts, core.meaning, is_prefixed)
        {
            return None;
        }
        let mut next = core.next;
        let takes_time = self.is_joined(next) && names_day(core.meaning, &core.parts);
        if let Some(suffix) = self.suffix(next).filter(|_| takes_time) {
            next = suffix.next;
            time.part = suffix.parts.part.or(time.part);
            time.clock = suffix.parts.clock.or(time.clock);
        }
        let end = view.token(next.checked_sub(1)?)?.end;
        Some(Expression {
            from: at,
            next,
            start: first.start,
            end,
            meaning: core.meaning,
            parts: core.parts,
            is_prefixed,
            time,
        })
    }

    /// The time of day after a date, after a comma too.
    fn suffix(&self, at: usize) -> Option<Match<()>> {
        let suffixes = &self.view.grammar.suffixes;
        let is_comma = self.view.token(at)?.word == self.view.grammar.comma;
        if !is_comma {
            return self.view.longest(suffixes, at);
        }
        self.view.longest(suffixes, at + 1).filter(|suffix| suffix.parts.clock.is_some())
    }

    /// In "part 1 / February 10, 2021" the month is not of the first figure.
    fn month_belongs_to_next(&self, next: usize, parts: &Parts) -> bool {
        let ends_with_month = parts.day.is_some() && parts.month.is_some() && parts.year.is_none();
        let other = next.checked_sub(1).filter(|_| {
            ends_with_month && self.view.token(next).is_some_and(|token| token.number().is_some())
        });
        other
            .and_then(|month| self.view.longest(&self.view.grammar.core, month))
            .is_some_and(|other| other.parts.day.is_some() && other.parts.year.is_some())
    }

    fn is_joined(&self, at: usize) -> bool {
        self.view.token(at).is_some_and(|token| token.gap != Gap::Paragraph)
    }

    /// Records an expression and what is joined to it; the token after all.
    fn take(&mut self, first: &Expression) -> usize {
        if first.meaning == Meaning::Nothing {
            return first.next;
        }
        self.at = first.from;
        self.is_early = is_early(&first.parts) && (self.is_early || first.meaning != Meaning::Bare);
        self.context.is_general = self.is_general(first);
        self.context.coming = self.coming(first);
        self.context.told_of = self.told_of();
        if let Some((first_end, second_start)) = two_in_one(&first.parts) {
            self.take_two_in_one(first, first_end, second_start);
            return first.next;
        }
        if let Some(next) = self.take_joined(first) {
            return next;
        }
        let interval = self.resolved(first, None);
        self.anchor_at = first.from;
        let (anchor, quarter) = (self.context.anchor, self.context.quarter);
        self.record(first.start, first.end, interval);
        if matches!(first.meaning, Meaning::Ago | Meaning::Earlier | Meaning::YearEarlier) {
            (self.context.anchor, self.context.quarter) = (anchor, quarter);
        }
        self.record_since(first, interval);
        first.next
    }

    /// The month or day mentioned a little before, where the reference lies before it.
    fn coming(&self, expression: &Expression) -> Option<Date> {
        let anchor = self
            .context
            .anchor
            .filter(|found| matches!(found.granularity, Granularity::Day | Granularity::Month))?;
        let is_near = expression.from < self.anchor_at + COMING_REACH;
        let first = anchor.first_day().filter(|_| is_near && self.is_joined(expression.from))?;
        Some(first)
            .filter(|first| self.context.reference.is_some_and(|reference| *first > reference))
    }

    /// Whether the expression speaks of every year or of these times: "in May it rains", "is today a port".
    fn is_general(&self, expression: &Expression) -> bool {
        let parts = &expression.parts;
        let is_month = lacks_year(parts) && parts.day.is_none();
        let is_today = parts.offset == Some(0) && expression.time == Parts::default();
        let is_weekly = parts.unit == Some(Unit::Weekend)
            || parts.weekday.is_some()
                && expression.meaning == Meaning::Calendar
                && parts.day.is_none();
        let is_yearly = matches!(expression.meaning, Meaning::Named(_)) || parts.holiday.is_some();
        let recurs = is_weekly || is_yearly && parts.year.is_none() && parts.shift.is_none();
        if !is_month && !is_today && !recurs {
            return false;
        }
        let tenses = evidence::tenses(&self.view, expression.from, expression.next);
        if recurs {
            let is_of_any = tenses.usual || self.is_timeless && parts.weekday.is_none();
            return !tenses.past && is_of_any;
        }
        !tenses.past && (tenses.general || is_today && self.is_timeless)
            || is_today && evidence::is_of_these_times(&self.view, expression.from)
    }

    /// The year of the last date mentioned, in a text without a word of the present: a biography goes on in the year it is in.
    fn told_of(&self) -> Option<i32> {
        let last = self.context.anchor.filter(|_| self.is_timeless)?;
        let told = i32::from(last.first_day()?.year());
        let is_long_ago = i32::from(self.context.reference?.year()) - told >= LONG_AGO_YEARS;
        let is_one_year = !matches!(last.granularity, Granularity::Decade | Granularity::Century);
        (is_long_ago && is_one_year).then_some(told)
    }

    fn resolved(&self, expression: &Expression, year: Option<i32>) -> Option<Interval> {
        if expression.meaning == Meaning::Bare && is_early(&expression.parts) && !self.is_early {
            return None;
        }
        // "the 30s and 40s", but not "in their 30s and 40s".
        let follows_decade =
            self.context.anchor.is_some_and(|last| last.granularity == Granularity::Decade);
        let is_age = expression.meaning == Meaning::Bare
            && expression.parts.decade.is_some_and(|decade| decade < 100);
        if is_age && !follows_decade && !expression.is_prefixed {
            return None;
        }
        // "flights on Thursday and at the weekend", told of every week.
        let is_weekly = expression.parts.weekday.is_some() || expression.parts.unit.is_some();
        if is_weekly && self.context.is_general {
            return None;
        }
        // "the quarter" is the one spoken of.
        if expression.meaning == Meaning::Bare
            && !expression.is_prefixed
            && expression.parts.unit == Some(Unit::Quarter)
            && self.context.quarter.is_none()
        {
            return None;
        }
        let context = Context { year, ..self.context };
        resolve(expression.meaning, &expression.parts, &context)
            .map(|found| at_time(found, &expression.time))
    }

    fn record(&mut self, start: u32, end: u32, interval: Option<Interval>) {
        let Some(Interval { start: first, end: last, granularity }) = interval else { return };
        self.found.push(Found { span: Span { start, end }, start: first, end: last, granularity });
        if interval.is_some_and(|found| found.first_day().is_some())
            && granularity != Granularity::Range
        {
            self.context.anchor = interval;
        }
        let at = self.at;
        if granularity == Granularity::Quarter {
            (self.context.quarter, self.quarter_at) = (interval, at);
        } else if at > self.quarter_at + QUARTER_REACH {
            self.context.quarter = None;
        }
    }

    /// `3 to 5 March`, `1941-42`: two ends in one rule.
    fn take_two_in_one(&mut self, whole: &Expression, first_end: u32, second_start: u32) {
        let parts = &whole.parts;
        let (mut first, mut second) = (*parts, *parts);
        (first.last_day, first.last_year) = (None, None);
        second.day = parts.last_day.or(parts.day).filter(|_| parts.month.is_some());
        second.year = parts.last_year.or(parts.year);
        second.weekday = None;
        let ends = [first, second].map(|parts| resolve(Meaning::Calendar, &parts, &self.context));
        self.record(whole.start, first_end, ends[0]);
        self.record(second_start, whole.end, ends[1]);
        if !self.is_list(first_end, second_start) || parts.day.map(|day| day + 1) == parts.last_day
        {
            self.record_stretch(whole.start, whole.end, ends[0], ends[1]);
        }
    }

    /// Whether two days are joined by "and", which makes a stretch of neighbours only.
    fn is_list(&self, first_end: u32, second_start: u32) -> bool {
        let between =
            self.view.text.get(first_end as usize..second_start as usize).unwrap_or_default();
        self.view.grammar.word(between.trim_matches(['.', ' ']), &mut String::new())
            == self.view.grammar.between.1
    }

    /// `<expression> to <expression>`, `between <expression> and <expression>`.
    fn take_joined(&mut self, first: &Expression) -> Option<usize> {
        let (opener, connector) = self.view.grammar.between;
        let before = first.from.checked_sub(1).and_then(|at| self.view.token(at));
        let is_between = before.is_some_and(|token| token.word == opener);
        let second_at = if is_between && self.view.token(first.next)?.word == connector {
            first.next + 1
        } else {
            self.view
                .longest(&self.view.grammar.until, first.next)
                .filter(|_| self.is_joined(first.next))?
                .next
        };
        if !self.is_joined(second_at) {
            return None;
        }
        let start = before.filter(|_| is_between).map_or(first.start, |token| token.start);
        if let Some(year) = self.second_year(first, second_at) {
            let end = self.view.token(second_at)?.end;
            let begin = self.view.token(second_at)?.start;
            let ends = [self.resolved(first, None), Interval::year(year)];
            self.record(first.start, first.end, ends[0]);
            self.record(begin, end, ends[1]);
            self.record_stretch(start, end, ends[0], ends[1]);
            return Some(second_at + 1);
        }
        let second = self.expression(second_at).filter(|second| {
            second.meaning != Meaning::Nothing && two_in_one(&second.parts).is_none()
        })?;
        let wraps = i32::from(second.parts.month < first.parts.month);
        let lent =
            second.parts.year.filter(|_| lacks_year(&first.parts) && second.parts.month.is_some());
        let ends_first = self.resolved(first, lent.map(|year| year - wraps));
        let year = ends_first.and_then(|found| found.first_day()).map(|day| i32::from(day.year()));
        let borrowed = year.filter(|_| lacks_year(&second.parts) && first.parts.month.is_some());
        self.record(first.start, first.end, ends_first);
        let ends_second = self.resolved(&second, borrowed.map(|year| year + wraps));
        self.record(second.start, second.end, ends_second);
        self.record_stretch(start, second.end, ends_first, ends_second);
        Some(second.next)
    }

    /// The year that `72` means in `1871 – 72`.
    fn second_year(&self, first: &Expression, at: usize) -> Option<i32> {
        let is_year = matches!(first.meaning, Meaning::Bare | Meaning::Calendar)
            && first.parts.month.is_none()
            && first.parts.season.is_none();
        let year = first.parts.year.filter(|_| is_year)?;
        match self.view.token(at)?.number()? {
            Number::Plain { value, digits: 2 } => {
                let value = i32::try_from(value).ok()?;
                (value > year % 100).then_some(year / 100 * 100 + value)
            }
            _ => None,
        }
    }

    /// A stretch from the beginning of one date to the end of another, where they are in that order.
    fn record_stretch(
        &mut self,
        start: u32,
        end: u32,
        first: Option<Interval>,
        last: Option<Interval>,
    ) {
        let (Some(first), Some(last)) = (first, last) else { return };
        let granularity = match (first.start, last.end) {
            (Edge::Yearless { .. }, Edge::Yearless { .. }) => Granularity::Recurring,
            (Edge::Yearless { .. }, _) | (_, Edge::Yearless { .. }) => return,
            _ => Granularity::Range,
        };
        let in_order = match (first.start.day(), last.start.day()) {
            (Some(first), Some(last)) => first < last,
            _ => first.start != last.start,
        };
        let (from, until) = whole_days(first.start, last.end);
        if in_order {
            self.record(start, end, Some(Interval { start: from, end: until, granularity }));
        }
    }

    /// `since 2014`: from its beginning to the reference, the reference's day included.
    fn record_since(&mut self, expression: &Expression, interval: Option<Interval>) {
        let before = expression.from.checked_sub(1).and_then(|at| self.view.token(at));
        let Some(since) = before.filter(|token| self.view.grammar.since.contains(&token.word))
        else {
            return;
        };
        let (Some(reference), Some(first)) =
            (self.context.reference, interval.and_then(|found| found.first_day()))
        else {
            return;
        };
        let days = days_since_epoch(reference) - days_since_epoch(first) + 1;
        if days > 1 {
            self.record(
                since.start,
                expression.end,
                Interval::days(first, days, Granularity::Range),
            );
        }
    }
}

/// Where the first of two dates in one rule ends and the second begins; the two years of a winter are one.
fn two_in_one(parts: &Parts) -> Option<(u32, u32)> {
    let are_years = parts.last_year.is_some() && parts.season.is_none();
    parts.split.filter(|_| parts.last_day.is_some() || are_years)
}

fn is_early(parts: &Parts) -> bool {
    parts.year.is_some_and(|year| year < 1000)
}

/// Whether what was matched is a day, so that a time may belong to it.
fn names_day(meaning: Meaning, parts: &Parts) -> bool {
    match meaning {
        Meaning::Calendar | Meaning::OfShiftedYear | Meaning::OfAnchorYear => {
            parts.day.is_some()
                || parts.weekday.is_some()
                || parts.offset.is_some()
                || parts.numeric.is_some()
        }
        Meaning::Nearby | Meaning::Anchored(_) => parts.weekday.is_some(),
        _ => false,
    }
}

/// Both ends as days, where one is a minute: the two of an interval have one form.
fn whole_days(start: Edge, end: Edge) -> (Edge, Edge) {
    match (start, end) {
        (Edge::Minute(minute), Edge::Day(_)) => (Edge::Day(minute.date()), end),
        (Edge::Day(_), Edge::Minute(minute)) => {
            let day = minute.date();
            let is_midnight = minute.hour() == 0 && minute.minute() == 0;
            let after = if is_midnight { Some(day) } else { super::interval::plus_days(day, 1) };
            (start, Edge::Day(after.unwrap_or(day)))
        }
        _ => (start, end),
    }
}
