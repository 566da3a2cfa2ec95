//! Other systems' reading of a query: their order of operators, and what they make of words side by side.
//!
//! The tokens of a query are put into parentheses as the system would read them, and the parser reads on from there, so that one grammar serves all.
//! Sources: the systems' own help pages on connectors and their order. Lucene's optional clauses beside required ones change no set of results; here
//! they only add to the score.

use dateline_article::Span;

mod emit;
mod slop;

use emit::emit;

use crate::alias::{Function, Operator};
use crate::fault::Problem;
use crate::lex::{self, Token, TokenKind};
use crate::parse::DEEPEST;
use crate::syntax::{Closeness, Order, Pattern, Piece, Sense, ValueKind, Within};

/// Whose query language a text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Syntax {
    /// This one's.
    #[default]
    Dateline,
    /// `OR` binds tightest, then `W/n`, `W/s`, `W/p`, `AND`, `AND NOT`; words side by side are a phrase; `*` is one letter.
    Nexis,
    /// Nearness binds tightest, then `atleast` and fields; words side by side are `adj1`; `w/n` is ordered; `same` is one paragraph; `$3` bounds an ending.
    Factiva,
    /// Nearness binds tightest, then `AND`, `OR`, `NOT`; `*3` bounds an ending.
    Proquest,
    /// Words side by side are `OR`; small `and`, `or`, `not` are words.
    Lucene,
}

/// Tokens that may be added to those of a query: more than any that is not refused for its many words has.
const MOST_ADDED: usize = 1 << 18;

/// Classes of operators, as the orders of binding name them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    AndNot,
    And,
    Or,
    InParagraph,
    InSentence,
    Near,
}

impl Syntax {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Dateline, Self::Nexis, Self::Factiva, Self::Proquest, Self::Lucene];

    /// From the loosest to the tightest.
    fn order(self) -> &'static [Class] {
        use Class::{And, AndNot, InParagraph, InSentence, Near, Or};
        match self {
            Self::Nexis => &[AndNot, And, InParagraph, InSentence, Near, Or],
            Self::Proquest => &[AndNot, Or, And, InParagraph, InSentence, Near],
            _ => &[Or, And, AndNot, InParagraph, InSentence, Near],
        }
    }
}

/// The tokens with the parentheses that `syntax` would read.
///
/// What cannot be read as the system would is appended to `faults`.
pub(crate) fn regroup(
    tokens: Vec<Token>,
    source: &str,
    syntax: Syntax,
    faults: &mut Vec<(Problem, Span)>,
) -> Vec<Token> {
    if syntax == Syntax::Dateline {
        return tokens;
    }
    let tokens: Vec<Token> =
        tokens.into_iter().map(|token| respell(token, source, syntax)).collect();
    let mut out = Vec::with_capacity(tokens.len() * 2);
    let mut reader = Reader { tokens, at: 0, depth: 0, added: 0, syntax, faults };
    while reader.at < reader.tokens.len() {
        let items = reader.items();
        reader.put(&items, &mut out);
        // A stray parenthesis is the parser's to tell of.
        out.extend(reader.take());
    }
    out
}

/// A token as the system means it.
fn respell(mut token: Token, source: &str, syntax: Syntax) -> Token {
    let written = lex::plain(token.span.of(source));
    match (&mut token.kind, syntax) {
        (TokenKind::Operator(Operator::Near(how)), Syntax::Factiva)
            if written.starts_with(['w', 'W']) && matches!(how.within, Within::Words(_)) =>
        {
            how.order = Order::AsWritten;
        }
        (TokenKind::Word(word), Syntax::Factiva)
            if word.as_text().is_some_and(|text| text.eq_ignore_ascii_case("same")) =>
        {
            let (within, order, sense) = (Within::Paragraph, Order::Any, Sense::Near);
            token.kind = TokenKind::Operator(Operator::Near(Closeness { within, order, sense }));
        }
        (TokenKind::SmallOperator(_), Syntax::Lucene) => {
            token.kind = TokenKind::Word(Pattern::text(&written));
        }
        _ => {}
    }
    token
}

