//! Documents as PDF and as workbooks: what of a library is printed, and how.
//!
//! A paper is made from the same entries that the pages show, so that paper and pages say the same.
//! [`chosen`] finds what is meant by the words of a person, [`csv`] writes the data that a paper
//! carries. [`workbook`] makes the form as printed, with figures as numbers, or plain tables of all data.

pub mod chosen;
pub mod csv;
mod data_book;
mod form_book;

use crate::read::{Entry, Library, dates, whole};
use meguri_core::calc::formula::{Late, RateFormula, Reference, Shape};
use meguri_core::calc::rate::better_from_targets;
use meguri_core::links::Kind;
use meguri_core::plan::{Better, Indicator};
use meguri_report::{Attachment, Fault, Layout, Report, State, When};
pub use meguri_report::{Chosen, LAYOUTS, Printed, fonts};
use meguri_workbook::{Moment, Unwritten};
use std::collections::BTreeSet;

/// What is printed.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The document, of the library.
    pub entry: &'a Entry,
    /// The numbers of its sheets, from 1; all of them where there are none.
    pub sheets: Vec<usize>,
    /// The layout; the usual one of the document where there is none.
    pub layout: Option<Chosen<'a>>,
    /// Name of the municipality.
    pub city: &'a str,
    /// The moment of a draft, ISO 8601; a published version bears that of its publication.
    pub moment: &'a str,
}

/// Prints a document, or some of its sheets.
///
/// # Errors
/// Where the layout has a fault; those of the program have none.
pub fn print(library: &Library, wanted: &Wanted<'_>) -> Result<Printed, Fault> {
    let layout = match wanted.layout {
        Some(layout) => layout,
        None => Layout::of_family(&wanted.entry.document.family)
            .map(Chosen::Ours)
            .ok_or_else(|| Fault::Data("layouts".to_owned()))?,
    };
    meguri_report::pdf(&report(library, wanted), layout)
}

/// Which workbook is made of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BookKind {
    /// As it is printed, a worksheet for each sheet.
    #[default]
    Form,
    /// Plain tables, one a worksheet, for analysis.
    Data,
}

/// A document, or some of its sheets, as a workbook (`.xlsx`).
///
/// # Errors
/// Faults of the program: none that a document brings about.
pub fn workbook(
    library: &Library,
    wanted: &Wanted<'_>,
    kind: BookKind,
) -> Result<Vec<u8>, Unwritten> {
    let report = report(library, wanted);
    let moment = moment(report.when);
    let data = meguri_report::data::Data::of(&report);
    let book = match kind {
        BookKind::Form => {
            let sheets = report.sheets.iter();
            let ratios = sheets.map(|sheet| {
                let indicators = sheet.indicators.iter();
                indicators
                    .map(|indicator| is_ratio(wanted.entry, indicator))
                    .collect()
            });
            form_book::book(&data, moment, &ratios.collect::<Vec<_>>())
        }
        BookKind::Data => data_book::book(wanted.entry, &report, &data, moment),
    };
    meguri_workbook::bytes(&book)
}

/// Is the rate of an indicator nothing but actual ÷ target of the same year?
fn is_ratio(entry: &Entry, indicator: &Indicator) -> bool {
    let formula: RateFormula = entry.rate_formula(indicator);
    let better = indicator.better.or_else(|| better_from_targets(indicator));
    formula.shape == Shape::Ratio
        && formula.reference == Reference::ThisYear
        && formula.late == Late::default()
        && better.is_none_or(|better| better == Better::Higher)
}

const fn moment(when: When) -> Moment {
    Moment {
        year: when.year,
        month: when.month,
        day: when.day,
        hour: when.hour,
        minute: when.minute,
        second: when.second,
    }
}

/// The data of a document as layouts get it.
///
/// # Errors
/// Where it cannot be written as JSON.
pub fn data(library: &Library, wanted: &Wanted<'_>) -> Result<String, Fault> {
    meguri_report::data_json(&report(library, wanted))
}

fn report<'a>(library: &Library, wanted: &Wanted<'a>) -> Report<'a> {
    let entry = wanted.entry;
    let is_book = wanted.sheets.is_empty();
    let numbers: Vec<usize> = if is_book {
        (1..=entry.document.sheets.len()).collect()
    } else {
        wanted.sheets.clone()
    };
    let (state, moment) = match &entry.published {
        Some(edition) => {
            let state = State::Published {
                number: edition.number,
                note: edition.note.clone(),
            };
            (state, edition.moment.as_str())
        }
        None => (State::Draft, wanted.moment),
    };
    Report {
        city: wanted.city,
        plan_name: entry.plan_name(),
        kind: entry.kind,
        plan: &entry.document.plan,
        sheets: numbers.iter().filter_map(|n| entry.sheet(*n)).collect(),
        scheme: whole::scheme(entry),
        tallies: if is_book {
            &entry.document.tallies
        } else {
            &[]
        },
        starred: starred(library, entry, &numbers),
        state,
        when: when(moment),
        date: dates::japanese(moment),
        is_book,
        attachments: numbers
            .iter()
            .filter_map(|number| attachment(entry, *number))
            .collect(),
    }
}

/// The rows with ★: those whose project stands in a document of the plan that is evaluated too.
fn starred(library: &Library, entry: &Entry, numbers: &[usize]) -> BTreeSet<(usize, usize)> {
    let evaluated = whole::scheme(entry).and_then(|scheme| scheme.written().evaluates.as_deref());
    let Some(evaluated) = evaluated else {
        return BTreeSet::new();
    };
    let linked = library.linked();
    let is_planned = |number: usize, row: usize| {
        let id = linked.on_sheet(Kind::Project, entry, number, row)?;
        let thing = linked.thing(Kind::Project, id)?;
        let mut stands = library.stands(thing);
        Some(stands.any(|stand| stand.entry.document.plan.key == evaluated))
    };
    let mut found = BTreeSet::new();
    for (place, number) in numbers.iter().enumerate() {
        let rows = entry.sheet(*number).map_or(0, |sheet| sheet.listings.len());
        let starred = (0..rows).filter(|row| is_planned(*number, *row) == Some(true));
        found.extend(starred.map(|row| (place, row)));
    }
    found
}

/// The values of a sheet as a file that the paper carries.
fn attachment(entry: &Entry, number: usize) -> Option<Attachment> {
    let sheet = entry.sheet(number)?;
    Some(Attachment {
        name: format!("sheet-{number}.csv"),
        description: format!("シート「{}」の値（CSV、UTF-8）", whole::name(&sheet.label)),
        mime: "text/csv".to_owned(),
        bytes: csv::of_sheet(entry, sheet),
    })
}

/// The parts of an ISO 8601 moment; what it lacks is the first.
fn when(moment: &str) -> When {
    let part = |from: usize, until: usize| -> Option<u16> { moment.get(from..until)?.parse().ok() };
    let small = |from, until, least: u8| {
        part(from, until)
            .and_then(|number| u8::try_from(number).ok())
            .unwrap_or(least)
    };
    When {
        year: part(0, 4).unwrap_or(1970),
        month: small(5, 7, 1),
        day: small(8, 10, 1),
        hour: small(11, 13, 0),
        minute: small(14, 16, 0),
        second: small(17, 19, 0),
    }
}
