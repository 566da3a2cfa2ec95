//! The trained tagger of English names ([`dateline_tagger`]) on the passages of an article.
//!
//! It reads title and text as one, so that what is clear in one helps in the other. Its spans are laid over the passages'
//! tokens, and the lists of [`super::amend`] correct it. It joins nothing and resolves nothing.

use std::sync::{Mutex, PoisonError};

use dateline_article::Language;
use dateline_tagger::{Kind, Scratch, Tagger};

use super::amend::amend;
use super::{Mention, NameKind};
use crate::extractor::NameTagger;
use crate::passage::Passage;

/// Tags English; holds room for as many threads as ever tagged at once.
pub(crate) struct TrainedTagger {
    tagger: Tagger<'static>,
    rooms: Mutex<Vec<Room>>,
}

/// What is reused from article to article.
#[derive(Default)]
struct Room {
    scratch: Scratch,
    text: String,
}

/// What stands between two passages: the end of a paragraph.
const BORDER: &str = "\n\n";

impl TrainedTagger {
    pub(crate) fn new() -> Self {
        Self { tagger: Tagger::english(), rooms: Mutex::new(Vec::new()) }
    }

    fn rooms(&self) -> std::sync::MutexGuard<'_, Vec<Room>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl NameTagger for TrainedTagger {
    fn tag(
        &self,
        passages: &[Passage<'_>; 2],
        body_bytes: usize,
        _: Option<Language>,
    ) -> [Vec<Mention>; 2] {
        let mut room = self.rooms().pop().unwrap_or_default();
        let [title, text] = passages;
        let body = text.text().get(body_bytes..).unwrap_or_default();
        room.text.clear();
        if !title.text().is_empty() {
            room.text.push_str(title.text());
            room.text.push_str(BORDER);
        }
        let border = room.text.len();
        room.text.push_str(body);
        let mut found = [Vec::new(), Vec::new()];
        for mention in self.tagger.tag(&room.text, &mut room.scratch) {
            let in_text = mention.span.start >= border;
            let (passage, shift) = if in_text { (text, body_bytes) } else { (title, 0) };
            let start = mention.span.start - if in_text { border } else { 0 } + shift;
            let end = start + mention.span.len();
            let [of_title, of_text] = &mut found;
            let list = if in_text { of_text } else { of_title };
            // Where the two cut words differently, two mentions may touch one token, or one a token of the dateline.
            let is_free = |mention: &Mention| {
                mention.span.start as usize >= shift
                    && list.last().is_none_or(|before: &Mention| before.last < mention.first)
            };
            let mention = laid(passage, start, end, mention.kind).filter(is_free);
            list.extend(mention);
        }
        self.rooms().push(room);
        let [of_title, of_text] = &mut found;
        amend(title, 0, of_title);
        amend(text, text.token_at(u32::try_from(body_bytes).unwrap_or(u32::MAX)), of_text);
        found
    }
}

/// The mention over the tokens of `passage` that the bytes touch.
fn laid(passage: &Passage<'_>, start: usize, end: usize, kind: Kind) -> Option<Mention> {
    let kind = match kind {
        Kind::Person => NameKind::Person,
        Kind::Place => NameKind::Place,
        Kind::Organisation => NameKind::Organisation,
    };
    let first = passage.token_at(u32::try_from(start).ok()?);
    let last = passage.token_at(u32::try_from(end.checked_sub(1)?).ok()?);
    Some(Mention { kind, first, last, span: passage.span(first, last)? })
}
