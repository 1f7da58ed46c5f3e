//! Reads an export into a database: every file is there, known, whole, and as it was written.

use super::fault::FolderFault;
use super::hashing::sha256;
use super::manifest::{
    FORMAT, Head, MANIFEST, Manifest, SCHEMA, TableFile, VERSION, file_of, known_schema,
};
use super::table_file::{FileRow, TableReader};
use super::write::name_of;
use crate::regular;
use meguri_store::{Cell, Error, Importing, Kind, MunicipalityCode, Store, TABLES, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Rows that are written at a time.
const BATCH: usize = 500;
/// Bytes of such rows at most, so that large cells do not add up.
const BATCH_BYTES: usize = 16 << 20;
/// Bytes of a manifest at most: the names and hashes of a hundred thousand files have fewer.
const MANIFEST_MAX: u64 = 32 << 20;

/// What was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The municipality.
    pub code: MunicipalityCode,
    /// Its name.
    pub name: String,
    /// Rows of all tables.
    pub rows: u64,
    /// Lines of the audit chain, which was verified.
    pub audit_lines: i64,
    /// Its end.
    pub audit_head: String,
}

/// An export of which the list of files holds.
pub(crate) struct Export {
    folder: PathBuf,
    manifest: Manifest,
    /// Size and hash of the files that are no tables.
    others: BTreeMap<String, (u64, String)>,
    /// Whose it is.
    pub(crate) code: MunicipalityCode,
}

/// Is there an export of ours in a folder, of whatever version?
pub(crate) fn is_export(folder: &Path) -> bool {
    let head = regular::read(&folder.join(MANIFEST), MANIFEST_MAX).ok();
    let head = head.and_then(|bytes| serde_json::from_slice::<Head>(&bytes).ok());
    head.is_some_and(|head| head.format == FORMAT)
}

impl Export {
    /// Reads the manifest and looks whether exactly its files are there.
    pub(crate) fn open(folder: &Path) -> Result<Self, FolderFault> {
        if !folder.is_dir() {
            return Err(FolderFault::NoFolder(folder.to_owned()));
        }
        let manifest = manifest(folder)?;
        let code = MunicipalityCode::parse(&manifest.municipality.code);
        let unset = MunicipalityCode::unset();
        let code = match code {
            Ok(code) => code,
            Err(_) if manifest.municipality.code == unset.as_str() => unset,
            Err(error) => return Err(FolderFault::file(MANIFEST, format!("：{error}"))),
        };
        let others = manifest.files.iter();
        let others = others
            .map(|f| (f.file.clone(), (f.size, f.sha256.clone())))
            .collect();
        let export = Self {
            folder: folder.to_owned(),
            manifest,
            others,
            code,
        };
        export.check_list()?;
        Ok(export)
    }

    /// The name of the municipality.
    pub(crate) fn name(&self) -> &str {
        &self.manifest.municipality.name
    }

