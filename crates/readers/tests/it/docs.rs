//! `docs/formats.md` names every format, every reason and every limit as it is.

use dateline_readers::{Limits, Reason, formats};

use super::repository;

#[test]
fn the_page_of_formats_is_whole() {
    let page = std::fs::read_to_string(repository().join("docs/formats.md")).unwrap();
    for format in formats() {
        let row = format!("| `{}` |", format.name());
        assert!(page.contains(&row), "docs/formats.md has no row that begins with {row}");
    }
    for reason in Reason::ALL {
        let row = format!("| `{reason}` |");
        assert!(page.contains(&row), "docs/formats.md has no row that begins with {row}");
    }
    let limits = Limits::default();
    for (name, value) in [
        ("file_bytes", format!("{} MiB", limits.file_bytes >> 20)),
        ("record_bytes", format!("{} MiB", limits.record_bytes >> 20)),
        ("page_bytes", format!("{} MiB", limits.page_bytes >> 20)),
        ("tag_depth", limits.tag_depth.to_string()),
        ("container_depth", limits.container_depth.to_string()),
        ("members", limits.members.to_string()),
        ("unpacked_bytes", format!("{} GiB", limits.unpacked_bytes >> 30)),
        ("expansion", limits.expansion.to_string()),
        ("pdf_objects", limits.pdf_objects.to_string()),
        ("file_seconds", format!("{} s", limits.file_seconds)),
    ] {
        let row = format!("| `{name}` | {value} |");
        assert!(page.contains(&row), "docs/formats.md has no row that begins with {row}");
    }
}
