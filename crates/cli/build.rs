//! How the binary is linked.

use std::env;

#[expect(
    clippy::disallowed_methods,
    reason = "a build script is told of the target by the environment"
)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |key| env::var(key).unwrap_or_default();
    // At a fixed address nothing is left to relocate when the process starts: 75,000 pointers of the libraries' tables, on 400 pages, were a quarter of the time
    // until the first hit. Where the C library is linked in, as with musl, the linker is called another way.
    if target("CARGO_CFG_TARGET_OS") == "linux" && target("CARGO_CFG_TARGET_ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
