//! What was released is a promise: columns keep their names, places and kinds; new ones come behind.

use meguri_opendata::manual::{page, promise};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// Lines by table, in their order.
fn by_table(text: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut tables: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in text.lines() {
        let (table, column) = line.split_once('.').expect("table and column");
        tables.entry(table).or_default().push(column);
    }
    tables
}

/// What of the old promise is broken; empty where it is kept.
fn broken(old: &str, new: &str) -> Vec<String> {
    let new = by_table(new);
    let mut found = Vec::new();
    for (table, columns) in by_table(old) {
        let now = new.get(table).map(Vec::as_slice).unwrap_or_default();
        for (place, column) in columns.iter().enumerate() {
            if now.get(place) != Some(column) {
                found.push(format!("{table}.{column}"));
            }
        }
    }
    found
}

#[test]
fn what_was_promised_is_kept() {
    let path = root("testdata/opendata/columns.txt");
    let old = std::fs::read_to_string(&path).expect("what was promised");
    assert_eq!(broken(&old, &promise()), Vec::<String>::new());
    if std::env::var_os("MEGURI_UPDATE").is_some() {
        std::fs::write(&path, promise()).expect("it is written");
    } else {
        assert!(old == promise(), "new columns: run it with MEGURI_UPDATE=1");
    }
}

#[test]
fn a_column_that_moves_goes_or_changes_breaks_the_promise() {
    let old = "a.x string always\na.y integer\nb.x string\n";
    for (new, wanted) in [
        (
            "a.x string always\na.y integer\nb.x string\nb.z number\nc.x string\n",
            vec![],
        ),
        (
            "a.y integer\na.x string always\nb.x string\n",
            vec!["a.x string always", "a.y integer"],
        ),
        ("a.x string always\nb.x string\n", vec!["a.y integer"]),
        (
            "a.x string\na.y integer\nb.x string\n",
            vec!["a.x string always"],
        ),
        ("a.x string always\na.y integer\n", vec!["b.x string"]),
    ] {
        assert_eq!(broken(old, new), wanted, "{new}");
    }
}

#[test]
fn the_manual_lists_the_tables_as_they_are() {
    let path = root("docs/opendata-tables.md");
    if std::env::var_os("MEGURI_UPDATE").is_some() {
        std::fs::write(&path, page()).expect("it is written");
    }
    let text = std::fs::read_to_string(&path).expect("the page");
    assert!(text == page(), "run it with MEGURI_UPDATE=1");
}
