//! Documents go in and come back as they were.

use crate::engines::{Home, by};
use crate::invented::{self, Size, year};
use meguri_core::evaluation::Document;
use meguri_store::{Municipality, Outcome, Saved, Saving};

on_both_engines![
    a_document_comes_back_as_it_was_read,
    the_same_file_again_changes_nothing,
    another_reading_of_a_file_is_a_new_version,
    a_node_is_the_same_over_the_years,
    characters_that_one_engine_cannot_keep_are_replaced_on_both,
    schemes_keep_every_edition,
    projects_keep_their_versions,
];

pub(crate) async fn save(city: &Municipality, document: &Document) -> Saved {
    let saving = Saving {
        document,
        source: &invented::source(document),
        scheme: Some(&invented::scheme()),
        findings: &invented::findings(document),
    };
    let saved = city.save_document(&saving, &by("2026-05-01")).await;
    saved.expect("the document is saved")
}

async fn a_document_comes_back_as_it_was_read(home: Home) {
    let (_, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let saved = save(&city, &document).await;
    assert_eq!(saved.outcome, Outcome::New);
    let kept = city.document(saved.document).await.expect("it is read");
    let kept = kept.expect("it is there");
    assert_eq!(kept.document, document);
    assert_eq!(kept.sheets, saved.sheets);
    assert_eq!(
        kept.scheme.map(|(_, version, _)| version).as_deref(),
        Some("2022")
    );
    let source = city.source(&kept.source).await.expect("it is read");
    assert_eq!(source, Some(invented::source(&document)));
    let listed = city.documents().await.expect("a list");
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].by, by("2026-05-01"));
    let empty = Document::default();
    let saved = save(&city, &empty).await;
    let kept = city.document(saved.document).await.expect("it is read");
    assert_eq!(kept.map(|kept| kept.document), Some(empty));
    assert_eq!(city.document(99_999).await.expect("it is read"), None);
}

async fn the_same_file_again_changes_nothing(home: Home) {
    let (_, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let first = save(&city, &document).await;
    let lines = city.audit(0, 100).await.expect("the audit");
    let again = save(&city, &document).await;
    assert_eq!(again.outcome, Outcome::Same);
    assert_eq!((again.document, again.version), (first.document, 1));
    assert_eq!(again.sheets, first.sheets);
    assert_eq!(city.audit(0, 100).await.expect("the audit"), lines);
}

async fn another_reading_of_a_file_is_a_new_version(home: Home) {
    let (_, city) = home.city().await;
    let mut document = invented::document(year(2024), Size::SMALL, 1);
    let first = save(&city, &document).await;
    document.sheets[1].judgements[0].value.value = "D".to_owned();
    let saving = Saving {
        document: &document,
        source: &invented::source(&invented::document(year(2024), Size::SMALL, 1)),
        scheme: None,
        findings: &[],
    };
    let second = city
        .save_document(&saving, &by("2026-05-02"))
        .await
        .expect("it is saved");
    assert_eq!((second.outcome, second.version), (Outcome::Reread, 2));
    assert_eq!(
        (second.document, &second.sheets),
        (first.document, &first.sheets)
    );
    let kept = city
        .document(first.document)
        .await
        .expect("it is read")
        .expect("it is there");
    assert_eq!(kept.document, document);
    let changed = city
        .sheet(first.sheets[1])
        .await
        .expect("it is read")
        .expect("it is there");
    assert_eq!(changed.editions.len(), 2, "its own version is new");
    assert_eq!(changed.sheet, document.sheets[1]);
    let same = city
        .sheet(first.sheets[2])
        .await
        .expect("it is read")
        .expect("it is there");
    assert_eq!(same.editions.len(), 1, "what was read alike stays as it is");
    assert!(
        city.findings(first.document)
            .await
            .expect("findings")
            .is_empty()
    );
}

async fn a_node_is_the_same_over_the_years(home: Home) {
    let (_, city) = home.city().await;
    let first = save(&city, &invented::document(year(2024), Size::SMALL, 1)).await;
    let second = save(&city, &invented::document(year(2025), Size::SMALL, 2)).await;
    assert_ne!(first.sheets[0], second.sheets[0], "a sheet is of one year");
    let path = async |sheet| {
        let kept = city
            .sheet(sheet)
            .await
            .expect("it is read")
            .expect("it is there");
        kept.path
    };
    let before = path(first.sheets[0]).await;
    assert_eq!(before, path(second.sheets[0]).await);
    let levels: Vec<&str> = before.iter().map(|node| node.level.as_str()).collect();
    assert_eq!(levels, ["goal", "theme"]);
    assert_ne!(before, path(first.sheets[1]).await);
}

async fn characters_that_one_engine_cannot_keep_are_replaced_on_both(home: Home) {
    let (_, city) = home.city().await;
    let mut document = invented::document(year(2024), Size::SMALL, 1);
    document.sheets[0].label = "テー\0マ".to_owned();
    document.lines[0] = "a\0b".to_owned();
    let saved = save(&city, &document).await;
    let kept = city
        .document(saved.document)
        .await
        .expect("it is read")
        .expect("it is there");
    assert_eq!(kept.document.sheets[0].label, "テー\u{fffd}マ");
    assert_eq!(kept.document.lines, document.lines);
    assert_eq!(save(&city, &document).await.outcome, Outcome::Same);
}

async fn schemes_keep_every_edition(home: Home) {
    let (_, city) = home.city().await;
    let mut scheme = invented::scheme();
    let by = by("2026-04-02");
    assert_eq!(
        city.save_scheme(&scheme, &by).await.expect("it is saved"),
        1
    );
    assert_eq!(
        city.save_scheme(&scheme, &by).await.expect("it is saved"),
        1
    );
    scheme.written.push_str("# 見直し\n");
    assert_eq!(
        city.save_scheme(&scheme, &by).await.expect("it is saved"),
        2
    );
    let kept = city.schemes().await.expect("schemes");
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[0].scheme.written, invented::scheme().written);
    assert_eq!((&kept[1].scheme, kept[1].edition), (&scheme, 2));
}

async fn projects_keep_their_versions(home: Home) {
    use meguri_core::plan::{BudgetItem, Project};
    let (_, city) = home.city().await;
    let document = invented::document(year(2024), Size::SMALL, 1);
    let mut project = Project {
        code: Some("04000001".to_owned()),
        name: "水質調査".to_owned(),
        budget_item: BudgetItem::default(),
        costs: document.sheets[0].listings[0].costs.clone(),
    };
    let by = by("2026-04-02");
    let ids = city
        .save_projects(std::slice::from_ref(&project), &by)
        .await
        .expect("saved");
    project.costs.pop();
    project.name = "河川水質調査".to_owned();
    let again = city
        .save_projects(std::slice::from_ref(&project), &by)
        .await
        .expect("saved");
    assert_eq!(ids, again, "it is known by its code");
    let kept = city.project(ids[0]).await.expect("it is read");
    assert_eq!(kept.as_ref(), Some(&project));
    let listed = city.projects(0, 10).await.expect("a list");
    assert_eq!(listed, [(ids[0], project.code, project.name)]);
}
