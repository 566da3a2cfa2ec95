//! From tokens to the tree, by recursive descent.
//!
//! The parser reads to the end and gives the tree *and* all faults; only a tree without faults may be run. Order of binding: fields,
//! NOT and functions, then nearness (smaller distances first), then AND and juxtaposition, then OR.

mod field;
mod near;
mod operand;

use dateline_article::{Date, Span};

use crate::alias::Operator;
use crate::dialect::{self, Syntax};
use crate::fault::{Fault, Problem};
use crate::lex::{self, Hint, Token, TokenKind};
use crate::note::Note;
use crate::print;
use crate::syntax::{Field, Kind, Node, Pattern};

/// Bytes in the longest query that is read.
pub const LONGEST_BYTES: usize = 1 << 20;

/// How deep parentheses may stand in each other.
pub const DEEPEST: usize = 64;

/// Faults kept of one query.
pub(crate) const MOST_FAULTS: usize = 20;

/// A query as it was read.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The text that it was read from.
    pub text: String,
    /// What it asks; of a query with faults, what could be made out.
    pub tree: Option<Node>,
    /// What is wrong with it, from left to right.
    pub faults: Vec<Fault>,
    /// How it was read, where that may not be what was meant.
    pub notes: Vec<Note>,
}

/// Reads a query; relative days (`last-week`) count from `today`.
///
/// Linear in the text; never panics.
///
/// ```
/// let today = dateline_article::Date::constant(2024, 3, 14);
/// let parsed = dateline_query::parse("kyiv OR odesa port", today);
/// assert_eq!(parsed.tree.unwrap().to_string(), "kyiv OR (odesa port)");
/// let parsed = dateline_query::parse("\"nato", today);
/// assert_eq!(parsed.faults[0].to_string(), "the quote opened at column 1 is not closed");
/// ```
pub fn parse(text: &str, today: Date) -> Parsed {
    parse_as(text, today, Syntax::Dateline)
}

/// Reads a query as another system would.
///
/// ```
/// use dateline_query::{Syntax, parse_as};
/// let today = dateline_article::Date::constant(2024, 3, 14);
/// let parsed = parse_as("peace AND kyiv OR odesa", today, Syntax::Nexis);
/// assert_eq!(parsed.tree.unwrap().to_string(), "peace AND (kyiv OR odesa)");
/// ```
pub fn parse_as(text: &str, today: Date, syntax: Syntax) -> Parsed {
    if text.len() > LONGEST_BYTES {
        let fault = Fault { problem: Problem::TooLong, span: Span { start: 0, end: 0 }, column: 1 };
        return Parsed {
            text: text.to_owned(),
            tree: None,
            faults: vec![fault],
            notes: Vec::new(),
        };
    }
    let mut lexed = lex::lex(text, today, syntax);
    let hints = lexed.notes.into_iter().map(|(hint, span)| (Doubt::Hint(hint), span));
    let mut notes: Vec<(Doubt, Span)> = hints.collect();
    // Signs without letters are no operands in any language; a note names them.
    lexed.tokens.retain(|token| {
        let keep = token.kind != TokenKind::Punctuation;
        if !keep {
            notes.push((Doubt::Punctuation, token.span));
        }
        keep
    });
    lexed.tokens = dialect::regroup(lexed.tokens, text, syntax, &mut lexed.faults);
    let mut parser = Parser {
        source: text,
        tokens: lexed.tokens,
        at: 0,
        today,
        syntax,
        depth: 0,
        field: None,
        mixed: false,
        stopped: false,
        faults: lexed.faults,
        notes,
    };
    let tree = parser.query();
    if let Some(tree) = &tree {
        parser.check_depth(tree);
    }
    parser.finish(tree)
}

/// The words of a text as a query, without any operator: for texts that nobody typed as a query.
///
/// ```
/// let parsed = dateline_query::plain_words("Who won (and where)?");
/// assert_eq!(parsed.tree.unwrap().to_string(), "Who won \\and where");
/// ```
pub fn plain_words(text: &str) -> Parsed {
    let mut words = dateline_schema::analyze::Words::new(text);
    let mut operands = Vec::new();
    while words.advance() {
        let span = words.span();
        let written = text.get(span.clone()).unwrap_or_default();
        let span = Span::new(span).unwrap_or(Span { start: 0, end: 0 });
        operands.push(Node::new(Kind::Word(Pattern::text(written)), span));
    }
    let tree = group(operands, Kind::And);
    Parsed { text: text.to_owned(), tree, faults: Vec::new(), notes: Vec::new() }
}

struct Parser<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    at: usize,
    today: Date,
    syntax: Syntax,
    depth: usize,
    /// The field whose value is being read.
    field: Option<Field>,
    /// AND and OR stand side by side.
    mixed: bool,
    /// Reading was given up.
    stopped: bool,
    faults: Vec<(Problem, Span)>,
    notes: Vec<(Doubt, Span)>,
}

/// What becomes a note.
enum Doubt {
    Hint(Hint),
    Punctuation,
}

