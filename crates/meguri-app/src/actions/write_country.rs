//! Writes what all municipalities of a database publish as one set of Parquet files, cut by year only
//! and sorted by 団体コード. Nothing is written into the database.

use crate::actions::open_store::{OpenFault, open_database};
use crate::actions::write_open_data::{OpenDataFault, is_ours, open_data};
use crate::context::Context;
use crate::export_folder::new_folder::NewFolder;
use crate::site_info::SiteInfo;
use meguri_opendata::country::{Country, CountryFile};
use meguri_opendata::data_package::{self, schema};
use meguri_opendata::{Fault, Row, TABLES};
use meguri_store::{Location, Store};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use thiserror::Error;

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenCountry {
    /// Codes and names of the municipalities, in the order of their codes.
    pub municipalities: Vec<(String, String)>,
    /// Files.
    pub files: usize,
    /// Rows.
    pub rows: u64,
}

/// Why nothing was written.
#[derive(Debug, Error)]
pub enum CountryFault {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// As of one municipality.
    #[error(transparent)]
    Data(#[from] OpenDataFault),
}

/// Writes the tables of all municipalities into a folder that is new or empty.
///
/// # Errors
/// [`CountryFault`]; what stood in the folder stands there as before.
pub async fn write_country(
    place: &Location,
    folder: &Path,
    overwrite: bool,
    about: &SiteInfo,
    context: &Context,
) -> Result<WrittenCountry, CountryFault> {
    let store = open_database(place, context).await?;
    let written = from(&store, folder, overwrite, about).await;
    store.close().await;
    Ok(written?)
}

async fn from(
    store: &Store,
    folder: &Path,
    overwrite: bool,
    about: &SiteInfo,
) -> Result<WrittenCountry, OpenDataFault> {
    let new = NewFolder::begin(folder, overwrite, is_ours)?;
    let written = all(store, new.part(), about).await;
    new.end(written)
}

async fn all(
    store: &Store,
    folder: &Path,
    about: &SiteInfo,
) -> Result<WrittenCountry, OpenDataFault> {
    let mut known = store.municipalities().await?;
    known.sort_by(|(one, _), (other, _)| one.as_str().cmp(other.as_str()));
    let mut country = Country::new(|path: &str| create(&folder.join(path)));
    let mut written = WrittenCountry::default();
    for (code, name) in known {
        let Some(city) = store.municipality(&code).await? else {
            continue;
        };
        // The settings name one municipality; each has its own name here.
        let about = SiteInfo {
            name: name.clone(),
            ..about.clone()
        };
        let data = open_data(&city, &about).await?;
        if data.documents() == 0 {
            continue;
        }
        for table in TABLES.iter().copied() {
            data.rows(table, None, &mut |row: &Row<'_>| country.write(row))?;
        }
        written.municipalities.push((code.to_string(), name));
    }
    if written.municipalities.is_empty() {
        return Err(OpenDataFault::Nothing);
    }
    let mut files = Vec::new();
    for (file, out) in country.finish()? {
        end(out)?;
        written.rows += file.rows;
        files.push(file);
    }
    written.files = files.len() + 1;
    let text = serde_json::to_vec_pretty(&descriptor(&written, &files));
    let text = text.map_err(|error| Fault::Io(error.into()))?;
    fs::write(folder.join(data_package::FILE), text).map_err(Fault::Io)?;
    Ok(written)
}

fn create(path: &Path) -> Result<BufWriter<File>, Fault> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(BufWriter::with_capacity(1 << 18, File::create_new(path)?))
}

fn end(out: BufWriter<File>) -> Result<(), Fault> {
    let file = out.into_inner().map_err(|error| error.into_error())?;
    file.sync_all()?;
    Ok(())
}

/// What there is: whose data, and the files of each table with its columns.
fn descriptor(written: &WrittenCountry, files: &[CountryFile]) -> Value {
    let names: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
    let resources = TABLES.iter().filter_map(|table| {
        let own = files.iter().filter(|file| file.table.name == table.name);
        let paths: Vec<&str> = own.map(|file| file.path.as_str()).collect();
        let resource = json!({
            "name": table.name,
            "type": "table",
            "title": table.title,
            "description": table.about,
            "path": paths,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "schema": schema(table, &names),
        });
        (!paths.is_empty()).then_some(resource)
    });
    let whose = written.municipalities.iter();
    let whose: Vec<Value> = whose
        .map(|(code, name)| json!({"code": code, "name": name}))
        .collect();
    json!({
        "$schema": data_package::PROFILE,
        "name": "meguri-country",
        "title": "複数の団体の行政評価・計画のオープンデータ",
        "municipalities": whose,
        "resources": resources.collect::<Vec<_>>(),
    })
}
