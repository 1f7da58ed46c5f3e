//! Writes what is published as files of open data. Nothing is written into the database.

use crate::export_folder::fault::FolderFault;
use crate::export_folder::new_folder::NewFolder;
use crate::formula;
use crate::open_data::OpenData;
use crate::open_data::download::OfferedFile;
use crate::read::pictures::Pictures;
use crate::regular;
use crate::site_info::SiteInfo;
use meguri_opendata::csv::Style;
use meguri_opendata::dcat::{self, TableFile};
use meguri_opendata::{Fault, Format, PackageFile, Place, data_package};
use meguri_store::{Error, Municipality};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The folder of the ZIPs, one a plan and year.
const ZIPS: &str = "zip";

/// How the files are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// A mark of UTF-8 at the beginning of CSV files.
    pub bom: bool,
    /// May an older folder of open data be replaced?
    pub overwrite: bool,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files.
    pub files: usize,
    /// Rows of all tables.
    pub rows: u64,
    /// Bytes of all files.
    pub bytes: u64,
    /// Documents that are published.
    pub documents: usize,
    /// Are the terms of the data not said, or in words that descriptors have no name for?
    pub licence_unknown: bool,
}

/// Why nothing was written.
#[derive(Debug, Error)]
pub enum OpenDataFault {
    /// What the store says.
    #[error(transparent)]
    Store(#[from] Error),
    /// What the folder says.
    #[error(transparent)]
    Folder(#[from] FolderFault),
    /// A row or a file has a fault.
    #[error(transparent)]
    Data(#[from] Fault),
    /// Nothing is published.
    #[error(
        "公表している文書がないため、オープンデータのファイルは作りませんでした。\n対応：「meguri publish」で文書を公表してから、もう一度実行してください。"
    )]
    Nothing,
}

/// Writes all tables of what a municipality publishes into a folder that is new or empty. The folder
/// gets its name when it is whole.
///
/// # Errors
/// [`OpenDataFault`]; what stood in the folder stands there as before.
pub async fn write_open_data(
    city: &Municipality,
    folder: &Path,
    wish: Wish,
    about: &SiteInfo,
) -> Result<Written, OpenDataFault> {
    let data = open_data(city, about).await?;
    if data.units().is_empty() {
        return Err(OpenDataFault::Nothing);
    }
    let new = NewFolder::begin(folder, wish.overwrite, is_ours)?;
    let written = whole(&data, new.part(), wish);
    new.end(written)
}

/// What a municipality publishes.
pub(crate) async fn open_data(city: &Municipality, about: &SiteInfo) -> Result<OpenData, Error> {
    let picture = Pictures::new(city.clone()).published().await?;
    let name = city.name().await?.unwrap_or_default();
    let about = about.clone().or_named(&name);
    Ok(OpenData::new(&picture, &about))
}

/// How CSV is written: no text of it is run by a spreadsheet.
#[must_use]
pub const fn style(bom: bool) -> Style {
    Style {
        bom,
        is_formula: formula::is_run,
    }
}

fn whole(data: &OpenData, folder: &Path, wish: Wish) -> Result<Written, OpenDataFault> {
    let mut place = Folder(folder.to_owned());
    let files = data.package(None, &Format::ALL, wish.bom, &mut place)?;
    let mut bytes: u64 = files.iter().map(|file| file.written.bytes).sum();
    let mut zips = Vec::new();
    for unit in data.units() {
        let name = format!("{ZIPS}/{}.zip", unit.name());
        let out = data.zip(Some(&unit), place.begin(&name)?)?;
        let size = out.get_ref().metadata().map_err(Fault::Io)?.len();
        place.end(out)?;
        bytes += size;
        let label = "ZIP";
        zips.push((
            unit,
            OfferedFile {
                name,
                label,
                bytes: size,
            },
        ));
    }
    let tables: Vec<TableFile> = files.iter().filter_map(table_file).collect();
    let catalogue = data.catalogue(&tables, &zips);
    let mut out = place.begin(dcat::FILE)?;
    serde_json::to_writer_pretty(&mut out, &catalogue).map_err(|error| Fault::Io(error.into()))?;
    out.write_all(b"\n").map_err(Fault::Io)?;
    place.end(out)?;
    let publisher = data.publisher();
    Ok(Written {
        files: files.len() + zips.len() + 1,
        rows: files.iter().filter(is_csv).map(|f| f.written.rows).sum(),
        bytes,
        documents: data.documents(),
        licence_unknown: publisher.known_licence().is_none(),
    })
}

fn is_csv(file: &&PackageFile) -> bool {
    file.path.ends_with(Format::Csv.ending())
}

/// A file of a table, as the catalogue tells of it.
fn table_file(file: &PackageFile) -> Option<TableFile> {
    let (table, format) = file.table?;
    Some(TableFile {
        table,
        format,
        path: file.path.clone(),
        bytes: file.written.bytes,
    })
}

/// Is a folder one of open data of ours?
pub(crate) fn is_ours(folder: &Path) -> bool {
    const MOST: u64 = 16 << 20;
    let head = regular::read(&folder.join(data_package::FILE), MOST).ok();
    let head = head.and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    let name = head.as_ref().and_then(|head| head.get("name")?.as_str());
    name.is_some_and(|name| name.starts_with("meguri-"))
}

/// A folder that takes files.
struct Folder(PathBuf);

impl Place for Folder {
    type Out = BufWriter<File>;

    fn begin(&mut self, path: &str) -> Result<Self::Out, Fault> {
        let path = self.0.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(BufWriter::with_capacity(1 << 18, File::create_new(path)?))
    }

    fn end(&mut self, out: Self::Out) -> Result<(), Fault> {
        let file = out.into_inner().map_err(|error| error.into_error())?;
        file.sync_all()?;
        Ok(())
    }
}
