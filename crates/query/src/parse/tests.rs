//! Tables of (query → tree in its canonical form) and (query → notes).

use dateline_article::Date;

use super::parse;

const TODAY: Date = Date::constant(2024, 3, 14);

#[track_caller]
fn check(query: &str, expected: &str) {
    let parsed = parse(query, TODAY);
    let faults: Vec<String> = parsed.faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{query}: {faults:?}");
    assert_eq!(parsed.tree.unwrap().to_string(), expected, "query: {query}");
}

#[track_caller]
fn check_notes(query: &str, expected: &[&str]) {
    let parsed = parse(query, TODAY);
    assert!(parsed.faults.is_empty(), "{query}: {:?}", parsed.faults);
    let notes: Vec<String> = parsed.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes, expected, "query: {query}");
}

#[test]
fn words_side_by_side() {
    check("ammunition", "ammunition");
    check("  ammunition   ukraine ", "ammunition ukraine");
    check("ammunition\tukraine\n", "ammunition ukraine");
    check("Kyiv, Odesa; Lviv:", "Kyiv Odesa Lviv");
    for query in ["ammunition AND ukraine", "ammunition and ukraine", "ammunition & ukraine"] {
        check(query, "ammunition AND ukraine");
    }
    check("+ammunition +ukraine", "ammunition AND ukraine");
    check("ammunition && ukraine", "ammunition AND ukraine");
    check("+ammunition ukraine", "+ammunition ukraine");
    check("ammunition AND ukraine war", "ammunition AND ukraine war");
}

#[test]
fn or_in_all_spellings() {
    for query in ["kyiv OR odesa", "kyiv or odesa", "kyiv | odesa", "kyiv || odesa", "kyiv|odesa"] {
        check(query, "kyiv OR odesa");
    }
    check("kyiv OR odesa OR lviv", "kyiv OR odesa OR lviv");
}

#[test]
fn not_in_all_spellings() {
    for query in
        ["nato NOT membership", "nato -membership", "nato !membership", "nato not membership"]
    {
        check(query, "nato NOT membership");
    }
    for query in ["nato AND NOT membership", "nato and not membership", "nato AND -membership"] {
        check(query, "nato AND NOT membership");
    }
    check("nato BUT NOT membership", "nato NOT membership");
    check("nato but not membership", "nato NOT membership");
    check("NOT nato", "NOT nato");
    check("-nato", "NOT nato");
    check("NOT (nato eu)", "NOT (nato eu)");
    check("nato OR NOT eu", "nato OR NOT eu");
    check("a -(b OR c OR d)", "a NOT (b OR c OR d)");
}

#[test]
fn small_operators_are_words_unless_between_operands() {
    check("not nato", "\\not nato");
    check("or else", "\\or else");
    check("kyiv and", "kyiv \\and");
    check("(not nato) eu", "(\\not nato) eu");
    check("title:not", "title:\\not");
    check("\"to be or not to be\"", "\"to be or not to be\"");
    check("kyiv \\OR odesa", "kyiv \\OR odesa");
    check("but nato", "\\but nato");
    // As the signs are read: of full width, with a soft hyphen inside.
    check("ａｎｄ nato", "\\and nato");
    check("o\u{ad}r nato", "\\or nato");
}

#[test]
fn or_binds_weaker_than_and() {
    check("a b OR c d", "(a b) OR (c d)");
    check("a OR b c", "a OR (b c)");
    check("(a OR b) c", "(a OR b) c");
    check("a NOT b OR c", "(a NOT b) OR c");
    check("((a))", "a");
    check("(a b) c", "(a b) c");
}

#[test]
fn phrases_in_any_quotes() {
    for query in ["\"political will\"", "“political will”", "«political will»", "„political will“"]
    {
        check(query, "\"political will\"");
    }
    check("\"  political\u{a0}\n will \"", "\"political will\"");
    check("\"a \\\" b\"", "\"a \\\" b\"");
    check("\"foreign minist*\"", "\"foreign minist*\"");
    check("\"foreign minist\\*\"", "\"foreign minist\\*\"");
    check("\"AND Capital\"", "\"AND Capital\"");
    check("Ｋyiv　＂ａ＂", "Kyiv \"a\"");
    check("am\u{ad}munition", "ammunition");
}

