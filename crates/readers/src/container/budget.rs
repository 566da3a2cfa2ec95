//! What a file may unpack to: depth, members, bytes and their ratio to the file's size, counted over everything inside it together, so that
//! many small containers cost no less than one large one. And how long it may take.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::time::{Duration, Instant};

use crate::limits::Limits;
use crate::skip::{Fault, Halt, Reason};

/// Bytes that any file may unpack to, however small it is: below this, the ratio is not looked at.
const FREE_BYTES: u64 = 64 << 20;

/// Bytes for which a file gets the time of [`Limits::file_seconds`] once more.
const TIMED_BYTES: u64 = 64 << 20;

/// The account of one file of the corpus.
#[derive(Debug)]
pub(crate) struct Budget {
    limits: Limits,
    /// Size of the file in bytes, as it lies on the disk.
    packed_bytes: u64,
    begun: Instant,
    /// Time that was not spent on reading.
    paused: Cell<Duration>,
    unpacked_bytes: Cell<u64>,
    members: Cell<u64>,
    depth: Cell<usize>,
    /// What was exceeded: then nothing more is unpacked.
    exceeded: RefCell<Option<Fault>>,
}

impl Budget {
    /// The account of a file of `packed_bytes`.
    pub(crate) fn new(packed_bytes: u64, limits: Limits) -> Self {
        Self {
            limits,
            packed_bytes,
            begun: Instant::now(),
            paused: Cell::new(Duration::ZERO),
            unpacked_bytes: Cell::new(0),
            members: Cell::new(0),
            depth: Cell::new(0),
            exceeded: RefCell::new(None),
        }
    }

    /// What was exceeded, if anything was.
    pub(crate) fn exceeded(&self) -> Option<Fault> {
        self.exceeded.borrow().clone()
    }

    /// The result of a reader, or what was exceeded: a stream that may give no more fails in its reader's own words.
    pub(crate) fn or_exceeded(&self, result: Result<(), Halt>) -> Result<(), Halt> {
        match (result, self.exceeded()) {
            (Err(Halt::Fault(_)), Some(fault)) => Err(fault.into()),
            (result, _) => result,
        }
    }

    /// Checks that there is time left.
    ///
    /// # Errors
    /// `timeout` where there is none.
    pub(crate) fn time(&self) -> Result<(), Fault> {
        let bytes = self.packed_bytes.saturating_add(self.unpacked_bytes.get());
        let times = 1 + bytes / TIMED_BYTES;
        let most = self.limits.file_seconds.saturating_mul(times);
        if self.begun.elapsed().saturating_sub(self.paused.get()) >= Duration::from_secs(most) {
            let detail = format!("reading it takes longer than {most} s");
            return Err(self.exceed(Fault::new(Reason::Timeout, detail)));
        }
        Ok(())
    }

    /// Does what is not reading: its time does not count.
    pub(crate) fn paused<T>(&self, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let made = work();
        self.paused.set(self.paused.get() + begun.elapsed());
        made
    }

    /// A stream that fails where there is no time left.
    pub(crate) fn timed<R: Read>(&self, stream: R) -> Timed<'_, R> {
        Timed { stream, budget: self }
    }

    /// Counts one more member.
    ///
    /// # Errors
    /// `over-limit` behind the last one that is read.
    pub(crate) fn member(&self) -> Result<(), Fault> {
        self.members.set(self.members.get() + 1);
        if self.members.get() > self.limits.members {
            let most = self.limits.members;
            return Err(self.over(format!("the file holds more than {most} members")));
        }
        Ok(())
    }

    /// Goes one container deeper until the returned guard is dropped.
    ///
    /// # Errors
    /// `over-limit` at the deepest.
    pub(crate) fn descend(&self) -> Result<Level<'_>, Fault> {
        let most = self.limits.container_depth;
        if self.depth.get() >= most {
            let detail = format!("more than {most} containers inside one another");
            return Err(Fault::new(Reason::OverLimit, detail));
        }
        self.depth.set(self.depth.get() + 1);
        Ok(Level { budget: self })
    }

    /// A stream whose bytes are counted as unpacked; it fails where there are too many.
    pub(crate) fn counted<R: Read>(&self, stream: R) -> Counted<'_, R> {
        Counted { stream, budget: self }
    }

    fn unpacked(&self, count: usize) -> Result<(), Fault> {
        let total = self.unpacked_bytes.get().saturating_add(count as u64);
        self.unpacked_bytes.set(total);
        let most = self.limits.unpacked_bytes;
        if total > most {
            return Err(self.over(format!("it unpacks to more than {most} bytes")));
        }
        self.time()?;
        let ratio = self.limits.expansion;
        if total > FREE_BYTES.max(self.packed_bytes.saturating_mul(ratio)) {
            return Err(self.over(format!("it unpacks to more than {ratio} times its size")));
        }
        Ok(())
    }

    fn over(&self, detail: String) -> Fault {
        self.exceed(Fault::new(Reason::OverLimit, detail))
    }

    fn exceed(&self, fault: Fault) -> Fault {
        self.exceeded.borrow_mut().get_or_insert(fault).clone()
    }
}

