//! What xtask asks of the environment, in one place. Everything else is an argument or a file.

/// Says whether a CI service runs this: `CI` is set, and neither empty nor `false`.
#[expect(clippy::disallowed_methods, reason = "the one place in xtask that reads the environment")]
pub(crate) fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Today by the system's clock, in UTC, for records of measurements.
#[expect(clippy::disallowed_methods, reason = "the one place in xtask that reads the clock")]
pub(crate) fn today() -> Option<dateline_article::Date> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
    dateline_article::from_days(i32::try_from(since.as_secs() / 86_400).ok()?)
}
