//! An indicator: actuals as bars, targets as marks across them, by fiscal year.

use super::plot::Plot;
use super::series::{IndicatorSeries, IndicatorYear, drawable};
use super::{Chart, shape, text, words};
use meguri_core::figure::{Figure, Limit, Meaning};
use meguri_core::fiscal_year::FiscalYear;
use rust_decimal::Decimal;

/// The series of one row: year and value, as far as it can be drawn.
type Values = Vec<(FiscalYear, Decimal)>;

fn values(series: &IndicatorSeries, of: fn(&IndicatorYear) -> &Option<Figure>) -> Values {
    let each = series.years.iter();
    each.filter_map(|year| Some((year.year, drawable(of(year).as_ref())?)))
        .collect()
}

impl Chart {
    /// The chart of an indicator. Without a figure that can be drawn it has words only.
    #[must_use]
    pub fn of_indicator(series: &IndicatorSeries) -> Self {
        let mut series = series.clone();
        series.years.sort_by_key(|year| year.year);
        let mut chart = words::of_indicator(&series);
        let baseline = series
            .baseline
            .as_ref()
            .and_then(|(_, figure)| drawable(Some(figure)));
        let rows = Rows {
            actuals: values(&series, |year| &year.actual),
            targets: values(&series, |year| &year.target),
            originals: values(&series, |year| &year.original),
        };
        // Equal targets without an actual are said in a sentence; a picture of them shows nothing.
        let equal = |row: &Values| {
            row.windows(2)
                .all(|pair| matches!(pair, [a, b] if a.1 == b.1))
        };
        let says_nothing = equal(&rows.targets) && rows.originals.is_empty() && baseline.is_none();
        if rows.actuals.is_empty() && (rows.targets.is_empty() || says_nothing) {
            return chart;
        }
        let all = [&rows.actuals, &rows.targets, &rows.originals]
            .into_iter()
            .flatten();
        let all: Vec<Decimal> = all.map(|(_, value)| *value).chain(baseline).collect();
        let years: Vec<FiscalYear> = series.years.iter().map(|year| year.year).collect();
        let plot = Plot::new(&all, &years, Decimal::ONE);
        chart.height = Plot::height();
        plot.axes(&mut chart, &text::clean(&series.unit), Decimal::ONE);
        actuals(&mut chart, &plot, &series, &rows.actuals);
        targets(&mut chart, &plot, &series, &rows);
        if let Some(value) = baseline {
            chart.draw("baseline", plot.across(value));
            let line = shape::line((1.0, 7.0), (27.0, 7.0));
            chart.explain(words::baseline(&series), &[("baseline", line)]);
        }
        chart
    }
}

struct Rows {
    actuals: Values,
    targets: Values,
    originals: Values,
}

/// Bars, and the printed dash where the paper says that there is no value.
fn actuals(chart: &mut Chart, plot: &Plot, series: &IndicatorSeries, actuals: &Values) {
    let bars: String = actuals
        .iter()
        .map(|(year, value)| plot.bar(*year, *value))
        .collect();
    if !bars.is_empty() {
        chart.draw("bar", bars);
        let words = if series.cumulative {
            "実績（累計）"
        } else {
            "実績"
        };
        chart.explain(words, &[("bar", shape::rectangle(8.0, 1.0, 12.0, 13.0))]);
    }
    let dash = |year: &&IndicatorYear| year.actual.as_ref().is_some_and(Figure::is_dash);
    for year in series.years.iter().filter(dash) {
        let (x, y) = (plot.x(year.year), plot.y(Decimal::ZERO) - 5.0);
        chart.write("middle", x, y, "－".to_owned());
    }
}

/// Levels with a diamond; what was before a revision is dashed and hollow; limits have an arrow.
fn targets(chart: &mut Chart, plot: &Plot, series: &IndicatorSeries, rows: &Rows) {
    let level = |row: &Values| {
        row.iter()
            .map(|(y, v)| plot.level(*y, *v))
            .collect::<String>()
    };
    let marks = |row: &Values, size: f64| {
        let size = (plot.slot() * 0.45).min(size);
        row.iter()
            .map(|(y, v)| shape::diamond(plot.x(*y), plot.y(*v), size))
            .collect::<String>()
    };
    let line = || shape::line((1.0, 7.0), (27.0, 7.0));
    let mark = |size: f64| shape::diamond(14.0, 7.0, size);
    if !rows.originals.is_empty() {
        chart.draw("original", level(&rows.originals));
        chart.draw("hollow", marks(&rows.originals, 4.0));
        chart.explain(
            "見直し前の目標",
            &[("original", line()), ("hollow", mark(4.0))],
        );
    }
    if rows.targets.is_empty() {
        return;
    }
    chart.draw("target", level(&rows.targets));
    chart.draw("mark", marks(&rows.targets, 4.5));
    let limits = arrows(plot, series);
    let words = if limits.is_empty() {
        "目標"
    } else {
        "目標（矢印は「以上」「以下」などの向き）"
    };
    chart.explain(words, &[("target", line()), ("mark", mark(4.5))]);
    chart.draw("arrow", limits);
}

fn arrows(plot: &Plot, series: &IndicatorSeries) -> String {
    let arrow = |year: &IndicatorYear| {
        let figure = year.target.as_ref()?;
        let y = plot.y(drawable(Some(figure))?);
        let Meaning::Limit(limit, _) = figure.meaning else {
            return None;
        };
        let up = matches!(limit, Limit::AtLeast | Limit::Above);
        // An arrow down stands beside the middle, where it would be lost before the bar.
        let half = (plot.slot() * 0.4).min(3.5);
        let aside = if up {
            0.0
        } else {
            (plot.slot() * 0.5 - half).min(plot.bar_width() * 0.5 + half)
        };
        Some(shape::arrow(plot.x(year.year) + aside, y, half, up))
    };
    series.years.iter().filter_map(arrow).collect()
}
