//! xz, of any number of streams one after another. What needs more memory than xz's own highest preset is refused.

use lzma_rust2::XzReader;

use crate::container::member;
use crate::detect::{Confidence, Sample};
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::Halt;

/// Reader of xz.
pub(crate) struct Xz;

const EXTENSIONS: &[(&str, &str)] = &[("xz", ""), ("txz", ".tar")];

/// Memory of a decoder at most: `xz -9` has a dictionary of 64 MiB.
const MEMORY_KIB: u32 = 80 << 10;

impl Reader for Xz {
    fn name(&self) -> &'static str {
        "xz"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        let begins = sample.bytes().starts_with(b"\xfd7zXZ\0");
        if begins { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let name = member::uncoated(input.name(), EXTENSIONS);
        let stream = XzReader::new_mem_limit(input.stream(), true, MEMORY_KIB);
        found.uncoated(&name, Box::new(stream))
    }
}
