//! Walks a document and gives its records one by one as trees; what stands around them is given as tags only.

use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};

use super::element::{Element, Node};
use crate::entities;
use crate::limits::Limits;
use crate::skip::{Fault, Reason};

/// Bytes that an element and an attribute are counted with beside their text.
const ELEMENT_COST: usize = 64;

/// Open tags at which a document is given up: no parser needs so many, and each takes memory.
const DEEPEST: usize = 1 << 16;

/// What a record that begins inside another of the same name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nested {
    /// A part of it.
    Inside,
    /// The next record: the end of the one before is missing.
    Next,
}

/// A piece of a document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The start of an element around records, without its content.
    Open(Element),
    /// A whole record.
    Record(Element),
    /// A record larger than the limit: its tag alone.
    OverLimit(Element),
    /// The document ends inside the record: what there is of it.
    Cut(Element),
}

/// The records of a document.
pub(crate) struct Records<'a> {
    reader: Reader<Metered<'a>>,
    buffer: Vec<u8>,
    /// Names of the open elements around the next record, as written.
    outer: Vec<String>,
    /// Open tags less closed ones.
    depth: usize,
    /// A start tag that ended the record before it.
    pending: Option<Element>,
    nested: Nested,
    limits: Limits,
    /// The document ended inside a tag or section.
    broken: bool,
    /// A record was cut.
    told: bool,
}

enum Step {
    Start(Element),
    Empty(Element),
    End(String),
    Text(String),
    Eof,
}

impl<'a> Records<'a> {
    pub(crate) fn new(stream: Box<dyn BufRead + 'a>, nested: Nested, limits: Limits) -> Self {
        let mut reader = Reader::from_reader(Metered { stream, left: 0 });
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self {
            reader,
            buffer: Vec::new(),
            outer: Vec::new(),
            depth: 0,
            pending: None,
            nested,
            limits,
            broken: false,
            told: false,
        }
    }

    /// The next piece; `None` at the end. `is_record` is asked of each element with the names of those around it, as written.
    ///
    /// # Errors
    /// `unreadable`; `over-limit` where a single tag or text is longer than a whole file may be, or tags are too deep.
    pub(crate) fn next(
        &mut self,
        is_record: &dyn Fn(&[String], &Element) -> bool,
    ) -> Result<Option<Piece>, Fault> {
        loop {
            let step = match self.pending.take() {
                Some(element) => Step::Start(element),
                None => self.step()?,
            };
            match step {
                Step::Start(element) if is_record(&self.outer, &element) => {
                    return self.record(element).map(Some);
                }
                Step::Empty(element) if is_record(&self.outer, &element) => {
                    return Ok(Some(Piece::Record(element)));
                }
                Step::Start(element) => {
                    if self.outer.len() < self.limits.tag_depth {
                        self.outer.push(element.qualified.clone());
                    }
                    return Ok(Some(Piece::Open(element)));
                }
                Step::Empty(element) => return Ok(Some(Piece::Open(element))),
                Step::End(name) => self.leave(&name),
                Step::Text(_) => {}
                Step::Eof => return Ok(None),
            }
        }
    }

    /// The end of reading.
    ///
    /// # Errors
    /// `malformed` where the document ended in the middle of a tag or before all elements were closed, and no cut record told so.
    pub(crate) fn finish(self) -> Result<(), Fault> {
        if !self.told && (self.broken || !self.outer.is_empty()) {
            return Err(Fault::malformed("the file ends before its elements are closed"));
        }
        Ok(())
    }

    fn leave(&mut self, name: &str) {
        if let Some(at) = self.outer.iter().rposition(|open| open == name) {
            self.outer.truncate(at);
        }
    }

    fn record(&mut self, root: Element) -> Result<Piece, Fault> {
        let name = root.qualified.clone();
        let mut tree = Tree::new(root, self.limits);
        loop {
            match self.step()? {
                Step::Start(element) => {
                    if self.nested == Nested::Next && element.qualified == name {
                        self.pending = Some(element);
                        return Ok(tree.whole());
                    }
                    tree.open(element);
                }
                Step::Empty(element) => {
                    let name = element.qualified.clone();
                    tree.open(element);
                    tree.close(&name);
                }
                Step::Text(text) => tree.text(&text),
                Step::End(name) => match tree.close(&name) {
                    Closed::Record => return Ok(tree.whole()),
                    Closed::Nothing if self.outer.contains(&name) => {
                        self.leave(&name);
                        return Ok(tree.whole());
                    }
                    Closed::Inner | Closed::Nothing => {}
                },
                Step::Eof => {
                    self.told = true;
                    return Ok(tree.cut());
                }
            }
        }
    }

