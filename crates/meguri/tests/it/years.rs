//! The year of a paper: part of what makes it that paper.

use crate::golden::root;
use crate::import::{Desk, results};
use serde_json::Value;

/// The paper of the next year: every year in it one later, the rest as it is.
fn next_year(text: &str) -> String {
    let years = [
        ("令和7", "令和8"),
        ("令和6", "令和7"),
        ("令和6", "令和7"),
        ("令和 6", "令和 7"),
        ("令和６", "令和７"),
        ("Ｒ６", "Ｒ７"),
        ("R6", "R7"),
    ];
    years
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// A paper without any year in its head.
fn without_year(text: &str) -> String {
    let years = [
        "令和6年度末",
        "令和 6年度末",
        "令和６年度",
        "令和6年度",
        "令和 6 年度",
        "令和7年3月末",
    ];
    years
        .iter()
        .fold(text.to_owned(), |text, year| text.replace(year, ""))
}

fn year(value: &Value) -> Option<&str> {
    value["documents"][0]["year"].as_str()
}

#[test]
fn next_years_paper_is_a_new_document_and_a_corrected_file_is_not() {
    for name in ["programs.txt", "reform.txt"] {
        let desk = Desk::new(&format!("years-{name}"));
        let file = desk.sample(name, |text| text);
        let first = desk.import(&[], std::slice::from_ref(&file), 0);
        assert_eq!(
            (results(&first), year(&first)),
            (vec!["new"], Some("令和6年度"))
        );
        let file = desk.sample(name, |text| next_year(&text));
        let second = desk.import(&[], std::slice::from_ref(&file), 0);
        assert_eq!(
            (results(&second), year(&second)),
            (vec!["new"], Some("令和7年度")),
            "{name}"
        );
        assert_ne!(
            first["documents"][0]["document"],
            second["documents"][0]["document"]
        );
        // A corrected file of the second year is refused until somebody accepts it.
        let file = desk.sample(name, |text| next_year(&text).replace("見直し", "点検"));
        let corrected = desk.import(&[], std::slice::from_ref(&file), 1);
        assert_eq!(results(&corrected), ["refused"], "{name}");
        assert_eq!(
            corrected["documents"][0]["document"],
            second["documents"][0]["document"]
        );
        let accepted = desk.import(&["--accept"], &[file], 0);
        assert_eq!(results(&accepted), ["changed"], "{name}");
        // The first year's paper is what it was.
        let file = desk.sample(name, |text| text);
        assert_eq!(results(&desk.import(&[], &[file], 0)), ["same"], "{name}");
    }
}

#[test]
fn a_paper_without_a_year_asks_and_takes_the_year_that_a_person_gives() {
    let desk = Desk::new("years-none");
    let file = desk.sample("programs.txt", |text| text);
    desk.import(&[], std::slice::from_ref(&file), 0);
    let changed = |text: String| without_year(&text).replace("公表", "公開");
    let bare = desk.sample("programs.txt", changed);
    let told = desk.told(&["import", &bare], 1);
    for words in ["どちらかに年度の印刷がなく", "「--year 年度」"] {
        assert!(told.contains(words), "{told}");
    }
    let given = desk.import(&["--year", "R7"], std::slice::from_ref(&bare), 0);
    assert_eq!(
        (results(&given), year(&given)),
        (vec!["new"], Some("令和7年度"))
    );
    // Accepted as a correction, it is of the year of the paper that it corrects.
    let bare = desk.sample("programs.txt", |text| {
        without_year(&text).replace("見直し", "点検")
    });
    let accepted = desk.import(&["--accept", "--year", "令和6年度"], &[bare], 0);
    assert_eq!(results(&accepted), ["changed"]);
    let again = desk.sample("programs.txt", |text| text.replace("見直し", "点検"));
    let same = desk.told(&["import", &again], 0);
    assert!(same.contains("年度：令和6年度"), "{same}");
}

#[test]
fn a_year_that_contradicts_the_paper_is_refused() {
    let desk = Desk::new("years-other");
    let file = desk.sample("programs.txt", |text| text);
    let output = desk.run(&["import", "--year", "2030年度", &file]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("文書には「令和6年度」と印刷されています"),
        "{told}"
    );
    let output = desk.run(&["import", "--year", "来年", &file]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("指定できません"), "{told}");
}

#[test]
fn a_paper_of_a_year_without_a_scheme_is_told_with_what_to_do() {
    let later = |text: String| next_year(&text);
    let desk = Desk::new("years-scheme");
    let file = desk.sample("programs.txt", later);
    let told = desk.told(&["import", &file], 0);
    for words in [
        "令和7年度に当てはまる計画の設定がない",
        "令和3～6年度",
        "valid_until",
    ] {
        assert!(told.contains(words), "{told}");
    }
    let output = desk.run(&["check", &file]);
    drop(output);
    let preset = root("crates/meguri-app/presets/programs.toml");
    let scheme = std::fs::read_to_string(preset).expect("a preset");
    let scheme = scheme.replace(
        "valid_until = \"令和6年度\"",
        "valid_until = \"令和10年度\"",
    );
    std::fs::write(desk.folder.join("programs.toml"), scheme).expect("written");
    // The advice helps: the same paper under the longer scheme is kept anew, and nothing is told.
    let again = desk.import(
        &["--scheme", "programs.toml"],
        std::slice::from_ref(&file),
        0,
    );
    assert_eq!(results(&again), ["changed"]);
    assert_eq!(again["documents"][0]["scheme"], Value::Null);
    let again = desk.import(
        &["--scheme", "programs.toml"],
        std::slice::from_ref(&file),
        0,
    );
    assert_eq!(results(&again), ["same"]);
    // Without it, the kept one rules.
    assert_eq!(results(&desk.import(&[], &[file], 0)), ["same"]);
}
