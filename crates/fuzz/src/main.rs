//! One fuzz target for every format: libFuzzer's bytes go through the whole of the readers, with default limits.
//!
//! `cargo xtask fuzz` builds and runs it and says by variables of the environment which format it is about. What it finds is written down with its
//! input, and the run goes on: a panic, contained or not, an unsound article, more than 2 s of the processor, or more than 256 MB of memory.

#![no_main]

mod findings;
mod read;
mod seeds;
mod watch;

use std::path::PathBuf;

use findings::Findings;
use libfuzzer_sys::fuzz_target;
use watch::Counting;

#[global_allocator]
static MEMORY: Counting = Counting;

fuzz_target!(
    init: {
        if let Some(folder) = std::env::var_os("DATELINE_FUZZ_SORT") {
            seeds::sort(&PathBuf::from(folder));
            std::process::exit(0);
        }
        watch::note_panics();
    },
    |bytes: &[u8]| {
        let finding = read::target().read(bytes);
        if let Some(finding) = finding {
            Findings::of_this_run().write(&finding, bytes);
        }
    }
);
