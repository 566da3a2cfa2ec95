//! The shape of an article's signature, by which its copies are recognised: [`SIGNATURE_LENGTH`] values of [`SIGNATURE_BITS`] bits, then the hashes of its
//! numbers and names, of [`TELLING_BITS`] bits, ascending.

/// Values in a signature.
pub const SIGNATURE_LENGTH: usize = 128;
/// Bits of a value.
pub const SIGNATURE_BITS: u32 = 10;
/// Bits of the hash of a number or name, so many of which follow the values.
pub const TELLING_BITS: u32 = 12;
