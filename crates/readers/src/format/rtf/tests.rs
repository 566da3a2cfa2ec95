//! Tests of rich text.

use super::*;

/// Paragraphs, headings with `#`.
#[track_caller]
fn check(rtf: &str, expected: &[&str]) {
    let document = document::read(rtf.as_bytes(), 64);
    let shown: Vec<String> = document
        .paragraphs
        .into_iter()
        .filter(|paragraph| !paragraph.text.trim().is_empty())
        .map(
            |paragraph| {
                if paragraph.heading { format!("# {}", paragraph.text) } else { paragraph.text }
            },
        )
        .collect();
    assert_eq!(shown, expected, "{rtf}");
}

#[test]
fn text_and_paragraphs() {
    check("{\\rtf1\\ansi One.\\par Two\r\n words.\\par}", &["One.", "Two words."]);
    check("{\\rtf1 One\\line two\\tab x\\~y\\_z\\par}", &["One\ntwo\tx\u{a0}y\u{2011}z"]);
    check("{\\rtf1 \\{a\\}\\\\b\\par}", &["{a}\\b"]);
    check("{\\rtf1 {\\b Bo}ld, {\\i it}.\\\nNext}", &["Bold, it.", "Next"]);
    check("{\\rtf1\\trowd a\\cell b\\cell\\row}", &["a", "b"]);
    check("{\\rtf1 \\ldblquote Yes\\rdblquote\\emdash no}", &["“Yes”—no"]);
    check("{\\rtf1 shown{\\v hidden}{\\deleted gone} again\\v x\\v0 y}", &["shown againy"]);
    check("{\\rtf1 One.} rest", &["One."]);
}

#[test]
fn encodings() {
    check("{\\rtf1\\ansi\\ansicpg1252 caf\\'e9}", &["café"]);
    check("{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'e0\\'f0\\'ee\\'ec}", &["Паром"]);
    check(
        "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset238 Arial CE;}}\\f0 \\'e9 \\f1 \\'b3\\'f3d\\'9f \\f0 \\'b3}",
        &["é łódź ³"],
    );
    check("{\\rtf1{\\fonttbl{\\f2\\fcharset128 Mincho;}}\\f2 \\'93\\'fa\\'96\\'7b}", &["日本"]);
    check("{\\rtf1\\mac \\'8e}", &["é"]);
    check("{\\rtf1 \\u1055?\\u1072?\\u-3913? \\u8211\\'96 x}", &["Па\u{f0b7} – x"]);
    check("{\\rtf1\\uc2 \\u8364\\'80\\'80{\\uc0 \\u8364 }x\\u233ab.}", &["€€xé."]);
    check("{\\rtf1 \\u-10179?\\u-8704?}", &["😀"]);
}

#[test]
fn what_is_no_text_is_passed_over() {
    check(
        "{\\rtf1{\\*\\generator Writer;}{\\colortbl;\\red0;}{\\info{\\author x}{\\title T}}One{\\pict\\pngblip 89504e47}{\\header Page}{\\footnote note}.}",
        &["One."],
    );
    check(
        "{\\rtf1{\\field{\\*\\fldinst HYPERLINK \"http://x\"}{\\fldrslt link}} x{\\*\\unknown y}}",
        &["link x"],
    );
    check("{\\rtf1 a{\\pict\\bin5 }}{{}}b}", &["ab"]);
    check("{\\rtf1 a{\\object{\\*\\objdata 01}{\\result r}}b}", &["ab"]);
}

#[test]
fn headings_by_style_or_level() {
    let styles =
        "{\\stylesheet{\\s0 Normal;}{\\s1\\b heading 1;}{\\*\\cs2 Char;}{\\s3\\sbasedon0 Title;}}";
    check(
        &format!(
            "{{\\rtf1{styles}\\pard\\s1 {{\\b Ferry}}\\par\\pard\\s0 It sank.\\par\\pard\\s3 T\\par}}"
        ),
        &["# Ferry", "It sank.", "# T"],
    );
    check("{\\rtf1\\pard\\outlinelevel0 T\\par\\pard x\\par}", &["# T", "x"]);
}

#[test]
fn properties() {
    let read = |rtf: &str| document::read(rtf.as_bytes(), 64).properties;
    let properties = read(
        "{\\rtf1{\\info{\\title F\\'e4hre \\{x\\}}{\\author A}{\\creatim\\yr2022\\mo3\\dy14\\hr9\\min5}{\\revtim\\yr2023}}x}",
    );
    assert_eq!(properties.title.as_deref(), Some("Fähre {x}"));
    assert_eq!(properties.created.as_deref(), Some("2022-03-14T09:05:00"));
    assert_eq!(read("{\\rtf1 x}"), crate::format::office::Properties::default());
}

#[test]
fn broken_and_cut() {
    let document = document::read(b"{\\rtf1 One.\\par Tw", 64);
    assert_eq!(document.paragraphs.last().unwrap().text, "Tw");
    assert_eq!(document.warnings, ["the file ends before its document does"]);
    check("{\\rtf1 a\\'zz\\'", &["azz"]);
    check("{\\rtf1 a\\bin99999999999 b", &["ab"]);
    check("{\\rtf1 a}}}}", &["a"]);
    let deep = format!("{{\\rtf1 a{}x{}b}}", "{".repeat(100_000), "}".repeat(100_000));
    check(&deep, &["ab"]);
}

proptest::proptest! {
    #[test]
    fn any_rich_text_is_read(text in "(\\{|\\}|\\\\(par|u|uc|f|fonttbl|info|title|bin|v|'|\\*|s|stylesheet)|[0-9]{1,3}|-|[a-zé]| )*") {
        let _ = document::read(format!("{{\\rtf1{text}").as_bytes(), 8);
    }
}
