//! The tables of projects (関連事務事業, 主要事業) with totals and counts.

use super::Year;
use super::sheet::each;
use crate::report::Report;
use meguri_core::calc::total::{Agreement, agreement, sum_of_rows};
use meguri_core::evaluation::{PrintedTotal, Sheet};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{Money, MoneyUnit, with_commas};
use meguri_core::plan::Listing;
use meguri_core::scheme::{Scheme, words};
use serde::Serialize;
use std::collections::BTreeSet;

/// One table.
#[derive(Clone, Debug, Serialize)]
pub struct TableData {
    /// Its number on the sheet: 0 is the main one.
    pub table: u32,
    /// The unit of all its amounts; empty where they differ, and each has its own.
    pub unit: String,
    /// The years of its costs and outlines.
    pub years: Vec<Year>,
    /// The axes of next year's direction.
    pub axes: Vec<super::Named>,
    /// Which columns have anything.
    pub has: Columns,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The totals, one a year.
    pub totals: Vec<Total>,
    /// Totals that the document prints without a year, where nothing tells the year.
    pub other_totals: Vec<String>,
    /// Amounts whose row the document lost.
    pub unplaced: Vec<String>,
}

/// Which columns of a table have anything.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Columns {
    /// Numbers of rows.
    pub number: bool,
    /// 担当課.
    pub sections: bool,
    /// 会計.
    pub account: bool,
    /// 款・項・目.
    pub budget: bool,
    /// 事務事業コード.
    pub code: bool,
    /// Costs.
    pub costs: bool,
    /// Outlines of years.
    pub outlines: bool,
    /// ★.
    pub star: bool,
}

/// One row.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its number.
    pub number: String,
    /// Name of the project.
    pub name: String,
    /// Marks behind the name.
    pub tags: Vec<String>,
    /// 再掲.
    pub relisted: bool,
    /// The row that it repeats.
    pub relisted_from: Option<u32>,
    /// ★.
    pub star: bool,
    /// 担当課.
    pub sections: Vec<String>,
    /// 会計.
    pub account: String,
    /// 款, 項, 目.
    pub budget: [String; 3],
    /// 事務事業コード.
    pub code: String,
    /// One cost for each year of the table; empty where there is none.
    pub costs: Vec<String>,
    /// One outline for each year of the table.
    pub outlines: Vec<String>,
    /// One direction for each axis of the table.
    pub steps: Vec<StepData>,
}

/// A direction.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StepData {
    /// The word.
    pub value: String,
    /// The sign beside it.
    pub sign: String,
}

/// A total of one year.
#[derive(Clone, Debug, Serialize)]
pub struct Total {
    /// As the document prints it, else the sum of the rows.
    pub amount: String,
    /// The sum of the rows, where it differs from the printed one by more than rounding.
    pub differs: String,
}

/// A number of projects.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// The direction.
    pub value: String,
    /// The sign beside it.
    pub sign: String,
    /// How many.
    pub count: u32,
}

/// All tables of a sheet.
pub(super) fn tables(report: &Report<'_>, place: usize, sheet: &Sheet) -> Vec<TableData> {
    let mut numbers: BTreeSet<u32> = sheet.listings.iter().map(|row| row.table).collect();
    numbers.extend(sheet.totals.iter().map(|total| total.table));
    if !sheet.unplaced_costs.is_empty() {
        numbers.insert(0);
    }
    let each = numbers.into_iter();
    each.map(|number| table(report, place, sheet, number))
        .collect()
}

