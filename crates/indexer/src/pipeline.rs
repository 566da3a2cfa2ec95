//! Reads and extracts files on several threads, and hands the results on in the order of the plan.
//!
//! A thread takes a file, reads it and extracts its articles. A file of many articles is cut into pieces that idle threads take; when all are
//! busy, the reading thread extracts the piece itself. Everything between threads is bounded: the pieces that wait to be extracted, the results on their
//! way, the files begun, and the bytes that wait for their turn.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError, bounded, select};
use dateline_article::{Article, Record};
use dateline_extract::copies::signature;
use dateline_extract::{Extractor, language};
use dateline_readers::{Options as ReadOptions, Reason, Skip, SourceFile, read};

use crate::batch::{Batch, Content, InOrder, Made, Next};
use crate::plan::{Job, unreadable};
use crate::state::{content_hash, file_number};
use crate::{Error, Options, Sink};

/// Files that may be begun before the one whose turn it is has ended, per thread.
const FILES_AHEAD: usize = 32;
/// The part of a run's memory that articles may take which were made ready before their turn, as a divisor.
const AHEAD_SHARE: usize = 32;
/// The part of it above which a text is large, as a divisor: what is made of one takes ten times its bytes, so they are made one after the other.
const LARGE_SHARE: usize = 128;
/// How long a reader that is too far ahead waits for other work before it looks again.
const PAUSE: Duration = Duration::from_millis(2);

/// How long is waited for the next result before it is looked whether the end was asked for.
const LISTEN: Duration = Duration::from_millis(50);
/// Stands for the hash of a file that was changed while it was read: that of no content.
pub(crate) const IN_CHANGE: &str = "-";

/// Makes articles into records.
pub(crate) struct Maker {
    extractor: Extractor,
    entities: bool,
}

impl Maker {
    pub(crate) fn new(entities: bool) -> Self {
        Self { extractor: Extractor::new(), entities }
    }

    /// The record of an article; a failure inside extraction is a counted skip.
    pub(crate) fn record(&self, article: Article) -> Result<Record, Skip> {
        let (path, part) = (article.path.clone(), article.part.clone());
        let make = || {
            if self.entities { self.extractor.extract(article) } else { without_entities(article) }
        };
        catch_unwind(AssertUnwindSafe(make)).map_err(|_| Skip {
            reason: Reason::Panic,
            path,
            part: Some(part),
            detail: "extraction failed on this article".to_owned(),
        })
    }
}

/// The record of an article in which nothing is looked for; copies are told all the same, and its language, which the analysis of its words needs.
fn without_entities(mut article: Article) -> Record {
    let text = article.text();
    article.language = article.language.or_else(|| language(&text));
    let signature = signature(text.get(article.dateline_bytes()..).unwrap_or_default());
    Record { signature, ..Record::bare(article) }
}

/// What the threads share.
struct Shared<'run, S: Sink> {
    jobs: &'run [Job],
    sink: &'run S,
    maker: &'run Maker,
    /// Number of the file whose turn it is.
    turn: AtomicUsize,
    /// Bytes of the articles that were made ready and have not been written.
    waiting_bytes: AtomicUsize,
    /// Held by whoever makes a record of a large text.
    large: Mutex<()>,
    options: &'run Options,
    /// The receiving side has ended early.
    stopped: AtomicBool,
    results: Sender<Made<S::Prepared>>,
    pieces: Receiver<Batch>,
}

/// How far the jobs came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finish {
    /// To the end.
    All,
    /// So far that this job was not finished: the run was asked to end.
    Before(usize),
}

