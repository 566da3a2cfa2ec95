//! Evaluation on collections with judgments: topics, judgments and runs in TREC's forms, measures as trec_eval defines them, and whether one run is
//! better than another by more than chance. Nothing here searches.

pub(crate) mod measures;
pub(crate) mod significance;
pub(crate) mod topics;
pub(crate) mod trec;
