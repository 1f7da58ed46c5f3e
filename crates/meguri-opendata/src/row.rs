//! Rows: cells by the keys of their columns, checked against the table.

use crate::column::Kind;
use crate::fault::Fault;
use crate::table::Table;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// What stands in one column of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing: the paper has nothing there, or nothing is known of it. It is no zero.
    #[default]
    Empty,
    /// A text or a code; never empty in a finished row.
    Text(Cow<'a, str>),
    /// A whole number, a year, yen.
    Integer(i64),
    /// A decimal number.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Self::text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Cell<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::text(text)
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        i64::try_from(number).map_or(Self::Empty, Self::Integer)
    }
}

impl From<Decimal> for Cell<'_> {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Self::Empty, Into::into)
    }
}

impl<'a> Cell<'a> {
    /// An empty text says nothing.
    fn text(text: Cow<'a, str>) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// May it stand in a column of a kind?
    #[must_use]
    pub const fn fits(&self, kind: Kind) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(_) => matches!(kind, Kind::Text | Kind::Code),
            Self::Integer(_) => matches!(kind, Kind::Integer | Kind::Year | Kind::Yen),
            Self::Number(_) => matches!(kind, Kind::Number),
            Self::Flag(_) => matches!(kind, Kind::Flag),
        }
    }
}

/// One row of a table.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    table: &'static Table,
    cells: Vec<Cell<'a>>,
    /// Where the next column is looked for first: rows are filled in the order of their columns.
    next: usize,
    /// A column that the table does not have.
    unknown: Option<&'static str>,
}

impl<'a> Row<'a> {
    /// A row with nothing in it.
    #[must_use]
    pub fn new(table: &'static Table) -> Self {
        Self {
            table,
            cells: vec![Cell::Empty; table.columns.len()],
            next: 0,
            unknown: None,
        }
    }

    /// The same with a value in a column; [`Row::check`] tells of a column that does not exist.
    #[must_use]
    pub fn with(mut self, name: &'static str, cell: impl Into<Cell<'a>>) -> Self {
        self.set(name, cell);
        self
    }

    /// Puts a value into a column.
    pub fn set(&mut self, name: &'static str, cell: impl Into<Cell<'a>>) {
        let columns = self.table.columns;
        let is_next = columns.get(self.next).is_some_and(|next| next.name == name);
        let place = if is_next {
            Some(self.next)
        } else {
            self.table.place(name)
        };
        let Some(place) = place else {
            self.unknown = Some(name);
            return;
        };
        if let Some(own) = self.cells.get_mut(place) {
            *own = cell.into();
            self.next = place + 1;
        }
    }

    /// The same with its texts as a function shows them.
    #[must_use]
    pub fn shown_by(mut self, show: fn(&str) -> Cow<'_, str>) -> Self {
        for cell in &mut self.cells {
            if let Cell::Text(text) = cell
                && let Cow::Owned(shown) = show(text)
            {
                *text = Cow::Owned(shown);
            }
        }
        self
    }

    /// Its table.
    #[must_use]
    pub const fn table(&self) -> &'static Table {
        self.table
    }

    /// Its cells, one a column.
    #[must_use]
    pub fn cells(&self) -> &[Cell<'a>] {
        &self.cells
    }

    /// What stands in a column; nothing where the table has none of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> &Cell<'a> {
        let place = self.table.place(name);
        place
            .and_then(|place| self.cells.get(place))
            .unwrap_or(&Cell::Empty)
    }

    /// Is it a row of its table: every value in a column of its kind, and none missing?
    ///
    /// # Errors
    /// The first column where it is not.
    pub fn check(&self) -> Result<(), Fault> {
        let table = self.table.name;
        if let Some(column) = self.unknown {
            return Err(Fault::Unknown { table, column });
        }
        for (column, cell) in self.table.columns.iter().zip(&self.cells) {
            if !cell.fits(column.kind) {
                let column = column.name;
                return Err(Fault::Kind { table, column });
            }
            if column.required && *cell == Cell::Empty {
                let column = column.name;
                return Err(Fault::Missing { table, column });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::Column;

    static TABLE: Table = Table {
        name: "things",
        title: "もの",
        about: "もの",
        columns: &[
            Column::code("code", "コード", "001", "").always(),
            Column::yen("cost", "費用", "1", ""),
        ],
        key: &["code"],
        foreign: &[],
    };

    #[test]
    fn a_row_is_checked_against_its_table() {
        let whole = Row::new(&TABLE).with("code", "001").with("cost", 5_i64);
        assert_eq!(whole.check(), Ok(()));
        let backwards = Row::new(&TABLE).with("cost", 5_i64).with("code", "001");
        assert_eq!(backwards.cells(), whole.cells());
        let (table, column) = ("things", "code");
        let empty = Row::new(&TABLE).with("code", "");
        assert_eq!(empty.check(), Err(Fault::Missing { table, column }));
        let other = Row::new(&TABLE).with("code", 1_i64);
        assert_eq!(other.check(), Err(Fault::Kind { table, column }));
        let column = "colour";
        let unknown = Row::new(&TABLE).with("code", "1").with(column, "赤");
        assert_eq!(unknown.check(), Err(Fault::Unknown { table, column }));
    }
}
