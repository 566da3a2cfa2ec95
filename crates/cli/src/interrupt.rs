//! Ctrl-C: a run that writes is asked to commit what is done; a second time ends at once.

use dateline_indexer::Stop;

/// What is asked to end when Ctrl-C is pressed or the system asks the process to end. To be called once in a process.
///
/// # Errors
///
/// Those of the system.
#[cfg(unix)]
pub(crate) fn stop_on_interrupt() -> std::io::Result<Stop> {
    use std::io::Write as _;

    use signal_hook::consts::{SIGINT, SIGTERM};

    let stop = Stop::default();
    let asked = stop.clone();
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if asked.is_asked() {
                // As if nobody had listened; what was committed stays.
                let _ = signal_hook::low_level::emulate_default_handler(signal);
            }
            asked.ask();
            let note = "\nstopping: what is done is being committed (again to end at once)";
            // Nobody may be there to read it.
            let _ = writeln!(std::io::stderr(), "{note}");
        }
    });
    Ok(stop)
}

/// Where there are no such signals a process just ends; what it has committed stays.
#[cfg(not(unix))]
pub(crate) fn stop_on_interrupt() -> std::io::Result<Stop> {
    Ok(Stop::default())
}
