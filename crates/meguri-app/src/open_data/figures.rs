//! Indicators with their values.

use super::{Out, Placed, lines, printed, sourced, years};
use crate::read::quantity::Quantity;
use crate::read::urls;
use crate::read::values::{self, Values, of_year};
use meguri_core::calc::formula::{RateFormula, Reference, Shape};
use meguri_core::figure::{AgainstLastYear, Figure, Limit, Meaning, Sign};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use meguri_core::plan::{Accumulation, Better, Indicator, YearFigure};
use meguri_core::source::Sourced;
use meguri_core::verify::counted_rate;
use meguri_opendata::{Fault, Row};
use std::collections::BTreeSet;

/// One indicator with where it is.
#[derive(Clone, Copy)]
struct Own<'a> {
    at: Placed<'a>,
    /// From 1.
    number: usize,
    indicator: &'a Indicator,
    /// Its permanent id.
    id: Option<i64>,
}

impl Out<'_, '_> {
    fn own<'a>(&self, at: Placed<'a>) -> impl Iterator<Item = Own<'a>> {
        let linked = self.library.linked();
        let indicators = at.sheet.indicators.iter().enumerate();
        indicators.map(move |(index, indicator)| Own {
            at,
            number: index + 1,
            indicator,
            id: linked.on_sheet(Kind::Indicator, at.entry, at.number, index),
        })
    }
}

pub(super) fn indicators(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for at in out.sheets() {
        let all: Vec<Own<'_>> = out.own(at).collect();
        for own in all {
            out.put(of_indicator(out, own))?;
        }
    }
    Ok(())
}

fn of_indicator<'r>(out: &Out<'r, '_>, own: Own<'r>) -> Row<'r> {
    let Own { indicator, .. } = own;
    let formula = own.at.entry.rate_formula(indicator);
    let baseline = indicator.baseline.as_ref();
    let number = indicator.number.as_ref();
    let row = out
        .of_sheet(own.at)
        .with("indicator", own.number)
        .with("indicator_id", own.id)
        .with("number", number.map(|number| number.value.to_string()))
        .with("name", printed(indicator.name.as_ref()))
        .with("sub_name", printed(indicator.sub_name.as_ref()))
        .with("unit", printed(indicator.unit.as_ref()))
        .with("better", indicator.better.map(better))
        .with(
            "accumulation",
            match indicator.accumulation {
                Accumulation::Yearly => "yearly",
                Accumulation::Cumulative => "cumulative",
            },
        )
        .with(
            "baseline_year",
            indicator
                .baseline_year
                .map(|year| i64::from(year.calendar_year())),
        )
        .with(
            "baseline_printed",
            baseline.map(|b| b.value.printed.as_str()),
        )
        .with("baseline_value", baseline.and_then(|b| number_of(&b.value)))
        .with("rate_formula", formula.explain().join("\n"))
        .with("rate_comparability", rate_key(&formula))
        .with(
            "notes",
            lines(indicator.notes.iter().map(|note| note.value.as_str())),
        )
        .with("url", own.id.map(urls::indicator));
    let name = indicator.name.as_ref().or(indicator.sub_name.as_ref());
    sourced(row, name)
}

/// The number of a figure that is one alone.
fn number_of(figure: &Figure) -> Option<rust_decimal::Decimal> {
    match Quantity::of_figure(figure) {
        Some(Quantity::Number(number)) => Some(number),
        _ => None,
    }
}

const fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::Keep => "keep",
    }
}

/// What makes two rates comparable: how they are counted, against what, and how late.
fn rate_key(formula: &RateFormula) -> String {
    let shape = match formula.shape {
        Shape::Ratio => "ratio",
        Shape::Progress => "progress",
        Shape::Mirror => "mirror",
        Shape::Difference => "difference",
        Shape::Deviation => "deviation",
        Shape::Band(..) => "band",
    };
    let reference = match formula.reference {
        Reference::ThisYear => "target",
        Reference::YearBefore => "target-before",
        Reference::Final => "final-target",
        Reference::OnTheWay => "on-the-way",
        Reference::Baseline => "baseline",
        Reference::LastYearActual => "actual-before",
    };
    format!("{shape}|{reference}|{}", formula.late.years)
}

pub(super) fn values(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for at in out.sheets() {
        let known = values::of_sheet(at.entry, at.sheet);
        let all: Vec<Own<'_>> = out.own(at).collect();
        for own in all {
            if let Some(baseline) = &own.indicator.baseline {
                let year = own.indicator.baseline_year;
                let place = format!("indicator-{}-baseline", own.number);
                let row = figure(out, own, "baseline", year, baseline);
                put_known(out, row, &known, &place, baseline)?;
            }
            let rows = [
                ("target", "target", &own.indicator.targets),
                ("actual", "actual", &own.indicator.actuals),
                ("printed_rate", "rate", &own.indicator.printed_rates),
            ];
            for (kind, place, figures) in rows {
                of_row(out, own, (kind, place), figures, &known)?;
            }
            computed(out, own)?;
        }
    }
    Ok(())
}

