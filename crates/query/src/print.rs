//! The canonical printed form of a tree: the parser reads it back as the same tree.
//!
//! A group inside a group always has its parentheses, so that nobody needs to know which operator binds tighter.

use std::fmt::{self, Display, Formatter};

use crate::lex;
use crate::syntax::{Case, Closeness, Field, Kind, Node, Order, Pattern, Piece, Sense, Within};

impl Display for Node {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Everything => out.write_str("*"),
            Kind::Word(pattern) => Display::fmt(pattern, out),
            Kind::Phrase(pattern) => {
                out.write_str("\"")?;
                write_pieces(out, pattern, |sign| matches!(sign, '"' | '\\' | '*' | '?'))?;
                out.write_str("\"")
            }
            Kind::Fuzzy { word, edits } => {
                Display::fmt(&Pattern::text(word), out)?;
                out.write_str("~")?;
                edits.map_or(Ok(()), |edits| write!(out, "{edits}"))
            }
            Kind::Regex(regex) => write!(out, "/{regex}/"),
            Kind::Entity(entity) => out.write_str(entity.name()),
            Kind::And(operands) => write_and(out, operands),
            Kind::Or(operands) => {
                for (n, operand) in operands.iter().enumerate() {
                    out.write_str(if n > 0 { " OR " } else { "" })?;
                    write_operand(out, operand)?;
                }
                Ok(())
            }
            Kind::Not(node) => {
                out.write_str("NOT ")?;
                write_tight(out, node)
            }
            Kind::Required(node) => {
                out.write_str("+")?;
                write_tight(out, node)
            }
            Kind::Near(near) => {
                write_tight(out, &near.left)?;
                write!(out, " {} ", near.how)?;
                write_tight(out, &near.right)
            }
            Kind::Exact(node) => match node.kind {
                Kind::Word(_) | Kind::Phrase(_) => write!(out, "={node}"),
                _ => write!(out, "exact({node})"),
            },
            Kind::Case(case, node) => write!(out, "{}({node})", case.name()),
            Kind::AtLeast(times, node) => write!(out, "atleast{times}({node})"),
            Kind::First(words, node) => write!(out, "first{words}({node})"),
            Kind::Weight(factor, node) => {
                match node.kind {
                    Kind::Weight(..) => write!(out, "({node})")?,
                    _ => write_tight(out, node)?,
                }
                write!(out, "^{factor}")
            }
            Kind::Field(field, node) => {
                write!(out, "{}:", field.name())?;
                match node.kind {
                    _ if is_like_a_circle(*field, node) => write!(out, "(({node}))"),
                    // The `^` of `title:nato^3` weighs the whole.
                    Kind::Weight(..) => write!(out, "({node})"),
                    _ => write_tight(out, node),
                }
            }
            Kind::Time(field, when) => write!(out, "{}:{when}", field.name()),
            Kind::Number(field, numbers) => {
                write!(out, "{}:", field.name())?;
                match (numbers.least, numbers.most) {
                    (Some(least), Some(most)) if least == most => write!(out, "{least}"),
                    (Some(least), Some(most)) => write!(out, "{least}..{most}"),
                    (Some(least), None) => write!(out, ">={least}"),
                    (None, Some(most)) => write!(out, "<={most}"),
                    (None, None) => out.write_str("*"),
                }
            }
            Kind::Circle(circle) => write!(
                out,
                "{}:({},{},{}km)",
                Field::Place.name(),
                circle.latitude,
                circle.longitude,
                circle.radius_km
            ),
        }
    }
}

/// How many brackets, fields and functions the printed form has between `node` and `inner`, which is one of its children.
pub(crate) fn levels(node: &Node, inner: &Node) -> usize {
    let bracket = usize::from(is_group(inner));
    match &node.kind {
        Kind::And(_) | Kind::Or(_) if matches!(inner.kind, Kind::Not(_) | Kind::Required(_)) => 0,
        Kind::Exact(_) if matches!(inner.kind, Kind::Word(_) | Kind::Phrase(_)) => 1,
        Kind::Exact(_) | Kind::Case(..) | Kind::AtLeast(..) | Kind::First(..) => 2,
        Kind::Field(field, _) if is_like_a_circle(*field, inner) => 3,
        Kind::Field(..) if matches!(inner.kind, Kind::Weight(..)) => 2,
        Kind::Field(..) => 1 + bracket,
        Kind::Weight(..) if matches!(inner.kind, Kind::Weight(..)) => 1,
        _ => bracket,
    }
}

