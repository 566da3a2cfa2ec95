//! The whole of extraction: an article in, the article with its language, people, organisations, places and dates out.
//!
//! Each step stands behind a trait of its own, so that a better one takes its place without a change here or in a caller.

use dateline_article::{Article, Date, DateMention, Dateline, Language, Place, Record};

use crate::copies::signature;
use crate::dates;
use crate::language::language;
use crate::names::by_language::ByLanguage;
use crate::names::dateline::agency;
use crate::names::join::{organisations, people};
use crate::names::spread::spread;
use crate::names::{Mention, Part, Piece};
use crate::passage::Passage;
use crate::places::GazetteerResolver;

/// Finds names in a passage.
pub(crate) trait NameTagger: Send + Sync {
    /// The names in each of the passages, title and text, in the order of the text, not overlapping; none begins in the
    /// first `body_bytes` of the text. Titles are no part of a person's name.
    fn tag(
        &self,
        passages: &[Passage<'_>; 2],
        body_bytes: usize,
        language: Option<Language>,
    ) -> [Vec<Mention>; 2];
}

/// Decides which places an article names.
pub(crate) trait PlaceResolver: Send + Sync {
    /// One entity a place, most mentioned first; never inside the name of a person or an organisation.
    fn resolve(&self, scene: &Scene<'_>) -> Vec<Place>;
}

/// Finds what an article says of the calendar.
pub(crate) trait DateFinder: Send + Sync {
    /// Dates in text and title, in the order of their first mention, relative ones resolved against `reference`.
    fn find(
        &self,
        text: &str,
        title: &str,
        language: Option<Language>,
        reference: Option<Date>,
    ) -> Vec<DateMention>;
}

/// What a place resolver sees of an article.
pub(crate) struct Scene<'a> {
    /// Title (where there is one) and text, tagged.
    pub(crate) pieces: &'a [Piece<'a>],
    /// The language, where known.
    pub(crate) language: Option<Language>,
    /// The dateline, where there is one.
    pub(crate) dateline: Option<&'a Dateline>,
    /// Bytes of the text that the dateline takes.
    pub(crate) dateline_bytes: usize,
}

/// Finds language, people, organisations, places and dates in articles.
///
/// Pure and deterministic: the same article gives the same record on every machine and thread. Making one costs nothing worth counting.
///
/// ```
/// use dateline_article::{Article, ArticleId};
/// use dateline_extract::Extractor;
///
/// let mut article = Article::new(ArticleId::new("wire", "a.txt", "1"), "a.txt", "1", "text");
/// article.paragraphs.push("President Emmanuel Macron met the mayor of Lyon on Monday, a spokesman said.".to_owned());
/// let record = Extractor::new().extract(article);
/// assert_eq!(record.people[0].name, "Emmanuel Macron");
/// assert_eq!(record.places[0].name, "Lyon");
/// assert_eq!(record.places[0].country.as_deref(), Some("FR"));
/// ```
pub struct Extractor {
    tagger: Box<dyn NameTagger>,
    resolver: Box<dyn PlaceResolver>,
    dates: Box<dyn DateFinder>,
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// The extractor with everything built in.
    pub fn new() -> Self {
        Self {
            tagger: Box::new(ByLanguage::new()),
            resolver: Box::new(GazetteerResolver),
            dates: Box::new(RuleDates),
        }
    }

    /// Everything found in `article`, which comes back inside with its language filled in where the text tells it.
    ///
    /// Linear in the length of the text; never fails: what is not understood is not returned.
    pub fn extract(&self, mut article: Article) -> Record {
        let text = article.text();
        if article.language.is_none() {
            article.language = language(text.get(article.dateline_bytes()..).unwrap_or_default());
        }
        let language = article.language;
        let title = article.title.as_deref().unwrap_or_default();
        let parts = [Part::Title, Part::Text];
        let passages = [Passage::new(title, language), Passage::new(&text, language)];
        let body = article.dateline_bytes();
        let mut mentions = self.tagger.tag(&passages, body, language);
        let [_, of_text] = &mut mentions;
        let [_, body_passage] = &passages;
        if let Some(agency) =
            article.dateline.as_ref().and_then(|dateline| agency(body_passage, dateline, body))
        {
            of_text.insert(0, agency);
        }
        spread(&passages, &mut mentions);
        let pieces: Vec<Piece<'_>> = parts
            .into_iter()
            .zip(&passages)
            .zip(&mentions)
            .map(|((part, passage), mentions)| Piece { part, passage, mentions })
            .collect();
        let scene = Scene {
            pieces: &pieces,
            language,
            dateline: article.dateline.as_ref(),
            dateline_bytes: body,
        };
        let places = self.resolver.resolve(&scene);
        let reference = article.published.and_then(|published| published.at.day());
        let dates = self.dates.find(&text, title, language, reference);
        let (people, organisations) = (people(&pieces), organisations(&pieces));
        let signature = signature(text.get(body..).unwrap_or_default());
        Record { people, organisations, places, dates, signature, article }
    }
}

/// Dates by the rules of [`crate::dates`].
struct RuleDates;

impl DateFinder for RuleDates {
    fn find(
        &self,
        text: &str,
        title: &str,
        language: Option<Language>,
        reference: Option<Date>,
    ) -> Vec<DateMention> {
        let found = |text| dates::dates(text, language, reference);
        dates::join(text, &found(text), title, &found(title))
    }
}
