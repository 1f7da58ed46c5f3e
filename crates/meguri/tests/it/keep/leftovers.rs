//! A database is its file with the logs beside it: none of them is forgotten, and none is taken for
//! that of another database.

use super::{
    CODE, city, file, filled, filled_database, municipalities, new_folder, open, path, refused,
    wait_for, well,
};
use meguri_store::Location;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn beside(database: &Location, ending: &str) -> PathBuf {
    let Location::File(path) = database else {
        unreachable!("a file")
    };
    let mut name = path.clone().into_os_string();
    name.push(ending);
    name.into()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// Leaves only the log of a database in which documents were kept, as a killed program does where
/// somebody then removes the damaged file.
fn only_the_log(database: &Location, documents: &[u16]) {
    let log = wait_for(async {
        let store = open(database).await;
        let city = city(&store, CODE).await;
        for number in documents {
            filled::document(&city, *number).await;
        }
        let log = fs::read(beside(database, "-wal")).expect("the log");
        store.close().await;
        log
    });
    assert!(!log.is_empty(), "something stands in the log");
    for ending in ["", "-wal", "-shm"] {
        // What a closed database does not have need not go.
        let _ = fs::remove_file(beside(database, ending));
    }
    fs::write(beside(database, "-wal"), log).expect("the log is left");
}

/// What the doctor says of a database.
fn doctor(database: &Location, folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_meguri"))
        .arg("doctor")
        .current_dir(folder)
        .env("MEGURI_DATABASE", beside(database, ""))
        .env("MEGURI_ADDRESS", "127.0.0.1:0")
        .env("MEGURI_INTERNAL_ADDRESS", "off")
        .env("MEGURI_OPERATIONS_ADDRESS", "off")
        .output()
        .expect("the program starts");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code(), told)
}

#[test]
fn a_log_that_is_left_over_does_not_come_back_with_a_backup() {
    for (name, from_backup) in [("log-same", true), ("log-other", false)] {
        let folder = new_folder(name);
        let database = file(&folder, "a.sqlite");
        filled_database(&database);
        let backup = folder.join("b.sqlite");
        let said = well(&["backup", path(&backup)], &database);
        let head = said
            .lines()
            .last()
            .expect("the head of the audit")
            .to_owned();
        if from_backup {
            well(&["restore", path(&backup)], &database);
        }
        only_the_log(&database, &[9, 10]);
        let said = well(&["restore", path(&backup)], &database);
        assert_eq!(said.lines().last(), Some(head.as_str()), "{said}");
        assert!(
            said.contains(".before-restore-"),
            "where the log is: {said}"
        );
        let kept = names(&folder);
        assert!(
            kept.iter()
                .any(|name| name.ends_with("-wal") && name.contains("before")),
            "it is set aside, not removed: {kept:?}"
        );
        assert_eq!(municipalities(&database), [CODE]);
    }
}

#[test]
fn a_log_without_its_file_is_told_and_no_new_file_is_made_beside_it() {
    let folder = new_folder("log-alone");
    let origin = file(&folder, "origin.sqlite");
    filled_database(&origin);
    let out = folder.join("out");
    well(&["export", path(&out)], &origin);
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    only_the_log(&database, &[9]);
    for words in [
        vec!["show", "documents"],
        vec!["serve"],
        vec!["audit", "verify"],
        vec!["import", path(&out)],
        vec!["backup", path(&folder.join("b.sqlite"))],
    ] {
        let told = refused(&words, &database);
        assert!(
            told.contains("a.sqlite-wal") && told.contains("復元"),
            "{words:?}: {told}"
        );
        assert!(!beside(&database, "").exists(), "{words:?}");
    }
}

#[test]
fn what_an_interrupted_restore_leaves_is_told_instead_of_offering_an_import() {
    for left in [".before-restore-20260401-093000", ".part-4711"] {
        let folder = new_folder("interrupted");
        let database = file(&folder, "a.sqlite");
        filled_database(&database);
        let out = folder.join("out");
        well(&["export", path(&out)], &database);
        let backup = folder.join("b.sqlite");
        well(&["backup", path(&backup)], &database);
        fs::rename(beside(&database, ""), beside(&database, left)).expect("it is interrupted");
        for words in [vec!["show", "documents"], vec!["import", path(&out)]] {
            let told = refused(&words, &database);
            assert!(
                told.contains(left) && told.contains("meguri restore"),
                "{told}"
            );
            assert!(!beside(&database, "").exists(), "{words:?}");
        }
        let (code, told) = doctor(&database, &folder);
        assert!(code == Some(2) && told.contains(left), "{told}");
        well(&["restore", path(&backup)], &database);
        assert_eq!(municipalities(&database), [CODE]);
    }
}

#[test]
fn a_copy_of_a_backup_with_a_log_beside_it_is_no_backup() {
    let folder = new_folder("log-of-backup");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let backup = folder.join("b.sqlite");
    well(&["backup", path(&backup)], &database);
    for ending in ["-wal", "-journal"] {
        let log = folder.join(format!("b.sqlite{ending}"));
        fs::write(&log, "something").expect("a log");
        let told = refused(&["restore", path(&backup)], &database);
        assert!(told.contains(&format!("b.sqlite{ending}")), "{told}");
        fs::remove_file(&log).expect("gone");
    }
}

