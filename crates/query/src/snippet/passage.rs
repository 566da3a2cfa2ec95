//! Which sentences to show: those that hold the most of the query, together no longer than asked.

use std::ops::Range;

use dateline_article::Span;
use dateline_schema::analyze::sentences;
use unicode_segmentation::GraphemeCursor;

use super::{Match, Passage, merged};

/// Shorter passages take the sentence before them along.
const SHORT_SHARE: usize = 2;

/// The best passage of `text`. `matches` ascend.
pub(super) fn best(text: &str, matches: &[Match], longest_chars: usize) -> Passage {
    let pieces = pieces(text, matches, longest_chars);
    let window = best_window(&pieces, matches, longest_chars);
    let (Some(first), Some(last)) =
        (pieces.get(window.start), pieces.get(window.end.saturating_sub(1)))
    else {
        return Passage::default();
    };
    one_line(text, first, last, matches)
}

/// A sentence, or a cut from one that is too long.
struct Piece {
    range: Range<usize>,
    chars: usize,
    cut_before: bool,
    cut_after: bool,
}

/// The sentences, those that a match goes over as one; what is too long in pieces, cut between words and outside matches.
fn pieces(text: &str, matches: &[Match], longest_chars: usize) -> Vec<Piece> {
    let matches = merged(matches.iter());
    let mut found = Vec::new();
    let mut next_match = 0;
    let mut sentences = sentences(text);
    let (mut begun, mut reach) = (0, 0);
    while let Some(mut range) = sentences.next() {
        loop {
            while let Some(begins) = matches.get(begun).filter(|found| found.start < range.end) {
                reach = begins.end;
                begun += 1;
            }
            let next = if reach > range.end { sentences.next() } else { None };
            let Some(next) = next else { break };
            range.end = next.end;
        }
        let sentence = text.get(range.clone()).unwrap_or_default();
        let chars = sentence.chars().count();
        if chars <= longest_chars {
            found.push(Piece { range, chars, cut_before: false, cut_after: false });
            continue;
        }
        let mut from = range.start;
        while from < range.end {
            while matches.get(next_match).is_some_and(|found| found.end <= from) {
                next_match += 1;
            }
            let to = end_of_piece(
                text,
                from,
                range.end,
                matches.get(next_match..).unwrap_or_default(),
                longest_chars,
            );
            let cut = text.get(from..to).unwrap_or_default();
            let trimmed = from + (cut.len() - cut.trim_start().len())..from + cut.trim_end().len();
            found.push(Piece {
                chars: cut.trim().chars().count(),
                cut_before: from > range.start,
                cut_after: to < range.end,
                range: trimmed,
            });
            from = to;
        }
    }
    if let [.., _, last] = found.as_slice()
        && is_sign_off(text.get(last.range.clone()).unwrap_or_default())
        && !matches.iter().any(|found| found.end > last.range.start)
    {
        found.pop();
    }
    found
}

/// Whether the end of an article is an agency's name and no part of the story: one word that begins with a capital, without a full stop.
fn is_sign_off(last: &str) -> bool {
    const LONGEST_CHARS: usize = 20;
    last.starts_with(char::is_uppercase)
        && last.chars().all(char::is_alphabetic)
        && last.chars().count() <= LONGEST_CHARS
}

/// Where a piece that begins at `from` ends: after at most `longest_chars`, before a word, never inside a match.
fn end_of_piece(
    text: &str,
    from: usize,
    end: usize,
    matches: &[Range<usize>],
    longest_chars: usize,
) -> usize {
    let rest = text.get(from..end).unwrap_or_default();
    let mut letters = rest.char_indices().skip(longest_chars.max(1));
    let Some((limit, _)) = letters.next() else { return end };
    let within = rest.get(..limit).unwrap_or_default();
    let border = within
        .char_indices()
        .rev()
        .find(|(_, letter)| letter.is_whitespace())
        .map(|(at, letter)| at + letter.len_utf8());
    let mut to = from + border.filter(|at| *at > 0).unwrap_or_else(|| whole(rest, limit));
    if let Some(crossed) =
        matches.iter().take_while(|found| found.start < to).find(|found| found.end > to)
    {
        // Before the match where that leaves something, else after it.
        to = if crossed.start > from { crossed.start } else { crossed.end.min(end) };
    }
    to
}

