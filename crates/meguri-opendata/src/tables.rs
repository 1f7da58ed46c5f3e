//! All tables, in the order in which they are listed.
//!
//! A column is a promise: once released it keeps its name, its place and its meaning, and new ones
//! come behind it. `testdata/opendata/columns.txt` has what was promised; a test compares.

mod figures;
mod plans;
mod projects;
mod publications;
mod rules;
mod shared;
mod sheets;

use crate::column::{Column, Kind};
use crate::row::Cell;
use crate::table::Table;
pub use figures::{INDICATORS, REVISIONS, VALUES};
pub use plans::{NODES, PLANS, PROGRAMMES, SCHEDULE};
pub use projects::{COUNTS, DIRECTIONS, LISTINGS, MONEY, OUTLINES, PROJECTS};
pub use publications::{CORRECTIONS, PUBLICATIONS};
pub use rules::{FIELDS, FINDINGS, SCALES, SCHEMES};
pub use sheets::{JUDGEMENTS, SECTIONS, SHEET_SECTIONS, SHEETS, TEXTS};

/// All tables.
pub const TABLES: &[&Table] = &[
    &PUBLICATIONS,
    &CORRECTIONS,
    &PLANS,
    &NODES,
    &PROGRAMMES,
    &SCHEDULE,
    &SCHEMES,
    &SCALES,
    &FIELDS,
    &SHEETS,
    &SECTIONS,
    &SHEET_SECTIONS,
    &TEXTS,
    &JUDGEMENTS,
    &INDICATORS,
    &VALUES,
    &REVISIONS,
    &PROJECTS,
    &LISTINGS,
    &OUTLINES,
    &DIRECTIONS,
    &COUNTS,
    &MONEY,
    &FINDINGS,
];

/// The example of a column as a cell; nothing where the example is none of its kind.
#[must_use]
pub fn example(column: &Column) -> Cell<'static> {
    let text = column.example;
    match column.kind {
        Kind::Text | Kind::Code => text.into(),
        Kind::Integer | Kind::Year | Kind::Yen => text.parse::<i64>().ok().into(),
        Kind::Number => text.parse::<rust_decimal::Decimal>().ok().into(),
        Kind::Flag => text.parse::<bool>().ok().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_column_says_what_it_is() {
        let mut names = BTreeSet::new();
        for table in TABLES {
            assert!(names.insert(table.name), "{} twice", table.name);
            let first = table.columns.first().map(|column| column.name);
            assert_eq!(first, Some("municipality_code"), "{}", table.name);
            let mut columns = BTreeSet::new();
            for column in table.columns {
                let place = format!("{}.{}", table.name, column.name);
                assert!(columns.insert(column.name), "{place} twice");
                let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                assert!(column.name.chars().all(is_key), "{place}");
                assert!(
                    !column.title.is_empty() && !column.about.is_empty(),
                    "{place}"
                );
                assert!(example(column) != Cell::Empty, "{place}: no example");
            }
        }
    }

    #[test]
    fn keys_and_what_points_to_them_are_columns_of_one_kind() {
        for table in TABLES {
            for key in table.key {
                assert!(table.place(key).is_some(), "{}: {key}", table.name);
            }
            for foreign in table.foreign {
                let other = crate::table::find(foreign.table).expect("a table");
                assert_eq!(foreign.there, other.key, "{} → {}", table.name, other.name);
                assert_eq!(foreign.columns.len(), foreign.there.len());
                for (here, there) in foreign.columns.iter().zip(foreign.there) {
                    let kind = |table: &Table, name: &str| {
                        let place = table.place(name).expect("a column");
                        table.columns[place].kind
                    };
                    assert_eq!(kind(table, here), kind(other, there), "{}", table.name);
                }
            }
        }
    }
}
