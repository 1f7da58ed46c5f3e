//! Facts for links, permanent ids, decisions of persons, corrected files.

use crate::documents::save;
use crate::engines::{Home, by};
use crate::invented::{self, Size, year};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::{self, Decision, Facts, Kind, Links};
use meguri_store::{Error, Municipality, Outcome, Saving};
use std::collections::BTreeSet;

on_both_engines![
    facts_of_the_database_are_those_of_the_papers,
    ids_stay_and_lead_on_where_two_become_one,
    decisions_are_kept_in_order_and_for_ever,
    a_corrected_file_is_a_new_reading_of_the_same_paper,
    a_year_that_is_read_later_keeps_the_sheets,
];

async fn facts_of_the_database_are_those_of_the_papers(home: Home) {
    let (_, city) = home.city().await;
    let documents = [2023, 2024].map(|of| invented::document(year(of), Size::SMALL, 1));
    for document in &documents {
        save(&city, document).await;
    }
    let group = |plan: &str| format!("{plan} and its evaluation");
    let mut facts = city.facts(group).await.expect("facts");
    assert!(facts.documents.iter().all(|document| document.id > 0));
    for (place, document) in (0..).zip(&mut facts.documents) {
        document.id = place;
    }
    for (place, sheet) in (0..).zip(&mut facts.sheets) {
        sheet.id = place;
    }
    assert_eq!(facts, Facts::of_documents(&documents, group));
    // What a person changed is in force.
    let id = city.facts(group).await.expect("facts").sheets[0].id;
    let mut sheet = city.sheet(id).await.expect("read").expect("there").sheet;
    sheet.listings[0].name.as_mut().expect("a name").value = "みどりの日".to_owned();
    sheet.indicators.pop();
    city.edit_sheet(id, 1, &sheet, &by("2026-06-01"))
        .await
        .expect("saved");
    let now = city.facts(group).await.expect("facts");
    assert_eq!(now.listings[0].name.as_deref(), Some("みどりの日"));
    assert_eq!(now.indicators.len(), facts.indicators.len() - 1);
}

fn grouped(groups: &[&[&str]]) -> Links {
    let group = |keys: &&[&str]| links::Group {
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        names: Vec::new(),
        places: Vec::new(),
    };
    Links {
        projects: groups.iter().map(group).collect(),
        ..Links::default()
    }
}

async fn ids(city: &Municipality, groups: &[&[&str]]) -> Vec<i64> {
    let found = city
        .identify(&grouped(groups), &by("2026-04-01"))
        .await
        .expect("ids");
    assert_eq!(
        found.identities,
        city.identities().await.expect("ids"),
        "as they are kept"
    );
    let first = groups
        .iter()
        .map(|keys| found.identities.id(Kind::Project, keys[0]));
    first.map(|id| id.expect("an id")).collect()
}

async fn ids_stay_and_lead_on_where_two_become_one(home: Home) {
    let (_, city) = home.city().await;
    let first = ids(&city, &[&["a"], &["b"], &["c"]]).await;
    let lines = city.audit(0, 100).await.expect("the audit").len();
    assert_eq!(
        ids(&city, &[&["c"], &["a"], &["b"]]).await,
        [first[2], first[0], first[1]]
    );
    assert_eq!(
        city.audit(0, 100).await.expect("the audit").len(),
        lines,
        "nothing was written"
    );
    let joined = ids(&city, &[&["b", "c", "d"], &["a"]]).await;
    assert_eq!(joined, [first[1], first[0]]);
    let joined = ids(&city, &[&["a", "b", "c", "d"]]).await;
    assert_eq!(joined, [first[0]]);
    let identities = city.identities().await.expect("ids");
    assert_eq!(
        identities.current(first[2]),
        first[0],
        "through both joints"
    );
    assert_eq!(identities.current(first[0]), first[0]);
    let parted = ids(&city, &[&["a"], &["b", "c", "d"]]).await;
    assert_eq!(parted[1], first[0], "most of the keys keep the id");
    assert!(!first.contains(&parted[0]), "the other part gets a new one");
}

async fn decisions_are_kept_in_order_and_for_ever(home: Home) {
    let (_, city) = home.city().await;
    let by = by("2026-04-01");
    let decision = |same| Decision {
        kind: Kind::Project,
        one: "name みどり".to_owned(),
        other: "code 一般 010 みどり".to_owned(),
        same,
    };
    assert_eq!(
        city.decide(&decision(true), "所管課に確認", &by)
            .await
            .expect("kept"),
        1
    );
    assert_eq!(
        city.decide(&decision(false), "", &by).await.expect("kept"),
        2
    );
    let itself = Decision {
        other: "name みどり".to_owned(),
        ..decision(true)
    };
    let refused = city.decide(&itself, "", &by).await.expect_err("nonsense");
    assert!(matches!(refused, Error::Invalid(_)), "{refused}");
    let kept = city.decisions().await.expect("decisions");
    let kept: Vec<_> = kept
        .into_iter()
        .map(|k| (k.number, k.decision, k.reason))
        .collect();
    let expected = [
        (1, decision(true), "所管課に確認".to_owned()),
        (2, decision(false), String::new()),
    ];
    assert_eq!(kept, expected);
    let mut raw = home.raw().await;
    for script in ["UPDATE decision SET same = 0", "DELETE FROM decision"] {
        raw.run(script).await.expect_err("decisions stay");
    }
    assert!(
        city.audit_verify()
            .await
            .expect("the audit")
            .broken
            .is_none()
    );
}

