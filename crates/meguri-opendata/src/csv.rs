//! CSV (RFC 4180): UTF-8, commas, CRLF, the keys of the columns in the first line.

use crate::fault::Fault;
use crate::row::{Cell, Row};
use crate::table::Table;
use rust_decimal::Decimal;
use std::io::Write;

/// How the files are written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// A mark of UTF-8 at the beginning, by which Excel knows the encoding.
    pub bom: bool,
    /// Which texts a spreadsheet would run as a formula; a `'` goes before them. Numbers are never
    /// touched.
    pub is_formula: fn(&str) -> bool,
}

/// Spreadsheets know UTF-8 by it.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Writes the rows of one table.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    style: Style,
    line: String,
}

impl<W: Write> Writer<W> {
    /// Begins a file with its head.
    ///
    /// # Errors
    /// Those of writing.
    pub fn new(mut out: W, table: &Table, style: Style) -> Result<Self, Fault> {
        if style.bom {
            out.write_all(BOM)?;
        }
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        out.write_all(names.join(",").as_bytes())?;
        out.write_all(b"\r\n")?;
        Ok(Self {
            out,
            style,
            line: String::new(),
        })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Where it is no row of its table, or cannot be written.
    pub fn write(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        row.check()?;
        self.line.clear();
        for (place, cell) in row.cells().iter().enumerate() {
            if place > 0 {
                self.line.push(',');
            }
            self.cell(cell);
        }
        self.line.push_str("\r\n");
        self.out.write_all(self.line.as_bytes())?;
        Ok(())
    }

    fn cell(&mut self, cell: &Cell<'_>) {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                let guard = if (self.style.is_formula)(text) {
                    "'"
                } else {
                    ""
                };
                if text.contains([',', '"', '\n', '\r']) {
                    self.line.push('"');
                    self.line.push_str(guard);
                    self.line.push_str(&text.replace('"', "\"\""));
                    self.line.push('"');
                } else {
                    self.line.push_str(guard);
                    self.line.push_str(text);
                }
            }
            Cell::Integer(number) => self.line.push_str(&number.to_string()),
            Cell::Number(number) => self.line.push_str(&digits(*number)),
            Cell::Flag(flag) => self.line.push_str(if *flag { "true" } else { "false" }),
        }
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

/// A number as all files have it: rounded to [`crate::column::DECIMALS`], without zeros at its end.
#[must_use]
pub fn digits(number: Decimal) -> String {
    rounded(number).to_string()
}

/// A number to [`crate::column::DECIMALS`] places, a half away from zero, without zeros at its end.
#[must_use]
pub fn rounded(number: Decimal) -> Decimal {
    use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let rounded = number.round_dp_with_strategy(crate::column::DECIMALS, MidpointAwayFromZero);
    rounded.normalize()
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
            Column::code("code", "コード", "001", ""),
            Column::text("text", "文", "文", ""),
            Column::yen("cost", "費用", "1", ""),
            Column::number("value", "値", "1.5", ""),
            Column::flag("flag", "印", ""),
        ],
        key: &["code"],
        foreign: &[],
    };

    fn written(bom: bool, rows: &[Row<'_>]) -> String {
        let style = Style {
            bom,
            is_formula: |text| text.starts_with(['=', '-', '0']),
        };
        let mut writer = Writer::new(Vec::new(), &TABLE, style).expect("a file");
        for row in rows {
            writer.write(row).expect("a row");
        }
        String::from_utf8(writer.finish().expect("an end")).expect("text")
    }

    #[test]
    fn texts_are_guarded_and_quoted_and_numbers_are_not_touched() {
        let row = Row::new(&TABLE)
            .with("code", "001")
            .with("text", "=a,\"b\"\n")
            .with("cost", -5_i64)
            .with("value", Decimal::new(-150, 2))
            .with("flag", true);
        let empty = Row::new(&TABLE).with("code", "x");
        let head = "code,text,cost,value,flag\r\n";
        let text = written(false, &[row, empty]);
        let wanted = "'001,\"'=a,\"\"b\"\"\n\",-5,-1.5,true\r\nx,,,,\r\n";
        assert_eq!(text, format!("{head}{wanted}"));
        assert_eq!(written(true, &[]), format!("\u{feff}{head}"));
    }

    #[test]
    fn numbers_have_ten_places_at_most() {
        for (number, wanted) in [
            ("0.12345678905", "0.1234567891"),
            ("-0.12345678905", "-0.1234567891"),
            ("100.0", "100"),
            ("0.000", "0"),
            ("1000", "1000"),
        ] {
            let number: Decimal = number.parse().expect("a number");
            assert_eq!(digits(number), wanted);
        }
    }
}
