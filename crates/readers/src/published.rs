//! Weighs what is known of an article's publication date: fields of the format, then a dateline with a year, then the web address, then the
//! names of file and folders, then the properties of a document. The strongest that says anything wins; a weaker one that contradicts it is noted. A
//! field that could be several days is decided by the other witnesses, else by the order of dates in its file, region or language, and that is noted
//! too. A file's mtime is no evidence.

use dateline_article::{
    Date, Dateline, Edge, Evidence, Published, Timestamp, calendar, days_since_epoch,
};

use crate::dates::{Either, Order};

/// Everything that may tell when an article appeared.
pub(crate) struct Witnesses<'a> {
    /// The format's own field.
    pub(crate) metadata: Option<Timestamp>,
    /// A field of the format that could be several days, as written.
    pub(crate) ambiguous: Option<&'a (Either, String)>,
    /// The order of the numbers in dates, and what says so.
    pub(crate) order: Option<(Order, &'static str)>,
    /// The properties of a document: when it was created.
    pub(crate) created: Option<Timestamp>,
    pub(crate) dateline: Option<&'a Dateline>,
    pub(crate) url: Option<&'a str>,
    /// Path below the root.
    pub(crate) path: &'a str,
    /// When it was captured.
    pub(crate) fetched: Option<Timestamp>,
    /// The day of reading.
    pub(crate) today: Option<Date>,
}

/// The publication date, and a warning for each witness that names another day.
pub(crate) fn weigh(witnesses: &Witnesses<'_>) -> (Option<Published>, Vec<String>) {
    let dateline = witnesses.dateline.and_then(|dateline| dateline.date?.day()).map(Timestamp::Day);
    let mut said = [
        (Evidence::Metadata, witnesses.metadata),
        (Evidence::Dateline, dateline),
        (Evidence::Url, witnesses.url.and_then(of_address)),
        (Evidence::FileName, of_path(witnesses.path)),
        (Evidence::Properties, witnesses.created),
    ];
    let mut notes = Vec::new();
    if let Some((either, written)) = witnesses.ambiguous {
        let (day, note) = decide(either, &said, witnesses);
        // A field that is plain goes before one that is not.
        if let (Some(day), [first, ..]) = (day, &mut said)
            && first.1.is_none()
        {
            first.1 = Some(day);
        }
        notes.push(format!("the date `{written}` could be two days and is {note}"));
    }
    let mut said: Vec<Published> =
        said.into_iter().filter_map(|(by, at)| at.map(|at| Published { at, by })).collect();
    if let Some(fetched) = witnesses.fetched {
        said.retain(|Published { at, by }| {
            let possible = !is_after(*at, fetched.last_day());
            if !possible {
                let by = by.as_str();
                notes.push(format!("{by} says {at}, after it was captured: that is not used"));
            }
            possible
        });
    }
    let mut said = said.into_iter();
    let Some(first) = said.next() else {
        // Nothing tells when it appeared: it was there when it was captured.
        let Some(at) = witnesses.fetched else { return (None, notes) };
        notes.push("nothing says when it appeared: the time of its capture is used".to_owned());
        return (Some(Published { at, by: Evidence::Metadata }), notes);
    };
    if witnesses.today.is_some_and(|today| is_after(first.at, today)) {
        notes.push(format!("published lies in the future: {}", first.at));
    }
    if first.by == Evidence::Properties {
        notes.push("published is when the document was created, by its properties".to_owned());
    }
    let contradictions = said.filter(|other| contradicts(first.at, other.at)).map(|other| {
        let (used, weaker) = (first.by.as_str(), other.by.as_str());
        format!("{used} says {}, {weaker} says {}; {used} is used", first.at, other.at)
    });
    notes.extend(contradictions);
    (Some(first), notes)
}

/// Which of several days a field means, and how to say what becomes of it.
fn decide(
    either: &Either,
    said: &[(Evidence, Option<Timestamp>)],
    witnesses: &Witnesses<'_>,
) -> (Option<Timestamp>, String) {
    for (by, at) in said {
        let agrees = |day: Timestamp| at.is_some_and(|at| !contradicts(day, at));
        if let Some(day) = either.only(agrees) {
            return (Some(day), format!("read as {day} by the {}", by.as_str()));
        }
    }
    if let Some(Edge::Yearless { month, day: Some(day) }) =
        witnesses.dateline.and_then(|dateline| dateline.date)
    {
        let is_day = |other: Timestamp| {
            let other = other.first_day();
            other.month().cast_unsigned() == month && other.day().cast_unsigned().abs_diff(day) <= 1
        };
        if let Some(day) = either.only(is_day) {
            return (Some(day), format!("read as {day} by the dateline"));
        }
    }
    if let Some(fetched) = witnesses.fetched
        && let Some(day) = either.only(|day| !is_after(day, fetched.last_day()))
    {
        return (Some(day), format!("read as {day}, since it was there when it was captured"));
    }
    if let Some((order, why)) = witnesses.order
        && let Some(day) = either.in_order(order)
    {
        return (Some(day), format!("read as {day} by {why}"));
    }
    (None, "not used".to_owned())
}

