//! Lines inside the text that the extractor chose which are not of the article: links to other articles, labels of advertisements and galleries,
//! invitations to subscribe at its end.
//!
//! Only what a line is made of counts: how much of it is a link, how it begins, where it stands. If the rules would take a large part of the text, the
//! page is a list of links and all stays.

use std::collections::HashSet;

use dateline_article::calendar;

use super::{phrases, title};
use crate::markup::Block;

/// Lines at the beginning that may be times.
const MOST_OPENINGS: usize = 4;

/// Lines looked at from the end.
const MOST_CLOSINGS: usize = 8;

/// Bytes of a line that closes a page at most; what is longer is a paragraph in its own right.
const LONGEST_CLOSING_BYTES: usize = 400;

/// Lines one after another that make a passage.
const REPEATED_LINES: usize = 3;

/// Bytes from which on a line is not said twice by chance.
const LONG_BYTES: usize = 60;

/// The blocks that are the article's.
pub(super) fn without(mut blocks: Vec<Block>) -> Vec<Block> {
    let kept = once(&blocks);
    retain(&mut blocks, &kept);
    let kept = of_the_article(&blocks);
    let all: usize = blocks.iter().map(|block| block.bytes).sum();
    let gone = blocks.iter().zip(&kept).filter(|(_, kept)| !**kept);
    if gone.map(|(block, _)| block.bytes).sum::<usize>() * 3 <= all {
        retain(&mut blocks, &kept);
    }
    blocks
}

fn retain(blocks: &mut Vec<Block>, kept: &[bool]) {
    let mut kept = kept.iter();
    blocks.retain(|_| kept.next() == Some(&true));
}

fn of_the_article(blocks: &[Block]) -> Vec<bool> {
    let mut kept: Vec<bool> =
        blocks.iter().map(|block| !leads_away(block) && !is_label(&block.text)).collect();
    drop_lists(blocks, &mut kept);
    drop_closings(blocks, &mut kept);
    drop_bare_headings(blocks, &mut kept);
    drop_times(blocks, &mut kept);
    kept
}

fn is_heading(block: &Block) -> bool {
    matches!(block.element.as_bytes(), [b'h', b'1'..=b'6'])
}

/// Whether nearly all of a block is links.
fn is_linked(block: &Block) -> bool {
    block.linked_bytes * 10 >= block.bytes * 9
}

/// A paragraph that is one link and no sentence, or that says where its link leads.
fn leads_away(block: &Block) -> bool {
    let in_table = matches!(&*block.element, "td" | "th" | "dd" | "dt");
    if is_heading(block) || block.in_item || in_table {
        return false;
    }
    let is_link = is_linked(block)
        && block.text.split_whitespace().count() >= 3
        && !block.text.ends_with(['.', '。']);
    is_link || (begins(&block.text, phrases::LEADS) && block.linked_bytes * 3 >= block.bytes)
}

/// Whether a text begins with one of a list of phrases; signs before its first letter do not count.
fn begins(text: &str, list: &str) -> bool {
    let text = text.trim_start_matches(|sign: char| !sign.is_alphanumeric() && sign != '©');
    let start: String = text.chars().take(40).flat_map(char::to_lowercase).collect();
    list.split('|').any(|known| start.starts_with(known))
}

fn is_label(text: &str) -> bool {
    text.len() < 60 && {
        let key = title::key(text);
        phrases::LABELS.split('|').any(|known| known == key) || is_counter(&key)
    }
}

/// "Image 2 of 5", "2 / 5"
fn is_counter(key: &str) -> bool {
    let mut numbers = 0;
    let only = key.split(' ').all(|word| {
        let number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        numbers += usize::from(number);
        number || matches!(word, "image" | "photo" | "slide" | "of" | "bild" | "foto" | "de" | "di")
    });
    only && numbers == 2
}

/// Drops lists all of whose items are links.
fn drop_lists(blocks: &[Block], kept: &mut [bool]) {
    let mut at = 0;
    for run in blocks.chunk_by(|one, next| one.in_item && next.in_item) {
        let all = run.iter().all(|block| block.in_item && is_linked(block));
        drop_run(kept, at, run.len(), all);
        at += run.len();
    }
}

fn drop_run(kept: &mut [bool], at: usize, length: usize, drops: bool) {
    if drops {
        kept.iter_mut().skip(at).take(length).for_each(|kept| *kept = false);
    }
}

/// Drops what stands behind an article: rights, addresses, invitations.
fn drop_closings(blocks: &[Block], kept: &mut [bool]) {
    let last = blocks.iter().zip(kept).rev().filter(|(_, kept)| **kept);
    for (block, kept) in last.take(MOST_CLOSINGS) {
        let leads = block.linked_bytes > 0 || block.text.contains(['@', '/']);
        let closes = block.text.len() < LONGEST_CLOSING_BYTES
            && !is_heading(block)
            && (begins(&block.text, phrases::RIGHTS)
                || (leads && begins(&block.text, phrases::INVITATIONS)));
        *kept = !closes;
    }
}

/// Drops headings under which all was dropped, and those at the end that lead to nothing.
fn drop_bare_headings(blocks: &[Block], kept: &mut [bool]) {
    let (mut text_follows, mut gone_follows) = (false, false);
    for (block, kept) in blocks.iter().zip(kept.iter_mut()).rev() {
        if is_heading(block) {
            *kept &= text_follows || !(gone_follows || begins(&block.text, phrases::LEADS));
            (text_follows, gone_follows) = (false, false);
        } else if *kept {
            text_follows = true;
        } else {
            gone_follows = true;
        }
    }
}

