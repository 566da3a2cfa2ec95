//! The concordance of the index that is open.

use tantivy::Searcher;

use super::{LocalEngine, Relaxed};
use crate::concordance::{
    Concordance, Line, LineKey, LineOrder, Lines, Part, around, lot, words_after, words_before,
};
use crate::engine::{Error, Request};
use crate::lower::Scores;
use crate::note::Note;
use crate::snippet::Marker;

use super::articles::Place;

/// Articles whose lines are made before it is seen whether they are enough.
const FIRST_ARTICLES: usize = 32;
/// Lines kept beyond those wanted before the rest is thrown away.
const SLACK: usize = 4096;

/// A line with what it is ordered by, and its lot.
struct Kept {
    lot: u64,
    key: LineKey,
    line: Line,
}

/// Makes lines of articles, and keeps those that are wanted.
struct Keeper<'a> {
    wanted: &'a Concordance,
    marker: Marker,
    kept: Vec<Kept>,
    total: u64,
}

impl LocalEngine {
    pub(super) fn find_lines(&self, wanted: &Concordance) -> Result<Lines, Error> {
        let searcher = self.reader.searcher();
        let request = Request { offset: 0, ..wanted.request.clone() };
        let Some(tree) = &request.query.tree else {
            // Refused, with its faults.
            return self
                .places(&searcher, &request)
                .map(|(_, notes)| Lines { notes, ..Lines::default() });
        };
        let marker = Marker::new(tree, &self.languages(&request.filters));
        let mut keeper = Keeper { wanted, marker, kept: Vec::new(), total: 0 };
        let (notes, whole) = match (wanted.order, wanted.limit, wanted.sample) {
            (LineOrder::Relevance, Some(limit), None) => {
                self.best_lines(&searcher, &request, limit, &mut keeper)?
            }
            (LineOrder::Relevance, ..) => (self.ranked(&searcher, &request, &mut keeper)?, true),
            _ => {
                let (places, notes) = self.places(&searcher, &request)?;
                for place in places {
                    let number = match wanted.order {
                        LineOrder::Date | LineOrder::Source => place.published,
                        _ => 0,
                    };
                    self.add_lines(&searcher, &place, number, &mut keeper)?;
                }
                (notes, true)
            }
        };
        let total = whole.then_some(keeper.total);
        Ok(Lines { lines: keeper.finish(), total, notes })
    }

    /// The lines of the best articles, as many articles as it takes; whether all were looked at.
    fn best_lines(
        &self,
        searcher: &Searcher,
        request: &Request,
        limit: usize,
        keeper: &mut Keeper<'_>,
    ) -> Result<(Vec<Note>, bool), Error> {
        let mut done = 0;
        let mut articles = limit.max(FIRST_ARTICLES);
        loop {
            let (places, notes) = self.best(searcher, request, articles)?;
            for (place, number) in places.iter().zip(0..).skip(done) {
                self.add_lines(searcher, place, number, keeper)?;
                if keeper.total > limit as u64 {
                    return Ok((notes, false));
                }
            }
            done = places.len();
            if done < articles {
                return Ok((notes, true));
            }
            articles = articles.saturating_mul(2);
        }
    }

    /// The lines of all articles, by their rank, read in the order of the index.
    fn ranked(
        &self,
        searcher: &Searcher,
        request: &Request,
        keeper: &mut Keeper<'_>,
    ) -> Result<Vec<Note>, Error> {
        let (places, notes) = self.best(searcher, request, usize::MAX)?;
        let mut numbered: Vec<(Place, i64)> = places.into_iter().zip(0..).collect();
        numbered.sort_unstable_by_key(|(place, _)| place.address);
        for (place, number) in &numbered {
            self.add_lines(searcher, place, *number, keeper)?;
        }
        Ok(notes)
    }

    /// The best articles, best first.
    fn best(
        &self,
        searcher: &Searcher,
        request: &Request,
        limit: usize,
    ) -> Result<(Vec<Place>, Vec<Note>), Error> {
        let request = Request { limit, ..request.clone() };
        let mut notes = request.query.notes.clone();
        let Some(prepared) =
            self.prepare(searcher, &request, Scores::of(request.sort), Relaxed::No)?
        else {
            return Ok((Vec::new(), notes));
        };
        let shown = self.shown(searcher, &request, &prepared)?;
        notes.extend(prepared.notes);
        if prepared.cut.load(std::sync::atomic::Ordering::Relaxed) {
            notes.push(Note::Cut);
        }
        let place = |shown: &crate::fold::Shown| Place {
            published: 0,
            id: dateline_article::ArticleId::from_u64(shown.found.id),
            address: shown.found.address,
        };
        Ok((shown.iter().map(place).collect(), notes))
    }

    fn add_lines(
        &self,
        searcher: &Searcher,
        place: &Place,
        number: i64,
        keeper: &mut Keeper<'_>,
    ) -> Result<(), Error> {
        let record = self.record(searcher, place.address, place.id)?;
        keeper.add(&record, number);
        Ok(())
    }
}

impl Keeper<'_> {
    fn add(&mut self, record: &dateline_article::Record, number: i64) {
        let article = &record.article;
        let text = article.text();
        let title = article.title.as_deref().unwrap_or_default();
        let found = self.marker.keywords(record, &text);
        for (part, whole, keywords) in
            [(Part::Title, title, found.title), (Part::Text, text.as_str(), found.text)]
        {
            for keyword in keywords {
                let words = match self.wanted.order {
                    LineOrder::Left => words_before(whole, keyword.start),
                    LineOrder::Right => words_after(whole, keyword.end),
                    LineOrder::Source => vec![by_name(article.source.as_deref())],
                    LineOrder::Relevance | LineOrder::Date => Vec::new(),
                };
                let place = (part, keyword.start);
                let lot =
                    self.wanted.sample.map_or(0, |sample| lot(sample.seed, article.id, place));
                let [left, keyword, right] = around(whole, keyword, self.wanted.columns);
                let line = Line {
                    id: article.id,
                    published: article.published.map(|published| published.at),
                    source: article.source.clone(),
                    left,
                    keyword,
                    right,
                };
                let key = LineKey { words, number, id: article.id, place };
                self.kept.push(Kept { lot, key, line });
                self.total += 1;
            }
        }
        let most = self.most();
        if self.kept.len() > most.saturating_mul(2).saturating_add(SLACK) {
            self.cut(most);
        }
    }

    /// Lines that can be wanted in the end.
    fn most(&self) -> usize {
        let limit = self.wanted.limit.unwrap_or(usize::MAX);
        self.wanted.sample.map_or(limit, |sample| sample.size)
    }

    fn cut(&mut self, most: usize) {
        self.kept.sort_unstable_by(|a, b| (a.lot, &a.key).cmp(&(b.lot, &b.key)));
        self.kept.truncate(most);
    }

    fn finish(mut self) -> Vec<Line> {
        self.cut(self.most());
        self.kept.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        self.kept.truncate(self.wanted.limit.unwrap_or(usize::MAX));
        self.kept.into_iter().map(|kept| kept.line).collect()
    }
}

/// What a source is sorted by; those without come last.
fn by_name(source: Option<&str>) -> String {
    source.map_or_else(|| char::MAX.to_string(), dateline_schema::analyze::fold)
}
