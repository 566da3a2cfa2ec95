//! A corpus to measure on: news-like articles with people, places and dates, generated from a seed, the same on
//! every machine. It follows the shape of wire news (a dateline, 5 to 14 short paragraphs, few frequent words and
//! many rare ones, some copies), not its meaning; quality is measured on real articles elsewhere.

mod words;

use std::fmt::Write;

use dateline_article::{Article, ArticleId, Dateline, Evidence, Language, Published, from_days};

/// One article in so many is a copy of the one before it, from another source.
const COPY_EVERY: usize = 20;
/// 2015-01-01, in days since 1970.
const FIRST_DAY: i32 = 16_436;
const DAYS: usize = 3_650;

/// Generates the first `count` articles of the corpus.
pub(crate) fn articles(count: usize) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::with_capacity(count);
    for number in 0..count {
        let article = match articles.last() {
            Some(before) if number % COPY_EVERY == COPY_EVERY - 1 => copy(before, number),
            _ => Writer::new(number).article(),
        };
        articles.push(article);
    }
    articles
}

fn blank(number: usize) -> Article {
    let path = format!("{:03}.jsonl", number / 20);
    let part = format!("g-{number}");
    Article::new(ArticleId::new("generated", &path, &part), &path, &part, "jsonl")
}

fn copy(first: &Article, number: usize) -> Article {
    let mut copy = Article { source: Some("Capital Post".to_owned()), ..blank(number) };
    copy.title = first.title.as_ref().map(|title| format!("Report: {title}"));
    copy.published = first.published;
    copy.language = first.language;
    copy.section.clone_from(&first.section);
    copy.dateline.clone_from(&first.dateline);
    copy.paragraphs.clone_from(&first.paragraphs);
    // An editor cut the end.
    copy.paragraphs.pop();
    copy
}

/// What one article keeps to: its topic, its people, its places.
struct Writer {
    number: usize,
    random: Random,
    section: &'static str,
    nouns: &'static [&'static str],
    family: &'static str,
    given: &'static str,
    home: &'static str,
    made: String,
}

impl Writer {
    fn new(number: usize) -> Self {
        let mut random = Random(number as u64);
        let (section, nouns) = random.any(words::TOPICS);
        let made = random.made();
        let family = random.frequent(words::FAMILY);
        let given = random.frequent(words::GIVEN);
        let home = random.frequent(words::PLACES).trim_start_matches("the ");
        Self { number, random, section, nouns, family, given, home, made }
    }

    fn article(mut self) -> Article {
        let mut article = blank(self.number);
        let title = self.random.any(words::TITLE_LINES);
        article.title = Some(capitalised(&self.fill(title)));
        article.source = Some(self.random.frequent(words::SOURCES).to_owned());
        article.section = Some(self.section.to_owned());
        article.byline = vec![self.person()];
        article.language = Language::from_tag("en");
        let day = FIRST_DAY + i32::try_from(self.random.below(DAYS)).unwrap_or(0);
        let at = from_days(day).and_then(|day| day.to_string().parse().ok());
        article.published = at.map(|at| Published { at, by: Evidence::Metadata });

        let opening = self.random.any(words::OPENINGS);
        let opening = capitalised(&self.fill(opening));
        let place = self.home.to_uppercase();
        let dateline = format!("{place} (Meridian) — ");
        article.dateline = Some(Dateline {
            place: Some(place),
            date: None,
            agency: Some("Meridian".to_owned()),
            length_bytes: u32::try_from(dateline.len()).unwrap_or(0),
        });
        article.paragraphs = vec![dateline + &opening];
        for _ in 0..4 + self.random.below(10) {
            let sentences = 1 + self.random.below(3);
            let paragraph: Vec<String> = (0..sentences).map(|_| self.sentence()).collect();
            article.paragraphs.push(paragraph.join(" "));
        }
        article
    }

    fn sentence(&mut self) -> String {
        let pattern = self.random.any(words::SENTENCES);
        capitalised(&self.fill(pattern))
    }

