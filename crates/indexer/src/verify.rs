//! Whether an index is whole: every file against its checksum, and what it holds against what it says it holds.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use dateline_article::{ArticleId, Name, Record};
use dateline_schema::{Copies, EngineFolder, Fields, MANIFEST, Opened, open};
use tantivy::columnar::{Column, StrColumn};
use tantivy::directory::error::OpenReadError;
use tantivy::schema::Field;
use tantivy::{IndexMeta, ReloadPolicy, SegmentReader, TantivyDocument, TantivyError};

use crate::Error;
use crate::checksums::{CHECKSUMS, Checksums, Standing};
use crate::freshness::{Looked, UPDATED};
use crate::plan::models_of;
use crate::state::{State, content_hash, file_number};

/// Documents of the store that are kept decompressed while it is walked through.
const STORE_BLOCKS: usize = 4;

/// How often an index is looked at that a run changes meanwhile.
const TRIES: u32 = 8;

/// What came of looking at every byte of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// What is wrong; nothing where the index is whole.
    pub problems: Vec<Problem>,
    /// Files that were read.
    pub files: u64,
    /// Articles that were read.
    pub articles: u64,
    /// Versions of what found the names, other than this program's ([`dateline_extract::version`]): the next run reads those folders anew.
    pub other_models: BTreeSet<String>,
    /// Whether a run is under way or was killed, so that lists which change in place have no checksums.
    pub is_unfinished: bool,
}

/// A thing that is wrong with an index.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A file is not as the last run left it.
    #[error("{file}: differs from its checksum")]
    Changed {
        /// Its path below the index.
        file: String,
    },
    /// A file is gone.
    #[error("{file}: missing")]
    Missing {
        /// Its path below the index.
        file: String,
    },
    /// Something cannot be read.
    #[error("{what}: {reason}")]
    Unreadable {
        /// A file, or an article.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A source file has another number of articles than the list of files says.
    #[error("{path} in {root}: {found} articles, listed with {listed}")]
    Articles {
        /// Label of the corpus root.
        root: String,
        /// The source file.
        path: String,
        /// Articles in the index.
        found: u64,
        /// Articles by the list.
        listed: u64,
    },
    /// There are articles of files that the list of files does not have.
    #[error("{count} articles are of no listed file")]
    Unlisted {
        /// Their number.
        count: u64,
    },
    /// Two articles have one id.
    #[error("article {id}: there twice")]
    Twice {
        /// The id.
        id: ArticleId,
    },
    /// What the columns tell of an article is not what is stored of it.
    #[error("article {id}: {kind} are not those that are stored with it")]
    Entities {
        /// The article.
        id: ArticleId,
        /// What differs.
        kind: &'static str,
    },
    /// A cluster of copies has an article that is not there.
    #[error("article {id}: a copy, but not in the index")]
    Copy {
        /// The article.
        id: ArticleId,
    },
}

/// Reads the index in `directory` whole and says what is wrong with it.
///
/// Where a file is not as the last run left it, nothing more is looked at: what follows from it would be told as well.
///
/// # Errors
///
/// Where there is no index, it is of another version, or the system does not let it be read.
pub fn verify(directory: &Path) -> Result<Verification, Error> {
    for _ in 1..TRIES {
        let before = lists(directory);
        let found = look(directory);
        // What a run under way has exchanged meanwhile is no damage.
        if found.as_ref().is_ok_and(|found| found.problems.is_empty()) || before == lists(directory)
        {
            return found;
        }
    }
    look(directory)
}

/// What changes with every commit and with the end of a run.
fn lists(directory: &Path) -> Vec<Option<Vec<u8>>> {
    let engines = EngineFolder::ALL.map(|engine| directory.join(engine.name()).join("meta.json"));
    let lists = [CHECKSUMS, MANIFEST].map(|name| directory.join(name));
    lists.into_iter().chain(engines).map(|path| std::fs::read(path).ok()).collect()
}

fn look(directory: &Path) -> Result<Verification, Error> {
    let mut found = Verification::default();
    if let Err(error @ dateline_schema::Error::NoIndex { .. }) = open(directory) {
        return Err(error.into());
    }
    found.checksums(directory)?;
    if found.problems.is_empty() {
        match open(directory) {
            Ok(opened) => found.contents(directory, &opened)?,
            Err(error @ dateline_schema::Error::OtherVersion { .. }) => return Err(error.into()),
            Err(error) => found.unreadable(MANIFEST, &error),
        }
    }
    Ok(found)
}

