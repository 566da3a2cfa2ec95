//! `dateline collocates`: words and names that stand beside what a query finds.

use dateline_query::{CollocateKind, CollocateOrder, Collocation, Engine, LocalEngine, StopWords};

use crate::command::index::counted;
use crate::command::selection::Selection;
use crate::command::{Ending, Surroundings};
use crate::output::{Format, Rows, collocate};

/// Collocates shown to people where no number is given.
const COLLOCATES: usize = 30;
/// Words looked at on each side of a match.
const WINDOW: usize = 5;
/// Fewest times beside a match.
const MIN: u64 = 2;

/// Arguments of `collocates`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Measures, for a query that matches f(x) times, a word that stands f(y) times in all articles and f(x,y) times beside a match:
  log_dice        14 + log2(2 f(x,y) / (f(x) + f(y))): 14 at most; comparable between corpora (Rychly 2008)
  log_likelihood  2 sum O ln(O/E) over the words beside matches and all others, of the word and not; above 3.84 hardly
                  chance, negative where the word is rarer beside matches than elsewhere (Dunning 1993)
Of names of people, places and organisations the mentions are counted, and compared with all mentions of their kind. A word beside two
matches counts once. Nothing beyond the end of the match's sentence counts. Copies of a story count as one article.

Examples:
  dateline collocates ammunition
  dateline collocates 'migra*' --window 3 --sort log-likelihood --min 10
  dateline collocates 'strike' --left 0 --right 1 --stop-words
  dateline collocates 'person:putin' --kind place --from 2022 --format csv > places.csv"
)]
pub(crate) struct Arguments {
    /// What to look for, as `search` takes it.
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Words looked at on each side of a match, within its sentence [default: 5].
    #[arg(long, value_name = "WORDS")]
    window: Option<usize>,
    /// Words looked at before a match [default: --window].
    #[arg(long, value_name = "WORDS")]
    left: Option<usize>,
    /// Words looked at after it [default: --window].
    #[arg(long, value_name = "WORDS")]
    right: Option<usize>,
    /// Fewest times beside a match [default: 2].
    #[arg(long, value_name = "N")]
    min: Option<u64>,
    /// Collocates to show [default: 30 as text, all in JSON and CSV; 0: all].
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<usize>,
    /// Order, strongest first [default: log-dice].
    #[arg(long, value_name = "MEASURE", value_enum)]
    sort: Option<Measure>,
    /// List only these; repeated: any of them [default: all].
    #[arg(long, value_name = "KIND", value_enum)]
    kind: Vec<Kind>,
    /// List stop words too: the, of, and … in the language of the article.
    #[arg(long)]
    stop_words: bool,
    #[command(flatten)]
    selection: Selection,
}

/// What collocates are ordered by.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Measure {
    /// By logDice.
    LogDice,
    /// By log-likelihood.
    LogLikelihood,
    /// By times beside a match.
    Count,
}

/// What a collocate is.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Kind {
    /// Words.
    Word,
    /// People.
    Person,
    /// Places.
    Place,
    /// Organisations.
    Organisation,
}

impl Kind {
    fn kind(self) -> CollocateKind {
        match self {
            Self::Word => CollocateKind::Word,
            Self::Person => CollocateKind::Person,
            Self::Place => CollocateKind::Place,
            Self::Organisation => CollocateKind::Organisation,
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let query = arguments.query.join(" ");
    let request = arguments.selection.request(&query, around.environment.today)?;
    let engine = LocalEngine::open(&around.index)?;
    let window = arguments.window.unwrap_or(WINDOW);
    let is_text = around.format == Format::Text;
    let wanted = Collocation {
        request,
        left: arguments.left.unwrap_or(window),
        right: arguments.right.unwrap_or(window),
        min: arguments.min.unwrap_or(MIN).max(1),
        kinds: arguments.kind.iter().map(|kind| kind.kind()).collect(),
        stop_words: if arguments.stop_words { StopWords::Listed } else { StopWords::LeftOut },
        order: match arguments.sort {
            None | Some(Measure::LogDice) => CollocateOrder::LogDice,
            Some(Measure::LogLikelihood) => CollocateOrder::LogLikelihood,
            Some(Measure::Count) => CollocateOrder::Count,
        },
        limit: super::shown(arguments.limit, is_text.then_some(COLLOCATES)),
    };
    let found = engine.collocates(&wanted)?;
    for note in &found.notes {
        writeln!(around.notes, "note: {note}")?;
    }
    let mut rows = Rows::new(around.format, &mut *around.out);
    if is_text {
        rows.text(&collocate::text(&found.collocates, around.look), false)?;
    } else {
        for collocate in &found.collocates {
            rows.print(&collocate::row(collocate))?;
        }
    }
    rows.finish(&collocate::keys())?;
    let matches = match found.matches {
        1 => "1 match".to_owned(),
        matches => counted(matches, "matche"),
    };
    if found.collocates.is_empty() {
        match found.matches {
            0 => writeln!(around.notes, "nothing found")?,
            _ => writeln!(
                around.notes,
                "{matches}, and nothing {} beside them or more often; see --min, --window, --stop-words",
                if wanted.min == 1 { "once".to_owned() } else { format!("{} times", wanted.min) }
            )?,
        }
        return Ok(Ending::Nothing);
    }
    if is_text {
        let (shown, total) = (found.collocates.len(), found.total as u64);
        writeln!(around.notes, "\n{shown} of {} of {matches}", counted(total, "collocate"))?;
    }
    Ok(Ending::Found)
}
