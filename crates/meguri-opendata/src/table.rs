//! Tables: one kind of row a file.

use crate::column::Column;

/// What a file of rows holds.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Stable ASCII key; also the name of its files.
    pub name: &'static str,
    /// Japanese title.
    pub title: &'static str,
    /// What one row is, in a sentence.
    pub about: &'static str,
    /// Its columns; new ones only at the end.
    pub columns: &'static [Column],
    /// The columns that tell its rows apart.
    pub key: &'static [&'static str],
    /// The tables that its rows point to.
    pub foreign: &'static [Foreign],
}

/// Columns that point to the rows of a table with the same values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// The columns here; of a row that points nowhere one of them is empty.
    pub columns: &'static [&'static str],
    /// The other table.
    pub table: &'static str,
    /// The columns there, in the same order.
    pub there: &'static [&'static str],
}

impl Table {
    /// Where a column stands, from 0.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// A table by its key.
#[must_use]
pub fn find(name: &str) -> Option<&'static Table> {
    crate::tables::TABLES
        .iter()
        .copied()
        .find(|table| table.name == name)
}
