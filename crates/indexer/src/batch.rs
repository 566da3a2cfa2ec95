//! The articles of one file in pieces that threads can share, and the pieces put back in order.

use std::collections::BTreeMap;

use dateline_article::{Article, ArticleId};
use dateline_readers::{Neighbour, Skip};

/// Articles in a piece at most.
const MOST_ARTICLES: usize = 64;
/// Bytes of text after which a piece ends.
const ENOUGH_BYTES: usize = 256 << 10;

/// Articles that one thread extracts in one go.
#[derive(Debug)]
pub(crate) struct Batch {
    /// Number of the file in the plan.
    pub(crate) file: usize,
    /// Number of the piece in the file.
    pub(crate) number: usize,
    pub(crate) articles: Vec<Article>,
    pub(crate) bytes: usize,
}

impl Batch {
    pub(crate) fn new(file: usize, number: usize) -> Self {
        Self { file, number, articles: Vec::new(), bytes: 0 }
    }

    pub(crate) fn push(&mut self, article: Article) {
        self.bytes += article.paragraphs.iter().map(String::len).sum::<usize>() + 512;
        self.articles.push(article);
    }

    pub(crate) fn is_full(&self) -> bool {
        self.articles.len() >= MOST_ARTICLES || self.bytes >= ENOUGH_BYTES
    }
}

/// What one thread made of a piece, or of the end of a file.
#[derive(Debug)]
pub(crate) struct Made<Prepared> {
    pub(crate) file: usize,
    pub(crate) content: Content<Prepared>,
}

#[derive(Debug)]
pub(crate) enum Content<Prepared> {
    /// Articles ready to be written, with the bytes they take until then.
    Articles { number: usize, ready: Vec<(ArticleId, Prepared)>, skips: Vec<Skip>, bytes: usize },
    /// The file has been read: how many pieces it had, what it depends on beside it, and the hash of its content; empty, with one skip and no piece, where it could not be opened.
    End { batches: usize, hash: String, skips: Vec<Skip>, beside: Vec<Neighbour> },
}

/// What comes next in the order of the plan.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next<Prepared> {
    /// A piece of the file whose turn it is.
    Articles { ready: Vec<(ArticleId, Prepared)>, skips: Vec<Skip>, bytes: usize },
    /// That file is whole.
    End { hash: String, skips: Vec<Skip>, beside: Vec<Neighbour> },
}

/// What of one file has come and waits.
#[derive(Debug)]
struct Waiting<Prepared> {
    pieces: BTreeMap<usize, Piece<Prepared>>,
    end: Option<(usize, String, Vec<Skip>, Vec<Neighbour>)>,
}

#[derive(Debug)]
struct Piece<Prepared> {
    ready: Vec<(ArticleId, Prepared)>,
    skips: Vec<Skip>,
    bytes: usize,
}

/// Puts what threads made back into the order of the plan.
#[derive(Debug)]
pub(crate) struct InOrder<Prepared> {
    /// File and piece whose turn it is.
    file: usize,
    piece: usize,
    waiting: BTreeMap<usize, Waiting<Prepared>>,
}

impl<Prepared> InOrder<Prepared> {
    pub(crate) fn new() -> Self {
        Self { file: 0, piece: 0, waiting: BTreeMap::new() }
    }

    /// Number of the file whose turn it is.
    pub(crate) fn file(&self) -> usize {
        self.file
    }

    pub(crate) fn put(&mut self, made: Made<Prepared>) {
        let empty = || Waiting { pieces: BTreeMap::new(), end: None };
        let file = self.waiting.entry(made.file).or_insert_with(empty);
        match made.content {
            Content::Articles { number, ready, skips, bytes } => {
                file.pieces.insert(number, Piece { ready, skips, bytes });
            }
            Content::End { batches, hash, skips, beside } => {
                file.end = Some((batches, hash, skips, beside));
            }
        }
    }

    /// What comes next, where it is there.
    pub(crate) fn take(&mut self) -> Option<Next<Prepared>> {
        let file = self.waiting.get_mut(&self.file)?;
        if let Some(piece) = file.pieces.remove(&self.piece) {
            self.piece += 1;
            let Piece { ready, skips, bytes } = piece;
            return Some(Next::Articles { ready, skips, bytes });
        }
        let (_, hash, skips, beside) = file.end.take_if(|(batches, ..)| *batches == self.piece)?;
        self.waiting.remove(&self.file);
        self.file += 1;
        self.piece = 0;
        Some(Next::End { hash, skips, beside })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_out_in_order() {
        let id = ArticleId::from_u64;
        let mut order = InOrder::new();
        let articles = |file, number, n| Made {
            file,
            content: Content::Articles {
                number,
                ready: vec![(id(n), n)],
                skips: Vec::new(),
                bytes: 10,
            },
        };
        let end = |file, batches| Made {
            file,
            content: Content::End {
                batches,
                hash: format!("h{file}"),
                skips: Vec::new(),
                beside: Vec::new(),
            },
        };
        let piece =
            |n| Some(Next::Articles { ready: vec![(id(n), n)], skips: Vec::new(), bytes: 10 });
        let whole = |file| {
            Some(Next::End { hash: format!("h{file}"), skips: Vec::new(), beside: Vec::new() })
        };
        order.put(articles(1, 0, 3));
        order.put(end(1, 1));
        assert_eq!(order.take(), None);
        order.put(articles(0, 1, 2));
        order.put(end(0, 2));
        assert_eq!(order.take(), None);
        order.put(articles(0, 0, 1));
        let taken: Vec<_> = std::iter::from_fn(|| order.take()).map(Some).collect();
        assert_eq!(taken, [piece(1), piece(2), whole(0), piece(3), whole(1)]);
        assert_eq!(order.file(), 2);
    }
}
