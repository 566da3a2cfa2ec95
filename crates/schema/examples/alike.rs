//! Reads pairs of names, a tab between them, and prints for each whether one is found by the other. For `cargo xtask quality people`.

use std::io::{self, BufRead, Write};

use dateline_schema::analyze::has_name;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (one, other) = line.split_once('\t').unwrap_or((&line, ""));
        writeln!(out, "{}", has_name(one, other) || has_name(other, one))?;
    }
    Ok(())
}
