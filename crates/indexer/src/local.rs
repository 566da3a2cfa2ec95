//! The sink over an index on this machine.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use dateline_article::{ArticleId, Record};
use dateline_extract::copies::Candidate;
use dateline_schema::Opened;
use tantivy::collector::DocSetCollector;
use tantivy::directory::error::LockError;
use tantivy::directory::{DirectoryLock, INDEX_WRITER_LOCK};
use tantivy::index::SegmentId;
use tantivy::indexer::IndexWriterOptions;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{Directory, IndexReader, IndexWriter, ReloadPolicy, SegmentMeta, TantivyError, Term};
use tracing::info;

use crate::checksums::Checksums;
use crate::joins::Joins;
use crate::queued::{Prepared, Queued, Room};
use crate::signatures::SignatureColumns;
use crate::{Error, Sink};

/// What the engine's writer takes at least, in bytes.
const LEAST_HEAP_BYTES: usize = 15_000_000;
/// What it takes at most: beyond this its term table outgrows the processor's caches and indexing slows down.
const MOST_HEAP_BYTES: usize = 256_000_000;
/// The part of a run's memory that the engine's writer takes, as a divisor. While a segment is written it takes half as much again.
const HEAP_SHARE: usize = 8;
/// The part of it that documents may take which wait for the engine, as a divisor.
const WAITING_SHARE: usize = 64;

/// The part of it that signatures may take while copies are looked for, as a divisor.
const SIGNATURES_SHARE: usize = 32;

/// Writes into the index in a directory. One at a time: the engine's lock sees to it.
pub struct LocalSink {
    opened: Opened,
    held: Mutex<Held>,
    reader: IndexReader,
    room: Arc<Room>,
    joins: Joins,
    memory_bytes: usize,
}

/// What is held of the engine for writing.
enum Held {
    /// The right to, as long as there is nothing to be written.
    Lock { _lock: DirectoryLock },
    /// Its writer, which has that right.
    Writer(Box<IndexWriter<Queued>>),
    /// Nothing: its writer could not be opened.
    Nothing,
}

impl LocalSink {
    /// Takes the index for writing.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] where another process writes to it.
    pub fn new(opened: Opened, memory_bytes: usize) -> Result<Self, Error> {
        let lock = opened.index.directory().acquire_lock(&INDEX_WRITER_LOCK);
        let lock = lock.map_err(|error| not_taken(&opened, error))?;
        let held = Mutex::new(Held::Lock { _lock: lock });
        let joins = Joins::new(&opened.files(), memory_bytes);
        let reader =
            opened.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let room = Room::new(memory_bytes / WAITING_SHARE);
        Ok(Self { opened, held, reader, room, joins, memory_bytes })
    }

    /// Calls `write` with the engine's writer, which is opened the first time.
    fn write(
        &self,
        write: impl FnOnce(&mut IndexWriter<Queued>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Held::Writer(writer) = &mut *held {
            return write(writer);
        }
        // It takes the lock by itself.
        *held = Held::Nothing;
        let heap = (self.memory_bytes / HEAP_SHARE).clamp(LEAST_HEAP_BYTES, MOST_HEAP_BYTES);
        let mut opened = writer(&self.opened, heap)?;
        opened.set_merge_policy(Box::new(self.joins.clone()));
        let written = write(&mut opened);
        *held = Held::Writer(Box::new(opened));
        written
    }

    /// The payload of the last commit.
    ///
    /// # Errors
    ///
    /// Where the engine's list of files cannot be read.
    pub fn last_payload(&self) -> Result<Option<String>, Error> {
        Ok(self.opened.commit()?.payload)
    }

    /// Directory of the index.
    pub fn directory(&self) -> &Path {
        &self.opened.directory
    }

    /// Number of articles as last committed.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn articles(&self) -> Result<u64, Error> {
        self.reader.reload()?;
        Ok(self.reader.searcher().num_docs())
    }

    /// The articles that may have a copy, as last committed.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn candidates(&self) -> Result<Vec<Candidate>, Error> {
        let searcher = self.reader.searcher();
        let columns = SignatureColumns { searcher: &searcher, opened: &self.opened };
        columns.candidates(self.memory_bytes / SIGNATURES_SHARE)
    }

    /// Whether there are so many segments that [`LocalSink::join`] would join some.
    ///
    /// # Errors
    ///
    /// Where the engine's list of files cannot be read.
    pub fn has_joins(&self) -> Result<bool, Error> {
        Ok(!self.joins.at_the_end(&self.opened.index.searchable_segment_metas()?).is_empty())
    }

    /// Joins segments, so that few are left, as far as there is memory for it.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written.
    pub fn join(self) -> Result<(), Error> {
        self.close_and_join(Joins::at_the_end)
    }

    /// Joins all segments into one and drops what was deleted, whatever memory that takes.
    ///
    /// # Errors
    ///
    /// Where the index cannot be written.
    pub fn merge_into_one(self) -> Result<(), Error> {
        self.close_and_join(|_, segments| match segments {
            [] => Vec::new(),
            [only] if only.num_deleted_docs() == 0 => Vec::new(),
            all => vec![all.iter().map(SegmentMeta::id).collect()],
        })
    }

    fn close_and_join(
        self,
        choose: impl FnOnce(&Joins, &[SegmentMeta]) -> Vec<Vec<SegmentId>>,
    ) -> Result<(), Error> {
        let (opened, joins) = (self.opened.clone(), self.joins.clone());
        // The engine may be merging some of the segments by itself: that must have ended.
        self.close()?;
        let mut writer = writer(&opened, LEAST_HEAP_BYTES)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let segments = opened.index.searchable_segment_metas()?;
        let groups = choose(&joins, &segments);
        info!(segments = segments.len(), joins = groups.len(), "joining the segments of the index");
        // The engine keeps the files of every segment that is still known of.
        drop(segments);
        for group in groups {
            writer.merge(&group).wait()?;
        }
        writer.wait_merging_threads()?;
        sweep(&opened);
        Ok(())
    }

    /// Waits for merges under way, deletes what they made useless, and lets the index go. Where nothing was written, and the run before has ended, nothing
    /// is useless.
    ///
    /// # Errors
    ///
    /// Where a merge failed.
    pub fn close(self) -> Result<(), Error> {
        let Self { opened, held, reader, .. } = self;
        let has_written = match held.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Held::Writer(writer) => {
                writer.wait_merging_threads()?;
                true
            }
            Held::Lock { .. } | Held::Nothing => false,
        };
        // The engine keeps the files of every segment that anybody in this process still holds.
        drop(reader);
        if has_written || Checksums::are_open(&opened.directory) {
            sweep(&opened);
        }
        Ok(())
    }
}

