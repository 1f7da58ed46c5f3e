//! Open data of the demo: the command, its files, their keys, and that they say what the pages say.

mod figures;
mod files;

use meguri_opendata::{TABLES, Table};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// A row by the keys of its columns.
type Row = BTreeMap<String, String>;

/// The folder of the demo, with `a.sqlite` and the open data in `open`; made once.
fn demo() -> &'static Path {
    static DEMO: OnceLock<PathBuf> = OnceLock::new();
    DEMO.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("opendata");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let made = meguri(&folder, &["demo", "--no-serve", "--database", "a.sqlite"]);
        assert!(made.status.success(), "{}", said(&made));
        let written = opendata(&folder, &["open"]);
        assert!(written.status.success(), "{}", said(&written));
        folder
    })
}

fn meguri(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meguri"));
    command.current_dir(folder).args(words);
    command.output().expect("the program starts")
}

fn opendata(folder: &Path, words: &[&str]) -> Output {
    let all = [&["opendata"], words, &["--database", "a.sqlite"]].concat();
    meguri(folder, &all)
}

fn said(output: &Output) -> String {
    let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(both).expect("UTF-8")
}

/// The rows of a table of the demo.
fn rows(name: &str) -> Vec<Row> {
    read(&demo().join("open/data").join(format!("{name}.csv")))
}

fn read(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).expect("a file");
    let head = reader.headers().expect("a head").clone();
    let rows = reader.records().map(|row| {
        let row = row.expect("as wide as the head");
        let pairs = head.iter().zip(row.iter());
        pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
    });
    rows.collect()
}

/// What stands in some columns of a row.
fn cells<'r>(row: &'r Row, names: &[&str]) -> Vec<&'r str> {
    names.iter().map(|name| row[*name].as_str()).collect()
}

/// All tables.
fn tables() -> &'static [&'static Table] {
    TABLES
}
