//! A program that is killed in the middle of writing: what it acknowledged is there, all of it,
//! and nothing of what it did not.

use crate::documents::save;
use crate::engines::{Home, register};
use crate::invented::{self, Size, year};
use meguri_store::{Location, Page, SheetFilter};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

on_both_engines![what_a_killed_program_acknowledged_is_kept];

/// Where the program that will be killed writes.
const TO: &str = "MEGURI_TEST_KILLED";
/// What it says behind each document that is kept.
const KEPT: &str = "kept a document";
/// How many it may keep before it is killed.
const ACKNOWLEDGED: usize = 5;

/// No test but the program that is killed: without the variable it does nothing.
#[test]
fn the_program_that_is_killed() {
    let Ok(location) = std::env::var(TO) else {
        return;
    };
    let home = Home::from(Location::parse(&location));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let city = register(&home.open().await.store, "131016").await;
        for number in 0..900 {
            save(&city, &document(number)).await;
            println!("\n{KEPT}");
        }
    });
}

fn document(number: u16) -> meguri_core::evaluation::Document {
    invented::document(year(2000 + number), Size::SMALL, 1)
}

async fn what_a_killed_program_acknowledged_is_kept(home: Home) {
    home.open().await.store.close().await;
    let location = match &home.location {
        Location::File(path) => path.display().to_string(),
        Location::Postgres(url) => url.clone(),
    };
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .args([
            "--exact",
            "killed::the_program_that_is_killed",
            "--nocapture",
        ])
        .env(TO, location)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let said = lines.map_while(Result::ok).filter(|line| line == KEPT);
    let acknowledged = said.take(ACKNOWLEDGED).count();
    child.kill().expect("it is killed");
    child.wait().expect("it is gone");
    assert_eq!(acknowledged, ACKNOWLEDGED);

    let store = home.open().await.store;
    let city = register(&store, "131016").await;
    let listed = city.documents().await.expect("a list");
    assert!(listed.len() >= ACKNOWLEDGED, "{} documents", listed.len());
    for (number, row) in (0..).zip(&listed) {
        let kept = city.document(row.id).await.expect("it is read");
        assert_eq!(kept.expect("it is there").document, document(number));
    }
    let page = Page {
        after: 0,
        most: 500,
    };
    let sheets = city
        .sheets(&SheetFilter::default(), page)
        .await
        .expect("a list");
    assert_eq!(sheets.rows.len(), listed.len() * Size::SMALL.sheets);
    let report = city.audit_verify().await.expect("a report");
    assert_eq!(report.broken, None);
}
