//! Whatever happened to the corpus and in whatever order, the index ends as one made at once: the same articles, entities and copies.
//!
//! Histories are drawn at random; a model of what each corpus folder last showed to the indexer says what is to be there.

use std::fs;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use dateline_article::Language;
use dateline_indexer::{Mode, Options, Quiet, index, verify};
use proptest::prelude::*;

use crate::faults::{Held, held};

const STORY: &str = "The ferry to Istanbul did not sail on Tuesday because the harbour of Odesa had no fuel left, its captain Anna Melnyk said in the \
                     evening while lorries were waiting on the quay and in the streets of the old town, as they had done since the weekend.";
const NAMES: [&str; 6] = ["a.txt", "b.txt", "deep/a.txt", "deep/er/c.jsonl", "d.zip", "e.csv"];
const FOLDERS: [&str; 2] = ["news", "wire"];

/// A thing that happens.
#[derive(Clone, Debug)]
enum Step {
    /// A file gets a content, new or old.
    Put {
        root: usize,
        file: usize,
        content: u8,
    },
    /// The same, behind its old time.
    PutUnseen {
        root: usize,
        file: usize,
        content: u8,
    },
    Touch {
        root: usize,
        file: usize,
    },
    Delete {
        root: usize,
        file: usize,
    },
    Move {
        root: usize,
        from: usize,
        to: usize,
    },
    DeleteFolder {
        root: usize,
    },
    /// The folder is away from the next run on, or is there again.
    Away {
        root: usize,
    },
    Entities(bool),
    Source {
        root: usize,
        named: bool,
    },
    Language {
        root: usize,
        code: &'static str,
    },
    Map {
        root: usize,
        map: &'static str,
    },
    Limit(u64),
    Run {
        threads: usize,
        every: bool,
        optimize: bool,
    },
    Rebuild,
    Prune,
}

fn step() -> impl Strategy<Value = Step> {
    let (root, file) = (0..2_usize, 0..NAMES.len());
    let content = 0..8_u8;
    prop_oneof![
        8 => (root.clone(), file.clone(), content.clone()).prop_map(|(root, file, content)| Step::Put { root, file, content }),
        2 => (root.clone(), file.clone(), content).prop_map(|(root, file, content)| Step::PutUnseen { root, file, content }),
        1 => (root.clone(), file.clone()).prop_map(|(root, file)| Step::Touch { root, file }),
        3 => (root.clone(), file.clone()).prop_map(|(root, file)| Step::Delete { root, file }),
        3 => (root.clone(), file.clone(), file).prop_map(|(root, from, to)| Step::Move { root, from, to }),
        1 => root.clone().prop_map(|root| Step::DeleteFolder { root }),
        1 => root.clone().prop_map(|root| Step::Away { root }),
        1 => any::<bool>().prop_map(Step::Entities),
        1 => (root.clone(), any::<bool>()).prop_map(|(root, named)| Step::Source { root, named }),
        1 => (root.clone(), prop_oneof![Just("en"), Just("de")]).prop_map(|(root, code)| Step::Language { root, code }),
        1 => (root, prop_oneof![Just(""), Just("title=kop")]).prop_map(|(root, map)| Step::Map { root, map }),
        1 => prop_oneof![Just(64 << 20), Just(150)].prop_map(Step::Limit),
        6 => (prop_oneof![Just(1), Just(2), Just(8)], any::<bool>(), any::<bool>())
            .prop_map(|(threads, every, optimize)| Step::Run { threads, every, optimize }),
        1 => Just(Step::Rebuild),
        1 => Just(Step::Prune),
    ]
}

