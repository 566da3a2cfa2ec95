//! How much an article dwells on each entity that it names: its mentions, counted once, so that ranking need not read where they all stand.
//!
//! How often a name stands in an article, and whether it stands in title and lead, are the strongest signs that the article is about its bearer
//! (Dunietz and Gillick, A New Entity Salience Task with Millions of Training Examples, EACL 2014).

use crate::TEXT_POSITION;
use crate::structure::{Border, MentionAt, MentionKind, Structure};

/// What a mention counts.
pub const MENTION: u64 = 2;
/// What a mention in the lead counts.
pub const MENTION_IN_LEAD: u64 = 3;
/// What a mention in the title counts.
pub const MENTION_IN_TITLE: u64 = 4;

/// What the mentions of each entity of a kind count together, by the number of the entity; before them the most of these. Empty where nothing of the kind
/// is mentioned.
pub(crate) fn salience(structure: &Structure, kind: MentionKind) -> Vec<u64> {
    let (mut begins, mut ends) = (u32::MAX, 0);
    for border in &structure.borders {
        match border {
            Border::LeadBegins(at) => begins = *at,
            Border::LeadEnds(at) => ends = *at,
            Border::Sentence(_) | Border::Paragraph(_) | Border::TitleEnds(_) => {}
        }
    }
    let counts = |mention: &MentionAt| {
        if mention.end < TEXT_POSITION {
            MENTION_IN_TITLE
        } else if mention.start >= begins && mention.end < ends {
            MENTION_IN_LEAD
        } else {
            MENTION
        }
    };
    let mut all = Vec::new();
    for mention in structure.mentions.iter().filter(|mention| mention.kind == kind) {
        let place = mention.entity as usize + 1;
        if all.len() <= place {
            all.resize(place + 1, 0);
        }
        if let Some(sum) = all.get_mut(place) {
            *sum += counts(mention);
        }
    }
    let most = all.iter().copied().max();
    if let (Some(first), Some(most)) = (all.first_mut(), most) {
        *first = most;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_count_by_where_they_stand() {
        let mention =
            |start, end, entity| MentionAt { start, end, kind: MentionKind::Person, entity };
        let borders = vec![Border::TitleEnds(5), Border::LeadBegins(260), Border::LeadEnds(280)];
        let check = |mentions: Vec<MentionAt>, expected: &[u64]| {
            let structure =
                Structure { borders: borders.clone(), mentions, ..Structure::default() };
            assert_eq!(salience(&structure, MentionKind::Person), expected);
            assert_eq!(salience(&structure, MentionKind::Place), Vec::<u64>::new());
        };
        check(vec![], &[]);
        check(vec![mention(300, 301, 0)], &[2, 2]);
        check(vec![mention(0, 1, 0), mention(260, 261, 0), mention(300, 300, 1)], &[7, 7, 2]);
        check(vec![mention(279, 280, 1), mention(279, 279, 1)], &[5, 0, 5]);
        check(vec![mention(256, 258, 2)], &[2, 0, 0, 2]);
    }
}
