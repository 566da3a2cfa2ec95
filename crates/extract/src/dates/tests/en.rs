//! English.

use dateline_article::Language;

use super::check_in;

/// With the reference of Wednesday, 20 March 2024.
#[track_caller]
fn check(text: &str, expected: &str) {
    check_in(Language::ENGLISH, text, "2024-03-20", expected);
}

#[track_caller]
fn check_undated(text: &str, expected: &str) {
    check_in(Language::ENGLISH, text, "", expected);
}

#[test]
fn days() {
    check("It began on 14 March 2024.", "14 March 2024=2024-03-14..2024-03-15 day");
    check("It began on March 14, 2024.", "March 14, 2024=2024-03-14..2024-03-15 day");
    check(
        "It began on Thursday, March 14, 2024.",
        "Thursday, March 14, 2024=2024-03-14..2024-03-15 day",
    );
    check("the 14th of March, 2024", "the 14th of March, 2024=2024-03-14..2024-03-15 day");
    check("Dec. 31, 1999", "Dec. 31, 1999=1999-12-31..2000-01-01 day");
    check("2024-03-14", "2024-03-14=2024-03-14..2024-03-15 day");
    check("Filed 2024-03-14T09:30:00Z by wire", "2024-03-14T09:30:00Z=2024-03-14..2024-03-15 day");
    check("2019/11/15", "2019/11/15=2019-11-15..2019-11-16 day");
    check("14.03.2024", "14.03.2024=2024-03-14..2024-03-15 day");
    check("Due 3/14/24.", "3/14/24=2024-03-14..2024-03-15 day");
    check("Due 14/3/2024.", "14/3/2024=2024-03-14..2024-03-15 day");
    check("Due 3/4/2024.", "");
    check(
        "On March 5, 2024 and due 3/4/2024.",
        "March 5, 2024=2024-03-05..2024-03-06 day; 3/4/2024=2024-03-04..2024-03-05 day",
    );
    check(
        "On 5 March 2024 and due 3/4/2024.",
        "5 March 2024=2024-03-05..2024-03-06 day; 3/4/2024=2024-04-03..2024-04-04 day",
    );
    check("MARCH 14, 2024", "MARCH 14, 2024=2024-03-14..2024-03-15 day");
    check("29 February 2023", "");
    check("29 February 2024", "29 February 2024=2024-02-29..2024-03-01 day");
}

#[test]
fn days_without_a_year() {
    check("KYIV, March 14 (Agency)", "March 14=2024-03-14..2024-03-15 day");
    check("on 14 March", "14 March=2024-03-14..2024-03-15 day");
    check("on June 3", "June 3=2024-06-03..2024-06-04 day");
    check("on July 3", "July 3=2023-07-03..2023-07-04 day");
    check_in(
        Language::ENGLISH,
        "on January 5",
        "2024-12-20",
        "January 5=2025-01-05..2025-01-06 day",
    );
    check("on Saturday, December 23", "Saturday, December 23=2023-12-23..2023-12-24 day");
    check("on February 29", "February 29=2024-02-29..2024-03-01 day");
    check_undated(
        "Speaking on March 14 of the report for 2023",
        "March 14=--03-14..--03-15 recurring; 2023=2023-01-01..2024-01-01 year",
    );
    check_undated("on April 31", "");
    check_undated("on February 29", "February 29=--02-29..--03-01 recurring");
}

