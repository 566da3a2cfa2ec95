//! Processor time, where the system tells it (Linux: `proc(5)`).

/// Seconds of processor time that the programs run so far and waited for have taken (fields 16 and 17, in hundredths of a second).
pub(super) fn children_seconds() -> Option<f64> {
    /// Fields between the program's name and those.
    const SKIPPED: usize = 13;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_ascii_whitespace().skip(SKIPPED);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / 100.0)
}
