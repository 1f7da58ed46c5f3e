//! Two years of a plan beside each other: what is new, gone, renamed, better, worse, dearer.
//!
//! The two sides may be two papers, or one paper that prints both years.

mod changes;
mod figures;
mod nodes;

pub use changes::{ProjectChange, SheetChange, StateChange, TextChange, Way, sheet_changes, sum};
pub use figures::{Course, IndicatorChange, difference};
pub use nodes::{NodeChange, NodeKeys, NodeKind, node_changes, node_pairs};

use super::Whole;
use crate::evaluation::Sheet;
use crate::fiscal_year::FiscalYear;
use crate::plan::{Listing, NodeId};
use crate::scheme::Scheme;

/// One side of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The paper.
    pub whole: &'a Whole<'a>,
    /// The scheme that rules it.
    pub scheme: Option<&'a Scheme>,
    /// The year that is looked at.
    pub year: FiscalYear,
    /// Has the paper a list of projects for that year?
    pub lists_projects: bool,
}

impl<'a> Side<'a> {
    /// A year of a paper.
    #[must_use]
    pub fn new(whole: &'a Whole<'a>, scheme: Option<&'a Scheme>, year: FiscalYear) -> Self {
        let rows = || {
            let sheets = whole.sheets.iter();
            sheets.flat_map(|sheet| sheet.listings.iter().map(move |row| (sheet, row)))
        };
        let is_dated = rows().any(|(_, row)| years_of(row).next().is_some());
        // A row that lost its amounts makes no list of a year that has no other row.
        let lists_projects = rows().any(|(sheet, row)| match years_of(row).next() {
            Some(_) => is_told(sheet, row, year),
            None => sheet.year.map_or(!is_dated, |own| own == year),
        });
        Self {
            whole,
            scheme,
            year,
            lists_projects,
        }
    }
}

/// The years of which a row itself tells.
fn years_of(row: &Listing) -> impl Iterator<Item = FiscalYear> {
    let costs = row.costs.iter().map(|cost| cost.year);
    costs.chain(row.outlines.iter().map(|(year, _)| *year))
}

/// Does a row tell of a year? One without any year of its own tells of its sheet's, and where that has
/// none either, of whatever is looked at.
fn is_told(sheet: &Sheet, row: &Listing, year: FiscalYear) -> bool {
    match years_of(row).next() {
        Some(_) => years_of(row).any(|of| of == year),
        None => sheet.year.is_none_or(|own| own == year),
    }
}

/// The years that a paper tells of by judgements, actuals or costs, in order.
#[must_use]
pub fn years(whole: &Whole<'_>) -> Vec<FiscalYear> {
    let mut years: Vec<FiscalYear> = Vec::new();
    for sheet in &whole.sheets {
        years.extend(sheet.year);
        let actuals = sheet
            .indicators
            .iter()
            .flat_map(|indicator| &indicator.actuals);
        years.extend(actuals.map(|actual| actual.year));
        let costs = sheet.listings.iter().flat_map(|listing| &listing.costs);
        years.extend(costs.map(|cost| cost.year));
    }
    years.sort_unstable();
    years.dedup();
    years
}

/// The first sheet of a node.
#[must_use]
pub fn sheet_at<'a>(whole: &Whole<'a>, node: NodeId) -> Option<&'a Sheet> {
    whole
        .sheets
        .iter()
        .copied()
        .find(|sheet| sheet.node == Some(node))
}
