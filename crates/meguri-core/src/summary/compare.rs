//! Two years of a plan beside each other: what is new, gone, renamed, better, worse, dearer.
//!
//! The two sides may be two papers, or one paper that prints both years.

mod changes;
mod nodes;

pub use changes::{
    IndicatorChange, ProjectChange, SheetChange, StateChange, TextChange, Way, sheet_changes, sum,
};
pub use nodes::{NodeChange, NodeKeys, NodeKind, node_changes, node_pairs};

use super::Whole;
use crate::evaluation::Sheet;
use crate::fiscal_year::FiscalYear;
use crate::plan::NodeId;
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
