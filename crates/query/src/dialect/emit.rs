//! Tokens out of the items of a query: parentheses by a system's order of operators, and Lucene's clauses.

use dateline_article::Span;

use super::{Class, Item, Syntax, is_negated};
use crate::alias::Operator;
use crate::lex::{Token, TokenKind};

/// Writes operands and operators with parentheses round all that binds tighter than the loosest operator among them.
pub(super) fn emit(items: &[Item], syntax: Syntax, order: &[Class], out: &mut Vec<Token>) {
    let Some((class, tighter)) = order.split_first() else {
        for item in items {
            match item {
                Item::Operand(tokens) | Item::Operator(_, tokens) => {
                    out.extend(tokens.iter().cloned());
                }
            }
        }
        return;
    };
    let is_here = |item: &Item| matches!(item, Item::Operator(found, _) if found == class);
    if !items.iter().any(is_here) {
        return emit(items, syntax, tighter, out);
    }
    if syntax == Syntax::Lucene && *class == Class::Or {
        return emit_clauses(items, tighter, out);
    }
    for part in items.split_inclusive(is_here) {
        let (operator, operands) = match part.split_last() {
            Some((Item::Operator(found, tokens), rest)) if found == class => (Some(tokens), rest),
            _ => (None, part),
        };
        wrapped(operands, syntax, tighter, out);
        out.extend(operator.into_iter().flatten().cloned());
    }
}

/// In parentheses where there is more than one operand.
fn wrapped(items: &[Item], syntax: Syntax, order: &[Class], out: &mut Vec<Token>) {
    let place = |end: bool| {
        let tokens = items.iter().flat_map(|item| match item {
            Item::Operand(tokens) | Item::Operator(_, tokens) => tokens,
        });
        let mut spans = tokens.map(|token| token.span);
        let span = if end { spans.next_back() } else { spans.next() };
        let at = span.map_or(0, |span| if end { span.end } else { span.start });
        Span { start: at, end: at }
    };
    let several = items.len() > 1;
    if several {
        out.push(Token { kind: TokenKind::Open, span: place(false) });
    }
    emit(items, syntax, order, out);
    if several {
        out.push(Token { kind: TokenKind::Close, span: place(true) });
    }
}

/// Lucene's clauses: any of the optional ones, all of the required ones, none of the prohibited ones. Beside required ones the others only score.
fn emit_clauses(items: &[Item], order: &[Class], out: &mut Vec<Token>) {
    let is_here = |item: &Item| matches!(item, Item::Operator(Class::Or, _));
    let clauses: Vec<&[Item]> = items.split(is_here).collect();
    if clauses.iter().any(|part| part.is_empty()) {
        // An operator without its operand: the parser tells of it.
        return emit(items, Syntax::Lucene, &[], out);
    }
    let starts = |part: &&&[Item], wanted: fn(&[Token]) -> bool| match part {
        [Item::Operand(tokens)] => wanted(tokens),
        _ => false,
    };
    let is_required =
        |tokens: &[Token]| matches!(tokens.first().map(|token| &token.kind), Some(TokenKind::Plus));
    let prohibited: Vec<_> = clauses.iter().filter(|part| starts(part, is_negated)).collect();
    let required: Vec<_> = clauses.iter().filter(|part| starts(part, is_required)).collect();
    let optional: Vec<_> = clauses
        .iter()
        .filter(|part| !starts(part, is_negated) && !starts(part, is_required))
        .collect();
    let at = Span { start: 0, end: 0 };
    let sign = |kind| Token { kind, span: at };
    let or = || sign(TokenKind::Operator(Operator::Or));
    let all_required = |out: &mut Vec<Token>| {
        for part in &required {
            wrapped(part, Syntax::Lucene, order, out);
        }
    };
    let any_optional = |out: &mut Vec<Token>| {
        for (n, part) in optional.iter().enumerate() {
            if n > 0 {
                out.push(or());
            }
            wrapped(part, Syntax::Lucene, order, out);
        }
    };
    let grouped = |out: &mut Vec<Token>, inner: &dyn Fn(&mut Vec<Token>), several: bool| {
        if several {
            out.push(sign(TokenKind::Open));
        }
        inner(out);
        if several {
            out.push(sign(TokenKind::Close));
        }
    };
    let beside = !prohibited.is_empty();
    if required.is_empty() {
        grouped(out, &any_optional, beside && optional.len() > 1);
    } else if optional.is_empty() {
        all_required(out);
    } else {
        let both = |out: &mut Vec<Token>| {
            grouped(out, &all_required, required.len() > 1);
            out.push(or());
            out.push(sign(TokenKind::Open));
            all_required(out);
            grouped(out, &any_optional, optional.len() > 1);
            out.push(sign(TokenKind::Close));
        };
        grouped(out, &both, beside);
    }
    for part in prohibited {
        wrapped(part, Syntax::Lucene, order, out);
    }
}
