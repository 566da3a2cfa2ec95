//! Keys under which a word of a person's name is found in whatever way it is spelled in Latin letters: Zelenskyy, Selenskyj, Zelensky.
//!
//! A word is read as the spelling habits of several languages would read it, and each reading is written down as coarse sounds: s and z are one, so
//! are sh and zh, b and p are not. Two spellings are of one name where they have a reading in common. Cyrillic and Greek letters are read by
//! their own values. Nothing is known of who bears a name: two families whose names sound alike are one here. The habits are those of the tables of transliteration of the
//! press (ISO 9, BGN/PCGN, Duden, Polish and French usage), reduced to what they disagree about. Short words have no keys but themselves.

mod equal;
mod habits;

use std::sync::LazyLock;

use super::Words;
use habits::{HABITS, Habit, Rule};

/// Sounds that a key must have: the readings of shorter words have too much in common.
const SHORTEST: usize = 4;
/// Characters of a word that are read.
const LONGEST: usize = 40;

/// The keys of a folded word, sorted; at least one.
///
/// Two words are spellings of one name if they share a key. Keys of readings begin with a capital, others are the word itself.
pub fn sounds(word: &str) -> Vec<String> {
    let mut keys = Vec::with_capacity(2);
    add(word, &mut keys);
    if keys.is_empty() {
        keys.push(word.to_owned());
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Whether two folded words are spellings of one name.
pub fn sound_alike(one: &str, other: &str) -> bool {
    one == other || {
        let keys = sounds(one);
        sounds(other).iter().any(|key| keys.contains(key))
    }
}

/// Whether a name has the words of `wanted` in that order, each in any spelling: what `person:` finds.
pub fn has_name(name: &str, wanted: &str) -> bool {
    Heard::of(name).has(&Heard::of(wanted))
}

/// A name as it sounds, to be held against many others: making keys costs more than comparing them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard(Vec<Vec<String>>);

impl Heard {
    /// The keys of each word of a name, as [`sounds`] gives them.
    pub fn of(name: &str) -> Self {
        let mut words = Words::new(name);
        let mut keys = Vec::new();
        while words.advance() {
            keys.push(sounds(words.folded()));
        }
        Self(keys)
    }

    /// Whether it has the words of `wanted` in that order.
    pub fn has(&self, wanted: &Self) -> bool {
        let mut words = self.0.iter();
        let alike = |one: &[String], other: &[String]| one.iter().any(|key| other.contains(key));
        wanted.0.iter().all(|wanted| words.any(|word| alike(word, wanted)))
    }
}

fn add(word: &str, keys: &mut Vec<String>) {
    let letters = letters(word);
    let latin: String = letters.iter().collect();
    if let Some(first) = equal::first_of(&latin) {
        keys.push(format!("={first}"));
        return;
    }
    if letters.is_empty() || letters.len() > LONGEST {
        return;
    }
    for (habit, rules) in HABITS.iter().zip(&*RULES) {
        if habit.applies.is_empty() || habit.applies.iter().any(|mark| contains(&letters, mark)) {
            let heard = smooth(&read(&letters, rules));
            if heard.chars().count() >= SHORTEST && !keys.contains(&heard) {
                keys.push(heard);
            }
        }
    }
}

/// The rules of a habit and the common ones, by the letter with which they begin, in their order.
struct Rules(Vec<Vec<&'static Rule>>);

/// Those of each of the habits.
static RULES: LazyLock<Vec<Rules>> = LazyLock::new(|| HABITS.iter().map(Rules::of).collect());

impl Rules {
    fn of(habit: &'static Habit) -> Self {
        let mut by_letter = Vec::new();
        for rule in habit.rules.iter().chain(habits::COMMON) {
            if let Some(at) = rule.letters.chars().next().and_then(place_of) {
                if by_letter.len() <= at {
                    by_letter.resize_with(at + 1, Vec::new);
                }
                if let Some(rules) = by_letter.get_mut(at) {
                    rules.push(rule);
                }
            }
        }
        Self(by_letter)
    }

    fn beginning_with(&self, letters: &[char]) -> impl Iterator<Item = &'static Rule> {
        let at = letters.first().copied().and_then(place_of);
        at.and_then(|at| self.0.get(at)).into_iter().flatten().copied()
    }
}

fn place_of(letter: char) -> Option<usize> {
    letter.is_ascii_lowercase().then(|| letter as usize - 'a' as usize)
}

fn contains(letters: &[char], mark: &str) -> bool {
    let (mark, at_the_end) = mark.strip_suffix('$').map_or((mark, false), |mark| (mark, true));
    let is_mark = |letters: &[char]| letters.iter().copied().eq(mark.chars());
    let length = mark.chars().count();
    if at_the_end {
        return letters
            .len()
            .checked_sub(length)
            .is_some_and(|from| letters.get(from..).is_some_and(is_mark));
    }
    letters.windows(length).any(is_mark)
}

/// The word in Latin letters, without signs; empty where it is of another script.
fn letters(word: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(word.len());
    for character in word.chars() {
        match character {
            'a'..='z' => letters.push(character),
            '\'' | '’' | 'ʼ' | '`' | 'ʿ' | 'ʾ' | '‘' | 'ь' | 'ъ' => {}
            _ => match habits::romanised(character) {
                Some(latin) => letters.extend(latin.chars()),
                None => return Vec::new(),
            },
        }
    }
    letters
}

/// What the letters are to one who is used to a language's spelling, in capitals for sounds.
fn read(letters: &[char], rules: &Rules) -> String {
    let mut heard = String::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let rest = letters.get(at..).unwrap_or_default();
        let found = rules.beginning_with(rest).find(|rule| fits(rule, rest, at));
        let (sound, length) = found.map_or(("", 1), |rule| (rule.sound, rule.letters.len()));
        heard.push_str(sound);
        at += length;
    }
    heard
}

/// Whether a rule's letters stand here, and what it wants around them.
fn fits(rule: &Rule, rest: &[char], at: usize) -> bool {
    let length = rule.letters.len();
    let next = rest.get(length).copied();
    rest.len() >= length
        && rule.letters.chars().zip(rest).all(|(wanted, letter)| wanted == *letter)
        && match rule.place {
            habits::Place::Any => true,
            habits::Place::First => at == 0,
            habits::Place::Last => next.is_none(),
            habits::Place::Before(set) => next.is_some_and(|next| set.contains(next)),
            habits::Place::NotBefore(set) => next.is_none_or(|next| !set.contains(next)),
        }
}

/// Joins sounds that are one: doubled ones, glides beside vowels, endings.
fn smooth(heard: &str) -> String {
    let sounds: Vec<char> = heard.chars().collect();
    let mut smooth = String::with_capacity(heard.len());
    let is_vowel = |sound: Option<&char>| sound.is_some_and(|sound| "AEIOY".contains(*sound));
    let glides = |at: usize| {
        let rest = sounds.get(at..).unwrap_or_default();
        rest.iter().take_while(|sound| matches!(sound, 'I' | 'J')).count()
    };
    let mut at = 0;
    while let Some(&sound) = sounds.get(at) {
        let before = smooth.chars().next_back();
        let (next, after) = (sounds.get(at + 1), sounds.get(at + 2));
        match sound {
            // ie, je, iye: e; ia, ja, iya: ja; yi: i.
            'I' | 'J' if is_vowel(sounds.get(at + glides(at))) => {
                if sounds.get(at + glides(at)) != Some(&'E') {
                    smooth.push('J');
                }
                at += glides(at);
                continue;
            }
            'I' | 'J' if glides(at) > 1 => {
                smooth.push('I');
                at += glides(at);
                continue;
            }
            // ei, ai, oi before a consonant or the end: one sound, but for the o.
            'A' | 'E' | 'O' if matches!(next, Some('I' | 'J')) && !is_vowel(after) => {
                smooth.push_str(if sound == 'O' { "OY" } else { "Y" });
                at += 2;
                continue;
            }
            'J' if before == Some('I') => {}
            'J' => smooth.push('I'),
            _ if before == Some(sound) => {}
            _ => smooth.push(sound),
        }
        at += 1;
    }
    for (ending, plain) in [("ČOV", "ČEV"), ("SOV", "SEV"), ("NKA", "NKO"), ("SKAJA", "SKA")] {
        if let Some(stem) = smooth.strip_suffix(ending) {
            let changed = format!("{stem}{plain}");
            smooth = changed;
            break;
        }
    }
    smooth
}

#[cfg(test)]
mod tests;
