//! The query language of `dateline`, from text to hits.
//!
//! [`parse`] turns text into a tree, with all that is wrong in it and where. Nothing here sees a source file or the clock: `today` is an
//! argument, and a query with faults never runs.
//!
//! ```
//! let today = dateline_article::Date::constant(2024, 3, 14);
//! let parsed = dateline_query::parse("ammunition published:last-month", today);
//! assert_eq!(parsed.tree.unwrap().to_string(), "ammunition published:2024-02");
//! ```

mod added;
mod alias;
mod beside;
mod best;
mod collect;
mod collocates;
mod columns;
mod compare;
mod concordance;
mod condition;
mod day_counts;
mod dialect;
mod duplicates;
mod either;
mod engine;
mod events;
mod explain;
mod facets;
mod fault;
mod fold;
mod forms;
mod impacts;
mod keyness;
mod lengths;
mod lex;
mod local;
mod lower;
mod matcher;
mod matching;
mod nearness;
mod note;
mod one_term;
mod parse;
mod period;
mod positions;
mod print;
mod pruned;
mod published;
mod rank;
mod related;
mod snippet;
mod spots;
mod stop_words;
mod syntax;
mod terms;
#[cfg(test)]
mod test_index;
mod time;
mod timeline;

pub use collocates::{
    Collocate, CollocateKind, CollocateOrder, Collocates, Collocation, StopWords,
};
pub use compare::{Change, ChangeKind, Comparison, Hunk, compare};
pub use concordance::{Concordance, Line, LineOrder, Lines, Sample};
pub use dialect::Syntax;
pub use duplicates::{Cluster, Clustered, Clusters, Copy};
pub use engine::{
    CopyMode, Engine, Error, Expand, Explain, Filters, Hit, Mode, Recency, Request, Require,
    Response, Sort, Stats,
};
pub use events::{Event, EventOrder, Events, EventsRequest};
pub use explain::Part;
pub use facets::{Against, By, Facet, FacetRequest, FacetValue, Facets, Level};
pub use fault::{Fault, Problem};
pub use local::LocalEngine;
pub use note::Note;
pub use parse::{DEEPEST, LONGEST_BYTES, Parsed, parse, parse_as, plain_words};
pub use period::Unit;
pub use related::{Reason, Related, Relation, Relations, Side};
pub use syntax::{
    Case, Circle, Closeness, Entity, Field, Kind, Near, Node, Numbers, Order, Pattern, Piece,
    Sense, Within,
};
pub use time::{NoDays, When, days};
pub use timeline::{MOST_PEAKS, Of, Peak, Timeline, TimelineRequest, TimelineRow, Window};
