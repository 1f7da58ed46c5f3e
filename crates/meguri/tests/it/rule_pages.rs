//! The pages of the manual grow out of the rules and what they found in the real documents.

use crate::golden::{assert_file, root, shared};
use meguri_app::actions::check_documents::check_documents;
use meguri_app::actions::read_document::read_document;
use meguri_core::verify::{RULES, Rule};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What one rule found in the five real documents, judged by reading each place.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Precision {
    /// All findings.
    findings: usize,
    /// Those that are true.
    right: usize,
    /// What the others are, and what is worth knowing; Japanese.
    #[serde(default)]
    note: String,
}

fn judged() -> BTreeMap<String, Precision> {
    let text = std::fs::read_to_string(root("testdata/rules/precision.toml")).expect("the table");
    toml::from_str(&text).expect("the table of precision reads")
}

#[test]
fn every_rule_has_its_page() {
    let judged = judged();
    for rule in RULES {
        let precision = judged
            .get(rule.code)
            .unwrap_or_else(|| panic!("{}: not judged", rule.code));
        let path = root(&format!("docs/rules/{}.md", rule.code));
        assert_file(&path, &page(rule, precision));
    }
    assert_file(&root("docs/rules/README.md"), &index());
    let known: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert!(
        judged.keys().all(|code| known.contains(&code.as_str())),
        "a rule that is not there"
    );
}

#[test]
fn codes_are_in_order_and_given_once() {
    assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
}

#[test]
fn the_numbers_of_findings_are_those_that_were_judged() {
    let Some(shared) = shared() else { return };
    let mut seeds: Vec<_> = std::fs::read_dir(shared.join("seeds"))
        .expect("the seeds")
        .map(|entry| entry.expect("a seed").path())
        .collect();
    seeds.sort();
    assert_eq!(seeds.len(), 5);
    let read = seeds
        .iter()
        .map(|seed| read_document(seed, None).expect("it reads"))
        .collect();
    let checked = check_documents(read, Vec::new());
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &checked.findings {
        *found.entry(finding.code).or_default() += 1;
    }
    let judged = judged();
    let judged: BTreeMap<&str, usize> = judged
        .iter()
        .filter(|(_, precision)| precision.findings > 0)
        .map(|(code, precision)| (code.as_str(), precision.findings))
        .collect();
    assert_eq!(
        found, judged,
        "judge the findings anew in testdata/rules/precision.toml"
    );
}

fn page(rule: &Rule, precision: &Precision) -> String {
    let mut page = format!("# {} {}\n", rule.code, rule.title);
    let parts = [
        ("何を見るか", rule.looks_at),
        ("なぜ", rule.why),
        ("例", rule.example),
        ("直し方", rule.remedy),
        ("根拠", rule.basis),
    ];
    for (head, text) in parts {
        let _ = write!(page, "\n## {head}\n\n{text}\n");
    }
    let _ = write!(page, "\n## 精度\n\n{}\n", precision_text(precision));
    page
}

fn precision_text(precision: &Precision) -> String {
    let Precision {
        findings,
        right,
        note,
    } = precision;
    let counted = if *findings == 0 {
        "実在する市の五つの文書では、該当する箇所はありませんでした。".to_owned()
    } else {
        format!(
            "実在する市の五つの文書での指摘{findings}件を一件ずつ原文と照らした結果、正しい指摘は{right}件でした。"
        )
    };
    format!("{counted}{note}")
}

fn index() -> String {
    let mut index = "# 点検の規則\n\n`meguri check`が見る規則の一覧です。この一覧と各ページは、規則の定義から作られます。\n\n| 規則 | 見つけるもの |\n|---|---|\n".to_owned();
    for Rule { code, title, .. } in RULES {
        let _ = writeln!(index, "| [{code}]({code}.md) | {title} |");
    }
    index
}
