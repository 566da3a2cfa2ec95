//! A disk that is full: said in words, exit 2, and the index is as it was and can be used.

#![cfg(unix)]

use std::process::{Command, Output};

use crate::Desk;

/// Articles of words that no other article has, so that an index of them grows.
fn fill(desk: &Desk, from: u32, to: u32) {
    for number in from..to {
        let word = |n: u32| format!("w{:x}", (number * 200 + n).wrapping_mul(2_654_435_761));
        let words: Vec<String> = (0..200).map(word).collect();
        let text = format!("Story {number}\n\nEnvoys met in Kyiv: {}.\n", words.join(" "));
        desk.put(&format!("{number}.txt"), text.as_bytes());
    }
}

/// A run that may not write much: by a limit on the size of each file, which anyone may set.
fn limited(desk: &Desk, blocks: u32) -> Output {
    let program = desk.command(&[]).get_program().to_owned();
    let blocks = blocks.to_string();
    Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f \"$1\"; exec \"$2\" index news", "sh", &blocks])
        .arg(program)
        .current_dir(desk.path(""))
        .env_clear()
        .output()
        .unwrap()
}

#[test]
fn a_file_that_may_not_grow_is_told_and_leaves_the_index_as_it_was() {
    let desk = Desk::new(&[]);
    let check_intact = |articles: &str| {
        let verified = desk.transcript(&["verify"]);
        assert!(verified.starts_with("exit 0\n"), "{verified}");
        assert_eq!(desk.stdout(0, &["search", "envoys", "--count", "--all-copies"]), articles);
    };
    fill(&desk, 0, 20);
    desk.stdout(0, &["index", "news"]);
    fill(&desk, 20, 400);
    for blocks in [1, 40, 400] {
        let output = limited(&desk, blocks);
        let notes = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{blocks}: {notes}");
        let told = notes.starts_with("dateline: ") && notes.contains("File too large");
        assert!(told && notes.contains("\nhint: "), "{blocks}: {notes}");
        check_intact("20\n");
    }
    desk.stdout(0, &["index", "news"]);
    check_intact("400\n");
}

/// Where a small file system can be mounted, which takes the rights of root.
#[test]
fn a_full_disk_is_told_and_leaves_the_index_as_it_was() {
    let desk = Desk::new(&[]);
    let volume = desk.path("disk");
    std::fs::create_dir(&volume).unwrap();
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", "size=1500k", "tmpfs"]).arg(&volume);
    if !mount.output().is_ok_and(|output| output.status.success()) {
        println!("no file system can be mounted here: left to the limit on a file's size");
        return;
    }
    let result = std::panic::catch_unwind(|| {
        fill(&desk, 0, 20);
        desk.stdout(0, &["index", "news", "--index", "disk/index"]);
        fill(&desk, 20, 1000);
        let full = desk.transcript(&["index", "news", "--index", "disk/index"]);
        assert!(full.starts_with("exit 2\n--- stdout\n--- stderr\ndateline: "), "{full}");
        assert!(full.contains("No space left on device") && full.contains("\nhint: "), "{full}");
        let verified = desk.transcript(&["verify", "--index", "disk/index"]);
        assert!(verified.starts_with("exit 0\n"), "{verified}");
        let count = ["search", "envoys", "--count", "--all-copies", "--index", "disk/index"];
        assert_eq!(desk.stdout(0, &count), "20\n");
        // With room again it goes on.
        for number in 30..1000 {
            std::fs::remove_file(desk.path(&format!("news/{number}.txt"))).unwrap();
        }
        desk.stdout(0, &["index", "news", "--index", "disk/index"]);
        assert_eq!(desk.stdout(0, &count), "30\n");
    });
    assert!(Command::new("umount").arg(&volume).status().unwrap().success());
    result.unwrap();
}
