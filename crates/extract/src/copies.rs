//! Copies: a signature by which two articles with nearly the same text are recognised, and the clusters that such articles form.
//!
//! MinHash (A. Broder, On the resemblance and containment of documents, 1997) over runs of four words, each value cut to 16 bits (P. Li and C. König,
//! b-Bit minwise hashing, 2010). Candidates come from locality-sensitive hashing in bands (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets,
//! ch. 3); signatures decide. Clusters depend on the set of articles alone, not on their order or history.

use std::collections::HashMap;

use dateline_article::ArticleId;

/// Values in a signature.
pub const SIGNATURE_LENGTH: usize = 128;
/// Words in a run.
const RUN: usize = 4;
/// Texts with fewer words have no signature: two short notices may be alike by chance.
const FEWEST_WORDS: usize = 24;
/// Values in a band: two articles that agree on all values of a band are compared.
const BAND: usize = 3;
/// Share of equal values from which two articles are copies of one another.
const ALIKE: f64 = 0.5;
/// Articles of one band that are compared pair by pair; beyond, each is compared with this many.
const COMPARED: usize = 48;

/// The signature of a text without its dateline; `None` where it is too short to tell.
///
/// Linear in the length of the text.
pub fn signature(text: &str) -> Option<Vec<u16>> {
    let mut least = [u32::MAX; SIGNATURE_LENGTH];
    let functions = functions();
    let mut window = [0_u64; RUN];
    let mut words = 0;
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
    {
        window.rotate_left(1);
        if let Some(last) = window.last_mut() {
            *last = hash_word(word);
        }
        words += 1;
        if words >= RUN {
            let run =
                window.iter().fold(0x9e37_79b9_7f4a_7c15, |hash: u64, word| mix(hash ^ *word));
            let run = (run >> 32) as u32;
            // perf: benches/extract.rs; 32-bit lanes, so that the compiler takes several at once.
            for (least, (factor, offset)) in least.iter_mut().zip(&functions) {
                *least = (*least).min(run.wrapping_mul(*factor).wrapping_add(*offset));
            }
        }
    }
    (words >= FEWEST_WORDS).then(|| least.iter().map(|value| (value & 0xffff) as u16).collect())
}

/// The hash functions of the signature: factor (odd) and offset of each, for runs that are well mixed already.
fn functions() -> [(u32, u32); SIGNATURE_LENGTH] {
    let mut functions = [(0, 0); SIGNATURE_LENGTH];
    for (function, seed) in functions.iter_mut().zip(1_u64..) {
        let bits = mix(seed.wrapping_mul(0xd6e8_feb8_6659_fd93));
        *function = ((bits >> 32) as u32 | 1, (bits & 0xffff_ffff) as u32);
    }
    functions
}

/// FNV-1a over the word in lower case.
fn hash_word(word: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let start = 0xcbf2_9ce4_8422_2325;
    if word.is_ascii() {
        return word.bytes().fold(start, |hash, byte| step(hash, byte.to_ascii_lowercase()));
    }
    let mut buffer = [0; 4];
    word.chars()
        .flat_map(char::to_lowercase)
        .fold(start, |hash, letter| letter.encode_utf8(&mut buffer).bytes().fold(hash, step))
}

/// A bijection that spreads bits (the finaliser of `SplitMix64`, S. Vigna).
fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// Share of equal values of two signatures: an estimate of the share of common runs.
pub fn resemblance(a: &[u16], b: &[u16]) -> f64 {
    let equal = a.iter().zip(b).filter(|(a, b)| a == b).count();
    equal as f64 / SIGNATURE_LENGTH as f64
}

/// An article that may be a copy.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its id.
    pub id: ArticleId,
    /// What its cluster is ordered by: when it appeared, in seconds; articles without come last.
    pub published: Option<i64>,
    /// Its signature.
    pub signature: Vec<u16>,
}

/// Groups copies: for every article of a cluster, its id and that of the cluster's first article (earliest published, then smallest id), ascending
/// by id. Articles without a copy are not listed.
pub fn clusters(mut candidates: Vec<Candidate>) -> Vec<(ArticleId, ArticleId)> {
    candidates.sort_by_key(|candidate| candidate.id);
    let mut groups = Groups::new(candidates.len());
    let mut band: Vec<(u64, u32)> = Vec::with_capacity(candidates.len());
    for at in (0..SIGNATURE_LENGTH / BAND).map(|number| number * BAND) {
        band.clear();
        for (number, candidate) in (0..).zip(&candidates) {
            let values = candidate.signature.get(at..at + BAND).unwrap_or_default();
            let key = values.iter().fold(0, |key, value| key << 16 | u64::from(*value));
            band.push((key, number));
        }
        band.sort_unstable();
        for bucket in band.chunk_by(|(a, _), (b, _)| a == b).filter(|bucket| bucket.len() > 1) {
            compare(bucket, &candidates, &mut groups);
        }
    }
    let mut first: HashMap<u32, usize> = HashMap::new();
    let order = |number: usize| {
        candidates.get(number).map(|one| (one.published.unwrap_or(i64::MAX), one.id))
    };
    let roots: Vec<u32> = (0..).take(candidates.len()).map(|number| groups.root(number)).collect();
    let mut sizes: HashMap<u32, u32> = HashMap::new();
    for (number, root) in roots.iter().enumerate() {
        *sizes.entry(*root).or_default() += 1;
        let best = first.entry(*root).or_insert(number);
        if order(number) < order(*best) {
            *best = number;
        }
    }
    let listed = candidates
        .iter()
        .zip(&roots)
        .filter(|(_, root)| sizes.get(root).is_some_and(|size| *size > 1));
    listed
        .filter_map(|(candidate, root)| Some((candidate.id, candidates.get(*first.get(root)?)?.id)))
        .collect()
}