/// Whether a time lies wholly after a day, wherever on Earth it was that day.
fn is_after(time: Timestamp, day: Date) -> bool {
    days_since_epoch(time.first_day()) > days_since_epoch(day) + 1
}

/// Whether two times cannot be the same day. A time may stand a day off, since its zone may not be the one that another was written in.
pub(crate) fn contradicts(one: Timestamp, other: Timestamp) -> bool {
    let is_time = |time: Timestamp| matches!(time, Timestamp::Time { .. });
    let slack = i32::from(is_time(one) || is_time(other));
    let gap = |earlier: Timestamp, later: Timestamp| {
        days_since_epoch(later.first_day()) - days_since_epoch(earlier.last_day())
    };
    gap(one, other) > slack || gap(other, one) > slack
}

/// The date in a web address: `/2024/03/14/`, `/2024/mar/14/`, `2024-03-14`, `/20240314/`, or the month `/2024/03/`.
fn of_address(url: &str) -> Option<Timestamp> {
    let (_, rest) = url.split_once("://")?;
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    let path = path.split('#').next().unwrap_or(path);
    in_names(path.split(['/', '?', '&', '=']))
}

/// The date in a path below the root, container members included.
fn of_path(path: &str) -> Option<Timestamp> {
    in_names(path.split('/').map(|name| name.strip_suffix('!').unwrap_or(name)))
}

/// The last whole day among the names, else the last month.
fn in_names<'a>(names: impl Iterator<Item = &'a str>) -> Option<Timestamp> {
    let (mut day, mut month) = (None, None);
    // The last two names, for dates that are spread over folders.
    let (mut two_before, mut one_before) = ("", "");
    for name in names {
        let spread = folders(two_before, one_before, name);
        day = in_name(name).or(spread).map(Timestamp::Day).or(day);
        month = year_and_month(one_before, name).or(month);
        (two_before, one_before) = (one_before, name);
    }
    day.or(month)
}

/// `2024`, `03` (or `mar`), `14` (or a name that begins with `14-`, `14_` or `14.`).
fn folders(year: &str, month: &str, name: &str) -> Option<Date> {
    let day = name.split(['-', '_', '.', ' ']).next().unwrap_or(name);
    date(year_of(year)?, month_of(month)?, digits(day, 1..=2)?)
}

fn year_and_month(year: &str, month: &str) -> Option<Timestamp> {
    Timestamp::month(year_of(year)?, u8::try_from(month_of(month)?).ok()?)
}

fn year_of(name: &str) -> Option<i16> {
    let year = i16::try_from(digits(name, 4..=4)?).ok()?;
    (1600..=2100).contains(&year).then_some(year)
}

fn month_of(name: &str) -> Option<u32> {
    digits(name, 1..=2).or_else(|| calendar::month(name).map(u32::from))
}

/// A number of so many digits and nothing else.
fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// `2024-03-14`, `2024_03_14`, `2024.03.14` or `20240314` inside a name, not as part of a longer number.
fn in_name(name: &str) -> Option<Date> {
    let runs: Vec<&str> = name.split(|character: char| !character.is_ascii_digit()).collect();
    for (index, run) in runs.iter().enumerate() {
        if run.len() == 8 {
            let number = digits(run, 8..=8)?;
            let year =
                i16::try_from(number / 10_000).ok().filter(|year| (1900..=2100).contains(year));
            if let Some(day) = year.and_then(|year| date(year, number / 100 % 100, number % 100)) {
                return Some(day);
            }
        }
        // Between runs stands at least one character; an empty run means that there are more.
        if let Some([year, month, day]) = runs.get(index..index + 3)
            && month.len() == 2
            && day.len() == 2
            && separated_alike(name, year, month, day)
            && let Some(day) = year_of(year)
                .and_then(|year| date(year, digits(month, 2..=2)?, digits(day, 2..=2)?))
        {
            return Some(day);
        }
    }
    None
}

