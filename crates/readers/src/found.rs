//! Where readers put what they find: drafts become articles here, the same way for every format.

use std::any::Any;
use std::collections::HashSet;
use std::io::Read;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dateline_article::{Article, ArticleId, Dateline};

use crate::container::budget::{Budget, Counted};
use crate::container::member;
use crate::dateline;
use crate::dates::Order;
use crate::draft::Draft;
use crate::field_map::FieldMap;
use crate::input::Input;
use crate::published::{self, Witnesses};
use crate::read::{self, Options, SourceFile};
use crate::registry;
use crate::skip::{Fault, Halt, Reason, Skip};

/// Receives the articles of one file.
pub struct Found<'a> {
    source: &'a SourceFile<'a>,
    options: &'a Options,
    format: &'static str,
    /// What the file may unpack to, shared by everything inside it.
    budget: &'a Budget,
    each: &'a mut dyn FnMut(Result<Article, Skip>) -> ControlFlow<()>,
    /// Articles and skipped articles so far.
    count: u32,
    /// Ids of articles and paths that have a name of their own.
    seen: HashSet<ArticleId>,
    /// The orders of numbers, day first and month first, that dates of this file have shown.
    orders: [bool; 2],
    /// A bit for each article that is known by its number: a file may have tens of millions.
    numbered: Vec<u64>,
    stopped: bool,
    /// What the receiver panicked with: its failure, not the reader's.
    panic: Option<Box<dyn Any + Send>>,
}

impl<'a> Found<'a> {
    pub(crate) fn new(
        source: &'a SourceFile<'a>,
        options: &'a Options,
        format: &'static str,
        budget: &'a Budget,
        each: &'a mut dyn FnMut(Result<Article, Skip>) -> ControlFlow<()>,
    ) -> Self {
        Self {
            source,
            options,
            format,
            budget,
            each,
            count: 0,
            seen: HashSet::new(),
            orders: [false; 2],
            numbered: Vec::new(),
            stopped: false,
            panic: None,
        }
    }

    /// Hands on one article. Its part is its own identifier, else its number in the file; an identifier that came before is made unique
    /// with the number.
    ///
    /// # Errors
    /// [`Halt::Stopped`] where no more articles are wanted; `timeout` where the file has had its time.
    pub fn article(&mut self, draft: Draft) -> Result<(), Halt> {
        self.budget.time()?;
        self.count += 1;
        match draft.clean() {
            Ok(draft) => {
                let article = self.finish(draft);
                self.send(Ok(article))
            }
            Err(fault) => {
                let skip = self.skipped(Some(self.count.to_string()), fault);
                self.send(Err(skip))
            }
        }
    }

