//! Folders that are not as they were written: each is refused with the file, the line and what to
//! do, and nothing of it is in the database.

use super::{CODE, file, filled_database, municipalities, new_folder, path, refused, well};
use meguri_store::Location;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// A copy of an export that may be spoilt.
struct Folder(PathBuf);

impl Folder {
    fn copy(from: &Path, to: PathBuf) -> Self {
        fs::create_dir_all(&to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry").path();
            let target = to.join(entry.file_name().expect("a name"));
            if entry.is_dir() {
                Self::copy(&entry, target);
            } else {
                fs::copy(&entry, target).expect("a copy");
            }
        }
        Self(to)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("UTF-8")
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).expect("it is written");
    }

    fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has {from}");
        self.write(name, text.replacen(from, to, 1));
    }

    fn manifest(&self, change: impl FnOnce(&mut Value)) {
        let mut manifest = serde_json::from_str(&self.text("manifest.json")).expect("JSON");
        change(&mut manifest);
        self.write("manifest.json", manifest.to_string());
    }

    /// Makes the manifest agree with a changed table, as somebody might who writes such folders.
    fn agree(&self, name: &str, rows: u64) {
        let hash = Sha256::digest(fs::read(self.0.join(name)).expect("it is read"));
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        self.manifest(|manifest| {
            let tables = manifest["tables"].as_array_mut().expect("a list");
            let table = tables
                .iter_mut()
                .find(|table| table["file"] == name)
                .expect("a table");
            table["sha256"] = hash.into();
            table["rows"] = rows.into();
        });
    }

    /// Changes one byte of one file of a folder.
    fn spoil_one_of(&self, folder: &str) {
        let mut files = fs::read_dir(self.0.join(folder)).expect("a folder");
        let file = files.next().expect("a file").expect("an entry").path();
        let mut bytes = fs::read(&file).expect("it is read");
        bytes[0] ^= 1;
        fs::write(file, bytes).expect("it is written");
    }

    /// Changes who did what in the audit, and makes the manifest agree.
    fn forge_audit(&self) {
        self.replace("audit.csv", "試験", "誰か");
        let known: Value = serde_json::from_str(&self.text("manifest.json")).expect("JSON");
        self.agree(
            "audit.csv",
            known["tables"][1]["rows"].as_u64().expect("rows"),
        );
    }

    /// Changes a table and makes the manifest agree.
    fn renew(&self, name: &str, from: &str, to: &str, fewer: u64) {
        self.replace(name, from, to);
        let known: Value = serde_json::from_str(&self.text("manifest.json")).expect("JSON");
        let tables = known["tables"].as_array().expect("a list");
        let table = tables.iter().find(|table| table["file"] == name);
        let rows = table
            .and_then(|table| table["rows"].as_u64())
            .expect("rows");
        self.agree(name, rows - fewer);
    }

    /// Writes a table in UTF-16, as a spreadsheet might.
    fn to_utf_16(&self, name: &str) {
        let words = self.text(name);
        let bytes = words.encode_utf16().flat_map(u16::to_le_bytes);
        self.write(name, bytes.collect::<Vec<u8>>());
    }

    /// Adds bytes to a table.
    fn append(&self, name: &str, bytes: &[u8]) {
        let mut all = fs::read(self.0.join(name)).expect("it is read");
        all.extend(bytes);
        self.write(name, all);
    }

    /// The first row of a table, with its line end.
    fn first_row(&self, name: &str) -> String {
        self.text(name)
            .split_inclusive("\r\n")
            .nth(1)
            .expect("a row")
            .to_owned()
    }

    /// Puts a row behind the others and makes the manifest agree.
    fn add(&self, name: &str, row: &str) {
        let text = self.text(name);
        let rows = text.lines().count() as u64;
        self.write(name, text + row);
        self.agree(name, rows);
    }
}

type Spoil = fn(&Folder);

/// Files that are missing, foreign or of another program.
const FILES: &[(&str, Spoil, &str)] = &[
    (
        "no-manifest",
        |f| fs::remove_file(f.0.join("manifest.json")).expect("gone"),
        "manifest.jsonがありません",
    ),
    (
        "no-json",
        |f| f.write("manifest.json", "{"),
        "manifest.jsonを読み取れません。1行目",
    ),
    (
        "other-format",
        |f| f.manifest(|m| m["format"] = "x".into()),
        "形式が違います",
    ),
    (
        "newer-format",
        |f| f.manifest(|m| m["version"] = 99.into()),
        "新しい版のめぐりで作られています（形式の版 99",
    ),
    (
        "newer-schema",
        |f| f.manifest(|m| m["schema"] = 999.into()),
        "新しい版のめぐりで作られています（データの版 999",
    ),
    (
        "bad-code",
        |f| f.manifest(|m| m["municipality"]["code"] = "131017".into()),
        "検査数字",
    ),
    (
        "other-name",
        |f| f.manifest(|m| m["municipality"]["name"] = "別の市".into()),
        "団体名または監査記録の末尾",
    ),
    (
        "no-table",
        |f| fs::remove_file(f.0.join("sheet.csv")).expect("gone"),
        "「sheet.csv」がありません",
    ),
    (
        "no-source",
        |f| fs::remove_dir_all(f.0.join("sources")).expect("gone"),
        "」がありません",
    ),
    (
        "foreign",
        |f| f.write("メモ.txt", "x"),
        "「メモ.txt」は、この書き出しのファイルではありません",
    ),
    (
        "foreign-below",
        |f| f.write("sources/x.exe", "x"),
        "「sources/x.exe」は、この書き出し",
    ),
    (
        "edited-schema",
        |f| f.replace("schema.json", "団体", "だんたい"),
        "「schema.json」の内容が",
    ),
    (
        "edited-reading",
        |f| f.spoil_one_of("readings"),
        "内容が、書き出したときから変わっています",
    ),
];

