//! Queries of other systems, and how they are read here.

use dateline_article::Date;

use super::Syntax;
use crate::parse_as;

const TODAY: Date = Date::constant(2024, 3, 14);

#[track_caller]
fn check(syntax: Syntax, query: &str, expected: &str) {
    let parsed = parse_as(query, TODAY, syntax);
    let tree = parsed.tree.as_ref().map(ToString::to_string).unwrap_or_default();
    let faults: Vec<String> = parsed.faults.iter().map(ToString::to_string).collect();
    assert_eq!(if faults.is_empty() { tree } else { faults.join("; ") }, expected, "{query}");
}

#[test]
fn nexis() {
    let check = |query: &str, expected: &str| check(Syntax::Nexis, query, expected);
    check("peace", "peace");
    check("political will", "\"political will\"");
    check("political \\ will", "\"political will\"");
    check("political will\\ ", "\"political will\"");
    check("\\ political will", "\"political will\"");
    check("political \\ ", "\"political\"");
    check("\\  \\ ", "\\  pre/1 \\ ");
    check("political\\ * \\ *", "\"political ? ?\"");
    check("*/F5/", "?/F5/");
    check("the political will", "\"the political will\"");
    check("peace AND kyiv OR odesa", "peace AND (kyiv OR odesa)");
    check("kyiv OR odesa AND peace OR truce", "(kyiv OR odesa) AND (peace OR truce)");
    check("kyiv or odesa and peace", "(kyiv OR odesa) AND peace");
    check("arms w/5 deal OR sale", "arms w/5 (deal OR sale)");
    check("arms OR weapons w/5 deal AND bribe", "((arms OR weapons) w/5 deal) AND bribe");
    check("arms w/s deal w/5 sale", "arms w/s (deal w/5 sale)");
    check("arms w/p deal w/s sale", "arms w/p (deal w/s sale)");
    check("arms pre/3 deal", "arms pre/3 deal");
    check(
        "peace AND talks AND NOT football OR chess",
        "(peace AND talks) AND NOT (football OR chess)",
    );
    check("peace AND NOT football AND chess", "peace AND NOT (football AND chess)");
    check("ammun!", "ammun*");
    check("organi*ation", "organi?ation");
    check("\"organi*ation men\"", "\"organi?ation men\"");
    check("hlead(kyiv AND odesa)", "hlead:(kyiv AND odesa)");
    check("headline(arms deal)", "title:\"arms deal\"");
    check("caps(turkey) w/5 envoy", "caps(turkey) w/5 envoy");
    check("atleast5(arms)", "atleast5(arms)");
    check("arms \"deal now\"", "arms pre/1 \"deal now\"");
    check("date(geq 3/4/2024)", "published:>=2024-03-04");
    check("date = 3/4/2024", "published:2024-03-04");
    check("(arms deal) OR (arms sale)", "\"arms deal\" OR \"arms sale\"");
    check("arms NOT w/5 deal", "arms NOT w/5 deal");
    check("arms – deal", "\"arms deal\"");
}

#[test]
fn factiva() {
    let check = |query: &str, expected: &str| check(Syntax::Factiva, query, expected);
    check("political will", "political pre/1 will");
    check("kyiv or odesa and peace", "kyiv OR (odesa AND peace)");
    check("kyiv and odesa or peace", "(kyiv AND odesa) OR peace");
    check("kyiv not odesa and peace", "(kyiv NOT odesa) AND peace");
    check("arms w/5 deal", "arms pre/5 deal");
    check("arms near5 deal", "arms w/5 deal");
    check("arms N/5 deal", "arms w/5 deal");
    check("arms adj3 deal", "arms pre/3 deal");
    check("arms same deal", "arms w/p deal");
    check("arms same deal and kyiv", "(arms w/p deal) AND kyiv");
    check("hd=arms", "title:arms");
    check("hd=arms deal", "title:(arms pre/1 deal)");
    check("hd=(arms or weapons)", "title:(arms OR weapons)");
    check("hd=arms w/5 deal and kyiv", "title:(arms pre/5 deal) AND kyiv");
    check("atleast5 arms", "atleast5(arms)");
    check("atleast5 arms w/3 deal", "atleast5(arms pre/3 deal)");
    check("/F50/arms", "first50(arms)");
    check("arms$2", "arms OR arms? OR arms??");
    check("weapon$1 w/3 deal", "(weapon OR weapon?) pre/3 deal");
    check("weapon*", "weapon*");
    check("hd=(arms) kyiv", "title:arms kyiv");
    check("rst=wire and la=en", "source:wire AND language:en");
    check("pd=2024", "published:2024");
    check("place:(50.4,30.5,25km) arms", "place:(50.4,30.5,25km) arms");
    check("date from 1 Jan 2024 to 31 Mar 2024 and kyiv", "published:2024-Q1 AND kyiv");
    check("kyiv and (arms deal or sale)", "kyiv AND ((arms pre/1 deal) OR sale)");
    check("same", "`same` at column 1 has nothing before it");
}