    /// The tables that an export of its version has.
    fn tables(&self) -> impl Iterator<Item = &'static Table> {
        let schema = self.manifest.schema;
        TABLES.iter().filter(move |table| table.since <= schema)
    }

    fn check_list(&self) -> Result<(), FolderFault> {
        let wanted: Vec<&str> = self.tables().map(|table| table.name).collect();
        let named: Vec<&str> = self
            .manifest
            .tables
            .iter()
            .map(|t| t.name.as_str())
            .collect();
        let files = self.manifest.tables.iter().all(|t| {
            TABLES
                .iter()
                .any(|known| known.name == t.name && t.file == file_of(known))
        });
        if wanted != named || !files || !self.others.contains_key(SCHEMA) {
            return Err(FolderFault::file(
                MANIFEST,
                "に書かれた表の一覧が、この版のものと違います。",
            ));
        }
        let tables = self.manifest.tables.iter().map(|table| table.file.as_str());
        let others = self.others.keys().map(String::as_str);
        let wanted: BTreeSet<String> = tables
            .chain(others)
            .chain([MANIFEST])
            .map(str::to_owned)
            .collect();
        let found = list(&self.folder, &self.folder)?;
        if let Some(missing) = wanted.difference(&found).next() {
            return Err(FolderFault::file(missing.as_str(), "がありません。"));
        }
        if let Some(unknown) = found.difference(&wanted).next() {
            return Err(FolderFault::File {
                file: unknown.clone(),
                what: "は、この書き出しのファイルではありません。".to_owned(),
                remedy: "フォルダーの外へ移動してから、もう一度取り込んでください。",
            });
        }
        Ok(())
    }

    /// Imports all of it in one transaction.
    pub(crate) async fn import(self, store: &Store) -> Result<Imported, FolderFault> {
        // Its words are not needed, but a changed one tells of a changed folder.
        self.bytes(SCHEMA)?;
        let mut importing = store.importing(&self.code).await?;
        let mut head = Vec::new();
        let mut rows = 0;
        let mut used: BTreeSet<String> = BTreeSet::from([SCHEMA.to_owned()]);
        for (table, file) in self.tables().zip(&self.manifest.tables) {
            let first = self.table(&mut importing, table, file, &mut used).await?;
            rows += file.rows;
            if table.key.is_empty() {
                head = first.unwrap_or_default();
            }
        }
        if let Some(unused) = self.others.keys().find(|name| !used.contains(*name)) {
            return Err(FolderFault::file(
                unused.as_str(),
                "を示す行が、どの表にもありません。",
            ));
        }
        self.check_head(&head)?;
        let report = importing.finish().await?;
        Ok(Imported {
            code: self.code,
            name: self.manifest.municipality.name,
            rows,
            audit_lines: report.lines,
            audit_head: report.head,
        })
    }

    /// The manifest says the same of the municipality as its row.
    fn check_head(&self, head: &[Cell]) -> Result<(), FolderFault> {
        let manifest = &self.manifest;
        let cell = |name| TABLES[0].place(name).and_then(|place| head.get(place));
        let same = cell("name") == Some(&Cell::Text(manifest.municipality.name.clone()))
            && cell("audit_number") == Some(&Cell::Integer(manifest.audit.lines))
            && cell("audit_hash") == Some(&Cell::Text(manifest.audit.head.clone()));
        if same {
            return Ok(());
        }
        Err(FolderFault::file(
            MANIFEST,
            "の団体名または監査記録の末尾が、表 municipality と違います。",
        ))
    }

    /// Imports one table; its first row.
    async fn table(
        &self,
        importing: &mut Importing,
        table: &'static Table,
        file: &TableFile,
        used: &mut BTreeSet<String>,
    ) -> Result<Option<Vec<Cell>>, FolderFault> {
        let mut reader = TableReader::open(&self.folder.join(&file.file), &file.file, table)?;
        let mut batch = Batch::default();
        let mut first = None;
        let mut rows = 0_u64;
        while let Some(mut row) = reader.next_row()? {
            rows += 1;
            self.fill_in(table, file, &mut row, used)?;
            if first.is_none() && table.key.is_empty() {
                first = Some(row.cells.clone());
            }
            batch.push(row);
            if batch.is_full() {
                batch.write(importing, table, &file.file).await?;
            }
        }
        // The hash first: what a changed file breaks in the database is only its consequence.
        let hash = reader.finish()?.sha256;
        if hash != file.sha256 || rows != file.rows {
            return Err(FolderFault::file(
                file.file.as_str(),
                format!(
                    "の内容が、書き出したときから変わっています（{rows}行。書き出したときは{}行）。",
                    file.rows
                ),
            ));
        }
        batch.write(importing, table, &file.file).await?;
        Ok(first)
    }

    /// Reads the files that a row names, which are those that its key names.
    fn fill_in(
        &self,
        table: &Table,
        file: &TableFile,
        row: &mut FileRow,
        used: &mut BTreeSet<String>,
    ) -> Result<(), FolderFault> {
        for (place, name) in std::mem::take(&mut row.names) {
            let column = &table.columns[place];
            let wanted = match column.kind {
                Kind::Blob(blob) => name_of(table, &blob, &row.cells),
                _ => None,
            };
            if wanted.as_deref() != Some(name.as_str()) {
                return Err(FolderFault::file(
                    format!("{}」の「{}行目", file.file, row.line),
                    format!(
                        "の列 {} のファイル名が、その行のものと違います。",
                        column.name
                    ),
                ));
            }
            row.cells[place] = Cell::Blob(self.bytes(&name)?);
            used.insert(name);
        }
        Ok(())
    }

    /// The bytes of a file that is no table, with the hash of the manifest.
    fn bytes(&self, name: &str) -> Result<Vec<u8>, FolderFault> {
        let Some((size, hash)) = self.others.get(name) else {
            return Err(FolderFault::file(name, "がmanifest.jsonにありません。"));
        };
        let path = self.folder.join(name);
        let fault = |error| FolderFault::of_io(&path, error);
        let mut bytes = Vec::new();
        let file = regular::open(&path).map_err(fault)?;
        // One byte more than it may have shows that it has more.
        file.take(size.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(fault)?;
        if bytes.len() as u64 != *size || sha256(&bytes) != *hash {
            return Err(FolderFault::file(
                name,
                "の内容が、書き出したときから変わっています。",
            ));
        }
        Ok(bytes)
    }
}

