//! Rows of a result, read by the place of the column.

use crate::error::{Error, Result};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};

/// One row.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    fn get<'r, T>(&'r self, column: usize) -> Result<Option<T>>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
    {
        match self {
            Self::Sqlite(row) => row.try_get::<Option<T>, _>(column),
            Self::Postgres(row) => row.try_get::<Option<T>, _>(column),
        }
        .map_err(Error::from)
    }

    /// An integer that may be absent.
    pub(crate) fn maybe_integer(&self, column: usize) -> Result<Option<i64>> {
        self.get(column)
    }

    /// An integer.
    pub(crate) fn integer(&self, column: usize) -> Result<i64> {
        self.get(column)?
            .ok_or_else(|| Error::damaged(format!("column {column} is empty")))
    }

    /// A text that may be absent.
    pub(crate) fn maybe_text(&self, column: usize) -> Result<Option<String>> {
        self.get(column)
    }

    /// A text.
    pub(crate) fn text(&self, column: usize) -> Result<String> {
        self.get(column)?
            .ok_or_else(|| Error::damaged(format!("column {column} is empty")))
    }

    /// Bytes.
    pub(crate) fn bytes(&self, column: usize) -> Result<Vec<u8>> {
        self.get(column)?
            .ok_or_else(|| Error::damaged(format!("column {column} is empty")))
    }

    /// A number that is not negative and not absurdly large, such as a line.
    pub(crate) fn small(&self, column: usize) -> Result<u32> {
        let value = self.integer(column)?;
        u32::try_from(value).map_err(|_| Error::damaged(format!("{value} is no small number")))
    }
}
