//! Properties: nothing makes the parser panic, spans fit the text, and the printed form reads back as the same tree.

use dateline_article::{Date, Span};
use proptest::prelude::*;
use proptest::strategy::Union;

use super::{parse, parse_as};
use crate::dialect::Syntax;
use crate::syntax::{
    Case, Circle, Closeness, Entity, Field, Kind, Near, Node, Numbers, Order, Pattern, Sense,
    Within,
};
use crate::time::When;

const TODAY: Date = Date::constant(2024, 3, 14);

fn node(kind: Kind) -> Node {
    Node::new(kind, Span { start: 0, end: 0 })
}

/// Words that look like operators, fields and signs, and any others.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zéß]{1,6}",
        2 => prop::sample::select(vec![
            "and", "OR", "Not", "near", "w/5", "NEAR8", "but", "date", "title", "atleast5", "first3", "caps", "@person",
            "U.S.", "AT&T", "C++", "12:30", "a:b", "-x", "+x", "=x", "!x", "x!", "/x/", "x/F5/", "~5", "x~1", "x^2", "a,",
            "to", "from", "[a", "a]", "a b", "x:", "*", "?", "\\", "a|b", "(", "a)", "https://a.example/b", "title:",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,8}",
    ]
    .prop_map(|text: String| {
        // What the lexer makes of a word's own signs before anything else.
        let plain = |sign: char| match sign {
            '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => '"',
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ff01}'..='\u{ff5e}' => 'x',
            sign if sign.is_whitespace() => ' ',
            sign => sign,
        };
        text.chars().map(plain).collect()
    })
}

fn pattern() -> impl Strategy<Value = Pattern> {
    (word(), 0..6_u8, any::<bool>()).prop_map(|(text, wildcard, first)| {
        let mut pattern = Pattern::default();
        if first && wildcard == 0 {
            pattern.push_many();
        }
        text.chars().for_each(|sign| pattern.push(sign));
        match wildcard {
            1 => pattern.push_many(),
            2 => {
                pattern.push_one();
                pattern.push('a');
            }
            _ => {}
        }
        pattern
    })
}

fn phrase() -> impl Strategy<Value = Pattern> {
    prop::collection::vec(pattern(), 1..4).prop_map(|words| {
        let mut whole = Pattern::default();
        words.iter().flat_map(Pattern::words).for_each(|word| whole.push_word(&word));
        if whole.is_empty() {
            whole.push('a');
        }
        whole
    })
}

fn when() -> impl Strategy<Value = When> {
    let day = (2000_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::constant(y, m, d));
    (day.clone(), day, 0..6_u8).prop_map(|(a, b, shape)| {
        let (first, last) = (a.min(b), a.max(b));
        let (first, last) = match shape {
            0 => (Some(first), None),
            1 => (None, Some(last)),
            2 => (Some(first), Some(first)),
            3 => (Some(first.first_of_month()), Some(first.last_of_month())),
            4 => (Some(first.first_of_year()), Some(last.last_of_year())),
            _ => (Some(first), Some(last)),
        };
        When::Days { first, last }
    })
}

/// What may be near something else.
fn nearable() -> BoxedStrategy<Node> {
    let leaf = prop_oneof![
        pattern().prop_map(|word| node(Kind::Word(word))),
        phrase().prop_map(|phrase| node(Kind::Phrase(phrase))),
        (word(), prop::option::of(1..=2_u8))
            .prop_map(|(word, edits)| node(Kind::Fuzzy { word, edits })),
        Just(node(Kind::Regex("a[bc]+\\/?".to_owned()))),
        Just(node(Kind::Entity(Entity::Place))),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let how =
            (1..20_u32, any::<bool>(), any::<bool>()).prop_map(|(n, order, sense)| Closeness {
                within: if n > 18 { Within::Paragraph } else { Within::Words(n) },
                order: if order { Order::Any } else { Order::AsWritten },
                sense: if sense { Sense::Near } else { Sense::NotNear },
            });
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|nodes| node(Kind::Or(nodes))),
            (inner.clone(), inner.clone(), how).prop_map(|(left, right, how)| node(Kind::Near(
                Box::new(Near { left, right, how })
            ))),
            inner.prop_map(|inner| node(Kind::Exact(Box::new(inner)))),
        ]
    })
    .boxed()
}

