//! Which processors a run may use: no more than it was given threads.
//!
//! A run has threads beside those that read and extract: the engine's own, its joins', its store's. They share the processors of the others.

use std::num::NonZeroUsize;

/// Keeps this thread, and those that it begins from now on, to as many of its processors as `count`; runs beside each other begin at different ones.
///
/// Where the system does not know of such a thing or does not allow it, the run is the same and busier. On Linux alone.
#[cfg(target_os = "linux")]
pub(crate) fn keep_to(count: NonZeroUsize) {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    let Ok(allowed) = sched_getaffinity(None) else { return };
    let numbers: Vec<usize> =
        (0..CpuSet::MAX_CPU).filter(|number| allowed.is_set(*number)).collect();
    if count.get() >= numbers.len() {
        return;
    }
    // The processor that it runs on would do as well, but that call crashes under Valgrind, which counts instructions in the tests.
    let from = usize::try_from(std::process::id()).unwrap_or_default() % numbers.len();
    let mut kept = CpuSet::new();
    numbers.iter().cycle().skip(from).take(count.get()).for_each(|number| kept.set(*number));
    let _ = sched_setaffinity(None, &kept);
}

/// Does nothing: see the one for Linux.
#[cfg(not(target_os = "linux"))]
pub(crate) fn keep_to(_: NonZeroUsize) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    use rustix::thread::{sched_getaffinity, sched_setaffinity};

    #[test]
    fn a_thread_and_those_it_begins_keep_to_so_many_processors() {
        let count = || sched_getaffinity(None).unwrap().count();
        let all = sched_getaffinity(None).unwrap();
        let check = |threads: usize, expected: u32| {
            keep_to(NonZeroUsize::new(threads).unwrap());
            assert_eq!(count(), expected);
            assert_eq!(std::thread::spawn(count).join().unwrap(), expected);
            sched_setaffinity(None, &all).unwrap();
        };
        check(1, 1);
        check(10_000, all.count());
    }
}
