//! What a training run did, for people.

use std::fmt;

use super::Settings;
use super::corpus::Document;
use crate::token::tokens;

/// What was read of one corpus.
#[derive(Clone, Debug)]
pub struct CorpusReport {
    /// Its file name without extension.
    pub name: String,
    /// Documents.
    pub documents: usize,
    /// Tokens, as this crate cuts them.
    pub tokens: usize,
    /// Names.
    pub names: usize,
}

/// What a training run did.
#[derive(Clone, Debug)]
pub struct Report {
    /// The corpora, in order.
    pub corpora: Vec<CorpusReport>,
    /// What the run was told.
    pub settings: Settings,
    /// Features seen often enough.
    pub features_seen: usize,
    /// Features in the file.
    pub features_kept: usize,
    /// Size of the model file.
    pub model_bytes: usize,
    /// Negative logarithm of the likelihood, epoch by epoch.
    pub losses: Vec<f64>,
}

impl Report {
    pub(crate) fn of(documents: &[Document], settings: &Settings) -> Self {
        let empty = |(name, _): &(String, f32)| CorpusReport {
            name: name.clone(),
            documents: 0,
            tokens: 0,
            names: 0,
        };
        let mut corpora: Vec<CorpusReport> = settings.corpora.iter().map(empty).collect();
        let mut cut = Vec::new();
        for document in documents {
            tokens(&document.text, &mut cut);
            if let Some(corpus) = corpora.get_mut(document.corpus) {
                corpus.documents += 1;
                corpus.tokens += cut.len();
                corpus.names += document.names.len();
            }
        }
        let settings = settings.clone();
        Self {
            corpora,
            settings,
            features_seen: 0,
            features_kept: 0,
            model_bytes: 0,
            losses: Vec::new(),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(to, "# Training of the English tagger\n")?;
        writeln!(to, "| corpus | documents | tokens | names |\n| --- | --- | --- | --- |")?;
        for corpus in &self.corpora {
            let CorpusReport { name, documents, tokens, names } = corpus;
            writeln!(to, "| {name} | {documents} | {tokens} | {names} |")?;
        }
        let Settings {
            runs,
            epochs,
            rate,
            decay,
            dropout,
            least_count,
            least_weight,
            recased,
            seed,
            ..
        } = self.settings;
        writeln!(
            to,
            "\nRuns {runs}, epochs {epochs} each, rate {rate}, decay {decay}, dropout {dropout}, seed {seed}."
        )?;
        writeln!(to, "Features seen {least_count} times or more: {}.", self.features_seen)?;
        writeln!(to, "Kept with a weight of {least_weight} or more: {}.", self.features_kept)?;
        writeln!(to, "Sentences seen again with other capitals: {recased}.")?;
        writeln!(to, "Model: {} bytes.\n", self.model_bytes)?;
        writeln!(to, "| epoch | loss |\n| --- | --- |")?;
        for (epoch, loss) in (1..).zip(&self.losses) {
            writeln!(to, "| {epoch} | {loss:.1} |")?;
        }
        Ok(())
    }
}
