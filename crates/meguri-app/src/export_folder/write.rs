//! Writes an export: into a folder beside, which gets its name when it is whole.

use super::cell;
use super::fault::FolderFault;
use super::hashing::{Hashed, Hashing};
use super::manifest::{
    Chain, FORMAT, MANIFEST, Manifest, Named, OtherFile, SCHEMA, TableFile, VERSION, file_of,
    json_text, known_schema, schema,
};
use meguri_store::{BlobFile, Cell, Cursor, Exporting, Kind, Municipality, TABLES, Table};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Spreadsheets know UTF-8 by it.
pub(crate) const BOM: &[u8] = b"\xef\xbb\xbf";

/// What was exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Rows of all tables.
    pub rows: u64,
    /// Files, the manifest among them.
    pub files: usize,
    /// Lines of the audit chain.
    pub audit_lines: i64,
    /// Its end, to be noted elsewhere.
    pub audit_head: String,
}

struct Writer {
    folder: PathBuf,
    others: Vec<OtherFile>,
}

/// Writes all of a municipality into a new folder.
pub(crate) async fn write(city: &Municipality, folder: &Path) -> Result<Written, FolderFault> {
    let mut writer = Writer {
        folder: folder.to_owned(),
        others: Vec::new(),
    };
    let mut exporting = city.exporting().await?;
    let mut tables = Vec::new();
    let mut head = None;
    for table in TABLES {
        tables.push(writer.table(&mut exporting, table, &mut head).await?);
    }
    let head = head.unwrap_or_default();
    let cell = |name: &str| TABLES[0].place(name).and_then(|place| head.get(place));
    let text = |name| match cell(name) {
        Some(Cell::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let lines = match cell("audit_number") {
        Some(Cell::Integer(number)) => *number,
        _ => 0,
    };
    writer.bytes(SCHEMA, json_text(&schema()).as_bytes())?;
    writer.others.sort_by(|a, b| a.file.cmp(&b.file));
    let written = Written {
        rows: tables.iter().map(|table| table.rows).sum(),
        files: tables.len() + writer.others.len() + 1,
        audit_lines: lines,
        audit_head: text("audit_hash"),
    };
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        schema: known_schema(),
        municipality: Named {
            code: city.code().to_string(),
            name: text("name"),
        },
        audit: Chain {
            lines,
            head: text("audit_hash"),
        },
        tables,
        files: std::mem::take(&mut writer.others),
    };
    writer.bytes(MANIFEST, json_text(&manifest).as_bytes())?;
    Ok(written)
}

impl Writer {
    /// One table; the row of the municipality is also given to the manifest.
    async fn table(
        &mut self,
        exporting: &mut Exporting,
        table: &'static Table,
        head: &mut Option<Vec<Cell>>,
    ) -> Result<TableFile, FolderFault> {
        let name = file_of(table);
        let path = self.folder.join(&name);
        let fault = |error| FolderFault::of_io(&path, error);
        let mut file = Hashing::new(BufWriter::new(File::create_new(&path).map_err(fault)?));
        file.write_all(BOM).map_err(fault)?;
        let mut csv = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .buffer_capacity(1 << 16)
            .from_writer(file);
        let of_csv = |error: csv::Error| FolderFault::of_csv(&path, error);
        csv.write_record(table.columns.iter().map(|column| column.name))
            .map_err(of_csv)?;
        let mut rows = 0;
        let mut cursor = Cursor::new(table);
        loop {
            let page = exporting.next_page(&mut cursor).await?;
            if page.is_empty() {
                break;
            }
            for row in &page {
                rows += 1;
                let blobs = self.blobs(table, row)?;
                let cells = row.iter().zip(&blobs).map(|(cell, blob)| match blob {
                    Some(name) => name.into(),
                    None => cell::written(cell),
                });
                csv.write_record(cells.map(|cell| cell.into_owned()))
                    .map_err(of_csv)?;
            }
            if table.key.is_empty() {
                *head = page.into_iter().next();
            }
        }
        let file = csv
            .into_inner()
            .map_err(|error| fault(error.into_error()))?;
        let Hashed { sha256, .. } = finish(file).map_err(fault)?;
        Ok(TableFile {
            name: table.name.to_owned(),
            file: name,
            rows,
            sha256,
        })
    }

    /// Writes the files of a row; their names in the places of their columns.
    fn blobs(&mut self, table: &Table, row: &[Cell]) -> Result<Vec<Option<String>>, FolderFault> {
        let mut names = vec![None; row.len()];
        for (place, (column, cell)) in table.columns.iter().zip(row).enumerate() {
            if let (Kind::Blob(file), Cell::Blob(bytes)) = (column.kind, cell) {
                let name = name_of(table, &file, row).ok_or_else(|| FolderFault::Unnamed {
                    table: table.name.to_owned(),
                })?;
                self.bytes(&name, bytes)?;
                names[place] = Some(name);
            }
        }
        Ok(names)
    }

    fn bytes(&mut self, name: &str, bytes: &[u8]) -> Result<(), FolderFault> {
        let path = self.folder.join(name);
        let fault = |error| FolderFault::of_io(&path, error);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(fault)?;
        }
        let mut file = Hashing::new(BufWriter::new(File::create_new(&path).map_err(fault)?));
        file.write_all(bytes).map_err(fault)?;
        let Hashed { size, sha256 } = finish(file).map_err(fault)?;
        self.others.push(OtherFile {
            file: name.to_owned(),
            size,
            sha256,
        });
        Ok(())
    }
}

/// Down to the disk.
fn finish(file: Hashing<BufWriter<File>>) -> std::io::Result<Hashed> {
    let (file, hashed) = file.finish();
    file.into_inner()
        .map_err(std::io::IntoInnerError::into_error)?
        .sync_all()?;
    Ok(hashed)
}

/// The name of the file of a cell: only letters, digits, `-` and `_` of what the row says.
pub(crate) fn name_of(table: &Table, file: &BlobFile, row: &[Cell]) -> Option<String> {
    let cell = |name: &str| table.place(name).and_then(|place| row.get(place));
    let mut stem = Vec::with_capacity(file.stem.len());
    for name in file.stem {
        stem.push(match cell(name)? {
            Cell::Integer(number) => number.to_string(),
            Cell::Text(text) => text.clone(),
            Cell::Null | Cell::Blob(_) => return None,
        });
    }
    let stem = stem.join("-");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if stem.is_empty() || !stem.chars().all(is_plain) {
        return None;
    }
    let ending = match file.ending_of {
        None => "txt".to_owned(),
        Some(column) => match cell(column)? {
            Cell::Text(name) => ending(name),
            _ => return None,
        },
    };
    Some(format!("{}/{stem}.{ending}", file.folder))
}

/// The ending of a file name, where it is an ordinary one.
fn ending(name: &str) -> String {
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str());
    let ordinary =
        |ending: &&str| ending.len() <= 8 && ending.chars().all(|c| c.is_ascii_alphanumeric());
    ending
        .filter(ordinary)
        .map_or_else(|| "bin".to_owned(), str::to_ascii_lowercase)
}
