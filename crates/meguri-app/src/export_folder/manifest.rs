//! `manifest.json`: what an export holds, and `schema.json`: what it means. Neither has a date: the
//! same data gives the same bytes.

use meguri_store::{Kind, MIGRATIONS, TABLES, Table};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The name of the format, by which an export is known.
pub(crate) const FORMAT: &str = "meguri-export";
/// The newest version of the format that this program writes and reads.
pub(crate) const VERSION: u32 = 1;
/// The file of the manifest.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The file of the schema.
pub(crate) const SCHEMA: &str = "schema.json";

/// Which format a manifest has; read before the rest, which a newer version may write otherwise.
#[derive(Debug, Deserialize)]
pub(crate) struct Head {
    pub(crate) format: String,
    pub(crate) version: u32,
}

/// The manifest of version 1.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) format: String,
    pub(crate) version: u32,
    /// How many migrations the database had.
    pub(crate) schema: usize,
    pub(crate) municipality: Named,
    pub(crate) audit: Chain,
    pub(crate) tables: Vec<TableFile>,
    /// All other files, by name.
    pub(crate) files: Vec<OtherFile>,
}

/// The municipality.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    pub(crate) code: String,
    pub(crate) name: String,
}

/// The end of the audit chain.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chain {
    pub(crate) lines: i64,
    pub(crate) head: String,
}

/// The file of a table.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableFile {
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) rows: u64,
    pub(crate) sha256: String,
}

/// Another file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherFile {
    pub(crate) file: String,
    /// In bytes.
    pub(crate) size: u64,
    pub(crate) sha256: String,
}

/// The file of a table.
pub(crate) fn file_of(table: &Table) -> String {
    format!("{}.csv", table.name)
}

/// How many migrations this program knows.
pub(crate) const fn known_schema() -> usize {
    MIGRATIONS.len()
}

/// A JSON file as it is written: indented, with a line end.
pub(crate) fn json_text(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value);
    // Texts and numbers of our own are always JSON.
    text.map(|text| text + "\n").unwrap_or_default()
}

/// The description of all tables.
pub(crate) fn schema() -> Value {
    let column = |column: &meguri_store::Column| {
        let mut value = json!({
            "name": column.name,
            "type": match column.kind {
                Kind::Integer => "integer",
                Kind::Text => "text",
                Kind::Blob(_) => "file",
            },
            "nullable": column.nullable,
            "about": column.about,
        });
        if let Some(unit) = column.unit {
            value["unit"] = unit.into();
        }
        if let Kind::Blob(file) = column.kind {
            value["folder"] = file.folder.into();
        }
        value
    };
    let table = |table: &Table| {
        let columns: Vec<Value> = table.columns.iter().map(column).collect();
        json!({
            "name": table.name,
            "file": file_of(table),
            "about": table.about,
            "key": table.key,
            "columns": columns,
        })
    };
    let tables: Vec<Value> = TABLES.iter().map(table).collect();
    json!({
        "format": FORMAT,
        "version": VERSION,
        "schema": known_schema(),
        "about": "めぐりの書き出し。CSVはUTF-8（BOM付き）、改行はCRLF。空のセルは値なし、「'」だけの\
                  セルは空の文字列。数式とみなされる文字で始まる文字列には先頭に「'」を一つ付ける。",
        "tables": tables,
    })
}
