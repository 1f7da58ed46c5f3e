//! A municipality with something in every table, and with what files and spreadsheets mistake.

use crate::invented::{self, Size, year};
use meguri_core::links::{self, Decision, Kind, Links};
use meguri_core::plan::{BudgetItem, Project, Section, SectionRegister};
use meguri_store::{By, Municipality, Publishing, Saving};

fn by() -> By {
    By::new("政策課 試験", "2026-06-01").expect("a moment")
}

/// Keeps documents of three years, changed, accepted, with sections and projects.
pub(crate) async fn fill(city: &Municipality) {
    for number in 0..3_u16 {
        document(city, number).await;
    }
    let section = |key: &str, name: &str, successors: &[&str]| Section {
        key: key.to_owned(),
        name: name.to_owned(),
        from: None,
        until: (!successors.is_empty()).then(|| year(2024)),
        successors: successors.iter().map(|s| (*s).to_owned()).collect(),
    };
    let sections = vec![section("env", "環境課", &["green"]), section("green", "@みどり課", &[])];
    let kept = city.save_sections(&SectionRegister { sections }, &by()).await;
    kept.expect("sections are kept");
    let project = |code: Option<&str>, name: &str| Project {
        code: code.map(str::to_owned),
        name: name.to_owned(),
        budget_item: BudgetItem::default(),
        costs: Vec::new(),
    };
    let projects = [project(Some("04000123"), "+水路改修"), project(None, "-5")];
    city.save_projects(&projects, &by()).await.expect("projects are kept");
    link(city).await;
    publish(city).await;
}

/// Permanent ids, two of which become one, and a decision about it.
async fn link(city: &Municipality) {
    for groups in [vec![vec!["a"], vec!["b"]], vec![vec!["a", "b"]]] {
        let group = |keys: &Vec<&str>| links::Group {
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            names: Vec::new(),
            places: Vec::new(),
        };
        let links = Links { projects: groups.iter().map(group).collect(), ..Links::default() };
        city.identify(&links, &by()).await.expect("ids are kept");
    }
    let (one, other) = ("a".to_owned(), "b".to_owned());
    let decision = Decision { kind: Kind::Project, one, other, same: true };
    city.decide(&decision, "-所管課に確認", &by()).await.expect("it is kept");
}

/// A document from a corrected file, published with a finding, published again and withdrawn.
async fn publish(city: &Municipality) {
    let mut document = invented::document(year(2026), Size::SMALL, 1);
    let findings = invented::findings(&document);
    let scheme = invented::scheme();
    let mut known = None;
    for _ in 0..2 {
        let source = invented::source(&document);
        let saving = Saving {
            document: &document,
            source: &source,
            scheme: Some(&scheme),
            findings: &findings,
        };
        let saved = city.save_reading(known, &saving, &by()).await.expect("it is saved");
        let found = city.findings(saved.document).await.expect("findings");
        let publishing = Publishing {
            document: saved.document,
            note: "=正誤".to_owned(),
            findings: vec![(found[0].key.fingerprint.clone(), "端数処理".to_owned())],
        };
        city.publish(&publishing, &by()).await.expect("it is published");
        known = Some(saved.document);
        document.sheets[0].judgements[0].value.value = "D".to_owned();
        document.lines.push("正誤表を反映".to_owned());
    }
    let withdrawn = city.withdraw(known.expect("a document"), Some(1), "誤り", &by()).await;
    withdrawn.expect("it is withdrawn");
}

/// Keeps the document of one year, with a change of a person and an accepted finding.
pub(crate) async fn document(city: &Municipality, number: u16) {
    let mut document = invented::document(year(2022 + number), Size::SMALL, 1);
    document.sheets[0].label.push_str("\r\n=1+1,\"引用\"");
    document.name.insert(0, '\'');
    let saving = Saving {
        document: &document,
        source: &invented::source(&document),
        scheme: Some(&invented::scheme()),
        findings: &invented::findings(&document),
    };
    let saved = city.save_document(&saving, &by()).await.expect("it is saved");
    let mut sheet = document.sheets[1].clone();
    sheet.label = String::new();
    sheet.texts[0].field = "=cmd|' /C calc'!A0".to_owned();
    city.edit_sheet(saved.sheets[1], 1, &sheet, &by()).await.expect("it is saved");
    let found = city.findings(saved.document).await.expect("findings");
    let accepted = city.accept_finding(&found[0].key, true, "－", &by()).await;
    assert!(accepted.expect("it is accepted"));
}
