//! The audit chain: whoever changes a line is found out, and the engine refuses it first.

use crate::documents::save;
use crate::engines::{Home, Raw, by};
use crate::invented::{self, Size, year};
use meguri_store::{Municipality, SheetFilter};

on_both_engines![
    every_write_leaves_a_line_in_an_unbroken_chain,
    the_engine_refuses_to_change_what_was_written,
    a_changed_line_is_found,
    a_lost_line_is_found,
];

async fn three_writes(city: &Municipality) {
    let document = invented::document(year(2024), Size::SMALL, 1);
    let saved = save(city, &document).await;
    let mut sheet = document.sheets[0].clone();
    sheet.label.push('改');
    let edited = city
        .edit_sheet(saved.sheets[0], 1, &sheet, &by("2026-06-01"))
        .await;
    edited.expect("it is saved");
}

async fn every_write_leaves_a_line_in_an_unbroken_chain(home: Home) {
    let (_, city) = home.city().await;
    three_writes(&city).await;
    let lines = city.audit(0, 100).await.expect("the audit");
    let actions: Vec<&str> = lines.iter().map(|line| line.action.as_str()).collect();
    let want = [
        "municipality.register",
        "scheme.save",
        "document.save",
        "findings.save",
        "sheet.edit",
    ];
    assert_eq!(actions, want);
    assert_eq!(lines[0].previous, "");
    assert!(
        lines
            .windows(2)
            .all(|pair| pair[1].previous == pair[0].hash)
    );
    let report = city.audit_verify().await.expect("a report");
    assert_eq!((report.lines, report.broken), (5, None));
    assert_eq!(report.head, lines[4].hash);
    let page = city
        .sheets(&SheetFilter::default(), meguri_store::Page::default())
        .await;
    assert_eq!(page.expect("a list").rows.len(), 6);
    assert_eq!(
        city.audit(0, 100).await.expect("the audit").len(),
        5,
        "reading leaves none"
    );
}

async fn the_engine_refuses_to_change_what_was_written(home: Home) {
    let (_, city) = home.city().await;
    three_writes(&city).await;
    let mut raw = home.raw().await;
    raw.run(&naming(&raw))
        .await
        .expect("the municipality is named");
    for table in ["audit", "value", "edition", "source", "scheme"] {
        let update = format!("UPDATE {table} SET municipality = municipality");
        let delete = format!("DELETE FROM {table}");
        for sql in [update, delete] {
            let refused = raw.run(&sql).await.expect_err("it is refused").to_string();
            assert!(refused.contains("append-only"), "{sql}: {refused}");
        }
    }
}

fn naming(raw: &Raw) -> String {
    match raw {
        Raw::Sqlite(_) => "SELECT 1".to_owned(),
        Raw::Postgres(_) => "SELECT set_config('meguri.municipality', '131016', false)".to_owned(),
    }
}

/// Takes the guard away, as somebody with the rights of an administrator could.
async fn tamper(home: &Home, sql: &str) {
    let mut raw = home.raw().await;
    raw.run(&naming(&raw))
        .await
        .expect("the municipality is named");
    let unguard = match &raw {
        Raw::Sqlite(_) => "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete",
        Raw::Postgres(_) => "DROP TRIGGER audit_append_only ON audit",
    };
    raw.run(unguard).await.expect("the guard is gone");
    raw.run(sql).await.expect("the line is changed");
}

async fn a_changed_line_is_found(home: Home) {
    let (_, city) = home.city().await;
    three_writes(&city).await;
    tamper(&home, "UPDATE audit SET who = '別人' WHERE number = 3").await;
    let report = city.audit_verify().await.expect("a report");
    let broken = report.broken.expect("it is found");
    assert_eq!((report.lines, broken.number), (2, 3));
    assert!(
        broken.why.contains("書き換えられています"),
        "{}",
        broken.why
    );
}

async fn a_lost_line_is_found(home: Home) {
    let (_, city) = home.city().await;
    three_writes(&city).await;
    tamper(&home, "DELETE FROM audit WHERE number = 5").await;
    let report = city.audit_verify().await.expect("a report");
    assert_eq!(report.broken.expect("the end is missing").number, 5);
    let mut raw = home.raw().await;
    raw.run(&naming(&raw))
        .await
        .expect("the municipality is named");
    raw.run("DELETE FROM audit WHERE number = 2")
        .await
        .expect("another one goes");
    let report = city.audit_verify().await.expect("a report");
    assert_eq!(report.broken.expect("a gap").number, 3);
}
