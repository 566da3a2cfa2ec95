//! Carries what is clear in one place of an article to its other places.
//!
//! The surname of a person named in full is that person elsewhere, the first letters of an
//! organisation are that organisation, and a form that is mostly of one kind is of that kind
//! everywhere. Only forms printed alike are compared.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::Kind;
use crate::hash::pair;

/// A token of the article as it is compared.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    /// Hash of the printed form, see [`exact`].
    pub(crate) exact: u64,
    /// Bytes of the printed form.
    pub(crate) bytes: usize,
    /// Its first letter.
    pub(crate) initial: char,
    /// Begins with a capital that may tell a name.
    pub(crate) capital: bool,
}

/// A name as a range of the article's tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: Kind,
}

/// Room for one article, reused.
#[derive(Default)]
pub(crate) struct Propagation {
    /// Last words of people named in full.
    surnames: HashSet<u64, BuildHasherDefault<AsIs>>,
    /// First letters of organisations of several words.
    acronyms: HashSet<u64, BuildHasherDefault<AsIs>>,
    /// How often a name is of each kind.
    kinds: HashMap<u64, [u32; Kind::COUNT], BuildHasherDefault<AsIs>>,
    added: Vec<Named>,
    letters: String,
}

/// The shortest form that is looked for where nothing was tagged, in bytes; acronyms may be of two.
const MISSED_BYTES: usize = 4;
/// How often a form must be tagged as one kind to be that elsewhere as well.
const MISSED_COUNT: u32 = 2;

impl Propagation {
    /// Corrects `named` and adds missed names of one word; keeps the order of tokens.
    pub(crate) fn apply(&mut self, forms: &[Form], named: &mut Vec<Named>) {
        if named.is_empty() {
            return;
        }
        self.count(forms, named);
        for name in named.iter_mut() {
            self.correct(forms, name);
        }
        self.find_missed(forms, named);
    }

    fn count(&mut self, forms: &[Form], named: &[Named]) {
        self.surnames.clear();
        self.acronyms.clear();
        self.kinds.clear();
        for name in named {
            let words = forms.get(name.tokens.clone()).unwrap_or_default();
            self.kinds.entry(surface(words)).or_default()[name.kind.index()] += 1;
            let [_, .., last] = words else { continue };
            match name.kind {
                Kind::Person => _ = self.surnames.insert(last.exact),
                Kind::Organisation => self.add_acronym(words),
                Kind::Place => {}
            }
        }
    }

    fn add_acronym(&mut self, words: &[Form]) {
        self.letters.clear();
        self.letters.extend(words.iter().filter(|form| form.capital).map(|form| form.initial));
        if self.letters.len() > 1 {
            self.acronyms.insert(exact(&self.letters));
        }
    }

    fn correct(&self, forms: &[Form], name: &mut Named) {
        let words = forms.get(name.tokens.clone()).unwrap_or_default();
        let counts = self.kinds.get(&surface(words)).copied().unwrap_or_default();
        let own = counts[name.kind.index()];
        if let [only] = words {
            if self.acronyms.contains(&only.exact) {
                name.kind = Kind::Organisation;
                return;
            }
            let seldom = counts[Kind::Person.index()] > 0 || own <= 2;
            if seldom && self.surnames.contains(&only.exact) {
                name.kind = Kind::Person;
                return;
            }
        }
        let most = (0_u8..).zip(counts).max_by_key(|&(number, count)| (count, !number));
        if let Some((number, count)) = most
            && count > own * 2
            && let Some(kind) = Kind::from_number(number)
        {
            name.kind = kind;
        }
    }

    fn find_missed(&mut self, forms: &[Form], named: &mut Vec<Named>) {
        self.added.clear();
        let mut ahead = named.iter().peekable();
        // The first token that does not touch the name before.
        let mut free_from = 0;
        for (at, form) in forms.iter().enumerate() {
            while let Some(name) = ahead.next_if(|name| name.tokens.start <= at) {
                free_from = name.tokens.end + 1;
            }
            let touches =
                at < free_from || ahead.peek().is_some_and(|next| next.tokens.start == at + 1);
            if form.capital
                && !touches
                && let Some(kind) = self.known(form)
            {
                self.added.push(Named { tokens: at..at + 1, kind });
            }
        }
        if !self.added.is_empty() {
            named.append(&mut self.added);
            named.sort_by_key(|name| name.tokens.start);
        }
    }