impl Sink for LocalSink {
    type Prepared = Prepared;

    fn prepare(&self, record: &Record, root: &str, file: u64) -> Result<Prepared, Error> {
        let document = dateline_schema::document(&self.opened.fields, record, root, file)?;
        Ok(Prepared::new(document))
    }

    fn bytes(prepared: &Prepared) -> usize {
        prepared.bytes()
    }

    fn articles_of(&self, file: u64) -> Result<Vec<ArticleId>, Error> {
        articles_of(&self.opened, &self.reader, file)
    }

    fn remove_file(&self, file: u64) -> Result<(), Error> {
        let term = Term::from_field_u64(self.opened.fields.file, file);
        self.write(|writer| {
            writer.delete_term(term);
            Ok(())
        })
    }

    fn add(&self, prepared: Prepared) -> Result<(), Error> {
        let queued = self.room.enter(prepared);
        self.write(|writer| {
            writer.add_document(queued)?;
            Ok(())
        })
    }

    fn commit(&self, payload: &str) -> Result<(), Error> {
        self.write(|writer| {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(payload);
            prepared.commit()?;
            Ok(())
        })?;
        self.reader.reload()?;
        Ok(())
    }
}

/// The engine's writer, with one thread: with several, which articles share a segment would depend on chance. It joins segments one after the other, as memory has
/// to be found for each.
fn writer(opened: &Opened, heap_bytes: usize) -> Result<IndexWriter<Queued>, Error> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(heap_bytes)
        .build();
    opened.index.writer_with_options(options).map_err(|error| match error {
        TantivyError::LockFailure(error, _) => not_taken(opened, error),
        other => Error::Engine(other),
    })
}

/// Why the engine's lock could not be taken.
fn not_taken(opened: &Opened, error: LockError) -> Error {
    let directory = opened.directory.clone();
    match error {
        LockError::LockBusy => Error::Busy { directory, writer: None },
        LockError::IoError(error) => Error::Io { path: directory, source: error.kind().into() },
    }
}

/// Deletes what belongs to no commit: segments that were joined, and what a run wrote that failed, for on a full disk the next one would have no room to
/// begin.
pub(crate) fn sweep(opened: &Opened) {
    // What cannot be deleted now is deleted after the next commit.
    if let Ok(writer) = writer(opened, LEAST_HEAP_BYTES) {
        let _ = writer.garbage_collect_files().wait();
    }
}

/// Ids of the articles of a file, ascending.
fn articles_of(opened: &Opened, reader: &IndexReader, file: u64) -> Result<Vec<ArticleId>, Error> {
    let searcher = reader.searcher();
    let query =
        TermQuery::new(Term::from_field_u64(opened.fields.file, file), IndexRecordOption::Basic);
    let schema = opened.index.schema();
    let name = schema.get_field_name(opened.fields.id);
    let mut ids = Vec::new();
    for address in searcher.search(&query, &DocSetCollector)? {
        let column = searcher.segment_reader(address.segment_ord).fast_fields().u64(name)?;
        ids.extend(column.first(address.doc_id).map(ArticleId::from_u64));
    }
    ids.sort_unstable();
    Ok(ids)
}

/// Counts what would be written, and writes nothing.
pub(crate) struct DrySink {
    committed: Option<(Opened, IndexReader)>,
}

impl DrySink {
    /// Compares with the index given, or with an empty one.
    pub(crate) fn new(opened: Option<Opened>) -> Result<Self, Error> {
        let committed = opened.map(|opened| {
            let reader =
                opened.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
            Ok::<_, TantivyError>((opened, reader))
        });
        Ok(Self { committed: committed.transpose()? })
    }
}

impl Sink for DrySink {
    type Prepared = ();

    fn prepare(&self, _: &Record, _: &str, _: u64) -> Result<(), Error> {
        Ok(())
    }

    fn bytes((): &()) -> usize {
        0
    }

    fn articles_of(&self, file: u64) -> Result<Vec<ArticleId>, Error> {
        self.committed
            .as_ref()
            .map_or(Ok(Vec::new()), |(opened, reader)| articles_of(opened, reader, file))
    }

    fn remove_file(&self, _: u64) -> Result<(), Error> {
        Ok(())
    }

    fn add(&self, (): ()) -> Result<(), Error> {
        Ok(())
    }

    fn commit(&self, _: &str) -> Result<(), Error> {
        Ok(())
    }
}
