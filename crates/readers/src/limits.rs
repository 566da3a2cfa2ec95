//! Bounds that keep one file from taking the memory or the time of all the others.

/// How much a reader takes in. What is larger is skipped as `over-limit`, or read in a plainer way where that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A file of a format that is read whole (text, Markdown, HTML, a JSON object), in bytes.
    pub file_bytes: u64,
    /// One article of a file of many: a line of JSONL, an element of an array, a record of SGML; in bytes.
    pub record_bytes: usize,
    /// A page whose element tree is built; a larger one is stripped of its tags instead. In bytes.
    pub page_bytes: usize,
    /// Open tags inside one another; a page that goes deeper is stripped of its tags instead.
    pub tag_depth: usize,
}

impl Default for Limits {
    /// 64 MiB a file, 16 MiB a record, 8 MiB a page, 512 tags deep.
    fn default() -> Self {
        Self { file_bytes: 64 << 20, record_bytes: 16 << 20, page_bytes: 8 << 20, tag_depth: 512 }
    }
}
