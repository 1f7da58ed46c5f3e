//! What can be fetched of open data, one file after another, each made while it is sent.

use super::{OpenData, Unit};
use crate::actions::write_open_data::style;
use meguri_core::fiscal_year::FiscalYear;
use meguri_opendata::data_package::{self, Resource, descriptor};
use meguri_opendata::dcat::{self, Member, Series, TableFile, catalogue};
use meguri_opendata::zip::Zip;
use meguri_opendata::{Fault, Format, Package, PackageFile, Place, TABLES, Table};
use std::io::{self, Write};

/// The name of the ZIP of everything.
const ALL: &str = "all.zip";

/// The formats of the tables in a ZIP: one that everything reads.
const ZIPPED: [Format; 1] = [Format::Csv];

/// What there is to fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The tables.
    pub tables: Vec<Offered>,
    /// The ZIPs: title and file.
    pub zips: Vec<(String, OfferedFile)>,
}

/// A table with its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// What stands in it.
    pub table: &'static Table,
    /// Its rows.
    pub rows: u64,
    /// Its files.
    pub files: Vec<OfferedFile>,
}

/// A file to fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfferedFile {
    /// Its name, the last part of its address.
    pub name: String,
    /// Its format, for a person.
    pub label: &'static str,
    /// Its size.
    pub bytes: u64,
}

/// A file that is made while it is sent.
#[derive(Clone, Debug)]
pub struct OpenFile {
    data: OpenData,
    name: String,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Table(&'static Table, Format),
    Descriptor,
    Catalogue,
    Zip(Option<Unit>),
}

impl OpenData {
    /// All that can be fetched, with sizes: everything is made once for that.
    ///
    /// # Errors
    /// None but faults of the program.
    pub fn offer(&self) -> Result<Offer, Fault> {
        let mut offer = Offer::default();
        for table in TABLES.iter().copied() {
            let mut files = Vec::new();
            let mut rows = 0;
            for format in Format::ALL {
                let (_, written) = format.write(
                    table,
                    style(false),
                    &|table, emit| self.rows(table, None, emit),
                    io::sink(),
                )?;
                rows = written.rows;
                files.push(OfferedFile {
                    name: format.file(table),
                    label: format.label(),
                    bytes: written.bytes,
                });
            }
            offer.tables.push(Offered { table, rows, files });
        }
        let units = self.units();
        let all = "すべての計画と年度".to_owned();
        offer.zips.push((all, self.offered_zip(None)?));
        for unit in units {
            offer
                .zips
                .push((self.title(&unit), self.offered_zip(Some(&unit))?));
        }
        Ok(offer)
    }

    fn offered_zip(&self, unit: Option<&Unit>) -> Result<OfferedFile, Fault> {
        let mut counter = Counter(0);
        self.zip(unit, &mut counter)?;
        Ok(OfferedFile {
            name: unit.map_or_else(|| ALL.to_owned(), |unit| format!("{}.zip", unit.name())),
            label: "ZIP（CSV）",
            bytes: counter.0,
        })
    }

    /// A file by its name; `None` where there is none of the name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<OpenFile> {
        let of_table = || {
            let mut all = TABLES
                .iter()
                .flat_map(|table| Format::ALL.map(|format| (*table, format, format.file(table))));
            let (table, format, _) = all.find(|(_, _, own)| own == name)?;
            Some(What::Table(table, format))
        };
        let of_zip = || {
            let stem = name.strip_suffix(".zip")?;
            let unit = self.units().into_iter().find(|unit| unit.name() == stem);
            unit.map(|unit| What::Zip(Some(unit)))
        };
        let what = match name {
            data_package::FILE => Some(What::Descriptor),
            dcat::FILE => Some(What::Catalogue),
            ALL => Some(What::Zip(None)),
            _ => of_table().or_else(of_zip),
        };
        what.map(|what| OpenFile {
            data: self.clone(),
            name: name.to_owned(),
            what,
        })
    }

    /// Writes one ZIP: of everything, or of a plan and year.
    ///
    /// # Errors
    /// Those of writing.
    pub fn zip<W: Write + Send>(&self, unit: Option<&Unit>, out: W) -> Result<W, Fault> {
        let mut zip = Zip::new(out);
        self.package(unit, &ZIPPED, false, &mut zip)?;
        zip.finish()
    }

