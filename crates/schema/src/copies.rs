//! `copies-N`: which articles are copies of one another, as of the commit that names `state-N`.
//!
//! Two lists of pairs of 64-bit numbers, lower byte first: (article, first article of its cluster) by article, and the same by cluster. Articles without a
//! copy are not listed. Derived from the index alone: a missing file is made again by the next run of the indexer.

use std::fs;
use std::io;
use std::path::Path;

use dateline_article::ArticleId;

use crate::disk::write_whole;

/// Begins the name of the file.
pub const COPIES_PREFIX: &str = "copies-";
/// Begins the name that a commit gives, with the same number.
const STATE_PREFIX: &str = "state-";

/// How often the newest file is looked for.
const TRIES: u32 = 3;

/// The clusters of copies in an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    /// The file, of which nothing is read but what is asked for.
    bytes: Vec<u8>,
    /// A bit for each remainder of an article's number that any article of a cluster has: most articles are told to have no copy by it alone.
    remainders: Vec<u64>,
    /// Where the articles of each beginning of a number begin, and where the last ones end: numbers are hashes, so each has a few.
    starts: Vec<u32>,
}

/// A pair as it stands in the file.
type Pair = [u8; 16];

fn read_pair(pair: &Pair) -> (u64, u64) {
    match pair.as_chunks().0 {
        [first, second] => (u64::from_le_bytes(*first), u64::from_le_bytes(*second)),
        _ => (0, 0),
    }
}

impl Copies {
    /// The clusters given as pairs of an article and the first article of its cluster.
    pub fn new(pairs: impl IntoIterator<Item = (ArticleId, ArticleId)>) -> Self {
        let mut by_article: Vec<_> =
            pairs.into_iter().map(|(article, first)| (article.as_u64(), first.as_u64())).collect();
        by_article.sort_unstable();
        let mut by_cluster: Vec<_> =
            by_article.iter().map(|(article, first)| (*first, *article)).collect();
        by_cluster.sort_unstable();
        let pairs = by_article.iter().chain(&by_cluster);
        Self::with(pairs.flat_map(|(a, b)| [a.to_le_bytes(), b.to_le_bytes()]).flatten().collect())
    }

    /// Reads the clusters that go with the commit that names `payload`, or the newest ones while a run is under way; none where there are none.
    pub fn read(directory: &Path, payload: Option<&str>) -> Self {
        let number = payload.and_then(|name| name.strip_prefix(STATE_PREFIX));
        let exact = number
            .and_then(|number| fs::read(directory.join(format!("{COPIES_PREFIX}{number}"))).ok());
        // A run may put a newer file in the place of the newest just now.
        let newest = || (0..TRIES).find_map(|_| fs::read(newest(directory)?).ok());
        let mut bytes = exact.or_else(newest).unwrap_or_default();
        // As many pairs in one list as in the other.
        bytes.truncate(bytes.len() - bytes.len() % (2 * size_of::<Pair>()));
        Self::with(bytes)
    }

    fn with(bytes: Vec<u8>) -> Self {
        /// Bits for each article.
        const BITS: usize = 16;
        /// Articles of one beginning, about.
        const TOGETHER: usize = 8;
        let mut copies = Self { bytes, ..Self::default() };
        let articles = copies.by_article();
        let words = (articles.len() * BITS / 64).next_power_of_two();
        let bits = (articles.len() / TOGETHER).next_power_of_two().ilog2();
        let mut remainders = vec![0; words];
        let mut starts = Vec::with_capacity((1 << bits) + 1);
        for (n, pair) in (0..).zip(articles) {
            let article = read_pair(pair).0;
            let (word, bit) = remainder(article, words);
            if let Some(word) = remainders.get_mut(word) {
                *word |= bit;
            }
            while starts.len() <= beginning(article, bits) {
                starts.push(n);
            }
        }
        let all = u32::try_from(articles.len()).unwrap_or(u32::MAX);
        starts.resize((1 << bits) + 1, all);
        (copies.remainders, copies.starts) = (remainders, starts);
        copies
    }

    fn by_article(&self) -> &[Pair] {
        let pairs = self.bytes.as_chunks().0;
        pairs.get(..pairs.len() / 2).unwrap_or_default()
    }

    fn by_cluster(&self) -> &[Pair] {
        let pairs = self.bytes.as_chunks().0;
        pairs.get(pairs.len() / 2..).unwrap_or_default()
    }

