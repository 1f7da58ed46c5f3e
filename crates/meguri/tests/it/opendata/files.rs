//! The files: the same again, as the descriptor says, with keys that hold.

use super::{Row, cells, demo, meguri, opendata, read, rows, said, tables};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// All files below a folder with their bytes.
fn all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let bytes = std::fs::read(&path).expect("a file");
                found.insert(path.display().to_string(), bytes);
            }
        }
    }
    let cut = folder.display().to_string().len();
    found
        .into_iter()
        .map(|(path, bytes)| (path[cut..].to_owned(), bytes))
        .collect()
}

#[test]
fn the_same_publications_give_the_same_bytes() {
    let folder = demo();
    let again = opendata(folder, &["again"]);
    assert!(again.status.success(), "{}", said(&again));
    let (one, two) = (all(&folder.join("open")), all(&folder.join("again")));
    let names: Vec<&String> = one.keys().collect();
    assert_eq!(names, two.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(two[name] == *bytes, "{name} differs");
    }
    assert!(one.len() > 2 * tables().len());
}

#[test]
fn a_folder_is_replaced_only_where_that_is_wished_and_is_ours() {
    let folder = demo();
    let written = opendata(folder, &["twice"]);
    assert!(written.status.success(), "{}", said(&written));
    assert!(said(&written).contains("行、"), "{}", said(&written));
    let refused = opendata(folder, &["twice"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("--overwrite"), "{}", said(&refused));
    let marked = opendata(folder, &["twice", "--overwrite", "--bom"]);
    assert!(marked.status.success(), "{}", said(&marked));
    let file = |name: &str| std::fs::read(folder.join(name)).expect("a file");
    let (with, without) = (file("twice/data/money.csv"), file("open/data/money.csv"));
    assert_eq!(with, [b"\xef\xbb\xbf", without.as_slice()].concat());
    std::fs::create_dir_all(folder.join("other")).expect("a folder");
    std::fs::write(folder.join("other/note.txt"), "x").expect("a file");
    let refused = opendata(folder, &["other", "--overwrite"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(file("other/note.txt"), b"x");
}

#[test]
fn nothing_published_makes_no_folder() {
    let folder = demo().join("nothing");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::copy(demo().join("a.sqlite"), folder.join("a.sqlite")).expect("a copy");
    let publications = rows("publications");
    let documents: BTreeSet<&str> = publications
        .iter()
        .map(|p| p["document"].as_str())
        .collect();
    for document in documents {
        let words = [
            "withdraw",
            document,
            "--reason",
            "試験",
            "--database",
            "a.sqlite",
        ];
        let gone = meguri(&folder, &words);
        assert!(gone.status.success(), "{}", said(&gone));
    }
    let refused = opendata(&folder, &["open"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said(&refused).contains("meguri publish"),
        "{}",
        said(&refused)
    );
    assert!(!folder.join("open").exists());
}

#[test]
fn the_descriptor_says_what_the_files_are() {
    let folder = demo().join("open");
    let text = std::fs::read(folder.join("datapackage.json")).expect("the descriptor");
    let package: Value = serde_json::from_slice(&text).expect("JSON");
    let resources = package["resources"].as_array().expect("resources");
    assert_eq!(resources.len(), tables().len());
    for resource in resources {
        let path = resource["path"].as_str().expect("a path");
        let bytes = std::fs::read(folder.join(path)).expect("the file");
        assert_eq!(resource["bytes"], bytes.len(), "{path}");
        let hex: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(resource["hash"], format!("sha256:{hex}"), "{path}");
        let head = String::from_utf8_lossy(&bytes);
        let head: Vec<&str> = head.lines().next().expect("a head").split(',').collect();
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let names: Vec<&str> = fields
            .iter()
            .map(|f| f["name"].as_str().expect("a name"))
            .collect();
        assert_eq!(head, names, "{path}");
    }
}

#[test]
fn the_formats_hold_the_same_rows() {
    for table in tables() {
        let path = demo().join(format!("open/data/{}.jsonl", table.name));
        let text = std::fs::read_to_string(path).expect("a file");
        let objects: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("an object"))
            .collect();
        let rows = rows(table.name);
        assert_eq!(objects.len(), rows.len(), "{}", table.name);
        for (object, row) in objects.iter().zip(&rows) {
            for (name, cell) in row {
                let said = match &object[name] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                let bare = cell.strip_prefix('\'').unwrap_or(cell);
                assert!(
                    said == *cell || said == bare,
                    "{}.{name}: {said} {cell}",
                    table.name
                );
            }
        }
    }
}

#[test]
fn keys_tell_rows_apart_and_lead_to_rows() {
    for table in tables() {
        let own = rows(table.name);
        let mut keys = BTreeSet::new();
        for row in &own {
            let key = cells(row, table.key);
            assert!(keys.insert(key.clone()), "{}: {key:?} twice", table.name);
        }
        for foreign in table.foreign {
            let there = rows(foreign.table);
            let there: BTreeSet<Vec<&str>> =
                there.iter().map(|row| cells(row, foreign.there)).collect();
            for row in &own {
                let key = cells(row, foreign.columns);
                let leads = there.contains(&key) || key.iter().any(|cell| cell.is_empty());
                assert!(leads, "{} → {}: {key:?}", table.name, foreign.table);
            }
        }
    }
}

#[test]
fn codes_keep_their_zeros_and_every_table_of_the_sample_has_rows() {
    let is_code = |row: &Row| row["municipality_code"].len() == 6;
    for table in tables() {
        assert!(rows(table.name).iter().all(is_code), "{}", table.name);
    }
    let with_zero = |row: &Row| row["code"].starts_with('0');
    assert!(rows("listings").iter().any(with_zero), "a code with a zero");
    // The sample has no corrections, and no schedules in its programmes.
    let empty: Vec<&str> = tables()
        .iter()
        .map(|table| table.name)
        .filter(|name| rows(name).is_empty())
        .collect();
    assert_eq!(empty, ["corrections", "schedule"]);
    let twice = read(&demo().join("open/data/plans.csv"));
    assert_eq!(twice, rows("plans"));
}