#[test]
fn proquest() {
    let check = |query: &str, expected: &str| check(Syntax::Proquest, query, expected);
    check("kyiv odesa", "kyiv odesa");
    check("kyiv OR odesa AND peace", "kyiv OR (odesa AND peace)");
    check("kyiv OR odesa NOT peace", "(kyiv OR odesa) NOT peace");
    check("kyiv AND odesa NOT peace OR truce", "(kyiv AND odesa) NOT (peace OR truce)");
    check("arms NEAR/3 deal", "arms w/3 deal");
    check("arms N/3 deal", "arms w/3 deal");
    check("arms PRE/3 deal AND kyiv", "(arms pre/3 deal) AND kyiv");
    check("arms P/3 deal", "arms pre/3 deal");
    check("ti(arms AND deal)", "title:(arms AND deal)");
    check("au(lee)", "byline:lee");
    check("pub(wire) AND arms", "source:wire AND arms");
    check("exact(arms)", "=arms");
    check("nurse*2", "nurse OR nurse? OR nurse??");
    check("nurse*", "nurse*");
    check("organi?ation", "organi?ation");
    check("PD(20240301)", "published:2024-03-01");
    check("\"arms deal\" OR sale", "\"arms deal\" OR sale");
}

#[test]
fn lucene() {
    let check = |query: &str, expected: &str| check(Syntax::Lucene, query, expected);
    check("kyiv odesa", "kyiv OR odesa");
    check("kyiv odesa peace", "kyiv OR odesa OR peace");
    check("kyiv AND odesa", "kyiv AND odesa");
    check("kyiv and odesa", "kyiv OR \\and OR odesa");
    check("kyiv OR odesa AND peace", "kyiv OR (odesa AND peace)");
    check("kyiv || odesa", "kyiv OR odesa");
    check("kyiv -odesa", "kyiv NOT odesa");
    check("kyiv odesa -peace", "(kyiv OR odesa) NOT peace");
    check("kyiv odesa NOT peace", "kyiv OR (odesa NOT peace)");
    check("+kyiv odesa", "kyiv OR (+kyiv odesa)");
    check("+kyiv +odesa", "kyiv AND odesa");
    check("title:kyiv odesa", "title:kyiv OR odesa");
    check("title:(kyiv odesa)", "title:(kyiv OR odesa)");
    check("kyiv~1", "kyiv~1");
    check("kyiv^2 odesa", "kyiv^2 OR odesa");
    check("/ky.v/", "/ky.v/");
    check("\"arms deal\"~2", "(arms pre/3 deal) OR (deal pre/1 arms)");
    check("\"arms deal\"~1", "arms pre/2 deal");
    check("\"arms ?\"~1", "arms pre/2 \"?\"");
    check("\"* ?\"~1", "`\"* ?\"` at column 1 cannot take `*`");
    check("\"a * c\"~1", "\"a * c\" OR \"a * * c\" OR \"a * * c\"");
    check("place:\u{fffd}(1,2,25km odesa)", "place:((1,2,25km OR odesa))");
    check("\"a b c\"~0", "\"a b c\"");
    check("\"a b c\"~1", "\"a b c\" OR \"a b * c\" OR \"a * b c\"");
    check("title:\"a b c\"~1 d", "title:(\"a b c\" OR \"a b * c\" OR \"a * b c\") OR d");
    check(
        "\"a b c d e f\"~9",
        "not supported yet: slop with so many ways for the words to stand (column 1)",
    );
    check("ammun*", "ammun*");
    check("published:[2024-01-01 TO 2024-03-31]", "published:2024-Q1");
    check("(kyiv odesa) AND peace", "(kyiv OR odesa) AND peace");
    check("-kyiv", "NOT kyiv");
    check("kyiv – odesa", "kyiv OR odesa");
}

#[test]
fn what_cannot_be_read_is_told_in_every_system() {
    for syntax in [Syntax::Nexis, Syntax::Factiva, Syntax::Proquest, Syntax::Lucene] {
        check(syntax, "\"kyiv", "the quote opened at column 1 is not closed");
        check(syntax, "kyiv)", "the parenthesis closed at column 5 was not opened");
        check(syntax, "(kyiv", "the parenthesis opened at column 1 is not closed");
        check(syntax, "kyiv AND", "`AND` at column 6 has nothing after it");
        check(syntax, "kyiv OR", "`OR` at column 6 has nothing after it");
        check(syntax, "OR kyiv", "`OR` at column 1 has nothing before it");
        check(syntax, "topic:kyiv", "unknown field `topic` at column 1");
    }
}

/// What fuzzing found: spans that ended before they began.
#[test]
fn spans_fit_the_text_in_every_order_of_reading() {
    for query in
        ["NOT byline:* gunners", "+ab exact(c]", "a -b c", "(-a b", "NOT 2024caps( not w/3 "]
    {
        for syntax in [Syntax::Nexis, Syntax::Factiva, Syntax::Proquest, Syntax::Lucene] {
            let parsed = parse_as(query, TODAY, syntax);
            let spans = parsed.faults.iter().map(|fault| fault.span);
            for span in spans.chain(parsed.tree.iter().map(|tree| tree.span)) {
                assert!(query.get(span.range()).is_some(), "{query} {syntax:?} {span:?}");
            }
        }
    }
}