    /// What is said of columns and keys.
    pub(crate) fn map(&self) -> &'a FieldMap {
        &self.options.map
    }

    /// Checks that there is time left, for readers that work long before they give anything.
    ///
    /// # Errors
    /// `timeout` where there is none.
    pub(crate) fn time(&self) -> Result<(), Fault> {
        self.budget.time()
    }

    /// The number that the next article gets where it has no identifier.
    pub(crate) fn next_number(&self) -> String {
        (self.count + 1).to_string()
    }

    /// Counts one article of the file that cannot be read; the reader goes on behind it. `part` is its identifier where that is known.
    ///
    /// # Errors
    /// As [`Found::article`].
    pub fn skip(&mut self, part: Option<String>, fault: Fault) -> Result<(), Halt> {
        self.budget.time()?;
        self.count += 1;
        let part = part.unwrap_or_else(|| self.count.to_string());
        let skip = self.skipped(Some(part), fault);
        self.send(Err(skip))
    }

    /// Reads a member of a container as a file of its own, with the reader that knows it. What goes wrong in it is counted, and the container
    /// goes on behind it.
    ///
    /// # Errors
    /// `over-limit` where no more may be unpacked; else as [`Found::article`].
    pub(crate) fn member(
        &mut self,
        name: &str,
        stream: Box<dyn Read + '_>,
        size_bytes: Option<u64>,
    ) -> Result<(), Halt> {
        self.count += 1;
        self.budget.member()?;
        let path = self.member_path(name);
        self.inside(&path, name, stream, size_bytes)?;
        self.budget.exceeded().map_or(Ok(()), |fault| Err(fault.into()))
    }

    /// Counts a member that cannot be read.
    ///
    /// # Errors
    /// As [`Found::member`].
    pub(crate) fn member_skip(&mut self, name: &str, fault: Fault) -> Result<(), Halt> {
        self.count += 1;
        self.budget.member()?;
        let path = self.member_path(name);
        self.send(Err(Skip { reason: fault.reason, path, part: None, detail: fault.detail }))
    }

    /// Reads what a compressed file holds, under the same path; `name` is the file's without the compression's extension.
    ///
    /// # Errors
    /// As [`Found::article`].
    pub(crate) fn uncoated(&mut self, name: &str, stream: Box<dyn Read + '_>) -> Result<(), Halt> {
        self.count += 1;
        let stream = Box::new(self.counted(stream));
        self.inside(self.source.path, name, stream, None)
    }

    /// A stream whose bytes count as unpacked.
    pub(crate) fn counted<R: Read>(&self, stream: R) -> Counted<'a, R> {
        self.budget.counted(stream)
    }

    /// The path of a member, unlike that of any other of this container.
    fn member_path(&mut self, name: &str) -> String {
        let name = member::path(name);
        let number = self.count;
        let mut path = if name.is_empty() {
            format!("{}!/{number}", self.source.path)
        } else {
            format!("{}!/{name}", self.source.path)
        };
        while !self.seen.insert(ArticleId::new(self.source.root_label, &path, "")) {
            path = format!("{path}#{number}");
        }
        path
    }

    fn inside(
        &mut self,
        path: &str,
        name: &str,
        stream: Box<dyn Read + '_>,
        size_bytes: Option<u64>,
    ) -> Result<(), Halt> {
        let source = SourceFile { path, ..*self.source };
        let limits = self.options.limits;
        let chosen = self.budget.descend().and_then(|level| {
            let input = Input::new(stream, name, size_bytes, limits)?;
            let sample = input.sample();
            if sample.bytes().is_empty() && sample.is_whole() {
                return Err(Fault::new(Reason::Empty, "the file has no bytes"));
            }
            let reader = registry::choose(&sample).ok_or_else(read::unknown)?;
            Ok((level, input, reader))
        });
        let (format, chosen) = match chosen {
            Ok((level, input, reader)) => (reader.name(), Ok((level, input, reader))),
            Err(fault) => ("", Err(fault)),
        };
        let mut inner = Found::new(&source, self.options, format, self.budget, &mut *self.each);
        let result = match chosen {
            Ok((_level, mut input, reader)) => read::contain(reader, &mut input, &mut inner),
            Err(fault) => Err(fault.into()),
        };
        inner.end(self.budget.or_exceeded(result));
        self.stopped |= inner.stopped;
        let panic = inner.into_panic();
        self.panic = panic.or(self.panic.take());
        if self.stopped { Err(Halt::Stopped) } else { Ok(()) }
    }

    /// Ends the file: reports `fault`, or that there was no article.
    pub(crate) fn end(&mut self, result: Result<(), Halt>) {
        let fault = match result {
            Err(Halt::Fault(fault)) => fault,
            Ok(()) if self.count == 0 => Fault::new(Reason::Empty, "no article in it"),
            Ok(()) | Err(Halt::Stopped) => return,
        };
        let skip = self.skipped(None, fault);
        // The file is at its end: whether more is wanted does not matter.
        let _ = self.send(Err(skip));
    }

    /// The receiver's own panic, to be passed on to it.
    pub(crate) fn into_panic(self) -> Option<Box<dyn Any + Send>> {
        self.panic
    }

    fn skipped(&self, part: Option<String>, fault: Fault) -> Skip {
        Skip { reason: fault.reason, path: self.source.path.to_owned(), part, detail: fault.detail }
    }

    fn send(&mut self, item: Result<Article, Skip>) -> Result<(), Halt> {
        if self.stopped {
            return Err(Halt::Stopped);
        }
        let budget = self.budget;
        let answer = budget.paused(|| catch_unwind(AssertUnwindSafe(|| (self.each)(item))));
        let goes_on = matches!(answer, Ok(ControlFlow::Continue(())));
        self.stopped = !goes_on;
        self.panic = answer.err().or(self.panic.take());
        if goes_on { Ok(()) } else { Err(Halt::Stopped) }
    }

    fn finish(&mut self, draft: Draft) -> Article {
        for (seen, order) in draft.orders_seen.into_iter().zip([Order::DayFirst, Order::MonthFirst])
        {
            if seen {
                self.note_order(order);
            }
        }
        let order = self.order(&draft);
        let (id, part) = self.identify(draft.part);
        let format = draft.format.unwrap_or(self.format);
        let mut article = Article::new(id, self.source.path, &part, format);
        let dateline = whole_dateline(draft.dateline, draft.paragraphs.first());
        let (published, doubts) = published::weigh(&Witnesses {
            metadata: draft.published,
            ambiguous: draft.ambiguous.as_ref(),
            order,
            created: draft.created,
            dateline: dateline.as_ref(),
            url: draft.url.as_deref(),
            path: self.source.path,
            fetched: draft.fetched,
            today: self.options.today,
        });
        article.url = draft.url;
        article.source = draft.source.or_else(|| self.options.source.clone());
        article.title = draft.title;
        article.subtitle = draft.subtitle;
        article.byline = draft.byline;
        article.section = draft.section;
        article.keywords = draft.keywords;
        article.language = draft.language.or(self.options.language);
        article.published = published;
        article.dateline = dateline;
        article.status = draft.status;
        article.accession = draft.accession;
        article.paragraphs = draft.paragraphs;
        article.warnings = draft.warnings;
        article.warnings.extend(doubts);
        article
    }

    /// Notes the order of the numbers in a date of this file.
    pub(crate) fn note_order(&mut self, order: Order) {
        let [day_first, month_first] = &mut self.orders;
        match order {
            Order::DayFirst => *day_first = true,
            Order::MonthFirst => *month_first = true,
        }
    }

    /// The order of the numbers in dates: that of the file, of the region, or of the language.
    fn order(&self, draft: &Draft) -> Option<(Order, &'static str)> {
        let of_file = match self.orders {
            [true, false] => Some(Order::DayFirst),
            [false, true] => Some(Order::MonthFirst),
            _ => None,
        };
        let language = draft.language.or(self.options.language);
        let of_language = language
            .filter(|language| DAY_FIRST.contains(&language.code()))
            .map(|_| (Order::DayFirst, "the usage of its language"));
        let of_file = of_file.map(|order| (order, "the other dates of the file"));
        let of_region = draft.order.map(|order| (order, "the usage of its region"));
        of_file.or(of_region).or(of_language)
    }

    fn identify(&mut self, own: Option<String>) -> (ArticleId, String) {
        let number = self.count.to_string();
        let mut part = own.unwrap_or_else(|| number.clone());
        loop {
            let id = ArticleId::new(self.source.root_label, self.source.path, &part);
            let is_new = if part == number {
                // Another's own identifier may be this number.
                !self.seen.contains(&id) && self.take_number(self.count)
            } else {
                let taken = part
                    .parse()
                    .is_ok_and(|other: u32| other.to_string() == part && self.is_numbered(other));
                !taken && self.seen.insert(id)
            };
            if is_new {
                return (id, part);
            }
            part = format!("{part}#{number}");
        }
    }

    /// Notes that an article is known by its number; whether none was before.
    fn take_number(&mut self, number: u32) -> bool {
        let is_new = !self.is_numbered(number);
        let (word, bit) = place(number);
        if self.numbered.len() <= word {
            self.numbered.resize(word + 1, 0);
        }
        if let Some(word) = self.numbered.get_mut(word) {
            *word |= bit;
        }
        is_new
    }

    fn is_numbered(&self, number: u32) -> bool {
        let (word, bit) = place(number);
        self.numbered.get(word).is_some_and(|word| word & bit != 0)
    }
}

/// Where the bit of a number is.
fn place(number: u32) -> (usize, u64) {
    ((number / 64) as usize, 1 << (number % 64))
}

/// Languages whose dates have the day first wherever they are spoken. English has both orders.
const DAY_FIRST: &[&str] = &["de", "fr", "es", "it", "pt", "nl", "pl", "uk", "ru", "ar", "tr"];

/// The dateline that stands in the text, completed by what the format gives.
fn whole_dateline(given: Option<Dateline>, first: Option<&String>) -> Option<Dateline> {
    let Some(given) = given else { return dateline::find(first?) };
    if given.length_bytes > 0 {
        return Some(given);
    }
    let Some(found) = first.and_then(|paragraph| dateline::find(paragraph)) else {
        return Some(given);
    };
    Some(Dateline {
        place: found.place.or(given.place),
        date: found.date.or(given.date),
        agency: found.agency.or(given.agency),
        length_bytes: found.length_bytes,
    })
}
