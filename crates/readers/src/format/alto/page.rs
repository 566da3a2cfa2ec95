//! The text blocks of one ALTO page in reading order, words divided at line ends made whole.

use std::collections::HashMap;

use crate::input::Input;
use crate::skip::Fault;
use crate::xml::{Document, Element, Nested, Piece, Records};

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// In reading order, none of them blank.
    pub(super) blocks: Vec<Block>,
    pub(super) warning: Option<String>,
}

/// A text block.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) id: String,
    /// The block around it.
    pub(super) group: String,
    next: String,
    /// Left, top, right, bottom.
    pub(super) place: [i64; 4],
    pub(super) text: String,
}

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    /// `malformed` where the file ends before the page does.
    pub(super) fn read(input: &mut Input<'_>) -> Result<Self, Fault> {
        let limits = input.limits();
        let document = Document::open(input)?;
        let mut records = Records::new(document.stream, Nested::Inside, limits);
        let is_record = |_: &[String], element: &Element| {
            matches!(element.name(), "TextBlock" | "ComposedBlock" | "ReadingOrder" | "Styles")
        };
        let mut page = Self { warning: document.warning, ..Self::default() };
        let mut order: Vec<String> = Vec::new();
        let mut words = Words::default();
        while let Some(piece) = records.next(&is_record)? {
            match piece {
                Piece::Record(element) if element.name() == "ReadingOrder" => {
                    let references = element.all("ElementRef");
                    let named = references.filter_map(|reference| reference.attribute("REF"));
                    order.extend(named.map(str::to_owned));
                }
                Piece::Record(element) => {
                    let group = attribute(&element, "ID");
                    for block in element.all("TextBlock") {
                        page.blocks.push(Block {
                            id: attribute(block, "ID"),
                            group: group.clone(),
                            next: attribute(block, "IDNEXT"),
                            place: place(block),
                            text: words.of(block),
                        });
                    }
                }
                Piece::Open(_) => {}
                Piece::OverLimit(_) => {
                    page.warning = Some("a block larger than the limit is left out".to_owned());
                }
                Piece::Cut(_) => return Err(Fault::malformed("the file ends inside the page")),
            }
        }
        records.finish()?;
        page.put_in_order(&order);
        page.blocks.retain(|block| !block.text.is_empty());
        Ok(page)
    }

    /// The order that the page states, else that of its links from block to block, else that of the file.
    fn put_in_order(&mut self, order: &[String]) {
        let mut ranks: HashMap<&str, usize> = HashMap::new();
        if order.is_empty() {
            let places: HashMap<&str, usize> =
                self.blocks.iter().enumerate().map(|(at, block)| (block.id.as_str(), at)).collect();
            let next =
                |at: usize| self.blocks.get(at).and_then(|block| places.get(block.next.as_str()));
            let mut led_to = vec![false; self.blocks.len()];
            for &at in (0..self.blocks.len()).filter_map(next) {
                led_to.get_mut(at).into_iter().for_each(|led| *led = true);
            }
            let starts = (0..self.blocks.len()).filter(|at| led_to.get(*at) == Some(&false));
            for start in starts {
                let mut at = Some(start);
                while let Some(block) = at.and_then(|at| self.blocks.get(at)) {
                    let rank = ranks.len();
                    if ranks.contains_key(block.id.as_str()) {
                        break;
                    }
                    ranks.insert(&block.id, rank);
                    at = at.and_then(next).copied();
                }
            }
        } else {
            for id in order {
                let rank = ranks.len();
                ranks.entry(id).or_insert(rank);
            }
        }
        let ranks: Vec<usize> = self
            .blocks
            .iter()
            .map(|block| {
                let rank = ranks.get(block.id.as_str()).or_else(|| ranks.get(block.group.as_str()));
                rank.copied().unwrap_or(usize::MAX)
            })
            .collect();
        let mut ranked: Vec<(usize, Block)> =
            ranks.into_iter().zip(std::mem::take(&mut self.blocks)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        self.blocks = ranked.into_iter().map(|(_, block)| block).collect();
    }
}

fn attribute(element: &Element, name: &str) -> String {
    element.attribute(name).unwrap_or_default().to_owned()
}

fn place(block: &Element) -> [i64; 4] {
    let number = |name: &str| {
        let digits = block.attribute(name).unwrap_or_default();
        let whole = digits.split('.').next().unwrap_or_default();
        whole.parse::<i32>().map_or(0, i64::from)
    };
    let (left, top) = (number("HPOS"), number("VPOS"));
    [left, top, left + number("WIDTH"), top + number("HEIGHT")]
}

/// Words in the order of the page: the second half of a divided one may stand in another block.
#[derive(Default)]
struct Words {
    /// The whole of a word was written for its first half.
    whole: bool,
}

impl Words {
    /// The text of a block on one line.
    fn of(&mut self, block: &Element) -> String {
        let mut text = String::new();
        // Some pages state their blanks, others have none to state.
        let blanks = block.all("SP").next().is_some();
        // A hyphen without the whole word: the next line goes on with the word.
        let mut divided = false;
        for line in block.all("TextLine") {
            let mut first = true;
            for piece in line.elements() {
                match piece.name() {
                    "SP" if !text.ends_with(' ') => text.push(' '),
                    "HYP" => divided = !self.whole,
                    "String" => {
                        let word = self.word(piece);
                        let hyphen = text.ends_with('-') && first;
                        let apart = (first && !hyphen && !divided) || (!first && !blanks);
                        if apart && !text.is_empty() && !text.ends_with(' ') && !word.is_empty() {
                            text.push(' ');
                        }
                        if first && (hyphen || divided) {
                            text.truncate(text.trim_end().len());
                        }
                        text.push_str(&word);
                        (first, divided) = (false, false);
                    }
                    _ => {}
                }
            }
        }
        crate::characters::one_line(&text).unwrap_or_default()
    }

    fn word(&mut self, string: &Element) -> String {
        let content = string.attribute("CONTENT").unwrap_or_default();
        let whole = string.attribute("SUBS_CONTENT");
        match (string.attribute("SUBS_TYPE"), whole) {
            (Some("HypPart1"), Some(whole)) => {
                self.whole = true;
                whole.to_owned()
            }
            (Some("HypPart2"), _) if self.whole => {
                self.whole = false;
                String::new()
            }
            _ => {
                self.whole = false;
                content.to_owned()
            }
        }
    }
}