/// Runs `jobs` and calls `each` with what comes of them, in order, with the number of the job, until all are done or the end is asked for.
///
/// # Errors
///
/// What `each` returns; the threads then end without finishing their files.
pub(crate) fn run<S: Sink>(
    jobs: &[Job],
    sink: &S,
    maker: &Maker,
    options: &Options,
    each: &mut dyn FnMut(usize, Next<S::Prepared>) -> Result<(), Error>,
) -> Result<Finish, Error> {
    let threads = options.threads.get();
    let (job_sender, job_numbers) = bounded(0);
    let (ticket_sender, tickets) = bounded(FILES_AHEAD * threads);
    let (piece_sender, pieces) = bounded(threads * 2);
    let (results, made) = bounded(threads * 4);
    let shared = Shared {
        jobs,
        sink,
        maker,
        turn: AtomicUsize::new(0),
        waiting_bytes: AtomicUsize::new(0),
        large: Mutex::new(()),
        options,
        stopped: AtomicBool::new(false),
        results,
        pieces,
    };
    std::thread::scope(|scope| {
        let count = jobs.len();
        scope.spawn(move || {
            // A ticket comes back when its file has had its turn: no thread begins a file too far ahead.
            for number in 0..count {
                if ticket_sender.send(()).is_err() || job_sender.send(number).is_err() {
                    return;
                }
            }
        });
        for _ in 0..threads {
            let (numbers, piece_sender) = (job_numbers.clone(), piece_sender.clone());
            let shared = &shared;
            scope.spawn(move || work(shared, &numbers, piece_sender));
        }
        drop((job_numbers, piece_sender));
        let result = put_in_order(&shared, &made, &tickets, each);
        // Threads that would send or begin more find nobody there and end.
        shared.stopped.store(true, Ordering::Relaxed);
        drop(tickets);
        while result.as_ref().ok() != Some(&Finish::All) && made.recv_timeout(PAUSE).is_ok() {}
        drop(made);
        result
    })
}

fn put_in_order<S: Sink>(
    shared: &Shared<'_, S>,
    made: &Receiver<Made<S::Prepared>>,
    tickets: &Receiver<()>,
    each: &mut dyn FnMut(usize, Next<S::Prepared>) -> Result<(), Error>,
) -> Result<Finish, Error> {
    let mut order = InOrder::new();
    while order.file() < shared.jobs.len() {
        if shared.options.stop.is_asked() {
            return Ok(Finish::Before(order.file()));
        }
        match made.recv_timeout(LISTEN) {
            Ok(next) => order.put(next),
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => break,
        }
        loop {
            let file = order.file();
            let Some(next) = order.take() else { break };
            let (ended, bytes) = match &next {
                Next::Articles { bytes, .. } => (false, *bytes),
                Next::End { .. } => (true, 0),
            };
            each(file, next)?;
            shared.waiting_bytes.fetch_sub(bytes, Ordering::Relaxed);
            if ended {
                shared.turn.store(order.file(), Ordering::Relaxed);
                // One ticket for one file begun: there is always one to take.
                let _ = tickets.recv();
            }
        }
    }
    Ok(Finish::All)
}

/// One thread: files and pieces while there are any, then pieces until the last file has been read.
fn work<S: Sink>(shared: &Shared<'_, S>, numbers: &Receiver<usize>, piece_sender: Sender<Batch>) {
    loop {
        // Pieces first: they belong to files begun earlier.
        if let Ok(batch) = shared.pieces.try_recv() {
            shared.make(batch);
            continue;
        }
        select! {
            recv(shared.pieces) -> batch => if let Ok(batch) = batch { shared.make(batch) },
            recv(numbers) -> number => match number {
                Ok(number) => shared.read(number, &piece_sender),
                Err(_) => break,
            },
        }
    }
    drop(piece_sender);
    for batch in &shared.pieces {
        shared.make(batch);
    }
}