#[test]
fn months() {
    check("in March 2024", "March 2024=2024-03-01..2024-04-01 month");
    check("in September of 1944", "September of 1944=1944-09-01..1944-10-01 month");
    check("They left in January.", "January=2024-01-01..2024-02-01 month");
    check("They left in October.", "October=2023-10-01..2023-11-01 month");
    check("It was settled in May last year.", "May last year=2023-05-01..2023-06-01 month");
    check("last November", "last November=2023-11-01..2023-12-01 month");
    check("last March", "last March=2023-03-01..2023-04-01 month");
    check("this September", "this September=2024-09-01..2024-10-01 month");
    check("in October last", "October last=2023-10-01..2023-11-01 month");
    check("on the 12th of October last", "the 12th of October last=2023-10-12..2023-10-13 day");
    check("your letter of the 3rd inst.", "the 3rd inst.=2024-03-03..2024-03-04 day");
    check("your letter of the 3rd ult.", "the 3rd ult.=2024-02-03..2024-02-04 day");
    check("next June", "next June=2024-06-01..2024-07-01 month");
    check("mid-July 2023", "mid-July 2023=2023-07-01..2023-08-01 month");
    check("in late September", "late September=2023-09-01..2023-10-01 month");
    check_undated(
        "He leaves at the end of September.",
        "the end of September=--09..--10 recurring",
    );
    check("It is usually hot in July.", "July=--07..--08 recurring");
    check(
        "She flies to Rome in June, Oslo in August and Lima in January.",
        "June=2024-06-01..2024-07-01 month; August=2024-08-01..2024-09-01 month; January=2025-01-01..2025-02-01 month",
    );
}

#[test]
fn names_that_are_no_months() {
    check("Theresa May spoke.", "");
    check("You may March on.", "");
    check("They march; a march; to march on", "");
    check("April Jones met June Carter and August Wilson.", "");
    check("Mar a Lago, Jan Smit, Dec and Ant", "");
}

#[test]
fn weekdays() {
    check("He said on Friday.", "Friday=2024-03-15..2024-03-16 day");
    check("He said Wednesday.", "Wednesday=2024-03-20..2024-03-21 day");
    check("last Wednesday", "last Wednesday=2024-03-13..2024-03-14 day");
    check("next Tuesday", "next Tuesday=2024-03-26..2024-03-27 day");
    check("this coming Sunday", "this coming Sunday=2024-03-24..2024-03-25 day");
    check("on Monday night", "Monday night=2024-03-18T20:00..2024-03-19T00:00 part");
    check_undated("He said on Friday.", "");
}

#[test]
fn weekdays_that_are_no_days() {
    check("the Sun and the Sunday Times wrote", "");
    check("every Monday, each Tuesday and on Fridays", "");
    check("Black Friday sales; Saturday mornings", "");
    check("We meet on a Monday.", "");
}

#[test]
fn days_near_the_reference() {
    check("He left yesterday.", "yesterday=2024-03-19..2024-03-20 day");
    check("He left today.", "today=2024-03-20..2024-03-21 day");
    check("He leaves tomorrow.", "tomorrow=2024-03-21..2024-03-22 day");
    check("the day before yesterday", "the day before yesterday=2024-03-18..2024-03-19 day");
    check("the day after tomorrow", "the day after tomorrow=2024-03-22..2024-03-23 day");
    check("this morning", "this morning=2024-03-20T06:00..2024-03-20T12:00 part");
    check("last night", "last night=2024-03-19T20:00..2024-03-20T00:00 part");
    check("tonight", "tonight=2024-03-20T20:00..2024-03-21T00:00 part");
    check("yesterday afternoon", "yesterday afternoon=2024-03-19T12:00..2024-03-19T18:00 part");
    check("10 p.m. Monday", "10 p.m. Monday=2024-03-18T22:00..2024-03-18T22:01 minute");
    check("noon Monday", "noon Monday=2024-03-18T12:00..2024-03-18T12:01 minute");
    check("The old port is today a park.", "");
    check("The port opened today.", "today=2024-03-20..2024-03-21 day");
    check_undated("yesterday, tonight, last week, two weeks ago, earlier this year", "");
}

