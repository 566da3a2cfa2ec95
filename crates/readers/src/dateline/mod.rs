//! Finds the dateline at the beginning of an article: "KYIV, March 14 (Agency) —", "Berlin (dpa) –", "МОСКВА, 14 марта. /ТАСС/.".
//!
//! Rules, no gazetteer: a place in capitals with an agency, a date or a dash after it; a place in mixed case only with a date, a known agency or the
//! country it lies in as well. What is not surely a dateline is left alone. Forms follow the style books of news agencies in use since the 1980s.

use dateline_article::{Dateline, Edge, calendar};

mod day;
mod words;

use day::{as_year, date_piece, day_number, edge, is_weekday_or_day, month_and_day};
use words::{AGENCIES, COUNTRIES, JOINING, LABELS};

/// A dateline ends within this many bytes.
const LONGEST_BYTES: usize = 200;

/// How a dateline comes to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// As the beginning of a paragraph like any other.
    InText,
    /// In an element of its own: it is one, however it is written.
    ByFormat,
}

/// The dateline at the beginning of `paragraph`; its length counts the dash and the blank after it.
pub(crate) fn find(paragraph: &str) -> Option<Dateline> {
    read(paragraph, Given::InText)
}

/// Reads `text`, the content of a dateline element.
pub(crate) fn of_element(text: &str) -> Option<Dateline> {
    read(text, Given::ByFormat)
}

fn read(text: &str, given: Given) -> Option<Dateline> {
    let window = text.get(..text.floor_char_boundary(LONGEST_BYTES)).unwrap_or_default();
    // "(ANSA) - ROMA, 14 MAR - ": the agency may lead.
    let (leading, start) = leading_agency(window).unwrap_or((None, 0));
    let rest = window.get(start..)?;
    // The first dash that closes a dateline; "NEW YORK--(WIRE)--" and "Saint-Denis - " have others before.
    let closed_by_dash = dashes(rest, given).into_iter().find_map(|(head, end)| {
        let dateline = parse(rest.get(..head)?, leading, given)?;
        let bare = dateline.date.is_none() && dateline.agency.is_none();
        let heading = given == Given::InText && bare && goes_on(rest.get(end..)?);
        (!heading).then_some((dateline, end))
    });
    let found = closed_by_dash.or_else(|| closed_by_stop(rest));
    let alone = || Some((agency_alone(window)?, 0));
    let ((mut dateline, mut end), start) = found.map(|found| (found, start)).or_else(alone)?;
    dateline.agency = dateline.agency.or(leading.map(str::to_owned));
    end += trailing(&mut dateline, rest.get(end..).unwrap_or_default());
    let body = text.get(start + end..).unwrap_or_default();
    let blank = body.len() - body.trim_start().len();
    dateline.length_bytes = u32::try_from(start + end + blank).ok()?;
    Some(dateline)
}

/// "Berlin, 3. Oktober. Die", "NEW DELHI, March 14: The": behind a day a full stop or a colon ends a dateline too.
fn closed_by_stop(text: &str) -> Option<(Dateline, usize)> {
    let stops = text.match_indices([':', '.']).filter(|(at, _)| {
        text.get(at + 1..).is_some_and(|after| after.starts_with([' ', '\u{a0}']))
    });
    stops.take(6).find_map(|(at, _)| {
        let head = text.get(..at)?;
        let dateline = parse(head, None, Given::InText)?;
        let has_day = match dateline.date? {
            Edge::Yearless { day, .. } => day.is_some(),
            _ => true,
        };
        // "In London, March 14. Day of" has its day, but no place alone before it.
        let opens_sentence = words::OPENING.contains(&head.split(' ').next()?);
        let one_place =
            head.split(',').count() <= 3 && dateline.agency.is_none() && !opens_sentence;
        (has_day && one_place).then_some((dateline, at + 1))
    })
}

/// "(AFP) - Text": an agency and no place.
fn agency_alone(text: &str) -> Option<(Dateline, usize)> {
    let (agency, end) = agency_and_dash(text)?;
    Some((Dateline { agency: Some(agency.to_owned()), ..Dateline::default() }, end))
}

/// An agency in parentheses and the dash behind it, with the end of that.
fn agency_and_dash(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('(')?;
    let (agency, after) = inner.split_once(')')?;
    let body = after.trim_start().trim_start_matches(['-', '–', '—', '_']);
    let has_dash = body.len() < after.trim_start().len();
    let apart = body.is_empty() || body.starts_with([' ', '\u{a0}']) || after.contains("--");
    (has_dash && apart && is_known_agency(agency)).then(|| (agency.trim(), text.len() - body.len()))
}

