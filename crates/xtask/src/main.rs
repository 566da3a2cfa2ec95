//! The project's own tasks, run as `cargo xtask TASK`: the checks that CI runs and the files that are generated.
//!
//! The product never needs it, and it holds none of the product's logic: what it measures or documents, it takes
//! from the crates below it or from the built `dateline`.

mod bench;
mod built;
mod cost;
mod counter;
mod docs;
mod environment;
mod fuzz;
mod gazetteer;
mod instructions;
mod lists;
mod memory;
mod picture;
mod quality;
mod ratios;
mod start;
mod steps;
mod test;
mod train;
mod workspace;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tasks of the dateline workspace
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Run every check that CI runs: format, lints, docs, licences, tests
    Test,
    /// Write `docs/cli.md` from the help texts of the built `dateline`
    Docs(docs::Arguments),
    /// Measure recall and precision on labelled collections
    Quality(quality::Arguments),
    /// Measure indexing, searching and starting beside other systems
    Bench(bench::Arguments),
    /// Measure indexing and searching as a corpus grows
    Scale(bench::scale::Arguments),
    /// Time a search from process start beside ripgrep
    Start(start::Arguments),
    /// Measure what operators, filters and orders cost beside the plain query
    Ratios(ratios::Arguments),
    /// Count the instructions of fixed work and compare with those kept in `benches/record`
    Instructions(instructions::Arguments),
    /// Measure the most memory that `dateline index` takes, by the size of what it indexes
    Memory(memory::Arguments),
    /// Draw `docs/search.svg` from what a search of the seeds prints, and the chart `docs/timeline.svg`
    Picture,
    /// Run libFuzzer over every format
    Fuzz(fuzz::Arguments),
    /// Build the table of places from unpacked packages of GeoNames data (see `docs/data.md`)
    Gazetteer(gazetteer::Arguments),
    /// Gather the lists of the tagger's lexicon from unpacked packages (see `docs/tagger-notes.md`)
    TaggerLists(lists::Arguments),
    /// Train the tagger of English names from annotated corpora (see `docs/data.md`)
    TrainTagger(train::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = io::stdout().lock();
    let outcome = match arguments.task {
        Task::Test => test::run(&mut out),
        Task::Docs(arguments) => docs::run(&arguments, &mut out).map(|()| ExitCode::SUCCESS),
        Task::Quality(arguments) => quality::run(&arguments, &mut out).map(|()| ExitCode::SUCCESS),
        Task::Bench(arguments) => bench::run(&arguments, &mut out).map(|()| ExitCode::SUCCESS),
        Task::Scale(arguments) => {
            bench::scale::run(&arguments, &mut out).map(|()| ExitCode::SUCCESS)
        }
        Task::Start(arguments) => start::run(&arguments, &mut out).map(|()| ExitCode::SUCCESS),
        Task::Ratios(arguments) => ratios::run(&arguments, &mut out).map(|()| ExitCode::SUCCESS),
        Task::Memory(arguments) => memory::run(&arguments, &mut out).map(|()| ExitCode::SUCCESS),
        Task::Instructions(arguments) => instructions::run(&arguments, &mut out),
        Task::Picture => picture::run(&mut out).map(|()| ExitCode::SUCCESS),
        Task::Fuzz(arguments) => fuzz::run(&arguments, &mut out),
        Task::TrainTagger(arguments) => {
            train::run(&arguments, &mut out).map(|()| ExitCode::SUCCESS)
        }
        Task::Gazetteer(arguments) => gazetteer::build(&arguments).and_then(|line| {
            writeln!(out, "{line}")?;
            Ok(ExitCode::SUCCESS)
        }),
        Task::TaggerLists(arguments) => lists::gather(&arguments).and_then(|line| {
            writeln!(out, "{line}")?;
            Ok(ExitCode::SUCCESS)
        }),
    };
    outcome.unwrap_or_else(|error| {
        // Nothing is left to tell it to when stderr is closed.
        let _ = writeln!(io::stderr(), "xtask: {error:#}");
        ExitCode::FAILURE
    })
}
