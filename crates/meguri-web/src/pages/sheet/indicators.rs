//! The indicators of a sheet: a table by year, with the computed rate beside the printed one.

use super::Context;
use crate::chart::Chart;
use crate::chart::series::{IndicatorSeries, IndicatorYear};
use crate::view::value::ValueView;
use meguri_app::read::quantity::{FigureView, Quantity, YearView};
use meguri_app::read::values::of_year;
use meguri_app::read::whole;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use meguri_core::plan::{Accumulation, Indicator, indicator::figure_of};
use meguri_core::scheme::Scheme;
use meguri_core::summary::rates::reached;
use meguri_core::verify::counted_rate;
use serde::Serialize;
use std::collections::BTreeSet;

/// One indicator.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IndicatorView {
    /// The id of its table.
    pub id: String,
    /// Its chart.
    #[serde(skip)]
    pub chart: Chart,
    /// Its name with the sub-name.
    pub label: String,
    /// The page of the indicator over all years; empty where it has none.
    pub page: String,
    /// The name's place.
    pub name: Option<ValueView>,
    /// Its unit.
    pub unit: String,
    /// The year of the baseline; none where it is unknown.
    pub baseline_year: YearView,
    /// The baseline.
    pub baseline: Option<ValueView>,
    /// Has it actual values? A plan prints only targets.
    pub has_actuals: bool,
    /// Has it printed or computed rates?
    pub has_rates: bool,
    /// One row a year.
    pub rows: Vec<YearRow>,
    /// How the rates were computed.
    pub steps: Vec<StepsView>,
    /// Footnotes and reasons of revised targets.
    pub notes: Vec<ValueView>,
}

/// One year.
#[derive(Clone, Debug, Default, Serialize)]
pub struct YearRow {
    /// The year.
    pub year: YearView,
    /// 目標.
    pub target: Option<ValueView>,
    /// The target before its revision.
    pub original: Option<ValueView>,
    /// Is the target marked as revised?
    pub revised: bool,
    /// 実績.
    pub actual: Option<ValueView>,
    /// 達成率 as printed.
    pub printed: Option<ValueView>,
    /// 達成率 as computed; empty where it cannot be.
    pub computed: String,
    /// Is the computed one another number than the printed one?
    pub differs: bool,
}

impl YearRow {
    /// Marks a computed rate that is another number than the printed one.
    fn compared(mut self) -> Self {
        let printed = self.printed.as_ref().and_then(|printed| printed.quantity);
        let number = |quantity| match quantity {
            Some(Quantity::Number(number)) => Some(number),
            _ => None,
        };
        let computed = number(FigureView::parse(&self.computed).number);
        self.differs = computed.is_some() && number(printed).is_some_and(|p| Some(p) != computed);
        self
    }
}

/// The steps of one year.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StepsView {
    /// The year.
    pub year: String,
    /// One step a line.
    pub steps: Vec<String>,
}

/// All indicators of a sheet.
pub(super) fn shown(context: &Context<'_>) -> Vec<IndicatorView> {
    let indicators = context.sheet.indicators.iter().enumerate();
    indicators
        .map(|(index, indicator)| one(context, index + 1, indicator))
        .collect()
}

fn one(context: &Context<'_>, number: usize, indicator: &Indicator) -> IndicatorView {
    let id = format!("indicator-{number}");
    let formula = context.entry.rate_formula(indicator);
    let scheme = whole::scheme(context.entry);
    let mut rows = Vec::new();
    let mut steps = Vec::new();
    for year in years(indicator) {
        let value = |what: &str| context.shown(&of_year(&format!("{id}-{what}"), year));
        // A rate is told of a year that has an actual; before, there is nothing to count.
        let actual = figure_of(&indicator.actuals, year);
        let counted = actual.map(|_| counted_rate(indicator, year, &formula));
        let computed = counted.as_ref().and_then(|rate| rate.value());
        let row = YearRow {
            year: year.into(),
            target: value("target"),
            original: value("original"),
            revised: indicator
                .revisions
                .iter()
                .any(|revision| revision.year == year),
            actual: value("actual"),
            printed: value("rate"),
            computed: computed.map_or_else(String::new, |rate| rate.printed.clone()),
            differs: false,
        };
        rows.push(row.compared());
        if let Some(counted) = counted.filter(|counted| !counted.steps.is_empty()) {
            steps.push(StepsView {
                year: year.to_string(),
                steps: counted.steps,
            });
        }
    }
    let reasons = indicator.revisions.iter();
    let reasons = reasons.filter_map(|r| context.shown(&of_year(&format!("{id}-reason"), r.year)));
    let mut notes = context.each(&format!("{id}-note"), indicator.notes.len());
    // A footnote that gives the reason of a revision is often both; it is shown once.
    let known: Vec<(u32, String)> = notes.iter().map(|n| (n.line, n.text.clone())).collect();
    notes.extend(reasons.filter(|reason| !known.contains(&(reason.line, reason.text.clone()))));
    IndicatorView {
        chart: Chart::of_indicator(&series(&id, indicator, scheme)),
        id: id.clone(),
        label: whole::name(&indicator.label()),
        page: context.page_of(Kind::Indicator, number),
        name: context.shown(&format!("{id}-name")),
        unit: whole::printed(indicator.unit.as_ref()),
        baseline_year: indicator.baseline_year.into(),
        baseline: context.shown(&format!("{id}-baseline")),
        has_actuals: !indicator.actuals.is_empty(),
        has_rates: rows
            .iter()
            .any(|row| row.printed.is_some() || !row.computed.is_empty()),
        rows,
        steps,
        notes,
    }
}

/// What the chart shows, with the same years as the table.
fn series(id: &str, indicator: &Indicator, scheme: Option<&Scheme>) -> IndicatorSeries {
    let each = years(indicator).into_iter().map(|year| {
        let revision = indicator
            .revisions
            .iter()
            .find(|revision| revision.year == year);
        let figure = |row| figure_of(row, year).map(|figure| figure.value.clone());
        let said =
            figure_of(&indicator.actuals, year).and_then(|_| reached(indicator, year, scheme).ok());
        IndicatorYear {
            target: figure(&indicator.targets),
            original: revision
                .and_then(|r| r.original.as_ref())
                .map(|f| f.value.clone()),
            revised: revision.is_some(),
            actual: figure(&indicator.actuals),
            reached: said.as_ref().map(|said| said.is_reached),
            rate: said.map_or_else(String::new, |said| said.rate.printed),
            ..IndicatorYear::new(year)
        }
    });
    IndicatorSeries {
        id: format!("chart-{id}"),
        table: id.to_owned(),
        name: whole::name(&indicator.label()),
        unit: whole::printed(indicator.unit.as_ref()),
        cumulative: indicator.accumulation == Accumulation::Cumulative,
        baseline: indicator
            .baseline
            .as_ref()
            .map(|b| (indicator.baseline_year, b.value.clone())),
        years: each.collect(),
    }
}

/// Every year of which something is printed.
fn years(indicator: &Indicator) -> BTreeSet<FiscalYear> {
    let rows = [
        &indicator.targets,
        &indicator.actuals,
        &indicator.printed_rates,
    ];
    rows.into_iter()
        .flatten()
        .map(|figure| figure.year)
        .collect()
}