/// Whether the three stand in `name` with the same sign between them.
fn separated_alike(name: &str, year: &str, month: &str, day: &str) -> bool {
    ["-", "_", "."].iter().any(|sign| name.contains(&format!("{year}{sign}{month}{sign}{day}")))
}

fn date(year: i16, month: u32, day: u32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(time: Option<Timestamp>) -> String {
        time.map_or_else(|| "none".to_owned(), |time| time.to_string())
    }

    #[test]
    fn dates_in_addresses() {
        let check =
            |url: &str, expected: &str| assert_eq!(shown(of_address(url)), expected, "{url}");
        check("https://example.org/2024/03/14/ferry", "2024-03-14");
        check("https://example.org/world/2024/mar/14/ferry-sinks", "2024-03-14");
        check("https://example.org/news/2024-03-14-ferry.html?utm=1", "2024-03-14");
        check("https://example.org/20240314/ferry", "2024-03-14");
        check("https://example.org/2024/03/ferry", "2024-03");
        check("https://example.org/a?date=2024-03-14", "2024-03-14");
        check("https://example.org/story-20241399", "none");
        check("https://example.org/1234/56/78", "none");
        check("https://2024-03-14.example.org/", "none");
        check("ferry 2024-03-14", "none");
    }

    #[test]
    fn dates_in_paths() {
        let check =
            |path: &str, expected: &str| assert_eq!(shown(of_path(path)), expected, "{path}");
        check("wire/2024/03/14/ferry.txt", "2024-03-14");
        check("wire/2024/03/14_ferry.txt", "2024-03-14");
        check("2024-03-14_ferry.txt", "2024-03-14");
        check("wire_2024.03.14.txt", "2024-03-14");
        check("20240314.txt", "2024-03-14");
        check("2024-03-14.zip!/ferry.txt", "2024-03-14");
        check("2024/03/ferry.txt", "2024-03");
        check("2023-01-01/2024-03-14.txt", "2024-03-14");
        check("stoltenberg-2024.txt", "none");
        check("2024/ferry.txt", "none");
        check("120240314.txt", "none");
        check("2024-13-14.txt", "none");
        check("", "none");
    }

    #[test]
    fn the_strongest_witness_wins_and_contradictions_are_noted() {
        let check = |metadata: &str, dateline: &str, url: &str, path: &str, expected: &str| {
            let dateline = Dateline { date: dateline.parse().ok(), ..Dateline::default() };
            let (published, warnings) = weigh(&Witnesses {
                metadata: metadata.parse().ok(),
                ambiguous: None,
                order: None,
                created: "2024-01-02T03:04:05Z".parse().ok().filter(|_| path.contains("docx")),
                dateline: Some(&dateline),
                url: Some(url),
                path,
                fetched: None,
                today: None,
            });
            let found = published.map_or_else(String::new, |published| {
                format!(
                    "{} by {}, {} warnings",
                    published.at,
                    published.by.as_str(),
                    warnings.len()
                )
            });
            assert_eq!(found, expected);
        };
        let url = "https://example.org/2024/03/14/a";
        check(
            "2024-03-14T23:30:00Z",
            "--03-13",
            url,
            "2024-03-15.txt",
            "2024-03-14T23:30:00Z by metadata, 0 warnings",
        );
        check("2024-03-14", "", url, "2024-03-15.txt", "2024-03-14 by metadata, 1 warnings");
        check("2024", "", url, "2023-01-01.txt", "2024 by metadata, 1 warnings");
        check("", "2024-03-10", url, "a.txt", "2024-03-10 by dateline, 1 warnings");
        check("", "--03-10", url, "a.txt", "2024-03-14 by url, 0 warnings");
        check("", "--03-10", "", "2024/03/a.txt", "2024-03 by file name, 0 warnings");
        check("", "--03-10", "", "a.txt", "");
        // The properties of a document are weaker than anything else.
        check("2024-01-02", "", "", "a.docx", "2024-01-02 by metadata, 0 warnings");
        check("2024-03-14", "", "", "a.docx", "2024-03-14 by metadata, 1 warnings");
        check("", "2024-03-10", "", "a.docx", "2024-03-10 by dateline, 1 warnings");
        check("", "", "", "2024-03-14.docx", "2024-03-14 by file name, 1 warnings");
        check("", "", "", "a.docx", "2024-01-02T03:04:05Z by properties, 1 warnings");
    }

    #[test]
    fn what_could_be_two_days_is_decided_by_evidence_and_said() {
        let check = |text: &str, others: [&str; 4], order: Option<Order>, expected: &str| {
            let crate::dates::Reading::Ambiguous(either) = crate::dates::read(text) else {
                panic!("{text}")
            };
            let ambiguous = (either, text.to_owned());
            let [metadata, dateline, path, fetched] = others;
            let dateline = Dateline { date: dateline.parse().ok(), ..Dateline::default() };
            let (published, notes) = weigh(&Witnesses {
                metadata: metadata.parse().ok(),
                ambiguous: Some(&ambiguous),
                order: order.map(|order| (order, "the usage of its language")),
                created: None,
                dateline: Some(&dateline),
                url: None,
                path,
                fetched: fetched.parse().ok(),
                today: None,
            });
            let found = shown(published.map(|published| published.at));
            assert_eq!(format!("{found}: {}", notes.join("; ")), expected, "{text} {others:?}");
        };
        let could = |rest: &str| format!("the date `3/4/2024` could be two days and is {rest}");
        let day_first = Some(Order::DayFirst);
        check("3/4/2024", ["", "", "a", ""], None, &format!("none: {}", could("not used")));
        check(
            "3/4/2024",
            ["", "", "2024-03-04.txt", ""],
            day_first,
            &format!("2024-03-04: {}", could("read as 2024-03-04 by the file name")),
        );
        check(
            "3/4/2024",
            ["", "--04-03", "a", ""],
            None,
            &format!("2024-04-03: {}", could("read as 2024-04-03 by the dateline")),
        );
        check(
            "3/4/2024",
            ["", "", "a", "2024-03-10T09:30:00Z"],
            None,
            &format!(
                "2024-03-04: {}",
                could("read as 2024-03-04, since it was there when it was captured")
            ),
        );
        check(
            "3/4/2024",
            ["", "", "a", ""],
            day_first,
            &format!("2024-04-03: {}", could("read as 2024-04-03 by the usage of its language")),
        );
        check(
            "3/4/2024",
            ["", "", "a", ""],
            Some(Order::MonthFirst),
            &format!("2024-03-04: {}", could("read as 2024-03-04 by the usage of its language")),
        );
        check(
            "3/4/2024",
            ["2024-04-03", "", "a", ""],
            None,
            &format!("2024-04-03: {}", could("read as 2024-04-03 by the metadata")),
        );
    }

    // U020
    #[test]
    fn a_day_after_the_capture_is_refused_and_one_in_the_future_noted() {
        let check = |metadata: &str, path: &str, fetched: &str, today: &str, expected: &str| {
            let (published, notes) = weigh(&Witnesses {
                metadata: metadata.parse().ok(),
                ambiguous: None,
                order: None,
                created: None,
                dateline: None,
                url: None,
                path,
                fetched: fetched.parse().ok(),
                today: today.parse().ok(),
            });
            let found = shown(published.map(|published| published.at));
            assert_eq!(format!("{found}: {}", notes.join("; ")), expected);
        };
        let captured = "2025-02-12T08:00:00Z";
        let capture = "nothing says when it appeared: the time of its capture is used";
        check(
            "2031-05-01",
            "a",
            captured,
            "2026-01-01",
            &format!(
                "{captured}: metadata says 2031-05-01, after it was captured: that is not used; {capture}"
            ),
        );
        check(
            "2031-05-01",
            "2025-02-11.html",
            captured,
            "",
            "2025-02-11: metadata says 2031-05-01, after it was captured: that is not used",
        );
        // The day may have begun elsewhere.
        check("2025-02-13", "a", captured, "", "2025-02-13: ");
        check("2025", "a", captured, "", "2025: ");
        let future = "2031-05-01: published lies in the future: 2031-05-01";
        check("2031-05-01", "a", "", "2026-01-01", future);
        check("", "2031-05-01.txt", "", "2026-01-01", future);
        check("2026-01-02T03:00:00+14:00", "a", "", "2026-01-01", "2026-01-02T03:00:00+14:00: ");
        check("2031-05-01", "a", "", "", "2031-05-01: ");
    }

    proptest::proptest! {
        #[test]
        fn any_path_is_read(path in "([0-9]{1,9}|[-_./!]|mar|\\PC)*") {
            let _ = of_path(&path);
            let _ = of_address(&format!("http://{path}"));
        }
    }
}
