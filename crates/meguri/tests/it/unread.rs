//! What is unread is told by every command that reads a file, and too much of it is a fault.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn meguri(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_meguri"))
        .args(words)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn file(name: &str, content: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unread");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    std::fs::write(&path, content).expect("the file is written");
    path
}

fn sample() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/mizuhono/evaluation.txt");
    std::fs::read_to_string(path).expect("the sample can be read")
}

/// Another city's sheet that has two of our headings, and a table that is not ours.
const OTHER_FORM: &str = "施策評価調書（令和6年度）
施策名 水辺環境の保全 施策の概要(PLAN)
指標 単位 現状 R5 R6 めざす値 進み具合
ア 清掃に参加した人 人 410 433 452 600 75.3%
イ 水質が良好な地点 地点 6 6 7 9 77.8%
施策の方向性(ACTION)
予算事業の内訳(令和6年度決算)
番号 名 担当 決算(千円) 判定 次年度
い 水辺清掃活動 環境室 1,250 イ 拡げる
ろ 水質調査 環境室 3,480 ロ 続ける
計 4,730
";

#[test]
fn another_form_with_some_of_our_heads_is_not_read() {
    let path = file("other-form.txt", OTHER_FORM);
    let path = path.to_string_lossy();
    for words in [
        &["read", "--as", "evaluation", &*path][..],
        &["read", &*path],
        &["check", &*path],
    ] {
        let output = meguri(words);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {told}");
        assert!(told.contains("としては読み取れません"), "{words:?}: {told}");
        assert!(
            told.contains("あったもの：「施策の概要（PLAN）」「施策の方向性（ACTION）」"),
            "{told}"
        );
        assert!(
            told.contains("「事務事業の動向」"),
            "a head that was missed: {told}"
        );
    }
}

#[test]
fn an_unknown_word_is_counted_and_listed_by_every_command() {
    let lost = "鷺沼囀語の欄 12 34 56";
    let sample = sample();
    let at = sample.find("施策の成果").expect("the heading of CHECK");
    let start = sample[..at].rfind('\n').map_or(0, |end| end + 1);
    let path = file(
        "unknown-row.txt",
        &format!("{}{lost}\n\n{}", &sample[..start], &sample[start..]),
    );
    let path = path.to_string_lossy();
    for command in ["read", "check"] {
        let output = meguri(&[command, &path]);
        let told = text(&output.stdout);
        assert!(told.contains("読み取れなかった文字が"), "{command}: {told}");
        assert!(told.contains("「鷺沼囀語"), "{command}: {told}");
    }
    let json: Value =
        serde_json::from_slice(&meguri(&["read", "--json", &path]).stdout).expect("JSON");
    let unread = json["unread"].as_array().expect("a list");
    let piece = unread.iter().find(|piece| {
        piece["text"]
            .as_str()
            .is_some_and(|t| t.contains("鷺沼囀語"))
    });
    let piece = piece.expect("the row is listed");
    assert!(
        piece["line"].as_u64().is_some() && piece["why"].as_str().is_some_and(|w| !w.is_empty())
    );
    assert!(
        piece["where"]
            .as_str()
            .is_some_and(|place| place.starts_with("theme"))
    );
}

#[test]
fn a_paper_that_is_read_whole_says_nothing_of_it() {
    let path = file("whole.txt", &sample());
    let told = text(&meguri(&["check", &path.to_string_lossy()]).stdout);
    assert!(!told.contains("読み取れなかった文字"), "{told}");
}

#[test]
fn what_is_unread_stands_beside_the_findings_as_data() {
    let odd = sample().replacen("施策の成果", "鷺沼囀語の欄 12 34 56\n\n施策の成果", 1);
    let path = file("unread-as-data.txt", &odd);
    let path = path.to_string_lossy();
    let entries = |words: &[&str]| -> Vec<Value> {
        let all: Vec<Value> =
            serde_json::from_slice(&meguri(words).stdout).expect("a list of findings");
        let unread = all.into_iter().filter(|entry| entry["code"] == "unread");
        unread.collect()
    };
    let found = entries(&["check", "--json", &path]);
    let [entry] = found.as_slice() else {
        panic!("one entry for one document: {found:#?}");
    };
    assert_eq!(entry["severity"], "note");
    let message = entry["message"].as_str().expect("a message");
    assert!(message.starts_with("読み取れなかった文字が"), "{message}");
    let pieces = entry["unread"].as_array().expect("the pieces");
    assert!(
        pieces
            .iter()
            .any(|piece| piece["text"] == "鷺沼囀語の欄 12 34 56"),
        "{pieces:#?}"
    );
    assert_eq!(
        entries(&["check", "--json", "--level", "error", &path]).len(),
        0
    );
}
