//! Words: in title or text, with their BM25 in title and lead added; in one field; with wildcards, fuzzy, by pattern.

use tantivy::Term;
use tantivy::query::{BoostQuery, TermQuery};
use tantivy::schema::{Field as EngineField, IndexRecordOption};

use dateline_schema::TEXT_POSITION;
use dateline_schema::analyze::{is_marked, sounds};

use super::expand::{Expansion, Test, expand};
use super::word_set::WordSetQuery;
use super::{Boxed, Form, Lowering, Scope, Scores, Stop, any_of};
use crate::added::AddedQuery;
use crate::engine::Mode;
use crate::fault::Problem;
use crate::forms::any_form;
use crate::positions::Step;
use crate::rank;
use crate::spots::{self, Spot, Spots};
use crate::syntax::{Field, Pattern};
use crate::terms::terms_of_stem;

/// A field of the index in its two forms, and from which position on it counts.
#[derive(Clone, Copy)]
pub(super) struct Target {
    /// Stemmed words, or names as they sound; nothing where the field has none.
    pub(super) stemmed: Option<EngineField>,
    /// Words as they are; of the lead, which has stems alone, these.
    pub(super) exact: EngineField,
    pub(super) from: u32,
    pub(super) step: Step,
    pub(super) role: Role,
}

/// A part of an article in which words add to the score.
pub(super) struct WeighedPart {
    field: Field,
    pub(super) target: Target,
    pub(super) weight: f32,
}

/// What a match in a part is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It selects articles.
    Selects,
    /// It adds to the score of articles that match in title and text together, with the word's rarity there.
    Adds,
}

/// Positions from one word of a name to the next: room for a middle name, an initial or a title.
pub(crate) const NAME_STEP: u32 = 4;