fn tree() -> BoxedStrategy<Node> {
    let leaf = prop_oneof![
        4 => nearable(),
        1 => when().prop_map(|when| node(Kind::Time(Field::Published, when))),
        1 => (0..900_u64, 0..900_u64).prop_map(|(a, b)| node(Kind::Number(
            Field::Words,
            Numbers { least: Some(a.min(b)), most: (a != 7).then_some(a.max(b)) },
        ))),
        1 => (-90.0..90.0, -180.0..180.0, 0.0..500.0).prop_map(|(latitude, longitude, radius_km)| {
            node(Kind::Circle(Circle { latitude, longitude, radius_km }))
        }),
        1 => nearable().prop_map(|inner| node(Kind::Field(Field::Title, Box::new(inner)))),
        1 => Just(node(Kind::Field(Field::Byline, Box::new(node(Kind::Everything))))),
        1 => Just(node(Kind::Everything)),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let boxed = inner.clone().prop_map(Box::new).boxed();
        let wrap = |kind: fn(Box<Node>) -> Kind| {
            boxed.clone().prop_map(move |inner| node(kind(inner))).boxed()
        };
        Union::new([
            prop::collection::vec(inner.clone(), 2..4)
                .prop_map(|nodes| node(Kind::Or(nodes)))
                .boxed(),
            prop::collection::vec((inner.clone(), any::<bool>()), 2..4)
                .prop_map(|nodes| {
                    let operand = |(inner, required): (Node, bool)| {
                        let is_not = matches!(inner.kind, Kind::Not(_));
                        if required && !is_not {
                            node(Kind::Required(Box::new(inner)))
                        } else {
                            inner
                        }
                    };
                    node(Kind::And(nodes.into_iter().map(operand).collect()))
                })
                .boxed(),
            wrap(Kind::Not),
            wrap(|inner| Kind::Case(Case::All, inner)),
            wrap(|inner| Kind::AtLeast(3, inner)),
            wrap(|inner| Kind::First(50, inner)),
            wrap(|inner| Kind::Weight(2.5, inner)),
        ])
    })
    .boxed()
}

/// Queries pieced together from the language's own signs.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b*",
        "c?d",
        " ",
        " ",
        " AND ",
        " or ",
        "NOT ",
        "-",
        "+",
        "=",
        "(",
        ")",
        "\"",
        "“",
        "title:",
        "hd=",
        "published:",
        "2024",
        "..",
        ">=",
        "[",
        "]",
        " TO ",
        "w/5",
        " pre/2 ",
        " not w/3 ",
        "~",
        "~2",
        "^2",
        "/x/",
        "/F5/",
        "atleast2",
        "caps(",
        "date from ",
        "1 Jan 2024",
        " to ",
        "place:(",
        "1,2,3km",
        "@person",
        "\\",
        "|",
        "&",
        "!",
        ":",
        "é",
        "\u{ad}",
        "words",
        ">",
        "foo:",
        "but ",
        "place:",
        "\\ ",
        "*",
        "? ",
        "1,2,3",
        "*3",
        "$2",
        "a b c",
        " same ",
        "ａｎｄ ",
        "\u{fffd}",
        "\0",
        ",",
        "/F5/",
        "@date",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// What was read without a fault can be kept: its printed form is read back in dateline's own language.
#[track_caller]
fn check_reading(query: &str) {
    for syntax in Syntax::ALL {
        check_reading_as(query, syntax);
    }
}

#[track_caller]
fn check_reading_as(query: &str, syntax: Syntax) {
    let parsed = parse_as(query, TODAY, syntax);
    for fault in &parsed.faults {
        assert!(query.get(fault.span.range()).is_some(), "{fault:?}");
        assert!(fault.column <= query.chars().count() + 1, "{fault:?}");
        assert!(!fault.render(query).is_empty());
    }
    let Some(tree) = parsed.tree else {
        assert!(!parsed.faults.is_empty(), "no tree and no fault: {query:?}");
        return;
    };
    assert!(query.get(tree.span.range()).is_some(), "{tree:?}");
    if parsed.faults.is_empty() {
        let printed = tree.to_string();
        let again = parse(&printed, TODAY);
        assert_eq!(again.faults, [], "{query:?} {syntax:?} printed as {printed:?}");
        assert_eq!(again.tree, Some(tree), "{query:?} {syntax:?} printed as {printed:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn printed_trees_read_back(tree in tree()) {
        let printed = tree.to_string();
        let parsed = parse(&printed, TODAY);
        prop_assert_eq!(&parsed.faults, &[], "{}", printed);
        prop_assert_eq!(parsed.tree, Some(tree), "{}", printed);
    }

    #[test]
    fn any_text_is_read(query in "\\PC*") {
        check_reading(&query);
    }

    #[test]
    fn any_few_signs_are_read(query in "[a-d ()\"*~^+=:/-]{0,24}") {
        check_reading(&query);
    }

    #[test]
    fn any_mixture_of_signs_is_read(query in soup()) {
        check_reading(&query);
    }
}