#[test]
fn exact_words() {
    check("=invading", "=invading");
    check("exact(invading)", "=invading");
    check("=\"political will\"", "=\"political will\"");
    check("exact(a OR b)", "exact(a OR b)");
    check("title:=invading", "title:=invading");
    check("E=mc2", "E=mc2");
}

#[test]
fn wildcards() {
    check("ammun*", "ammun*");
    check("ammun!", "ammun*");
    check("organi?ation", "organi?ation");
    check("*vdi*ka", "*vdi*ka");
    check("a**b", "a*b");
    check("*", "*");
    check("***", "*");
    check("(*gate)", "*gate");
    check("title:(*gate)", "title:*gate");
    check("ammun\\*", "ammun\\*");
}

#[test]
fn fuzzy_words_and_patterns() {
    check("avdiivka~", "avdiivka~");
    check("avdiivka~1", "avdiivka~1");
    check("avdiivka~2^3", "avdiivka~2^3");
    check("/avdi+y?ivka/", "/avdi+y?ivka/");
    check("(/a|b/) c", "/a|b/ c");
    check("/a\\/b/", "/a\\/b/");
    check("~50 dead", "~50 dead");
}

#[test]
fn slashes_in_text_are_no_pattern() {
    check("Baker / McKenzie", "Baker McKenzie");
    check("and/or", "and/or");
    check("/usr/bin", "/usr/bin");
    check("km/h", "km/h");
}

#[test]
fn functions() {
    check("caps(turkey)", "caps(turkey)");
    check("ALLCAPS(aids) nocaps(aids)", "allcaps(aids) nocaps(aids)");
    check("atleast5(ammunition)", "atleast5(ammunition)");
    check("atleast5 ammunition", "atleast5(ammunition)");
    check("atleast3(a OR b) c", "atleast3(a OR b) c");
    check("title:atleast2(nato)", "title:atleast2(nato)");
    check("first50(ammunition)", "first50(ammunition)");
    check("/F50/ammunition", "first50(ammunition)");
    check("ammunition/F50/", "first50(ammunition)");
    check("first50 caps", "\\first50 \\caps");
}

#[test]
fn weights() {
    check("nato^3", "nato^3");
    check("\"a b\"^0.5 (c OR d)^2", "\"a b\"^0.5 (c OR d)^2");
    check("title:nato^3", "title:nato^3");
    check("title:(nato^3)", "title:(nato^3)");
    check("10^x", "10^x");
}

/// What fuzzing found: `place:` before words that are printed as a circle is.
#[test]
fn words_that_look_like_a_circle_of_places() {
    check("place:((1,2,25km kyiv))", "place:((1,2,25km kyiv))");
    check("place:(\\1,2,25km OR kyiv)", "place:((1,2,25km OR kyiv))");
    check("place:\u{fffd}(1,2,25km kyiv)", "place:((1,2,25km kyiv))");
    check("place:\u{fffd}(1,2,25km w/3 kyiv)", "place:((1,2,25km w/3 kyiv))");
    check("place:\u{fffd}(1,2,25km^2)", "place:((1,2,25km^2))");
    check("place:\u{fffd}(1,2,25km)", "place:1,2,25km");
    check("place:(1,2,25km(kyiv odesa))", "place:((1,2,25km (kyiv odesa)))");
    check("place:(kyiv 1,2,25km)", "place:(kyiv 1,2,25km)");
    check("place:\u{ad}(1,2,25km)^2", "place:(1,2,25km)^2");
    check("title:(1,2,25km kyiv)", "title:(1,2,25km kyiv)");
}

/// A `?` alone is a sign, whatever follows it.
#[test]
fn a_lone_question_mark_is_no_word() {
    check("?/F5/ nato", "?/F5/ nato");
    check("nato ?", "nato");
    check("??/F5/", "first5(??)");
}