impl Lowering<'_> {
    /// A word, or words side by side where it has several.
    pub(super) fn words(&mut self, pattern: &Pattern, scope: Scope) -> Result<Boxed, Stop> {
        let spots = spots_in(pattern, scope);
        if spots.is_empty() {
            return Err(Problem::NoWord(pattern.plain()).into());
        }
        self.spend_words(spots.len())?;
        if let [(_, Spot::Glob(glob))] = spots.as_slice() {
            return self.tested(&Test::Glob(glob.clone()), scope, &pattern.plain());
        }
        let said = pattern.plain();
        if spots.len() > 1 {
            return self.run_of_words(&spots, scope, &said);
        }
        let word = match spots.as_slice() {
            [(_, Spot::Word(word))] => Some(word.as_str()),
            _ => None,
        };
        self.everywhere(scope, &said, word, |lowering, target| {
            lowering.spots(&spots, target, scope)
        })
    }

    pub(super) fn fuzzy(
        &mut self,
        word: &str,
        edits: Option<u8>,
        scope: Scope,
    ) -> Result<Boxed, Stop> {
        let Some(folded) = spots::single_word(word) else {
            return Err(Problem::NotFuzzy.into());
        };
        let edits = edits.unwrap_or_else(|| spots::edits_for(&folded));
        let test = Test::Fuzzy(folded.chars().collect(), usize::from(edits));
        self.tested(&test, scope, &format!("{word}~"))
    }

    pub(super) fn regex(&mut self, regex: &str, scope: Scope) -> Result<Boxed, Stop> {
        let test = Test::regex(regex)?;
        self.tested(&test, scope, &format!("/{regex}/"))
    }

    /// Looks for what is `said` in every part that `scope` names; without a field, title and text decide and the other parts add to the score, and so
    /// does `word` in that very form where it is a single one.
    pub(super) fn everywhere(
        &mut self,
        scope: Scope,
        said: &str,
        word: Option<&str>,
        mut look: impl FnMut(&mut Self, Target) -> Result<Boxed, Stop>,
    ) -> Result<Boxed, Stop> {
        let counts = scope.scores == Scores::Count;
        if scope.field.is_some() {
            let mut parts = Vec::new();
            for target in self.targets(scope) {
                parts.push(look(self, target)?);
            }
            let query = any_of(parts);
            if counts {
                self.ledger.note(&*query, || described(said, scope.field));
            }
            return Ok(query);
        }
        let fields = self.fields;
        let everywhere = look(self, target(Some(fields.all), fields.all_exact))?;
        if !counts {
            return Ok(everywhere);
        }
        self.ledger.note(&*everywhere, || described(said, None));
        if self.mode == Mode::Plain {
            return Ok(everywhere);
        }
        let mut adds = Vec::new();
        for part in self.parts() {
            let query = look(self, part.target)?;
            adds.push(self.added(query, &part, said));
        }
        if let Some(word) = word {
            adds.extend(self.as_written(word, scope)?);
        }
        Ok(Box::new(AddedQuery { query: everywhere, adds }))
    }

    /// What a word adds where it stands in the form in which it was written, as rare as all its forms together.
    fn as_written(&mut self, word: &str, scope: Scope) -> Result<Option<Boxed>, Stop> {
        if scope.form == Form::AsWritten {
            return Ok(None);
        }
        let fields = self.fields;
        let term = Term::from_field_text(fields.all_exact, word);
        let written = self.frequency(&term)?;
        if written == 0 {
            return Ok(None);
        }
        let stemmed = self.frequency_of_stems(word)?;
        let articles = rank::articles(self.searcher);
        // Where it is its own stem it is one of the forms, and counts as being as rare as they are already.
        let counted = self.shared.get(&term).copied().unwrap_or(written);
        let alike = rank::rarity(stemmed, articles) / rank::rarity(counted, articles);
        let mark = self.ledger.mark();
        let query = one(term, scope);
        self.ledger.note(&*query, || format!("`{word}` as written"));
        Ok(Some(self.boosted(query, rank::AS_WRITTEN_WEIGHT * alike, mark)))
    }

    /// What `query` adds where it is found in a part.
    fn added(&mut self, query: Boxed, part: &WeighedPart, said: &str) -> Boxed {
        let mark = self.ledger.mark();
        self.ledger.note(&*query, || described(said, Some(part.field)));
        self.boosted(query, part.weight, mark)
    }

    /// The parts in which a word adds to the score, and how much.
    pub(super) fn parts(&self) -> [WeighedPart; 2] {
        let fields = self.fields;
        let part = |field, stemmed, exact, weight| WeighedPart {
            field,
            target: Target { role: Role::Adds, ..target(Some(stemmed), exact) },
            weight,
        };
        [
            part(Field::Title, fields.title, fields.title_exact, rank::TITLE_WEIGHT),
            part(Field::Lead, fields.lead, fields.lead, rank::LEAD_WEIGHT),
        ]
    }

    /// The parts of the index that a field of words means.
    pub(super) fn targets(&self, scope: Scope) -> Vec<Target> {
        let fields = self.fields;
        let names = |field| Target { step: Step::Within(NAME_STEP), ..target(None, field) };
        match scope.field {
            None => vec![target(Some(fields.all), fields.all_exact)],
            Some(Field::Title) => vec![target(Some(fields.title), fields.title_exact)],
            Some(Field::Lead) => vec![target(Some(fields.lead), fields.lead)],
            Some(Field::TitleOrLead) => vec![
                target(Some(fields.title), fields.title_exact),
                target(Some(fields.lead), fields.lead),
            ],
            Some(Field::Text) => {
                vec![Target { from: TEXT_POSITION, ..target(Some(fields.all), fields.all_exact) }]
            }
            Some(Field::Byline) => vec![target(None, fields.byline)],
            Some(Field::Source) => vec![target(None, fields.source)],
            Some(Field::Section) => vec![target(None, fields.section)],
            Some(Field::Keyword) => vec![target(None, fields.keyword)],
            Some(Field::Url) => vec![target(None, fields.url)],
            Some(Field::Path) => vec![target(None, fields.path)],
            Some(Field::Person) => {
                vec![Target { stemmed: Some(fields.person_sound), ..names(fields.person) }]
            }
            Some(Field::Organisation) => vec![names(fields.org)],
            Some(Field::Place) => vec![names(fields.place_name)],
            Some(_) => Vec::new(),
        }
    }

    fn spots(&mut self, spots: &Spots, target: Target, scope: Scope) -> Result<Boxed, Stop> {
        match spots.as_slice() {
            [(_, Spot::Marked(_))] if target.exact == self.fields.lead => {
                self.added_in_part(spots, target, scope)
            }
            [(_, spot)] if target.from == 0 => {
                let terms = self.forms(spot, target, scope);
                let terms = self.shared(terms, target)?;
                if let (true, Spot::Word(word)) = (terms.is_empty(), spot)
                    && target.role == Role::Selects
                    && scope.field.is_none()
                    && !self.missing.contains(word)
                {
                    self.missing.push(word.clone());
                }
                Ok(any_form(terms, option(scope)))
            }
            // A hyphenated word is its parts side by side, in names too.
            _ => self.side_by_side(spots, Target { step: Step::SideBySide, ..target }, scope),
        }
    }

    /// The terms under which a word may stand in the index.
    pub(super) fn forms(&self, spot: &Spot, target: Target, scope: Scope) -> Vec<Term> {
        match (spot, target.stemmed) {
            (Spot::Word(word), Some(sound))
                if scope.form == Form::Stemmed && sound == self.fields.person_sound =>
            {
                sounds(word).iter().map(|key| Term::from_field_text(sound, key)).collect()
            }
            (Spot::Word(word), Some(stemmed))
                if scope.form == Form::Stemmed || stemmed == self.fields.lead =>
            {
                self.terms_of_stems(word, stemmed)
            }
            (Spot::Marked(word), _) if target.exact == self.fields.all_exact => {
                vec![Term::from_field_text(self.fields.marked, word)]
            }
            (Spot::Word(word) | Spot::Marked(word), _) => {
                vec![Term::from_field_text(target.exact, word)]
            }
            (Spot::Glob(_), _) => Vec::new(),
        }
    }

    /// Those of `terms`, forms of one word, that are in the index; they share one frequency.
    pub(super) fn shared(&mut self, terms: Vec<Term>, target: Target) -> Result<Vec<Term>, Stop> {
        let mut found = Vec::with_capacity(terms.len());
        for term in terms {
            let frequency = self.frequency(&term)?;
            if frequency == 0 {
                continue;
            }
            if target.role == Role::Adds {
                let whole = self.whole_frequency(&term, target)?;
                self.shared.insert(term.clone(), whole);
            }
            found.push((term, frequency));
        }
        if found.len() > 1 && target.role == Role::Selects {
            let articles = self.counts.articles(self.searcher, found.clone())?;
            self.shared.extend(found.iter().map(|(term, _)| (term.clone(), articles)));
        }
        Ok(found.into_iter().map(|(term, _)| term).collect())
    }

    /// In how many articles the word of a part's term stands in title or text.
    fn whole_frequency(&self, term: &Term, target: Target) -> Result<u64, Stop> {
        let word = String::from_utf8_lossy(term.serialized_value_bytes());
        let wholes = if is_marked(&word) {
            vec![Term::from_field_text(self.fields.marked, &word)]
        } else if Some(term.field()) == target.stemmed {
            terms_of_stem(self.fields, &word)
        } else {
            vec![Term::from_field_text(self.fields.all_exact, &word)]
        };
        let mut most = 0;
        for whole in wholes {
            if let Some(shared) = self.shared.get(&whole) {
                return Ok(*shared);
            }
            most = self.frequency(&whole)?.max(most);
        }
        Ok(most)
    }

    /// Any word that passes a test. Without a field the words are gathered once, for title and text together.
    fn tested(&mut self, test: &Test, scope: Scope, said: &str) -> Result<Boxed, Stop> {
        self.spend_words(1)?;
        self.spend_scan(test)?;
        let mut alternatives = Vec::new();
        for target in self.targets(scope) {
            if target.from > 0 {
                let query = self.tested_from(test, target)?;
                if scope.scores == Scores::Count {
                    self.ledger.note(&*query, || described(said, scope.field));
                }
                alternatives.push(query);
                continue;
            }
            // Engines without ranking of ours count a wildcard for nothing as well.
            let scores = scope.scores == Scores::Count && self.mode != Mode::Plain;
            let words = if scores { expand(self.searcher, target.exact, test)? } else { None };
            let Some((words, articles)) = words else {
                let has_marked = target.exact != self.fields.all_exact;
                alternatives.push(Box::new(WordSetQuery::new(target.exact, test, has_marked)));
                continue;
            };
            let selects = self.any_word(&words, articles, target, scope);
            self.ledger.note(&*selects, || described(said, scope.field));
            if scope.field.is_some() {
                alternatives.push(selects);
                continue;
            }
            let mut adds = Vec::new();
            for part in self.parts() {
                let query = self.any_word(&words, articles, part.target, scope);
                adds.push(self.added(query, &part, said));
            }
            alternatives.push(Box::new(AddedQuery { query: selects, adds }));
        }
        Ok(any_of(alternatives))
    }

    /// Any of `words` as written, each for less the more edits it took.
    fn any_word(
        &mut self,
        words: &[Expansion],
        articles: u64,
        target: Target,
        scope: Scope,
    ) -> Boxed {
        let mut terms: Vec<(Term, usize)> = Vec::with_capacity(words.len());
        let as_written = Scope { form: Form::AsWritten, ..scope };
        for Expansion { word, edits } in words {
            let forms = self.forms(&Spot::Word(word.clone()), target, as_written);
            terms.extend(forms.into_iter().map(|term| (term, *edits)));
        }
        // In the lead several words may have one stem: the fewest edits count.
        terms.sort_unstable();
        terms.dedup_by(|next, first| next.0 == first.0);
        let mut alternatives = Vec::with_capacity(terms.len());
        for (term, edits) in terms {
            self.shared.insert(term.clone(), articles);
            let query = one(term, scope);
            alternatives.push(match i32::try_from(edits) {
                Ok(edits) if edits > 0 => {
                    Box::new(BoostQuery::new(query, rank::EDIT_WEIGHT.powi(edits)))
                }
                _ => query,
            });
        }
        any_of(alternatives)
    }
}

/// What is `said`, and where it is looked for.
pub(super) fn described(said: &str, field: Option<Field>) -> String {
    let place = field.map_or("title and text", Field::name);
    format!("`{said}` in {place}")
}

/// The words of a pattern in the field that is meant.
pub(super) fn spots_in(pattern: &Pattern, scope: Scope) -> Spots {
    match scope.field {
        Some(Field::Url) => spots::spots_of_address(pattern),
        _ => spots::spots(pattern),
    }
}

pub(super) fn target(stemmed: Option<EngineField>, exact: EngineField) -> Target {
    Target { stemmed, exact, from: 0, step: Step::SideBySide, role: Role::Selects }
}

/// One term.
fn one(term: Term, scope: Scope) -> Boxed {
    Box::new(TermQuery::new(term, option(scope)))
}

/// What of a list is read.
fn option(scope: Scope) -> IndexRecordOption {
    match scope.scores {
        Scores::Count => IndexRecordOption::WithFreqs,
        Scores::DoNotCount => IndexRecordOption::Basic,
    }
}
