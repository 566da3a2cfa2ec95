//! Word lists inside the binary, each a text of sorted lines that is searched in place: nothing is parsed at start-up but two small
//! sets of words that are asked for at every capital letter.
//!
//! Keys are folded as [`dateline_gazetteer::fold`] folds them. The lists hold words and names only; what follows from a word's standing in
//! one is decided by their users. Sources: `human_names.txt` from npm `humannames` (MIT), `ordinary.txt` counted in front pages of 1916
//! (public domain) and extended by hand, all others own work.

use std::cmp::Ordering;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

/// Lines of `key` or `key<TAB>values`, sorted by the bytes of the key, no key twice.
#[derive(Clone, Copy)]
pub(crate) struct Rows(&'static str);

/// Given names of many cultures.
pub(crate) const GIVEN: Rows = Rows(include_str!("given.txt"));
/// Family names that stand before the given name (Chinese, Korean, Vietnamese).
pub(crate) const FAMILY_FIRST: Rows = Rows(include_str!("family_first.txt"));
/// Given and family names mixed, many of them words too.
pub(crate) const HUMAN_NAMES: Rows = Rows(include_str!("human_names.txt"));
/// English words that print usually begins with a small letter.
pub(crate) const ORDINARY: Rows = Rows(include_str!("ordinary.txt"));
/// Function words of several languages: no name begins or ends with them.
pub(crate) const STOP: Rows = Rows(include_str!("stop.txt"));
/// Days, months, feasts, time zones.
pub(crate) const CALENDAR: Rows = Rows(include_str!("calendar.txt"));
/// Titles, ranks and roles that stand before a person's name, of one to five words.
pub(crate) const TITLES: Rows = Rows(include_str!("titles.txt"));
/// Head words of organisations, with the letters of [`head`].
pub(crate) const HEADS: Rows = Rows(include_str!("heads.txt"));
/// Known organisations: `name<TAB>c or -<TAB>the name that stands for all its names`; `c` = sought in capital letters only.
pub(crate) const ORGANISATIONS: Rows = Rows(include_str!("organisations.txt"));
/// Peoples, faiths, convictions, languages: written with a capital letter, and no name by themselves.
pub(crate) const CONVICTIONS: Rows = Rows(include_str!("convictions.txt"));
/// Words in capital letters that name no organisation (CEO, GDP).
pub(crate) const CAPITALS: Rows = Rows(include_str!("capitals.txt"));

/// How a head word makes an organisation's name.
pub(crate) mod head {
    /// It ends the name: Labour *Party*.
    pub(crate) const LAST: char = 'l';
    /// It begins one before "of": *Bank* of England.
    pub(crate) const FIRST: char = 'f';
    /// It is a firm's legal form: Acme *Inc*.
    pub(crate) const SUFFIX: char = 's';
}

/// Whether an organisation of the list may begin with this word: most words are passed over quickly.
// perf: benches/extract.rs
pub(crate) fn begins_organisation(key: &str) -> bool {
    static FIRST_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        ORGANISATIONS.0.lines().filter_map(|line| line.split([' ', '\t']).next()).collect()
    });
    FIRST_WORDS.contains(key)
}

/// Whether a word is a firm's legal form.
// perf: benches/extract.rs
pub(crate) fn is_legal_form(key: &str) -> bool {
    static LEGAL_FORMS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let rows = HEADS.0.lines().map(split);
        rows.filter(|(_, letters)| letters.contains(head::SUFFIX)).map(|(key, _)| key).collect()
    });
    LEGAL_FORMS.contains(key)
}

impl Rows {
    /// Whether the list holds `key`.
    pub(crate) fn contains(self, key: &str) -> bool {
        self.values(key).is_some()
    }