/// Whether the words of `place:(1,2,3 kyiv)` would be read as a circle.
fn is_like_a_circle(field: Field, node: &Node) -> bool {
    field == Field::Place
        && (is_group(node) || matches!(node.kind, Kind::Weight(..)))
        && lex::reads_as_circle(&node.to_string())
}

/// Operands side by side; `AND` between two that an operator may join, `+` before one that stands alone among plain ones.
fn write_and(out: &mut Formatter<'_>, operands: &[Node]) -> fmt::Result {
    let kind = |n: usize| operands.get(n).map(|node| &node.kind);
    let joins = |left: Option<&Kind>, right: Option<&Kind>| {
        matches!(
            (left, right),
            (Some(Kind::Required(_)), Some(Kind::Required(_) | Kind::Not(_)))
                | (Some(Kind::Not(_)), Some(Kind::Required(_)))
        )
    };
    for (n, operand) in operands.iter().enumerate() {
        let with_left = n > 0 && joins(kind(n - 1), kind(n));
        if n > 0 {
            out.write_str(if with_left { " AND " } else { " " })?;
        }
        match &operand.kind {
            Kind::Required(inner) if with_left || joins(kind(n), kind(n + 1)) => {
                write_tight(out, inner)?;
            }
            _ => write_operand(out, operand)?,
        }
    }
    Ok(())
}

/// An operand of AND or OR.
fn write_operand(out: &mut Formatter<'_>, node: &Node) -> fmt::Result {
    match node.kind {
        Kind::Not(_) | Kind::Required(_) => Display::fmt(node, out),
        _ => write_tight(out, node),
    }
}

/// With parentheses unless it is one piece anyway.
fn write_tight(out: &mut Formatter<'_>, node: &Node) -> fmt::Result {
    if is_group(node) { write!(out, "({node})") } else { Display::fmt(node, out) }
}

/// Whether it is more than one piece.
fn is_group(node: &Node) -> bool {
    matches!(
        node.kind,
        Kind::And(_) | Kind::Or(_) | Kind::Not(_) | Kind::Required(_) | Kind::Near(_)
    )
}

/// A word; with a backslash before its signs where it would be read as anything else without.
impl Display for Pattern {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let plain = self.plain();
        if lex::is_word(&plain, self) {
            return out.write_str(&plain);
        }
        let letters_only = plain.chars().all(char::is_alphanumeric);
        if letters_only {
            out.write_str("\\")?;
        }
        write_pieces(out, self, |sign| !sign.is_alphanumeric())
    }
}

fn write_pieces(
    out: &mut Formatter<'_>,
    pattern: &Pattern,
    escape: fn(char) -> bool,
) -> fmt::Result {
    for piece in pattern.pieces() {
        match piece {
            Piece::One => out.write_str("?")?,
            Piece::Many => out.write_str("*")?,
            Piece::Text(text) => {
                for sign in text.chars() {
                    if escape(sign) {
                        out.write_str("\\")?;
                    }
                    write!(out, "{sign}")?;
                }
            }
        }
    }
    Ok(())
}

impl Display for Closeness {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(if self.sense == Sense::NotNear { "NOT " } else { "" })?;
        let word = if self.order == Order::AsWritten { "pre" } else { "w" };
        match self.within {
            Within::Words(words) => write!(out, "{word}/{words}"),
            Within::Sentence => write!(out, "{word}/s"),
            Within::Paragraph => write!(out, "{word}/p"),
        }
    }
}

impl Case {
    fn name(self) -> &'static str {
        match self {
            Self::Some => "caps",
            Self::All => "allcaps",
            Self::None => "nocaps",
        }
    }
}
