//! Rich text (RTF 1.9.1, Microsoft): the text of the document, its title and its day of creation.
//!
//! Pictures, objects, notes, headers, footers, field codes, hidden and deleted text are passed over. An export of Nexis or Factiva in this form gives
//! its articles. Nothing in it is run or followed.

use crate::detect::{Confidence, Sample};
use crate::format::office;
use crate::found::Found;
use crate::input::Input;
use crate::registry::Reader;
use crate::skip::Halt;

mod codepage;
mod document;
mod token;

/// Reader of rich text.
pub(crate) struct Rtf;

impl Reader for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn recognises(&self, sample: &Sample<'_>) -> Confidence {
        if sample.head().starts_with(b"{\\rtf") { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &mut Input<'_>, found: &mut Found<'_>) -> Result<(), Halt> {
        let groups = input.limits().tag_depth;
        let bytes = input.bytes()?;
        office::emit(document::read(&bytes, groups), found)
    }
}

#[cfg(test)]
mod tests;
