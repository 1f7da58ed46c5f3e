//! `meguri report`: what it says, and that two processes on two days make the same bytes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // What an earlier run left is of no use.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn meguri(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meguri"));
    command.current_dir(folder).args(words);
    command.output().expect("the program starts")
}

fn said(output: &Output) -> String {
    let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(both).expect("UTF-8")
}

#[test]
fn what_is_published_is_printed_by_its_kind_year_and_sheet() {
    let folder = folder("report-command");
    let made = meguri(&folder, &["demo", "--no-serve", "--database", "a.sqlite"]);
    assert!(made.status.success(), "{}", said(&made));
    let report = |words: &[&str]| {
        let all = [&["report"], words, &["--database", "a.sqlite"]].concat();
        meguri(&folder, &all)
    };
    let first = report(&["evaluation", "--year", "R4", "-o", "one.pdf"]);
    assert!(first.status.success(), "{}", said(&first));
    let second = report(&["evaluation", "--year", "令和4年度", "-o", "two.pdf"]);
    assert!(second.status.success(), "{}", said(&second));
    let read = |name: &str| std::fs::read(folder.join(name)).expect("the paper");
    assert!(read("one.pdf").starts_with(b"%PDF-1.7"));
    assert!(
        read("one.pdf") == read("two.pdf"),
        "two processes, two papers"
    );

    let again = report(&["evaluation", "-o", "one.pdf"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("--overwrite"), "{}", said(&again));
    for (words, message) in [
        (
            ["evaluation", "--year", "H1", "-o", "c.pdf"],
            "当たる文書がありません（平成元年度）",
        ),
        (
            ["evaluation", "--sheet", "無いもの", "-o", "c.pdf"],
            "当たるシートがありません",
        ),
        (
            ["evaluation", "--layout", "無いもの", "-o", "c.pdf"],
            "という様式はありません",
        ),
        (
            ["evaluation", "--layout", "no.typ", "-o", "c.pdf"],
            "様式のファイル「no.typ」を読めません",
        ),
    ] {
        let output = report(&words);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(message), "{}", said(&output));
        assert!(!folder.join("c.pdf").exists());
    }
    let data = report(&["evaluation", "--data", "-o", "data.json"]);
    assert!(data.status.success(), "{}", said(&data));
    let data: serde_json::Value = serde_json::from_slice(&read("data.json")).expect("JSON");
    assert_eq!(data.get("draft"), Some(&false.into()));
}