/// Takes what stands behind the dash and still belongs to the dateline: "ROME, 14 March - (ANSA) - ", "BOSTON, MA--(Marketwire)--03/14/12-- ". Returns its
/// length.
fn trailing(dateline: &mut Dateline, after: &str) -> usize {
    let start = after.trim_start();
    if dateline.agency.is_some() {
        return 0;
    }
    let Some((agency, end)) = agency_and_dash(start) else { return 0 };
    dateline.agency = Some(agency.to_owned());
    let mut rest = start.get(end..).unwrap_or_default();
    // American wires write the month first.
    let trimmed = rest.trim_start();
    let numeric = trimmed.find(|sign: char| !sign.is_ascii_digit() && sign != '/');
    if let Some((date, behind)) = numeric.and_then(|at| trimmed.split_at_checked(at))
        && let [month, day, year] = date.split('/').collect::<Vec<_>>().as_slice()
        && let (Some(month), Some(day)) = (day_number(month), day_number(day))
        && let Some(year) = as_year(year).or_else(|| as_year(&format!("20{year}")))
        && month <= 12
    {
        let body = behind.trim_start().trim_start_matches(['-', '–', '—']);
        if body.len() < behind.trim_start().len() {
            dateline.date = dateline.date.or_else(|| edge(month, Some(day), Some(year)));
            rest = body;
        }
    }
    after.len() - rest.len()
}

/// Whether what follows the dash shows that a sentence or a heading in capitals goes on, and no text begins: "Sudan, Chad – and the rest",
/// "RUBBER PRICES - APRIL 7", "RATES - LATEST SUMMARY".
fn goes_on(after: &str) -> bool {
    if after.trim_start().starts_with(char::is_lowercase) {
        return true;
    }
    let mut words = after.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let capitals = |word: &str| {
        let letters = word.chars().filter(|character| character.is_alphabetic()).count();
        letters >= 3 && word.chars().all(|character| !character.is_lowercase())
    };
    month_and_day(&format!("{first} {second}")).is_some() || (capitals(first) && capitals(second))
}

/// An agency in parentheses before the place, and where the place begins.
fn leading_agency(text: &str) -> Option<(Option<&str>, usize)> {
    let inner = text.strip_prefix('(')?;
    let (agency, rest) = inner.split_once(')')?;
    let place = rest.trim_start().strip_prefix(['-', '–', '—'])?.trim_start();
    is_known_agency(agency).then(|| (Some(agency.trim()), text.len() - place.len()))
}

/// Where a head may end and the text begin: at most a handful, in order. A dash inside a word ends nothing, but `—`, `--` and what stands after
/// a closing parenthesis or slash do.
fn dashes(text: &str, given: Given) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut characters = text.char_indices().peekable();
    let mut before = ' ';
    let mut open = false;
    while let Some((at, character)) = characters.next() {
        let after = text.get(at + character.len_utf8()..).unwrap_or_default();
        let next = after.chars().next();
        let spaced = before.is_whitespace() || matches!(before, ')' | '/' | '.');
        match character {
            '(' => open = true,
            ')' => open = false,
            _ => {}
        }
        let end = match character {
            // "(Marketwire - Mar 14, 2012)"
            _ if open => None,
            '-' if after.starts_with('-') => {
                let dashes = after.len() - after.trim_start_matches('-').len();
                for _ in 0..dashes {
                    characters.next();
                }
                (!after.trim_start_matches('-').starts_with('(')).then_some(at + 1 + dashes)
            }
            // Wires without dashes write `_`.
            '-' | '–' | '‑' | '−' | '_' if spaced && next.is_none_or(char::is_whitespace) => {
                Some(at + character.len_utf8())
            }
            '—' | '―' => Some(at + character.len_utf8()),
            '|' if before == ' ' && next == Some(' ') => Some(at + 1),
            // "/TASS/. Text", "(Interfax): Text"
            '/' if matches!(next, Some('.')) => Some(at + 2),
            ')' if matches!(next, Some('.' | ':'))
                && after.get(1..).is_some_and(|rest| rest.starts_with(' ')) =>
            {
                Some(at + 2)
            }
            _ => None,
        };
        if let Some(end) = end {
            let head = if matches!(character, '/' | ')') { at + 1 } else { at };
            found.push((head, end));
        }
        before = character;
        if found.len() == 4 || character == '\n' {
            break;
        }
    }
    if given == Given::ByFormat {
        found.push((text.len(), text.len()));
    }
    found
}