#[test]
fn stretches_near_the_reference() {
    check("last week", "last week=2024-03-11..2024-03-18 week");
    check("this week", "this week=2024-03-18..2024-03-25 week");
    check("next month", "next month=2024-04-01..2024-05-01 month");
    check("last year", "last year=2023-01-01..2024-01-01 year");
    check("earlier this year", "earlier this year=2024-01-01..2025-01-01 year");
    check("the past year", "the past year=2023-01-01..2024-01-01 year");
    check("last summer", "last summer=2023-06-01..2023-09-01 season");
    check("this winter", "this winter=2024-12-01..2025-03-01 season");
    check("over the weekend", "the weekend=2024-03-16..2024-03-18 weekend");
    check("by the end of the year", "the end of the year=2024-01-01..2025-01-01 year");
    check("two weeks ago", "two weeks ago=2024-03-04..2024-03-11 week");
    check("10 days ago", "10 days ago=2024-03-10..2024-03-11 day");
    check("a month ago", "a month ago=2024-02-01..2024-03-01 month");
    check("twenty-five years ago", "twenty-five years ago=1999-01-01..2000-01-01 year");
    check("a decade ago", "a decade ago=2014-01-01..2015-01-01 year");
    check("three days from now", "three days from now=2024-03-23..2024-03-24 day");
}

#[test]
fn lengths_and_repetitions_are_no_dates() {
    check("for two years", "");
    check("the last two years, the past 30 days, the next few months", "");
    check("every year, each month, per day", "");
    check("a two-year term, a five-day week", "");
}

#[test]
fn years_decades_centuries() {
    check("In 1984 it closed.", "1984=1984-01-01..1985-01-01 year");
    check(
        "Founded (1738) and sold in 1066.",
        "1738=1738-01-01..1739-01-01 year; 1066=1066-01-01..1067-01-01 year",
    );
    check("the year 71", "the year 71=0071-01-01..0072-01-01 year");
    check("nineteen ninety-six", "nineteen ninety-six=1996-01-01..1997-01-01 year");
    check("in 508 BC", "508 BC=-0507-01-01..-0506-01-01 year");
    check("until 394 AD", "394 AD=0394-01-01..0395-01-01 year");
    check("the 1990s", "the 1990s=1990-01-01..2000-01-01 decade");
    check("in the early 1980s", "the early 1980s=1980-01-01..1990-01-01 decade");
    check(
        "the '60s and the sixties",
        "the '60s=1960-01-01..1970-01-01 decade; the sixties=1960-01-01..1970-01-01 decade",
    );
    check("the 19th century", "the 19th century=1800-01-01..1900-01-01 century");
    check("a seventeenth-century house", "seventeenth-century=1600-01-01..1700-01-01 century");
    check("the 7th century BC", "the 7th century BC=-0699-01-01..-0599-01-01 century");
    check("during World War II", "World War II=1939-09-01..1945-09-03 range");
}

#[test]
fn figures_that_are_no_years() {
    check("1,984 people, 2000 jobs, $1999, 1999%, 2000 miles", "");
    check("Flight 1984, page 1999, No. 2001, more than 2010", "");
    check("call 555-1998 or 020 7946 1999", "");
    check("He won 6-4, 7-5; a score of 3-2; a Boeing 747s crew; the 2000-acre farm", "");
    check("My 80s, her twenties", "");
}

#[test]
fn parts_of_years() {
    check("Q3 2023", "Q3 2023=2023-07-01..2023-10-01 quarter");
    check("the third quarter of 1984", "the third quarter of 1984=1984-07-01..1984-10-01 quarter");
    check("third-quarter profit", "third-quarter=2023-07-01..2023-10-01 quarter");
    check("H1 2023", "H1 2023=2023-01-01..2023-07-01 half");
    check("the second half of 1989", "the second half of 1989=1989-07-01..1990-01-01 half");
    check("the winter of 1941-42", "the winter of 1941-42=1941-12-01..1942-03-01 season");
    check("the summer of 2010", "the summer of 2010=2010-06-01..2010-09-01 season");
    check("spring 2011", "spring 2011=2011-03-01..2011-06-01 season");
}

