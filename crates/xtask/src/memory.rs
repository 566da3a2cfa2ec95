//! `cargo xtask memory`: the most memory that `dateline index` takes, by the size of what it indexes, as `docs/reliability.md` has it.
//!
//! Articles are made as they are written, from a fixed seed: a large and growing vocabulary, names and places that the extractors find, some copies. The
//! peak is the system's own count of resident pages (`VmHWM`), so the task needs Linux.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::ensure;

use crate::built::{self, Profile};
use crate::cost;

/// What `cargo xtask memory` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Megabytes of articles, one row of the table each.
    #[arg(value_name = "MEGABYTES", default_values_t = [1000, 2000, 4000])]
    sizes: Vec<u64>,
    /// What `dateline index` is told to take.
    #[arg(long, default_value = "1GB")]
    memory: String,
    /// Folder in which corpus and index are made and deleted again [default: that of temporary files].
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Leave out people, places, organisations and dates.
    #[arg(long)]
    no_extract: bool,
}

/// Megabytes of one file of the corpus.
const FILE_MEGABYTES: u64 = 50;

/// Prints the table, a row as soon as it is known.
///
/// # Errors
/// The program does not build or run, the disk is full, or the system does not tell the memory of a process.
pub(crate) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<()> {
    let binary = built::dateline(Profile::Release)?;
    writeln!(
        out,
        "| input, MB | articles | index, MB | peak of memory, MB | seconds |\n|--:|--:|--:|--:|--:|"
    )?;
    for megabytes in &arguments.sizes {
        let scratch = match &arguments.folder {
            Some(folder) => tempfile::tempdir_in(folder)?,
            None => tempfile::tempdir()?,
        };
        let corpus = scratch.path().join("corpus");
        fs::create_dir(&corpus)?;
        let articles = write_corpus(&corpus, megabytes * 1_000_000)?;
        let index = scratch.path().join("index");
        let mut command = Command::new(&binary);
        command.arg("index").arg(&corpus).arg("--index").arg(&index);
        command.args(["--memory", &arguments.memory]);
        if arguments.no_extract {
            command.arg("--no-extract");
        }
        let cost = cost::of(&mut command)?;
        ensure!(cost.peak_bytes > 0, "the system does not tell the memory of a process");
        let (size, peak) = (cost::size(&index)? / 1_000_000, cost.peak_bytes / 1_000_000);
        let seconds = cost.wall.as_secs();
        writeln!(out, "| {megabytes} | {articles} | {size} | {peak} | {seconds} |")?;
        out.flush()?;
    }
    Ok(())
}

/// Writes about so many bytes as JSON lines; the number of articles.
///
/// # Errors
/// A file cannot be written.
pub(crate) fn write_corpus(folder: &Path, bytes: u64) -> anyhow::Result<u64> {
    let mut random = Random(0x1851_0918);
    let (mut articles, mut written, mut before) = (0, 0, String::new());
    for file in 0_u64.. {
        let path = folder.join(format!("{file:04}.jsonl"));
        let mut out = BufWriter::new(File::create(path)?);
        let until = bytes.min((file + 1) * FILE_MEGABYTES * 1_000_000);
        while written < until {
            // One of twenty is the copy of another.
            let text =
                if random.below(20) == 0 { before.clone() } else { text(&mut random, articles) };
            let published = format!(
                "{}-{:02}-{:02}",
                2000 + random.below(25),
                1 + random.below(12),
                1 + random.below(28)
            );
            let line = serde_json::json!({
                "id": articles.to_string(), "title": sentence(&mut random, articles, 7), "text": text, "published": published,
                "source": format!("Wire {}", random.below(40)),
            })
            .to_string();
            writeln!(out, "{line}")?;
            written += line.len() as u64 + 1;
            articles += 1;
            before = text;
        }
        out.flush()?;
        if written >= bytes {
            break;
        }
    }
    Ok(articles)
}

fn text(random: &mut Random, articles: u64) -> String {
    const PEOPLE: [&str; 6] =
        ["Jens Stoltenberg", "Olena Koval", "Marta Doe", "Angela Merkel", "Edo Lanz", "Mira Holt"];
    const PLACES: [&str; 8] =
        ["Brussels", "Kyiv", "Hamburg", "Riga", "Odesa", "Tampere", "Lisbon", "Nairobi"];
    let mut text = String::new();
    for paragraph in 0..3 + random.below(4) {
        if paragraph > 0 {
            text.push_str("\n\n");
        }
        let (person, place) = (pick(&PEOPLE, random), pick(&PLACES, random));
        let day = 1 + random.below(28);
        // A `String` takes all.
        let _ = write!(text, "{person} spoke in {place} on March {day}. ");
        for _ in 0..3 + random.below(4) {
            let words = 8 + random.below(16);
            text.push_str(&sentence(random, articles, words));
            text.push_str(". ");
        }
    }
    text
}

/// Words by their rank, the frequent ones short; every thousand articles bring new ones.
fn sentence(random: &mut Random, articles: u64, words: u64) -> String {
    let mut text = String::new();
    for number in 0..words {
        let most = [40, 400, 4_000, 40_000 + articles];
        let below =
            most.get(usize::try_from(random.below(4)).unwrap_or_default()).copied().unwrap_or(40);
        let word = word(random.below(below));
        if number == 0 {
            text.extend(word.chars().take(1).map(|letter| letter.to_ascii_uppercase()));
            text.extend(word.chars().skip(1));
        } else {
            text.push(' ');
            text.push_str(&word);
        }
    }
    text
}

/// A number as syllables.
fn word(mut number: u64) -> String {
    const SYLLABLES: [&str; 20] = [
        "ka", "lo", "mi", "ter", "san", "ve", "ru", "den", "po", "li", "gor", "na", "shi", "bel",
        "to", "fen", "ra", "cu", "mar", "es",
    ];
    let mut word = String::new();
    loop {
        let at = usize::try_from(number % 20).unwrap_or_default();
        word.push_str(SYLLABLES.get(at).copied().unwrap_or_default());
        number /= 20;
        if number == 0 {
            return word;
        }
    }
}

fn pick<'list>(list: &[&'list str], random: &mut Random) -> &'list str {
    let at = usize::try_from(random.below(list.len() as u64)).unwrap_or_default();
    list.get(at).copied().unwrap_or_default()
}

/// A generator by Marsaglia (xorshift): the same corpus on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corpus_has_its_size_and_is_the_same_again() {
        let made = || {
            let folder = tempfile::tempdir().unwrap();
            let articles = write_corpus(folder.path(), 300_000).unwrap();
            (articles, fs::read_to_string(folder.path().join("0000.jsonl")).unwrap())
        };
        let (articles, text) = made();
        assert!(articles > 50 && (300_000..310_000).contains(&text.len()), "{articles}");
        assert_eq!(text.lines().count() as u64, articles);
        assert_eq!(made(), (articles, text));
    }
}