/// Something between operators, or an operator.
enum Item {
    /// One operand: its tokens, and whether it is negated or required.
    Operand(Vec<Token>),
    /// An operator in its tokens; none where the operands stand side by side.
    Operator(Class, Vec<Token>),
}

struct Reader<'a> {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    /// Tokens that no one wrote.
    added: usize,
    syntax: Syntax,
    faults: &'a mut Vec<(Problem, Span)>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&TokenKind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    /// Operands and operators up to the end of the group.
    fn items(&mut self) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        while let Some(kind) = self.peek() {
            if *kind == TokenKind::Close {
                break;
            }
            let after_operand = matches!(items.last(), Some(Item::Operand(_)));
            // A small operator that leads is a word, a leading NOT belongs to its operand.
            let may_lead =
                matches!(kind, TokenKind::Operator(operator) if *operator != Operator::Not);
            if (after_operand || may_lead)
                && let Some((class, length)) = self.operator()
            {
                let tokens = (0..length).filter_map(|_| self.take()).collect();
                items.push(Item::Operator(class, tokens));
                continue;
            }
            let operand = self.operand();
            if operand.is_empty() {
                break;
            }
            if after_operand {
                self.side_by_side(&mut items, operand);
            } else {
                items.push(Item::Operand(operand));
            }
        }
        items
    }

    /// The class of the operator here, and how many tokens it takes. A small one counts where an operand follows.
    fn operator(&self) -> Option<(Class, usize)> {
        let of = |ahead: usize| match self.tokens.get(self.at + ahead).map(|token| &token.kind) {
            Some(TokenKind::Operator(operator)) => Some(*operator),
            Some(TokenKind::SmallOperator(operator)) => {
                let next = self.tokens.get(self.at + ahead + 1).map(|token| &token.kind);
                next.filter(|next| **next != TokenKind::Close).map(|_| *operator)
            }
            _ => None,
        };
        Some(match of(0)? {
            Operator::And if of(1) == Some(Operator::Not) => (Class::AndNot, 2),
            Operator::And => (Class::And, 1),
            Operator::Or => (Class::Or, 1),
            Operator::Not => match of(1) {
                Some(Operator::Near(how)) => (class_of(how), 2),
                _ => (Class::AndNot, 1),
            },
            Operator::Near(how) => (class_of(how), 1),
        })
    }

    /// Writes operands and operators as the system would read them, unless they grow too much: a clause of Lucene's is written twice beside optional ones, those
    /// inside it four times, and so on.
    fn put(&mut self, items: &[Item], out: &mut Vec<Token>) {
        if self.added > MOST_ADDED {
            return emit(items, self.syntax, &[], out);
        }
        let before = out.len();
        emit(items, self.syntax, self.syntax.order(), out);
        let tokens = items.iter().map(|item| match item {
            Item::Operand(tokens) | Item::Operator(_, tokens) => tokens.len(),
        });
        self.added += (out.len() - before).saturating_sub(tokens.sum());
        if self.added > MOST_ADDED {
            let first = out.get(before).map_or(Span { start: 0, end: 0 }, |token| token.span);
            self.faults.push((Problem::TooLong, first));
        }
    }

    /// One operand with what stands before and after it.
    fn operand(&mut self) -> Vec<Token> {
        let mut out = Vec::new();
        loop {
            let Some(token) = self.take() else { return out };
            let kind = token.kind.clone();
            match kind {
                TokenKind::Close => {
                    self.at -= 1;
                    return out;
                }
                TokenKind::Field(field) if field.value() != ValueKind::Words => {
                    out.push(token);
                    self.copy_value(&mut out);
                    break;
                }
                TokenKind::Field(_) | TokenKind::Function(Function::AtLeast(_)) => {
                    let span = token.span;
                    out.push(token);
                    let alone = matches!(self.peek(), Some(TokenKind::Open | TokenKind::Circle(_)));
                    if self.syntax == Syntax::Factiva && !alone {
                        // The parser refuses what stands so deep.
                        if self.depth < DEEPEST {
                            self.depth += 1;
                            self.near_chain(span, &mut out);
                            self.depth -= 1;
                        }
                        return out;
                    }
                }
                TokenKind::Minus
                | TokenKind::Plus
                | TokenKind::Equals
                | TokenKind::Function(_)
                | TokenKind::Operator(Operator::Not) => out.push(token),
                // The parser refuses what stands so deep.
                TokenKind::Open if self.depth >= DEEPEST => {
                    out.push(token);
                    break;
                }
                TokenKind::Open => {
                    out.push(token);
                    self.depth += 1;
                    let items = self.items();
                    self.depth -= 1;
                    self.put(&items, &mut out);
                    if self.peek() == Some(&TokenKind::Close) {
                        out.extend(self.take());
                    }
                    break;
                }
                TokenKind::Word(word) => {
                    let span = token.span;
                    match alternatives(&word, self.syntax) {
                        Some(words) => {
                            any_of(words.into_iter().map(TokenKind::Word), span, &mut out);
                        }
                        None => out.push(token),
                    }
                    break;
                }
                TokenKind::Phrase(phrase) if self.syntax == Syntax::Lucene => {
                    let span = token.span;
                    match self.peek().cloned() {
                        Some(TokenKind::Tilde(Some(slop))) => {
                            self.at += 1;
                            self.slop(&phrase, slop, span, &mut out);
                        }
                        _ => out.push(token),
                    }
                    break;
                }
                _ => {
                    out.push(token);
                    break;
                }
            }
        }
        while matches!(
            self.peek(),
            Some(TokenKind::Tilde(_) | TokenKind::Caret(_) | TokenKind::FirstAfter(_))
        ) {
            out.extend(self.take());
        }
        out
    }

    /// What stands after a field of days or numbers.
    fn copy_value(&mut self, out: &mut Vec<Token>) {
        let mut depth = 0_usize;
        while let Some(token) = self.take() {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            out.push(token);
            if depth == 0 {
                return;
            }
        }
    }

    /// Factiva puts fields and `atleast` on all that nearness joins.
    fn near_chain(&mut self, before: Span, out: &mut Vec<Token>) {
        let mut items = Vec::new();
        loop {
            let operand = self.operand();
            if operand.is_empty() {
                break;
            }
            items.push(Item::Operand(operand));
            match self.operator() {
                Some((class @ (Class::Near | Class::InSentence | Class::InParagraph), length)) => {
                    let tokens = (0..length).filter_map(|_| self.take()).collect();
                    items.push(Item::Operator(class, tokens));
                }
                None if matches!(self.peek(), Some(TokenKind::Word(_) | TokenKind::Phrase(_))) => {
                    let here = self.tokens.get(self.at).map(|token| token.span);
                    items.push(Item::Operator(Class::Near, vec![next_to(here.unwrap_or(before))]));
                }
                _ => break,
            }
        }
        let at = Span { start: before.end, end: before.end };
        if items.len() > 1 {
            out.push(Token { kind: TokenKind::Open, span: at });
            self.put(&items, out);
            out.push(Token { kind: TokenKind::Close, span: at });
        } else {
            self.put(&items, out);
        }
    }

    /// What two operands without an operator mean.
    fn side_by_side(&self, items: &mut Vec<Item>, operand: Vec<Token>) {
        let at = operand.first().map_or(Span { start: 0, end: 0 }, |token| token.span);
        let negated = is_negated(&operand);
        let after_near_able =
            matches!(items.last(), Some(Item::Operand(before)) if is_near_able(before));
        match self.syntax {
            _ if negated && self.syntax != Syntax::Lucene => {
                items.push(Item::Operator(Class::And, Vec::new()));
            }
            Syntax::Nexis => {
                if let (Some(Item::Operand(before)), Some(word)) =
                    (items.last_mut(), word_of(&operand))
                    && joins(before, word, at)
                {
                    return;
                }
                items.push(Item::Operator(Class::Near, vec![next_to(at)]));
            }
            Syntax::Factiva if after_near_able && is_near_able(&operand) => {
                items.push(Item::Operator(Class::Near, vec![next_to(at)]));
            }
            Syntax::Lucene => items.push(Item::Operator(Class::Or, Vec::new())),
            _ => items.push(Item::Operator(Class::And, Vec::new())),
        }
        items.push(Item::Operand(operand));
    }
}