fn table(report: &Report<'_>, place: usize, sheet: &Sheet, number: u32) -> TableData {
    let rows = sheet.listings.iter().enumerate();
    let rows: Vec<(usize, &Listing)> = rows.filter(|(_, row)| row.table == number).collect();
    let printed = sheet.totals.iter().filter(|total| total.table == number);
    let printed: Vec<&PrintedTotal> = printed.collect();
    let mut years: BTreeSet<FiscalYear> = rows.iter().flat_map(|(_, row)| years_of(row)).collect();
    years.extend(printed.iter().filter_map(|total| total.year.or(sheet.year)));
    let years: Vec<FiscalYear> = years.into_iter().collect();
    let unplaced = sheet.unplaced_costs.iter().filter(|_| number == 0);
    let unplaced: Vec<Money> = unplaced.map(|cost| cost.value).collect();
    let totals = printed.iter().map(|total| total.money.value);
    let unit = one_unit(&rows, totals.chain(unplaced.iter().copied()));
    let axes = axes(report, &rows);
    let star = |row: usize| report.starred.contains(&(place, row));
    TableData {
        table: number,
        unit: unit.map_or_else(String::new, |unit| unit.label().to_owned()),
        has: Columns {
            costs: !printed.is_empty() || rows.iter().any(|(_, row)| !row.costs.is_empty()),
            ..columns(&rows, star)
        },
        totals: years
            .iter()
            .map(|year| total(sheet, &printed, &rows, *year, unit))
            .collect(),
        other_totals: printed
            .iter()
            .filter(|_| years.is_empty())
            .map(|total| amount(total.money.value, unit))
            .collect(),
        rows: rows
            .iter()
            .map(|(at, row)| Row {
                star: star(*at),
                ..row_of(report, row, &years, &axes, unit)
            })
            .collect(),
        years: years.into_iter().map(Year::from).collect(),
        axes,
        unplaced: unplaced.iter().map(|money| amount(*money, unit)).collect(),
    }
}

fn years_of(row: &Listing) -> impl Iterator<Item = FiscalYear> {
    let costs = row.costs.iter().map(|cost| cost.year);
    costs.chain(row.outlines.iter().map(|(year, _)| *year))
}

/// The unit of all amounts, where they have one in common.
fn one_unit(rows: &[(usize, &Listing)], others: impl Iterator<Item = Money>) -> Option<MoneyUnit> {
    let costs = rows.iter().flat_map(|(_, row)| &row.costs);
    let costs = costs.map(|cost| cost.money.value);
    let mut units = costs.chain(others).map(|money| money.unit);
    let first = units.next()?;
    units.all(|unit| unit == first).then_some(first)
}

fn amount(money: Money, unit: Option<MoneyUnit>) -> String {
    if unit == Some(money.unit) {
        with_commas(money.in_unit().normalize())
    } else {
        money.to_string()
    }
}

