//! Names of members as paths that stay inside their container, and names of compressed files without their last extension.

use crate::encoding;

/// Bytes of a member's path at most; what is longer is cut.
const LONGEST_BYTES: usize = 1000;

/// The path of a member below its container, with `/` between folders; nothing in it leads upwards or to a root. Empty where nothing is left.
pub(crate) fn path(written: &str) -> String {
    let mut path = String::with_capacity(written.len());
    for folder in written.split(['/', '\\']) {
        let folder: String = folder.chars().filter(|character| !character.is_control()).collect();
        let folder = folder.trim();
        let is_drive = path.is_empty() && folder.len() == 2 && folder.ends_with(':');
        if matches!(folder, "" | "." | "..") || is_drive {
            continue;
        }
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(folder);
    }
    path.truncate(path.floor_char_boundary(LONGEST_BYTES));
    path
}

/// The text of a member's name of unknown encoding.
pub(crate) fn name(bytes: &[u8]) -> String {
    encoding::decode(bytes.to_vec(), None).text
}

/// Whether systems write such a file beside others' files: it was never part of what people packed.
pub(crate) fn is_by_the_way(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.split('/').any(|folder| folder == "__MACOSX")
        || name.starts_with("._")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&name)
}

/// The name of what is inside a compressed file: `a.txt.gz` holds `a.txt`, `a.tgz` holds `a.tar`. `extensions` come with what stands in
/// their place.
pub(crate) fn uncoated(name: &str, extensions: &[(&str, &str)]) -> String {
    let Some((stem, extension)) = name.rsplit_once('.') else { return name.to_owned() };
    let found = extensions.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known));
    found.map_or_else(|| name.to_owned(), |(_, inner)| format!("{stem}{inner}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out() {
        let check =
            |written: &str, expected: &str| assert_eq!(path(written), expected, "{written}");
        check("a/b.html", "a/b.html");
        check("./a//b.html", "a/b.html");
        check("../../etc/passwd", "etc/passwd");
        check("a/../../b", "a/b");
        check("/etc/passwd", "etc/passwd");
        check("C:\\news\\..\\a.txt", "news/a.txt");
        check("\\\\host\\share\\a.txt", "host/share/a.txt");
        check("a\0\n/b", "a/b");
        check(" .. /a", "a");
        check("..", "");
        check("", "");
        assert_eq!(path(&"é".repeat(2000)).len(), LONGEST_BYTES);
    }

    #[test]
    fn names_lose_their_coat() {
        let check = |name: &str, expected: &str| {
            let extensions = [("gz", ""), ("tgz", ".tar")];
            assert_eq!(uncoated(name, &extensions), expected);
        };
        check("a.txt.gz", "a.txt");
        check("A.TXT.GZ", "A.TXT");
        check("a.tgz", "a.tar");
        check("a.warc", "a.warc");
        check("gz", "gz");
    }

    #[test]
    fn what_systems_leave_behind() {
        for path in ["__MACOSX/a/._b.txt", "a/.DS_Store", "Thumbs.db", "a/._b"] {
            assert!(is_by_the_way(path), "{path}");
        }
        for path in ["a/b.txt", ".hidden", "MACOSX/a"] {
            assert!(!is_by_the_way(path), "{path}");
        }
    }
}
