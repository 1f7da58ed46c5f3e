//! `meguri report … -o FILE.xlsx`.

use super::{folder, open};
use std::path::Path;
use std::process::{Command, Output};

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
fn a_workbook_is_written_by_its_ending_and_two_processes_make_the_same() {
    let folder = folder("book-command");
    let made = meguri(&folder, &["demo", "--no-serve", "--database", "a.sqlite"]);
    assert!(made.status.success(), "{}", said(&made));
    let report = |words: &[&str]| {
        let all = [
            &["report", "evaluation"],
            words,
            &["--database", "a.sqlite"],
        ]
        .concat();
        let output = meguri(&folder, &all);
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    let first = report(&["--year", "R4", "-o", "one.xlsx"]);
    assert!(
        first.contains("Excelのブックを作りました：one.xlsx"),
        "{first}"
    );
    report(&["--year", "R4", "-o", "two.XLSX"]);
    report(&["--year", "R4", "-o", "data.xlsx", "--excel", "data"]);
    let read = |name: &str| std::fs::read(folder.join(name)).expect("the workbook");
    assert!(
        read("one.xlsx") == read("two.XLSX"),
        "two processes, two workbooks"
    );
    let names = |name: &str| -> Vec<String> {
        open(&read(name))
            .sheets
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    };
    assert_eq!(names("data.xlsx")[..2], ["説明", "シート"]);
    assert_eq!(names("one.xlsx")[..2], ["表紙", "概要"]);
    let again = meguri(
        &folder,
        &[
            "report",
            "evaluation",
            "--year",
            "R4",
            "-o",
            "one.xlsx",
            "--database",
            "a.sqlite",
        ],
    );
    assert_eq!(again.status.code(), Some(2), "{}", said(&again));
}
