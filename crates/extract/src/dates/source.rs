//! What a language's file is written in: senses of words, meanings of rules, and the table ([`Source`]) that holds them.
//!
//! A rule is a line of words and slots, such as `<weekday>? ,? the? <day> of? <month> ,? <year>?`, with what it means. `?` makes the
//! one before it optional, `|` separates words of which any will do. Words are lower case, in the pieces that the tokens have: `aujourd ' hui`; `'` and `-` stand for all
//! apostrophes and for the short dashes.
//! What a slot takes is told by the words' senses; figures need no list. Nothing here looks at a text.

use super::interval::Unit;

/// What a word can stand for; one word may have several senses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// A month by its full name; 1 to 12.
    Month(u8),
    /// A month's abbreviation, or a name that is too often another word to stand alone.
    ShortMonth(u8),
    /// A day of the week by its full name; 1 for Monday to 7.
    Weekday(u8),
    /// A weekday's abbreviation, which never stands alone.
    ShortWeekday(u8),
    /// A number in words.
    Count(u16),
    /// A rank in words.
    Ordinal(u16),
    /// A length of time.
    Unit(Unit),
    /// A length of time in the plural.
    Units(Unit),
    /// A season; 1 for spring (March to May) to 4 for winter.
    Season(u8),
    /// A part of the day.
    Part(Part),
    /// `last`, `this`, `next`: −1, 0, 1.
    Shift(i8),
    /// `yesterday`, `today`, `tomorrow`: −1, 0, 1.
    Offset(i8),
    /// `nineties`: 90.
    Decade(u16),
    /// `Q3`.
    Quarter(u8),
    /// `H1`.
    Half(u8),
    /// A day with a name of its own.
    Holiday(Holiday),
    /// `noon`: 12.
    Hour(u8),
    /// Begins `p.m.`, which the slot of a time of day reads.
    HalfDay,
    /// A month's name that is often another word (`May`): alone it needs evidence.
    Doubtful,
    /// After a figure it makes a time of day of it: `Uhr`.
    Clock,
    /// Before a figure or a doubtful name it says that a date follows: `in`, `since`.
    Lead,
    /// Runs into the figure after it: `FY2023`.
    Glued,
    /// Between two months it says that the second is one too: `to`.
    Joins,
    /// Before a figure it says that no date follows: `page`, `flight`, `than`.
    Label,
    /// After a figure it says that things were counted: `people`, `miles`.
    Counted,
    /// Before a noun it makes a date of another expression: `before`, `after`.
    Governs,
    /// Says that the sentence tells of one time, mostly past: `was`, `said`, `scheduled`.
    Past,
    /// Takes from a participle after it the sense of the past: `is limited`.
    Passive,
    /// Says that the sentence tells what is always so: `is`.
    General,
    /// As `General`, of what comes again: `usually`, `weekly`.
    Usual,
    /// Before `today` it makes these times of it: `still`.
    Lasting,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// A day with a name, which another year has on the same or a computed date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// Month and day.
    Fixed(u8, u8),
    /// Days after Easter Sunday.
    Easter(i8),
    /// Days after the Easter Sunday of the eastern churches.
    OrthodoxEaster(i8),
    /// Month, weekday (1 for Monday), which of them (−1 for the last).
    Nth(u8, u8, i8),
    /// The first such weekday from a day of a month on: month, day, weekday.
    From(u8, u8, u8),
    /// One day of history.
    Once(i16, u8, u8),
    /// A stretch of history: the day it began and the day it ended.
    Between((i16, u8, u8), (i16, u8, u8)),
}

impl Holiday {
    /// The first world war.
    pub(super) const FIRST_WAR: Self = Self::Between((1914, 7, 28), (1918, 11, 11));
    /// The second world war.
    pub(super) const SECOND_WAR: Self = Self::Between((1939, 9, 1), (1945, 9, 2));
}

/// How what a rule has found becomes a stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The parts name it; a missing year is chosen by the reference.
    Calendar,
    /// As `Calendar`, for a lone year or month that needs evidence around it.
    Bare,
    /// No date at all: a length of time, a repetition, a name.
    Nothing,
    /// `<shift>` of a unit, month, weekday, season or part of the day from the reference.
    Nearby,
    /// As `Nearby`, by a fixed shift.
    Shifted(i8),
    /// A unit so many steps from the reference.
    UnitAt(i8, Unit),
    /// A day or stretch with a name of several words.
    Named(Holiday),
    /// The year, or the quarter of that year, before the one spoken of.
    YearEarlier,
    /// A part of the day so many days from the reference.
    PartOf(i8, Part),
    /// `<count> <unit>` before the reference.
    Ago,
    /// `<count> <unit>` after the reference.
    Ahead,
    /// `<count> <unit>` before the last date mentioned.
    Earlier,
    /// `<count> <unit>` after the last date mentioned.
    Later,
    /// A unit, weekday or part of the day so many steps from the last date mentioned.
    Anchored(i8),
    /// A day of the month so many steps from the reference's.
    OfMonth(i8),
    /// A month or day in the year `<shift>` from the reference.
    OfShiftedYear,
    /// A weekday in the week `<shift>` from the reference.
    OfShiftedWeek,
    /// Such a weekday of a month: the `<ordinal>`, or the last where it is −1.
    NthWeekday(i8),
    /// A month or day in the year of the last date mentioned.
    OfAnchorYear,
    /// A year or century before Christ.
    BeforeChrist,
    /// `<ordinal>` quarter.
    Quarter,
    /// `<ordinal>` half of a year.
    Half,
    /// The ten years that begin with the year.
    Decade,
    /// `<ordinal>` or `<count>` century.
    Century,
    /// Two days of one month.
    DayRange,
    /// The week, weekend … that holds a day.
    Around(Unit),
}

/// What may stand before a date and belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    /// `late`, `the end of`: the stretch stays whole.
    Phase,
    /// `10 p.m.`, `the morning of`: narrows a day.
    Time,
}

/// How `3/4/2024` is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The day first.
    DayFirst,
    /// The month first.
    MonthFirst,
    /// Only if one number cannot be a month, or other dates of the text tell.
    ByEvidence,
}

/// A language as its file writes it.
pub(super) struct Source {
    /// Words, separated by blanks, and their sense.
    pub(super) words: &'static [(&'static str, Sense)],
    pub(super) rules: &'static [(&'static str, Meaning)],
    pub(super) prefixes: &'static [(&'static str, Prefix)],
    /// Parts of the day and times after a day.
    pub(super) suffixes: &'static [&'static str],
    /// What joins the first and the last of a stretch.
    pub(super) until: &'static [&'static str],
    /// `between` and `and`.
    pub(super) between: (&'static str, &'static str),
    /// What opens a stretch that lasts to the reference: `since`.
    pub(super) since: &'static [&'static str],
    /// Letters that make a rank of a figure: `3rd`.
    pub(super) ordinal_suffixes: &'static [&'static str],
    /// Letters that make a decade of a figure: `1990s`.
    pub(super) decade_suffixes: &'static [&'static str],
    /// Whether names of months and weekdays begin with a capital.
    pub(super) has_capitals: bool,
    /// How a verb of the past often ends, empty where none can be told.
    pub(super) past_ending: &'static str,
    pub(super) order: Order,
}
