//! Which tagger reads which language: the trained one English, and what may be English; the rules all others.

use dateline_article::Language;

use super::Mention;
use super::rules::RuleTagger;
use super::trained::TrainedTagger;
use crate::extractor::NameTagger;
use crate::passage::Passage;

/// Passes each article to the tagger of its language.
pub(crate) struct ByLanguage {
    english: TrainedTagger,
    others: RuleTagger,
}

impl ByLanguage {
    pub(crate) fn new() -> Self {
        Self { english: TrainedTagger::new(), others: RuleTagger }
    }
}

impl NameTagger for ByLanguage {
    fn tag(
        &self,
        passages: &[Passage<'_>; 2],
        body_bytes: usize,
        language: Option<Language>,
    ) -> [Vec<Mention>; 2] {
        let tagger: &dyn NameTagger = match language {
            None | Some(Language::ENGLISH) => &self.english,
            Some(_) => &self.others,
        };
        tagger.tag(passages, body_bytes, language)
    }
}
