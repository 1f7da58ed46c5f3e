//! The program is killed again and again while it imports: each import is there as a whole or not
//! at all, and what was acknowledged is there.

use super::{Server, file, filled_database, new_folder, open, path, program, wait_for, well};
use meguri_store::{Location, MunicipalityCode};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Times that the program is killed.
const KILLS: u32 = 100;

/// A code with its check digit.
fn code(number: u32) -> String {
    let digits = 13_000 + number;
    let weights = [(10_000, 6), (1_000, 5), (100, 4), (10, 3), (1, 2)];
    let sum: u32 = weights
        .iter()
        .map(|(place, weight)| digits / place % 10 * weight)
        .sum();
    format!("{digits}{}", (11 - sum % 11) % 10)
}

/// The export under the code of another municipality: only the manifest names it.
fn rename(folder: &Path, code: &str) {
    let file = folder.join("manifest.json");
    let text = fs::read_to_string(&file).expect("the manifest");
    let mut manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    manifest["municipality"]["code"] = code.into();
    fs::write(file, manifest.to_string()).expect("it is written");
}

/// Imports and kills the program after a while; whether it acknowledged the import before.
fn import_and_kill(folder: &Path, database: &Location, after: Duration) -> bool {
    let mut child = program(&["import", path(folder)], database)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    std::thread::sleep(after);
    child.kill().expect("it is killed");
    let mut said = String::new();
    child
        .stdout
        .take()
        .expect("its output")
        .read_to_string(&mut said)
        .expect("UTF-8");
    child.wait().expect("it is gone");
    said.contains("取り込みました")
}

fn killed_again_and_again(name: &str, database: &Location, kills: u32) {
    let folder = new_folder(name);
    let origin = file(&folder, "origin.sqlite");
    filled_database(&origin);
    let out = folder.join("out");
    well(&["export", path(&out)], &origin);
    // How long a whole import takes on this machine: kills are spread over a little more.
    rename(&out, &code(0));
    let start = Instant::now();
    well(&["import", path(&out)], database);
    let whole = start.elapsed();
    let mut acknowledged = vec![code(0)];
    for number in 1..=kills {
        let code = code(number);
        rename(&out, &code);
        // A prime step visits moments in no order.
        let after = whole * (number * 37 % 100) / 80;
        if import_and_kill(&out, database, after) {
            assert!(
                is_there_whole(database, &code),
                "{code} was acknowledged and is gone"
            );
            acknowledged.push(code);
        }
    }
    // A server still carries out what it was told just before the program died: what nobody
    // acknowledged may be there, as a whole.
    let kept = super::municipalities(database);
    for code in &kept {
        assert!(is_there_whole(database, code), "{code}");
    }
    let lost: Vec<_> = acknowledged
        .iter()
        .filter(|code| !kept.contains(code))
        .collect();
    assert!(lost.is_empty(), "acknowledged and gone: {lost:?}");
    let unfinished = kills + 1 - u32::try_from(kept.len()).expect("a small number");
    assert!(unfinished > 0, "some were killed before their end");
    well(
        &["audit", "verify", "--municipality", &acknowledged[0]],
        database,
    );
    eprintln!(
        "{name}: {kills} kills, {} imports kept, {unfinished} gone",
        kept.len()
    );
}

/// Is a municipality there? Where it is, all of it must be.
fn is_there_whole(database: &Location, code: &str) -> bool {
    wait_for(async {
        let store = open(database).await;
        let parsed = MunicipalityCode::parse(code).expect("a code");
        let there = store.municipality(&parsed).await.expect("it is read");
        if let Some(city) = &there {
            let report = city.audit_verify().await.expect("a report");
            assert_eq!(report.broken, None, "{code}");
            assert_eq!(
                city.documents().await.expect("a list").len(),
                4,
                "{code}: all of it"
            );
        }
        store.close().await;
        there.is_some()
    })
}

#[test]
fn a_killed_program_leaves_a_file_whole() {
    let folder = new_folder("killed-database");
    killed_again_and_again("killed-file", &file(&folder, "a.sqlite"), KILLS);
}

#[test]
fn a_killed_program_leaves_a_server_whole() {
    let Some(server) = Server::new() else { return };
    killed_again_and_again("killed-server", &server.location, KILLS / 4);
}

#[test]
fn a_killed_restore_leaves_the_former_or_the_restored_database() {
    let folder = new_folder("killed-restore");
    let (backup, database) = (folder.join("backup.sqlite"), file(&folder, "a.sqlite"));
    filled_database(&database);
    well(&["backup", path(&backup)], &database);
    let start = Instant::now();
    well(&["restore", path(&backup)], &database);
    let whole = start.elapsed();
    for number in 1..=30 {
        let mut child = program(&["restore", path(&backup)], &database)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(whole * (number * 37 % 100) / 90);
        child.kill().expect("it is killed");
        child.wait().expect("it is gone");
        // There is always a database under its name, and it is whole.
        assert!(folder.join("a.sqlite").exists(), "kill {number}");
        assert!(is_there_whole(&database, super::CODE), "kill {number}");
    }
    well(&["restore", path(&backup)], &database);
    assert!(is_there_whole(&database, super::CODE));
}