/// Reads what stands before the dash.
fn parse(head: &str, leading: Option<&str>, given: Given) -> Option<Dateline> {
    let head = head.trim().trim_end_matches([',', '-', '–']).trim_end();
    let head = head.strip_suffix('.').filter(|head| head.ends_with([')', '/'])).unwrap_or(head);
    let (head, agency) = split_agency(head);
    let (head, agency) = if agency.is_none() { split_signature(head) } else { (head, agency) };
    let mut pieces: Vec<&str> = head
        .split([',', ';'])
        .flat_map(|piece| piece.split(" - "))
        .flat_map(sentence_pieces)
        .collect();
    if given == Given::ByFormat {
        pieces = pieces.into_iter().flat_map(place_and_date).collect();
    }
    pieces.retain(|piece| !piece.is_empty());
    let mut agency = agency;
    // "MOSCOW. March 14. INTERFAX -"; behind a day whatever is in capitals signs.
    if agency.is_none()
        && let [_, before @ .., last] = pieces.as_slice()
        && (is_known_agency(last)
            || is_capitals(last)
                && is_name(last)
                && !last.contains(' ')
                && before.last().is_some_and(|before| date_piece(before).is_some()))
    {
        agency = pieces.pop();
    }
    let mut date = None;
    let mut dated = false;
    while pieces.len() > 1 {
        let Some((last, before)) = pieces.split_last() else { break };
        // "March 14, 2024": the year is a piece of its own.
        if let (Some(year), Some((day, places))) = (as_year(last), before.split_last())
            && let Some((month, day)) = month_and_day(day)
        {
            date = Some(edge(month, day, Some(year))?);
            dated = true;
            pieces = places.to_vec();
            break;
        }
        if let Some((month, day, year)) =
            date_piece(last).or_else(|| Some((calendar::month(last)?, None, None)))
        {
            date = Some(edge(month, day, year)?);
        } else if !is_weekday_or_day(last) {
            break;
        }
        dated = true;
        pieces.pop();
    }
    let place = accept_place(&pieces, given, agency.or(leading), dated)?;
    Some(Dateline {
        place: Some(place),
        date,
        agency: agency.map(|agency| agency.trim().to_owned()),
        length_bytes: 0,
    })
}

/// Splits at full stops after which a new piece begins ("MOSCOW. March 14."), not after abbreviations ("Sept. 3", "PORTLAND, Ore.").
fn sentence_pieces(piece: &str) -> Vec<&str> {
    let piece = piece.trim();
    let mut pieces = Vec::new();
    let mut rest = piece;
    while let Some((first, after)) = rest.split_once(". ") {
        // "14. März 2024"
        if date_piece(rest.trim_end_matches('.')).is_some() {
            break;
        }
        let second = after.split(". ").next().unwrap_or(after).trim_end_matches('.');
        let new_piece = [first, second].into_iter().any(|piece| date_piece(piece).is_some())
            || is_known_agency(second);
        if !new_piece || first.is_empty() {
            break;
        }
        pieces.push(first.trim());
        rest = after.trim_start();
    }
    let last = if date_piece(rest).is_some() || is_known_agency(rest.trim_end_matches('.')) {
        rest.trim_end_matches('.')
    } else {
        rest
    };
    pieces.push(last);
    pieces
}

/// Takes "(AP)", "/TASS/" or "--(BUSINESS WIRE)" off the end of a head.
fn split_agency(head: &str) -> (&str, Option<&str>) {
    let closed = head.strip_suffix(')').and_then(|inner| inner.rsplit_once('('));
    let slashed = || head.strip_suffix('/').and_then(|inner| inner.rsplit_once('/'));
    let Some((before, agency)) = closed.or_else(slashed) else { return (head, None) };
    let agency = agency.trim();
    let looks_right = !agency.is_empty()
        && agency.chars().count() <= 40
        && agency.split_whitespace().count() <= 5
        && agency.chars().any(char::is_alphabetic);
    if !looks_right {
        return (head, None);
    }
    (before.trim_end().trim_end_matches(['-', '–', '—', ',']).trim_end(), Some(agency))
}

/// Takes the agency off "SYDNEY, March 22 AAP", where nothing parts it from the date.
fn split_signature(head: &str) -> (&str, Option<&str>) {
    let Some((before, last)) = head.rsplit_once(' ') else { return (head, None) };
    let before = before.trim_end();
    // "BERLIN taz |"
    if is_capitals(before) && last.chars().all(char::is_lowercase) && is_known_agency(last) {
        return (before, Some(last));
    }
    let mut words = before.rsplit([' ', ',']).filter(|word| !word.is_empty()).take(2);
    let (day, month) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let dated = month_and_day(&format!("{month} {day}")).is_some();
    if dated && is_known_agency(last) { (before, Some(last)) } else { (head, None) }
}