    /// What stands after the key, empty where nothing does.
    pub(crate) fn values(self, key: &str) -> Option<&'static str> {
        let tail = self.0.get(self.lower_bound(key)..)?.strip_prefix(key)?;
        let values = tail.strip_prefix('\t').unwrap_or(tail);
        let is_whole = values.len() < tail.len() || tail.is_empty() || tail.starts_with('\n');
        let end = values.bytes().position(|byte| byte == b'\n').unwrap_or(values.len());
        values.get(..end).filter(|_| is_whole)
    }

    /// The rows whose key is `word` or begins with it and a space, in order.
    pub(crate) fn beginning_with(
        self,
        word: &str,
    ) -> impl Iterator<Item = (&'static str, &'static str)> + use<'_> {
        let tail = self.0.get(self.lower_bound(word)..).unwrap_or_default();
        // A space sorts before every letter, so these rows stand together.
        tail.lines().map(split).take_while(move |(key, _)| {
            key.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    }

    /// Offset of the first line whose key is not less than `key`.
    // perf: lines are a few bytes long, so plain loops beat calls of memchr and memcmp threefold.
    fn lower_bound(self, key: &str) -> usize {
        let bytes = self.0.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let before = bytes.get(low..middle).unwrap_or_default();
            let start =
                before.iter().rposition(|&byte| byte == b'\n').map_or(low, |at| low + at + 1);
            let line = bytes.get(start..).unwrap_or_default();
            if is_before(line, key.as_bytes()) {
                let length = line.iter().position(|&byte| byte == b'\n').unwrap_or(line.len());
                low = (start + length + 1).min(bytes.len());
            } else {
                high = start;
            }
        }
        low
    }
}

/// Whether the key of the line at the beginning of `lines` sorts before `key`.
fn is_before(lines: &[u8], key: &[u8]) -> bool {
    let ends = |byte: Option<&u8>| matches!(byte, None | Some(b'\n' | b'\t'));
    let mut line = lines.iter();
    for wanted in key {
        let found = line.next();
        if ends(found) {
            return true;
        }
        match found.cmp(&Some(wanted)) {
            Ordering::Equal => {}
            Ordering::Less => return true,
            Ordering::Greater => return false,
        }
    }
    false
}

fn split(line: &'static str) -> (&'static str, &'static str) {
    line.split_once('\t').unwrap_or((line, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(&str, Rows); 11] = [
        ("given", GIVEN),
        ("family_first", FAMILY_FIRST),
        ("human_names", HUMAN_NAMES),
        ("ordinary", ORDINARY),
        ("stop", STOP),
        ("calendar", CALENDAR),
        ("titles", TITLES),
        ("heads", HEADS),
        ("organisations", ORGANISATIONS),
        ("capitals", CAPITALS),
        ("convictions", CONVICTIONS),
    ];

    #[test]
    fn lists_are_sorted_folded_and_without_repetition() {
        for (name, rows) in ALL {
            let keys: Vec<_> = rows.0.lines().map(|line| split(line).0).collect();
            for pair in keys.windows(2) {
                assert!(pair[0] < pair[1], "{name}: {} before {}", pair[0], pair[1]);
            }
            for key in keys {
                assert_eq!(dateline_gazetteer::fold(key), key, "{name}");
            }
        }
    }

    #[test]
    fn every_row_is_found_and_nothing_else() {
        for (name, rows) in ALL {
            for line in rows.0.lines().step_by(37) {
                let (key, values) = split(line);
                assert_eq!(rows.values(key), Some(values), "{name}: {key}");
                assert!(!rows.contains(&format!("{key}\u{1}")), "{name}: {key}");
            }
            assert!(!rows.contains(""), "{name}");
            assert!(!rows.contains("\u{10ffff}"), "{name}");
        }
    }

    #[test]
    fn rows_beginning_with_a_word() {
        let keys = |word| TITLES.beginning_with(word).map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(keys("chargé"), [""; 0]);
        assert!(keys("prime").contains(&"prime minister"));
        assert!(keys("prime").iter().all(|key| key.starts_with("prime ")));
        assert!(keys("secretary").contains(&"secretary"));
    }

    #[test]
    fn there_are_enough_given_names() {
        assert!(GIVEN.0.lines().count() >= 1_500);
    }
}
