//! Who may look into an index: whoever the umask allows, or its owner alone.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::Desk;

/// Modes of folders and of files below `path`, each once.
fn modes(path: &Path) -> (Vec<u32>, Vec<u32>) {
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (mut folders, mut files) = (vec![mode(path)], Vec::new());
    for entry in std::fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let below = modes(&path);
            folders.extend(below.0);
            files.extend(below.1);
        } else {
            files.push(mode(&path));
        }
    }
    for modes in [&mut folders, &mut files] {
        modes.sort_unstable();
        modes.dedup();
    }
    (folders, files)
}

/// Runs the command under an umask.
#[track_caller]
fn run(desk: &Desk, umask: &str, arguments: &str) {
    let binary = env!("CARGO_BIN_EXE_dateline");
    let mut shell = std::process::Command::new("sh");
    let line = format!("umask {umask}; exec {binary} {arguments}");
    let output = shell.args(["-c", &line]).current_dir(desk.path(".")).output().unwrap();
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Enough runs that segments are joined, then one with `--optimize`.
#[track_caller]
fn grow(desk: &Desk, umask: &str, check: impl Fn()) {
    for number in 0..6 {
        desk.put(
            &format!("more/{number}.txt"),
            format!("Ferry {number}\n\nA ferry sails.").as_bytes(),
        );
        run(desk, umask, "index news");
        check();
    }
    run(desk, umask, "index --optimize");
    check();
    run(desk, umask, "verify");
    run(desk, umask, "search ferry");
    check();
}

#[test]
fn modes_follow_the_umask() {
    for (umask, folders, files) in
        [("022", 0o755, 0o644), ("027", 0o750, 0o640), ("002", 0o775, 0o664)]
    {
        let desk = Desk::small();
        // Where the folder around it lies has no say.
        std::fs::set_permissions(desk.path("."), std::fs::Permissions::from_mode(0o700)).unwrap();
        run(&desk, umask, "index news");
        grow(&desk, umask, || {
            assert_eq!(modes(&desk.path("index")), (vec![folders], vec![files]), "umask {umask}");
        });
    }
}

#[test]
fn a_private_index_stays_private() {
    let private = (vec![0o700], vec![0o600]);
    let desk = Desk::small();
    run(&desk, "000", "index news --private");
    grow(&desk, "000", || assert_eq!(modes(&desk.path("index")), private));
    run(&desk, "000", "index --rebuild");
    assert_eq!(modes(&desk.path("index")), private);
    // Modes that a copy or an editor has opened are closed by the next run.
    let loose = |path: &str, mode| {
        std::fs::set_permissions(desk.path(path), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    loose("index", 0o755);
    loose("index/dateline.json", 0o644);
    run(&desk, "022", "index");
    assert_eq!(modes(&desk.path("index")), private);
}

#[test]
fn an_index_becomes_private() {
    let desk = Desk::small();
    run(&desk, "022", "index news");
    run(&desk, "022", "index news --private");
    grow(&desk, "022", || assert_eq!(modes(&desk.path("index")), (vec![0o700], vec![0o600])));
}