/// `adj1`, before what stands at `at`.
fn next_to(at: Span) -> Token {
    let (within, order, sense) = (Within::Words(1), Order::AsWritten, Sense::Near);
    let kind = TokenKind::Operator(Operator::Near(Closeness { within, order, sense }));
    Token { kind, span: Span { start: at.start, end: at.start } }
}

fn class_of(how: Closeness) -> Class {
    match how.within {
        Within::Words(_) => Class::Near,
        Within::Sentence => Class::InSentence,
        Within::Paragraph => Class::InParagraph,
    }
}

fn is_negated(operand: &[Token]) -> bool {
    matches!(
        operand.first().map(|token| &token.kind),
        Some(TokenKind::Minus | TokenKind::Operator(Operator::Not))
    )
}

/// Whether words side by side with it can be near it: a field or a function cannot.
fn is_near_able(operand: &[Token]) -> bool {
    !operand.iter().any(|token| {
        matches!(token.kind, TokenKind::Field(_) | TokenKind::Function(_) | TokenKind::Plus)
    })
}

/// The pattern of an operand that is a bare word or a phrase made of such.
fn word_of(operand: &[Token]) -> Option<&Pattern> {
    match operand {
        [Token { kind: TokenKind::Word(word), .. }] => Some(word),
        _ => None,
    }
}

