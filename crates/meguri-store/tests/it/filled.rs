//! A municipality with something in every table, and with what files and spreadsheets mistake.

use crate::invented::{self, Size, year};
use crate::worked;
use meguri_core::access::{Grant, Role, Validity};
use meguri_core::calendar::Day;
use meguri_core::links::{Decision, Group, Kind, Links};
use meguri_core::plan::{BudgetItem, Project, Section, SectionRegister};
use meguri_store::{Account, By, Municipality, Publishing, Saving, Secret};

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
        department: None,
    };
    let sections = vec![
        section("env", "環境課", &["green"]),
        Section {
            department: Some("=市民部".to_owned()),
            ..section("green", "@みどり課", &[])
        },
    ];
    let kept = city
        .save_sections(&SectionRegister { sections }, &by())
        .await;
    kept.expect("sections are kept");
    let project = |code: Option<&str>, name: &str| Project {
        code: code.map(str::to_owned),
        name: name.to_owned(),
        budget_item: BudgetItem::default(),
        costs: Vec::new(),
    };
    let projects = [project(Some("04000123"), "+水路改修"), project(None, "-5")];
    city.save_projects(&projects, &by())
        .await
        .expect("projects are kept");
    corrected(city).await;
    linked(city).await;
    published(city).await;
    staffed(city).await;
    worked::fill(city).await;
}

/// Somebody who may sign in, with two roles, of whom one was added later.
async fn staffed(city: &Municipality) {
    let mut account = Account {
        name: "yamada".to_owned(),
        label: "=山田 太郎".to_owned(),
        mail: Some("yamada@example.lg.jp".to_owned()),
        enabled: true,
        grants: vec![Grant::new(Role::Entry).in_section("env")],
    };
    let secret = Secret {
        password: "$argon2id$secret".to_owned(),
        ..Secret::default()
    };
    let first = city.save_account(&account, 0, Some(&secret), &by()).await;
    let first = first.expect("registered");
    let until = Day::parse("2027-03-31");
    let valid = Validity { from: None, until };
    let other = Grant::new(Role::SectionHead).in_section("green");
    account.grants.push(other.valid(valid));
    let second = city.save_account(&account, first, None, &by()).await;
    assert_eq!(second.expect("changed"), 2);
}

/// The paper of the first year once more, from a corrected file.
async fn corrected(city: &Municipality) {
    let id = city.documents().await.expect("a list")[0].id;
    let mut document = city
        .document(id)
        .await
        .expect("read")
        .expect("there")
        .document;
    document.sheets[0].judgements[0].value.value = "D".to_owned();
    document.lines.push("正誤表を反映".to_owned());
    let source = invented::source(&document);
    let saving = Saving {
        document: &document,
        source: &source,
        scheme: None,
        findings: &[],
    };
    city.save_reading(Some(id), &saving, &by())
        .await
        .expect("it is read anew");
}

/// Two projects with ids of their own that became one, and a decision about them.
async fn linked(city: &Municipality) {
    for groups in [
        vec![vec!["code 01"], vec!["name =1"]],
        vec![vec!["code 01", "name =1"]],
    ] {
        let group = |keys: &Vec<&str>| Group {
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            names: Vec::new(),
            places: Vec::new(),
        };
        let links = Links {
            projects: groups.iter().map(group).collect(),
            ..Links::default()
        };
        city.identify(&links, &by()).await.expect("ids");
    }
    let decision = Decision {
        kind: Kind::Project,
        one: "code 01".to_owned(),
        other: "name =1".to_owned(),
        same: true,
    };
    city.decide(&decision, "所管課に確認", &by())
        .await
        .expect("it is kept");
}

/// A publication with a finding, and one that was withdrawn.
async fn published(city: &Municipality) {
    let listed = city.documents().await.expect("a list");
    for row in &listed[1..] {
        let found = city.findings(row.id).await.expect("findings");
        let findings = vec![(
            found[0].key.fingerprint.clone(),
            "端数処理による".to_owned(),
        )];
        let publishing = Publishing {
            document: row.id,
            note: String::new(),
            findings,
        };
        city.publish(&publishing, &by())
            .await
            .expect("it is public");
    }
    city.withdraw(listed[1].id, None, "掲載の誤り", &by())
        .await
        .expect("it is withdrawn");
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
    let saved = city
        .save_document(&saving, &by())
        .await
        .expect("it is saved");
    let mut sheet = document.sheets[1].clone();
    sheet.label = String::new();
    sheet.texts[0].field = "=cmd|' /C calc'!A0".to_owned();
    city.edit_sheet(saved.sheets[1], 1, &sheet, &by())
        .await
        .expect("it is saved");
    let found = city.findings(saved.document).await.expect("findings");
    let accepted = city.accept_finding(&found[0].key, true, "－", &by()).await;
    assert!(accepted.expect("it is accepted"));
}