/// Bytes of a file by its kind; contents 0 and 1 are copies of one another in every kind, 3 to 5 have the same size.
fn bytes(name: &str, content: u8) -> Vec<u8> {
    let title = format!("Story {content}");
    let text = match content {
        0 => STORY.to_owned(),
        1 => format!("{STORY} More on page two."),
        _ => format!(
            "Envoy Mira Holt spoke of Kyiv and Hamburg on March {content}, 2024, {}.",
            "in the rain ".repeat(usize::from(content / 3))
        ),
    };
    let lines = |count: u8| {
        let line =
            |n| format!("{{\"id\":\"{n}\",\"title\":\"{title} {n}\",\"text\":\"{text}\"}}\n");
        (0..count).map(line).collect::<String>()
    };
    match name.rsplit('.').next() {
        Some("jsonl") => lines(content % 4).into_bytes(),
        Some("csv") => format!("title,kop,text\n{title},Other {title},\"{text}\"\n").into_bytes(),
        Some("zip") => {
            let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            let options = zip::write::SimpleFileOptions::default();
            // One member changes, one stays, one is there at times.
            let mut put = |name: &str, text: &str| {
                zip.start_file(name, options).unwrap();
                zip.write_all(text.as_bytes()).unwrap();
            };
            put("changes.txt", &format!("{title}\n\n{text}"));
            put("stays.txt", &format!("Harbour\n\n{STORY}"));
            if content.is_multiple_of(2) {
                put("in/lines.jsonl", &lines(2));
            }
            zip.finish().unwrap().into_inner()
        }
        _ => format!("{title}\n\n{text}\n").into_bytes(),
    }
}

/// The corpora and what was said of them.
struct Model {
    folder: tempfile::TempDir,
    away: [bool; 2],
    /// Whether the index knows the folder.
    known: [bool; 2],
    options: [Options; 2],
    entities: bool,
    limit: u64,
    clock: u64,
}

