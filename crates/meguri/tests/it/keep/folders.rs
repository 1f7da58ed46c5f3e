//! Export and import, byte for byte, on both engines.

use super::{CODE, Server, file, filled_database, municipalities, new_folder, path, refused, well};
use meguri_store::{Location, TABLES};
use std::collections::BTreeMap;
use std::path::Path;

/// All files of a folder by name.
fn bytes_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            all.extend(
                bytes_of(&path)
                    .into_iter()
                    .map(|(n, b)| (format!("{name}/{n}"), b)),
            );
        } else {
            all.insert(name, std::fs::read(&path).expect("it is read"));
        }
    }
    all
}

fn the_same(one: &Path, other: &Path) {
    let (one, other) = (bytes_of(one), bytes_of(other));
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        other.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &one {
        let (a, b) = (
            String::from_utf8_lossy(bytes),
            String::from_utf8_lossy(&other[name]),
        );
        assert_eq!(a, b, "{name}");
    }
}

#[test]
fn what_was_exported_and_imported_is_the_same_byte_for_byte() {
    let folder = new_folder("identity");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let first = folder.join("A");
    let said = well(&["export", path(&first)], &database);
    assert!(
        said.contains("監査記録：") && said.contains("末尾のハッシュ："),
        "{said}"
    );
    let again = folder.join("again");
    well(&["export", path(&again)], &database);
    the_same(&first, &again);

    let server = Server::new();
    let mut others = vec![file(&folder, "b.sqlite")];
    others.extend(server.iter().map(|server| server.location.clone()));
    for (number, other) in others.iter().enumerate() {
        let said = well(&["import", path(&first)], other);
        assert!(
            said.contains("みずほ野市（団体コード 131016）を取り込みました"),
            "{said}"
        );
        let back = folder.join(format!("back{number}"));
        well(&["export", path(&back)], other);
        the_same(&first, &back);
        well(&["audit", "verify"], other);
        let twice = refused(&["import", path(&first)], other);
        assert!(twice.contains("すでにあります"), "{twice}");
    }
    // And from PostgreSQL into a file.
    if server.is_some() {
        let from_server = file(&folder, "c.sqlite");
        well(&["import", path(&folder.join("back1"))], &from_server);
        assert_eq!(municipalities(&from_server), [CODE]);
    }
}

#[test]
fn an_export_is_for_spreadsheets_and_other_programs() {
    let folder = new_folder("shape");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let out = folder.join("out");
    well(&["export", path(&out)], &database);
    let files = bytes_of(&out);
    for table in TABLES {
        let text = &files[&format!("{}.csv", table.name)];
        assert!(
            text.starts_with(b"\xef\xbb\xbf") && text.ends_with(b"\r\n"),
            "{}",
            table.name
        );
        let rows = csv::Reader::from_reader(&text[3..]).into_records().count();
        assert!(rows > 0, "{} has rows", table.name);
    }
    let value = String::from_utf8(files["value.csv"].clone()).expect("UTF-8");
    assert!(
        value.contains(",'=cmd|' /C calc'!A0,"),
        "formulas are defused"
    );
    assert!(value.contains(",－,"), "a dash is a dash");
    let projects = String::from_utf8(files["project.csv"].clone()).expect("UTF-8");
    assert!(projects.contains(",04000123,'+水路改修\r\n"), "{projects}");
    let documents = String::from_utf8(files["document.csv"].clone()).expect("UTF-8");
    assert!(documents.contains(",''評価書"), "{documents}");
    assert!(
        files
            .keys()
            .any(|name| name.starts_with("sources/") && name.ends_with(".txt"))
    );
    assert!(files.keys().any(|name| name.starts_with("readings/")));
    let schema: serde_json::Value =
        serde_json::from_slice(&files["schema.json"]).expect("the schema is JSON");
    assert_eq!(
        schema["tables"].as_array().map(Vec::len),
        Some(TABLES.len())
    );
    let manifest = String::from_utf8(files["manifest.json"].clone()).expect("UTF-8");
    assert!(!manifest.contains("20260"), "no date: {manifest}");
}

#[test]
fn a_folder_with_something_in_it_is_not_written_into() {
    let folder = new_folder("target");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let out = folder.join("out");
    std::fs::create_dir(&out).expect("an empty folder is fine");
    well(&["export", path(&out)], &database);
    let before = bytes_of(&out);
    let told = refused(&["export", path(&out)], &database);
    assert!(
        told.contains("空ではありません") && told.contains("--overwrite"),
        "{told}"
    );
    well(&["export", path(&out), "--overwrite"], &database);
    assert_eq!(bytes_of(&out), before);
    let foreign = folder.join("foreign");
    std::fs::create_dir(&foreign).expect("a folder");
    std::fs::write(foreign.join("メモ.txt"), "大事").expect("a file");
    let told = refused(&["export", path(&foreign), "--overwrite"], &database);
    assert!(told.contains("めぐりの書き出しではない"), "{told}");
    assert_eq!(bytes_of(&foreign).len(), 1);
    let told = refused(&["export", path(&folder.join("none/out"))], &database);
    assert!(told.contains("読み書きできません"), "{told}");
    let nothing = Location::File(folder.join("nothing.sqlite"));
    let told = refused(&["export", path(&folder.join("new"))], &nothing);
    assert!(
        told.contains("がありません") && !folder.join("new").exists(),
        "{told}"
    );
    assert!(
        bytes_of(&folder).keys().all(|name| !name.contains(".part")),
        "nothing is left over"
    );
}
