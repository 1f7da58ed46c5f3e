//! Files that never begin or never end are refused, and work that is done is told as done.

use crate::golden::root;
use crate::serve::{database, folder, program, text};
use std::fs::OpenOptions;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn pipe(path: &Path) {
    let _ = std::fs::remove_file(path);
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.is_ok_and(|status| status.success()));
}

/// Runs a command that must end soon.
fn soon(words: &[&str], folder: &Path) -> Output {
    let mut child = program(words, folder).spawn().expect("it starts");
    let until = Instant::now() + Duration::from_secs(10);
    while Instant::now() < until {
        if child.try_wait().expect("a process").is_some() {
            return child.wait_with_output().expect("its words");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    panic!("{words:?} did not end");
}

#[test]
fn pipes_devices_and_endless_files_are_refused_at_once() {
    let folder = folder("odd-files");
    let fifo = folder.join("pipe.txt");
    pipe(&fifo);
    let fifo = fifo.to_string_lossy();
    let sample = root("samples/mizuhono/evaluation.txt");
    let sample = sample.to_string_lossy();
    for file in [&*fifo, "/dev/zero", "/dev/null"] {
        for words in [
            &["read", file][..],
            &["check", file],
            &["check", &sample, "--scheme", file],
            &["import", file, "--municipality", "131016"],
            &["doctor", "--config", file],
            &["calc", file],
            &["publish", "--all", "--findings", file],
            &["serve", file],
            &["serve", "--config", file],
        ] {
            let output = soon(words, &folder);
            assert_eq!(
                output.status.code(),
                Some(2),
                "{words:?}: {}",
                text(&output)
            );
            assert!(
                text(&output).contains("通常のファイルではありません"),
                "{words:?}: {}",
                text(&output)
            );
        }
    }
}

#[test]
fn an_export_with_a_pipe_or_an_endless_list_is_refused_at_once() {
    let folder = folder("odd-export");
    database(&folder);
    let _ = std::fs::remove_dir_all(folder.join("out"));
    let output = soon(&["export", "out"], &folder);
    assert!(output.status.success(), "{}", text(&output));
    let out = folder.join("out");
    let table = std::fs::read_dir(&out)
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .expect("a table");
    let whole = std::fs::read(&table).expect("read");
    let into = ["import", "out", "--database", "other.sqlite"];
    pipe(&table);
    let output = soon(&into, &folder);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    std::fs::remove_file(&table).expect("removed");
    std::fs::write(&table, whole).expect("written");
    let manifest = out.join("manifest.json");
    pipe(&manifest);
    let output = soon(&into, &folder);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    std::fs::remove_file(&manifest).expect("removed");
    let spaces = std::fs::File::create(&manifest).expect("made");
    // It has no bytes on the disk, and many to be read.
    spaces.set_len(1 << 40).expect("long");
    let output = soon(&into, &folder);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("大きすぎます"), "{}", text(&output));
    std::fs::remove_dir_all(&out).expect("removed");
}

#[test]
fn work_that_is_done_is_told_as_done_where_its_report_cannot_be_written() {
    let folder = folder("full-output");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("meguri.sqlite{ending}")));
    }
    let first = root("samples/mizuhono/evaluation.txt");
    let words = [
        "import",
        &first.to_string_lossy(),
        "--municipality",
        "131016",
    ];
    let output = program(&words, &folder).output().expect("it runs");
    assert!(output.status.success(), "{}", text(&output));
    let sample = root("samples/mizuhono/reform.txt");
    let sample = sample.to_string_lossy();
    let told = |words: &[&str]| {
        let full = OpenOptions::new().write(true).open("/dev/full");
        let mut command = program(words, &folder);
        command.stdout(Stdio::from(full.expect("/dev/full")));
        let output = command.output().expect("it runs");
        (output.status.code(), text(&output))
    };
    let _ = std::fs::remove_file(folder.join("copy.sqlite"));
    let _ = std::fs::remove_dir_all(folder.join("out"));
    for words in [
        &["publish", "--all"][..],
        &["withdraw", "evaluation.txt", "--reason", "誤りのため"],
        &["import", &sample],
        &["import", &sample, "--json"],
        &["backup", "copy.sqlite"],
        &["export", "out"],
        &["index"],
    ] {
        let (code, words_told) = told(words);
        assert_eq!(code, Some(2), "{words:?}: {words_told}");
        assert!(
            words_told.contains("処理は完了し"),
            "{words:?}: {words_told}"
        );
    }
    for words in [&["show", "documents"][..], &["check", &sample]] {
        let (code, words_told) = told(words);
        assert_eq!(code, Some(2), "{words:?}: {words_told}");
        assert!(
            !words_told.contains("処理は完了し"),
            "{words:?}: {words_told}"
        );
    }
}

