//! The `dateline` command: arguments in, results out. No search or extraction logic lives here.

mod arguments;
mod command;
mod env;
mod eval;
mod failure;
mod interrupt;
mod log;
mod output;
mod processors;
mod terminal;

use std::io::{self, BufWriter, Write};
use std::panic::catch_unwind;
use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Arguments;
use crate::command::Ending;
use crate::env::Environment;
use crate::terminal::Notes;

fn main() -> ExitCode {
    failure::keep_panics();
    catch_unwind(run).unwrap_or_else(|_| {
        let _ = write!(Notes(io::stderr()), "{}", failure::last_panic());
        ExitCode::from(2)
    })
}

fn run() -> ExitCode {
    let environment = Environment::read();
    let arguments = Arguments::parse();
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut notes = Notes(io::stderr());
    let result = arguments.run(&environment, &mut out, &mut notes).and_then(|ending| {
        out.flush()?;
        Ok(ending)
    });
    match result {
        Ok(Ending::Found) => ExitCode::SUCCESS,
        Ok(Ending::Nothing) => ExitCode::from(1),
        Ok(Ending::Damaged) => ExitCode::from(2),
        Ok(Ending::Stopped) => ExitCode::from(130),
        // Who closed the pipe has seen enough.
        Err(error) if failure::is_broken_pipe(&error) => {
            // Dropped unwritten: a second try would only fail again.
            let _ = out.into_parts();
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = out.flush();
            let _ = write!(notes, "{}", failure::report(&error));
            ExitCode::from(2)
        }
    }
}
