//! The city's list of sections in every edition.

use crate::engines::{Home, Raw, by};
use crate::invented::year;
use meguri_core::plan::{Section, SectionRegister};

on_both_engines![
    sections_are_kept_with_their_history,
    a_department_that_was_changed_or_added_beside_the_log_is_found,
];

fn section(key: &str, name: &str, successors: &[&str]) -> Section {
    Section {
        key: key.to_owned(),
        name: name.to_owned(),
        from: None,
        until: (!successors.is_empty()).then(|| year(2024)),
        successors: successors.iter().map(|s| (*s).to_owned()).collect(),
        department: None,
    }
}

async fn sections_are_kept_with_their_history(home: Home) {
    let (_, city) = home.city().await;
    assert_eq!(
        city.sections().await.expect("sections"),
        SectionRegister::default()
    );
    let first = SectionRegister {
        sections: vec![
            section("env", "環境課", &[]),
            section("water", "水道課", &[]),
        ],
    };
    let by = by("2026-04-01");
    assert_eq!(city.save_sections(&first, &by).await.expect("saved"), 1);
    assert_eq!(city.save_sections(&first, &by).await.expect("saved"), 1);
    let mut second = first.clone();
    second.sections[0] = section("env", "環境課", &["green", "waste"]);
    second.sections.push(Section {
        department: Some("市民部".to_owned()),
        ..section("green", "みどり課", &[])
    });
    assert_eq!(city.save_sections(&second, &by).await.expect("saved"), 2);
    assert_eq!(city.sections().await.expect("sections"), second);
    assert_eq!(city.sections_of(1).await.expect("sections"), first);
    assert_eq!(
        city.sections_of(7).await.expect("sections"),
        SectionRegister::default()
    );
}

async fn a_department_that_was_changed_or_added_beside_the_log_is_found(home: Home) {
    let (_, city) = home.city().await;
    let register = SectionRegister {
        sections: vec![
            Section {
                department: Some("市民部".to_owned()),
                ..section("env", "環境課", &[])
            },
            section("water", "水道課", &[]),
        ],
    };
    let saved = city.save_sections(&register, &by("2026-04-01")).await;
    saved.expect("saved");
    let holds = async || {
        city.audit_verify()
            .await
            .expect("a report")
            .broken
            .is_none()
    };
    assert!(holds().await);
    let mut raw = home.raw().await;
    let added = "INSERT INTO section_department (municipality, edition, place, department) \
                 VALUES ('131016', 1, 1, '建設部')";
    if matches!(raw, Raw::Postgres(_)) {
        let name = "SELECT set_config('meguri.municipality', '131016', false)";
        raw.run(name).await.expect("the municipality is named");
    }
    raw.run(added).await.expect("a row beside the log");
    assert!(!holds().await, "a department that no line tells of");
}
