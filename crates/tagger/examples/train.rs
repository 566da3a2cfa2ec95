//! Trains the English tagger: `train CORPORA OUT [--lists FOLDER] [--SETTING VALUE]…`.
//!
//! Writes `english.model`, `english.lexicon` and `report.md` to OUT. With `--lists` the lexicon is
//! built anew, else the one in OUT is used.

#![expect(clippy::print_stderr, reason = "a program of the workshop tells what it does")]

use std::error::Error;
use std::path::{Path, PathBuf};

use dateline_tagger::train::{self, Settings};

fn main() -> Result<(), Box<dyn Error>> {
    let mut settings = Settings::default();
    let mut lists = None;
    let mut paths = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let Some(name) = argument.strip_prefix("--") else {
            paths.push(PathBuf::from(argument));
            continue;
        };
        let value = arguments.next().ok_or("a value is missing")?;
        match name {
            "lists" => lists = Some(PathBuf::from(value)),
            "corpora" => settings.corpora = corpora(&value)?,
            "less-outside" => settings.less_outside = value.parse()?,
            "runs" => settings.runs = value.parse()?,
            "epochs" => settings.epochs = value.parse()?,
            "believable-loss" => settings.believable_loss = value.parse()?,
            "doubted" => settings.doubted = value.split(',').map(str::to_owned).collect(),
            "groups" => {
                for (share, part) in settings.groups_left_out.iter_mut().zip(value.split(',')) {
                    *share = part.parse()?;
                }
            }
            "rate" => settings.rate = value.parse()?,
            "decay" => settings.decay = value.parse()?,
            "dropout" => settings.dropout = value.parse()?,
            "least-count" => settings.least_count = value.parse()?,
            "least-weight" => settings.least_weight = value.parse()?,
            "most-features" => settings.most_features = value.parse()?,
            "recased" => settings.recased = value.parse()?,
            "seed" => settings.seed = value.parse()?,
            _ => return Err(format!("no such setting: {name}").into()),
        }
    }
    let [corpora, out] = paths.as_slice() else {
        return Err("usage: train CORPORA OUT [--lists FOLDER] [--SETTING VALUE]...".into());
    };
    run(corpora, out, lists.as_deref(), &settings)
}

fn run(
    corpora: &Path,
    out: &Path,
    lists: Option<&Path>,
    settings: &Settings,
) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(out)?;
    let path = out.join("english.lexicon");
    if let Some(lists) = lists {
        std::fs::write(&path, train::lexicon(lists, corpora, settings)?)?;
    }
    let lexicon = std::fs::read(&path)?;
    let (model, report) = train::model(corpora, &lexicon, settings)?;
    std::fs::write(out.join("english.model"), model)?;
    std::fs::write(out.join("report.md"), report.to_string())?;
    eprintln!("{report}");
    Ok(())
}

/// Reads `NAME=SHARE,NAME=SHARE…`.
fn corpora(value: &str) -> Result<Vec<(String, f32)>, Box<dyn Error>> {
    let pairs = value.split(',').map(|pair| {
        let (name, share) = pair.split_once('=').unwrap_or((pair, "1"));
        Ok((name.to_owned(), share.parse()?))
    });
    pairs.collect()
}
