//! The command line as typed, and the way from there to a command.

use std::io::Write;
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand};

use crate::command::{self, Ending, Surroundings};
use crate::env::Environment;
use crate::log;
use crate::output::Format;
use crate::terminal::{Color, Look};

/// Heading of what every command takes.
const EVERY: &str = "Options of every command";

/// Search a news archive the way a reporter asks: who, where, when.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
#[command(after_help = "Examples:
  dateline search --in news/ \"stoltenberg ammunition\"   index a folder and search it
  dateline search 'place:ukraine published:2024-03'     search the index in ./index
  dateline show 778fd5fd17213b3f                        one article whole

Results go to standard output, notes to standard error. Exit codes: 0 found, 1 nothing found, 2 error,
130 stopped by Ctrl-C (what was done is committed).")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Directory of the index [default: $DATELINE_INDEX, else ./index].
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERY)]
    index: Option<PathBuf>,
    /// Form of the output.
    #[arg(long, global = true, value_name = "FORM", value_enum, help_heading = EVERY)]
    format: Option<Format>,
    /// Leave cells that a spreadsheet would run as formulas as they are, without an apostrophe (with --format csv).
    #[arg(long, global = true, help_heading = EVERY)]
    raw_csv: bool,
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", value_enum, help_heading = EVERY)]
    color: Option<Color>,
    /// Tell on standard error what is being done; twice tells more.
    #[arg(long, short, global = true, action = clap::ArgAction::Count, help_heading = EVERY)]
    verbose: u8,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Search: ranked hits with people, places and dates.
    Search(command::search::Arguments),
    /// Bring an index up to date with folders of articles.
    Index(command::index::Arguments),
    /// Show what a query finds in its context, a line a match.
    Concordance(command::concordance::Arguments),
    /// List the words and names beside what a query finds.
    Collocates(command::collocates::Arguments),
    /// Show which articles are copies of one another, and what each changed.
    Copies(command::copies::Arguments),
    /// Show one article whole.
    Show(command::show::Arguments),
    /// Find what else tells of the same event as an article.
    Related(command::related::Arguments),
    /// Put what a search finds together by events.
    Events(command::events::Arguments),
    /// Show what is found in files, without an index.
    Extract(command::extract::Arguments),
    /// Count articles by person, place, source, year …
    Facets(command::facets::Arguments),
    /// Count articles by day, week, month, quarter or year, as bars or as a chart.
    Timeline(command::timeline::Arguments),
    /// Say what an index holds.
    Stats,
    /// Say whether an index is whole: files against checksums, articles against the lists.
    Verify,
    /// Measure the latency of queries.
    Bench(command::bench::Arguments),
    /// Measure how good the ranking is, on a collection with judgments.
    Eval(command::eval::Arguments),
    /// Print the completions for a shell.
    Completions(command::completions::Arguments),
    /// Print the manual page (`dateline man | man -l -`).
    Man,
}

impl Arguments {
    /// Runs the command that was typed.
    pub(crate) fn run(
        &self,
        environment: &Environment,
        out: &mut dyn Write,
        notes: &mut dyn Write,
    ) -> anyhow::Result<Ending> {
        log::start(self.verbose);
        let index = self
            .index
            .clone()
            .or_else(|| environment.index.clone())
            .unwrap_or_else(|| PathBuf::from("index"));
        let format = match (self.format.unwrap_or_default(), self.raw_csv) {
            (Format::Csv, true) => Format::RawCsv,
            (_, true) => anyhow::bail!("--raw-csv is for --format csv"),
            (format, false) => format,
        };
        let color = self.color.unwrap_or(Color::Auto);
        let mut around = Surroundings {
            environment,
            index,
            format,
            look: Look::of_stdout(color, environment),
            out,
            notes,
        };
        match &self.command {
            Command::Search(arguments) => command::search::run(arguments, &mut around),
            Command::Index(arguments) => command::index::run(arguments, &mut around),
            Command::Concordance(arguments) => command::concordance::run(arguments, &mut around),
            Command::Collocates(arguments) => command::collocates::run(arguments, &mut around),
            Command::Copies(arguments) => command::copies::run(arguments, &mut around),
            Command::Show(arguments) => command::show::run(arguments, &mut around),
            Command::Related(arguments) => command::related::run(arguments, &mut around),
            Command::Events(arguments) => command::events::run(arguments, &mut around),
            Command::Extract(arguments) => command::extract::run(arguments, &mut around),
            Command::Facets(arguments) => command::facets::run(arguments, &mut around),
            Command::Timeline(arguments) => command::timeline::run(arguments, &mut around),
            Command::Stats => command::stats::run(&mut around),
            Command::Verify => command::verify::run(&mut around),
            Command::Bench(arguments) => command::bench::run(arguments, &mut around),
            Command::Eval(arguments) => command::eval::run(arguments, &mut around),
            Command::Completions(arguments) => {
                command::completions::run(arguments, Self::command(), around.out)
            }
            Command::Man => command::completions::manual(&Self::command(), around.out),
        }
    }
}
