//! The figures of a sheet in words, a line for what belongs together, so that a hit shows them with
//! their years.

use super::line;
use crate::read::values::budget_place;
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::{Indicator, Listing, YearFigure, indicator::figure_of};
use meguri_search::Line;
use std::collections::BTreeSet;

/// Between the parts of a line.
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
    lines.push(figures_of(indicator, line(label, String::new())));
    lines
}

/// The name, so that the indicator is found by it; number, unit and baseline; the figures by year.
fn figures_of(indicator: &Indicator, line: Line) -> Line {
    let mut line = line;
    line.push(&indicator.label());
    let number = indicator.number.as_ref().map(|number| &number.value);
    add(&mut line, "番号", number);
    add(
        &mut line,
        "単位",
        indicator.unit.as_ref().map(|unit| &unit.value),
    );
    if let Some(baseline) = &indicator.baseline {
        let year = indicator
            .baseline_year
            .map_or_else(String::new, |year| format!("（{year}）"));
        apart(&mut line);
        line.push_label("基準値");
        line.push(&format!("{year} {baseline}", baseline = baseline.value));
    }
    for year in years(indicator) {
        apart(&mut line);
        add_year(&mut line, indicator, year);
    }
    line
}

/// Parts of a line stand apart, so that no word reaches from one into the next by chance.
fn apart(line: &mut Line) {
    if !line.text.is_empty() {
        line.push(APART);
    }
}

/// Adds a value, with its label that is only shown; nothing where there is none.
fn add(line: &mut Line, label: &str, value: Option<impl ToString>) {
    let Some(value) = value else {
        return;
    };
    apart(line);
    if !label.is_empty() {
        line.push_label(&format!("{label} "));
    }
    line.push(&value.to_string());
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

fn add_year(line: &mut Line, indicator: &Indicator, year: FiscalYear) {
    line.push(&year.to_string());
    let mut labelled = |label: &str, value: &dyn std::fmt::Display| {
        line.push_label(&format!(" {label} "));
        line.push(&value.to_string());
    };
    for (name, row) in ROWS {
        if let Some(figure) = figure_of(row(indicator), year) {
            labelled(name, &figure.value);
        }
    }
    let revised = indicator
        .revisions
        .iter()
        .filter(|revision| revision.year == year);
    for original in revised.filter_map(|revision| revision.original.as_ref()) {
        labelled("見直し前の目標", &original.value);
    }
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
    lines.push(row_of(listing, line(label, String::new())));
    lines
}

/// The name, so that a row is found by it, and what else it prints.
fn row_of(listing: &Listing, line: Line) -> Line {
    let mut line = line;
    line.push(&listing.label());
    add(
        &mut line,
        "番号",
        listing.number.as_ref().map(|number| &number.value),
    );
    for section in &listing.sections {
        add(&mut line, "", Some(&section.value));
    }
    for (label, value) in of_budget(listing) {
        add(&mut line, label, Some(value));
    }
    for tag in &listing.tags {
        add(&mut line, "", Some(&tag.value));
    }
    for cost in &listing.costs {
        add(
            &mut line,
            "",
            Some(format!("{} {}", cost.year, cost.money.value)),
        );
    }
    for (_, step) in &listing.next_steps {
        add(&mut line, "", Some(&step.value));
    }
    if listing.relisted {
        add(&mut line, "", Some("再掲"));
        add(
            &mut line,
            "元",
            listing.relisted_from.as_ref().map(|from| &from.value),
        );
    }
    line
}

/// Code and place in the budget of a row, each with its label.
pub(super) fn of_budget(listing: &Listing) -> Vec<(&'static str, String)> {
    let code = listing
        .code
        .iter()
        .map(|code| ("コード", code.value.to_string()));
    let item = &listing.budget_item;
    let place = Some(budget_place(item)).filter(|place| !place.is_empty());
    let account = item.account.clone().map(|account| ("", account));
    code.chain(account)
        .chain(place.map(|place| ("款-項-目", place)))
        .collect()
}

/// The same in one line.
pub(super) fn budget_line(budget: &[(&'static str, String)]) -> Line {
    let mut line = line("会計・予算".to_owned(), String::new());
    for (label, value) in budget {
        add(&mut line, label, Some(value));
    }
    line
}

/// What the paper prints below its tables.
pub(super) fn of_table(sheet: &Sheet) -> Vec<Line> {
    let mut table = line("表の合計".to_owned(), String::new());
    for total in &sheet.totals {
        let year = total
            .year
            .map_or_else(String::new, |year| format!("{year} "));
        add(
            &mut table,
            "合計",
            Some(format!("{year}{}", total.money.value)),
        );
    }
    for (word, count) in &sheet.next_step_counts {
        add(&mut table, "", Some(format!("{word} {}", count.value)));
    }
    for money in &sheet.unplaced_costs {
        add(&mut table, "", Some(&money.value));
    }
    let from = sheet.relisted_from.as_ref().map(|from| &from.value);
    add(&mut table, "再掲 元", from);
    if table.text.is_empty() {
        Vec::new()
    } else {
        vec![table]
    }
}
