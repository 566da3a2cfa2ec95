//! What holds for every format of the registry, so that a new one cannot be forgotten: a seed that it reads, and what becomes of that seed when it is
//! cut short or damaged. Rows in `docs/formats.md` are held by `docs.rs`, random mutants by `hostile.rs`, what comes out of every seed by the
//! snapshot in `crates/cli/tests/it/every_seed.rs`.

use dateline_readers::{Options, Reason, formats};

use super::hostile::seeds_by_format;
use super::read_all;

/// Reasons that tell a person what is wrong with a damaged file. `panic` is a fault of a reader.
const FITTING: &[Reason] = &[
    Reason::Malformed,
    Reason::Empty,
    Reason::UnknownFormat,
    Reason::Encrypted,
    Reason::OverLimit,
    Reason::Covered,
];

/// Reads a changed seed: something must come of it, and nothing but articles and fitting reasons.
#[track_caller]
fn check(name: &str, bytes: &[u8], what: &str) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, bytes).unwrap();
    let items = read_all(&file, name, &Options::default());
    assert!(!items.is_empty(), "{what} of {name} gave nothing");
    for item in &items {
        if let Err(skip) = item {
            assert!(FITTING.contains(&skip.reason), "{what} of {name}: {skip:?}");
            assert!(!skip.detail.is_empty(), "{what} of {name} says nothing of why");
        }
    }
    items.iter().filter(|item| item.is_ok()).count()
}

#[test]
fn seeds_of_every_format_survive_cuts_and_damage() {
    let seeds = seeds_by_format();
    for format in formats() {
        let known = seeds.get(format.name());
        let known =
            known.unwrap_or_else(|| panic!("no file in seeds/ is read as {}", format.name()));
        for path in known {
            let seed = std::fs::read(path).unwrap();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap();
            let whole = check(name, &seed, "the whole");
            for part in [1, 4, 7, 9] {
                let cut = seed.get(..seed.len() * part / 10).unwrap();
                let found = check(name, cut, &format!("the first {part} tenths"));
                // A message more may come of a cut between two; ten would be inventions.
                assert!(
                    found <= whole + 1,
                    "a cut of {name} has {found} articles, the whole {whole}"
                );
            }
            let mut damaged = seed.clone();
            let at = damaged.len() / 2;
            for byte in damaged.iter_mut().skip(at).take(16) {
                *byte ^= 0xff;
            }
            check(name, &damaged, "damage in the middle");
            let mut overwritten = seed.clone();
            for byte in overwritten.iter_mut().skip(64).step_by(97) {
                *byte = 0;
            }
            check(name, &overwritten, "zeros");
        }
    }
}
