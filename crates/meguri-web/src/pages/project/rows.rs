//! The rows of the page of a project.

use crate::page::Link;
use crate::view::entity::{SheetLink, shown};
use crate::view::value::ValueView;
use meguri_app::read::quantity::{AmountView, YearView};
use meguri_app::read::values::of_year;
use meguri_app::read::{Library, Stand, urls};
use meguri_core::links::costs::YearCost;
use serde::Serialize;
use std::collections::BTreeSet;

/// Rows of one paper and year that are shown at most.
const PARTS: usize = 8;

/// What one paper says of one year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CostView {
    /// The year.
    pub year: YearView,
    /// The amounts of the rows that count, with their sheets.
    pub parts: Vec<(ValueView, SheetLink)>,
    /// Rows that are left out.
    pub more: usize,
    /// The sum of several rows as computed; none where there is only one.
    pub sum: AmountView,
    /// Rows that show it again.
    pub again: usize,
    /// Do papers say different amounts of the year?
    pub differs: bool,
}

impl CostView {
    /// What is to be known about the amount.
    #[must_use]
    pub fn note(&self) -> String {
        let mut notes = Vec::new();
        if self.differs {
            notes.push("文書により金額が異なります".to_owned());
        }
        if self.again > 0 {
            notes.push(format!(
                "ほかに再掲{}件（金額に含めていません）",
                self.again
            ));
        }
        notes.join("。")
    }
}

/// 動向 of one year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DirectionView {
    /// Of which the name of the axis says: 事業の方向性 …; empty where there is only one.
    pub axis: String,
    /// Its sign, beside the word.
    pub sign: String,
    /// The word.
    pub value: Option<ValueView>,
    /// The sheet, with the year in which it was judged.
    pub sheet: SheetLink,
}

/// What one year plans.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OutlineView {
    /// The year.
    pub year: YearView,
    /// The text.
    pub text: Option<ValueView>,
    /// The plan.
    pub plan: String,
}

/// One row that lists the project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListingView {
    /// The sheet.
    pub sheet: SheetLink,
    /// The name in the row.
    pub name: Option<ValueView>,
    /// Marks behind the name.
    pub tags: Vec<String>,
    /// Is it shown again here?
    pub again: bool,
    /// Where it is counted, where that is known.
    pub original: Option<Link>,
}

/// The amounts by year and paper.
pub(super) fn costs(stands: &[Stand<'_>], years: &[YearCost]) -> Vec<CostView> {
    let mut shown_costs = Vec::new();
    for year in years {
        for paper in &year.papers {
            let rows = paper.rows.iter().filter_map(|row| stands.get(*row));
            let parts: Vec<(ValueView, SheetLink)> =
                rows.filter_map(|stand| cost(stand, year)).collect();
            let sum = paper.sum.value().filter(|_| paper.rows.len() > 1);
            shown_costs.push(CostView {
                year: year.year.into(),
                more: parts.len().saturating_sub(PARTS),
                parts: parts.into_iter().take(PARTS).collect(),
                sum: sum.copied().into(),
                again: paper.again,
                differs: year.differs(),
            });
        }
    }
    shown_costs
}

fn cost(stand: &Stand<'_>, year: &YearCost) -> Option<(ValueView, SheetLink)> {
    let cost = stand
        .listing()?
        .costs
        .iter()
        .find(|cost| cost.year == year.year)?;
    let id = of_year(&format!("project-{}-cost", stand.at.item? + 1), year.year);
    Some((shown(stand, &id, &cost.money), SheetLink::new(stand)))
}

/// The directions, the latest first; what one paper repeats is shown once.
pub(super) fn directions(stands: &[Stand<'_>]) -> Vec<DirectionView> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for stand in stands.iter().rev() {
        let (Some(listing), Some(item)) = (stand.listing(), stand.at.item) else {
            continue;
        };
        let scheme = stand.entry.scheme.as_ref();
        let axes = scheme.map_or(&[][..], |scheme| scheme.next_step_axes());
        for (index, (axis, step)) in listing.next_steps.iter().enumerate() {
            if !seen.insert((stand.at.entry, stand.sheet.year, axis.as_str(), &step.value)) {
                continue;
            }
            let label = axes
                .iter()
                .find(|known| known.key == *axis && axes.len() > 1);
            found.push(DirectionView {
                axis: label.map_or_else(String::new, |axis| axis.label.clone()),
                sign: stand.entry.next_step_sign(axis, &step.value),
                value: Some(shown(
                    stand,
                    &format!("project-{}-step-{}", item + 1, index + 1),
                    step,
                )),
                sheet: SheetLink::new(stand),
            });
        }
    }
    found
}

/// What the years plan, by year; what is said twice in the same words is shown once.
pub(super) fn outlines(stands: &[Stand<'_>]) -> Vec<OutlineView> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for stand in stands {
        let (Some(listing), Some(item)) = (stand.listing(), stand.at.item) else {
            continue;
        };
        for (year, text) in &listing.outlines {
            if seen.insert((*year, &text.value)) {
                let id = of_year(&format!("project-{}-outline", item + 1), *year);
                found.push((
                    *year,
                    OutlineView {
                        year: (*year).into(),
                        text: Some(shown(stand, &id, text)),
                        plan: SheetLink::new(stand).paper(),
                    },
                ));
            }
        }
    }
    found.sort_by_key(|(year, _)| *year);
    found.into_iter().map(|(_, outline)| outline).collect()
}

/// The rows that list it.
pub(super) fn listings(library: &Library, stands: &[Stand<'_>]) -> Vec<ListingView> {
    let row = |stand: &Stand<'_>| {
        let listing = stand.listing()?;
        let original = library.linked().original(stand.at);
        let original = original.and_then(|at| Stand::of(library.entries(), at));
        let id = format!("project-{}-name", stand.at.item? + 1);
        Some(ListingView {
            sheet: SheetLink::new(stand),
            name: listing.name.as_ref().map(|name| shown(stand, &id, name)),
            tags: listing.tags.iter().map(|tag| tag.value.clone()).collect(),
            again: stand.is_again(),
            original: original.map(|stand| {
                let href = urls::sheet(stand.entry, stand.at.number);
                Link::new(href, stand.sheet.label.clone())
            }),
        })
    };
    stands.iter().filter_map(row).collect()
}
