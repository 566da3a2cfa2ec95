//! Nearness: `a w/5 b pre/2 c`, smaller distances first, those of one size from the left.

use dateline_article::Span;

use crate::alias::Operator;
use crate::fault::Problem;
use crate::lex::TokenKind;
use crate::syntax::{Closeness, Field, Kind, Near, Node, Sense, Within};

use super::{Parser, cover};

/// Nearness operators in one chain without parentheses.
const LONGEST_CHAIN: usize = 32;

impl Parser<'_> {
    /// Operands with nearness operators between them. `follows` says whether something stands before.
    pub(super) fn near(&mut self, follows: bool) -> Option<Node> {
        let mut operands: Vec<Node> = Vec::new();
        let mut waiting: Vec<(Closeness, Span)> = Vec::new();
        let mut chain = 0;
        if let Some((how, span)) = self.closeness() {
            let problem = if follows { Problem::Doubled } else { Problem::NothingBefore };
            let word = self.word_at(span);
            self.fault(problem(word), span);
            self.skip(how);
        }
        loop {
            operands.push(self.operand()?);
            let Some((how, span)) = self.closeness() else { break };
            if how.within == Within::Words(0) {
                self.fault(Problem::OutOfBounds("distance"), span);
            }
            self.skip(how);
            chain += 1;
            if chain > LONGEST_CHAIN {
                self.too_deep(span);
                return None;
            }
            if self.missing_after(span) {
                break;
            }
            while waiting.last().is_some_and(|(tighter, _)| tighter.within <= how.within) {
                self.join(&mut operands, &mut waiting);
            }
            waiting.push((how, span));
        }
        while !waiting.is_empty() {
            self.join(&mut operands, &mut waiting);
        }
        operands.pop()
    }

    /// The nearness operator here, `NOT w/5` included, and where it stands.
    fn closeness(&self) -> Option<(Closeness, Span)> {
        let token = self.tokens.get(self.at)?;
        match token.kind {
            TokenKind::Operator(Operator::Near(how)) => Some((how, token.span)),
            TokenKind::Operator(Operator::Not) | TokenKind::SmallOperator(Operator::Not) => {
                let next = self.tokens.get(self.at + 1)?;
                let TokenKind::Operator(Operator::Near(how)) = next.kind else { return None };
                let span = Span { start: token.span.start, end: next.span.end };
                Some((Closeness { sense: Sense::NotNear, ..how }, span))
            }
            _ => None,
        }
    }

    fn skip(&mut self, how: Closeness) {
        self.at += if how.sense == Sense::NotNear { 2 } else { 1 };
    }

    /// Puts the last two operands under the last waiting operator.
    fn join(&mut self, operands: &mut Vec<Node>, waiting: &mut Vec<(Closeness, Span)>) {
        let (Some((how, span)), Some(right)) = (waiting.pop(), operands.pop()) else { return };
        let Some(left) = operands.pop() else { return operands.push(right) };
        self.check_nearable(&left, span);
        self.check_nearable(&right, span);
        let whole = cover(left.span, right.span);
        operands.push(Node::new(Kind::Near(Box::new(Near { left, right, how })), whole));
    }

    /// Faults an operand that stands at no positions.
    pub(super) fn check_nearable(&mut self, node: &Node, span: Span) {
        if let Some(holds) = unnearable(node) {
            let operator = self.word_at(span);
            self.fault(Problem::NotNearable { operator, holds }, span);
        }
    }
}

/// What in an operand of nearness has no positions. Nearness inside was looked at when it was read.
fn unnearable(node: &Node) -> Option<&'static str> {
    match &node.kind {
        Kind::And(operands)
            if operands.iter().any(|operand| matches!(operand.kind, Kind::Not(_))) =>
        {
            Some("`NOT`")
        }
        Kind::And(_) | Kind::Required(_) => Some("`AND` or words side by side (quote a phrase)"),
        Kind::Not(_) => Some("`NOT`"),
        Kind::Everything => Some("`*`"),
        Kind::AtLeast(..) => Some("`atleast`"),
        Kind::First(..) => Some("`first`"),
        Kind::Time(..) | Kind::Number(..) => Some("days or numbers (`@date` is any date)"),
        Kind::Exact(inner)
        | Kind::Case(_, inner)
        | Kind::Weight(_, inner)
        | Kind::Field(Field::Person | Field::Organisation | Field::Place, inner) => {
            unnearable(inner)
        }
        Kind::Field(..) => Some("a field (write the field before the whole)"),
        Kind::Or(operands) => operands.iter().find_map(unnearable),
        Kind::Word(_)
        | Kind::Phrase(_)
        | Kind::Fuzzy { .. }
        | Kind::Regex(_)
        | Kind::Entity(_)
        | Kind::Near(_)
        | Kind::Circle(_) => None,
    }
}
