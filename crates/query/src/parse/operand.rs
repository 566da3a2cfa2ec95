//! What stands between operators: words, phrases, groups and functions, with what is put before and after them.

use dateline_article::Span;

use crate::alias::{Function, Operator};
use crate::fault::Problem;
use crate::lex::{self, TokenKind};
use crate::syntax::{Closeness, Kind, Near, Node, Order, Pattern, Piece, Sense, Within};

use super::{DEEPEST, Parser, cover};

impl Parser<'_> {
    /// An operand with NOT, `-` or `+` before it.
    pub(super) fn operand(&mut self) -> Option<Node> {
        let start = self.span_here();
        if self.peek_is(&TokenKind::Plus) {
            self.at += 1;
            return self.after_prefix(start);
        }
        if !self.peek_is(&TokenKind::Minus) && !self.not_here() {
            return self.weighted();
        }
        self.at += 1;
        let inner = self.after_prefix(start)?;
        let span = cover(start, inner.span);
        Some(Node::new(Kind::Not(Box::new(inner)), span))
    }

    /// The operand after NOT, `-` or `+`, which may not be another of them.
    fn after_prefix(&mut self, prefix: Span) -> Option<Node> {
        match self.tokens.get(self.at).map(|token| &token.kind) {
            None | Some(TokenKind::Close) => {
                let word = self.word_at(prefix);
                self.fault(Problem::NothingAfter(word), prefix);
                None
            }
            Some(TokenKind::Plus | TokenKind::Minus | TokenKind::Operator(_)) => {
                self.fault_word(Problem::Doubled);
                None
            }
            Some(TokenKind::SmallOperator(_)) if self.something_follows() => {
                self.fault_word(Problem::Doubled);
                None
            }
            Some(_) => self.weighted(),
        }
    }

    /// Whether NOT stands here: in small letters only where something stands before and after it in its group.
    fn not_here(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let leads = before.is_none_or(|token| token.kind == TokenKind::Open);
        match self.tokens.get(self.at).map(|token| &token.kind) {
            Some(TokenKind::Operator(Operator::Not)) => true,
            Some(TokenKind::SmallOperator(Operator::Not)) => !leads && self.something_follows(),
            _ => false,
        }
    }

    /// An operand with its `^` weights.
    fn weighted(&mut self) -> Option<Node> {
        let mut node = self.primary()?;
        let mut carets = 0;
        while let Some(&TokenKind::Caret(factor)) =
            self.tokens.get(self.at).map(|token| &token.kind)
        {
            let caret = self.span_here();
            carets += 1;
            if carets > 1 {
                self.fault(Problem::Doubled("^".to_owned()), caret);
            } else {
                if !(factor > 0.0 && factor <= 1000.0) {
                    self.fault(Problem::OutOfBounds("weight"), caret);
                }
                let span = cover(node.span, caret);
                node = Node::new(Kind::Weight(factor, Box::new(node)), span);
            }
            self.at += 1;
        }
        Some(node)
    }

    fn primary(&mut self) -> Option<Node> {
        let token = self.tokens.get(self.at)?.clone();
        let span = token.span;
        self.at += 1;
        match token.kind {
            TokenKind::Word(pattern) => Some(self.word(pattern, span)),
            TokenKind::SmallOperator(_) => {
                let pattern = Pattern::text(&lex::plain(span.of(self.source)));
                Some(self.word(pattern, span))
            }
            TokenKind::Phrase(pattern) => Some(self.phrase(pattern, span)),
            TokenKind::Regex(regex) => Some(Node::new(Kind::Regex(regex), span)),
            TokenKind::Entity(entity) => Some(Node::new(Kind::Entity(entity), span)),
            TokenKind::Circle(circle) => Some(Node::new(Kind::Circle(circle), span)),
            TokenKind::Value(text) => self.value(&text, span),
            TokenKind::Open => self.group(span),
            TokenKind::Field(field) => self.field(field, span),
            TokenKind::Function(function) => self.function(function, span),
            TokenKind::Equals => {
                let inner = self.inner(span)?;
                let whole = cover(span, inner.span);
                Some(Node::new(Kind::Exact(Box::new(inner)), whole))
            }
            TokenKind::Tilde(_) => {
                self.fault(Problem::NotFuzzy, span);
                None
            }
            // Every other token is an operator where none can stand.
            _ => {
                let word = self.word_at(span);
                self.fault(Problem::Doubled(word), span);
                None
            }
        }
    }

    /// A word with what follows it: `~1`, `/F50/`.
    fn word(&mut self, pattern: Pattern, span: Span) -> Node {
        let text = pattern.as_text().map(str::to_owned);
        let kind = match pattern.pieces() {
            [Piece::Many] => Kind::Everything,
            _ => Kind::Word(pattern),
        };
        let word = Node::new(kind, span);
        let next = self.tokens.get(self.at).map(|token| (token.kind.clone(), token.span));
        let Some((kind, suffix)) = next else { return word };
        let whole = cover(span, suffix);
        match kind {
            TokenKind::Tilde(edits) => {
                self.at += 1;
                let Some(text) = text else {
                    self.fault(Problem::NotFuzzy, suffix);
                    return word;
                };
                let edits = edits.map(|edits| u8::try_from(edits).unwrap_or(u8::MAX));
                if edits.is_some_and(|edits| !(1..=2).contains(&edits)) {
                    self.fault(Problem::OutOfBounds("number of edits"), suffix);
                }
                Node::new(Kind::Fuzzy { word: text, edits }, whole)
            }
            TokenKind::FirstAfter(words) => {
                self.at += 1;
                self.at_least_one(words, "number of words", suffix);
                Node::new(Kind::First(words, Box::new(word)), whole)
            }
            _ => word,
        }
    }

    /// A phrase; with `~8` after it, its words within 8 of each other.
    fn phrase(&mut self, pattern: Pattern, span: Span) -> Node {
        let next = self.tokens.get(self.at).map(|token| token.kind.clone());
        let Some(TokenKind::Tilde(distance)) = next else {
            return Node::new(Kind::Phrase(pattern), span);
        };
        let suffix = self.span_here();
        self.at += 1;
        let words = pattern.words();
        let (Some(distance), true) = (distance, (2..=DEEPEST / 2).contains(&words.len())) else {
            self.fault(Problem::NotFuzzy, suffix);
            return Node::new(Kind::Phrase(pattern), span);
        };
        self.at_least_one(distance, "distance", suffix);
        let within = Within::Words(distance);
        let how = Closeness { within, order: Order::Any, sense: Sense::Near };
        let whole = cover(span, suffix);
        let words: Vec<Node> = words
            .into_iter()
            .map(|word| match word.pieces() {
                [Piece::Many] => Node::new(Kind::Everything, span),
                _ if word.is_open() => Node::new(Kind::Phrase(word), span),
                _ => Node::new(Kind::Word(word), span),
            })
            .collect();
        for word in &words {
            self.check_nearable(word, suffix);
        }
        let near = words.into_iter().reduce(|left, right| {
            Node::new(Kind::Near(Box::new(Near { left, right, how })), whole)
        });
        near.unwrap_or_else(|| Node::new(Kind::Phrase(Pattern::default()), span))
    }

    /// What parentheses hold; `open` is the first of them.
    fn group(&mut self, open: Span) -> Option<Node> {
        if self.depth >= DEEPEST {
            self.too_deep(open);
            return None;
        }
        if self.peek_is(&TokenKind::Close) {
            let close = self.span_here();
            self.at += 1;
            let end = close.end.max(open.end);
            self.fault(Problem::EmptyGroup, Span { start: open.start, end });
            return None;
        }
        self.depth += 1;
        let node = self.any();
        self.depth -= 1;
        if self.peek_is(&TokenKind::Close) {
            self.at += 1;
        } else if !self.stopped {
            self.fault(Problem::UnclosedGroup, open);
        }
        node
    }

    /// What a prefix, field or function at `before` takes: one primary.
    pub(super) fn inner(&mut self, before: Span) -> Option<Node> {
        if self.depth >= DEEPEST {
            self.too_deep(before);
            return None;
        }
        let next = self.tokens.get(self.at).map(|token| &token.kind);
        if matches!(next, None | Some(TokenKind::Close)) {
            let word = self.word_at(before);
            self.fault(Problem::NothingAfter(word), before);
            return None;
        }
        self.depth += 1;
        let node = self.primary();
        self.depth -= 1;
        node
    }

    /// Reading ends here.
    pub(super) fn too_deep(&mut self, span: Span) {
        self.fault(Problem::TooDeep, span);
        self.at = self.tokens.len();
        self.stopped = true;
    }

    fn function(&mut self, function: Function, span: Span) -> Option<Node> {
        match function {
            Function::AtLeast(times) => self.at_least_one(times, "number of times", span),
            Function::First(words) => self.at_least_one(words, "number of words", span),
            Function::Exact | Function::Case(_) => {}
        }
        let inner = self.inner(span)?;
        let whole = cover(span, inner.span);
        let inner = Box::new(inner);
        let kind = match function {
            Function::Exact => Kind::Exact(inner),
            Function::Case(case) => Kind::Case(case, inner),
            Function::AtLeast(times) => Kind::AtLeast(times, inner),
            Function::First(words) => Kind::First(words, inner),
        };
        Some(Node::new(kind, whole))
    }

    fn at_least_one(&mut self, number: u32, what: &'static str, span: Span) {
        if number == 0 {
            self.fault(Problem::OutOfBounds(what), span);
        }
    }
}
