//! The language of an article.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A language by its ISO 639 code: two letters where ISO 639-1 has one, else three; lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

/// ISO 639-2/T and 639-3 codes that have a two-letter code, for the languages news archives hold most.
const SHORT: &[(&str, &str)] = &[
    ("eng", "en"),
    ("deu", "de"),
    ("ger", "de"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("spa", "es"),
    ("ita", "it"),
    ("por", "pt"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("pol", "pl"),
    ("ukr", "uk"),
    ("rus", "ru"),
    ("ara", "ar"),
    ("tur", "tr"),
    ("swe", "sv"),
    ("dan", "da"),
    ("nob", "nb"),
    ("nor", "no"),
    ("fin", "fi"),
    ("ell", "el"),
    ("gre", "el"),
    ("hun", "hu"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("bul", "bg"),
    ("bel", "be"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("cat", "ca"),
    ("heb", "he"),
    ("fas", "fa"),
    ("pes", "fa"),
    ("urd", "ur"),
    ("hin", "hi"),
    ("ben", "bn"),
    ("tam", "ta"),
    ("tel", "te"),
    ("mar", "mr"),
    ("guj", "gu"),
    ("pan", "pa"),
    ("kan", "kn"),
    ("mal", "ml"),
    ("vie", "vi"),
    ("tha", "th"),
    ("ind", "id"),
    ("zho", "zh"),
    ("cmn", "zh"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("kat", "ka"),
    ("hye", "hy"),
    ("aze", "az"),
    ("uzb", "uz"),
    ("kaz", "kk"),
    ("mkd", "mk"),
    ("epo", "eo"),
    ("lat", "la"),
    ("afr", "af"),
    ("swa", "sw"),
    ("amh", "am"),
    ("jav", "jv"),
    ("mya", "my"),
    ("khm", "km"),
    ("nep", "ne"),
    ("sin", "si"),
    ("yid", "yi"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("aka", "ak"),
    ("tgl", "tl"),
    ("ori", "or"),
    ("tuk", "tk"),
];

impl Language {
    /// English.
    pub const ENGLISH: Self = Self(*b"en\0");
    /// German.
    pub const GERMAN: Self = Self(*b"de\0");
    /// French.
    pub const FRENCH: Self = Self(*b"fr\0");
    /// Spanish.
    pub const SPANISH: Self = Self(*b"es\0");
    /// Ukrainian.
    pub const UKRAINIAN: Self = Self(*b"uk\0");
    /// Russian.
    pub const RUSSIAN: Self = Self(*b"ru\0");

    /// Reads an ISO 639 code or a BCP 47 tag (`en`, `en-GB`, `de_AT`, `ukr`); the region is dropped. `None` for anything else, and for
    /// `und`, `mul`, `zxx`, which name no language.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        let letters = primary.bytes().all(|byte| byte.is_ascii_lowercase());
        if !letters
            || !(2..=3).contains(&primary.len())
            || ["und", "mul", "zxx"].contains(&&*primary)
        {
            return None;
        }
        let short = SHORT.iter().find(|(long, _)| *long == primary);
        let code = short.map_or(primary.as_str(), |(_, short)| short);
        let mut bytes = [0; 3];
        for (to, from) in bytes.iter_mut().zip(code.bytes()) {
            *to = from;
        }
        Some(Self(bytes))
    }

    /// The code, two or three lower-case letters.
    pub fn code(&self) -> &str {
        let length = if self.0[2] == 0 { 2 } else { 3 };
        self.0.get(..length).and_then(|code| std::str::from_utf8(code).ok()).unwrap_or_default()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(deserializer)?;
        Self::from_tag(&tag).ok_or_else(|| serde::de::Error::custom("not an ISO 639 code"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_codes() {
        let check = |tag: &str, expected: Option<&str>| {
            assert_eq!(Language::from_tag(tag).as_ref().map(Language::code), expected, "{tag}");
        };
        check("en", Some("en"));
        check("en-GB", Some("en"));
        check("de_AT", Some("de"));
        check(" UKR ", Some("uk"));
        check("ckb", Some("ckb"));
        check("und", None);
        check("English", None);
        check("", None);
        check("e1", None);
    }
}
