//! Which articles a command looks at: the filters that every command with a query has, and the request that they make with it.

use anyhow::{Context, bail};
use dateline_article::{Date, Language};
use dateline_query::{CopyMode, Filters, Request, Syntax, When, days, parse_as};

use crate::command::index::language;

/// What an article must be beside matching the query, and how the query is read.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Selection {
    /// Appeared on this day or later (2024, 2024-03, 2024-03-14, last-month …).
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Appeared on this day or earlier.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Names this person; repeated: one of them (so for the next five).
    #[arg(long, value_name = "NAME")]
    person: Vec<String>,
    /// Names this place or one inside it.
    #[arg(long, value_name = "PLACE")]
    place: Vec<String>,
    /// Names this organisation.
    #[arg(long, value_name = "NAME")]
    org: Vec<String>,
    /// Appeared in this newspaper, agency or site.
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Appeared in this section.
    #[arg(long, value_name = "NAME")]
    section: Vec<String>,
    /// Is in this language, by its ISO 639 code.
    #[arg(long, value_name = "CODE", value_parser = language)]
    language: Vec<Language>,
    /// Take every copy of a story for itself, instead of all for one.
    #[arg(long)]
    all_copies: bool,
    /// Read the query as another system does [default: dateline's own way].
    #[arg(long, value_name = "SYSTEM", value_enum)]
    syntax: Option<System>,
}

/// The system whose query language a query is written in.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum System {
    /// OR binds tightest; words side by side are a phrase.
    Nexis,
    /// Nearness binds tightest; words side by side are adj1.
    Factiva,
    /// NOT binds loosest.
    Proquest,
    /// Words side by side are OR.
    Lucene,
}

impl System {
    pub(crate) fn syntax(self) -> Syntax {
        match self {
            Self::Nexis => Syntax::Nexis,
            Self::Factiva => Syntax::Factiva,
            Self::Proquest => Syntax::Proquest,
            Self::Lucene => Syntax::Lucene,
        }
    }
}

impl Selection {
    /// The articles that match `query` and the filters.
    ///
    /// # Errors
    ///
    /// A filter's date that cannot be read, or a query with faults.
    pub(crate) fn request(&self, query: &str, today: Date) -> anyhow::Result<Request> {
        let mut request = self.unfiltered(query, today)?;
        let (from, to) = bounds(self.from.as_deref(), self.to.as_deref(), today)?;
        request.filters = Filters {
            from,
            to,
            people: self.person.clone(),
            places: self.place.clone(),
            organisations: self.org.clone(),
            sources: self.source.clone(),
            sections: self.section.clone(),
            languages: self.language.iter().map(|language| language.code().to_owned()).collect(),
            root: None,
        };
        Ok(request)
    }

    /// The articles that match `query`, whatever the filters.
    ///
    /// # Errors
    ///
    /// A query with faults.
    pub(crate) fn unfiltered(&self, query: &str, today: Date) -> anyhow::Result<Request> {
        let syntax = self.syntax.map(System::syntax).unwrap_or_default();
        let parsed = parse_as(query, today, syntax);
        if !parsed.faults.is_empty() {
            let (text, faults) = (parsed.text, parsed.faults);
            return Err(dateline_query::Error::Query { text, faults }.into());
        }
        let mut request = Request::new(parsed);
        request.copies = if self.all_copies { CopyMode::All } else { CopyMode::Folded };
        Ok(request)
    }
}

/// The first and the last day that `--from` and `--to` allow.
///
/// # Errors
///
/// A date that cannot be read, or one without a year.
pub(crate) fn bounds(
    from: Option<&str>,
    to: Option<&str>,
    today: Date,
) -> anyhow::Result<(Option<Date>, Option<Date>)> {
    let read = |text: Option<&str>| match text.map(|text| days(text, today)) {
        None => Ok((None, None)),
        Some(Ok(When::Days { first, last })) => Ok((first, last)),
        Some(Ok(When::Yearless { .. })) => {
            bail!("a day without a year cannot bound when an article appeared")
        }
        Some(Err(error)) => Err(error.into()),
    };
    Ok((read(from).context("--from")?.0, read(to).context("--to")?.1))
}
