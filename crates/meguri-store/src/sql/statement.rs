//! Statements as they are written, and lists of them for the test that prepares them all.

use crate::dialect::{self, Engine};
use sqlx::AssertSqlSafe;

/// A statement in what both engines understand, `$1` being the municipality.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sql<'a>(&'a str);

impl<'a> Sql<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self(text)
    }

    pub(crate) const fn text(self) -> &'a str {
        self.0
    }

    /// The statement for the driver. It is made of constants of this package alone: every value that
    /// comes from outside is an argument.
    pub(crate) const fn checked(self) -> AssertSqlSafe<&'a str> {
        AssertSqlSafe(self.0)
    }
}

/// An insert of many rows; the municipality stands before the columns named here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Insert<'a> {
    pub(crate) table: &'a str,
    pub(crate) columns: &'a [&'a str],
}

impl Insert<'_> {
    /// Arguments of one row, the municipality among them.
    pub(crate) const fn width(&self) -> usize {
        self.columns.len() + 1
    }

    /// The statement for a number of rows.
    pub(crate) fn text(&self, engine: Engine, rows: usize) -> String {
        let columns = self.columns.join(", ");
        let values = dialect::places(engine, self.width(), rows);
        let table = self.table;
        format!("INSERT INTO {table} (municipality, {columns}) VALUES {values}")
    }

    /// The statement for one row that may be there already and stays as it is then.
    pub(crate) fn text_unless_there(&self, engine: Engine) -> String {
        format!("{} ON CONFLICT DO NOTHING", self.text(engine, 1))
    }
}

/// Writes the statements of a module and the list of them.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $(
            $(#[$doc])*
            pub(crate) const $name: $crate::sql::Sql<'static> = $crate::sql::Sql::new($text);
        )*
        /// All statements of this module.
        pub(crate) const STATEMENTS: &[(&str, $crate::sql::Sql<'static>)] =
            &[$((stringify!($name), $name)),*];
    };
}

/// Writes the inserts of a module and the list of them.
macro_rules! inserts {
    ($($name:ident = $table:literal [$($column:literal),* $(,)?];)*) => {
        $(pub(crate) const $name: $crate::sql::Insert<'static> = $crate::sql::Insert {
            table: $table,
            columns: &[$($column),*],
        };)*
        /// All inserts of this module.
        pub(crate) const INSERTS: &[$crate::sql::Insert<'static>] = &[$($name),*];
    };
}

pub(crate) use {inserts, statements};
