//! The manual of schemes and cases: its examples work, and nothing is left out.

use crate::golden::root;
use meguri_app::calc_file::{Verdict, run_text};
use meguri_app::scheme_file::parse;
use meguri_core::calc::NoValue;
use std::path::Path;

fn page(name: &str) -> String {
    std::fs::read_to_string(root("docs").join(name)).expect("a page of the manual")
}

/// The first block of TOML on a page.
fn first_block(page: &str) -> &str {
    let after = page.split_once("```toml\n").expect("an example").1;
    after.split_once("```").expect("the end of the example").0
}

#[test]
fn the_example_of_a_scheme_is_one() {
    let scheme = parse(first_block(&page("scheme.md"))).expect("a scheme");
    assert!(scheme.class("grade_class").is_some());
}

#[test]
fn the_example_of_cases_agrees() {
    let results = run_text(first_block(&page("calc.md")), Path::new(".")).expect("results");
    assert!(results.results.len() >= 8);
    for result in &results.results {
        assert_eq!(result.verdict(), Verdict::Agrees, "{}", result.label);
    }
}

#[test]
fn every_reason_stands_in_the_manual() {
    let page = page("calc.md");
    for reason in NoValue::all() {
        let row = format!("| {} | `{}` |", reason.label(), reason.key());
        assert!(page.contains(&row), "{row}");
    }
}

#[test]
fn every_fault_of_a_scheme_stands_in_the_manual() {
    let page = page("scheme.md");
    let mut found = 0;
    for file in [
        "compare.rs",
        "check.rs",
        "check/names.rs",
        "check/counting.rs",
    ] {
        let path = root("crates/meguri-core/src/scheme").join(file);
        let source = std::fs::read_to_string(path).expect("the source");
        let words = source.split('"').filter(|word| {
            let digits = word.strip_prefix('S').unwrap_or_default();
            digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit())
        });
        for code in words {
            found += 1;
            assert!(page.contains(&format!("| {code} |")), "{code}");
        }
    }
    assert!(found > 30, "{found}");
}

#[test]
fn every_setting_of_the_server_stands_in_the_manual() {
    let manual = page("serve.md");
    for setting in meguri_app::config::SETTINGS {
        let row = format!("| `{}` | `{}` |", setting.key, setting.variable);
        assert!(manual.contains(&row), "{row}");
    }
    assert!(manual.contains(&format!("`{}`", meguri_app::config::ACTOR)));
    let none = |_: &str| None;
    let config = meguri_app::config::parse(first_block(&manual), Path::new("."), &none);
    let house = config.expect("the example of the manual").internal_address;
    assert_eq!(house.map(|address| address.port()), Some(8081));
}
