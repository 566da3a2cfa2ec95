//! The agency of a dateline, as a mention of an organisation. The dateline's place is found with the other places.

use dateline_article::Dateline;

use super::{Mention, NameKind};
use crate::passage::Passage;
use crate::tables;

/// The mention of the agency in the dateline that takes the first `length_bytes` of the passage, where the agency is a known organisation.
pub(crate) fn agency(
    passage: &Passage<'_>,
    dateline: &Dateline,
    length_bytes: usize,
) -> Option<Mention> {
    let name = dateline.agency.as_deref().map(str::trim).filter(|name| !name.is_empty())?;
    if !tables::ORGANISATIONS.contains(&dateline_gazetteer::fold(name)) {
        return None;
    }
    let start = passage.text().get(..length_bytes)?.rfind(name)?;
    let first = passage.token_at(u32::try_from(start).ok()?);
    let last = passage.token_at(u32::try_from(start + name.len() - 1).ok()?);
    Some(Mention { kind: NameKind::Organisation, first, last, span: passage.span(first, last)? })
}