impl Model {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let folder =
            if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let folder = folder.unwrap();
        let mut model = Self {
            folder,
            away: [false; 2],
            known: [false; 2],
            options: [Options::default(), Options::default()],
            entities: true,
            limit: 64 << 20,
            clock: 1_000_000_000,
        };
        for root in 0..2 {
            for file in 0..NAMES.len() {
                model.put(root, file, u8::try_from(root * 3 + file).unwrap(), None);
            }
        }
        model.run(&Options::default());
        model
    }

    fn directory(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// Where the files of a root lie: somewhere else while it is away.
    fn root(&self, root: usize) -> PathBuf {
        let name = FOLDERS[root];
        self.folder.path().join(if self.away[root] {
            format!("away/{name}")
        } else {
            name.to_owned()
        })
    }

    fn stamp(&mut self, path: &Path, time: Option<SystemTime>) {
        self.clock += 1;
        let time = time.unwrap_or(SystemTime::UNIX_EPOCH + Duration::from_secs(self.clock));
        fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    }

    fn put(&mut self, root: usize, file: usize, content: u8, time: Option<SystemTime>) {
        let path = self.root(root).join(NAMES[file]);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes(NAMES[file], content)).unwrap();
        self.stamp(&path, time);
    }

    fn run(&mut self, options: &Options) {
        // Every root by itself, with what was said of it; then all, as a run without folders does.
        for root in 0..2 {
            if self.away[root] {
                continue;
            }
            let options = Options { roots: vec![self.root(root)], ..self.said(root, options) };
            index(&self.directory(), &options, &mut Quiet).unwrap();
            self.known[root] = true;
        }
        if self.known.contains(&true) {
            let options = Options { mode: options.mode, ..self.said(2, options) };
            index(&self.directory(), &options, &mut Quiet).unwrap();
        }
        if options.prune || options.mode == Mode::Rebuild {
            (0..2).for_each(|root| self.known[root] &= !self.away[root]);
        }
    }

    fn said(&self, root: usize, options: &Options) -> Options {
        let limits = vec![("file_bytes".to_owned(), self.limit)];
        let base =
            Options { extract: Some(self.entities), limits, mode: Mode::Update, ..options.clone() };
        let Some(said) = self.options.get(root) else { return base };
        Options {
            source: said.source.clone(),
            language: said.language,
            map: said.map.clone(),
            ..base
        }
    }

    fn take(&mut self, step: &Step) {
        let all = Options { rehash: true, ..Options::default() };
        match *step {
            // What is away does not change.
            Step::Put { root, .. }
            | Step::PutUnseen { root, .. }
            | Step::Touch { root, .. }
            | Step::Delete { root, .. }
            | Step::Move { root, .. }
            | Step::DeleteFolder { root }
            | Step::Source { root, .. }
            | Step::Language { root, .. }
            | Step::Map { root, .. }
                if self.away[root] => {}
            // Nor would a change of what holds for all reach it.
            Step::Entities(_) | Step::Limit(_) | Step::Rebuild if self.away.contains(&true) => {}
            Step::Put { root, file, content } => self.put(root, file, content, None),
            Step::PutUnseen { root, file, content } => {
                let before = fs::metadata(self.root(root).join(NAMES[file]));
                self.put(root, file, content, before.ok().map(|before| before.modified().unwrap()));
            }
            Step::Touch { root, file } => {
                let path = self.root(root).join(NAMES[file]);
                if path.exists() {
                    self.stamp(&path, None);
                }
            }
            Step::Delete { root, file } => _ = fs::remove_file(self.root(root).join(NAMES[file])),
            Step::Move { root, from, to } => {
                let (from, to) =
                    (self.root(root).join(NAMES[from]), self.root(root).join(NAMES[to]));
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                // It keeps its time.
                let _ = fs::rename(from, to);
            }
            Step::DeleteFolder { root } => _ = fs::remove_dir_all(self.root(root).join("deep")),
            Step::Away { root } => {
                if !self.away[root] {
                    self.run(&all);
                }
                let here = self.root(root);
                self.away[root] = !self.away[root];
                fs::create_dir_all(self.folder.path().join("away")).unwrap();
                fs::rename(here, self.root(root)).unwrap();
            }
            Step::Entities(entities) => self.entities = entities,
            Step::Limit(bytes) => self.limit = bytes,
            Step::Source { root, named } => {
                // Saying none would leave what was said before.
                self.options[root].source =
                    Some(if named { "The Wire" } else { "The Desk" }.to_owned());
            }
            Step::Language { root, code } => self.options[root].language = Language::from_tag(code),
            Step::Map { root, map } => self.options[root].map = Some(map.parse().unwrap()),
            Step::Run { threads, every, optimize } => {
                let commit_every = if every { Duration::ZERO } else { Duration::from_secs(20) };
                let threads = NonZeroUsize::new(threads).unwrap();
                self.run(&Options { threads, commit_every, optimize, ..Options::default() });
            }
            Step::Rebuild => self.run(&Options { mode: Mode::Rebuild, ..Options::default() }),
            Step::Prune => self.run(&Options { prune: true, ..Options::default() }),
        }
    }

    /// An index made at once of what was last seen.
    fn at_once(&self) -> Held {
        let directory = self.folder.path().join("fresh");
        for root in (0..2).filter(|root| self.known[*root]) {
            let label = Some(FOLDERS[root].to_owned());
            let options = Options {
                roots: vec![self.root(root)],
                label,
                ..self.said(root, &Options::default())
            };
            index(&directory, &options, &mut Quiet).unwrap();
        }
        held(&directory)
    }
}

#[test]
fn any_history_ends_as_an_index_made_at_once() {
    let config = ProptestConfig {
        cases: 32,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(steps in prop::collection::vec(step(), 4..30))| {
        let mut model = Model::new();
        for step in &steps {
            model.take(step);
        }
        model.run(&Options { rehash: true, ..Options::default() });
        if model.known.contains(&true) {
            let (found, expected) = (held(&model.directory()), model.at_once());
            prop_assert_eq!(found, expected);
            let verified = verify(&model.directory()).unwrap();
            prop_assert_eq!(verified.problems, vec![]);
        }
    });
}
