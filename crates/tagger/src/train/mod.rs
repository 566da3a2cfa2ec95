//! Makes the two files in `data/`: the lexicon from lists, the model from annotated corpora.
//!
//! Behind the feature `train`; the product never needs it. The same corpora, lexicon and options
//! give the same bytes. Reads files and prints nothing: what was done is in the [`Report`].

mod corpus;
mod crf;
mod error;
mod example;
mod lists;
mod report;
mod settings;
mod write;

use std::path::Path;

pub use error::Error;
pub use report::{CorpusReport, Report};
pub use settings::Settings;

use self::corpus::Document;
use crate::lexicon::Lexicon;

/// Builds the lexicon file from a folder of lists (see `lists`) and the corpora's use of capitals.
///
/// # Errors
/// When a file cannot be read or is not what it should be.
pub fn lexicon(lists: &Path, corpora: &Path, settings: &Settings) -> Result<Vec<u8>, Error> {
    let documents = corpus::read_all(corpora, settings)?;
    let common = corpus::common_words(&documents);
    lists::build(lists, &common)
}

/// Trains a model on the corpora in a folder, with the features that `lexicon` gives.
///
/// # Errors
/// When a file cannot be read or is not what it should be.
pub fn model(
    corpora: &Path,
    lexicon: &[u8],
    settings: &Settings,
) -> Result<(Vec<u8>, Report), Error> {
    let lexicon = Lexicon::open(lexicon).ok_or(Error::Lexicon)?;
    let documents = corpus::read_all(corpora, settings)?;
    Ok(learn(&documents, &lexicon, settings))
}

fn learn(documents: &[Document], lexicon: &Lexicon<'_>, settings: &Settings) -> (Vec<u8>, Report) {
    let mut report = Report::of(documents, settings);
    let examples = example::examples(documents, lexicon, settings);
    report.features_seen = examples.features.len();
    let trained = crf::train(&examples, settings, &mut report.losses);
    let written = write::model(&examples, &trained, settings);
    report.features_kept = written.kept;
    report.model_bytes = written.file.len();
    (written.file, report)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{HEADER_BYTES, MAGIC};
    use crate::{Kind, Scratch, Tagger};

    /// Six sentences of our own, each seen twice.
    fn documents() -> Vec<Document> {
        let sentences = [
            "Orla/B-PER Vint/I-PER lives in Korvald/B-LOC .",
            "The mayor of Korvald/B-LOC met Jan/B-PER Holt/I-PER .",
            "Jan/B-PER Holt/I-PER lives in Osterby/B-LOC .",
            "The mayor of Osterby/B-LOC met Orla/B-PER Vint/I-PER .",
            "It rains in Korvald/B-LOC and in Osterby/B-LOC .",
            "The mayor lives well .",
        ];
        let mut lines = String::new();
        for word in sentences.iter().chain(&sentences).flat_map(|sentence| sentence.split(' ')) {
            let (word, label) = word.split_once('/').unwrap_or((word, "O"));
            let end = if word == "." { "\n\n" } else { "\n" };
            lines.extend([word, "\t", label, end]);
        }
        let mut documents = Vec::new();
        corpus::parse(&lines, Path::new("own"), 0, &mut documents).unwrap();
        documents
    }

    #[test]
    fn the_same_settings_give_the_same_bytes_and_a_tagger() {
        let settings = Settings {
            corpora: vec![("own".to_owned(), 1.0)],
            rate: 0.1,
            runs: 2,
            epochs: 20,
            least_count: 2,
            ..Settings::default()
        };
        let (model, report) = learn(&documents(), &Lexicon::EMPTY, &settings);
        let (again, _) = learn(&documents(), &Lexicon::EMPTY, &settings);
        assert!(model == again);
        assert_eq!(report.losses.len(), 40);
        assert!(report.losses[19] < report.losses[0] / 4.0);

        let mut lexicon = MAGIC.to_vec();
        lexicon.resize(HEADER_BYTES, 0);
        let tagger = Tagger::open(&model, &lexicon).unwrap();
        let text = "The mayor of Korvald met Jan Holt.";
        let found = tagger.tag(text, &mut Scratch::default());
        let found: Vec<_> =
            found.iter().map(|name| (text.get(name.span.clone()), name.kind)).collect();
        assert_eq!(found, [(Some("Korvald"), Kind::Place), (Some("Jan Holt"), Kind::Person)]);
    }
}
