//! Tables of encodings, declared, marked and detected.

use super::*;

fn encode(label: &str, text: &str) -> Vec<u8> {
    Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
}

#[track_caller]
fn check(bytes: &[u8], declared: Option<&str>, expected: &str) {
    let decoded = decode(bytes.to_vec(), declared.map(str::as_bytes));
    assert_eq!(decoded.text, expected, "declared {declared:?}");
}

#[test]
fn marks_lead() {
    check(b"\xef\xbb\xbfM\xc3\xb6we", Some("iso-8859-1"), "Möwe");
    check(b"\xff\xfeM\0\xf6\0", None, "Mö");
    check(b"\xfe\xff\0M\0\xf6", Some("utf-8"), "Mö");
}

#[test]
fn declarations_are_obeyed_unless_the_bytes_contradict() {
    check(b"Die M\xf6we erreicht Malm\xf6.", Some("iso-8859-1"), "Die Möwe erreicht Malmö.");
    check("Die Möwe erreicht Malmö.".as_bytes(), Some("iso-8859-1"), "Die Möwe erreicht Malmö.");
    for (label, text) in [
        ("iso-8859-9", "İzmir'de gemi seferleri iptal edildi, yarın başlayacak."),
        ("windows-1251", "Паром остался в порту из-за шторма."),
        ("x-cp1251", "Паром остался в порту из-за шторма."),
        ("gb2312", "渡轮因风暴停航"),
        ("x-gbk", "渡轮因风暴停航"),
        ("windows-31j", "嵐のためフェリーは欠航した"),
        ("iso-2022-jp", "嵐のためフェリーは欠航した"),
        ("euc-kr", "폭풍으로 여객선이 결항했다"),
        ("big5", "渡輪因風暴停航"),
        ("koi8-r", "Паром остался в порту."),
        ("koi8", "Паром остался в порту."),
    ] {
        check(&encode(label, text), Some(label), text);
    }
    check(
        b"Die M\xf6we erreicht heute die Stadt Malm\xf6.",
        Some("utf-8"),
        "Die Möwe erreicht heute die Stadt Malmö.",
    );
    check(b"plain", Some("no-such-label"), "plain");
}

#[test]
fn legacy_encodings_are_detected() {
    for (label, text) in [
        ("windows-1252", "Die Fähre blieb wegen des Sturms im Hafen, sagte der Bürgermeister."),
        ("windows-1251", "Паром остался в порту из-за шторма, сообщил капитан."),
        ("koi8-u", "Через шторм пором залишився в порту, повідомив капітан."),
        ("iso-2022-jp", "嵐のためフェリーは欠航したと船長が伝えた。"),
        ("shift_jis", "嵐のためフェリーは欠航したと船長が伝えた。"),
        ("gb18030", "北方港口的渡轮因为风暴停航，船长通知了旅客。"),
        ("windows-1253", "Το πλοίο έμεινε στο λιμάνι λόγω της καταιγίδας."),
    ] {
        check(&encode(label, text), None, text);
    }
}

#[test]
fn detection_sees_what_comes_after_much_ascii() {
    let mut bytes = "<script>let menu = [];</script>".repeat(2000).into_bytes();
    bytes.extend(encode("gb18030", "北方港口的渡轮因为风暴停航，船长通知了旅客。"));
    let decoded = decode(bytes, None);
    assert!(decoded.text.ends_with("</script>北方港口的渡轮因为风暴停航，船长通知了旅客。"));
}

#[test]
fn a_stray_byte_costs_one_place() {
    let mut bytes = "Паром остался в порту. ".as_bytes().to_vec();
    bytes.push(0xff);
    let decoded = decode(bytes, Some(b"utf-8"));
    assert_eq!(decoded.text, "Паром остался в порту. \u{fffd}");
    assert_eq!(decoded.warning.as_deref(), Some("1 places are not valid UTF-8"));
}

#[test]
fn utf16_is_told_from_latin_text_and_binaries() {
    let check = |sample: &[u8], expected: Option<&str>| {
        assert_eq!(utf16(sample).map(Encoding::name), expected, "{sample:?}");
    };
    let le = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let be = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
    check(&le("The ferry stayed in port.\r\n"), Some("UTF-16LE"));
    check(&be("The ferry stayed in port."), Some("UTF-16BE"));
    check(&le("Паром остался в порту.\n"), Some("UTF-16LE"));
    check(&le("\u{feff}嵐"), Some("UTF-16LE"));
    check(b"Brannvesenet rykket ut i g\xe5r.", None);
    check("Über den Hafen".as_bytes(), None);
    check(b"", None);
    check(b"\0", None);
    check(&[0x01, 0x00, 0x02, 0x00, 0x03, 0x00], None);
    check(b"\xff\xfe\0\0T\0\0\0", None);
    // A zero here and there in text of one byte a letter.
    check(&[b"The ferry stayed in port and did not sail.\0".as_slice(); 1].concat(), None);
}

#[test]
fn a_utf16_stream_reads_as_utf8() {
    let text = "嵐 🚢 ferry\n".repeat(5000);
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut read = String::new();
    DecodingReader::new(&*bytes, UTF_16BE).read_to_string(&mut read).unwrap();
    assert_eq!(read, text);
}

proptest::proptest! {
    #[test]
    fn any_bytes_become_text(bytes: Vec<u8>, label: Option<[u8; 4]>) {
        let _ = utf16(&bytes);
        let _ = decode(bytes, label.as_ref().map(<[u8; 4]>::as_slice));
    }

    #[test]
    fn utf8_stays_as_it_is(text in "\\PC*") {
        proptest::prop_assume!(!text.starts_with('\u{feff}'));
        proptest::prop_assert_eq!(decode(text.clone().into_bytes(), None).text, text);
    }
}