impl Parser<'_> {
    fn query(&mut self) -> Option<Node> {
        let mut parts = Vec::new();
        while self.at < self.tokens.len() {
            if self.peek_is(&TokenKind::Close) {
                self.fault_here(Problem::StrayClose);
                self.at += 1;
                continue;
            }
            let before = self.at;
            parts.extend(self.any());
            if self.at == before {
                self.at += 1;
            }
        }
        if parts.is_empty() && self.faults.is_empty() {
            let text = self.source.trim();
            let problem =
                if text.is_empty() { Problem::Empty } else { Problem::NoWord(text.to_owned()) };
            self.fault(
                problem,
                Span::new(0..self.source.len()).unwrap_or(Span { start: 0, end: 0 }),
            );
        }
        group(parts, Kind::And)
    }

    /// Operands of OR.
    fn any(&mut self) -> Option<Node> {
        let mut alternatives = Vec::new();
        let mut has_and = false;
        let mut or: Option<Span> = None;
        loop {
            let first_new = self.faults.len();
            let (operand, joined) = self.all(or.is_some());
            if operand.is_none() && self.faults.len() == first_new {
                match or {
                    Some(span) => _ = self.missing_after(span),
                    None if self.operator() == Some(Operator::Or) => {
                        self.fault_word(Problem::NothingBefore);
                    }
                    None => {}
                }
            }
            has_and |= joined > 1;
            alternatives.extend(operand);
            if self.operator_between() != Some(Operator::Or) {
                break;
            }
            or = Some(self.span_here());
            self.at += 1;
        }
        self.mixed |= has_and && alternatives.len() > 1;
        group(alternatives, Kind::Or)
    }

    /// Operands of AND, or side by side, and how many there are. `follows` says whether an OR stands before.
    fn all(&mut self, follows: bool) -> (Option<Node>, usize) {
        let mut operands: Vec<Node> = Vec::new();
        let mut and: Option<Span> = None;
        loop {
            let after_operand = !operands.is_empty() && and.is_none();
            match if after_operand { self.operator_between() } else { self.operator() } {
                Some(Operator::And) => {
                    match (and.is_some() || follows, operands.is_empty()) {
                        (_, false) if and.is_none() => {}
                        (true, _) => self.fault_word(Problem::Doubled),
                        (false, _) => self.fault_word(Problem::NothingBefore),
                    }
                    and = Some(self.span_here());
                    self.at += 1;
                    continue;
                }
                Some(Operator::Or) => break,
                _ if self.at >= self.tokens.len() || self.peek_is(&TokenKind::Close) => break,
                _ => {}
            }
            self.but_not();
            let before = self.at;
            let required_here = and.take().is_some();
            let plus = self.peek_is(&TokenKind::Plus);
            let read = self.near(follows || required_here || !operands.is_empty());
            if self.at == before {
                self.at += 1;
            }
            if let Some(node) = read {
                if required_here && let Some(left) = operands.pop() {
                    operands.push(required(left));
                }
                operands.push(if plus || required_here { required(node) } else { node });
            }
        }
        if let Some(span) = and {
            self.missing_after(span);
        }
        if let [Node { kind: Kind::Required(_), .. }] = operands.as_slice() {
            return (operands.pop().map(plain), 1);
        }
        let count = operands.len();
        (group(operands, Kind::And), count)
    }

    /// Faults the operator at `span` where no operand follows it, or the one that follows it; says whether it did.
    fn missing_after(&mut self, span: Span) -> bool {
        let ends = self.at >= self.tokens.len() || self.peek_is(&TokenKind::Close);
        if ends {
            let word = self.word_at(span);
            self.fault(Problem::NothingAfter(word), span);
            return true;
        }
        let doubled = matches!(self.operator(), Some(Operator::And | Operator::Or));
        if doubled {
            self.fault_word(Problem::Doubled);
        }
        doubled
    }

    /// `BUT NOT` is NOT.
    fn but_not(&mut self) {
        let is_but = |token: &Token| matches!(&token.kind, TokenKind::Word(word) if word.as_text().is_some_and(|word| word.eq_ignore_ascii_case("but")));
        let next = self.tokens.get(self.at + 1).map(|token| &token.kind);
        let not = Operator::Not;
        let is_not =
            next == Some(&TokenKind::Operator(not)) || next == Some(&TokenKind::SmallOperator(not));
        let Some(token) = self.tokens.get(self.at) else { return };
        if self.at > 0 && is_but(token) && is_not && self.word_at(token.span).len() == 3 {
            self.at += 1;
        }
    }

    /// The operator here where an operand stands before it: small letters count, if something follows.
    fn operator_between(&self) -> Option<Operator> {
        match &self.tokens.get(self.at)?.kind {
            TokenKind::Operator(operator) => Some(*operator),
            TokenKind::SmallOperator(operator) if self.something_follows() => Some(*operator),
            _ => None,
        }
    }

    /// The operator here where no operand stands before it: a small `and` or `or` counts after another operator only, and there it is one too
    /// many; at the beginning it is a word.
    fn operator(&self) -> Option<Operator> {
        match &self.tokens.get(self.at)?.kind {
            TokenKind::Operator(operator) => Some(*operator),
            TokenKind::SmallOperator(operator)
                if self.after_operator() && self.something_follows() =>
            {
                Some(*operator)
            }
            _ => None,
        }
    }

    fn after_operator(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|before| self.tokens.get(before));
        before.is_some_and(|token| match token.kind {
            TokenKind::Operator(_) => true,
            TokenKind::SmallOperator(_) => self.at > 1,
            _ => false,
        })
    }

    fn something_follows(&self) -> bool {
        let next = self.tokens.get(self.at + 1).map(|token| &token.kind);
        next.is_some_and(|next| *next != TokenKind::Close)
    }

    fn peek_is(&self, kind: &TokenKind) -> bool {
        self.tokens.get(self.at).is_some_and(|token| token.kind == *kind)
    }

    fn span_here(&self) -> Span {
        let end = u32::try_from(self.source.len()).unwrap_or(u32::MAX);
        self.tokens.get(self.at).map_or(Span { start: end, end }, |token| token.span)
    }

    fn word_at(&self, span: Span) -> String {
        span.of(self.source).to_owned()
    }

    fn fault(&mut self, problem: Problem, span: Span) {
        self.faults.push((problem, span));
    }

    fn fault_here(&mut self, problem: Problem) {
        let span = self.span_here();
        self.fault(problem, span);
    }

    /// A fault that names the operator here.
    fn fault_word(&mut self, problem: fn(String) -> Problem) {
        let word = self.word_at(self.span_here());
        self.fault_here(problem(word));
    }

    /// Faults a tree whose printed form would be too deep to be read back.
    fn check_depth(&mut self, tree: &Node) {
        if let Some(span) = too_deep(tree, 0).filter(|_| self.faults.is_empty()) {
            self.fault(Problem::TooDeep, span);
        }
    }

    /// Puts faults and notes in order and gives them their columns.
    fn finish(mut self, tree: Option<Node>) -> Parsed {
        self.faults.sort_by_key(|(_, span)| (span.start, span.end));
        self.faults.truncate(MOST_FAULTS);
        self.notes.sort_by_key(|(_, span)| span.start);
        self.notes.truncate(MOST_FAULTS);
        let column = |span: Span| {
            self.source.get(..span.start as usize).map_or(0, |before| before.chars().count()) + 1
        };
        let faults = self
            .faults
            .iter()
            .map(|(problem, span)| Fault {
                problem: problem.clone(),
                span: *span,
                column: column(*span),
            })
            .collect();
        let mut notes: Vec<Note> = self
            .notes
            .iter()
            .map(|(doubt, span)| {
                let (text, column) = (self.word_at(*span), column(*span));
                match doubt {
                    Doubt::Punctuation => Note::Punctuation { text, column },
                    Doubt::Hint(Hint::FieldName) => Note::FieldName { name: text, column },
                    Doubt::Hint(Hint::QuestionMark) => Note::QuestionMark { word: text, column },
                    Doubt::Hint(Hint::NearWord) => Note::NearWord { word: text, column },
                }
            })
            .collect();
        if let (true, Some(tree)) = (self.mixed, &tree) {
            notes.push(Note::Mixed { read_as: tree.to_string() });
        }
        Parsed { text: self.source.to_owned(), tree, faults, notes }
    }
}

