//! Clusters of copies over a whole index or among the articles that match: which articles ran one story, where and when.
//!
//! The clusters are those that the indexer made ([`dateline_schema::Copies`]); of an article that is gone meanwhile nothing is told. How the text of
//! one copy differs from that of another is [`crate::compare`]'s to say.

use dateline_article::{Article, ArticleId, Timestamp};

use crate::engine::Request;

/// Which clusters are wanted.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    /// Only those of which an article matches; its `copies` does not count.
    pub within: Option<Request>,
    /// Fewest articles in a cluster; 2 at least.
    pub min: usize,
    /// Clusters wanted; all without.
    pub limit: Option<usize>,
}

/// The clusters found, the largest first, then the earliest published, then by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clustered {
    /// As many as were wanted.
    pub clusters: Vec<Cluster>,
    /// Clusters in all.
    pub total: usize,
}

/// Articles that are copies of one another, at least two.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cluster {
    /// The earliest published first, those without a date last, then by id.
    pub articles: Vec<Copy>,
}

/// An article of a cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// Its id.
    pub id: ArticleId,
    /// Headline.
    pub title: Option<String>,
    /// When it appeared.
    pub published: Option<Timestamp>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// Path below the corpus root.
    pub path: String,
    /// Identifier inside its file.
    pub part: String,
    /// Web address.
    pub url: Option<String>,
}

impl From<Article> for Copy {
    fn from(article: Article) -> Self {
        Self {
            id: article.id,
            title: article.title,
            published: article.published.map(|published| published.at),
            source: article.source,
            path: article.path,
            part: article.part,
            url: article.url,
        }
    }
}
