//! Files of one table each: a format, its writer, and what was written.

use crate::csv::{self, Style};
use crate::fault::Fault;
use crate::json_lines;
use crate::parquet;
use crate::row::Row;
use crate::table::Table;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Write};

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For spreadsheets and everything else.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// For analysis: typed, by columns, packed.
    Parquet,
}

/// Where rows go, one by one.
pub type Emit<'e> = dyn FnMut(&Row<'_>) -> Result<(), Fault> + 'e;

/// Who gives the rows of a table, one by one, always the same in the same order.
pub type Rows<'r> = dyn Fn(&'static Table, &mut Emit<'_>) -> Result<(), Fault> + 'r;

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Rows.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Csv, Self::JsonLines, Self::Parquet];

    /// The ending of its files, with the point.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => ".csv",
            Self::JsonLines => ".jsonl",
            Self::Parquet => ".parquet",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::JsonLines => "application/jsonl",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// Its name for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::JsonLines => "JSON Lines",
            Self::Parquet => "Parquet",
        }
    }

    /// The name of the file of a table.
    #[must_use]
    pub fn file(self, table: &Table) -> String {
        format!("{}{}", table.name, self.ending())
    }

    /// Writes a table.
    ///
    /// # Errors
    /// Where a row is none of its table, or the file cannot be written.
    pub fn write<W: Write + Send>(
        self,
        table: &'static Table,
        style: Style,
        rows: &Rows<'_>,
        out: W,
    ) -> Result<(W, Written), Fault> {
        let out = Counted::new(out);
        let mut count = 0;
        let out = match self {
            Self::Csv => {
                let mut writer = csv::Writer::new(out, table, style)?;
                rows(table, &mut |row| {
                    count += 1;
                    writer.write(row)
                })?;
                writer.finish()?
            }
            Self::JsonLines => {
                let mut writer = json_lines::Writer::new(out);
                rows(table, &mut |row| {
                    count += 1;
                    writer.write(row)
                })?;
                writer.finish()?
            }
            Self::Parquet => {
                let mut writer = parquet::Writer::new(out, table)?;
                rows(table, &mut |row| {
                    count += 1;
                    writer.write(row)
                })?;
                writer.finish()?
            }
        };
        Ok(out.finish(count))
    }
}

/// A writer of which all bytes are counted and hashed.
#[derive(Debug)]
pub(crate) struct Counted<W> {
    out: W,
    bytes: u64,
    hasher: Sha256,
}

impl<W: Write> Counted<W> {
    pub(crate) fn new(out: W) -> Self {
        Self {
            out,
            bytes: 0,
            hasher: Sha256::new(),
        }
    }

    pub(crate) fn finish(self, rows: u64) -> (W, Written) {
        let hash = self.hasher.finalize();
        let sha256 = hash.iter().fold(String::new(), |mut text, byte| {
            // Writing into a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        let written = Written {
            rows,
            bytes: self.bytes,
            sha256,
        };
        (self.out, written)
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        let (done, _) = bytes.split_at(written.min(bytes.len()));
        self.hasher.update(done);
        self.bytes += done.len() as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
