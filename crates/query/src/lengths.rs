//! How long the articles of an index are on average, the same whatever the index went through.
//!
//! The engine's own count of a field's words is exact in what was written at once, and made of rounded lengths in what was joined without its deleted
//! articles: an index with a history would rank otherwise than one made anew. Here it is always made of the rounded lengths, each taken as the middle of
//! those that are rounded to it. They are read once for a field that is scored, a byte an article.

use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tantivy::Searcher;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;

/// The words of the fields that have been asked for, for the articles that an engine sees.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lengths(Arc<RwLock<FxHashMap<Field, u64>>>);

impl Lengths {
    /// Words in a field over all articles, deleted ones counted.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub(crate) fn words(&self, searcher: &Searcher, field: Field) -> tantivy::Result<u64> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&field).copied();
        if let Some(words) = known {
            return Ok(words);
        }
        let mut words = 0;
        for segment in searcher.segment_readers() {
            words += match segment.fieldnorms_readers().get_field(field)? {
                Some(lengths) => in_sum(&lengths),
                // No length is scored.
                None => segment.inverted_index(field)?.total_num_tokens(),
            };
        }
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(field, words);
        Ok(words)
    }
}

fn in_sum(lengths: &FieldNormReader) -> u64 {
    let mut articles = [0_u64; 256];
    for doc in 0..lengths.num_docs() {
        if let Some(count) = articles.get_mut(usize::from(lengths.fieldnorm_id(doc))) {
            *count += 1;
        }
    }
    (0..=u8::MAX).zip(articles).map(|(id, count)| count * middle(id)).sum()
}

/// The middle of the lengths that are rounded to one.
fn middle(id: u8) -> u64 {
    let least = u64::from(FieldNormReader::id_to_fieldnorm(id));
    let next = id.checked_add(1).map(|next| u64::from(FieldNormReader::id_to_fieldnorm(next)));
    least + next.map_or(0, |next| next - 1 - least) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lengths_are_exact_and_long_ones_in_the_middle() {
        for (length, expected) in [(0, 0), (1, 1), (39, 39), (41, 40), (400, 391), (20_000, 19_479)]
        {
            assert_eq!(middle(FieldNormReader::fieldnorm_to_id(length)), expected, "{length}");
        }
        assert_eq!(middle(u8::MAX), 2_013_265_944);
    }
}
