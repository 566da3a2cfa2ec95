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

impl Limits {
    /// The names of all limits, as they are set by.
    pub const NAMES: [&'static str; 10] = [
        "file_bytes",
        "record_bytes",
        "page_bytes",
        "tag_depth",
        "container_depth",
        "members",
        "unpacked_bytes",
        "expansion",
        "pdf_objects",
        "file_seconds",
    ];

    /// Sets the limit of that name; whether there is one.
    #[must_use]
    pub fn set(&mut self, name: &str, value: u64) -> bool {
        let size = usize::try_from(value).unwrap_or(usize::MAX);
        match name {
            "file_bytes" => self.file_bytes = value,
            "record_bytes" => self.record_bytes = size,
            "page_bytes" => self.page_bytes = size,
            "tag_depth" => self.tag_depth = size,
            "container_depth" => self.container_depth = size,
            "members" => self.members = value,
            "unpacked_bytes" => self.unpacked_bytes = value,
            "expansion" => self.expansion = value,
            "pdf_objects" => self.pdf_objects = value,
            "file_seconds" => self.file_seconds = value,
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_is_set_by_its_name() {
        let mut limits = Limits::default();
        for name in Limits::NAMES {
            let before = limits;
            assert!(limits.set(name, 7), "{name}");
            assert_ne!(limits, before, "{name}");
        }
        // `{name}: 7` for every field: none has no name.
        let shown = format!("{limits:?}");
        assert_eq!(shown.matches(": 7").count(), shown.matches(':').count(), "{shown}");
        assert!(!limits.set("bytes", 7));
    }
}
