//! How `meguri check` shows what it found: totals, order, groups, and what is asked for.

use crate::golden::root;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const PAPERS: [&str; 5] = ["evaluation", "midterm", "strategy", "programs", "reform"];

/// Checks papers below the project with more options.
fn check(papers: &[String], options: &[&str]) -> Output {
    let papers = papers.iter().map(|paper| root(paper));
    Command::new(env!("CARGO_BIN_EXE_meguri"))
        .arg("check")
        .args(papers)
        .args(options)
        .output()
        .expect("the program starts")
}

fn samples() -> Vec<String> {
    PAPERS
        .map(|name| format!("samples/mizuhono/{name}.txt"))
        .to_vec()
}

fn shown(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[test]
fn totals_come_first_and_errors_before_all_else() {
    let output = check(&samples(), &[]);
    let shown = shown(&output);
    let first = shown.lines().next().unwrap_or_default();
    assert!(first.starts_with("点検結果 文書5件：誤り"), "{first}");
    assert_eq!(
        shown.lines().last(),
        Some(first),
        "the totals close the report too"
    );
    let heads: Vec<&str> = shown
        .lines()
        .filter(|line| line.starts_with('V') && line.contains(' '))
        .filter_map(|line| line.split(' ').nth(1))
        .collect();
    let weight = |label: &&str| ["誤り", "注意", "参考"].iter().position(|l| l == label);
    assert!(heads.len() > 10, "{shown}");
    assert!(heads.is_sorted_by_key(weight), "{heads:?}");
    assert!(
        heads.iter().all(|label| weight(label).is_some()),
        "{heads:?}"
    );
}

/// A paper with four items whose column 実施内容 the text lost.
fn torn_paper() -> String {
    let mut text =
        std::fs::read_to_string(root("testdata/rules/V019/reform.txt")).expect("it reads");
    for number in 7..10 {
        let item = format!(
            "\t{number}\t窓口の見直し{number}\t総務課\tA\t・窓口を見直す。\t・窓口を見直した。\t\n"
        );
        text.push_str(&item);
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("checking");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("torn.txt");
    std::fs::write(&file, text).expect("the file is written");
    file.to_string_lossy().into_owned()
}

#[test]
fn equal_findings_stand_together_with_their_places() {
    let papers = [torn_paper()];
    let all = check(&papers, &["--json"]);
    let all: Value = serde_json::from_slice(&all.stdout).expect("JSON");
    let all = all.as_array().expect("an array");
    let lost: Vec<&Value> = all.iter().filter(|f| f["code"] == "V019").collect();
    assert!(lost.len() >= 3, "{all:#?}");
    let shown = shown(&check(&papers, &[]));
    // Every finding is a head of its own or a line of a group, with its place and message.
    let heads = shown.lines().filter(|line| line.starts_with('V')).count();
    let lines: Vec<&str> = shown
        .lines()
        .filter(|line| line.starts_with("  ・"))
        .collect();
    let groups = shown.lines().filter(|line| line.ends_with("件：")).count();
    assert!(groups > 0, "{shown}");
    assert_eq!(heads - groups + lines.len(), all.len(), "{shown}");
    assert_eq!(shown.matches("V019 注意").count(), 1, "{shown}");
    for finding in lost {
        let line = format!("{}行目", finding["place"]["line"]);
        let message = finding["message"].as_str().unwrap_or_default();
        let told = lines.iter().any(|text| text.contains(&line)) && shown.contains(message);
        assert!(told, "{finding:#?}\n{shown}");
    }
}

#[test]
fn a_level_hides_what_is_lighter_and_says_how_much() {
    let all = check(&samples(), &[]);
    let errors = check(&samples(), &["--level", "error"]);
    assert_eq!(errors.status.code(), all.status.code());
    let (all, errors) = (shown(&all), shown(&errors));
    assert_eq!(all.lines().next(), errors.lines().next());
    assert!(
        !errors.contains("V020") && errors.contains("V001 誤り"),
        "{errors}"
    );
    assert!(errors.contains("「誤り」より軽い指摘"), "{errors}");
    let json = check(&samples(), &["--level", "error", "--json"]);
    let json: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let json = json.as_array().expect("an array");
    assert!(!json.is_empty() && json.iter().all(|f| f["severity"] == "error"));
}

#[test]
fn a_summary_counts_by_paper_and_rule() {
    let output = check(&samples(), &["--summary"]);
    assert_eq!(output.status.code(), Some(1));
    let shown = shown(&output);
    assert!(
        shown.contains("  V001 誤り 1件 達成率が目標・実績と合わない"),
        "{shown}"
    );
    assert!(
        !shown.contains("場所：") && !shown.contains("対応："),
        "{shown}"
    );
    for name in PAPERS {
        assert!(shown.contains(&format!("■ {name}.txt（")), "{shown}");
    }
    let both = check(&samples(), &["--summary", "--json"]);
    assert_eq!(both.status.code(), Some(2));
}

#[test]
fn a_finding_within_rounding_asks_for_nothing() {
    let folder = root("testdata/rules/V022");
    let papers = ["evaluation-r5.txt", "evaluation-r6.txt"];
    let papers = papers.map(|name| folder.join(name).to_string_lossy().into_owned());
    let output = check(&papers, &["--json"]);
    let findings: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let findings = findings.as_array().expect("an array");
    let rounding = findings
        .iter()
        .find(|f| f["code"] == "V022" && f["severity"] == "note")
        .expect("the note");
    assert_eq!(rounding["hint"], "");
    assert!(!shown(&check(&papers, &[])).contains("対応：\n"));
}