/// Puts `word` to `before` as one phrase, where that is a bare word or such a phrase; says whether it did.
fn joins(before: &mut [Token], word: &Pattern, at: Span) -> bool {
    let [token] = before else { return false };
    let mut phrase = Pattern::default();
    match &mut token.kind {
        TokenKind::Phrase(left) => phrase = std::mem::take(left),
        TokenKind::Word(left) => phrase.push_word(left),
        _ => return false,
    }
    phrase.push_word(word);
    if phrase.is_empty() {
        return false;
    }
    *token = Token {
        kind: TokenKind::Phrase(phrase),
        span: Span { start: token.span.start, end: at.end },
    };
    true
}

/// Longest ending that `$3` or `*3` may bound.
const LONGEST_ENDING: usize = 9;

/// `word$3` and `word*3` as the word with none to three letters more.
fn alternatives(word: &Pattern, syntax: Syntax) -> Option<Vec<Pattern>> {
    let (stem, digits) = match (word.pieces(), syntax) {
        ([Piece::Text(text)], Syntax::Factiva) => text.rsplit_once('$')?,
        ([Piece::Text(stem), Piece::Many, Piece::Text(digits)], Syntax::Proquest) => {
            (stem.as_str(), digits.as_str())
        }
        _ => return None,
    };
    let most: usize = digits.parse().ok().filter(|most| (1..=LONGEST_ENDING).contains(most))?;
    let with = |letters: usize| {
        let mut pattern = Pattern::text(stem);
        (0..letters).for_each(|_| pattern.push_one());
        pattern
    };
    (!stem.is_empty()).then(|| (0..=most).map(with).collect())
}

fn any_of(words: impl Iterator<Item = TokenKind>, span: Span, out: &mut Vec<Token>) {
    out.push(Token { kind: TokenKind::Open, span });
    for (n, kind) in words.enumerate() {
        if n > 0 {
            out.push(Token { kind: TokenKind::Operator(Operator::Or), span });
        }
        out.push(Token { kind, span });
    }
    out.push(Token { kind: TokenKind::Close, span });
}

#[cfg(test)]
mod tests;