/// The end of the last character, as people see it, at or before byte `limit`; `limit` itself where the first one goes on beyond.
fn whole(text: &str, limit: usize) -> usize {
    let mut cursor = GraphemeCursor::new(limit, text.len(), true);
    if cursor.is_boundary(text, 0) == Ok(true) {
        return limit;
    }
    let before = cursor.prev_boundary(text, 0).ok().flatten();
    before.filter(|at| *at > 0).unwrap_or(limit)
}

/// The pieces, side by side and together not too long, that hold the most different leaves, then the most matches, the earliest ones.
fn best_window(pieces: &[Piece], matches: &[Match], longest_chars: usize) -> Range<usize> {
    let of_piece = matches_of(pieces, matches);
    let leaves = matches.iter().map(|found| found.leaf + 1).max().unwrap_or_default();
    let mut counts = vec![0_usize; leaves];
    let (mut distinct, mut total, mut chars) = (0, 0, 0);
    let mut start = 0;
    let mut best = (0, 0, 0..1.min(pieces.len()));
    for (end, piece) in pieces.iter().enumerate() {
        chars += piece.chars + 1;
        for found in matches.get(of_piece.get(end).cloned().unwrap_or_default()).unwrap_or_default()
        {
            total += 1;
            if let Some(count) = counts.get_mut(found.leaf) {
                distinct += usize::from(*count == 0);
                *count += 1;
            }
        }
        while chars > longest_chars + 1 && start < end {
            chars -= pieces.get(start).map_or(0, |piece| piece.chars + 1);
            for found in
                matches.get(of_piece.get(start).cloned().unwrap_or_default()).unwrap_or_default()
            {
                total -= 1;
                if let Some(count) = counts.get_mut(found.leaf) {
                    *count -= 1;
                    distinct -= usize::from(*count == 0);
                }
            }
            start += 1;
        }
        // A window that grew without gain stays as good as it was: the opening one grows to its full length.
        let grows = best.2.start == start;
        if (distinct, total) > (best.0, best.1) || (grows && (distinct, total) == (best.0, best.1))
        {
            best = (distinct, total, start..end + 1);
        }
    }
    widen(best.2, pieces, longest_chars)
}

/// Takes neighbours along while a passage is short.
fn widen(mut window: Range<usize>, pieces: &[Piece], longest_chars: usize) -> Range<usize> {
    let chars_of = |at: usize| pieces.get(at).map_or(usize::MAX / 2, |piece| piece.chars + 1);
    let mut chars: usize = window.clone().map(chars_of).sum();
    while window.start > 0
        && chars < longest_chars / SHORT_SHARE
        && chars + chars_of(window.start - 1) <= longest_chars + 1
    {
        window.start -= 1;
        chars += chars_of(window.start);
    }
    window
}

/// The matches that lie in each piece.
fn matches_of(pieces: &[Piece], matches: &[Match]) -> Vec<Range<usize>> {
    let mut next = 0;
    let of_one = |piece: &Piece| {
        while matches.get(next).is_some_and(|found| found.start < piece.range.start) {
            next += 1;
        }
        let first = next;
        while matches.get(next).is_some_and(|found| found.start < piece.range.end) {
            next += 1;
        }
        first..next
    };
    pieces.iter().map(of_one).collect()
}

/// The text from one piece to another with single blanks, and its matches.
fn one_line(text: &str, first: &Piece, last: &Piece, matches: &[Match]) -> Passage {
    let range = first.range.start..last.range.end;
    let mut passage = Passage::default();
    if first.cut_before {
        passage.text.push('…');
    }
    let inside =
        matches.iter().filter(|found| found.start >= range.start && found.end <= range.end);
    let marks = merged(inside);
    let mut marks = marks.into_iter().peekable();
    let mut begun = None;
    let mut blank = false;
    for (offset, letter) in text.get(range.clone()).unwrap_or_default().char_indices() {
        let at = range.start + offset;
        if let Some((start, mark)) = begun
            && at >= mark
        {
            passage.highlights.extend(Span::new(start..passage.text.len()));
            begun = None;
        }
        if letter.is_whitespace() || letter.is_control() {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) {
            passage.text.push(' ');
        }
        if let Some(mark) = marks.next_if(|mark| mark.start <= at) {
            begun = Some((passage.text.len(), mark.end));
        }
        passage.text.push(letter);
    }
    if let Some((start, _)) = begun {
        passage.highlights.extend(Span::new(start..passage.text.len()));
    }
    if last.cut_after {
        passage.text.push('…');
    }
    passage
}