    /// Writes the clusters that go with commit `number`, whole or not at all.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn write(&self, directory: &Path, number: u64) -> io::Result<()> {
        write_whole(&directory.join(format!("{COPIES_PREFIX}{number}")), &self.bytes)
    }

    /// The first article of the cluster that `article` belongs to; `None` where it has no copy.
    pub fn first_of(&self, article: ArticleId) -> Option<ArticleId> {
        let article = article.as_u64();
        let (word, bit) = remainder(article, self.remainders.len());
        if self.remainders.get(word).is_none_or(|word| word & bit == 0) {
            return None;
        }
        // One more than there are beginnings, which are a power of two.
        let beginnings = self.starts.len().saturating_sub(1).max(1);
        let at = beginning(article, beginnings.ilog2());
        let [start, end] = [at, at + 1].map(|at| self.starts.get(at).copied().unwrap_or(u32::MAX));
        let alike = self.by_article().get(start as usize..end as usize)?;
        let at = alike.binary_search_by_key(&article, |pair| read_pair(pair).0).ok()?;
        alike.get(at).map(|pair| ArticleId::from_u64(read_pair(pair).1))
    }

    /// The articles of the cluster whose first article is `first`, ascending.
    pub fn members(&self, first: ArticleId) -> impl Iterator<Item = ArticleId> {
        let first = first.as_u64();
        let by_cluster = self.by_cluster();
        let start = by_cluster.partition_point(|pair| read_pair(pair).0 < first);
        let rest = by_cluster.get(start..).unwrap_or_default();
        rest.iter()
            .map(read_pair)
            .take_while(move |(cluster, _)| *cluster == first)
            .map(|(_, article)| ArticleId::from_u64(article))
    }

    /// Every article that has a copy, with the number of other articles in its cluster.
    pub fn others(&self) -> impl Iterator<Item = (ArticleId, u64)> {
        let clusters = self.by_cluster().chunk_by(|a, b| read_pair(a).0 == read_pair(b).0);
        clusters.flat_map(|cluster| {
            let others = cluster.len() as u64 - 1;
            cluster.iter().map(move |pair| (ArticleId::from_u64(read_pair(pair).1), others))
        })
    }

    /// Whether no article has a copy.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// The first bits of an article's number.
fn beginning(article: u64, bits: u32) -> usize {
    let first = article.checked_shr(u64::BITS - bits).unwrap_or(0);
    usize::try_from(first).unwrap_or(0)
}

/// Where the bit of an article stands among so many words, a power of two: its word, and the word with that bit.
fn remainder(article: u64, words: usize) -> (usize, u64) {
    (usize::try_from(article / 64).unwrap_or(0) & (words.max(1) - 1), 1 << (article % 64))
}

fn newest(directory: &Path) -> Option<std::path::PathBuf> {
    let numbered = fs::read_dir(directory).ok()?.flatten().filter_map(|entry| {
        let number =
            entry.file_name().to_str()?.strip_prefix(COPIES_PREFIX)?.parse::<u64>().ok()?;
        Some((number, entry.path()))
    });
    numbered.max().map(|(_, path)| path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copies() -> Copies {
        let id = ArticleId::from_u64;
        Copies::new([
            (id(9), id(9)),
            (id(2), id(9)),
            (id(4), id(3)),
            (id(3), id(3)),
            (id(5), id(9)),
        ])
    }

    #[test]
    fn clusters_are_found_from_their_articles() {
        let id = ArticleId::from_u64;
        let copies = copies();
        assert_eq!(copies.first_of(id(5)), Some(id(9)));
        assert_eq!(copies.first_of(id(6)), None);
        assert_eq!(copies.members(id(9)).collect::<Vec<_>>(), [id(2), id(5), id(9)]);
        assert_eq!(copies.members(id(2)).count(), 0);
        let others: Vec<_> = copies.others().collect();
        assert_eq!(others, [(id(3), 1), (id(4), 1), (id(2), 2), (id(5), 2), (id(9), 2)]);
    }

    #[test]
    fn each_of_many_is_found() {
        let id = |n: u64| ArticleId::from_u64(n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for count in [0, 1, 7, 8, 9, 100, 5_000] {
            let copies = Copies::new((0..count).map(|n| (id(n), id(n / 2))));
            for n in 0..count {
                assert_eq!(copies.first_of(id(n)), Some(id(n / 2)), "{n} of {count}");
            }
            assert!((count..count + 1_000).all(|n| copies.first_of(id(n)).is_none()), "{count}");
        }
        let last = ArticleId::from_u64(u64::MAX);
        let copies = Copies::new((0..100).map(|n| (ArticleId::from_u64(u64::MAX - n), last)));
        assert!((0..100).all(|n| copies.first_of(ArticleId::from_u64(u64::MAX - n)) == Some(last)));
    }

    #[test]
    fn what_is_written_reads_back_for_its_commit_and_serves_until_the_next() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Copies::read(folder.path(), Some("state-1")).is_empty());
        copies().write(folder.path(), 7).unwrap();
        for payload in [Some("state-7"), Some("state-8"), None] {
            assert_eq!(Copies::read(folder.path(), payload), copies());
        }
        Copies::default().write(folder.path(), 10).unwrap();
        assert_eq!(Copies::read(folder.path(), Some("state-7")), copies());
        assert!(Copies::read(folder.path(), Some("state-10")).is_empty());
    }

    #[test]
    fn a_cut_file_gives_no_nonsense_beyond_its_pairs() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("copies-1"), [1, 2, 3]).unwrap();
        assert!(Copies::read(folder.path(), Some("state-1")).is_empty());
    }
}
