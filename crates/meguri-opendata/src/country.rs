//! The tables of many municipalities: Parquet by table and year only, sorted by 団体コード, so that
//! one municipality is found by the groups of a file and the whole country needs few files.
//!
//! Municipalities come one after another, each with all its tables; what comes twice or out of order
//! is refused. A table without an evaluated year is one file.

use crate::column::Kind;
use crate::fault::Fault;
use crate::parquet::Writer;
use crate::row::{Cell, Row};
use crate::table::Table;
use std::collections::BTreeMap;
use std::io::Write;

/// The column by whose values a table is cut into files.
const YEAR: &str = "fiscal_year";

/// The name of a partition of rows without a year, as Hive has it.
const NO_YEAR: &str = "__HIVE_DEFAULT_PARTITION__";

/// A file of the country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountryFile {
    /// The table.
    pub table: &'static Table,
    /// Its path: `money/year=2024/data.parquet`.
    pub path: String,
    /// Its rows.
    pub rows: u64,
}

/// The files that are open, by table and year.
type Open<W> = BTreeMap<(&'static str, Option<i64>), (Writer<W>, CountryFile)>;

/// Writes the tables of a country.
pub struct Country<W: Write + Send, F> {
    open: F,
    /// By table and year.
    files: Open<W>,
    /// The last code of each table.
    last: BTreeMap<&'static str, String>,
}

impl<W: Write + Send, F> std::fmt::Debug for Country<W, F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Country({} files)", self.files.len())
    }
}

impl<W: Write + Send, F: FnMut(&str) -> Result<W, Fault>> Country<W, F> {
    /// A country whose files are opened by a function, by their paths with `/` between folders.
    pub const fn new(open: F) -> Self {
        Self {
            open,
            files: BTreeMap::new(),
            last: BTreeMap::new(),
        }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Where a municipality comes before one that was written already, or the file cannot be written.
    pub fn write(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let table = row.table();
        self.in_order(row)?;
        let year = match row.get(YEAR) {
            Cell::Integer(year) => Some(*year),
            _ => None,
        };
        let key = (table.name, year);
        if !self.files.contains_key(&key) {
            let path = path(table, year);
            let writer = Writer::new((self.open)(&path)?, table)?;
            let rows = 0;
            let file = CountryFile { table, path, rows };
            self.files.insert(key, (writer, file));
        }
        let Some((writer, file)) = self.files.get_mut(&key) else {
            return Ok(());
        };
        file.rows += 1;
        writer.write(row)
    }

    fn in_order(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let Some(Cell::Text(code)) = row.cells().first() else {
            return row.check();
        };
        let table = row.table().name;
        match self.last.get_mut(table) {
            Some(last) if last.as_str() == code.as_ref() => {}
            Some(last) if last.as_str() > code.as_ref() => return Err(Fault::Order { table }),
            Some(last) => {
                last.clear();
                last.push_str(code);
            }
            None => {
                self.last.insert(table, code.clone().into_owned());
            }
        }
        Ok(())
    }

    /// Ends all files; each is given with what was written.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(self) -> Result<Vec<(CountryFile, W)>, Fault> {
        let files = self.files.into_values();
        files
            .map(|(writer, file)| Ok((file, writer.finish()?)))
            .collect()
    }
}

/// Has a table an evaluated year, by which it is cut into files?
#[must_use]
pub fn has_years(table: &Table) -> bool {
    let place = table.place(YEAR).and_then(|place| table.columns.get(place));
    place.is_some_and(|column| column.kind == Kind::Year)
}

fn path(table: &Table, year: Option<i64>) -> String {
    let name = table.name;
    match (has_years(table), year) {
        (false, _) => format!("{name}/data.parquet"),
        (true, Some(year)) => format!("{name}/year={year}/data.parquet"),
        (true, None) => format!("{name}/year={NO_YEAR}/data.parquet"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{MONEY, PLANS, example};

    fn row(table: &'static Table, code: &'static str, year: Option<i64>) -> Row<'static> {
        let mut row = Row::new(table);
        for column in table.columns.iter().filter(|column| column.required) {
            row.set(column.name, example(column));
        }
        row.set("municipality_code", code);
        if year.is_some() {
            row.set(YEAR, year);
        }
        row
    }

    #[test]
    fn files_are_cut_by_year_only_and_hold_municipalities_in_order() {
        let mut paths = Vec::new();
        let mut country = Country::new(|path: &str| {
            paths.push(path.to_owned());
            Ok(Vec::new())
        });
        for code in ["011002", "131016", "131016", "473825"] {
            country.write(&row(&PLANS, code, None)).expect("a row");
            for year in [Some(2023), Some(2024), None] {
                country.write(&row(&MONEY, code, year)).expect("a row");
            }
        }
        let back = country.write(&row(&MONEY, "131016", Some(2024)));
        assert_eq!(back, Err(Fault::Order { table: "money" }));
        let files = country.finish().expect("an end");
        let found: Vec<(&str, u64)> = files
            .iter()
            .map(|(file, _)| (file.path.as_str(), file.rows))
            .collect();
        let wanted = [
            ("money/year=__HIVE_DEFAULT_PARTITION__/data.parquet", 4),
            ("money/year=2023/data.parquet", 4),
            ("money/year=2024/data.parquet", 4),
            ("plans/data.parquet", 4),
        ];
        assert_eq!(found, wanted);
        assert_eq!(paths.len(), 4);
        assert!(files.iter().all(|(_, bytes)| bytes.starts_with(b"PAR1")));
    }
}