#[test]
fn nearness_in_all_spellings() {
    for query in ["a w/8 b", "a NEAR/8 b", "a N/8 b", "a near8 b", "\"a b\"~8", "“a b”~8"] {
        check(query, "a w/8 b");
    }
    for query in ["a pre/8 b", "a P/8 b", "a PRE/8 b", "a adj8 b", "a onear/8 b"] {
        check(query, "a pre/8 b");
    }
    for query in ["a NOT w/5 b", "a not near5 b"] {
        check(query, "a NOT w/5 b");
    }
    check("a w/sent b", "a w/s b");
    check("a W/P b", "a w/p b");
    check("\"a b c\"~8", "(a w/8 b) w/8 c");
    check("\"a ? c\"~8", "(a w/8 \"?\") w/8 c");
}

#[test]
fn nearness_binds_smaller_distances_first() {
    check("a w/3 b c", "(a w/3 b) c");
    check("a w/5 b w/3 c", "a w/5 (b w/3 c)");
    check("a w/3 b w/5 c", "(a w/3 b) w/5 c");
    check("a w/3 b pre/3 c", "(a w/3 b) pre/3 c");
    check("a w/s b w/9 c", "a w/s (b w/9 c)");
    check("a w/p b w/s c w/2 d", "a w/p (b w/s (c w/2 d))");
    check("a OR b w/3 c", "a OR (b w/3 c)");
    check(
        "(putin OR kremlin) w/10 (nuclear pre/2 weapon*)",
        "(putin OR kremlin) w/10 (nuclear pre/2 weapon*)",
    );
    check("brib* w/s @person", "brib* w/s @person");
    check("\"arms deal\" w/10 @PLACE", "\"arms deal\" w/10 @place");
    check("brib* w/p person:\"jane doe\"", "brib* w/p person:\"jane doe\"");
    check("(mine OR mines) w/5 place:ukraine", "(mine OR mines) w/5 place:ukraine");
}

#[test]
fn fields_and_their_other_names() {
    check("title:nato", "title:nato");
    check("TITLE:(nato AND ukrain*)", "title:(nato AND ukrain*)");
    for query in ["headline(nato)", "hd=nato", "ti(nato)", "intitle:nato", "HD=(nato)"] {
        check(query, "title:nato");
    }
    check("hlead(a b) hlp=c", "hlead:(a b) hlead:c");
    check("by=doe au(doe) author:doe", "byline:doe byline:doe byline:doe");
    check("rst=\"daily x\"", "source:\"daily x\"");
    check("la=en lang:de se=sport", "language:en language:de section:sport");
    check("byline:* NOT byline:*", "byline:* NOT byline:*");
    check("person:\"vladimir putin\" org:nato", "person:\"vladimir putin\" org:nato");
    check("place:geonames/703448", "place:geonames/703448");
    check("place:(50.4, -30.5, 25 km)", "place:(50.4,-30.5,25km)");
    check("place:(kyiv OR odesa)", "place:(kyiv OR odesa)");
    check("url:https://a.example/b?c=d", "url:https://a.example/b?c=d");
    check("id:778fd5fd17213b3f", "id:778fd5fd17213b3f");
}

#[test]
fn a_colon_may_be_text() {
    check("nets weeks:", "nets weeks");
    check("Zelmar: peace talks", "Zelmar peace talks");
    check("12:30 3:1", "12:30 3:1");
    check("https://a.example/b", "https://a.example/b");
    check("title\\:nato", "title\\:nato");
    check("\"title:nato\"", "\"title:nato\"");
    check("title: nato", "title nato");
}

#[test]
fn signs_inside_words_stay() {
    for word in [
        "U.S.",
        "AT&T",
        "O'Neill",
        "l'Élysée",
        "€60bn",
        "COVID-19",
        "C++",
        "@nato",
        "#kyiv",
        "O’Neill",
    ] {
        check(word, word);
    }
    check("k+(k+17)", "k+ k+17");
    check("k\\+\\(k\\+17\\)", "k\\+\\(k\\+17\\)");
    check("foo-bar -baz", "foo-bar NOT baz");
    check("price$tags", "price$tags");
}

