//! Reads annotated corpora and puts their texts back together.
//!
//! A corpus is lines of `token TAB label` (`O`, `B-PER`, `I-PER` … also LOC, ORG, FAC), a blank
//! line after a sentence, `# newdoc` between documents. Blanks are set as in print, so that
//! the model learns on what the product's own tokenizer cuts.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Error, Settings};
use crate::Kind;
use crate::token::{CLITICS, tokens};

/// A text and its names.
pub(crate) struct Document {
    pub(crate) text: String,
    /// Byte spans, sorted, not overlapping.
    pub(crate) names: Vec<(Range<usize>, Kind)>,
    /// Which corpus it is from, as an index of [`Settings::corpora`].
    pub(crate) corpus: usize,
}

/// Reads the corpora that `settings` names from `folder`.
pub(crate) fn read_all(folder: &Path, settings: &Settings) -> Result<Vec<Document>, Error> {
    let mut documents = Vec::new();
    for (corpus, (name, _)) in settings.corpora.iter().enumerate() {
        let lines = read(folder, name)?;
        parse(&lines, &folder.join(name), corpus, &mut documents)?;
    }
    Ok(documents)
}

/// The content of `NAME.bio` or, through the program `zstd`, of `NAME.bio.zst`.
fn read(folder: &Path, name: &str) -> Result<String, Error> {
    let plain = folder.join(format!("{name}.bio"));
    let packed = folder.join(format!("{name}.bio.zst"));
    if plain.exists() {
        return std::fs::read_to_string(&plain)
            .map_err(|source| Error::Read { path: plain, source });
    }
    if !packed.exists() {
        return Err(Error::NoCorpus { path: plain });
    }
    unpack(&packed).map_err(|source| Error::Read { path: packed, source })
}

fn unpack(path: &Path) -> std::io::Result<String> {
    let mut child = Command::new("zstd").arg("-qdc").arg(path).stdout(Stdio::piped()).spawn()?;
    let mut text = String::new();
    if let Some(mut out) = child.stdout.take() {
        out.read_to_string(&mut text)?;
    }
    if child.wait()?.success() { Ok(text) } else { Err(std::io::Error::other("zstd failed")) }
}

pub(crate) fn parse(
    lines: &str,
    path: &Path,
    corpus: usize,
    documents: &mut Vec<Document>,
) -> Result<(), Error> {
    // Without `# newdoc` every sentence (a tweet) is a document.
    let whole = lines.contains("\n# newdoc");
    let mut printer = Printer::default();
    for (number, line) in (1..).zip(lines.lines()) {
        let Some((word, label)) = line.split_once('\t') else {
            let new = line.starts_with("# newdoc") || (line.is_empty() && !whole);
            if line.is_empty() {
                printer.end_sentence();
            } else if !line.starts_with("# ") {
                return Err(Error::Malformed {
                    path: path.into(),
                    line: number,
                    form: "token TAB label",
                });
            }
            if new {
                printer.finish(corpus, documents);
            }
            continue;
        };
        let malformed = || Error::Malformed {
            path: path.into(),
            line: number,
            form: "token TAB O or [BI]-[PER LOC ORG FAC]",
        };
        match label.split_once('-') {
            None if label == "O" => printer.word(word, None),
            Some((begin @ ("B" | "I"), kind)) => {
                let kind = match kind {
                    "PER" => Kind::Person,
                    "LOC" | "FAC" => Kind::Place,
                    "ORG" => Kind::Organisation,
                    _ => return Err(malformed()),
                };
                printer.word(word, Some((kind, begin == "B")));
            }
            _ => return Err(malformed()),
        }
    }
    printer.end_sentence();
    printer.finish(corpus, documents);
    Ok(())
}

/// Sets words as in print.
#[derive(Default)]
struct Printer {
    text: String,
    names: Vec<(Range<usize>, Kind)>,
    open: Option<Kind>,
    glued: bool,
    quoted: bool,
    sentence_start: usize,
    run_on: bool,
}

