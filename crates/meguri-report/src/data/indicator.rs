//! 成果指標: by year what was aimed at, what came of it, and the rate.

use super::Year;
use super::sheet::{each, printed};
use crate::report::Report;
use meguri_core::calc::formula::RateFormula;
use meguri_core::evaluation::Sheet;
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::{Indicator, YearFigure, indicator::figure_of};
use meguri_core::source::Sourced;
use meguri_core::verify::counted_rate;
use serde::Serialize;
use std::collections::BTreeSet;

/// One indicator.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorData {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Which of several under one name.
    pub sub_name: String,
    /// Its unit.
    pub unit: String,
    /// 基準値.
    pub baseline: String,
    /// 基準年度.
    pub baseline_year: Option<Year>,
    /// Has it any actual?
    pub has_actuals: bool,
    /// Has it any rate, printed or computed?
    pub has_rates: bool,
    /// One a year, in order.
    pub years: Vec<YearData>,
    /// Notes and the reasons of revised targets, each once.
    pub notes: Vec<String>,
}

/// One year.
#[derive(Clone, Debug, Serialize)]
pub struct YearData {
    /// The year.
    pub year: Year,
    /// 目標.
    pub target: String,
    /// The target before its revision.
    pub original: String,
    /// Is the target marked as revised?
    pub revised: bool,
    /// 実績.
    pub actual: String,
    /// 達成率 as the document prints it; else as it is computed.
    pub rate: String,
    /// Is the rate computed, since the document prints none?
    pub computed: bool,
}

/// All indicators of a sheet.
pub(super) fn all(report: &Report<'_>, sheet: &Sheet) -> Vec<IndicatorData> {
    let usual = RateFormula::achievement();
    let indicators = sheet.indicators.iter();
    indicators
        .map(|indicator| {
            let formula = report
                .scheme
                .map_or(&usual, |scheme| scheme.rate_formula(indicator));
            one(indicator, formula)
        })
        .collect()
}

fn one(indicator: &Indicator, formula: &RateFormula) -> IndicatorData {
    let years: Vec<YearData> = years(indicator)
        .into_iter()
        .map(|year| of_year(indicator, year, formula))
        .collect();
    let reasons = indicator.revisions.iter().filter_map(|r| r.reason.as_ref());
    let mut notes = each(&indicator.notes);
    for reason in reasons {
        if !notes.contains(&reason.value) {
            notes.push(reason.value.clone());
        }
    }
    let number = indicator.number.as_ref();
    IndicatorData {
        number: number.map_or_else(String::new, |number| number.value.to_string()),
        name: printed(indicator.name.as_ref()),
        sub_name: printed(indicator.sub_name.as_ref()),
        unit: printed(indicator.unit.as_ref()),
        baseline: figure(indicator.baseline.as_ref()),
        baseline_year: indicator.baseline_year.map(Year::from),
        has_actuals: !indicator.actuals.is_empty(),
        has_rates: years.iter().any(|year| !year.rate.is_empty()),
        years,
        notes,
    }
}

fn of_year(indicator: &Indicator, year: FiscalYear, formula: &RateFormula) -> YearData {
    let of = |figures: &[YearFigure]| figure(figure_of(figures, year));
    let revision = indicator.revisions.iter().find(|r| r.year == year);
    let printed = of(&indicator.printed_rates);
    // A rate is told of a year that has an actual; before, there is nothing to count.
    let counted = figure_of(&indicator.actuals, year)
        .filter(|_| printed.is_empty())
        .and_then(|_| counted_rate(indicator, year, formula).outcome.ok())
        .map(|rate| rate.printed);
    YearData {
        year: year.into(),
        target: of(&indicator.targets),
        original: figure(revision.and_then(|revision| revision.original.as_ref())),
        revised: revision.is_some(),
        actual: of(&indicator.actuals),
        computed: counted.is_some(),
        rate: counted.unwrap_or(printed),
    }
}

fn figure(figure: Option<&Sourced<Figure>>) -> String {
    figure.map_or_else(String::new, |figure| figure.value.to_string())
}

/// Every year of which something is printed.
fn years(indicator: &Indicator) -> BTreeSet<FiscalYear> {
    let rows = [
        &indicator.targets,
        &indicator.actuals,
        &indicator.printed_rates,
    ];
    let years = rows.into_iter().flatten().map(|figure| figure.year);
    let revised = indicator.revisions.iter().map(|revision| revision.year);
    years.chain(revised).collect()
}
