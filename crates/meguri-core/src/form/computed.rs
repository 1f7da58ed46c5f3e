//! What is computed and never typed: rates, totals of money, numbers of rows by direction.

use super::Subject;
use super::successor::{confirmed, is_planned};
use crate::calc::rate::rated;
use crate::calc::total::sum_of_rows;
use crate::evaluation::{PrintedTotal, Sheet};
use crate::figure::Figure;
use crate::fiscal_year::FiscalYear;
use crate::plan::YearFigure;
use crate::scheme::FieldKind;
use crate::source::{Settled, Sourced};
use std::collections::BTreeSet;

/// Puts on a sheet what its values come to, where the city's own form has it.
pub(super) fn compute(subject: &Subject<'_>, sheet: &mut Sheet) {
    rates(subject, sheet);
    totals(subject, sheet);
    counts(subject, sheet);
}

fn computed<T>(value: T) -> Sourced<T> {
    confirmed(Sourced {
        value,
        line: 0,
        settled: Settled::Confirmed,
    })
}

fn rates(subject: &Subject<'_>, sheet: &mut Sheet) {
    if is_planned(subject.scheme, &FieldKind::Indicators) {
        return;
    }
    let year = subject.year;
    for indicator in &mut sheet.indicators {
        indicator.printed_rates.retain(|rate| rate.year != year);
        let formula = subject.scheme.rate_formula(indicator);
        let rate = rated(indicator, year, formula).outcome.ok();
        let mut before = indicator.printed_rates.iter();
        // As the sheet prints the rates of the years before.
        let narrow = before.any(|rate| rate.figure.value.printed.contains('%'));
        let printed = rate.map(|rate| {
            if narrow {
                rate.printed.replace('％', "%")
            } else {
                rate.printed
            }
        });
        let figure = printed.and_then(|printed| Figure::parse(&printed));
        let of_year = figure.map(|figure| YearFigure {
            year,
            figure: computed(figure),
        });
        indicator.printed_rates.extend(of_year);
        indicator.printed_rates.sort_by_key(|rate| rate.year);
    }
}

/// The tables that the city's form closes with a total: those of last year's sheet.
fn tables(subject: &Subject<'_>) -> BTreeSet<u32> {
    let sheets = [Some(subject.sheet), subject.last].into_iter().flatten();
    sheets
        .flat_map(|sheet| sheet.totals.iter().map(|total| total.table))
        .collect()
}

fn totals(subject: &Subject<'_>, sheet: &mut Sheet) {
    let mut totals = Vec::new();
    for table in tables(subject) {
        let rows = || sheet.listings.iter().filter(|row| row.table == table);
        let years: BTreeSet<FiscalYear> = rows()
            .flat_map(|row| row.costs.iter().map(|cost| cost.year))
            .collect();
        for year in years {
            let of_year = rows().flat_map(|row| row.costs.iter().filter(|cost| cost.year == year));
            let sum = sum_of_rows(of_year.map(|cost| &cost.money.value)).outcome;
            totals.extend(sum.ok().map(|sum| PrintedTotal {
                table,
                year: Some(year),
                money: computed(sum),
            }));
        }
    }
    sheet.totals = totals;
}

fn counts(subject: &Subject<'_>, sheet: &mut Sheet) {
    let sheets = [Some(subject.sheet), subject.last].into_iter().flatten();
    let counted = sheets
        .flat_map(|sheet| &sheet.next_step_counts)
        .next()
        .is_some();
    let axis = subject.scheme.next_step_axes().first();
    let scale = axis.and_then(|axis| subject.scheme.scale(&axis.scale).map(|scale| (axis, scale)));
    let Some((axis, scale)) = scale.filter(|_| counted) else {
        sheet.next_step_counts.clear();
        return;
    };
    let rows: Vec<_> = sheet.listings.iter().filter(|row| row.table == 0).collect();
    let count = |word: &str| {
        let is = |row: &&&_| -> bool {
            let row: &crate::plan::Listing = row;
            row.next_step(&axis.key)
                .is_some_and(|step| step.value == word)
        };
        u32::try_from(rows.iter().filter(is).count()).unwrap_or(u32::MAX)
    };
    let words = scale.values.iter().map(|value| value.value.as_str());
    let found = words.map(|word| (word.to_owned(), computed(count(word))));
    sheet.next_step_counts = found.collect();
}