    fn step(&mut self) -> Result<Step, Fault> {
        loop {
            self.buffer.clear();
            let limit = self.limits.file_bytes;
            self.reader.get_mut().left = limit;
            let before = self.reader.buffer_position();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(Error::Io(error)) if error.kind() == io::ErrorKind::FileTooLarge => {
                    return Err(Fault::over_limit("a tag or text", limit));
                }
                Err(Error::Io(error)) => {
                    return Err(Fault::new(Reason::Unreadable, error.to_string()));
                }
                Err(Error::IllFormed(_)) if self.reader.buffer_position() > before => continue,
                // The document ends inside a tag or section.
                Err(_) => {
                    self.broken = true;
                    return Ok(Step::Eof);
                }
            };
            let step = match event {
                Event::Start(start) => match element(&start) {
                    Some(element) => {
                        self.depth += 1;
                        Step::Start(element)
                    }
                    None => Step::Text(format!("<{}>", &*start)),
                },
                Event::Empty(start) => match element(&start) {
                    Some(element) => Step::Empty(element),
                    None => Step::Text(format!("<{}/>", &*start)),
                },
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::End(end.name().0.trim_ascii_end().to_owned())
                }
                Event::Text(text) => Step::Text((*text).to_owned()),
                Event::CData(text) => Step::Text((*text).to_owned()),
                Event::GeneralRef(name) => {
                    Step::Text(entities::decode(&format!("&{};", &*name)).into_owned())
                }
                Event::Eof => Step::Eof,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            };
            if self.depth > DEEPEST {
                let detail = format!("more than {DEEPEST} tags are open inside one another");
                return Err(Fault::new(Reason::OverLimit, detail));
            }
            return Ok(step);
        }
    }
}

/// An element from its tag; `None` where `<` begins none.
fn element(start: &BytesStart<'_>) -> Option<Element> {
    let qualified = start.name().0;
    let first = qualified.chars().next()?;
    if !first.is_alphabetic() && first != '_' {
        return None;
    }
    let mut attributes = start.html_attributes();
    let attributes = attributes.with_checks(false).filter_map(Result::ok);
    let attributes = attributes.map(|attribute| {
        (attribute.key.0.to_owned(), entities::decode(&attribute.value).into_owned())
    });
    Some(Element {
        qualified: qualified.to_owned(),
        attributes: attributes.collect(),
        children: Vec::new(),
    })
}

/// A record being built.
struct Tree {
    /// The open elements, the record itself first.
    open: Vec<Element>,
    /// Elements opened below the deepest that is kept: their text counts as its own.
    excess: usize,
    cost: usize,
    limits: Limits,
}

enum Closed {
    Record,
    Inner,
    Nothing,
}

impl Tree {
    fn new(root: Element, limits: Limits) -> Self {
        Self { open: vec![root], excess: 0, cost: 0, limits }
    }

    fn is_over(&self) -> bool {
        self.cost > self.limits.record_bytes
    }

    fn pay(&mut self, bytes: usize) {
        let was_over = self.is_over();
        self.cost = self.cost.saturating_add(bytes);
        if self.is_over() && !was_over {
            for element in &mut self.open {
                element.children = Vec::new();
            }
        }
    }

    fn open(&mut self, element: Element) {
        if self.open.len() >= self.limits.tag_depth.max(1) {
            self.excess += 1;
            return;
        }
        let attributes = element.attributes.iter();
        let attributes = attributes.map(|(name, value)| ELEMENT_COST + name.len() + value.len());
        self.pay(ELEMENT_COST + element.qualified.len() + attributes.sum::<usize>());
        self.open.push(element);
    }

    fn close(&mut self, name: &str) -> Closed {
        if self.excess > 0 {
            self.excess -= 1;
            return Closed::Inner;
        }
        let Some(at) = self.open.iter().rposition(|element| element.qualified == name) else {
            return Closed::Nothing;
        };
        if at == 0 {
            return Closed::Record;
        }
        self.close_to(at);
        Closed::Inner
    }

