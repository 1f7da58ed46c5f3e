//! Backups are taken while others write: each is whole and holds what was acknowledged before.

use super::{
    Server, by, city, file, filled, municipalities, new_folder, open, path, refused, wait_for, well,
};
use crate::invented::{self, Size, year};
use meguri_store::{Location, Municipality, Saving, Store};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Backups that are taken while documents are kept.
const BACKUPS: usize = 5;

async fn save(city: &Municipality, number: usize) {
    let first = u16::try_from(2000 + number % 500).expect("a year");
    let document = invented::document(year(first), Size::SMALL, number / 500 + 1);
    let saving = Saving {
        document: &document,
        source: &invented::source(&document),
        scheme: None,
        findings: &[],
    };
    city.save_document(&saving, &by())
        .await
        .expect("it is saved");
}

async fn documents(location: &Location) -> usize {
    let store = open(location).await;
    let city = city(&store, super::CODE).await;
    let listed = city.documents().await.expect("a list").len();
    store.close().await;
    listed
}

fn backups_under_writes(location: &Location, folder: &Path) {
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let stop = Arc::new(AtomicBool::new(false));
    let writer = {
        let (location, acknowledged, stop) = (
            location.clone(),
            Arc::clone(&acknowledged),
            Arc::clone(&stop),
        );
        std::thread::spawn(move || {
            wait_for(async {
                let store: Store = open(&location).await;
                let city = city(&store, super::CODE).await;
                for number in 0.. {
                    if stop.load(Ordering::SeqCst) {
                        break;
                    }
                    save(&city, number).await;
                    acknowledged.fetch_add(1, Ordering::SeqCst);
                }
                store.close().await;
            });
        })
    };
    while acknowledged.load(Ordering::SeqCst) < 3 {
        std::thread::yield_now();
    }
    let mut taken = Vec::new();
    for number in 0..BACKUPS {
        let before = acknowledged.load(Ordering::SeqCst);
        let target = folder.join(format!("backup{number}.sqlite"));
        let said = well(&["backup", path(&target)], location);
        assert!(said.contains("内容を確かめました"), "{said}");
        taken.push((target, before));
    }
    stop.store(true, Ordering::SeqCst);
    writer.join().expect("the writer was never refused");
    let all = acknowledged.load(Ordering::SeqCst);
    assert!(
        taken.last().is_some_and(|(_, before)| *before > 3),
        "the writer went on: {all}"
    );
    for (target, before) in taken {
        let backup = Location::File(target);
        assert_eq!(municipalities(&backup), [super::CODE], "it is whole");
        let kept = wait_for(documents(&backup));
        assert!(
            (before..=all).contains(&kept),
            "{kept} of {before} to {all}"
        );
    }
}

#[test]
fn backups_of_a_file_hold_what_was_acknowledged() {
    let folder = new_folder("writes-file");
    backups_under_writes(&file(&folder, "a.sqlite"), &folder);
}

#[test]
fn backups_of_a_server_hold_what_was_acknowledged() {
    let Some(server) = Server::new() else { return };
    backups_under_writes(&server.location, &new_folder("writes-server"));
}

#[test]
fn a_backup_is_restored_and_nothing_is_overwritten() {
    let folder = new_folder("restore");
    let database = file(&folder, "a.sqlite");
    super::filled_database(&database);
    let backup = folder.join("控え.sqlite");
    well(&["backup", path(&backup)], &database);
    let told = refused(&["backup", path(&backup)], &database);
    assert!(told.contains("すでにあります"), "{told}");
    well(&["export", path(&folder.join("before"))], &database);

    // In use: left alone. Afterwards the file is set aside with all that came later.
    let more = async |location: &Location| {
        let store = open(location).await;
        filled::document(&city(&store, super::CODE).await, 9).await;
        store
    };
    wait_for(async {
        let store = more(&database).await;
        let told = refused(&["restore", path(&backup)], &database);
        assert!(told.contains("使用中"), "{told}");
        store.close().await;
    });
    let said = well(&["restore", path(&backup)], &database);
    let aside = said
        .split('「')
        .nth(2)
        .and_then(|rest| rest.split('」').next());
    let aside = Location::File(aside.expect("where the old file is").into());
    assert_eq!(wait_for(documents(&aside)), 5);
    well(&["export", path(&folder.join("after"))], &database);
    for name in ["manifest.json", "value.csv", "audit.csv"] {
        let read = |of: &str| fs::read(folder.join(of).join(name)).expect("a file");
        assert_eq!(read("before"), read("after"), "{name}");
    }
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let folder = new_folder("no-backup");
    let database = file(&folder, "a.sqlite");
    super::filled_database(&database);
    let backup = folder.join("b.sqlite");
    well(&["backup", path(&backup)], &database);
    let whole = fs::read(&backup).expect("it is read");
    let mut torn = whole.clone();
    torn.truncate(whole.len() / 2);
    let mut holed = whole.clone();
    let middle = holed.len() / 2 / 4096 * 4096;
    holed[middle..middle + 4096].fill(0xee);
    let cases: [(&str, &[u8], &str); 4] = [
        (
            "text.sqlite",
            b"this is no database at all, but a long text",
            "壊れているか",
        ),
        ("torn.sqlite", &torn, "壊れているか"),
        ("holed.sqlite", &holed, "壊れているか"),
        ("empty.sqlite", b"", "めぐりの表がありません"),
    ];
    let before = fs::read(folder.join("a.sqlite")).expect("it is read");
    for (name, bytes, message) in cases {
        fs::write(folder.join(name), bytes).expect("it is written");
        let told = refused(&["restore", path(&folder.join(name))], &database);
        assert!(told.contains(message), "{name}: {told}");
    }
    let told = refused(&["restore", path(&folder.join("none.sqlite"))], &database);
    assert!(
        told.contains("none.sqlite") && told.contains("読み取り"),
        "{told}"
    );
    let Location::File(itself) = &database else {
        unreachable!("a file")
    };
    let told = refused(&["restore", path(itself)], &database);
    assert!(told.contains("いま使っているデータベース"), "{told}");
    assert_eq!(
        fs::read(itself).expect("it is read"),
        before,
        "the database is as it was"
    );
    // A damaged database is what one restores from.
    fs::write(itself, b"all is lost: this is no database any more").expect("it is written");
    let told = refused(&["restore", path(&backup)], &database);
    assert!(told.contains("--force"), "{told}");
    well(&["restore", path(&backup), "--force"], &database);
    assert_eq!(municipalities(&database), [super::CODE]);
}