#[test]
fn from_the_last_date_mentioned() {
    check(
        "It began on 3 May 1999 and ended the following day.",
        "3 May 1999=1999-05-03..1999-05-04 day; the following day=1999-05-04..1999-05-05 day",
    );
    check(
        "On 3 May 1999 it rained. Three days later it froze.",
        "3 May 1999=1999-05-03..1999-05-04 day; Three days later=1999-05-06..1999-05-07 day",
    );
    check(
        "In 1724 he left. Two years later he came.",
        "1724=1724-01-01..1725-01-01 year; Two years later=1726-01-01..1727-01-01 year",
    );
    check(
        "In June 1920 she wed. That year she moved.",
        "June 1920=1920-06-01..1920-07-01 month; That year=1920-01-01..1921-01-01 year",
    );
    check(
        "In 1973 and in March the same year",
        "1973=1973-01-01..1974-01-01 year; March the same year=1973-03-01..1973-04-01 month",
    );
    check(
        "On 3 May 1999, the previous Friday",
        "3 May 1999=1999-05-03..1999-05-04 day; the previous Friday=1999-04-30..1999-05-01 day",
    );
    check(
        "in the third quarter, up from a year earlier",
        "the third quarter=2023-07-01..2023-10-01 quarter; a year earlier=2022-07-01..2022-10-01 quarter",
    );
    check("the day before the vote", "");
    check_undated("the following day", "");
}

#[test]
fn stretches() {
    check(
        "from March 3 to 5",
        "March 3=2024-03-03..2024-03-04 day; 5=2024-03-05..2024-03-06 day; March 3 to 5=2024-03-03..2024-03-06 range",
    );
    check(
        "3-5 March 2021",
        "3=2021-03-03..2021-03-04 day; 5 March 2021=2021-03-05..2021-03-06 day; 3-5 March 2021=2021-03-03..2021-03-06 range",
    );
    check("on March 3 and 10", "March 3=2024-03-03..2024-03-04 day; 10=2024-03-10..2024-03-11 day");
    check(
        "between 2014 and 2022",
        "2014=2014-01-01..2015-01-01 year; 2022=2022-01-01..2023-01-01 year; between 2014 and 2022=2014-01-01..2023-01-01 range",
    );
    check(
        "from January 23 through March 9 2014",
        "January 23=2014-01-23..2014-01-24 day; March 9 2014=2014-03-09..2014-03-10 day; January 23 through March 9 2014=2014-01-23..2014-03-10 range",
    );
    check(
        "(1871 – 72)",
        "1871=1871-01-01..1872-01-01 year; 72=1872-01-01..1873-01-01 year; 1871 – 72=1871-01-01..1873-01-01 range",
    );
    check(
        "1947–2012",
        "1947=1947-01-01..1948-01-01 year; 2012=2012-01-01..2013-01-01 year; 1947–2012=1947-01-01..2013-01-01 range",
    );
    check(
        "since 2014",
        "2014=2014-01-01..2015-01-01 year; since 2014=2014-01-01..2024-03-21 range",
    );
    check(
        "It rains between October and April.",
        "October=2023-10-01..2023-11-01 month; April=2024-04-01..2024-05-01 month; between October and April=2023-10-01..2024-05-01 range",
    );
    check_undated("since 2014", "2014=2014-01-01..2015-01-01 year");
    check_undated(
        "from May to July",
        "May=--05..--06 recurring; July=--07..--08 recurring; May to July=--05..--08 recurring",
    );
}

#[test]
fn days_with_names() {
    check("before Christmas", "Christmas=2023-12-25..2023-12-26 day");
    check("on Easter Monday 2025", "Easter Monday 2025=2025-04-21..2025-04-22 day");
    check("after Good Friday", "Good Friday=2024-03-29..2024-03-30 day");
    check("last Thanksgiving", "last Thanksgiving=2023-11-23..2023-11-24 day");
    check("On Election Day they won.", "Election Day=2023-11-07..2023-11-08 day");
    check("after 9/11", "9/11=2001-09-11..2001-09-12 day");
}
