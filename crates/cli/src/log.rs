//! `-v` and `-vv`: what is done, as lines on standard error. Nothing is written anywhere else.

use std::io;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt::time::uptime;

/// Begins to tell: runs and commits at 1, single files and what the engine does at 2 and above, nothing at 0.
pub(crate) fn start(verbosity: u8) {
    let level = match verbosity {
        0 => return,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let lines = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_timer(uptime())
        .with_ansi(false)
        .with_max_level(level);
    // A second call in one process changes nothing.
    let _ = lines.try_init();
}