/// The versions of what found the names in the index in `directory`; none where none were looked for.
///
/// # Errors
///
/// Where the index cannot be opened, or its list of files is damaged.
pub fn models_in(directory: &Path) -> Result<BTreeSet<String>, Error> {
    let (_, state) = State::open(directory)?;
    let models = state.roots.values().filter_map(|known| models_of(&known.settings));
    Ok(models.map(str::to_owned).collect())
}

/// What finds people, organisations, places and dates in this program.
pub fn models() -> String {
    dateline_extract::version()
}

impl Verification {
    fn unreadable(&mut self, what: &str, reason: &dyn std::fmt::Display) {
        let problem = Problem::Unreadable { what: what.to_owned(), reason: reason.to_string() };
        self.problems.push(problem);
    }

    /// Compares every listed file with its checksum.
    fn checksums(&mut self, directory: &Path) -> Result<(), Error> {
        let sums = match Checksums::read(directory) {
            Ok(Some(sums)) => sums,
            Ok(None) => {
                self.is_unfinished = true;
                return Ok(());
            }
            Err(reason) => {
                self.unreadable(CHECKSUMS, &reason);
                return Ok(());
            }
        };
        self.is_unfinished = sums.standing == Standing::Open;
        if !Looked::is_whole(directory) {
            self.problems.push(Problem::Changed { file: UPDATED.to_owned() });
        }
        for (file, sum) in &sums.files {
            let path: PathBuf =
                file.split('/').fold(directory.to_owned(), |at, part| at.join(part));
            self.files += 1;
            match path.metadata().map(|metadata| metadata.len()) {
                Ok(size) if size != sum.size => {
                    self.problems.push(Problem::Changed { file: file.clone() });
                }
                Ok(_) => {
                    let hash = content_hash(&path);
                    let hash = hash.map_err(|source| Error::Io { path: path.clone(), source })?;
                    if hash != sum.hash {
                        self.problems.push(Problem::Changed { file: file.clone() });
                    }
                }
                // A run deletes what it has joined.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    if sums.standing == Standing::Closed {
                        self.problems.push(Problem::Missing { file: file.clone() });
                    }
                }
                Err(source) => return Err(Error::Io { path, source }),
            }
        }
        Ok(())
    }

    /// Compares the files of a commit with the sums that the engine wrote at their ends.
    fn sums_of_the_engine(&mut self, opened: &Opened, metas: &IndexMeta) {
        // Not all that has the name of a segment: what a later run deletes of it stands in a file of its own, which may be cut off in the middle.
        let names: BTreeSet<PathBuf> = metas.list_segment_files().into_iter().collect();
        for name in names {
            match opened.index.directory().validate_checksum(&name) {
                // A file that is not there a run has joined with others.
                Ok(true) | Err(OpenReadError::FileDoesNotExist(_)) => {}
                Ok(false) | Err(_) => {
                    let engine = opened.manifest.engine.name();
                    let file = format!("{engine}/{}", name.display());
                    self.problems.push(Problem::Changed { file });
                }
            }
        }
    }

    /// Compares what the index holds with its list of files, and its columns with what is stored.
    fn contents(&mut self, directory: &Path, opened: &Opened) -> Result<(), Error> {
        let metas = opened.index.load_metas()?;
        let payload = metas.payload.clone();
        let state = match State::read(directory, payload.as_deref()) {
            Ok(state) => state,
            Err(error) => {
                self.unreadable("list of files", &error);
                return Ok(());
            }
        };
        // Holds the files of this commit, even where a run deletes them.
        let reader: tantivy::IndexReader =
            opened.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        self.sums_of_the_engine(opened, &metas);
        if !self.problems.is_empty() {
            return Ok(());
        }
        let mut files: HashMap<u64, u64> = HashMap::new();
        let mut ids = BTreeSet::new();
        for segment in reader.searcher().segment_readers() {
            count_files(segment, opened.fields.file, &mut files)?;
            self.articles_of(segment, &opened.fields, &mut ids)?;
        }
        let mut listed: Vec<_> = state.roots.iter().collect();
        listed.sort_by_key(|(label, _)| *label);
        for (root, known) in listed {
            let models = models_of(&known.settings).filter(|models| *models != self::models());
            self.other_models.extend(models.map(str::to_owned));
            for (path, file) in &known.files {
                let found = files.remove(&file_number(root, path)).unwrap_or_default();
                if found != file.articles {
                    let (root, path) = (root.clone(), path.clone());
                    let listed = file.articles;
                    self.problems.push(Problem::Articles { root, path, found, listed });
                }
            }
        }
        let count: u64 = files.values().sum();
        if count > 0 {
            self.problems.push(Problem::Unlisted { count });
        }
        if !self.is_unfinished {
            let copies = Copies::read(directory, payload.as_deref());
            let missing = copies.others().map(|(id, _)| id).filter(|id| !ids.contains(id));
            self.problems.extend(missing.map(|id| Problem::Copy { id }));
        }
        Ok(())
    }

    /// Reads every article of a segment.
    fn articles_of(
        &mut self,
        segment: &SegmentReader,
        fields: &Fields,
        ids: &mut BTreeSet<ArticleId>,
    ) -> Result<(), Error> {
        let columns = Columns::open(segment, fields)?;
        let store = segment.get_store_reader(STORE_BLOCKS).map_err(TantivyError::from)?;
        for doc in segment.doc_ids_alive() {
            self.articles += 1;
            let id = ArticleId::from_u64(columns.id.first(doc).unwrap_or_default());
            if !ids.insert(id) {
                self.problems.push(Problem::Twice { id });
            }
            let document: TantivyDocument = match store.get(doc) {
                Ok(document) => document,
                Err(error) => {
                    self.unreadable(&format!("article {id}"), &error);
                    continue;
                }
            };
            let record: Record = match dateline_schema::stored(&document, fields) {
                Ok(record) => record,
                Err(error) => {
                    self.unreadable(&format!("article {id}"), &error);
                    continue;
                }
            };
            for kind in columns.differing(doc, id, &record) {
                self.problems.push(Problem::Entities { id, kind });
            }
        }
        Ok(())
    }
}

