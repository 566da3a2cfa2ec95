//! What a run is held to: its memory, its time on the processor, and the panics in it. Linux says the time; elsewhere the clock does.

use std::alloc::{GlobalAlloc, Layout, System};
use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The system's allocator, counted; the targets that look at no memory leave it out.
#[allow(dead_code)]
pub struct Counting;

static HELD_BYTES: AtomicUsize = AtomicUsize::new(0);
static MOST_BYTES: AtomicUsize = AtomicUsize::new(0);

#[allow(dead_code)]
fn grow(bytes: usize) {
    let held = HELD_BYTES.fetch_add(bytes, Ordering::Relaxed) + bytes;
    MOST_BYTES.fetch_max(held, Ordering::Relaxed);
}

// SAFETY: every call is the system allocator's, with the same arguments.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        grow(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both may be there while the content moves.
        grow(size);
        HELD_BYTES.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD_BYTES.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Measures from its making.
pub struct Watch {
    held_bytes: usize,
    start: Instant,
    processor: Option<Duration>,
}

impl Watch {
    pub fn start() -> Self {
        let held_bytes = HELD_BYTES.load(Ordering::Relaxed);
        MOST_BYTES.store(held_bytes, Ordering::Relaxed);
        Self { held_bytes, start: Instant::now(), processor: processor() }
    }

    /// The most memory held at a time, in bytes.
    pub fn most_bytes(&self) -> usize {
        MOST_BYTES.load(Ordering::Relaxed).saturating_sub(self.held_bytes)
    }

    /// Time on the processor: on a busy machine the clock runs on.
    pub fn time(&self) -> Duration {
        let by_clock = self.start.elapsed();
        let used = processor().zip(self.processor).map(|(now, then)| now.saturating_sub(then));
        used.map_or(by_clock, |used| used.min(by_clock))
    }
}

/// Nanoseconds that this thread has run.
fn processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

thread_local! {
    static PANICS: RefCell<Panics> = RefCell::default();
}

#[derive(Default)]
struct Panics {
    seen: HashSet<String>,
    last: Option<Panic>,
}

/// A panic as its hook saw it.
#[derive(Clone)]
pub struct Panic {
    /// File and line.
    pub place: String,
    /// What it said, and where from, the first time it is seen.
    pub text: String,
}

/// Notes panics instead of ending the process, which is what libFuzzer's hook does.
pub fn note_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place =
            panic.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
        PANICS.with_borrow_mut(|panics| {
            let mut text = panic.to_string();
            if panics.seen.insert(place.clone()) {
                text = format!("{text}\n{}", Backtrace::force_capture());
            }
            panics.last = Some(Panic { place, text });
        });
    }));
}

/// The last panic since this was asked before.
pub fn last_panic() -> Option<Panic> {
    PANICS.with_borrow_mut(|panics| panics.last.take())
}
