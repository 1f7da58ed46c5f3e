//! JSON Lines: one object a row, with all columns in their order; `null` where there is nothing.
//! Decimal numbers keep all their digits.

use crate::csv::digits;
use crate::fault::Fault;
use crate::row::{Cell, Row};
use std::io::Write;

/// Writes the rows of one table.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// Begins a file.
    #[must_use]
    pub const fn new(out: W) -> Self {
        Self {
            out,
            line: Vec::new(),
        }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Where it is no row of its table, or cannot be written.
    pub fn write(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        row.check()?;
        self.line.clear();
        self.line.push(b'{');
        for (place, (column, cell)) in row.table().columns.iter().zip(row.cells()).enumerate() {
            if place > 0 {
                self.line.push(b',');
            }
            self.text(column.name)?;
            self.line.push(b':');
            match cell {
                Cell::Empty => self.line.extend_from_slice(b"null"),
                Cell::Text(text) => self.text(text)?,
                Cell::Integer(number) => self.line.extend_from_slice(number.to_string().as_bytes()),
                Cell::Number(number) => self.line.extend_from_slice(digits(*number).as_bytes()),
                Cell::Flag(flag) => self.line.extend_from_slice(flag.to_string().as_bytes()),
            }
        }
        self.line.extend_from_slice(b"}\n");
        self.out.write_all(&self.line)?;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        serde_json::to_writer(&mut self.line, text).map_err(|error| Fault::Io(error.into()))
    }

    /// Ends the file, and gives back where it was written.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> Result<W, Fault> {
        self.out.flush()?;
        Ok(self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::TABLES;

    #[test]
    fn every_column_is_named_in_every_row() {
        for table in TABLES {
            let mut row = Row::new(table);
            for column in table.columns {
                let cell = crate::tables::example(column);
                row.set(column.name, cell);
            }
            let mut writer = Writer::new(Vec::new());
            writer.write(&row).expect("a row");
            let line = writer.finish().expect("an end");
            let read: serde_json::Value = serde_json::from_slice(&line).expect("JSON");
            let keys: Vec<&str> = read
                .as_object()
                .expect("an object")
                .keys()
                .map(String::as_str)
                .collect();
            let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            assert_eq!(keys, names, "{}", table.name);
        }
    }
}