fn axes(report: &Report<'_>, rows: &[(usize, &Listing)]) -> Vec<super::Named> {
    let mut keys: Vec<&str> = Vec::new();
    for (key, _) in rows.iter().flat_map(|(_, row)| &row.next_steps) {
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    let known = report.scheme.map_or(&[][..], Scheme::next_step_axes);
    let named = |key: &str| {
        let axis = known.iter().find(|axis| axis.key == key);
        let label = axis.map_or_else(|| words::axis_word(key), |axis| axis.label.as_str());
        super::Named {
            key: key.to_owned(),
            label: label.to_owned(),
        }
    };
    keys.into_iter().map(named).collect()
}

/// Which columns have anything, but for costs.
fn columns(rows: &[(usize, &Listing)], star: impl Fn(usize) -> bool) -> Columns {
    let any = |has: fn(&Listing) -> bool| rows.iter().any(|(_, row)| has(row));
    Columns {
        number: any(|row| row.number.is_some()),
        sections: any(|row| !row.sections.is_empty()),
        account: any(|row| row.budget_item.account.is_some()),
        budget: any(|row| {
            let item = &row.budget_item;
            item.kan.is_some() || item.kou.is_some() || item.moku.is_some()
        }),
        code: any(|row| row.code.is_some()),
        costs: false,
        outlines: any(|row| !row.outlines.is_empty()),
        star: rows.iter().any(|(at, _)| star(*at)),
    }
}

fn row_of(
    report: &Report<'_>,
    row: &Listing,
    years: &[FiscalYear],
    axes: &[super::Named],
    unit: Option<MoneyUnit>,
) -> Row {
    let cost = |year: &FiscalYear| {
        let cost = row.costs.iter().find(|cost| cost.year == *year);
        cost.map_or_else(String::new, |cost| amount(cost.money.value, unit))
    };
    let outline = |year: &FiscalYear| {
        let outline = row.outlines.iter().find(|(of, _)| of == year);
        outline.map_or_else(String::new, |(_, text)| text.value.clone())
    };
    let item = &row.budget_item;
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    Row {
        number: row
            .number
            .as_ref()
            .map_or_else(String::new, |number| number.value.to_string()),
        name: row.label(),
        tags: each(&row.tags),
        relisted: row.relisted,
        relisted_from: row.relisted_from.as_ref().map(|from| from.value),
        star: false,
        sections: each(&row.sections),
        account: part(&item.account),
        budget: [part(&item.kan), part(&item.kou), part(&item.moku)],
        code: super::sheet::printed(row.code.as_ref()),
        costs: years.iter().map(cost).collect(),
        outlines: years.iter().map(outline).collect(),
        steps: axes
            .iter()
            .map(|axis| step(report, row, &axis.key))
            .collect(),
    }
}

fn step(report: &Report<'_>, row: &Listing, axis: &str) -> StepData {
    row.next_step(axis)
        .map_or_else(StepData::default, |step| StepData {
            sign: sign(report, axis, &step.value),
            value: step.value.clone(),
        })
}

fn sign(report: &Report<'_>, axis: &str, value: &str) -> String {
    let scale = report
        .scheme
        .and_then(|scheme| scheme.next_step_scale(axis));
    let value = scale.and_then(|scale| scale.value(value));
    value
        .and_then(|value| value.sign.clone())
        .unwrap_or_default()
}

/// The total of a year: as printed, else the sum of the rows.
fn total(
    sheet: &Sheet,
    printed: &[&PrintedTotal],
    rows: &[(usize, &Listing)],
    year: FiscalYear,
    unit: Option<MoneyUnit>,
) -> Total {
    let costs = rows.iter().flat_map(|(_, row)| &row.costs);
    let of_year = costs.filter(|cost| cost.year == year);
    let sum = sum_of_rows(of_year.map(|cost| &cost.money.value))
        .outcome
        .ok();
    let is = |total: &&&PrintedTotal| total.year.or(sheet.year).is_none_or(|of| of == year);
    let printed = printed.iter().find(is).map(|total| total.money.value);
    let differs = sum.filter(|sum| {
        printed.is_some_and(|printed| agreement(printed, *sum, rows.len()) == Agreement::Differs)
    });
    let shown = |money: Option<Money>| money.map_or_else(String::new, |money| amount(money, unit));
    Total {
        amount: shown(printed.or(sum)),
        differs: shown(differs),
    }
}

/// Projects by direction, as the document prints them.
pub(super) fn printed_counts(report: &Report<'_>, sheet: &Sheet) -> Vec<Count> {
    let axis = sheet.listings.iter().flat_map(|row| &row.next_steps).next();
    let axis = axis.map_or("work", |(axis, _)| axis.as_str());
    let counts = sheet.next_step_counts.iter();
    counts
        .map(|(word, count)| Count {
            value: word.clone(),
            sign: sign(report, axis, word),
            count: count.value,
        })
        .collect()
}

/// The directions of the rows of the main table, 再掲 too, as a paper counts them.
pub(super) fn counts(report: &Report<'_>, sheet: &Sheet) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    let main = sheet.listings.iter().filter(|row| row.table == 0);
    for (axis, step) in main.flat_map(|row| &row.next_steps) {
        match counts.iter_mut().find(|count| count.value == step.value) {
            Some(count) => count.count += 1,
            None => counts.push(Count {
                sign: sign(report, axis, &step.value),
                value: step.value.clone(),
                count: 1,
            }),
        }
    }
    counts
}