    /// What a form that was not tagged is, by what was tagged elsewhere.
    fn known(&self, form: &Form) -> Option<Kind> {
        if self.acronyms.contains(&form.exact) {
            return Some(Kind::Organisation);
        }
        if form.bytes < MISSED_BYTES {
            return None;
        }
        if self.surnames.contains(&form.exact) {
            return Some(Kind::Person);
        }
        let counts = self.kinds.get(&surface(std::slice::from_ref(form)))?;
        let (number, _) = (0_u8..).zip(counts).find(|(_, count)| **count >= MISSED_COUNT)?;
        Kind::from_number(number)
    }
}

/// The hash by which printed forms are compared.
pub(crate) fn exact(printed: &str) -> u64 {
    crate::hash::bytes(2, printed.as_bytes())
}

fn surface(words: &[Form]) -> u64 {
    words.iter().fold(0, |hash, form| pair(hash ^ 0x51, form.exact))
}

/// The keys are hashes already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = crate::hash::bytes(self.0, bytes);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` has its names marked: `[p Orla Vint] left .`, with `p`, `l` or `o` for the kind.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (mut forms, mut words, mut named, mut open) =
            (Vec::new(), Vec::new(), Vec::new(), None);
        for word in text.split(' ') {
            if let Some(kind) = word.strip_prefix('[') {
                open = Some((forms.len(), kind.to_owned()));
                continue;
            }
            let plain = word.trim_end_matches(']');
            words.push(plain);
            let initial = plain.chars().next().unwrap_or(' ');
            let capital = initial.is_uppercase();
            forms.push(Form { exact: exact(plain), bytes: plain.len(), initial, capital });
            if plain != word
                && let Some((start, kind)) = open.take()
            {
                let number = "plo".find(&kind).unwrap();
                let kind = Kind::from_number(u8::try_from(number).unwrap()).unwrap();
                named.push(Named { tokens: start..forms.len(), kind });
            }
        }
        Propagation::default().apply(&forms, &mut named);
        let show =
            |name: &Named| format!("{:?} {}", name.kind, words[name.tokens.clone()].join(" "));
        assert_eq!(
            named.iter().map(show).collect::<Vec<_>>().join(", "),
            expected,
            "input: {text}"
        );
    }

    #[test]
    fn a_surname_is_its_bearer() {
        check("[p Orla Vint] spoke . [o Vint] left .", "Person Orla Vint, Person Vint");
        check("[p Orla Vint] spoke . Then Vint left .", "Person Orla Vint, Person Vint");
        check("[p Orla Li] spoke . Then Li left .", "Person Orla Li");
        check("[p Orla Vint] spoke . Then vint left .", "Person Orla Vint");
        check(
            "[p Orla Vint] at [o Vint Shipping] .",
            "Person Orla Vint, Organisation Vint Shipping",
        );
        check("[p Orla Vint] of Vint [o Shipping] .", "Person Orla Vint, Organisation Shipping");
    }

    #[test]
    fn most_mentions_decide() {
        let most = "[o Korvald] . [l Korvald] . [l Korvald] . [l Korvald] .";
        check(most, "Place Korvald, Place Korvald, Place Korvald, Place Korvald");
        check("[o Korvald] . [l Korvald] .", "Organisation Korvald, Place Korvald");
    }

    #[test]
    fn first_letters_are_the_organisation() {
        check(
            "[o Korvald Harbour Board] ( KHB ) met . [l KHB] spoke .",
            "Organisation Korvald Harbour Board, Organisation KHB, Organisation KHB",
        );
        check(
            "[o Board of Korvald] met . BK spoke .",
            "Organisation Board of Korvald, Organisation BK",
        );
        check("[p Korvald Board] met . KB spoke .", "Person Korvald Board");
    }

    #[test]
    fn a_form_tagged_twice_is_so_elsewhere() {
        check(
            "[o Vintra] . [o Vintra] . Vintra fell .",
            "Organisation Vintra, Organisation Vintra, Organisation Vintra",
        );
        check("[o Vintra] . Vintra fell .", "Organisation Vintra");
    }

    #[test]
    fn nothing_comes_of_nothing() {
        check("It rained .", "");
    }
}
