//! All rows of a municipality, table by table, in an order that is the same on both engines.
//!
//! What the files of an export look like is the affair of the program.

mod not_exported;
mod schema;
mod tables;

pub use not_exported::NOT_EXPORTED;
pub use schema::{BlobFile, Column, Kind, Table};
pub use tables::TABLES;

use crate::error::Result;
use crate::municipality::Municipality;
use crate::sql::{Arg, Row, Sql};
use crate::transaction::ReadTx;

/// Rows of a page; with bytes in them one, since a file may be large.
const PAGE: usize = 1_000;

/// One cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A text, which may be empty.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

/// One state of a municipality, to be read through while others write.
pub struct Exporting {
    reading: ReadTx,
}

/// A place between two rows of a table.
#[derive(Debug)]
pub struct Cursor {
    table: &'static Table,
    after: Vec<Cell>,
    done: bool,
}

impl Municipality {
    /// Begins to read all of it, in one state.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn exporting(&self) -> Result<Exporting> {
        Ok(Exporting {
            reading: self.read().await?,
        })
    }
}

impl Cursor {
    /// Before the first row of a table.
    #[must_use]
    pub const fn new(table: &'static Table) -> Self {
        Self {
            table,
            after: Vec::new(),
            done: false,
        }
    }
}

impl Exporting {
    /// The next rows of a table, a cell for each of its columns; none behind the last one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn next_page(&mut self, cursor: &mut Cursor) -> Result<Vec<Vec<Cell>>> {
        if cursor.done {
            return Ok(Vec::new());
        }
        let table = cursor.table;
        let text = select(table, !cursor.after.is_empty());
        let args: Vec<Arg<'_>> = cursor.after.iter().map(argument).collect();
        let rows = self.reading.rows(Sql::new(&text), &args).await?;
        let rows = rows
            .iter()
            .map(|row| cells(table, row))
            .collect::<Result<Vec<_>>>()?;
        cursor.done = rows.len() < most(table) || table.key.is_empty();
        if let Some(last) = rows.last() {
            cursor.after = table
                .key_places()
                .filter_map(|place| last.get(place).cloned())
                .collect();
        }
        Ok(rows)
    }
}

/// The statements of all tables, for the test that prepares them.
pub(crate) fn all_texts() -> Vec<String> {
    let all = || TABLES.iter().chain(NOT_EXPORTED);
    let keyed = all().filter(|table| !table.key.is_empty());
    all()
        .map(|table| select(table, false))
        .chain(keyed.map(|t| select(t, true)))
        .collect()
}

fn most(table: &Table) -> usize {
    if table.plain().count() < table.columns.len() {
        1
    } else {
        PAGE
    }
}

/// Keys are compared bytewise on both engines: their columns have the collation `C` on PostgreSQL.
fn select(table: &Table, behind: bool) -> String {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let mut text = format!(
        "SELECT {} FROM {} WHERE municipality = $1",
        names.join(", "),
        table.name
    );
    if table.key.is_empty() {
        return text;
    }
    let key = table.key.join(", ");
    if behind {
        let places: Vec<String> = (2..)
            .take(table.key.len())
            .map(|n| format!("${n}"))
            .collect();
        text.push_str(&format!(" AND ({key}) > ({})", places.join(", ")));
    }
    text.push_str(&format!(" ORDER BY {key} LIMIT {}", most(table)));
    text
}

fn cells(table: &Table, row: &Row) -> Result<Vec<Cell>> {
    let cell = |(place, column): (usize, &Column)| {
        Ok(match column.kind {
            Kind::Integer => row.maybe_integer(place)?.map_or(Cell::Null, Cell::Integer),
            Kind::Text => row.maybe_text(place)?.map_or(Cell::Null, Cell::Text),
            Kind::Blob(_) => Cell::Blob(row.bytes(place)?),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}

/// The argument of a cell of a key, which always holds something.
fn argument(cell: &Cell) -> Arg<'_> {
    match cell {
        Cell::Null => Arg::Text(None),
        Cell::Integer(number) => Arg::Integer(Some(*number)),
        Cell::Text(text) => Arg::text(text.as_str()),
        Cell::Blob(bytes) => Arg::Blob(bytes),
    }
}

/// The argument of a cell of a column.
pub(crate) fn argument_of<'a>(column: &Column, cell: &'a Cell) -> Arg<'a> {
    match (column.kind, cell) {
        (Kind::Integer, Cell::Null) => Arg::Integer(None),
        _ => argument(cell),
    }
}
