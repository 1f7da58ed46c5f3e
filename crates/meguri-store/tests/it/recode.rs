//! Another code for a municipality, and two made one: nothing is lost, and the audit says so.

use crate::documents::save;
use crate::engines::{Home, Raw, by, code, register};
use crate::filled;
use crate::invented::{self, Size, year};
use meguri_store::{Municipality, Store, TABLES};

on_both_engines![
    a_municipality_goes_on_under_another_code,
    a_name_is_changed_alone,
    a_code_that_is_taken_is_refused,
    all_of_one_municipality_moves_to_another,
    what_both_have_is_named_and_nothing_moves,
];

/// The rows of each table of a municipality.
async fn counts(raw: &mut Raw, code: &str) -> Vec<(&'static str, i64)> {
    let mut counts = Vec::new();
    for table in TABLES {
        // Row-level security asks for the municipality by name.
        let _ = raw
            .run(&format!(
                "SELECT set_config('meguri.municipality', '{code}', false)"
            ))
            .await;
        let sql = format!(
            "SELECT COUNT(*) FROM {} WHERE municipality = '{code}'",
            table.name
        );
        counts.push((table.name, raw.number(&sql).await));
    }
    counts
}

/// The whole database holds, and the chain has a line of the action as its newest but `behind`.
async fn holds(store: &Store, city: &Municipality, action: &str, lines: i64) {
    store.check().await.expect("the database is whole");
    let report = city.audit_verify().await.expect("verified");
    assert_eq!((report.broken, report.lines), (None, lines));
    let all = city.audit(0, 1_000).await.expect("lines");
    assert!(all.iter().any(|line| line.action == action), "{action}");
}

async fn a_municipality_goes_on_under_another_code(home: Home) {
    let (store, city) = home.city().await;
    filled::fill(&city).await;
    let neighbour = register(&store, "011002").await;
    filled::document(&neighbour, 1).await;
    let mut raw = home.raw().await;
    let (before, guards) = (
        counts(&mut raw, "131016").await,
        store.guards().await.expect("guards"),
    );
    let others = counts(&mut raw, "011002").await;
    let documents = city.documents().await.expect("documents");
    let lines = city.audit_verify().await.expect("verified").lines;

    let other = city
        .recode(&code("132110"), "小平市", &by("2026-07-01"))
        .await
        .expect("recoded");

    holds(&store, &other, "municipality.recode", lines + 1).await;
    assert_eq!(other.documents().await.expect("documents"), documents);
    assert_eq!(
        other.name().await.expect("a name").as_deref(),
        Some("小平市")
    );
    assert!(
        store
            .municipality(&code("131016"))
            .await
            .expect("asked")
            .is_none()
    );
    let after = counts(&mut raw, "132110").await;
    for ((table, was), (_, is)) in before.iter().zip(&after) {
        assert_eq!(*is, was + i64::from(*table == "audit"), "{table}");
    }
    assert!(
        counts(&mut raw, "131016")
            .await
            .iter()
            .all(|(_, rows)| *rows == 0)
    );
    assert_eq!(counts(&mut raw, "011002").await, others);
    // The guards stand as before.
    assert_eq!(store.guards().await.expect("guards"), guards);
    assert!(guards > 10);
    counts(&mut raw, "132110").await;
    assert!(raw.run("UPDATE audit SET who = 'x'").await.is_err());
    filled::document(&other, 5).await;
    store.check().await.expect("work goes on");
}

async fn a_name_is_changed_alone(home: Home) {
    let (store, city) = home.city().await;
    city.rename("千代田区", &by("2026-07-01"))
        .await
        .expect("renamed");
    assert_eq!(
        city.name().await.expect("a name").as_deref(),
        Some("千代田区")
    );
    holds(&store, &city, "municipality.rename", 2).await;
}

