//! The binary: what it prints, where, and how it ends.

use crate::golden::shared;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn meguri(words: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_meguri");
    Command::new(program)
        .args(words)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// A folder of its own below the build folder.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// Bytes that are no paper: each gets exit 2 and a message with what to do, and no panic.
#[test]
fn what_cannot_be_read_is_told_in_japanese_with_exit_2() {
    let folder = folder("unreadable");
    let long_line = "あ".repeat(1_000_000);
    let cases: [(&str, &[u8], &str); 8] = [
        ("empty.txt", b"", "ファイルが空です。"),
        ("blank.txt", b" \r\n\t\n", "ファイルが空です。"),
        (
            "nul.txt",
            b"a\0b",
            "文書のテキストではありません（バイナリデータ）。",
        ),
        (
            "book.pdf",
            b"%PDF-1.7\n%\xe2\xe3",
            "文書のテキストではありません（PDF）。",
        ),
        ("book.xlsx", b"PK\x03\x04....", "Office文書"),
        (
            "odd.txt",
            b"abc\n\xff\xfe\xfd\xff\xff",
            "文字コードを判別できません（2行目の1バイト目",
        ),
        ("long.txt", long_line.as_bytes(), "1行目が長すぎます"),
        (
            "letter.txt",
            "拝啓 時下ますます御清栄のこと".as_bytes(),
            "文書の種類を判別できません",
        ),
    ];
    for (name, bytes, message) in cases {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("the file is written");
        for command in ["read", "check"] {
            let output = meguri(&[command, &path.to_string_lossy()]);
            let told = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{command} {name}: {told}");
            assert!(told.contains(message), "{command} {name}: {told}");
            assert!(
                told.contains(name) && told.contains("対応："),
                "{command} {name}: {told}"
            );
        }
    }
}

#[test]
fn paths_that_are_no_files_are_told() {
    let folder = folder("no-file");
    let missing = folder.join("nothing.txt");
    for (path, message) in [
        (&missing, "ファイルが見つかりません"),
        (&folder, "フォルダーです"),
    ] {
        let output = meguri(&["check", &path.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text(&output.stderr).contains(message),
            "{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn words_that_are_no_call_are_told() {
    for (words, message) in [
        (
            &["chek"][..],
            "「chek」というコマンドはありません。「check」のことではありませんか。",
        ),
        (&["check"], "「<ファイル>...」の指定が必要です。"),
        (
            &["read", "x", "--as", "foo"],
            "指定できる値：evaluation, midterm",
        ),
        (
            &["check", "--jsn", "x"],
            "「--jsn」という指定はありません。「--json」のことではありませんか。",
        ),
        (
            &["link", "lsit"],
            "「lsit」というコマンドはありません。「list」のことではありませんか。",
        ),
        (
            &["read", "x", "--as", "evalution"],
            "「evaluation」のことではありませんか。",
        ),
    ] {
        let output = meguri(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(
            text(&output.stderr).contains(message),
            "{words:?}: {}",
            text(&output.stderr)
        );
    }
    let help = meguri(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(text(&help.stdout).contains("使い方"));
}

#[test]
fn a_text_of_another_kind_is_refused_as_the_kind_that_was_said() {
    let sample = crate::golden::root("samples/mizuhono/strategy.txt");
    let output = meguri(&["read", &sample.to_string_lossy(), "--as", "reform"]);
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(told.contains("読み取れる内容がありません"), "{told}");
}

#[test]
fn nothing_read_is_not_nothing_found() {
    let output = meguri(&["check", "nothing-here.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
}

#[test]
fn a_scheme_that_rules_no_document_is_told() {
    let paper = crate::golden::root("samples/mizuhono/evaluation.txt");
    let scheme = crate::golden::root("testdata/schemes/mizuhono/sogo-2024.toml");
    let words = [
        "check",
        &paper.to_string_lossy(),
        "--scheme",
        &scheme.to_string_lossy(),
    ];
    let told = text(&meguri(&words).stderr);
    assert!(
        told.contains("使われなかった設定") && told.contains("evaluation"),
        "{told}"
    );
}

/// A full disk is told and ends with 2; a closed pipe ends well. Neither panics.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told() {
    let sample = crate::golden::root("samples/mizuhono/reform.txt");
    let sample = sample.to_string_lossy();
    for words in [
        &["demo"][..],
        &["--help"],
        &["check", &sample],
        &["read", &sample],
    ] {
        let full = std::fs::File::create("/dev/full").expect("the device");
        let program = env!("CARGO_BIN_EXE_meguri");
        let output = Command::new(program)
            .args(words)
            .stdout(full)
            .output()
            .expect("it starts");
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {told}");
        assert!(
            told.contains("結果を出力できませんでした"),
            "{words:?}: {told}"
        );
    }
}

#[test]
fn the_demo_shows_findings_and_ends_well() {
    let output = meguri(&["demo", "--no-serve"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for words in [
        "市のサービスではありません",
        "5,467,914千円",
        "5,472,114千円",
        "62日間",
        "72日間",
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    assert!(
        !shown.contains('\u{1b}'),
        "no colours where the output is no terminal"
    );
}

#[test]
fn the_planted_mistakes_of_the_invented_city_are_found() {
    let papers = ["evaluation", "midterm", "strategy", "programs", "reform"];
    let papers = papers.map(|name| crate::golden::root(&format!("samples/mizuhono/{name}.txt")));
    let mut words = vec!["check".to_owned()];
    words.extend(papers.map(|path| path.to_string_lossy().into_owned()));
    let output = meguri(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let planted = [
        "V001", "V002", "V003", "V004", "V005", "V007", "V015", "V016", "V017", "V020",
    ];
    for code in planted {
        assert!(shown.contains(code), "{code}\n{shown}");
    }
}

#[test]
fn a_demo_never_writes_over_a_file() {
    let file = folder("demo").join("mine.sqlite");
    std::fs::write(&file, "mine").expect("a file");
    let output = meguri(&["demo", "--no-serve", "--database", &file.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("すでにあります"));
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), "mine");
}

#[test]
fn the_real_documents_are_checked_against_each_other() {
    let Some(shared) = shared() else { return };
    let seeds = [
        "evaluation_r4",
        "midterm_plan",
        "strategy_h30",
        "programs_r4",
        "reform_r2",
    ]
    .map(|name| shared.join("seeds").join(name).with_extension("txt"));
    let mut words = vec!["check", "--json"];
    let paths: Vec<_> = seeds.iter().map(|seed| seed.to_string_lossy()).collect();
    words.extend(paths.iter().map(AsRef::as_ref));
    let output = meguri(&words);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let findings: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = findings.as_array().expect("an array");
    let of = |code: &str, severity: &str| -> Vec<&Value> {
        findings
            .iter()
            .filter(|f| f["code"] == code && f["severity"] == severity)
            .collect()
    };
    let totals = of("V002", "error");
    assert_eq!(totals.len(), 1, "{totals:#?}");
    assert_eq!(totals[0]["printed"], "5,467,914千円");
    assert_eq!(totals[0]["computed"], "5,472,114千円");
    assert_eq!(
        of("V007", "note").len(),
        6,
        "the six targets of R6 that the plan revised"
    );
    let days = of("V016", "error");
    assert_eq!(days.len(), 1);
    assert_eq!(
        (&days[0]["printed"], &days[0]["computed"]),
        (&"62日間".into(), &"72日間".into())
    );
    for key in [
        "code", "severity", "document", "place", "printed", "computed", "steps", "message", "hint",
    ] {
        assert!(
            findings.iter().all(|finding| finding.get(key).is_some()),
            "{key}"
        );
    }
}
