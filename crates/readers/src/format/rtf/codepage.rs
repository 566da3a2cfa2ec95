//! Encodings by the numbers that rich text gives them: code pages of Windows, and character sets of fonts.

use encoding_rs::{Encoding, MACINTOSH, UTF_8, WINDOWS_1252};

/// The encoding of a code page; that of western Windows where it is not known.
pub(super) fn by_number(number: i32) -> &'static Encoding {
    let label = match number {
        866 => "ibm866",
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        10000 => return MACINTOSH,
        65001 => return UTF_8,
        1250..=1258 => return windows(number),
        _ => return WINDOWS_1252,
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

fn windows(number: i32) -> &'static Encoding {
    Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(WINDOWS_1252)
}

/// The code page of a font's character set; `None` for that of the document.
pub(super) fn of_charset(charset: i32) -> Option<i32> {
    Some(match charset {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
