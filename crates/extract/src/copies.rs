//! Copies: a signature by which two articles with nearly the same text are recognised, and the clusters that such articles form.
//!
//! Nearly the same text with other names and numbers in it is a form that is filled in again (a weather report, a list of prices), no copy: that is told
//! by the words that would differ in it.
//!
//! MinHash (A. Broder, On the resemblance and containment of documents, 1997) over runs of four words, each value cut to a few bits (P. Li and C. König,
//! b-Bit minwise hashing, 2010). Candidates come from locality-sensitive hashing in bands (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets,
//! ch. 3); signatures decide. Clusters depend on the set of articles alone, not on their order or history.

mod signature;
mod suspects;

use std::collections::HashMap;

use dateline_article::ArticleId;
use dateline_article::signature::SIGNATURE_LENGTH;

pub use signature::signature;
pub use suspects::suspects;

/// Values in a band: two articles that agree on all values of a band are compared.
const BAND: usize = 3;
/// Share of equal values from which two articles are copies of one another.
const ALIKE: f64 = 0.5;
/// Articles of one band that are compared pair by pair; beyond, each is compared with this many.
const COMPARED: usize = 48;

/// Numbers and capitalised words that a signature holds at most: those with the smallest hashes (a bottom-k sketch; M. Thorup, Bottom-k and priority
/// sampling, 2013).
const MOST_TELLING: usize = 64;
/// Numbers and capitalised words of one text that may be missing in its copy, whatever their share.
const FEW_MISSING: usize = 2;
/// Share of them that a copy has at least, of the text that has fewer.
const TELLING_SHARED: f64 = 0.6;

/// Share of equal values of two signatures: an estimate of the share of common runs.
pub fn resemblance(a: &[u16], b: &[u16]) -> f64 {
    let equal = a.iter().zip(b).take(SIGNATURE_LENGTH).filter(|(a, b)| a == b).count();
    equal as f64 / SIGNATURE_LENGTH as f64
}

/// Whether two texts are copies of one another, by their signatures.
pub fn are_copies(a: &[u16], b: &[u16]) -> bool {
    resemblance(a, b) >= ALIKE && tell_the_same(telling(a), telling(b))
}

fn telling(signature: &[u16]) -> &[u16] {
    signature.get(SIGNATURE_LENGTH..).unwrap_or_default()
}

/// Whether most numbers and names of one text are in the other: of the one that has fewer, since much may be cut from a copy.
fn tell_the_same(a: &[u16], b: &[u16]) -> bool {
    // A full sketch holds the smallest hashes only: beyond its last nothing is known.
    let known = |sketch: &[u16]| {
        sketch.last().copied().filter(|_| sketch.len() == MOST_TELLING).unwrap_or(u16::MAX)
    };
    let limit = known(a).min(known(b));
    let within = |sketch: &[u16]| sketch.partition_point(|hash| *hash <= limit);
    let fewer = within(a).min(within(b));
    let shared = a.iter().take(within(a)).filter(|hash| b.binary_search(hash).is_ok()).count();
    fewer - shared <= FEW_MISSING || shared as f64 >= TELLING_SHARED * fewer as f64
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
            band.push((suspects::key(values), number));
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
                && are_copies(first, second)
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
    use super::signature::mix;
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

    /// So many articles, among them copies of one another, some of them shortened.
    pub(super) fn with_copies(count: u64) -> Vec<Candidate> {
        let story = |id: u64| text(if id.is_multiple_of(3) { id / 9 } else { id }, 150);
        let cut = |id: u64| if id.is_multiple_of(2) { 110 } else { 150 };
        let words = |id: u64| story(id).into_iter().take(cut(id)).collect::<Vec<_>>();
        (100..100 + count).map(|id| candidate(id * 7 % 509, None, &words(id))).collect()
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
    fn a_form_with_other_names_and_numbers_is_no_copy() {
        let towns = [
            "Kestrel", "Marlow", "Dunford", "Ashby", "Tarvo", "Brent", "Orley", "Selby", "Whitby",
            "Oxley",
        ];
        let weather = |n: usize| {
            format!(
                "The weather office expects a {} day in {} on the coast, with light winds from the west in the morning and some rain in the evening. \
                 The highest temperature will be {} degrees and the lowest {} degrees in the hills, it said. Farmers around {} were told to keep \
                 their animals inside during the night, and boats should stay in the harbour until the wind has turned.",
                ["calm", "warm", "wet", "cold", "grey"][n % 5],
                towns[n % 10],
                11 + n,
                2 + n,
                towns[(n + 3) % 10]
            )
        };
        let shares = |n: usize| {
            format!(
                "Shares of {} Holdings closed at {}.{} euros on the exchange in {}, after {} had been traded during the day, the company said in a \
                 statement in the evening. The directors will propose a dividend of {} cents a share for the year, which is more than most of those \
                 who follow the company had expected when the year began, and the general meeting will vote on it in {}.",
                towns[n % 10],
                20 + n,
                10 + n,
                towns[(n + 1) % 10],
                4000 + 13 * n,
                30 + n,
                ["May", "June"][n % 2]
            )
        };
        for form in [&weather as &dyn Fn(usize) -> String, &shares] {
            let texts: Vec<String> = (0..10).map(form).collect();
            let signatures: Vec<_> = texts.iter().map(|text| signature(text).unwrap()).collect();
            let close = resemblance(&signatures[0], &signatures[1]);
            assert!(close > 0.3, "the forms differ too much to be a test: {close}");
            let candidates = (0..).zip(signatures).map(|(id, signature)| Candidate {
                id: ArticleId::from_u64(id),
                published: None,
                signature,
            });
            assert_eq!(clusters(candidates.collect()), [], "{}", texts[0]);
        }
    }

    #[test]
    fn reprints_with_a_few_words_changed_are_copies() {
        // bugs.tsv B076: eight words of five hundred, another agency's name and a line at the end.
        let story: Vec<String> = text(8, 500)
            .into_iter()
            .enumerate()
            .map(|(n, word)| if n % 9 == 0 { format!("N{word}") } else { word })
            .collect();
        let mut edited = story.clone();
        edited.iter_mut().step_by(63).for_each(|word| *word = "Other".into());
        let mut reissued = vec!["(Agency)".to_owned()];
        reissued.extend(story.clone());
        reissued.extend(
            "Additional reporting by Ann Lee in Kyiv; editing by Bo Ray, copyright 2024"
                .split(' ')
                .map(str::to_owned),
        );
        let all = [&story, &edited, &reissued];
        let candidates = (1..).zip(all).map(|(id, words)| candidate(id, None, words)).collect();
        let id = ArticleId::from_u64;
        assert_eq!(clusters(candidates), [(id(1), id(1)), (id(2), id(1)), (id(3), id(1))]);
        // A shortened one has fewer names, but those of the whole.
        let (whole, cut) =
            (signature(&story.join(" ")).unwrap(), signature(&story[..350].join(" ")).unwrap());
        assert!(are_copies(&whole, &cut));
    }

    #[test]
    fn texts_without_blanks_are_compared_by_character() {
        let story = "東京都の港は燃料がなくなり、船は火曜日に出なかった。船長は夕方、町の古い通りで待つ人々に話した。";
        let edited = story.replace("火曜日", "水曜日");
        let other = "大阪の市長は新しい橋の計画を発表し、来年の春に工事を始めると述べた。費用は三億円になる見込みだ。";
        let signature = |text: &str| signature(text).unwrap();
        assert!(are_copies(&signature(story), &signature(&edited)));
        assert!(!are_copies(&signature(story), &signature(other)));
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
