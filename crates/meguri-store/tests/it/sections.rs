//! The city's list of sections in every edition.

use crate::engines::{Home, by};
use crate::invented::year;
use meguri_core::plan::{Section, SectionRegister};

on_both_engines![sections_are_kept_with_their_history];

fn section(key: &str, name: &str, successors: &[&str]) -> Section {
    Section {
        key: key.to_owned(),
        name: name.to_owned(),
        from: None,
        until: (!successors.is_empty()).then(|| year(2024)),
        successors: successors.iter().map(|s| (*s).to_owned()).collect(),
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
    second.sections.push(section("green", "みどり課", &[]));
    assert_eq!(city.save_sections(&second, &by).await.expect("saved"), 2);
    assert_eq!(city.sections().await.expect("sections"), second);
    assert_eq!(city.sections_of(1).await.expect("sections"), first);
    assert_eq!(
        city.sections_of(7).await.expect("sections"),
        SectionRegister::default()
    );
}
