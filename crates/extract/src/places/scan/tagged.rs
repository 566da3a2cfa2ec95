//! Names that a tagger takes for places: what the gazetteer has of them, also where it has only a part.

use dateline_gazetteer::{Candidate, NameKind};

use super::{Find, MOST_CANDIDATES, Scanner, lies_in, places_named};
use crate::names::Mention;
use crate::passage::Form;
use crate::places::judge::Verdict;
use crate::places::regions;

/// Words before a place's name that say which part of it is meant, or what it is.
const PARTS: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "central",
    "upper",
    "lower",
    "greater",
    "metropolitan",
    "metro",
    "downtown",
    "nazi",
    "ancient",
    "imperial",
    "occupied",
    "modern",
    "inner",
    "outer",
    "mainland",
    "rural",
    "the",
    "of",
    "city",
    "town",
    "village",
    "state",
    "province",
    "county",
    "republic",
    "kingdom",
    "commonwealth",
    "port",
    "old",
];
/// Words after a place's name that say what it is.
const KINDS: &[&str] = &[
    "city",
    "town",
    "village",
    "county",
    "province",
    "state",
    "region",
    "district",
    "area",
    "island",
    "islands",
    "oblast",
    "prefecture",
    "governorate",
    "parish",
    "township",
    "borough",
    "municipality",
    "department",
    "territory",
    "republic",
    "peninsula",
    "international",
    "airport",
    "metropolitan",
    "metro",
    "bay",
    "harbor",
    "harbour",
    "port",
    "basin",
    "valley",
    "coast",
];

impl Scanner<'_> {
    /// A name that the tagger takes for a place: what the gazetteer has of it, cut in two where it is "Town, Region".
    pub(super) fn tagged(&self, mention: &Mention, finds: &mut Vec<Find>) {
        let (mut first, last) = (mention.first, mention.last);
        // "The Hague"
        let article = self.piece.passage.word_before(first);
        let article = article.filter(|&at| self.piece.passage.key(at) == "the");
        if let Some(article) = article
            .filter(|&at| self.piece.passage.is_capital(at) && !self.named(at, last).is_empty())
        {
            first = article;
        }
        if let Some(found) = self.abbreviated(first).filter(|found| found.last == last) {
            return self.add_tagged(first, last, found.candidates, finds);
        }
        let span = self.piece.passage.span(first, last).unwrap_or(mention.span);
        let name = span.of(self.piece.passage.text());
        let mut candidates: Vec<Candidate> =
            dateline_gazetteer::named(name).take(MOST_CANDIDATES).collect();
        let is_short = name.ends_with('.') || candidates.is_empty();
        if is_short && first == last {
            let abbreviated = regions::candidates(self.piece.passage.key(first));
            if !abbreviated.is_empty() {
                candidates = abbreviated;
            }
        }
        if candidates.is_empty() && last > first {
            if let Some((end, region)) = self.cut(first, last) {
                self.add_tagged(first, end, self.named(first, end), finds);
                return self.add_tagged(region, last, self.region(region, last), finds);
            }
            candidates = self.core(first, last);
        }
        self.add_tagged(first, last, candidates, finds);
    }

    fn add_tagged(
        &self,
        first: usize,
        last: usize,
        mut candidates: Vec<Candidate>,
        finds: &mut Vec<Find>,
    ) {
        let is_demonym = !candidates.is_empty()
            && candidates.iter().all(|candidate| candidate.how == NameKind::Demonym);
        if !is_demonym {
            candidates.retain(|candidate| candidate.how != NameKind::Demonym);
            self.holds_last(first, &candidates, finds);
        }
        finds.extend(self.find(first, last, candidates, is_demonym, Verdict::Place));
    }

    fn named(&self, first: usize, last: usize) -> Vec<Candidate> {
        let passage = self.piece.passage;
        let name = passage.span(first, last).map(|span| span.of(passage.text()));
        name.map(places_named).unwrap_or_default()
    }

    /// What a name after a comma means: abbreviations count there.
    fn region(&self, first: usize, last: usize) -> Vec<Candidate> {
        let abbreviated = if first == last {
            regions::candidates(self.piece.passage.key(first))
        } else {
            Vec::new()
        };
        if abbreviated.is_empty() { self.named(first, last) } else { abbreviated }
    }

    /// Where "Invercargill, New Zealand" comes apart: the end of the town, the beginning of what it lies in.
    fn cut(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let passage = self.piece.passage;
        (first..last).rev().find_map(|end| {
            let comma = usize::from(passage.is_sign(end + 1, ','));
            let region = end + 1 + comma;
            let fits = region <= last
                && passage.form(end).is_some_and(Form::is_word)
                && lies_in(&self.named(first, end), &self.region(region, last));
            fits.then_some((end, region))
        })
    }

    /// What a name means without the words that say which part or kind of place it is: "Northern California".
    fn core(&self, first: usize, last: usize) -> Vec<Candidate> {
        let passage = self.piece.passage;
        let is_part = |index: usize| PARTS.contains(&passage.key(index));
        let is_kind = |index: usize| KINDS.contains(&passage.key(index));
        let words = (first..=last).filter(|&index| passage.form(index).is_some_and(Form::is_word));
        let own: Vec<usize> = words.skip_while(|&index| is_part(index)).collect();
        let kinds = own.iter().rev().take_while(|&&index| is_kind(index)).count();
        let found = match own.get(..own.len() - kinds) {
            Some([begin, .., end]) => self.named(*begin, *end),
            Some([only]) => self.named(*only, *only),
            _ => Vec::new(),
        };
        // "Fargo-Moorhead"
        let is_pair = found.is_empty() && passage.is_sign(first + 1, '-');
        if is_pair { self.named(first, first) } else { found }
    }
}