#[test]
fn days() {
    check("published:2024-03-14", "published:2024-03-14");
    check("date:2024-01-15..2024-03", "published:2024-01-15..2024-03-31");
    check("pd=20240301", "published:2024-03-01");
    check("PD(20240301)", "published:2024-03-01");
    check("published:[2024-01-01 TO 2024-03-31] kyiv", "published:2024-Q1 kyiv");
    check("published:>=2024-03 mentioned:<2020", "published:>=2024-03-01 mentioned:<=2019-12-31");
    check("published:>= 2024-03 x", "published:>=2024-03-01 x");
    check("date>2024-03 x", "published:>=2024-04-01 x");
    check("mentioned:--03-14", "mentioned:--03-14");
    check("mentioned:(--03-14 OR 2024)", "mentioned:--03-14 OR mentioned:2024");
    check("published:(2024-01 2024-02)", "published:2024-01 published:2024-02");
    check(
        "published:today published:\"last week\"",
        "published:2024-03-14 published:2024-03-04..2024-03-10",
    );
    check("published:*", "published:*");
    check("date(geq 3/31/2024) x", "published:>=2024-03-31 x");
    check(
        "date(geq 3/31/2024 and leq 4/30/2024)",
        "published:>=2024-03-31 AND published:<=2024-04-30",
    );
    check("-published:2024", "NOT published:2024");
    check("(published:2024)", "published:2024");
}

#[test]
fn dates_in_words() {
    check("nato date from 1 Jan 2024 to 31 Mar 2024", "nato published:2024-Q1");
    check("date after 2024-03-01 nato", "published:>=2024-03-02 nato");
    check("date AFT 3/31/2024 AND nato", "published:>=2024-04-01 AND nato");
    check("date of birth", "\\date of birth");
    check("date from Kyiv", "\\date from Kyiv");
    check("\\date after 2024", "\\date after 2024");
}

#[test]
fn numbers() {
    check("words:>500", "words:>=501");
    check("words>500", "words:>=501");
    check("words:200..400", "words:200..400");
    check("words:[200 TO 400]", "words:200..400");
    check("words:500 copies:<3", "words:500 copies:<=2");
    check("words:200..", "words:>=200");
}

#[test]
fn notes() {
    check_notes("a OR b c", &["read as: a OR (b c)"]);
    check_notes("a AND b OR c", &["read as: (a AND b) OR c"]);
    check_notes("(a b) OR c", &[]);
    check_notes("a OR (b OR c d)", &["read as: a OR (b OR (c d))"]);
    check_notes("a OR NOT b", &[]);
    check_notes("Kyiv — war", &["`—` at column 6 is punctuation and is not searched"]);
    check_notes(
        "title: nato",
        &[
            "`title:` at column 1 has nothing right after it and is read as a word; a field's value follows its name without a blank",
        ],
    );
    for (query, name, column) in
        [("nato person:", "person:", 6), ("hd= nato", "hd=", 1), ("(la=) b", "la=", 2)]
    {
        check_notes(
            query,
            &[&format!(
                "`{name}` at column {column} has nothing right after it and is read as a word; \
                 a field's value follows its name without a blank"
            )],
        );
    }
    check_notes(
        "who won?",
        &["`won?` at column 5: `?` stands for one more letter; `\\?` is the sign"],
    );
    check_notes(
        "troops NEAR kyiv",
        &["`NEAR` at column 8 is read as a word; nearness has a number, as in `w/8`"],
    );
    check_notes(
        "troops w/ kyiv",
        &["`w/` at column 8 is read as a word; nearness has a number, as in `w/8`"],
    );
    check_notes("troops near kyiv", &[]);
}

#[test]
fn spans_are_bytes_of_the_query() {
    let query = "é title:“nato x” OR (b)";
    let parsed = parse(query, TODAY);
    let spans: Vec<&str> = match parsed.tree.unwrap().kind {
        crate::syntax::Kind::Or(nodes) => nodes.iter().map(|node| node.span.of(query)).collect(),
        other => panic!("{other:?}"),
    };
    assert_eq!(spans, ["é title:“nato x”", "b"]);
}