/// "SYDNEY March 22" as its two pieces: an element may leave the comma out.
fn place_and_date(piece: &str) -> [&str; 2] {
    let mut blanks = piece.rmatch_indices(' ').map(|(at, _)| at);
    let second = blanks.nth(1).unwrap_or_default();
    let (place, date) = piece.split_at_checked(second).unwrap_or((piece, ""));
    if month_and_day(date).is_some() { [place.trim(), date.trim()] } else { [piece, ""] }
}

pub(crate) fn is_known_agency(name: &str) -> bool {
    let name = name.trim().trim_end_matches('.');
    // "dpa/lno", "AP-dpa", "Interfax Ukraine"
    let first = name.split(['-', ' ']).next().unwrap_or(name);
    let is_known = |name: &str| AGENCIES.iter().any(|known| known.eq_ignore_ascii_case(name));
    // "tca/dpa", "ritzau/AFP": one that is known is enough.
    is_known(name)
        || AGENCIES.contains(&first)
        || name.split('/').any(|one| is_known(one.trim()) || AGENCIES.contains(&one))
}

/// The place that the pieces name, if all is as a dateline has it.
fn accept_place(
    pieces: &[&str],
    given: Given,
    agency: Option<&str>,
    dated: bool,
) -> Option<String> {
    let first = pieces.first()?;
    // "BC-MARKETS--Opening": the slug of a cycle.
    let slug = ["BC-", "AM-", "PM-"].iter().any(|cycle| first.starts_with(cycle));
    if slug
        || first.starts_with('(')
        || pieces.len() > 4
        || !pieces.iter().all(|piece| is_name(piece))
    {
        return None;
    }
    let place = pieces.join(", ");
    let capitals = is_capitals(first);
    let label = LABELS
        .iter()
        .any(|label| first.split([' ', '/']).any(|word| word.eq_ignore_ascii_case(label)));
    let known = agency.is_some_and(is_known_agency);
    let accepted = match given {
        Given::ByFormat => true,
        Given::InText if label => known && dated,
        Given::InText if capitals => {
            let letters = first.chars().filter(|character| character.is_alphabetic()).count();
            letters >= 2 && first.split_whitespace().count() <= if known { 6 } else { 4 }
        }
        Given::InText => {
            // "Beirut, Lebanon – ": a country behind the place does what a date does.
            let in_country = matches!(pieces, [_, country] if is_country(country));
            (known || in_country || (dated && pieces.len() <= 3))
                && first.split_whitespace().count() <= 4
        }
    };
    accepted.then_some(place)
}

fn is_country(piece: &str) -> bool {
    COUNTRIES.lines().any(|country| country == piece)
}

/// One to six words that begin with capitals (or join such words), without digits.
fn is_name(piece: &str) -> bool {
    let mut words = 0;
    for word in piece.split([' ', '/', '-']).filter(|word| !word.is_empty()) {
        words += 1;
        let mut letters = word.chars().filter(|character| character.is_alphabetic());
        let begins = word.chars().find(|character| !matches!(character, '\'' | '’' | '(' | '"'));
        let plain = !word.contains(|character: char| {
            character.is_ascii_digit() || "?!\":;…".contains(character)
        });
        // A script without capitals ("القاهرة") has no lower case either.
        let capital = letters.next().is_some_and(|first| !first.is_lowercase());
        let joins = JOINING.contains(&word.trim_end_matches('.'));
        if !plain || !(capital || joins) || begins.is_none() {
            return false;
        }
    }
    (1..=6).contains(&words)
}

fn is_capitals(piece: &str) -> bool {
    let upper = piece.chars().any(char::is_uppercase);
    // "McALLEN", "St. PETERSBURG", "RIO de JANEIRO"
    let words = piece.split([' ', '/', '-']).filter(|word| !JOINING.contains(word));
    let (mut all, mut small) = (0, 0);
    for word in words {
        all += 1;
        let lower = word.chars().filter(|character| character.is_lowercase()).count();
        let short = word.ends_with('.') || word.starts_with("Mc") || word.starts_with("Mac");
        small += usize::from(lower > 0 && !short);
    }
    upper && all > 0 && small == 0
}

#[cfg(test)]
mod tests;