#[test]
fn a_reason_that_nobody_can_read_is_refused() {
    let folder = folder("odd-reason");
    database(&folder);
    let output = program(&["publish", "--all"], &folder)
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", text(&output));
    let long = "あ".repeat(1_001);
    for (reason, why) in [
        (long.as_str(), "1000文字以内"),
        ("誤り\u{1b}[31m", "U+001B"),
        ("誤り\u{202e}", "U+202E"),
        ("誤り\n訂正", "U+000A"),
    ] {
        let words = ["withdraw", "evaluation.txt", "--reason", reason];
        let output = program(&words, &folder).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{}", text(&output));
        assert!(text(&output).contains(why), "{}", text(&output));
        let words = ["publish", "--all", "--note", reason];
        let output = program(&words, &folder).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    }
    let whole = "あ".repeat(1_000);
    let words = ["withdraw", "evaluation.txt", "--reason", &whole];
    let output = program(&words, &folder).output().expect("it runs");
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn what_is_no_regular_file_is_neither_a_database_nor_a_backup_nor_is_it_replaced() {
    let folder = folder("odd-database");
    database(&folder);
    let _ = std::fs::remove_file(folder.join("copy.sqlite"));
    let output = soon(&["backup", "copy.sqlite"], &folder);
    assert!(output.status.success(), "{}", text(&output));
    let fifo = folder.join("pipe.sqlite");
    pipe(&fifo);
    let inner = folder.join("folder.sqlite");
    std::fs::create_dir_all(&inner).expect("a folder");
    let circle = folder.join("circle.sqlite");
    let _ = std::fs::remove_file(&circle);
    std::os::unix::fs::symlink("circle.sqlite", &circle).expect("a link");
    let sample = root("samples/mizuhono/evaluation.txt");
    let sample = sample.to_string_lossy();
    let before = names(&folder);
    // A device of the machine itself is not risked here: a pipe is no file either.
    for (name, why) in [
        ("pipe.sqlite", "通常のファイルではありません"),
        ("folder.sqlite", "フォルダーです"),
        ("circle.sqlite", "circle.sqlite"),
    ] {
        for words in [
            &["restore", "copy.sqlite", "--database", name][..],
            &["restore", "copy.sqlite", "--force", "--database", name],
            &["restore", name],
            &[
                "import",
                &sample,
                "--municipality",
                "131016",
                "--database",
                name,
            ],
            &["backup", "new.sqlite", "--database", name],
        ] {
            let output = soon(words, &folder);
            assert_eq!(
                output.status.code(),
                Some(2),
                "{words:?}: {}",
                text(&output)
            );
            assert!(text(&output).contains(why), "{words:?}: {}", text(&output));
            assert_eq!(names(&folder), before, "{words:?}");
        }
        let kind = std::fs::symlink_metadata(folder.join(name)).expect("it is there");
        assert!(!kind.is_file(), "{name} is what it was");
    }
}

fn names(folder: &Path) -> Vec<std::ffi::OsString> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .collect();
    names.sort();
    names
}

#[test]
fn an_export_into_a_link_goes_where_the_link_leads() {
    let folder = folder("linked-export");
    database(&folder);
    let (real, link) = (folder.join("disk"), folder.join("out"));
    let _ = (std::fs::remove_dir_all(&real), std::fs::remove_file(&link));
    std::fs::create_dir_all(&real).expect("a folder");
    std::os::unix::fs::symlink("disk", &link).expect("a link");
    for words in [&["export", "out"][..], &["export", "out", "--overwrite"]] {
        let output = soon(words, &folder);
        assert!(output.status.success(), "{words:?}: {}", text(&output));
        assert!(std::fs::symlink_metadata(&link).is_ok_and(|found| found.is_symlink()));
        assert!(real.join("manifest.json").is_file());
    }
}
