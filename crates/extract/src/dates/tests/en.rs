//! English.

use dateline_article::Language;

use super::{check_all, check_in};

/// Read on Wednesday, 20 March 2024.
const DATED: &[(&str, &str)] = &[
    // Days.
    ("It began on 14 March 2024.", "14 March 2024=2024-03-14"),
    ("It began on March 14, 2024.", "March 14, 2024=2024-03-14"),
    ("It began on Thursday, March 14, 2024.", "Thursday, March 14, 2024=2024-03-14"),
    ("the 14th of March, 2024", "the 14th of March, 2024=2024-03-14"),
    ("Dec. 31, 1999", "Dec. 31, 1999=1999-12-31"),
    ("2024-03-14", "2024-03-14=2024-03-14"),
    ("Filed 2024-03-14T09:30:00Z by wire", "2024-03-14T09:30:00Z=2024-03-14"),
    ("2019/11/15", "2019/11/15=2019-11-15"),
    ("14.03.2024", "14.03.2024=2024-03-14"),
    ("Due 3/14/24.", "3/14/24=2024-03-14"),
    ("Due 14/3/2024.", "14/3/2024=2024-03-14"),
    ("Due 3/4/2024.", ""),
    ("On March 5, 2024 and due 3/4/2024.", "March 5, 2024=2024-03-05; 3/4/2024=2024-03-04"),
    ("On 5 March 2024 and due 3/4/2024.", "5 March 2024=2024-03-05; 3/4/2024=2024-04-03"),
    ("MARCH 14, 2024", "MARCH 14, 2024=2024-03-14"),
    ("29 February 2023", ""),
    ("29 February 2024", "29 February 2024=2024-02-29"),
    // Days without a year.
    ("KYIV, March 14 (Agency)", "March 14=2024-03-14"),
    ("on 14 March", "14 March=2024-03-14"),
    ("on June 3", "June 3=2024-06-03"),
    ("on July 3", "July 3=2023-07-03"),
    ("on Saturday, December 23", "Saturday, December 23=2023-12-23"),
    ("on February 29", "February 29=2024-02-29"),
    // Months.
    ("in March 2024", "March 2024=2024-03"),
    ("in September of 1944", "September of 1944=1944-09"),
    ("They left in January.", "January=2024-01"),
    ("They left in October.", "October=2023-10"),
    ("It was settled in May last year.", "May last year=2023-05"),
    ("last November", "last November=2023-11"),
    ("last March", "last March=2023-03"),
    ("this September", "this September=2024-09"),
    ("in October last", "October last=2023-10"),
    ("on the 12th of October last", "the 12th of October last=2023-10-12"),
    ("your letter of the 3rd inst.", "the 3rd inst.=2024-03-03"),
    ("your letter of the 3rd ult.", "the 3rd ult.=2024-02-03"),
    ("next June", "next June=2024-06"),
    ("mid-July 2023", "mid-July 2023=2023-07"),
    ("in late September", "late September=2023-09"),
    ("It is usually hot in July.", "July=--07"),
    (
        "She flies to Rome in June, Oslo in August and Lima in January.",
        "June=2024-06; August=2024-08; January=2025-01",
    ),
    // Names that are no months.
    ("Theresa May spoke.", ""),
    ("You may March on.", ""),
    ("They march; a march; to march on", ""),
    ("April Jones met June Carter and August Wilson.", ""),
    ("Mar a Lago, Jan Smit, Dec and Ant", ""),
    // Weekdays.
    ("He said on Friday.", "Friday=2024-03-15"),
    ("He said Wednesday.", "Wednesday=2024-03-20"),
    ("last Wednesday", "last Wednesday=2024-03-13"),
    ("next Tuesday", "next Tuesday=2024-03-26"),
    ("this coming Sunday", "this coming Sunday=2024-03-24"),
    ("on Monday night", "Monday night=2024-03-18T20:00..2024-03-19T00:00"),
    // Weekdays that are no days.
    ("the Sun and the Sunday Times wrote", ""),
    ("every Monday, each Tuesday and on Fridays", ""),
    ("Black Friday sales; Saturday mornings", ""),
    ("We meet on a Monday.", ""),
    // Days near the reference.
    ("He left yesterday.", "yesterday=2024-03-19"),
    ("He left today.", "today=2024-03-20"),
    ("He leaves tomorrow.", "tomorrow=2024-03-21"),
    ("the day before yesterday", "the day before yesterday=2024-03-18"),
    ("the day after tomorrow", "the day after tomorrow=2024-03-22"),
    ("this morning", "this morning=2024-03-20T06:00..2024-03-20T12:00"),
    ("last night", "last night=2024-03-19T20:00..2024-03-20T00:00"),
    ("tonight", "tonight=2024-03-20T20:00..2024-03-21T00:00"),
    ("yesterday afternoon", "yesterday afternoon=2024-03-19T12:00..2024-03-19T18:00"),
    ("10 p.m. Monday", "10 p.m. Monday=2024-03-18T22:00"),
    ("noon Monday", "noon Monday=2024-03-18T12:00"),
    ("The old port is today a park.", ""),
    ("The port opened today.", "today=2024-03-20"),
    // Stretches near the reference.
    ("last week", "last week=week 2024-03-11"),
    ("this week", "this week=week 2024-03-18"),
    ("next month", "next month=2024-04"),
    ("last year", "last year=2023"),
    ("earlier this year", "earlier this year=2024"),
    ("the past year", "the past year=2023"),
    ("last summer", "last summer=season 2023-06-01"),
    ("this winter", "this winter=season 2023-12-01"),
    ("over the weekend", "the weekend=weekend 2024-03-16"),
    ("by the end of the year", "the end of the year=2024"),
    ("two weeks ago", "two weeks ago=week 2024-03-04"),
    ("10 days ago", "10 days ago=2024-03-10"),
    ("a month ago", "a month ago=2024-02"),
    ("twenty-five years ago", "twenty-five years ago=1999"),
    ("a decade ago", "a decade ago=2014"),
    ("three days from now", "three days from now=2024-03-23"),
    // Lengths and repetitions are no dates.
    ("for two years", ""),
    ("the last two years, the past 30 days, the next few months", ""),
    ("every year, each month, per day", ""),
    ("a two-year term, a five-day week", ""),
    // Years decades centuries.
    ("In 1984 it closed.", "1984=1984"),
    ("Founded (1738) and sold in 1066.", "1738=1738; 1066=1066"),
    ("the year 71", "the year 71=0071"),
    ("nineteen ninety-six", "nineteen ninety-six=1996"),
    ("in 508 BC", "508 BC=-0507"),
    ("until 394 AD", "394 AD=0394"),
    ("the 1990s", "the 1990s=decade 1990-01-01"),
    ("in the early 1980s", "the early 1980s=decade 1980-01-01"),
    ("the '60s and the sixties", "the '60s=decade 1960-01-01; the sixties=decade 1960-01-01"),
    ("the 19th century", "the 19th century=century 1800-01-01"),
    ("a seventeenth-century house", "seventeenth-century=century 1600-01-01"),
    ("the 7th century BC", "the 7th century BC=-0699-01-01..-0599-01-01"),
    ("during World War II", "World War II=1939-09-01..1945-09-03"),
    // Figures that are no years.
    ("1,984 people, 2000 jobs, $1999, 1999%, 2000 miles", ""),
    ("Flight 1984, page 1999, No. 2001, more than 2010", ""),
    ("call 555-1998 or 020 7946 1999", ""),
    ("He won 6-4, 7-5; a score of 3-2; a Boeing 747s crew; the 2000-acre farm", ""),
    ("My 80s, her twenties", ""),
    // Parts of years.
    ("Q3 2023", "Q3 2023=quarter 2023-07-01"),
    ("the third quarter of 1984", "the third quarter of 1984=quarter 1984-07-01"),
    ("third-quarter profit", "third-quarter=quarter 2023-07-01"),
    ("H1 2023", "H1 2023=half 2023-01-01"),
    ("the second half of 1989", "the second half of 1989=half 1989-07-01"),
    ("the winter of 1941-42", "the winter of 1941-42=season 1941-12-01"),
    ("the summer of 2010", "the summer of 2010=season 2010-06-01"),
    ("spring 2011", "spring 2011=season 2011-03-01"),
    // From the last date mentioned.
    (
        "It began on 3 May 1999 and ended the following day.",
        "3 May 1999=1999-05-03; the following day=1999-05-04",
    ),
    (
        "On 3 May 1999 it rained. Three days later it froze.",
        "3 May 1999=1999-05-03; Three days later=1999-05-06",
    ),
    ("In 1724 he left. Two years later he came.", "1724=1724; Two years later=1726"),
    ("In June 1920 she wed. That year she moved.", "June 1920=1920-06; That year=1920"),
    ("In 1973 and in March the same year", "1973=1973; March the same year=1973-03"),
    ("On 3 May 1999, the previous Friday", "3 May 1999=1999-05-03; the previous Friday=1999-04-30"),
    (
        "in the third quarter, up from a year earlier",
        "the third quarter=quarter 2023-07-01; a year earlier=quarter 2022-07-01",
    ),
    ("the day before the vote", ""),
    // Stretches.
    ("from March 3 to 5", "March 3=2024-03-03; 5=2024-03-05; March 3 to 5=2024-03-03..2024-03-06"),
    (
        "3-5 March 2021",
        "3=2021-03-03; 5 March 2021=2021-03-05; 3-5 March 2021=2021-03-03..2021-03-06",
    ),
    ("on March 3 and 10", "March 3=2024-03-03; 10=2024-03-10"),
    ("between 2014 and 2022", "2014=2014; 2022=2022; between 2014 and 2022=2014-01-01..2023-01-01"),
    (
        "from January 23 through March 9 2014",
        "January 23=2014-01-23; March 9 2014=2014-03-09; January 23 through March 9 2014=2014-01-23..2014-03-10",
    ),
    ("(1871 – 72)", "1871=1871; 72=1872; 1871 – 72=1871-01-01..1873-01-01"),
    ("1947–2012", "1947=1947; 2012=2012; 1947–2012=1947-01-01..2013-01-01"),
    ("since 2014", "2014=2014; since 2014=2014-01-01..2024-03-21"),
    (
        "It rains between October and April.",
        "October=2023-10; April=2024-04; between October and April=2023-10-01..2024-05-01",
    ),
    // Days with names.
    ("before Christmas", "Christmas=2023-12-25"),
    ("on Easter Monday 2025", "Easter Monday 2025=2025-04-21"),
    ("after Good Friday", "Good Friday=2024-03-29"),
    ("last Thanksgiving", "last Thanksgiving=2023-11-23"),
    ("On Election Day they won.", "Election Day=2023-11-07"),
    ("after 9/11", "9/11=2001-09-11"),
    // Phases, fiscal and school years.
    ("in mid-July", "mid-July=2023-07"),
    ("in fiscal 2023", "fiscal 2023=2023"),
    ("the fiscal year 2023 and FY 2022", "the fiscal year 2023=2023; FY 2022=2022"),
    ("last school year, this fiscal year", "last school year=2023; this fiscal year=2024"),
    ("the 2023-24 school year", "2023=2023; 24=2024; 2023-24=2023-01-01..2025-01-01"),
    ("the early part of 2019", "the early part of 2019=2019"),
    ("in the 21st century", "the 21st century=century 2000-01-01"),
    ("by 2030", "2030=2030"),
    ("the class of '68", "'68=1968"),
    ("the week of March 6", "the week of March 6=week 2024-03-04"),
    ("from 2014 to 2022", "2014=2014; 2022=2022; 2014 to 2022=2014-01-01..2023-01-01"),
    ("until 5 p.m. EST, Nov. 6", "5 p.m. EST, Nov. 6=2023-11-06T17:00"),
    (
        "Profit in the third quarter rose, sales for the quarter fell.",
        "the third quarter=quarter 2023-07-01; the quarter=quarter 2023-07-01",
    ),
    ("in the quarter", ""),
    ("FY2023 and FY23", "FY2023=2023; FY23=2023"),
    ("the first quarter of fiscal 2024", "the first quarter=quarter 2024-01-01; fiscal 2024=2024"),
    // Within a week, a month.
    ("Monday of last week", "Monday of last week=2024-03-11"),
    ("on Wednesday of next week", "Wednesday of next week=2024-03-27"),
    ("the last Monday in May 2023", "the last Monday in May 2023=2023-05-29"),
    ("the second Tuesday of November", "the second Tuesday of November=2023-11-14"),
    ("the fifth Monday of February 2023", ""),
    ("the first week of March", "the first week of March=2024-03"),
    ("the last week of June 2023", "the last week of June 2023=2023-06"),
    (
        "from January to March",
        "January=2024-01; March=2024-03; January to March=2024-01-01..2024-04-01",
    ),
    ("half a century ago", "half a century ago=1974"),
    ("a fortnight ago", "a fortnight ago=week 2024-03-04"),
    ("in three days' time", "in three days' time=2024-03-23"),
    ("They went to March on.", ""),
    // More days with names.
    ("on Veterans Day", "Veterans Day=2023-11-11"),
    ("Martin Luther King Jr. Day 2024", "Martin Luther King Jr. Day 2024=2024-01-15"),
    ("on St. Patrick's Day", "St. Patrick's Day=2024-03-17"),
    ("The May Day march", "May Day=2024-05-01"),
    ("since D-Day", "D-Day=1944-06-06; since D-Day=1944-06-06..2024-03-21"),
    ("at Orthodox Easter 2024", "Orthodox Easter 2024=2024-05-05"),
    // Titles, scores, prices, flights.
    ("She read “1984” and saw '2046' again.", ""),
    ("flight BA 1984 was late", ""),
    ("It cost $2,024 and 2024 euros; they won 20-24.", ""),
    ("Sun readers wait a second; The Sun came second.", ""),
    ("Blink-182, Area 51, Apollo 11, U2 and Catch-22", ""),
    // Lengths, repetitions, what is always so.
    ("twice a year, three times a week, every other Friday", ""),
    ("over the last decade, in the past century", ""),
    ("a two-hour talk, six months in jail, 90 days", ""),
    ("It is still in use today, long after he discovered it.", ""),
    ("Boats leave weekly on Thursday.", ""),
];