/// One container deeper.
#[derive(Debug)]
pub(crate) struct Level<'a> {
    budget: &'a Budget,
}

impl Drop for Level<'_> {
    fn drop(&mut self) {
        self.budget.depth.set(self.budget.depth.get().saturating_sub(1));
    }
}

/// A stream that is counted while it is read.
#[derive(Debug)]
pub(crate) struct Counted<'a, R> {
    stream: R,
    budget: &'a Budget,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(fault) = self.budget.exceeded() {
            return Err(failure(fault));
        }
        let count = self.stream.read(buffer)?;
        match self.budget.unpacked(count) {
            Ok(()) => Ok(count),
            Err(fault) => Err(failure(fault)),
        }
    }
}

/// A stream that is read for as long as there is time.
#[derive(Debug)]
pub(crate) struct Timed<'a, R> {
    stream: R,
    budget: &'a Budget,
}

impl<R: Read> Read for Timed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.budget.time().map_err(failure)?;
        self.stream.read(buffer)
    }
}

fn failure(fault: Fault) -> io::Error {
    let is_late = fault.reason == Reason::Timeout;
    let kind = if is_late { io::ErrorKind::TimedOut } else { io::ErrorKind::Other };
    io::Error::new(kind, fault.detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_count_over_all_streams() {
        let limits = Limits { unpacked_bytes: 10, ..Limits::default() };
        let budget = Budget::new(1000, limits);
        let mut text = String::new();
        budget.counted(&b"12345"[..]).read_to_string(&mut text).unwrap();
        budget.counted(&b"12345"[..]).read_to_string(&mut text).unwrap();
        assert_eq!((text.as_str(), budget.exceeded()), ("1234512345", None));
        assert!(budget.counted(&b"1"[..]).read_to_string(&mut text).is_err());
        assert_eq!(budget.exceeded().unwrap().detail, "it unpacks to more than 10 bytes");
    }

    #[test]
    fn the_ratio_counts_beyond_what_is_free() {
        let check = |packed: u64, unpacked: u64, expected: bool| {
            let limits = Limits { expansion: 10, ..Limits::default() };
            let budget = Budget::new(packed, limits);
            let mut stream = budget.counted(io::repeat(b'x').take(unpacked));
            let read = io::copy(&mut stream, &mut io::sink());
            assert_eq!(read.is_ok(), expected, "{packed} to {unpacked}");
        };
        check(1, FREE_BYTES, true);
        check(1, FREE_BYTES + 1, false);
        check(FREE_BYTES / 8, FREE_BYTES + 1, true);
    }

    #[test]
    fn time_grows_with_what_is_read() {
        let check = |seconds: u64, packed: u64, gone: u64, expected: bool| {
            let limits = Limits { file_seconds: seconds, ..Limits::default() };
            let mut budget = Budget::new(packed, limits);
            budget.begun = Instant::now().checked_sub(Duration::from_secs(gone)).unwrap();
            assert_eq!(budget.time().is_ok(), expected, "{seconds} s, {packed} B, {gone} s");
            let mut text = String::new();
            let read = budget.timed(&b"12345"[..]).read_to_string(&mut text);
            let late = read.err().map(|error| Fault::from(error).reason);
            assert_eq!(late, (!expected).then_some(Reason::Timeout));
        };
        check(60, 1, 0, true);
        check(60, 1, 30, true);
        check(60, 1, 61, false);
        check(60, TIMED_BYTES, 61, true);
        check(60, TIMED_BYTES, 121, false);
        check(0, u64::MAX, 0, false);
    }

    #[test]
    fn time_that_the_receiver_takes_does_not_count() {
        let limits = Limits { file_seconds: 60, ..Limits::default() };
        let mut budget = Budget::new(1, limits);
        budget.begun = Instant::now().checked_sub(Duration::from_secs(100)).unwrap();
        budget.paused.set(Duration::from_secs(50));
        assert_eq!(budget.paused(|| 7), 7);
        assert!(budget.time().is_ok());
        budget.paused.set(Duration::from_secs(30));
        assert!(budget.time().is_err());
    }

    #[test]
    fn depth_is_given_back() {
        let budget = Budget::new(1, Limits { container_depth: 1, ..Limits::default() });
        let level = budget.descend().unwrap();
        assert_eq!(budget.descend().unwrap_err().reason, Reason::OverLimit);
        drop(level);
        assert!(budget.descend().is_ok());
    }
}