impl<S: Sink> Shared<'_, S> {
    fn read(&self, number: usize, piece_sender: &Sender<Batch>) {
        let Some(job) = self.jobs.get(number) else { return };
        self.wait_for_room(number);
        let mut hash = match content_hash(&job.found.file) {
            Ok(hash) => hash,
            Err(error) => {
                let skips = vec![unreadable(&job.found.path, &error)];
                let end =
                    Content::End { batches: 0, hash: String::new(), skips, beside: Vec::new() };
                return self.send(number, end);
            }
        };
        let source = SourceFile {
            root_label: &job.root.label,
            path: &job.found.path,
            file: &job.found.file,
        };
        let options = ReadOptions {
            source: job.root.source.clone(),
            language: job.root.language,
            map: job.root.map.clone(),
            limits: job.root.limits,
            today: self.options.today,
        };
        let mut skips = Vec::new();
        let mut batch = Batch::new(number, 0);
        let beside = read(&source, &options, &mut |found| {
            match found {
                Ok(article) => batch.push(article),
                Err(skip) => skips.push(skip),
            }
            if batch.is_full() {
                let next = Batch::new(number, batch.number + 1);
                self.share(std::mem::replace(&mut batch, next), piece_sender);
            }
            if self.stopped.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        let batches = batch.number + usize::from(!batch.articles.is_empty());
        if !batch.articles.is_empty() {
            self.make(batch);
        }
        if !job.found.is_as_found() {
            // It was written to meanwhile: nobody knows what was read, so the next run reads it again.
            IN_CHANGE.clone_into(&mut hash);
        }
        self.send(number, Content::End { batches, hash, skips, beside });
    }

    /// Hands a piece to whoever is idle. While nobody is, the piece that has waited longest is done here: the next in order is always among those being done, and
    /// what comes after it does not pile up. Waits while too much waits for its turn.
    fn share(&self, batch: Batch, piece_sender: &Sender<Batch>) {
        let file = batch.file;
        let mut batch = Some(batch);
        while let Some(next) = batch.take() {
            match piece_sender.try_send(next) {
                Ok(()) => {}
                Err(TrySendError::Full(next)) => {
                    if let Ok(oldest) = self.pieces.try_recv() {
                        self.make(oldest);
                    }
                    batch = Some(next);
                }
                Err(TrySendError::Disconnected(next)) => self.make(next),
            }
        }
        self.wait_for_room(file);
    }

    /// Does pieces of other files while too much waits for its turn, unless it is this file's.
    fn wait_for_room(&self, file: usize) {
        while self.is_too_far_ahead(file) {
            // The piece that all wait for may be among these.
            if let Ok(batch) = self.pieces.recv_timeout(PAUSE) {
                self.make(batch);
            }
        }
    }

    fn is_too_far_ahead(&self, file: usize) -> bool {
        self.turn.load(Ordering::Relaxed) < file
            && self.waiting_bytes.load(Ordering::Relaxed) > self.options.memory_bytes / AHEAD_SHARE
            && !self.stopped.load(Ordering::Relaxed)
    }

    fn make(&self, batch: Batch) {
        let Some(job) = self.jobs.get(batch.file) else { return };
        if self.stopped.load(Ordering::Relaxed) {
            return;
        }
        let number = file_number(&job.root.label, &job.found.path);
        let mut ready = Vec::with_capacity(batch.articles.len());
        let mut skips = Vec::new();
        let mut bytes = 0;
        for article in batch.articles {
            let (id, part) = (article.id, article.part.clone());
            let text_bytes = article.paragraphs.iter().map(String::len).sum::<usize>();
            let _large = (text_bytes > self.options.memory_bytes / LARGE_SHARE)
                .then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
            let prepared = self.maker.record(article).and_then(|record| {
                self.sink.prepare(&record, &job.root.label, number).map_err(|error| Skip {
                    reason: Reason::Malformed,
                    path: job.found.path.clone(),
                    part: Some(part),
                    detail: error.to_string(),
                })
            });
            match prepared {
                Ok(prepared) => {
                    bytes += S::bytes(&prepared);
                    ready.push((id, prepared));
                }
                Err(skip) => skips.push(skip),
            }
        }
        self.waiting_bytes.fetch_add(bytes, Ordering::Relaxed);
        self.send(batch.file, Content::Articles { number: batch.number, ready, skips, bytes });
    }

    fn send(&self, file: usize, content: Content<S::Prepared>) {
        // Nobody receives any more only after a failure that ends the run anyway.
        let _ = self.results.send(Made { file, content });
    }
}