/// Tables that were changed.
const TABLES: &[(&str, Spoil, &str)] = &[
    (
        "edited",
        |f| f.replace("project.csv", "04000123", "04000124"),
        "「project.csv」の内容が、書き出したときから変わっています",
    ),
    (
        "row-gone",
        |f| {
            let row = f.first_row("value.csv");
            f.replace("value.csv", &row, "");
        },
        "「value.csv」の内容が",
    ),
    (
        "formula",
        |f| f.replace("project.csv", "'+水路改修", "+水路改修"),
        "「project.csv」の「2行目」の列 name：「+水路改修」は、表計算",
    ),
    (
        "swapped",
        |f| f.replace("project.csv", "code,name", "name,code"),
        "列の順番が入れ替わっています：name、code",
    ),
    (
        "renamed",
        |f| f.replace("project.csv", "code,name", "番号,name"),
        "列「code」の代わりに「番号」",
    ),
    (
        "no-column",
        |f| f.replace("project.csv", "key,code,name", "key,name"),
        "列がありません：code",
    ),
    (
        "more-columns",
        |f| f.replace("project.csv", "code,name", "code,name,備考"),
        "知らない列があります：備考",
    ),
    (
        "wide",
        |f| f.add("plan.csv", "9,x,y\r\n"),
        "列の数が2ではなく3です",
    ),
    (
        "utf-16",
        |f| f.to_utf_16("plan.csv"),
        "UTF-16に変わっています",
    ),
    (
        "no-mark",
        |f| {
            let text = f.text("plan.csv");
            f.write("plan.csv", &text.as_bytes()[3..]);
        },
        "UTF-8の印（BOM）がありません",
    ),
    (
        "cp932",
        |f| f.append("plan.csv", b"9,\x8e\x7b\x8d\xf4\r\n"),
        "Shift_JIS（CP932）とみられます",
    ),
    (
        "no-number",
        |f| f.replace("node.csv", "\r\n", "\r\nⅢ"),
        "「Ⅲ",
    ),
    (
        "doubled",
        |f| {
            let row = f.first_row("plan.csv");
            f.add("plan.csv", &row);
        },
        "同じキーの行がすでにあります",
    ),
    (
        "no-parent",
        |f| f.add("document_sheet.csv", "999999,1,0,1,1\r\n"),
        "参照先の行がありません",
    ),
    (
        "empty-cell",
        |f| f.add("plan.csv", "9,\r\n"),
        "列 key に値がありません",
    ),
    (
        "other-file",
        |f| f.replace("reading.csv", "readings/", "../readings/"),
        "のファイル名が、その行のものと違います",
    ),
    (
        "high-id",
        |f| f.add("plan.csv", "999999,x\r\n"),
        "番号が控えと合いません",
    ),
    ("audit", Folder::forge_audit, "監査記録に異常があります"),
    (
        "renewed-value",
        |f| f.renew("value.csv", "confirmed", "printed", 0),
        "監査記録に異常があります",
    ),
    (
        "renewed-withdrawal",
        |f| {
            let row = f.first_row("withdrawal.csv");
            f.renew("withdrawal.csv", &row, "", 1);
        },
        "の取下げ",
    ),
    (
        "renewed-publisher",
        |f| f.renew("publication.csv", "政策課", "別の課", 0),
        "の公表",
    ),
    (
        "nul",
        |f| f.add("plan.csv", "9,a\0b\r\n"),
        "使えない文字（NUL）",
    ),
    (
        "open-quote",
        |f| {
            let rows = "9,x\r\n".repeat(14_000_000);
            f.write("plan.csv", format!("\u{feff}id,key\r\n1,\"{rows}"));
        },
        "引用符「\"」が閉じられていない",
    ),
];

fn each_is_refused(name: &str, cases: &[(&str, Spoil, &str)]) {
    let folder = new_folder(name);
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let whole = folder.join("whole");
    well(&["export", path(&whole)], &database);
    let target = file(&folder, "target.sqlite");
    for (case, spoil, message) in cases {
        let spoilt = Folder::copy(&whole, folder.join(case));
        spoil(&spoilt);
        let told = refused(&["import", path(&spoilt.0)], &target);
        assert!(told.contains(message), "{case}: {told} is not {message}");
        assert!(
            told.lines().count() >= 2,
            "{case}: what to do is told: {told}"
        );
        let Location::File(file) = &target else {
            unreachable!("a file")
        };
        if file.exists() {
            assert!(
                municipalities(&target).is_empty(),
                "{case}: nothing is kept"
            );
        }
        fs::remove_dir_all(&spoilt.0).expect("gone");
    }
    well(&["import", path(&whole)], &target);
    assert_eq!(municipalities(&target), [CODE], "the whole folder is taken");
}

#[test]
fn missing_and_foreign_files_are_named() {
    each_is_refused("spoilt-files", FILES);
}

#[test]
fn changed_tables_are_named_with_the_place() {
    each_is_refused("spoilt-tables", TABLES);
}

#[test]
fn another_municipality_and_no_folder_are_told() {
    let folder = new_folder("spoilt-other");
    let database = file(&folder, "a.sqlite");
    filled_database(&database);
    let out = folder.join("out");
    well(&["export", path(&out)], &database);
    let target = file(&folder, "b.sqlite");
    let told = refused(&["import", path(&out), "--municipality", "011002"], &target);
    assert!(told.contains("131016") && told.contains("011002"), "{told}");
    let told = refused(&["import", path(&folder.join("none"))], &target);
    assert!(
        told.contains("見つかりません") && told.contains("場所を確認"),
        "{told}"
    );
}