fn manifest(folder: &Path) -> Result<Manifest, FolderFault> {
    let no = |why: String| FolderFault::NoExport {
        folder: folder.to_owned(),
        why,
    };
    let path = folder.join(MANIFEST);
    let bytes = regular::read(&path, MANIFEST_MAX).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => no(format!("{MANIFEST}がありません")),
        std::io::ErrorKind::FileTooLarge => no(format!("{MANIFEST}が大きすぎます")),
        _ => FolderFault::of_io(&path, error),
    })?;
    let unreadable = |error: serde_json::Error| {
        no(format!(
            "{MANIFEST}を読み取れません。{}行目の{}文字目",
            error.line(),
            error.column()
        ))
    };
    let head: Head = serde_json::from_slice(&bytes).map_err(unreadable)?;
    if head.format != FORMAT {
        return Err(no(format!("{MANIFEST}の形式が違います")));
    }
    let newer = |what, found, known| FolderFault::Newer { what, found, known };
    if head.version > VERSION {
        return Err(newer("形式", u64::from(head.version), u64::from(VERSION)));
    }
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(unreadable)?;
    if manifest.schema > known_schema() {
        return Err(newer(
            "データ",
            manifest.schema as u64,
            known_schema() as u64,
        ));
    }
    Ok(manifest)
}

/// The files below a folder, by their names within it.
fn list(root: &Path, folder: &Path) -> Result<BTreeSet<String>, FolderFault> {
    let fault = |error| FolderFault::of_io(folder, error);
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let path = entry.path();
        // A link is not followed: it counts as a file that is not ours.
        if entry.file_type().map_err(fault)?.is_dir() {
            names.extend(list(root, &path)?);
        } else {
            let parts = path.strip_prefix(root).unwrap_or(&path).iter();
            let parts: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
            names.insert(parts.join("/"));
        }
    }
    Ok(names)
}

/// Rows on their way into the database, with their lines.
#[derive(Default)]
struct Batch {
    rows: Vec<Vec<Cell>>,
    lines: Vec<u64>,
    bytes: usize,
}

impl Batch {
    fn push(&mut self, row: FileRow) {
        self.bytes += row.cells.iter().map(size).sum::<usize>();
        self.lines.push(row.line);
        self.rows.push(row.cells);
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= BATCH || self.bytes >= BATCH_BYTES
    }

    async fn write(
        &mut self,
        importing: &mut Importing,
        table: &'static Table,
        file: &str,
    ) -> Result<(), FolderFault> {
        let batch = std::mem::take(self);
        if batch.rows.is_empty() {
            return Ok(());
        }
        importing
            .insert(table, &batch.rows)
            .await
            .map_err(|error| match error {
                Error::Rejected { row, why, .. } => {
                    let line = batch.lines.get(row).copied().unwrap_or_default();
                    FolderFault::file(format!("{file}」の「{line}行目"), format!("：{why}。"))
                }
                error => error.into(),
            })
    }
}

fn size(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.len(),
        Cell::Blob(bytes) => bytes.len(),
        Cell::Null | Cell::Integer(_) => size_of::<Cell>(),
    }
}
