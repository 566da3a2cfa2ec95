//! Which segments are joined: as few times as may be, and never more at a time than there is memory for.
//!
//! While segments are joined, the engine holds their lists of terms, and of one column after the other all that the segments have in it: by far
//! the most of it are the signatures of copies.

use std::path::{Path, PathBuf};

use tantivy::SegmentMeta;
use tantivy::index::{SegmentComponent, SegmentId};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Segments beyond which a finished run joins them whatever their sizes, so that searches stay fast.
const MOST_SEGMENTS: usize = 4;
/// How many times as large as all others together the largest of those may be that a finished run joins although they are few: each article is joined
/// a few times while an index grows a hundredfold.
const UNEVEN: u64 = 3;
/// Segments of about one size that are joined while a run goes on. Most runs end before there are as many: then every article is joined once, at the end.
const AT_ONCE: usize = 24;
/// The part of a run's memory that the segments may take which are joined in one go, as a divisor.
const SHARE: u64 = 4;

/// How segments are joined.
#[derive(Clone, Debug)]
pub(crate) struct Joins {
    /// Folder of the segments' files.
    files: PathBuf,
    /// Bytes that may be held of the segments that are joined in one go.
    most_bytes: u64,
    while_it_goes: LogMergePolicy,
}

impl Joins {
    /// Of the engine's files in a folder, by a run that may take so much memory.
    pub(crate) fn new(files: &Path, memory_bytes: usize) -> Self {
        let mut while_it_goes = LogMergePolicy::default();
        while_it_goes.set_min_num_segments(AT_ONCE);
        Self { files: files.to_owned(), most_bytes: memory_bytes as u64 / SHARE, while_it_goes }
    }

    /// Those that are to be joined when a run has ended, each list into one segment.
    pub(crate) fn at_the_end(&self, segments: &[SegmentMeta]) -> Vec<Vec<SegmentId>> {
        let held = segments.iter().map(|segment| (self.held_bytes(segment), segment.id()));
        let mut held: Vec<_> = held.collect();
        if segments.len() <= MOST_SEGMENTS {
            held.sort_unstable();
            held.truncate(even(&held));
            return groups(held, self.most_bytes);
        }
        enough(groups(held, self.most_bytes), segments.len())
    }

    /// Bytes that are held of a segment while it is joined to others, at most.
    fn held_bytes(&self, segment: &SegmentMeta) -> u64 {
        let of = |component| {
            let file = self.files.join(segment.relative_path(component));
            // A file that cannot be looked at fails where it is read.
            std::fs::metadata(file).map_or(0, |file| file.len())
        };
        of(SegmentComponent::FastFields) + of(SegmentComponent::Terms)
    }
}

impl MergePolicy for Joins {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let held = |id: SegmentId| {
            let segment = segments.iter().find(|segment| segment.id() == id);
            (segment.map_or(0, |segment| self.held_bytes(segment)), id)
        };
        let together = self.while_it_goes.compute_merge_candidates(segments).into_iter();
        let bounded = together.flat_map(|MergeCandidate(ids)| {
            groups(ids.into_iter().map(held).collect(), self.most_bytes)
        });
        bounded.map(MergeCandidate).collect()
    }
}

/// How many of the smallest are about as large as each other; `segments` ascend.
fn even<Id>(segments: &[(u64, Id)]) -> usize {
    let mut others = 0_u64;
    let mut count = 0;
    for (n, (bytes, _)) in segments.iter().enumerate() {
        if n > 0 && *bytes <= others.saturating_mul(UNEVEN) {
            count = n + 1;
        }
        others = others.saturating_add(*bytes);
    }
    count
}

/// As many of the groups, the first ones, as have to be joined so that few of so many segments are left.
fn enough<Id>(mut groups: Vec<Vec<Id>>, mut segments: usize) -> Vec<Vec<Id>> {
    let joined = groups.iter().take_while(|group| {
        let needed = segments > MOST_SEGMENTS;
        segments = (segments + 1).saturating_sub(group.len());
        needed
    });
    groups.truncate(joined.count());
    groups
}

/// Groups of two segments and more that take at most so many bytes, the smallest first. What fits with no other is in none.
fn groups<Id: Ord>(mut segments: Vec<(u64, Id)>, most_bytes: u64) -> Vec<Vec<Id>> {
    segments.sort_unstable();
    let mut groups: Vec<Vec<Id>> = Vec::new();
    let mut room = 0;
    for (bytes, id) in segments {
        if let Some(group) = groups.last_mut().filter(|_| bytes <= room) {
            group.push(id);
        } else {
            groups.push(vec![id]);
            room = most_bytes;
        }
        room = room.saturating_sub(bytes);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_joined_than_has_to_be() {
        let check = |segments: usize, sizes: &[usize], expected: usize| {
            let groups: Vec<_> = sizes.iter().map(|size| vec![0; *size]).collect();
            assert_eq!(enough(groups, segments).len(), expected, "{segments} {sizes:?}");
        };
        check(0, &[], 0);
        check(4, &[4], 0);
        check(5, &[5], 1);
        check(17, &[15, 2], 1);
        check(9, &[3, 2, 2], 3);
        check(8, &[4, 3], 2);
        check(7, &[4, 2], 1);
    }

    #[test]
    fn what_is_about_as_large_is_joined() {
        let check = |bytes: &[u64], expected: usize| {
            let segments: Vec<_> = bytes.iter().map(|bytes| (*bytes, ())).collect();
            assert_eq!(even(&segments), expected, "{bytes:?}");
        };
        check(&[], 0);
        check(&[7], 0);
        check(&[1, 100], 0);
        check(&[30, 100], 0);
        check(&[40, 100], 2);
        check(&[1, 1, 100], 2);
        check(&[1, 30, 30, 30], 4);
        check(&[20, 20, 100], 3);
        check(&[0, 0], 2);
    }

    #[test]
    fn groups_fit_in_memory() {
        let check = |bytes: &[u64], expected: &[&[usize]]| {
            let segments = bytes.iter().copied().zip(0..).collect();
            assert_eq!(groups(segments, 100), expected, "{bytes:?}");
        };
        check(&[], &[]);
        check(&[7], &[]);
        check(&[20, 10, 30, 5, 1], &[&[4, 3, 1, 0, 2]]);
        check(&[20, 90, 30, 60, 10], &[&[4, 0, 2]]);
        check(&[40, 45, 50, 50, 95], &[&[0, 1], &[2, 3]]);
        check(&[200, 300, 400, 500, 600], &[]);
    }
}