    fn fill(&mut self, pattern: &str) -> String {
        let mut text = String::with_capacity(pattern.len() * 2);
        let mut rest = pattern;
        while let Some((before, gap)) = rest.split_once('{') {
            text.push_str(before);
            let (letter, after) = gap.split_once('}').unwrap_or((gap, ""));
            self.gap(letter, &mut text);
            rest = after;
        }
        text.push_str(rest);
        text
    }

    fn gap(&mut self, letter: &str, text: &mut String) {
        match letter {
            "P" => text.push_str(&self.person()),
            "F" => text.push_str(self.family),
            "T" => text.push_str(self.random.frequent(words::TITLES)),
            "C" => self.place(text),
            "H" => text.push_str(self.home),
            "O" => text.push_str(self.random.frequent(words::ORGANISATIONS)),
            "D" => self.day(text),
            "M" => self.month(text),
            "N" => {
                let number = 2 + self.random.below(900);
                text.push_str(&number.to_string());
            }
            "n" => text.push_str(self.random.frequent(self.nouns)),
            "a" => text.push_str(self.random.frequent(words::ADJECTIVES)),
            "v" => text.push_str(self.random.frequent(words::VERBS)),
            "s" => {
                let (_, nouns) = self.random.any(words::TOPICS);
                text.push_str(self.random.any(nouns));
            }
            "w" => text.push_str(&self.made),
            _ => unreachable!("a gap `{letter}` that no list fills"),
        }
    }

    /// The article's own person every other time, else anyone; of those, one in four by a made name.
    fn person(&mut self) -> String {
        if self.random.below(2) == 0 {
            return format!("{} {}", self.given, self.family);
        }
        let given = self.random.frequent(words::GIVEN);
        match self.random.below(4) {
            0 => format!("{given} {}", self.random.made()),
            _ => format!("{given} {}", self.random.any(words::FAMILY)),
        }
    }

    /// A place on the map, or, one time in six, a village that is on none.
    fn place(&mut self, text: &mut String) {
        match self.random.below(6) {
            0 => text.push_str(&self.random.made()),
            _ => text.push_str(self.random.frequent(words::PLACES)),
        }
    }

    fn day(&mut self, text: &mut String) {
        let month = self.random.any(words::MONTHS);
        let day = 1 + self.random.below(28);
        let year = 2010 + self.random.below(16);
        // Writing to a String does not fail.
        let _ = match self.random.below(4) {
            0 => write!(text, "{month} {day}"),
            1 => write!(text, "{month} {day}, {year}"),
            2 => write!(text, "{day} {month} {year}"),
            _ => write!(text, "{}", self.random.any(words::WEEKDAYS)),
        };
    }

    fn month(&mut self, text: &mut String) {
        let year = 2010 + self.random.below(16);
        // Writing to a String does not fail.
        let _ = match self.random.below(3) {
            0 => write!(text, "{year}"),
            _ => write!(text, "{} {year}", self.random.any(words::MONTHS)),
        };
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// SplitMix64 (Steele, Lea and Flood 2014): 64 bits of state, and seeds that follow each other give unlike streams.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below `limit`; `limit` is at most 2³² and not 0.
    fn below(&mut self, limit: usize) -> usize {
        // The upper half scaled down: always below `limit`, so it fits again.
        usize::try_from(((self.next() >> 32) * limit as u64) >> 32).unwrap_or(0)
    }

    /// Any element, all alike.
    fn any<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// A name of two to four syllables that hardly comes twice.
    fn made(&mut self) -> String {
        let syllables = 2 + self.below(3);
        let name: String = (0..syllables).map(|_| self.any(words::SYLLABLES)).collect();
        capitalised(&name)
    }

    /// An element, the early ones often and the late ones seldom, as words are in texts.
    fn frequent(&mut self, list: &[&'static str]) -> &'static str {
        let limit = 1 + self.below(list.len());
        list[self.below(limit)]
    }
}
