//! The figures of a sheet in words, a line for what belongs together, so that a hit shows them with
//! their years.

use super::line;
use crate::read::values::budget_place;
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::{Indicator, Listing, YearFigure, indicator::figure_of};
use meguri_search::Line;
use std::collections::BTreeSet;

/// Parts of a line stand apart, so that no word reaches from one into the next by chance.
const APART: &str = "、";

/// Notes and reasons in lines of their own; then number, unit, baseline, and the figures by year.
pub(super) fn of_indicator(indicator: &Indicator) -> Vec<Line> {
    let label = format!("指標「{}」", indicator.label());
    let reasons = indicator
        .revisions
        .iter()
        .filter_map(|revision| revision.reason.as_ref());
    let texts = indicator.notes.iter().chain(reasons);
    let mut lines: Vec<Line> = texts
        .map(|text| line(label.clone(), text.value.clone()))
        .collect();
    let mut parts = Vec::new();
    parts.extend(
        indicator
            .number
            .as_ref()
            .map(|number| format!("番号 {}", number.value)),
    );
    parts.extend(
        indicator
            .unit
            .as_ref()
            .map(|unit| format!("単位 {}", unit.value)),
    );
    parts.extend(indicator.baseline.as_ref().map(|baseline| {
        let year = indicator
            .baseline_year
            .map_or_else(String::new, |year| format!("（{year}）"));
        format!("基準値{year} {}", baseline.value)
    }));
    parts.extend(
        years(indicator)
            .into_iter()
            .map(|year| of_year(indicator, year)),
    );
    lines.push(line(label, parts.join(APART)));
    lines
}

/// One row of an indicator's table.
type Row = fn(&Indicator) -> &Vec<YearFigure>;

const ROWS: [(&str, Row); 3] = [
    ("目標", |indicator| &indicator.targets),
    ("実績", |indicator| &indicator.actuals),
    ("達成率", |indicator| &indicator.printed_rates),
];

/// Every year of which something is printed.
fn years(indicator: &Indicator) -> BTreeSet<FiscalYear> {
    let rows = ROWS
        .iter()
        .flat_map(|(_, row)| row(indicator))
        .map(|figure| figure.year);
    rows.chain(indicator.revisions.iter().map(|revision| revision.year))
        .collect()
}

fn of_year(indicator: &Indicator, year: FiscalYear) -> String {
    let mut words = year.to_string();
    for (name, row) in ROWS {
        if let Some(figure) = figure_of(row(indicator), year) {
            words.push_str(&format!(" {name} {}", figure.value));
        }
    }
    let revised = indicator
        .revisions
        .iter()
        .filter(|revision| revision.year == year);
    for original in revised.filter_map(|revision| revision.original.as_ref()) {
        words.push_str(&format!(" 見直し前の目標 {}", original.value));
    }
    words
}

/// What the years plan in lines of their own; then what else the row has.
pub(super) fn of_listing(listing: &Listing) -> Vec<Line> {
    let label = format!("事業「{}」", listing.label());
    let outlines = listing.outlines.iter().map(|(year, outline)| {
        line(
            format!("{label}の年次計画（{year}）"),
            outline.value.clone(),
        )
    });
    let mut lines: Vec<Line> = outlines.collect();
    let mut parts = Vec::new();
    parts.extend(
        listing
            .number
            .as_ref()
            .map(|number| format!("番号 {}", number.value)),
    );
    parts.extend(listing.sections.iter().map(|section| section.value.clone()));
    parts.extend(of_budget(listing));
    parts.extend(listing.tags.iter().map(|tag| tag.value.clone()));
    let costs = listing.costs.iter();
    parts.extend(costs.map(|cost| format!("{} {}", cost.year, cost.money.value)));
    parts.extend(
        listing
            .next_steps
            .iter()
            .map(|(_, step)| step.value.clone()),
    );
    if listing.relisted {
        let from = listing.relisted_from.as_ref();
        parts.push(from.map_or_else(
            || "再掲".to_owned(),
            |from| format!("再掲 元 {}", from.value),
        ));
    }
    // A row of a name alone has its name to be found by.
    lines.push(line(label, parts.join(APART)));
    lines
}

/// Code and place in the budget of a row.
pub(super) fn of_budget(listing: &Listing) -> Vec<String> {
    let code = listing
        .code
        .iter()
        .map(|code| format!("コード {}", code.value));
    let item = &listing.budget_item;
    let place = Some(budget_place(item)).filter(|place| !place.is_empty());
    code.chain(item.account.clone())
        .chain(place.map(|place| format!("款-項-目 {place}")))
        .collect()
}

/// What the paper prints below its tables.
pub(super) fn of_table(sheet: &Sheet) -> Vec<Line> {
    let mut parts = Vec::new();
    parts.extend(sheet.totals.iter().map(|total| {
        let year = total
            .year
            .map_or_else(String::new, |year| format!("{year} "));
        format!("合計 {year}{}", total.money.value)
    }));
    let counts = sheet.next_step_counts.iter();
    parts.extend(counts.map(|(word, count)| format!("{word} {}", count.value)));
    parts.extend(
        sheet
            .unplaced_costs
            .iter()
            .map(|money| money.value.to_string()),
    );
    parts.extend(
        sheet
            .relisted_from
            .as_ref()
            .map(|from| format!("再掲 元 {}", from.value)),
    );
    if parts.is_empty() {
        Vec::new()
    } else {
        vec![line("表の合計".to_owned(), parts.join(APART))]
    }
}