/// Read without a day of publication.
const UNDATED: &[(&str, &str)] = &[
    // Days without a year.
    ("Speaking on March 14 of the report for 2023", "March 14=--03-14; 2023=2023"),
    ("on April 31", ""),
    ("on February 29", "February 29=--02-29"),
    // Months.
    ("He leaves at the end of September.", "the end of September=--09"),
    // Weekdays.
    ("He said on Friday.", ""),
    // Days near the reference.
    ("yesterday, tonight, last week, two weeks ago, earlier this year", ""),
    // From the last date mentioned.
    ("the following day", ""),
    // Stretches.
    ("since 2014", "2014=2014"),
    ("from May to July", "May=--05; July=--07; May to July=--05..--08"),
];

#[test]
fn the_table_holds() {
    check_all(Language::ENGLISH, DATED, UNDATED);
}

#[test]
fn a_date_of_the_next_months_may_be_of_the_next_year() {
    check_in(
        Language::ENGLISH,
        "on January 5",
        "2024-12-20",
        "January 5=2025-01-05..2025-01-06 day",
    );
}

#[test]
fn a_season_ends_by_the_month_and_by_the_sun() {
    let check = |text: &str, reference: &str, start: &str, end: &str| {
        let expected = format!("{text}={start}..{end} season");
        check_in(Language::ENGLISH, text, reference, &expected);
    };
    check("last spring", "2024-06-11", "2024-03-01", "2024-07-01");
    check("last spring", "2024-05-31", "2023-03-01", "2023-07-01");
    check("this spring", "2024-06-11", "2024-03-01", "2024-07-01");
    check("this summer", "2024-06-11", "2024-06-01", "2024-10-01");
    check("next summer", "2024-06-11", "2025-06-01", "2025-10-01");
    check("last winter", "2024-01-11", "2022-12-01", "2023-04-01");
    check("this winter", "2024-01-11", "2023-12-01", "2024-04-01");
}

#[test]
fn a_biography_goes_on_in_the_year_it_is_in() {
    const BORN: &str = "1831=1831-01-01..1832-01-01 year";
    let check = |end: &str, expected: &str| {
        let text = format!("{}Born in 1831, he {end}", "word ".repeat(320));
        check_in(Language::ENGLISH, &text, "2004-08-18", expected);
    };
    let wed = format!("{BORN}; 30 May=1831-05-30..1831-05-31 day");
    check("wed on 30 May.", &wed);
    // A day of the week tells that the text is of its time.
    let of_its_time =
        format!("{BORN}; 30 May=2004-05-30..2004-05-31 day; Friday=2004-08-13..2004-08-14 day");
    check("wed on 30 May. He said on Friday.", &of_its_time);
    check("lies in what is today a park.", BORN);
}