#[test]
fn a_damaged_file_is_replaced_only_where_nobody_can_be_using_it() {
    let folder = new_folder("damaged-in-use");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let backup = folder.join("b.sqlite");
    well(&["backup", path(&backup)], &database);
    wait_for(async {
        let store = open(&database).await;
        let mut bytes = fs::read(beside(&database, "")).expect("it is read");
        bytes[..100].fill(0xee);
        fs::write(beside(&database, ""), bytes).expect("it is damaged");
        let told = refused(&["restore", path(&backup)], &database);
        assert!(
            told.contains("--force") && told.contains("meguri serve"),
            "{told}"
        );
        store.close().await;
    });
    well(&["restore", path(&backup), "--force"], &database);
    assert_eq!(municipalities(&database), [CODE]);
}

/// No account of the machine but that of the program reads what it writes.
#[cfg(unix)]
#[test]
fn what_the_program_writes_is_its_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = new_folder("modes");
    let origin = new_folder("modes-origin");
    let first = file(&origin, "origin.sqlite");
    filled_database(&first);
    let exported = origin.join("out");
    well(&["export", path(&exported)], &first);
    let backup = origin.join("b.sqlite");
    well(&["backup", path(&backup)], &first);
    fs::set_permissions(&backup, fs::Permissions::from_mode(0o644)).expect("permissions");
    let database = file(&folder, "a.sqlite");
    well(&["import", path(&exported)], &database);
    well(&["export", path(&folder.join("out"))], &database);
    well(&["backup", path(&folder.join("b.sqlite"))], &database);
    well(&["index"], &database);
    well(
        &["restore", path(&backup)],
        &file(&folder, "restored.sqlite"),
    );
    let mut open = Vec::new();
    let mut seen = 0;
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let mode = fs::metadata(&path)
                .expect("it is there")
                .permissions()
                .mode()
                & 0o777;
            seen += 1;
            if mode & 0o077 != 0 {
                open.push(format!("{mode:o} {}", path.display()));
            }
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    assert!(seen > 30, "{seen} files");
    assert!(open.is_empty(), "{open:#?}");
}

#[cfg(unix)]
#[test]
fn the_doctor_tells_of_files_that_others_may_read_and_of_the_engine() {
    use std::os::unix::fs::PermissionsExt;
    let folder = new_folder("modes-doctor");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let may = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    };
    may(&beside(&database, ""), 0o640);
    let (code, told) = doctor(&database, &folder);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("SQLite 3."), "{told}");
    assert!(
        !told.contains("不具合"),
        "the bundled engine is sound: {told}"
    );
    assert!(
        told.contains("chmod 600") && told.contains("a.sqlite"),
        "{told}"
    );
    may(&beside(&database, ""), 0o600);
    let (_, told) = doctor(&database, &folder);
    assert!(!told.contains("chmod"), "{told}");
    let settings = folder.join("meguri.toml");
    let url = "postgres://meguri:himitsu@127.0.0.1:1/none";
    fs::write(
        &settings,
        format!("database = \"{url}\"\ninternal_address = \"off\"\n"),
    )
    .expect("settings");
    may(&settings, 0o644);
    let output = Command::new(env!("CARGO_BIN_EXE_meguri"))
        .args(["doctor"])
        .current_dir(&folder)
        .env("MEGURI_ADDRESS", "127.0.0.1:0")
        .output()
        .expect("the program starts");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        told.contains("パスワードを含む設定") && !told.contains("himitsu"),
        "{told}"
    );
}

#[test]
fn a_password_on_the_command_line_is_warned_of() {
    let url = Location::Postgres("postgres://meguri:himitsu@127.0.0.1:1/none".to_owned());
    let told = refused(&["audit", "verify"], &url);
    assert!(
        told.contains("MEGURI_DATABASE") && !told.contains("himitsu"),
        "{told}"
    );
    let url = Location::Postgres("postgres://meguri@127.0.0.1:1/none".to_owned());
    assert!(!refused(&["audit", "verify"], &url).contains("MEGURI_DATABASE"));
}

/// SQLite keeps its logs beside the file, whatever link leads to it.
#[cfg(unix)]
#[test]
fn a_link_to_a_database_is_followed_and_stays_a_link() {
    let folder = new_folder("linked");
    let real = folder.join("disk");
    fs::create_dir(&real).expect("a folder");
    let database = file(&real, "a.sqlite");
    filled_database(&database);
    let backup = folder.join("b.sqlite");
    well(&["backup", path(&backup)], &database);
    let link = file(&folder, "link.sqlite");
    std::os::unix::fs::symlink("disk/a.sqlite", beside(&link, "")).expect("a link");

    // What SQLite had beside the file is no part of the backup.
    only_the_log(&database, &[9]);
    let told = refused(&["show", "documents"], &link);
    assert!(told.contains("a.sqlite-wal"), "{told}");
    well(&["restore", path(&backup)], &link);
    let kept = names(&real);
    assert!(
        kept.iter().any(|name| name.contains(".before-restore-")),
        "the log lies aside: {kept:?}"
    );
    well(&["restore", path(&backup)], &link);
    let found = fs::symlink_metadata(beside(&link, "")).expect("it is there");
    assert!(found.is_symlink(), "a link stays a link");
    assert_eq!(municipalities(&database), [CODE]);
    let files = names(&folder);
    assert_eq!(
        files,
        ["b.sqlite", "disk", "link.sqlite"],
        "nothing beside the link"
    );
    assert!(names(&real).iter().any(|name| name == "a.sqlite"));
}
