//! The rows of open data, made of a public picture and of nothing else: what is hidden, drafted,
//! withdrawn or not published is in no picture of that kind, so that it can be in no file.
//!
//! Rows come one by one, in the order of the documents and their sheets, so that the same picture
//! gives the same files, however large it is.

pub mod download;
mod figures;
mod plans;
mod projects;
mod publications;
mod rules;
mod sheets;

use crate::plain;
use crate::read::picture::{Picture, Public};
use crate::read::{At, Entry, Library, View};
use crate::site_info::SiteInfo;
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::source::Sourced;
pub use meguri_opendata::{Fault, Kind as ColumnKind, Publisher, Table};
use meguri_opendata::{Row, tables};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a municipality publishes, as rows.
#[derive(Clone, Debug)]
pub struct OpenData {
    library: Arc<Library>,
    /// Who publishes.
    publisher: Publisher,
}

/// A plan and a year: what one ZIP holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// The key of the plan in addresses.
    pub plan: String,
    /// The last evaluated year of its documents; `None` for documents without one.
    pub year: Option<FiscalYear>,
}

impl Unit {
    /// That of a document.
    fn of(entry: &Entry) -> Self {
        Self {
            plan: entry.key.clone(),
            year: entry.years().last().copied(),
        }
    }

    /// Its name in files and addresses: `evaluation-2024`, `midterm`.
    #[must_use]
    pub fn name(&self) -> String {
        match self.year {
            Some(year) => format!("{}-{}", self.plan, year.calendar_year()),
            None => self.plan.clone(),
        }
    }
}

/// Where rows go, one by one.
pub type Emit<'e> = dyn FnMut(&Row<'_>) -> Result<(), Fault> + 'e;

impl OpenData {
    /// What a public picture shows.
    #[must_use]
    pub fn new(picture: &Picture<Public>, about: &SiteInfo) -> Self {
        Self::made(picture.library(), about)
    }

    /// The same of the library of a door; `None` for one that shows more than what is published.
    #[must_use]
    pub fn behind(library: &Arc<Library>, about: &SiteInfo) -> Option<Self> {
        let is_public = library.view() == View::Published;
        is_public.then(|| Self::made(library, about))
    }

    fn made(library: &Arc<Library>, about: &SiteInfo) -> Self {
        let moments = library
            .entries()
            .iter()
            .filter_map(|entry| Some(entry.published.as_ref()?.moment.clone()));
        let publisher = Publisher {
            code: library.code().to_owned(),
            name: about.name.clone(),
            licence: about.licence.clone(),
            site: about.public_url.clone().unwrap_or_default(),
            moment: moments.max().unwrap_or_default(),
            contact: about.contact.clone(),
        };
        Self {
            library: Arc::clone(library),
            publisher,
        }
    }

    /// Who publishes.
    #[must_use]
    pub const fn publisher(&self) -> &Publisher {
        &self.publisher
    }

    /// How many documents are published.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.library.entries().len()
    }

    /// The plans and years that there are, in order.
    #[must_use]
    pub fn units(&self) -> Vec<Unit> {
        let all: BTreeSet<Unit> = self.library.entries().iter().map(Unit::of).collect();
        all.into_iter().collect()
    }

    /// The title of a plan and year: `施策評価（令和6年度）`.
    #[must_use]
    pub fn title(&self, unit: &Unit) -> String {
        let name = self.plan_name(&unit.plan);
        match unit.year {
            Some(year) => format!("{name}（{year}）"),
            None => name,
        }
    }

    fn plan_name(&self, plan: &str) -> String {
        let entry = self.library.plan(plan);
        entry.map_or(plan, Entry::plan_name).to_owned()
    }

    /// Gives the rows of a table, of everything or of one plan and year.
    ///
    /// # Errors
    /// Those of whoever takes the rows.
    pub fn rows(
        &self,
        table: &'static Table,
        unit: Option<&Unit>,
        emit: &mut Emit<'_>,
    ) -> Result<(), Fault> {
        let mut out = Out {
            library: &self.library,
            publisher: &self.publisher,
            unit,
            table,
            emit,
        };
        let make = MAKERS.iter().find(|(own, _)| std::ptr::eq(*own, table));
        make.map_or(Ok(()), |(_, make)| make(&mut out))
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// None but faults of the program.
    pub fn count(&self, table: &'static Table, unit: Option<&Unit>) -> Result<u64, Fault> {
        let mut rows = 0;
        self.rows(table, unit, &mut |_| {
            rows += 1;
            Ok(())
        })?;
        Ok(rows)
    }
}

/// Makes the rows of one table.
type Make = fn(&mut Out<'_, '_>) -> Result<(), Fault>;

