//! The whole of a municipality, or of one plan and year: a file for each table and format, and the
//! descriptors. Where the files go is for whoever asks.

use crate::csv::Style;
use crate::data_package::{self, Resource, descriptor};
use crate::fault::Fault;
use crate::file::{Format, Rows, Written};
use crate::publisher::Publisher;
use crate::table::Table;
use crate::tables::TABLES;
use std::io::Write;

/// The folder of the tables, beside the descriptors.
pub const FOLDER: &str = "data";

/// What a package is called and which formats it has.
#[derive(Clone, Debug)]
pub struct Package<'p> {
    /// Who publishes.
    pub publisher: &'p Publisher,
    /// Its name in ASCII: `meguri-132110`, `meguri-132110-evaluation-2024`.
    pub name: String,
    /// Its Japanese title.
    pub title: String,
    /// The formats of its tables.
    pub formats: &'p [Format],
    /// How CSV is written.
    pub style: Style,
}

/// Where the files of a package go.
pub trait Place {
    /// Where one file is written.
    type Out: Write;

    /// Begins a file; the path has `/` between folders.
    ///
    /// # Errors
    /// Those of writing.
    fn begin(&mut self, path: &str) -> Result<Self::Out, Fault>;

    /// Ends a file.
    ///
    /// # Errors
    /// Those of writing.
    fn end(&mut self, out: Self::Out) -> Result<(), Fault>;
}

/// A file of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageFile {
    /// Its path in the package.
    pub path: String,
    /// The table that it holds, and how; `None` for a descriptor.
    pub table: Option<(&'static Table, Format)>,
    /// What was written.
    pub written: Written,
}

impl Package<'_> {
    /// Writes all files; the tables first, since the descriptors tell of their sizes.
    ///
    /// # Errors
    /// Those of the rows and of writing.
    pub fn write<P: Place>(&self, rows: &Rows<'_>, place: &mut P) -> Result<Vec<PackageFile>, Fault>
    where
        P::Out: Send,
    {
        let mut files = Vec::new();
        let mut resources = Vec::new();
        for table in TABLES {
            for format in self.formats {
                let path = format!("{FOLDER}/{}", format.file(table));
                let out = place.begin(&path)?;
                let (out, written) = format.write(table, self.style, rows, out)?;
                place.end(out)?;
                if *format == Format::Csv {
                    resources.push(Resource {
                        table,
                        path: path.clone(),
                        bytes: written.bytes,
                        sha256: written.sha256.clone(),
                        rows: written.rows,
                    });
                }
                let table = Some((*table, *format));
                files.push(PackageFile {
                    path,
                    table,
                    written,
                });
            }
        }
        let package = descriptor(self.publisher, &self.name, &self.title, &resources);
        self.json(data_package::FILE, &package, place, &mut files)?;
        Ok(files)
    }

    fn json(
        &self,
        path: &str,
        value: &serde_json::Value,
        place: &mut impl Place,
        files: &mut Vec<PackageFile>,
    ) -> Result<(), Fault> {
        let mut text = serde_json::to_vec_pretty(value).map_err(|error| Fault::Io(error.into()))?;
        text.push(b'\n');
        let mut out = crate::file::Counted::new(place.begin(path)?);
        out.write_all(&text)?;
        let (out, written) = out.finish(0);
        place.end(out)?;
        let path = path.to_owned();
        files.push(PackageFile {
            path,
            table: None,
            written,
        });
        Ok(())
    }
}