/// Joins the articles of a bucket that are alike.
fn compare(bucket: &[(u64, u32)], candidates: &[Candidate], groups: &mut Groups) {
    let signature = |number: u32| {
        candidates.get(number as usize).map(|candidate| candidate.signature.as_slice())
    };
    for (at, (_, a)) in bucket.iter().enumerate() {
        for (_, b) in bucket.iter().take(at.min(COMPARED)) {
            if groups.root(*a) == groups.root(*b) {
                continue;
            }
            if let (Some(first), Some(second)) = (signature(*a), signature(*b))
                && resemblance(first, second) >= ALIKE
            {
                groups.join(*a, *b);
            }
        }
    }
}

/// Disjoint sets of articles by number.
struct Groups(Vec<u32>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..).take(count).collect())
    }

    fn root(&mut self, mut number: u32) -> u32 {
        while let Some(parent) =
            self.0.get(number as usize).copied().filter(|parent| *parent != number)
        {
            // Halve the path, so that later walks are short.
            let above = self.0.get(parent as usize).copied().unwrap_or(parent);
            if let Some(slot) = self.0.get_mut(number as usize) {
                *slot = above;
            }
            number = above;
        }
        number
    }

    /// The smaller number becomes the root, whatever the order of joining.
    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a.max(b) as usize) {
            *slot = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `words` words, drawn by a seed from a vocabulary of its own.
    fn text(seed: u64, words: u64) -> Vec<String> {
        (0..words).map(|n| format!("w{}", mix(seed * 1000 + n) % 5000)).collect()
    }

    fn candidate(id: u64, published: Option<i64>, words: &[String]) -> Candidate {
        Candidate {
            id: ArticleId::from_u64(id),
            published,
            signature: signature(&words.join(" ")).unwrap(),
        }
    }

    #[test]
    fn resemblance_estimates_the_share_of_common_runs() {
        let whole = text(1, 600);
        let check = |other: &[String], expected: f64| {
            let (a, b) =
                (signature(&whole.join(" ")).unwrap(), signature(&other.join(" ")).unwrap());
            let found = resemblance(&a, &b);
            assert!((found - expected).abs() < 0.12, "{found} for {expected}");
        };
        check(&whole, 1.0);
        check(&whole[..300], 0.5);
        check(&text(2, 600), 0.0);
        let mut edited = whole.clone();
        for word in edited.iter_mut().step_by(50) {
            word.push('x');
        }
        check(&edited, 0.85);
    }

    #[test]
    fn case_and_punctuation_do_not_count() {
        let words = text(3, 40).join(" ");
        let shouted = text(3, 40).join(", ").to_uppercase();
        assert_eq!(signature(&words), signature(&shouted));
    }

    #[test]
    fn short_texts_have_no_signature() {
        assert_eq!(signature("The ferry did not sail on Tuesday."), None);
        assert_eq!(signature(""), None);
    }

    #[test]
    fn clusters_do_not_depend_on_order() {
        let story = text(4, 200);
        let mut edited = story.clone();
        edited[100] = "other".into();
        let cut = story[..150].to_vec();
        let mut all = vec![
            candidate(9, Some(50), &story),
            candidate(2, Some(90), &edited),
            candidate(5, None, &cut),
            candidate(7, Some(10), &text(5, 200)),
            candidate(1, Some(10), &text(6, 200)),
        ];
        let id = ArticleId::from_u64;
        let expected = vec![(id(2), id(9)), (id(5), id(9)), (id(9), id(9))];
        assert_eq!(clusters(all.clone()), expected);
        all.reverse();
        assert_eq!(clusters(all), expected);
        assert_eq!(clusters(Vec::new()), []);
    }

    #[test]
    fn a_thousand_copies_are_one_cluster() {
        let story = text(7, 100);
        let all = (0..1000).map(|id| candidate(id, None, &story)).collect();
        let found = clusters(all);
        assert_eq!(found.len(), 1000);
        assert!(found.iter().all(|(_, first)| *first == ArticleId::from_u64(0)));
    }
}