const fn no_year(_: &[String]) -> Option<FiscalYear> {
    None
}

/// A database of an earlier version: sheets without the year that the paper prints.
async fn a_year_that_is_read_later_keeps_the_sheets(home: Home) {
    let (_, city) = home.city().await;
    let dated = invented::document(year(2024), Size::SMALL, 1);
    let mut undated = dated.clone();
    for sheet in &mut undated.sheets {
        sheet.year = None;
    }
    let saved = save(&city, &undated).await;
    let next = invented::document(year(2025), Size::SMALL, 1);
    let told = |year: Option<FiscalYear>| move |_: &[String]| year;
    // The kept lines tell the year: next year's paper is another one, a corrected file is not.
    let known = told(Some(year(2024)));
    let found = city.differences(&next, "another", &known).await;
    assert_eq!(found.expect("compared"), None);
    let found = city.differences(&dated, "another", &known).await;
    let found = found.expect("compared").expect("the same paper");
    let years: Vec<_> = found
        .values
        .iter()
        .map(|v| (v.field.as_str(), v.before.as_deref(), v.after.as_deref()))
        .collect();
    assert_eq!(years, [("year", None, Some("令和6年度"))]);
    assert_eq!((found.year, found.year_unknown), (Some(year(2024)), false));
    // Where nothing tells it, it may be either.
    let found = city.differences(&next, "another", &no_year).await;
    let found = found.expect("compared").expect("it may be the same paper");
    assert_eq!((found.year, found.year_unknown), (None, true));
    // Read anew, the sheets keep their ids and get their year.
    let again = save(&city, &dated).await;
    assert_eq!(
        (again.document, &again.sheets),
        (saved.document, &saved.sheets)
    );
    let other = save(&city, &next).await;
    assert_ne!(other.document, saved.document);
    let all: BTreeSet<i64> = saved.sheets.iter().chain(&other.sheets).copied().collect();
    assert_eq!(all.len(), saved.sheets.len() + other.sheets.len());
}

async fn a_corrected_file_is_a_new_reading_of_the_same_paper(home: Home) {
    let (_, city) = home.city().await;
    let first = invented::document(year(2024), Size::SMALL, 1);
    let saved = save(&city, &first).await;
    let mut second = first.clone();
    second.sheets[0].judgements[0].value.value = "D".to_owned();
    second.lines.push("正誤表を反映".to_owned());
    let other_year = invented::document(year(2025), Size::SMALL, 1);
    let source = invented::source(&second);
    let hash = invented::source(&other_year).hash();
    let found = city.differences(&other_year, &hash, &no_year).await;
    assert_eq!(found.expect("compared"), None);
    let found = city.differences(&second, &source.hash(), &no_year).await;
    let found = found.expect("compared").expect("the same paper");
    assert_eq!((found.document, found.other_file), (saved.document, true));
    let told: Vec<_> = found
        .values
        .iter()
        .map(|v| (v.part.as_str(), v.after.as_deref()))
        .collect();
    assert_eq!(told, [("judgement", Some("D"))]);

    let scheme = invented::scheme();
    let saving = Saving {
        document: &second,
        source: &source,
        scheme: Some(&scheme),
        findings: &[],
    };
    let by = by("2026-05-01");
    let again = city
        .save_reading(Some(saved.document), &saving, &by)
        .await
        .expect("kept");
    assert_eq!((again.document, again.version), (saved.document, 2));
    assert_eq!(
        (again.outcome, &again.sheets),
        (Outcome::Reread, &saved.sheets)
    );
    let kept = city.document(saved.document).await;
    let kept = kept.expect("read").expect("there");
    assert_eq!((&kept.document, &kept.source), (&second, &source.hash()));
    let sheet = city
        .sheet(saved.sheets[0])
        .await
        .expect("read")
        .expect("there");
    let files: Vec<_> = sheet
        .editions
        .iter()
        .filter_map(|e| Some(&e.document.as_ref()?.2))
        .collect();
    assert_eq!(files, [&invented::source(&first).hash(), &source.hash()]);
    let same = city.save_document(&saving, &by).await.expect("kept");
    assert_eq!(
        (same.document, same.outcome),
        (saved.document, Outcome::Same)
    );
    // The first file again is known, and says otherwise than what is in force.
    let found = city
        .differences(&first, &invented::source(&first).hash(), &no_year)
        .await;
    let found = found.expect("compared").expect("known");
    assert_eq!((found.document, found.values.len()), (saved.document, 1));
    let nowhere = city
        .save_reading(Some(9_999), &saving, &by)
        .await
        .expect_err("no document");
    assert!(matches!(nowhere, Error::Invalid(_)), "{nowhere}");
}
