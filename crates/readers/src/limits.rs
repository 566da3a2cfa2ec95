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
    /// Containers and compressed files inside one another.
    pub container_depth: usize,
    /// Members of one file, those of containers inside it included.
    pub members: u64,
    /// What one file may unpack to, all containers inside it together; in bytes.
    pub unpacked_bytes: u64,
    /// How many times its own size a file may unpack to; not looked at below 64 MiB.
    pub expansion: u64,
    /// Objects of one PDF, those inside its streams included.
    pub pdf_objects: u64,
    /// Time that one file may take, in seconds, and so much again for each 64 MiB of it and of what it unpacks to. Looked at between articles and
    /// while bytes are read, so that a fault of a reader's, not a slow machine, meets it.
    pub file_seconds: u64,
}

impl Default for Limits {
    /// 64 MiB a file, 16 MiB a record, 8 MiB a page, 512 tags deep; 8 containers deep, a million members, 64 GiB unpacked, 250 times the size; 500,000 objects of a
    /// PDF; 300 s.
    fn default() -> Self {
        Self {
            file_bytes: 64 << 20,
            record_bytes: 16 << 20,
            page_bytes: 8 << 20,
            tag_depth: 512,
            container_depth: 8,
            members: 1_000_000,
            unpacked_bytes: 64 << 30,
            expansion: 250,
            pdf_objects: 500_000,
            file_seconds: 300,
        }
    }
}
