//! Processor time, where the system tells it (Linux: `proc(5)`).

/// Seconds of processor time that the programs run so far and waited for have taken (fields 16 and 17, in hundredths of a second).
pub(super) fn children_seconds() -> Option<f64> {
    seconds(13)
}

/// Seconds of processor time that this program has taken (fields 14 and 15).
pub(super) fn own_seconds() -> Option<f64> {
    seconds(11)
}

/// The sum of two fields, the first of them so many after the program's name.
fn seconds(skipped: usize) -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_ascii_whitespace().skip(skipped);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / 100.0)
}
