//! One CSV file of an export, row by row, in bounded memory; every fault with its line.

use super::cell::{self, short};
use super::fault::FolderFault;
use super::hashing::{Hashed, Hashing};
use super::write::BOM;
use crate::regular;
use meguri_store::{Cell, Kind, Table};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes of a row at most. A quote that is not closed would take in the rest of the file.
const ROW_MAX: usize = 64 << 20;

/// Stops a reader that takes too much at once.
struct Bounded<R> {
    inner: R,
    left: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read);
        Ok(read)
    }
}

/// A file of a table that is being read.
pub(crate) struct TableReader {
    name: String,
    table: &'static Table,
    csv: csv::Reader<Bounded<Hashing<File>>>,
    record: csv::ByteRecord,
    /// The line on which the last row begins.
    line: u64,
}

impl TableReader {
    /// Opens a file and compares its head with the columns of the table.
    pub(crate) fn open(
        path: &Path,
        name: &str,
        table: &'static Table,
    ) -> Result<Self, FolderFault> {
        let file = regular::open(path).map_err(|error| FolderFault::of_io(path, error))?;
        let mut file = Hashing::new(file);
        let mut start = Vec::new();
        let mark = file.by_ref().take(BOM.len() as u64).read_to_end(&mut start);
        mark.map_err(|error| FolderFault::of_io(path, error))?;
        if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
            return Err(FolderFault::file(
                name,
                "の文字コードがUTF-16に変わっています。表計算ソフトなどで保存し直されています。",
            ));
        }
        if start != BOM {
            return Err(FolderFault::file(
                name,
                "の先頭にUTF-8の印（BOM）がありません。ほかのプログラムで保存し直されています。",
            ));
        }
        let csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            // Taken for one, CR LF would put off the count of lines; `cells` takes the CR away.
            .terminator(csv::Terminator::Any(b'\n'))
            .buffer_capacity(1 << 16)
            .from_reader(Bounded {
                inner: file,
                left: ROW_MAX,
            });
        let name = name.to_owned();
        let mut reader = Self {
            name,
            table,
            csv,
            record: csv::ByteRecord::new(),
            line: 1,
        };
        reader.check_head()?;
        Ok(reader)
    }

    fn fault(&self, what: impl AsRef<str>) -> FolderFault {
        FolderFault::file(
            format!("{}」の「{}行目", self.name, self.line),
            what.as_ref(),
        )
    }

    fn advance(&mut self) -> Result<bool, FolderFault> {
        self.line = self.csv.position().line();
        self.csv.get_mut().left = ROW_MAX;
        let read = self.csv.read_byte_record(&mut self.record);
        if let Some(position) = self.record.position().filter(|_| matches!(read, Ok(true))) {
            self.line = position.line();
        }
        read.map_err(|error| match error.kind() {
            csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                self.fault(format!(
                    "から始まる行が長すぎます（{}MBまで）。引用符「\"」が閉じられていない可能性が\
                     あります。",
                    ROW_MAX >> 20
                ))
            }
            _ => FolderFault::of_csv(Path::new(&self.name), error),
        })
    }

    fn check_head(&mut self) -> Result<(), FolderFault> {
        if !self.advance()? {
            return Err(self.fault("が空です。列の名前がありません。"));
        }
        let table = self.table;
        let found = self.cells();
        let found: Vec<String> = found
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).into_owned())
            .collect();
        let wanted: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        if found == wanted {
            return Ok(());
        }
        let list = |names: Vec<&str>| {
            names
                .iter()
                .map(|n| short(n))
                .collect::<Vec<_>>()
                .join("、")
        };
        let missing = wanted
            .iter()
            .copied()
            .filter(|name| !found.iter().any(|f| f == name));
        let missing: Vec<&str> = missing.collect();
        let unknown: Vec<&str> = found
            .iter()
            .map(String::as_str)
            .filter(|name| !wanted.contains(name))
            .collect();
        let why = match (missing.is_empty(), unknown.is_empty()) {
            (true, true) if found.len() == wanted.len() => {
                let pairs = found.iter().map(String::as_str).zip(&wanted);
                let moved = pairs
                    .filter(|(found, wanted)| found != *wanted)
                    .map(|(found, _)| found);
                format!("列の順番が入れ替わっています：{}", list(moved.collect()))
            }
            (true, true) => "同じ列が二つあります".to_owned(),
            (false, true) => format!("列がありません：{}", list(missing)),
            (true, false) => format!("知らない列があります：{}", list(unknown)),
            (false, false) => {
                format!(
                    "列「{}」の代わりに「{}」があります",
                    list(missing),
                    list(unknown)
                )
            }
        };
        Err(self.fault(format!("の{why}。")))
    }

    /// The cells of the record, without the CR before the line end.
    fn cells(&self) -> Vec<&[u8]> {
        let mut cells: Vec<&[u8]> = self.record.iter().collect();
        if let Some(last) = cells.last_mut() {
            *last = last.strip_suffix(b"\r").unwrap_or(last);
        }
        cells
    }

    /// The next row, with the texts of its cells of bytes aside; nothing behind the last one.
    pub(crate) fn next_row(&mut self) -> Result<Option<FileRow>, FolderFault> {
        if !self.advance()? {
            return Ok(None);
        }
        let columns = self.table.columns;
        if self.record.len() != columns.len() {
            let (found, wanted) = (self.record.len(), columns.len());
            return Err(self.fault(format!("の列の数が{wanted}ではなく{found}です。")));
        }
        let mut row = FileRow {
            line: self.line,
            cells: Vec::new(),
            names: Vec::new(),
        };
        for (place, (column, bytes)) in columns.iter().zip(self.cells()).enumerate() {
            let text = std::str::from_utf8(bytes).map_err(|_| {
                self.fault(format!(
                    "の列 {} がUTF-8ではありません（{}）。",
                    column.name,
                    guess(bytes)
                ))
            })?;
            if let Kind::Blob(_) = column.kind {
                row.names.push((place, text.to_owned()));
                row.cells.push(Cell::Null);
            } else {
                let cell = cell::read(text, column.kind);
                let cell =
                    cell.map_err(|why| self.fault(format!("の列 {}：{why}。", column.name)))?;
                row.cells.push(cell);
            }
        }
        Ok(Some(row))
    }

    /// The hash of the whole file, behind its last row.
    pub(crate) fn finish(self) -> Result<Hashed, FolderFault> {
        let mut rest = self.csv.into_inner().inner;
        let copied = io::copy(&mut rest, &mut io::sink());
        copied.map_err(|error| FolderFault::of_io(Path::new(&self.name), error))?;
        Ok(rest.finish().1)
    }
}

/// One row of a file.
pub(crate) struct FileRow {
    /// The line on which it begins, from 1.
    pub(crate) line: u64,
    /// Its cells; nothing yet where bytes belong.
    pub(crate) cells: Vec<Cell>,
    /// The places of bytes, with the names of their files.
    pub(crate) names: Vec<(usize, String)>,
}

/// What the bytes probably are, for a message.
fn guess(bytes: &[u8]) -> &'static str {
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = match (first, tail) {
            (0x00..=0x7f | 0xa1..=0xdf, _) => tail,
            (0x81..=0x9f | 0xe0..=0xfc, [0x40..=0x7e | 0x80..=0xfc, tail @ ..]) => tail,
            _ => return "バイトが壊れています",
        };
    }
    "Shift_JIS（CP932）とみられます。表計算ソフトなどで保存し直されています"
}
