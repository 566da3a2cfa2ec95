//! Documents in the manner of each collection, and broken ones.

use super::*;
use crate::format::testing::{self, shown};

#[track_caller]
fn check(document: &str, expected: &str, text: &[&str]) {
    let article = testing::one(&Trec, document);
    assert_eq!(shown(&article), expected, "{document}");
    assert_eq!(article.paragraphs, text, "{document}");
}

#[test]
fn documents_of_every_collection() {
    check(
        "<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<FILEID>AP-NR-02-12-88 2344EST</FILEID>\n<FIRST>u i AM-Trams 02-12 0098</FIRST>\n\
         <HEAD>Trams Run Again &amp; Again</HEAD>\n<BYLINE>By RUTH ALDER</BYLINE>\n<BYLINE>Associated Press Writer</BYLINE>\n\
         <DATELINE>SOLMARK (AP) </DATELINE>\n<TEXT>\n   Trams ran through the town of Solmark again on Friday, the company said\n\
         in the evening after a week without any.\n   ``All lines,'' it said.\n</TEXT>\n</DOC>\n",
        "part AP880212-0001 · source Associated Press · title Trams Run Again & Again · byline RUTH ALDER · language en · \
         published 1988-02-12T23:44:00-05:00 · place SOLMARK · agency AP",
        &[
            "SOLMARK (AP) Trams ran through the town of Solmark again on Friday, the company said in the evening after a week without any.",
            "``All lines,'' it said.",
        ],
    );
    check(
        "<DOC>\n<DOCNO> WSJ870304-0001 </DOCNO>\n<HL> Trams Run Again:\n@ All Lines Open\n@ ----\n@ By Ruth Alder\n@ Staff Reporter</HL>\n<DD> 03/04/87</DD>\n\
         <SO> WALL STREET JOURNAL (J)</SO>\n<IN> RAI, TRANSPORT </IN>\n<DATELINE> </DATELINE>\n<LP> First.</LP>\n<TEXT>\n   Second.\n</TEXT>\n</DOC>",
        "part WSJ870304-0001 · source WALL STREET JOURNAL · title Trams Run Again: All Lines Open · byline Ruth Alder · \
         keywords RAI|TRANSPORT · language en · published 1987-03-04",
        &["First.", "Second."],
    );
    check(
        "<DOC>\n<DOCNO>FT911-3</DOCNO>\n<PROFILE>_AN-BEOA7AAIFT</PROFILE>\n<DATE>910514\n</DATE>\n<HEADLINE>\nFT  14 MAY 91 / World News in Brief: Trams run\n\
         </HEADLINE>\n<TEXT>\nTrams ran. \n</TEXT>\n<PUB>The Financial Times\n</PUB>\n<PAGE>\nLondon Page 1\n</PAGE>\n</DOC>",
        "part FT911-3 · source The Financial Times · title World News in Brief: Trams run · language en · published 1991-05-14",
        &["Trams ran."],
    );
    check(
        "<DOC>\n<DOCNO> LA010189-0001 </DOCNO>\n<DOCID> 1 </DOCID>\n<DATE>\n<P>\nJanuary 1, 1989, Sunday, Home Edition \n</P>\n</DATE>\n<SECTION>\n<P>\n\
         Metro; Part 2; Page 1; Metro Desk \n</P>\n</SECTION>\n<HEADLINE>\n<P>\nTRAMS RUN AGAIN \n</P>\n</HEADLINE>\n<BYLINE>\n<P>\nBy RUTH ALDER, Times Staff Writer \n\
         </P>\n</BYLINE>\n<TEXT>\n<P>\nTrams ran \nagain. \n</P>\n<P>\nAll lines. \n</P>\n</TEXT>\n<SUBJECT>\n<P>\nTRAMS; TOWNS\n</P>\n</SUBJECT>\n</DOC>",
        "part LA010189-0001 · source Los Angeles Times · title TRAMS RUN AGAIN · byline RUTH ALDER · section Metro · keywords TRAMS|TOWNS · \
         language en · published 1989-01-01",
        &["Trams ran again.", "All lines."],
    );
    check(
        "<DOC>\n<DOCNO> FBIS3-1 </DOCNO>\n<HEADER>\n<DATE1>  7 March 1994 </DATE1>\n</HEADER>\n<F P=100> X </F>\n<H3> <TI>   `Trams' Run </TI></H3>\n<TEXT>\n\
         Language: <F P=105> Spanish </F>\nArticle Type:BFN\n\n  [Text] Trams ran.\n</TEXT>\n</DOC>",
        "part FBIS3-1 · source Foreign Broadcast Information Service · title `Trams' Run · language en · published 1994-03-07",
        &["Trams ran."],
    );
    check(
        "<DOC>\n<DOCNO> APW19980601.0003 </DOCNO>\n<DOCTYPE> NEWS STORY </DOCTYPE>\n<DATE_TIME> 06/01/1998 20:27:00 </DATE_TIME>\n<BODY>\n\
         <HEADLINE> Trams run </HEADLINE>\n<TEXT>\n<P>\n\tTrams ran.\n</P>\n</TEXT>\n</BODY>\n</DOC>",
        "part APW19980601.0003 · source Associated Press · title Trams run · language en · published 1998-06-01T20:27:00",
        &["Trams ran."],
    );
    check(
        "<DOC id=\"XIN_ENG_20030201.0001\" type=\"story\" >\n<HEADLINE>\nTrams run\n</HEADLINE>\n<DATELINE>\nSOLMARK, Feb. 1 (Xinhua)\n</DATELINE>\n\
         <TEXT>\n<P>\nTrams ran.\n</P>\n</TEXT>\n</DOC>",
        "part XIN_ENG_20030201.0001 · source Xinhua News Agency · title Trams run · language en · published 2003-02-01 · place SOLMARK · agency Xinhua",
        &["SOLMARK, Feb. 1 (Xinhua) Trams ran."],
    );
}

#[test]
fn documents_come_one_by_one_blank_ones_too() {
    let file = "<DOC><DOCNO>A-1</DOCNO><TEXT>One.</TEXT></DOC>\n<DOC><DOCNO>A-2</DOCNO><TEXT></TEXT></DOC><DOC><DOCNO>A-3</DOCNO><TEXT>Three.\
                <DOC><DOCNO>A-4</DOCNO><TEXT>Four.</TEXT></DOC>";
    let parts: Vec<_> = testing::all(&Trec, file).into_iter().map(|article| article.part).collect();
    assert_eq!(parts, ["A-1", "A-2", "A-3", "A-4"]);
}

#[test]
fn broken_files() {
    assert_eq!(testing::skips(&Trec, "<DOC><DOCNO>A-1</DOCNO><TEXT>One."), ["malformed A-1"]);
    assert_eq!(testing::skips(&Trec, "<DOC><DOCNO>A-1"), ["malformed 1"]);
    // An element that is not closed is passed over; signs that are no tags stay.
    check(
        "<DOC><DOCNO>A-1</DOCNO><HEADLINE>T<TEXT>1 < 2 <F P=1>x</F> AT&T</TEXT></DOC>",
        "part A-1",
        &["1 < 2 x AT&T"],
    );
}
