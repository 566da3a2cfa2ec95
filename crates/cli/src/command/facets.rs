//! `dateline facets`: how many of the articles that match have each person, place, source …

use dateline_query::{By, Engine, FacetRequest, Level, LocalEngine, Unit};

use crate::command::selection::Selection;
use crate::command::{Ending, Surroundings};
use crate::output::{Format, Rows, facets};

/// Values shown to people where no number is given.
const SHOWN: usize = 20;

/// Arguments of `facets`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "An article counts once for a value, and so do all copies of a story together (--all-copies: each by itself). Counts are exact, over all
articles that match; a search is never relaxed for them.

With --against, values come in the order of what is special about the articles: keyness is Dunning's log-likelihood G² (over 10.8: by
chance once in a thousand), negative for what they have more rarely than the others. Articles that match both queries are no evidence
against themselves. The filters go with QUERY, not with the query of --against.

Examples:
  dateline facets 'place:ukraine ammunition' --by person --by org
  dateline facets strike --by place --level country --min 5
  dateline facets 'person:\"jens stoltenberg\"' --by person --against '*'
  dateline facets --by source --by year --from 2020 --format csv > counts.csv"
)]
pub(crate) struct Arguments {
    /// The articles to count; all where there is no query.
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// What to count them by; repeated, or with commas: each of them.
    #[arg(long, value_name = "WHAT", value_enum, required = true, value_delimiter = ',')]
    by: Vec<What>,
    /// Level at which places are counted [default: as named].
    #[arg(long, value_name = "LEVEL", value_enum)]
    level: Option<PlaceLevel>,
    /// Rank by what is special beside the articles of this query ('*': all).
    #[arg(long, value_name = "QUERY")]
    against: Option<String>,
    /// Leave out values of fewer articles.
    #[arg(long, value_name = "N")]
    min: Option<u64>,
    /// Values to show of each [default: 20, all in JSON and CSV; 0: all].
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    selection: Selection,
}

/// What articles are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum What {
    /// People.
    Person,
    /// Places.
    Place,
    /// Organisations.
    Org,
    /// Newspapers, agencies and sites.
    Source,
    /// Sections.
    Section,
    /// Keywords that publishers gave.
    Keyword,
    /// Languages.
    Language,
    /// Formats of the files.
    Format,
    /// Years in which articles appeared.
    Year,
    /// Months.
    Month,
    /// Days.
    Day,
}

impl What {
    fn by(self, level: Level) -> By {
        match self {
            Self::Person => By::Person,
            Self::Place => By::Place(level),
            Self::Org => By::Organisation,
            Self::Source => By::Source,
            Self::Section => By::Section,
            Self::Keyword => By::Keyword,
            Self::Language => By::Language,
            Self::Format => By::Format,
            Self::Year => By::Published(Unit::Year),
            Self::Month => By::Published(Unit::Month),
            Self::Day => By::Published(Unit::Day),
        }
    }

    /// The word that it is typed and printed as.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Org => "org",
            Self::Source => "source",
            Self::Section => "section",
            Self::Keyword => "keyword",
            Self::Language => "language",
            Self::Format => "format",
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }
}

/// Level at which places are counted.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum PlaceLevel {
    /// Towns alone.
    City,
    /// The first-level region that a place is or lies in.
    Region,
    /// The country that a place is or lies in.
    Country,
}

impl PlaceLevel {
    fn level(self) -> Level {
        match self {
            Self::City => Level::City,
            Self::Region => Level::Region,
            Self::Country => Level::Country,
        }
    }
}

impl Arguments {
    /// What is counted, each once, in the order typed.
    fn whats(&self) -> Vec<What> {
        let mut whats = Vec::new();
        for what in &self.by {
            if !whats.contains(what) {
                whats.push(*what);
            }
        }
        whats
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments, around: &mut Surroundings<'_>) -> anyhow::Result<Ending> {
    let today = around.environment.today;
    let whats = arguments.whats();
    anyhow::ensure!(
        arguments.level.is_none() || whats.contains(&What::Place),
        "--level is for --by place"
    );
    let level = arguments.level.map(PlaceLevel::level).unwrap_or_default();
    let query = match arguments.query.join(" ") {
        query if query.is_empty() => "*".to_owned(),
        query => query,
    };
    let against = arguments.against.as_deref();
    let request = FacetRequest {
        of: arguments.selection.request(&query, today)?,
        by: whats.iter().map(|what| what.by(level)).collect(),
        against: against.map(|query| arguments.selection.unfiltered(query, today)).transpose()?,
        min: arguments.min.unwrap_or(1),
        limit: super::shown(arguments.limit, (around.format == Format::Text).then_some(SHOWN)),
    };
    let found = LocalEngine::open(&around.index)?.facets(&request)?;
    for note in &found.notes {
        writeln!(around.notes, "note: {note}")?;
    }
    let named = whats.iter().map(|what| what.word()).zip(&found.facets);
    let mut rows = Rows::new(around.format, &mut *around.out);
    for (number, (word, facet)) in named.clone().enumerate() {
        if around.format == Format::Text {
            rows.text(&facets::text(word, facet, &found, around.look), number > 0)?;
            continue;
        }
        for value in &facet.values {
            rows.print(&facets::row(word, value))?;
        }
    }
    rows.finish(&facets::keys(against.is_some()))?;
    if found.articles == 0 {
        writeln!(around.notes, "nothing found")?;
    } else if found.rest == Some(0) {
        writeln!(
            around.notes,
            "note: no article matches the query of --against alone: there is nothing to hold these against"
        )?;
    }
    let nothing = found.facets.iter().all(|facet| facet.values.is_empty());
    Ok(if nothing { Ending::Nothing } else { Ending::Found })
}
