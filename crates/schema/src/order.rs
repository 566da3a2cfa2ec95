//! The number by which the articles of an index are ordered: the moment at which they appeared.
//!
//! One number for all, so that an article without a date has one as well (the engine cannot order a segment in which no article has any), and one clock: UTC
//! as far as an article tells its zone, its own clock where it does not.

use dateline_article::Timestamp;

/// The number of articles without a date: they come last.
pub const UNDATED: u64 = 0;

/// What is added to the seconds, so that those of any year are above [`UNDATED`]: about 35,000 years.
const BIAS: i64 = 1 << 40;

/// The number of an article that appeared then; of a month or a year, its beginning.
pub fn of(published: Option<Timestamp>) -> u64 {
    let Some(published) = published else { return UNDATED };
    let offset = match published {
        Timestamp::Time { offset_minutes: Some(minutes), .. } => i64::from(minutes) * 60,
        _ => 0,
    };
    at(published.local_seconds().saturating_sub(offset))
}

/// The number of a moment, in seconds since 1970; never that of articles without a date.
pub fn at(seconds: i64) -> u64 {
    u64::try_from(seconds.saturating_add(BIAS)).unwrap_or_default().max(UNDATED + 1)
}

/// The moment that a number stands for, in seconds since 1970; `None` where there is no date.
pub fn moment(order: u64) -> Option<i64> {
    let seconds = i64::try_from(order).unwrap_or(i64::MAX).saturating_sub(BIAS);
    (order != UNDATED).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_clock_for_all() {
        let check = |published: Option<&str>, expected: Option<i64>| {
            let order = of(published.map(|published| published.parse().unwrap()));
            assert_eq!(moment(order), expected, "{published:?}");
            if let Some(seconds) = expected {
                assert_eq!(at(seconds), order, "{published:?}");
            }
        };
        check(None, None);
        check(Some("1970-01-01"), Some(0));
        check(Some("1970"), Some(0));
        check(Some("1970-02"), Some(31 * 86_400));
        check(Some("1970-01-01T02:00:00"), Some(7_200));
        check(Some("1970-01-01T02:00:00Z"), Some(7_200));
        check(Some("1970-01-01T02:00:00+02:00"), Some(0));
        check(Some("1969-12-31T20:00:00-05:00"), Some(3_600));
        check(Some("-9999-01-01"), Some(-377_705_116_800));
    }

    #[test]
    fn any_moment_comes_before_no_date() {
        for seconds in [i64::MIN, -377_705_116_800, -1, 0, i64::MAX] {
            assert!(at(seconds) > UNDATED, "{seconds}");
        }
    }
}
