//! The descriptor of the files: a Frictionless Data Package, version 2
//! (<https://datapackage.org/standard/data-package/>).

use crate::column::{Column, Kind};
use crate::publisher::Publisher;
use crate::table::{Foreign, Table};
use serde_json::{Map, Value, json};

/// The name of the descriptor's file.
pub const FILE: &str = "datapackage.json";

/// The schema that it keeps to.
pub const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// The schema that its tables keep to.
const TABLE_PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// A file of the package: one of the tables as CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// What stands in it.
    pub table: &'static Table,
    /// Where it is, from the descriptor on, with `/` between folders.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Its rows.
    pub rows: u64,
}

/// The descriptor.
#[must_use]
pub fn descriptor(publisher: &Publisher, name: &str, title: &str, files: &[Resource]) -> Value {
    let mut package = Map::new();
    package.insert("$schema".to_owned(), json!(PROFILE));
    package.insert("name".to_owned(), json!(name));
    package.insert("title".to_owned(), json!(title));
    let about = "公表した行政評価・計画の内容です。すべての値に、原文の印字と、確定の方法、原文の行が付いています。";
    package.insert("description".to_owned(), json!(about));
    // The moment in the form that the schema asks for: with seconds and an offset.
    if publisher.moment.contains('T') {
        package.insert("created".to_owned(), json!(publisher.moment));
    }
    if !publisher.site.is_empty() {
        package.insert(
            "homepage".to_owned(),
            json!(format!("{}/opendata", publisher.site)),
        );
    }
    if !publisher.name.is_empty() {
        let contributor = json!([{"title": publisher.name, "roles": ["publisher"]}]);
        package.insert("contributors".to_owned(), contributor);
    }
    if let Some(licence) = licence(publisher) {
        package.insert("licenses".to_owned(), json!([licence]));
    }
    let present: Vec<&str> = files.iter().map(|file| file.table.name).collect();
    let resources = files.iter().map(|file| resource(file, &present));
    package.insert("resources".to_owned(), resources.collect());
    Value::Object(package)
}

/// The licence: by name and address where it is known. A licence in other words has only a title,
/// which the standard does not take for one; it is told in `docs/opendata.md`.
fn licence(publisher: &Publisher) -> Option<Value> {
    let known = publisher.known_licence()?;
    Some(json!({"name": known.name, "path": known.path, "title": known.title}))
}

fn resource(file: &Resource, present: &[&str]) -> Value {
    json!({
        "name": file.table.name,
        "type": "table",
        "title": file.table.title,
        "description": file.table.about,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true},
        "schema": schema(file.table, present),
    })
}

/// The schema of a table; only what points to a table of the package is said to.
#[must_use]
pub fn schema(table: &Table, present: &[&str]) -> Value {
    let fields: Vec<Value> = table.columns.iter().map(field).collect();
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!(TABLE_PROFILE));
    schema.insert("fields".to_owned(), json!(fields));
    schema.insert("missingValues".to_owned(), json!([""]));
    schema.insert("primaryKey".to_owned(), json!(table.key));
    // The tools take a key that is empty in part for one that leads nowhere, so that only those are
    // declared that always lead somewhere; the manual has all of them.
    let always = |name: &&str| {
        let place = table.place(name).and_then(|place| table.columns.get(place));
        place.is_some_and(|column| column.required)
    };
    let foreign = table
        .foreign
        .iter()
        .filter(|foreign| present.contains(&foreign.table) && foreign.columns.iter().all(always));
    let foreign: Vec<Value> = foreign.map(foreign_key).collect();
    if !foreign.is_empty() {
        schema.insert("foreignKeys".to_owned(), json!(foreign));
    }
    Value::Object(schema)
}

fn foreign_key(foreign: &Foreign) -> Value {
    json!({
        "fields": foreign.columns,
        "reference": {"resource": foreign.table, "fields": foreign.there},
    })
}

fn field(column: &Column) -> Value {
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(column.name));
    field.insert("type".to_owned(), json!(column.kind.frictionless()));
    field.insert("title".to_owned(), json!(column.title));
    field.insert("description".to_owned(), json!(column.about));
    // The published schema takes texts only, whatever the type of the field.
    field.insert("example".to_owned(), json!(column.example));
    if let Some(unit) = unit(column.kind) {
        field.insert("unit".to_owned(), json!(unit));
    }
    if column.required {
        field.insert("constraints".to_owned(), json!({"required": true}));
    }
    Value::Object(field)
}

/// The unit of a kind of number, where it is one for all.
const fn unit(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Yen => Some("円"),
        Kind::Year => Some("年度"),
        _ => None,
    }
}