/// What the columns of a segment tell of its articles.
struct Columns {
    id: Column<u64>,
    people: Option<StrColumn>,
    organisations: Option<StrColumn>,
    places: Column<u64>,
}

impl Columns {
    fn open(segment: &SegmentReader, fields: &Fields) -> Result<Self, Error> {
        let name = |field| segment.schema().get_field_name(field);
        let columns = segment.fast_fields();
        Ok(Self {
            id: columns.u64(name(fields.id))?,
            people: columns.str(name(fields.people))?,
            organisations: columns.str(name(fields.organisations))?,
            places: columns.u64(name(fields.named_places))?,
        })
    }

    /// What of the article's column values is not what its record says, by number.
    fn differing(&self, doc: u32, id: ArticleId, record: &Record) -> Vec<&'static str> {
        let distinct =
            |names: &[Name]| names.iter().map(|name| &name.name).collect::<BTreeSet<_>>().len();
        let values = |column: &Option<StrColumn>| {
            column.as_ref().map_or(0, |column| column.term_ords(doc).count())
        };
        let places = record.places.iter().filter(|place| place.gazetteer.is_some()).count();
        let checks = [
            ("id and file", record.article.id == id),
            ("people", values(&self.people) == distinct(&record.people)),
            ("organisations", values(&self.organisations) == distinct(&record.organisations)),
            ("places", self.places.values_for_doc(doc).count() == places),
        ];
        checks.into_iter().filter(|(_, is_right)| !is_right).map(|(kind, _)| kind).collect()
    }
}

/// Adds the living articles of each source file.
fn count_files(
    segment: &SegmentReader,
    field: Field,
    files: &mut HashMap<u64, u64>,
) -> Result<(), Error> {
    use tantivy::schema::IndexRecordOption::Basic;
    use tantivy::{DocSet, TERMINATED};

    let index = segment.inverted_index(field)?;
    let mut stream = index.terms().stream().map_err(TantivyError::from)?;
    while stream.advance() {
        let Ok(number) = stream.key().try_into().map(u64::from_be_bytes) else { continue };
        let mut postings =
            index.read_postings_from_terminfo(stream.value(), Basic).map_err(TantivyError::from)?;
        let mut living = 0;
        while postings.doc() != TERMINATED {
            living += u64::from(!segment.is_deleted(postings.doc()));
            postings.advance();
        }
        if living > 0 {
            *files.entry(number).or_default() += living;
        }
    }
    Ok(())
}