/// The first node that stands too deep in the printed form.
fn too_deep(node: &Node, depth: usize) -> Option<Span> {
    let value = matches!(node.kind, Kind::Time(..) | Kind::Number(..) | Kind::Circle(_));
    if depth + usize::from(value) > DEEPEST {
        return Some(node.span);
    }
    let children = node.children();
    children.into_iter().find_map(|inner| too_deep(inner, depth + print::levels(node, inner)))
}

/// One node as it is, several under `kind`.
fn group(mut nodes: Vec<Node>, kind: fn(Vec<Node>) -> Kind) -> Option<Node> {
    if nodes.len() < 2 {
        return nodes.pop();
    }
    let spans = nodes.iter().map(|node| node.span);
    let span = spans.reduce(cover).unwrap_or(Span { start: 0, end: 0 });
    Some(Node::new(kind(nodes), span))
}

/// From the first to the last byte of both. Other systems' clauses may be read in another order than they were written.
fn cover(left: Span, right: Span) -> Span {
    Span { start: left.start.min(right.start), end: left.end.max(right.end) }
}

/// Marks an operand that an operator joins. NOT needs no mark: it is never relaxed.
fn required(node: Node) -> Node {
    if matches!(node.kind, Kind::Not(_) | Kind::Required(_)) {
        return node;
    }
    let span = node.span;
    Node::new(Kind::Required(Box::new(node)), span)
}

fn plain(node: Node) -> Node {
    match node.kind {
        Kind::Required(inner) => *inner,
        _ => node,
    }
}

#[cfg(test)]
mod faults_tests;
#[cfg(test)]
mod roundtrip_tests;
#[cfg(test)]
mod tests;