/// The figures of a row, each year once: what a paper prints twice is shown once.
fn of_row(
    out: &mut Out<'_, '_>,
    own: Own<'_>,
    (kind, place): (&'static str, &str),
    figures: &[YearFigure],
    known: &Values,
) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    for YearFigure {
        year,
        figure: printed,
    } in figures
    {
        if !seen.insert(*year) {
            continue;
        }
        let place = of_year(&format!("indicator-{}-{place}", own.number), *year);
        let revised = own.indicator.revisions.iter().any(|r| r.year == *year);
        let row = figure(out, own, kind, Some(*year), printed)
            .with("is_revised", (kind == "target").then_some(revised));
        put_known(out, row, known, &place, printed)?;
    }
    Ok(())
}

fn put_known(
    out: &mut Out<'_, '_>,
    row: Row<'_>,
    known: &Values,
    place: &str,
    value: &Sourced<Figure>,
) -> Result<(), Fault> {
    let id = known.get(place).map(|value| value.id.clone());
    let row = sourced(row, Some(value)).with("value_id", id);
    out.put(row)
}

fn figure<'r>(
    out: &Out<'r, '_>,
    own: Own<'r>,
    kind: &'static str,
    year: Option<FiscalYear>,
    figure: &'r Sourced<Figure>,
) -> Row<'r> {
    let unit = if kind == "printed_rate" {
        Some("％")
    } else {
        printed(own.indicator.unit.as_ref())
    };
    let row = out
        .of_sheet(own.at)
        .with("indicator", own.number)
        .with("indicator_id", own.id)
        .with("kind", kind);
    years(row, "value_year", "value_year_label", year)
        .with("printed", figure.value.printed.as_str())
        .with("value", figure.value.number())
        .with("meaning", meaning(figure.value.meaning))
        .with("unit", unit)
}

/// The rates that are computed: of each year that has an actual; before, there is nothing to count.
fn computed(out: &mut Out<'_, '_>, own: Own<'_>) -> Result<(), Fault> {
    let formula = own.at.entry.rate_formula(own.indicator);
    let years_of: BTreeSet<FiscalYear> = own.indicator.actuals.iter().map(|f| f.year).collect();
    for year in years_of {
        let counted = counted_rate(own.indicator, year, &formula);
        let row = out
            .of_sheet(own.at)
            .with("indicator", own.number)
            .with("indicator_id", own.id)
            .with("kind", "computed_rate");
        let row = years(row, "value_year", "value_year_label", Some(year));
        let row = match &counted.outcome {
            Ok(rate) => row
                .with("printed", rate.printed.clone())
                .with("value", rate.value)
                .with("meaning", "number"),
            Err(why) => row.with("meaning", "none").with("no_value", why.key()),
        };
        let row = row
            .with("unit", formula.unit())
            .with("steps", counted.steps.join("\n"));
        out.put(row)?;
    }
    Ok(())
}

const fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Number(_) => "number",
        Meaning::Limit(Limit::AtLeast, _) => "at_least",
        Meaning::Limit(Limit::AtMost, _) => "at_most",
        Meaning::Limit(Limit::Above, _) => "above",
        Meaning::Limit(Limit::Below, _) => "below",
        Meaning::LastYear(AgainstLastYear::NotAbove) => "not_above_last_year",
        Meaning::LastYear(AgainstLastYear::Like) => "as_last_year",
        Meaning::LastYear(AgainstLastYear::NotBelow) => "not_below_last_year",
        Meaning::Dash => "dash",
        Meaning::Sign(Sign::Unknown) => "unknown",
        Meaning::Sign(Sign::Withheld) => "withheld",
        Meaning::Sign(Sign::NotApplicable) => "not_applicable",
        Meaning::Words => "words",
    }
}

pub(super) fn revisions(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for at in out.sheets() {
        let known = values::of_sheet(at.entry, at.sheet);
        let all: Vec<Own<'_>> = out.own(at).collect();
        for own in all {
            for (position, revision) in own.indicator.revisions.iter().enumerate() {
                let original = revision.original.as_ref();
                let row = out
                    .of_sheet(own.at)
                    .with("indicator", own.number)
                    .with("indicator_id", own.id)
                    .with("position", position + 1);
                let row = years(row, "target_year", "target_year_label", Some(revision.year))
                    .with(
                        "original_printed",
                        original.map(|figure| figure.value.printed.as_str()),
                    )
                    .with(
                        "original_value",
                        original.and_then(|figure| figure.value.number()),
                    )
                    .with("revised_printed", revision.revised.value.printed.as_str())
                    .with("revised_value", revision.revised.value.number())
                    .with("reason", printed(revision.reason.as_ref()));
                let place = format!("indicator-{}-original", own.number);
                let former = known.get(&of_year(&place, revision.year));
                let former = former.filter(|_| original.is_some());
                let row = sourced(row, Some(&revision.revised));
                out.put(row.with("original_value_id", former.map(|v| v.id.as_str())))?;
            }
        }
    }
    Ok(())
}
