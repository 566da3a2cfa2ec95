//! Sizes, times, limits and languages as they are typed.

use std::time::Duration;

use dateline_article::Language;
use dateline_indexer::Limits;

/// Reads a size such as `512MB`, `2GB`, `1.5GiB` or a number of bytes.
pub(crate) fn bytes(text: &str) -> Result<usize, String> {
    const UNITS: [(&str, f64); 9] = [
        ("gib", 1_073_741_824.0),
        ("mib", 1_048_576.0),
        ("kib", 1024.0),
        ("gb", 1e9),
        ("mb", 1e6),
        ("kb", 1e3),
        ("g", 1e9),
        ("m", 1e6),
        ("b", 1.0),
    ];
    let lower = text.trim().to_ascii_lowercase();
    let unit = UNITS.iter().find_map(|(unit, factor)| Some((lower.strip_suffix(unit)?, *factor)));
    let (number, factor) = unit.unwrap_or((&lower, 1.0));
    let value = number.trim().parse::<f64>().ok().filter(|value| value.is_finite() && *value > 0.0);
    let bytes = value.map(|value| value * factor).filter(|bytes| *bytes <= 1e15);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive and below 1e15"
    )]
    bytes
        .map(|bytes| bytes as usize)
        .ok_or_else(|| "expected a size such as 512MB or 2GB".to_owned())
}

/// Reads a number of seconds.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds =
        text.parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "expected a number of seconds such as 20 or 0.5".to_owned())
}

/// Reads `NAME=VALUE`, the value a number or a size.
pub(crate) fn limit(text: &str) -> Result<(String, u64), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    if !Limits::NAMES.contains(&name) {
        return Err(format!("no limit is called `{name}`; there are {}", Limits::NAMES.join(", ")));
    }
    let value = bytes(value)?;
    Ok((name.to_owned(), u64::try_from(value).unwrap_or(u64::MAX)))
}

/// The default limits with these changed.
pub(crate) fn limited(changes: &[(String, u64)]) -> Limits {
    let mut limits = Limits::default();
    for (name, value) in changes {
        // Names were looked at when they were read.
        let _ = limits.set(name, *value);
    }
    limits
}

/// Reads a language code.
pub(crate) fn language(text: &str) -> Result<Language, String> {
    Language::from_tag(text)
        .ok_or_else(|| "expected an ISO 639 code such as `en` or `uk`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_by_name() {
        let set = |text: &str| limit(text).map(|change| limited(&[change]));
        let default = Limits::default();
        assert_eq!(set("tag_depth=9"), Ok(Limits { tag_depth: 9, ..default }));
        assert_eq!(set("file_bytes=1MiB"), Ok(Limits { file_bytes: 1 << 20, ..default }));
        assert_eq!(set("depth").unwrap_err(), "expected NAME=VALUE");
        assert!(set("depth=9").unwrap_err().starts_with("no limit is called `depth`; there are"));
        assert!(set("tag_depth=deep").is_err());
    }

    #[test]
    fn sizes() {
        let check =
            |text: &str, expected: Option<usize>| assert_eq!(bytes(text).ok(), expected, "{text}");
        check("512MB", Some(512_000_000));
        check("2 gb", Some(2_000_000_000));
        check("1.5GiB", Some(1_610_612_736));
        check("4096", Some(4096));
        check("-1MB", None);
        check("much", None);
        check("", None);
        check("9999999999GB", None);
    }
}
