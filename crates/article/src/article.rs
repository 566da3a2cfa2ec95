//! An article as a reader found it: nothing in it is guessed, and what is missing is absent.

use serde::{Deserialize, Serialize};

use crate::{ArticleId, Edge, Language, Timestamp};

/// One news item, the unit of search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Stable identifier.
    pub id: ArticleId,
    /// Path below the corpus root, `/` between folders, `!/` before a container's member.
    pub path: String,
    /// The article's own identifier inside its file, else its number there, from 1.
    pub part: String,
    /// Name of the format that it was read from (`html`, `reuters` …).
    pub format: String,
    /// Where it stands on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Newspaper, agency or site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Headline, without the site's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Second headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Authors, one each, without "By".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub byline: Vec<String>,
    /// Section or desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Keywords and subjects that the publisher gave.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Language, from metadata or (by extraction) from the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// When it appeared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// Its opening "BRUSSELS, March 14 (Agency) —".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dateline: Option<Dateline>,
    /// What the publisher says of its standing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Number that a database gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accession: Option<String>,
    /// The text, paragraph by paragraph, the dateline included, the title not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paragraphs: Vec<String>,
    /// What the reader had to repair or could not tell, for people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// When an article appeared, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The time, as precise as known.
    pub at: Timestamp,
    /// What says so.
    pub by: Evidence,
}

/// What a publication date rests on, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Evidence {
    /// The format's own fields, or a date line of the article.
    #[serde(rename = "metadata")]
    Metadata,
    /// The dateline, where it has a year.
    #[serde(rename = "dateline")]
    Dateline,
    /// The web address.
    #[serde(rename = "url")]
    Url,
    /// The name of the file or of its folders.
    #[serde(rename = "file name")]
    FileName,
    /// The properties of an office document: when it was created.
    #[serde(rename = "properties")]
    Properties,
}

impl Evidence {
    /// The word used in JSON and text: `metadata`, `dateline`, `url`, `file name` or `properties`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Dateline => "dateline",
            Self::Url => "url",
            Self::FileName => "file name",
            Self::Properties => "properties",
        }
    }
}

/// The opening "BRUSSELS, March 14 (Agency) —" of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Place as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Day, without a year where none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Edge>,
    /// News agency as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// Bytes at the beginning of the first paragraph that the dateline takes, its dash and the blank after it included; 0 where the
    /// paragraphs do not hold it.
    #[serde(default)]
    pub length_bytes: u32,
}

/// What a publisher says of an article's standing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Taken back by its publisher.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// Not to be published before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embargoed_until: Option<Timestamp>,
    /// Version as the publisher counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

impl Article {
    /// An article of which nothing but its place is known.
    pub fn new(id: ArticleId, path: &str, part: &str, format: &str) -> Self {
        Self {
            id,
            path: path.to_owned(),
            part: part.to_owned(),
            format: format.to_owned(),
            url: None,
            source: None,
            title: None,
            subtitle: None,
            byline: Vec::new(),
            section: None,
            keywords: Vec::new(),
            language: None,
            published: None,
            dateline: None,
            status: None,
            accession: None,
            paragraphs: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The paragraphs joined by blank lines: what mentions' spans count in.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }

    /// Bytes of [`Article::text`] that the dateline takes at its beginning.
    pub fn dateline_bytes(&self) -> usize {
        let first = self.paragraphs.first().map_or("", String::as_str);
        let length = self.dateline.as_ref().map_or(0, |dateline| dateline.length_bytes as usize);
        if first.is_char_boundary(length) { length } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_leaves_out_what_is_not_known() {
        let article = Article::new(ArticleId::new("a", "b", "1"), "b", "1", "text");
        let json = serde_json::to_string(&article).unwrap();
        assert_eq!(
            json,
            format!(r#"{{"id":"{}","path":"b","part":"1","format":"text"}}"#, article.id)
        );
    }

    #[test]
    fn json_reads_back_whole() {
        let mut article = Article::new(ArticleId::new("a", "b", "1"), "b", "1", "text");
        article.published = Some(Published {
            at: "2024-03-14T09:30:00+02:00".parse().unwrap(),
            by: Evidence::FileName,
        });
        article.dateline = Some(Dateline {
            place: Some("KYIV".to_owned()),
            date: Some("--03-14".parse().unwrap()),
            agency: None,
            length_bytes: 17,
        });
        article.language = Language::from_tag("uk");
        article.byline = vec!["Олена Коваль".to_owned()];
        article.paragraphs = vec!["KYIV, March 14 — a".to_owned(), "b".to_owned()];
        article.status = Some(Status { withdrawn: true, ..Status::default() });
        let json = serde_json::to_string(&article).unwrap();
        assert_eq!(serde_json::from_str::<Article>(&json).unwrap(), article, "{json}");
    }

    #[test]
    fn evidence_is_called_alike_in_json_and_text() {
        let all = [
            Evidence::Metadata,
            Evidence::Dateline,
            Evidence::Url,
            Evidence::FileName,
            Evidence::Properties,
        ];
        for evidence in all {
            assert_eq!(serde_json::to_value(evidence).unwrap(), evidence.as_str());
        }
        assert!(all.is_sorted());
    }

    #[test]
    fn a_dateline_longer_than_its_paragraph_counts_for_nothing() {
        let mut article = Article::new(ArticleId::new("a", "b", "1"), "b", "1", "text");
        article.dateline = Some(Dateline { length_bytes: 9, ..Dateline::default() });
        assert_eq!(article.dateline_bytes(), 0);
        article.paragraphs.push("é".to_owned());
        article.dateline = Some(Dateline { length_bytes: 1, ..Dateline::default() });
        assert_eq!(article.dateline_bytes(), 0);
    }
}