impl Printer {
    fn word(&mut self, word: &str, name: Option<(Kind, bool)>) {
        let quote = word == "\"" || word == "''" || word == "``";
        let closing = matches!(
            word,
            "." | ","
                | ";"
                | ":"
                | "!"
                | "?"
                | "..."
                | ")"
                | "]"
                | "}"
                | "%"
                | "”"
                | "’"
                | "'"
                | "…"
                | "n't"
                | "n’t"
        ) || is_clitic(word)
            || (quote && self.quoted);
        if !(self.text.is_empty() || self.text.ends_with(['\n', ' ']) || self.glued || closing) {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(if quote { "\"" } else { word });
        let end = self.text.len();
        self.glued = matches!(word, "(" | "[" | "{" | "“" | "‘" | "$" | "£" | "€" | "#")
            || (quote && !self.quoted);
        self.quoted ^= quote;
        match (name, self.names.last_mut()) {
            (Some((kind, false)), Some((span, last)))
                if self.open == Some(*last) && *last == kind =>
            {
                span.end = end;
            }
            (Some((kind, _)), _) => self.names.push((start..end, kind)),
            (None, _) => {}
        }
        self.open = name.map(|(kind, _)| kind);
    }

    fn end_sentence(&mut self) {
        if self.text.len() > self.sentence_start {
            let ended = self.text.ends_with(['.', '!', '?', '"', '”', ')']);
            // Headings and signatures run into the next line in some texts and not in others.
            self.run_on = !self.run_on;
            self.text.push(if ended || self.run_on { ' ' } else { '\n' });
        }
        self.sentence_start = self.text.len();
        (self.open, self.glued, self.quoted) = (None, false, false);
    }

    fn finish(&mut self, corpus: usize, documents: &mut Vec<Document>) {
        self.sentence_start = 0;
        let text = std::mem::take(&mut self.text);
        let mut names = std::mem::take(&mut self.names);
        names.retain_mut(|(span, kind)| *kind != Kind::Person || strip_titles(&text, span));
        if !text.is_empty() {
            documents.push(Document { text, names, corpus });
        }
    }
}

/// Titles and offices that some corpora take for a part of the name, or for a name.
const TITLES: [&str; 36] = [
    "Ambassador",
    "Captain",
    "Chancellor",
    "Chief",
    "Col.",
    "Colonel",
    "Congressman",
    "Dr",
    "Dr.",
    "Foreign",
    "Gen.",
    "General",
    "Gov.",
    "Governor",
    "Judge",
    "Justice",
    "Lt.",
    "Minister",
    "Mr",
    "Mr.",
    "Mrs",
    "Mrs.",
    "Ms",
    "Ms.",
    "Premier",
    "President",
    "Prime",
    "Prof.",
    "Professor",
    "Rep.",
    "Representative",
    "Secretary",
    "Sen.",
    "Senator",
    "Sgt.",
    "Vice",
];

/// Takes titles off the front of a person's name; `false` when nothing is left.
fn strip_titles(text: &str, span: &mut Range<usize>) -> bool {
    while let Some(name) = text.get(span.clone()) {
        let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
        if !TITLES.contains(&first) {
            break;
        }
        span.start = span.end - rest.len();
    }
    span.start < span.end
}

fn is_clitic(word: &str) -> bool {
    let tail = word.strip_prefix(['\'', '’']).unwrap_or_default();
    CLITICS.iter().any(|clitic| clitic.eq_ignore_ascii_case(tail))
}

/// Lower-case forms that the corpora print in lower case nearly always, away from names.
pub(crate) fn common_words(documents: &[Document]) -> Vec<String> {
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut cut = Vec::new();
    for document in documents {
        tokens(&document.text, &mut cut);
        for token in &cut {
            let word = document.text.get(token.span()).unwrap_or_default();
            if !word.starts_with(char::is_alphabetic) {
                continue;
            }
            let named = document
                .names
                .iter()
                .any(|(span, _)| span.start <= token.start && token.end <= span.end);
            let lower = word.chars().all(|letter| !letter.is_uppercase());
            let (small, large) = counts.entry(word.to_lowercase()).or_default();
            *small += u32::from(lower && !named);
            *large += u32::from(named);
        }
    }
    let kept = counts.into_iter().filter(|(_, (small, large))| *small >= 2 && *small > large * 10);
    kept.map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &str, text: &str, names: &[&str]) {
        let mut documents = Vec::new();
        parse(lines, Path::new("x"), 0, &mut documents).unwrap();
        let found: Vec<&str> = documents[0]
            .names
            .iter()
            .map(|(span, _)| documents[0].text.get(span.clone()).unwrap())
            .collect();
        assert_eq!(documents[0].text.trim_end(), text);
        assert_eq!(found, names);
    }

    #[test]
    fn texts_are_set_as_in_print() {
        check(
            "# c\n# newdoc\n\nOrla\tB-PER\nVint\tI-PER\n's\tO\n\"\tO\nold\tO\ndam\tO\n\"\tO\n(\tO\nKorvald\tB-LOC\n)\tO\n.\tO\n",
            "Orla Vint's \"old dam\" (Korvald).",
            &["Orla Vint", "Korvald"],
        );
        check("Orla\tB-PER\nVint\tB-PER\n\nYes\tO\n", "Orla Vint", &["Orla", "Vint"]);
    }

    #[test]
    fn titles_are_no_part_of_a_name() {
        check(
            "Prime\tB-PER\nMinister\tI-PER\nOrla\tI-PER\nVint\tI-PER\n",
            "Prime Minister Orla Vint",
            &["Orla Vint"],
        );
        check("the\tO\nPresident\tB-PER\n", "the President", &[]);
    }

    #[test]
    fn strange_labels_are_refused() {
        let parsed = parse("Orla\tB-CAT\n", Path::new("x"), 0, &mut Vec::new());
        assert!(matches!(parsed, Err(Error::Malformed { line: 1, .. })));
    }
}