/// Passes over passages that stood before: pages hold their text a second time for other screens.
fn once(blocks: &[Block]) -> Vec<bool> {
    let mut seen = HashSet::new();
    let again: Vec<bool> = blocks
        .iter()
        .map(|block| block.text.len() >= LONG_BYTES && !seen.insert(block.text.as_str()))
        .collect();
    let mut kept = vec![true; blocks.len()];
    let mut at = 0;
    for run in again.chunk_by(|one, next| one == next) {
        let drops = run.first() == Some(&true) && run.len() >= REPEATED_LINES;
        drop_run(&mut kept, at, run.len(), drops);
        at += run.len();
    }
    kept
}

/// Drops lines of days and times that open the text.
fn drop_times(blocks: &[Block], kept: &mut [bool]) {
    for (block, kept) in blocks.iter().zip(kept).take(MOST_OPENINGS) {
        *kept &= !is_time(&block.text);
    }
}

/// Whether a line is nothing but days and times: "Published 14 March 2024, 9:30 am | Updated 2 hours ago".
fn is_time(line: &str) -> bool {
    if line.len() > 160 {
        return false;
    }
    let (mut digits, mut others, mut day) = (false, false, false);
    for word in line.split(|character: char| !character.is_alphanumeric()) {
        let word = word.to_lowercase();
        let letters = word.trim_start_matches(|character: char| character.is_ascii_digit());
        digits |= letters.len() < word.len();
        let month = calendar::month(letters).is_some();
        let known = letters.is_empty() || month || calendar::weekday(letters).is_some();
        others |= !(known || phrases::TIMES.split('|').any(|time| time == letters));
        day |= month || matches!(letters, "ago" | "updated" | "published" | "posted");
    }
    digits && day && !others
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a fragment among three paragraphs of prose, with `/` between blocks.
    #[track_caller]
    fn check(before: &str, after: &str, expected: &str) {
        let prose = "<p>The ferry stayed in port on Thursday because of the storm, the harbour master said, and nobody knew when it would sail. The crew counted the blankets, and the passengers waited in the hall.</p>";
        let blocks = without(crate::markup::blocks(&format!("{before}{prose}{after}")));
        let texts: Vec<_> = blocks
            .iter()
            .map(|block| if block.text.starts_with("The ferry") { "*" } else { &block.text })
            .collect();
        assert_eq!(texts.join("/"), expected, "{before}*{after}");
    }

    #[test]
    fn links_to_other_articles_go() {
        check("", "<p><a href=/b>Storm closes three schools</a></p>", "*");
        check(
            "",
            "<p>Related: <a href=/b>Storm closes schools</a></p><p>He left.</p>",
            "*/He left.",
        );
        check(
            "",
            "<p><a href=/b>It was the first storm of the year.</a></p>",
            "*/It was the first storm of the year.",
        );
        check("", "<p><a href=/b>Ilse Varga</a></p>", "*/Ilse Varga");
        check("", "<p>Related: the storm of 1999.</p>", "*/Related: the storm of 1999.");
        check(
            "",
            "<h3>More stories</h3><ul><li><a href=/b>One</a></li><li><p><a href=/c>Two</a></p></li></ul>",
            "*",
        );
        check("", "<ul><li><a href=/b>One</a></li><li>Two</li></ul>", "*/One/Two");
        check(
            "",
            "<table><tr><td><a href=/b>A long cell here</a></td></tr></table>",
            "*/A long cell here",
        );
    }

    #[test]
    fn labels_and_times_go() {
        check(
            "<p>Advertisement</p><p>Image 2 of 5</p>",
            "<p>2 / 5</p><p>Share this article</p>",
            "*",
        );
        check("<p>Published 14 March 2024, 9:30 am | Updated 2 hours ago</p>", "", "*");
        check("<p>14 мая 2024</p><p>10 p.m.</p><p>2 of 5 boats</p>", "", "10 p.m./2 of 5 boats/*");
        check(
            "",
            "<p>14 March 2024</p><p>14 March 2024</p><p>14 March 2024</p><p>14 March 2024</p>",
            "*/14 March 2024",
        );
    }

    #[test]
    fn what_stands_behind_goes() {
        check(
            "",
            "<p>© 2024 Orlava Post</p><p><a href=/l>Sign up</a> for our letter</p><p>Email ilse@example.org</p>",
            "*",
        );
        check(
            "<p>Follow the river, he said.</p>",
            &"<p>So it went.</p>".repeat(8),
            "Follow the river, he said./*/So it went./So it went./So it went./So it went./So it went./So it went./So it went./So it went.",
        );
    }

    #[test]
    fn a_passage_is_said_once() {
        let line = |word: &str| {
            format!("<p>The {word} boat left the harbour of Orlava at nine in the morning.</p>")
        };
        let passage = [line("first"), line("second"), line("third")].concat();
        let blocks = without(crate::markup::blocks(&format!("{passage}<p>Between.</p>{passage}")));
        assert_eq!(blocks.len(), 4);
        assert_eq!(without(crate::markup::blocks(&line("last").repeat(2))).len(), 2, "a refrain");
    }

    #[test]
    fn a_list_of_links_stays() {
        let list = "<p><a href=/b>Storm closes three schools</a></p>".repeat(6);
        let blocks = crate::markup::blocks(&list);
        assert_eq!(without(blocks).len(), 6);
    }
}