async fn a_code_that_is_taken_is_refused(home: Home) {
    let (store, city) = home.city().await;
    filled::document(&city, 1).await;
    let _other = register(&store, "011002").await;
    let (mut raw, guards) = (home.raw().await, store.guards().await.expect("guards"));
    let before = counts(&mut raw, "131016").await;
    let refused = city
        .recode(&code("011002"), "札幌市", &by("2026-07-01"))
        .await;
    assert!(
        refused
            .expect_err("taken")
            .to_string()
            .contains("merge 131016 011002")
    );
    assert_eq!(counts(&mut raw, "131016").await, before);
    assert_eq!(store.guards().await.expect("guards"), guards);
}

/// All documents can be read, and the audit speaks of them by the numbers that they have.
async fn every_document_is_whole(into: &Municipality, own: i64) {
    let documents = into.documents().await.expect("documents");
    assert!(documents.iter().any(|row| row.id == own));
    for row in &documents {
        let kept = into.document(row.id).await.expect("read").expect("there");
        assert!(!kept.document.sheets.is_empty(), "{}", row.id);
    }
    let lines = into.audit(0, 1_000).await.expect("lines");
    let saved = lines.iter().filter(|line| line.action == "document.save");
    for line in saved {
        let id: i64 = line
            .subject
            .trim_start_matches("document ")
            .parse()
            .expect("a number");
        assert!(documents.iter().any(|row| row.id == id), "{}", line.subject);
    }
}

async fn all_of_one_municipality_moves_to_another(home: Home) {
    let (store, city) = home.city().await;
    filled::fill(&city).await;
    let into = register(&store, "132110").await;
    // The same plan in a later year: its nodes are one with those of the other.
    let later = invented::document(year(2031), Size::SMALL, 77);
    let own = save(&into, &later).await;
    let (mut raw, guards) = (home.raw().await, store.guards().await.expect("guards"));
    let (from, had) = (
        counts(&mut raw, "131016").await,
        counts(&mut raw, "132110").await,
    );
    let published = city.publications().await.expect("publications").len();

    let shift = city
        .merge_into(&into, &by("2026-07-01"))
        .await
        .expect("merged");

    let is = counts(&mut raw, "132110").await;
    let lines = |all: &[(&str, i64)]| {
        all.iter()
            .find(|(table, _)| *table == "audit")
            .map_or(0, |(_, n)| *n)
    };
    holds(
        &store,
        &into,
        "municipality.merge",
        lines(&from) + lines(&had) + 1,
    )
    .await;
    for (((table, from), (_, had)), (_, is)) in from.iter().zip(&had).zip(&is) {
        match *table {
            "municipality" => assert_eq!(*is, 1),
            "audit" => {}
            "redirect" => assert!(*is >= from + had, "{table}"),
            // What both have is one.
            "plan" | "node" | "scheme" | "source" | "identity" => {
                assert!(
                    *is <= from + had && is >= from,
                    "{table}: {from} {had} {is}"
                );
            }
            _ => assert_eq!(*is, from + had, "{table}"),
        }
    }
    assert!(
        counts(&mut raw, "131016")
            .await
            .iter()
            .all(|(_, rows)| *rows == 0)
    );
    every_document_is_whole(&into, own.document).await;
    assert_eq!(
        into.publications().await.expect("publications").len(),
        published
    );
    assert!(shift > 0 && store.guards().await.expect("guards") == guards);
    filled::document(&into, 7).await;
    store.check().await.expect("work goes on");
}

async fn what_both_have_is_named_and_nothing_moves(home: Home) {
    let (store, city) = home.city().await;
    let document = invented::document(year(2025), Size::SMALL, 3);
    save(&city, &document).await;
    let into = register(&store, "132110").await;
    save(&into, &document).await;
    let mut raw = home.raw().await;
    let before = (
        counts(&mut raw, "131016").await,
        counts(&mut raw, "132110").await,
    );
    let refused = city.merge_into(&into, &by("2026-07-01")).await;
    let told = refused.expect_err("both have it").to_string();
    assert!(
        told.contains("同じファイルの文書") && told.contains(&document.name),
        "{told}"
    );
    let after = (
        counts(&mut raw, "131016").await,
        counts(&mut raw, "132110").await,
    );
    assert_eq!(before, after);
    store.check().await.expect("whole");
}