    /// Writes the files of a package: of everything, or of a plan and year.
    ///
    /// # Errors
    /// Those of writing.
    pub fn package<P: Place>(
        &self,
        unit: Option<&Unit>,
        formats: &[Format],
        bom: bool,
        place: &mut P,
    ) -> Result<Vec<PackageFile>, Fault>
    where
        P::Out: Send,
    {
        let publisher = self.publisher();
        let (mut name, mut title) = (format!("meguri-{}", publisher.code), publisher.name.clone());
        match unit {
            Some(unit) => {
                name = format!("{name}-{}", unit.name().to_lowercase());
                title = format!("{title}　{}", self.title(unit));
            }
            None => title.push_str("の行政評価・計画のオープンデータ"),
        }
        let package = Package {
            publisher,
            name,
            title,
            formats,
            style: style(bom),
        };
        package.write(&|table, emit| self.rows(table, unit, emit), place)
    }

    /// The catalogue of files: those of the tables, and the ZIP of each plan and year with its size.
    #[must_use]
    pub fn catalogue(
        &self,
        files: &[TableFile],
        zips: &[(Unit, OfferedFile)],
    ) -> serde_json::Value {
        let mut series: Vec<Series> = Vec::new();
        for (unit, file) in zips {
            let member = Member {
                name: unit.name(),
                title: self.title(unit),
                year: unit.year.map(FiscalYear::calendar_year),
                path: file.name.clone(),
                bytes: file.bytes,
            };
            match series.iter_mut().find(|one| one.plan == unit.plan) {
                Some(one) => one.members.push(member),
                None => series.push(Series {
                    plan: unit.plan.clone(),
                    title: self.plan_name(&unit.plan),
                    members: vec![member],
                }),
            }
        }
        catalogue(self.publisher(), &series, files)
    }

    fn catalogue_of_site(&self) -> Result<serde_json::Value, Fault> {
        let offer = self.offer()?;
        let files = offer.tables.iter().flat_map(|offered| {
            let each = Format::ALL.into_iter().zip(&offered.files);
            each.map(|(format, file)| TableFile {
                table: offered.table,
                format,
                path: file.name.clone(),
                bytes: file.bytes,
            })
        });
        let files: Vec<TableFile> = files.collect();
        // The first is the ZIP of everything.
        let zips = offer.zips.into_iter().skip(1).map(|(_, file)| file);
        let zips: Vec<(Unit, OfferedFile)> = self.units().into_iter().zip(zips).collect();
        Ok(self.catalogue(&files, &zips))
    }

    /// The descriptor of the single files, which stand beside it.
    fn descriptor(&self) -> Result<serde_json::Value, Fault> {
        let mut files = Vec::new();
        for table in TABLES.iter().copied() {
            let (_, written) = Format::Csv.write(
                table,
                style(false),
                &|table, emit| self.rows(table, None, emit),
                io::sink(),
            )?;
            files.push(Resource {
                table,
                path: Format::Csv.file(table),
                bytes: written.bytes,
                sha256: written.sha256,
                rows: written.rows,
            });
        }
        let publisher = self.publisher();
        let title = format!("{}の行政評価・計画のオープンデータ", publisher.name);
        let name = format!("meguri-{}", publisher.code);
        Ok(descriptor(publisher, &name, &title, &files))
    }
}

impl OpenFile {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(&self) -> &'static str {
        match &self.what {
            What::Table(_, Format::Csv) => "text/csv; charset=utf-8",
            What::Table(_, format) => format.media_type(),
            What::Descriptor => "application/json; charset=utf-8",
            What::Catalogue => "application/ld+json; charset=utf-8",
            What::Zip(_) => "application/zip",
        }
    }

    /// Makes it.
    ///
    /// # Errors
    /// Those of writing.
    pub fn write<W: Write + Send>(&self, out: W) -> Result<W, Fault> {
        match &self.what {
            What::Table(table, format) => {
                let (out, _) = format.write(
                    table,
                    style(false),
                    &|table, emit| self.data.rows(table, None, emit),
                    out,
                )?;
                Ok(out)
            }
            What::Descriptor => json(&self.data.descriptor()?, out),
            What::Catalogue => json(&self.data.catalogue_of_site()?, out),
            What::Zip(unit) => self.data.zip(unit.as_ref(), out),
        }
    }
}

/// Writes JSON with a line end.
fn json<W: Write>(value: &serde_json::Value, mut out: W) -> Result<W, Fault> {
    serde_json::to_writer_pretty(&mut out, value).map_err(|error| Fault::Io(error.into()))?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(out)
}

/// Counts bytes.
struct Counter(u64);

impl Write for &mut Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