    /// Closes open elements until `count` are left.
    fn close_to(&mut self, count: usize) {
        while self.open.len() > count.max(1) {
            let Some(element) = self.open.pop() else { return };
            if !self.is_over()
                && let Some(parent) = self.open.last_mut()
            {
                parent.children.push(Node::Element(element));
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.pay(text.len());
        if self.is_over() {
            return;
        }
        let Some(element) = self.open.last_mut() else { return };
        if let Some(Node::Text(before)) = element.children.last_mut() {
            before.push_str(text);
        } else {
            element.children.push(Node::Text(text.to_owned()));
        }
    }

    fn finish(&mut self) -> Element {
        self.close_to(1);
        self.open.pop().unwrap_or_default()
    }

    fn whole(mut self) -> Piece {
        let over = self.is_over();
        let element = self.finish();
        if over { Piece::OverLimit(element) } else { Piece::Record(element) }
    }

    fn cut(mut self) -> Piece {
        let over = self.is_over();
        let element = self.finish();
        if over { Piece::OverLimit(element) } else { Piece::Cut(element) }
    }
}

/// A stream that ends with an error where one tag or text takes more than its allowance.
struct Metered<'a> {
    stream: Box<dyn BufRead + 'a>,
    left: u64,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }
}

impl BufRead for Metered<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.stream.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.stream.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records called `r`: `+` whole, `-` cut, `!` over the limit, with their text; other tags by name.
    #[track_caller]
    fn check(xml: &str, nested: Nested, expected: &[&str]) {
        let limits = Limits { record_bytes: 400, tag_depth: 5, ..Limits::default() };
        let mut records = Records::new(Box::new(io::Cursor::new(xml.to_owned())), nested, limits);
        let mut found = Vec::new();
        while let Some(piece) = records.next(&|_, element| element.name() == "r").unwrap() {
            found.push(match piece {
                Piece::Open(element) => element.qualified,
                Piece::Record(element) => format!("+{}", element.text()),
                Piece::Cut(element) => format!("-{}", element.text()),
                Piece::OverLimit(element) => format!("!{}", element.text()),
            });
        }
        assert_eq!(found, expected, "{xml}");
    }

    #[test]
    fn records_come_one_by_one() {
        let check = |xml: &str, expected: &[&str]| check(xml, Nested::Next, expected);
        check("<a><r>1</r> x <b/><r>2<i>3</i></r></a>", &["a", "+1", "b", "+23"]);
        check("<a><r>1<r>2</r></a>", &["a", "+1", "+2"]);
        check("<a><r>1</a><r>2", &["a", "+1", "-2"]);
        check("<a><r>1<b>2</r><r/></a>", &["a", "+12", "+"]);
        check("<r>1</b></i>2</r>", &["+12"]);
        check("<r>cut <![CDATA[never", &["-cut "]);
        check("<r>cut <b", &["-cut "]);
        check(&format!("<r>{}</r><r>2</r>", "x".repeat(500)), &["!", "+2"]);
        check(&format!("<r>{}</r><r>2</r>", "<b/>".repeat(50)), &["!", "+2"]);
        check("", &[]);
    }

    #[test]
    fn a_record_may_hold_others() {
        check("<r>1<r>2</r>3</r><r>4</r>", Nested::Inside, &["+123", "+4"]);
    }

    #[test]
    fn references_and_stray_signs() {
        let check = |xml: &str, expected: &str| check(xml, Nested::Next, &[expected]);
        check("<r>caf&#233; &amp; &lt;b&gt; &eacute;</r>", "+café & <b> é");
        check("<r>AT&T & Co &unknown; &</r>", "+AT&T & Co &unknown; &");
        check("<r>1 < 2 and 3 > 2<!-- no --></r>", "+1 < 2 and 3 > 2");
        check("<r><![CDATA[<p>&amp;</p>]]></r>", "+<p>&amp;</p>");
    }

    #[test]
    fn declared_entities_are_not_expanded() {
        check(
            "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/hostname\">]><r>&b; &f;</r>",
            Nested::Next,
            &["+&b; &f;"],
        );
    }

    #[test]
    fn deep_elements_keep_their_text() {
        let deep = format!("<r>{}x{}</r>", "<b>".repeat(8), "</b>".repeat(8));
        check(&deep, Nested::Next, &["+x"]);
    }
}