/// Who makes the rows of which table.
static MAKERS: [(&Table, Make); 24] = [
    (&tables::PUBLICATIONS, publications::publications),
    (&tables::CORRECTIONS, publications::corrections),
    (&tables::PLANS, plans::plans),
    (&tables::NODES, plans::nodes),
    (&tables::PROGRAMMES, plans::programmes),
    (&tables::SCHEDULE, plans::schedule),
    (&tables::SCHEMES, rules::schemes),
    (&tables::SCALES, rules::scales),
    (&tables::FIELDS, rules::fields),
    (&tables::SHEETS, sheets::sheets),
    (&tables::SECTIONS, sheets::sections),
    (&tables::SHEET_SECTIONS, sheets::sheet_sections),
    (&tables::TEXTS, sheets::texts),
    (&tables::JUDGEMENTS, sheets::judgements),
    (&tables::INDICATORS, figures::indicators),
    (&tables::VALUES, figures::values),
    (&tables::REVISIONS, figures::revisions),
    (&tables::PROJECTS, projects::projects),
    (&tables::LISTINGS, projects::listings),
    (&tables::OUTLINES, projects::outlines),
    (&tables::DIRECTIONS, projects::directions),
    (&tables::COUNTS, projects::counts),
    (&tables::MONEY, projects::money),
    (&tables::FINDINGS, rules::findings),
];

/// What the rows of one table are made of, and where they go.
struct Out<'a, 'e> {
    library: &'a Library,
    publisher: &'a Publisher,
    unit: Option<&'a Unit>,
    table: &'static Table,
    emit: &'a mut Emit<'e>,
}

/// A sheet with where it is.
#[derive(Clone, Copy)]
struct Placed<'a> {
    /// Its document.
    entry: &'a Entry,
    /// Its number in it, from 1.
    number: usize,
    /// Its id.
    id: i64,
    /// What it says.
    sheet: &'a Sheet,
}

impl<'a> Out<'a, '_> {
    /// A row of the table that begins with the 団体コード.
    fn row<'r>(&self) -> Row<'r>
    where
        'a: 'r,
    {
        let publisher: &'a Publisher = self.publisher;
        Row::new(self.table).with("municipality_code", publisher.code.as_str())
    }

    /// A row about a document.
    fn of_document<'r>(&self, entry: &'r Entry) -> Row<'r>
    where
        'a: 'r,
    {
        self.row()
            .with("plan", entry.key.as_str())
            .with("document", entry.id)
    }

    /// A row about a sheet, with its year.
    fn of_sheet<'r>(&self, at: Placed<'r>) -> Row<'r>
    where
        'a: 'r,
    {
        let row = years(
            self.row(),
            "fiscal_year",
            "fiscal_year_label",
            at.sheet.year,
        );
        row.with("plan", at.entry.key.as_str())
            .with("document", at.entry.id)
            .with("sheet", at.id)
    }

    /// Gives a row on; no text leaves with characters that control instead of being displayed.
    fn put(&mut self, row: Row<'_>) -> Result<(), Fault> {
        (self.emit)(&row.shown_by(plain::visible))
    }

    /// The current documents that are asked for.
    fn entries(&self) -> Vec<&'a Entry> {
        let entries = self.library.entries().iter();
        entries.filter(|entry| self.has(entry)).collect()
    }

    fn has(&self, entry: &Entry) -> bool {
        self.unit.is_none_or(|unit| *unit == Unit::of(entry))
    }

    /// Does a place stand in a document that is asked for?
    fn has_place(&self, at: &At) -> bool {
        let entry = self.library.entries().get(at.entry);
        entry.is_some_and(|entry| self.has(entry))
    }

    /// The sheets that are asked for.
    fn sheets(&self) -> Vec<Placed<'a>> {
        let mut found = Vec::new();
        for entry in self.entries() {
            for (number, sheet) in (1..).zip(entry.document.sheets()) {
                if let Some(id) = entry.sheet_id(number) {
                    let id = id.id;
                    found.push(Placed {
                        entry,
                        number,
                        id,
                        sheet,
                    });
                }
            }
        }
        found
    }
}

/// The same row with a year, as a number and in words.
fn years<'r>(
    row: Row<'r>,
    name: &'static str,
    label: &'static str,
    year: Option<FiscalYear>,
) -> Row<'r> {
    let number = year.map(|year| i64::from(year.calendar_year()));
    row.with(name, number)
        .with(label, year.map(|year| year.to_string()))
}

/// The same row with how a value was settled, and on which line it stands.
fn sourced<'r, T>(row: Row<'r>, value: Option<&Sourced<T>>) -> Row<'r> {
    row.with("settled", value.map(|value| value.settled.key()))
        .with("source_line", value.map(|value| value.line))
}

/// A printed text.
fn printed(value: Option<&Sourced<String>>) -> Option<&str> {
    value.map(|value| value.value.as_str())
}

/// Several texts in one cell, a line each.
fn lines<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.collect::<Vec<_>>().join("\n")
}
