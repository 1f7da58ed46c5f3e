//! What a chart of an indicator shows, in words: for who cannot see it, and below it for all.

use super::series::{IndicatorSeries, IndicatorYear, drawable};
use super::{Chart, text};
use meguri_core::figure::{Figure, Meaning};
use meguri_core::fiscal_year::FiscalYear;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The chart without its picture.
pub(super) fn of_indicator(series: &IndicatorSeries) -> Chart {
    let name = text::clean(&series.name);
    let actuals = Row::of(series, |year| year.actual.as_ref());
    let targets = Row::of(series, |year| year.target.as_ref());
    let summary = match (actuals.0.is_empty(), targets.0.is_empty()) {
        (true, true) => "図に示せる数値がありません。".to_owned(),
        (true, false) => targets.aims(),
        _ => met(series).unwrap_or_else(|| actuals.course()),
    };
    let notes = notes(series);
    let mut sentences = Vec::new();
    if !series.unit.is_empty() {
        sentences.push(format!("単位：{}。", text::clean(&series.unit)));
    }
    if series.cumulative {
        sentences.push("実績は累計です。".to_owned());
    }
    sentences.push(actuals.course());
    sentences.push(targets.aims());
    sentences.push(reached(series));
    sentences.extend(notes.iter().cloned());
    Chart {
        id: series.id.clone(),
        title: format!("{name}の推移"),
        description: sentences.concat(),
        summary,
        table: series.table.clone(),
        notes,
        ..Chart::default()
    }
}

/// The words of the line of the baseline.
pub(super) fn baseline(series: &IndicatorSeries) -> String {
    let Some((year, figure)) = &series.baseline else {
        return String::new();
    };
    let year = year.map_or_else(String::new, |year| format!("（{year}）"));
    format!("基準値{year} {}", with_unit(figure, &series.unit))
}

/// A figure with its unit, unless its print has one or says more than a number.
fn with_unit(figure: &Figure, unit: &str) -> String {
    let bare = matches!(figure.meaning, Meaning::Number(_));
    let ends_with_digit = figure.printed.ends_with(|c: char| c.is_numeric());
    let unit = if bare && ends_with_digit { unit } else { "" };
    text::clean(&format!("{}{unit}", figure.printed))
}

/// One row of figures: year, words, value.
struct Row(Vec<(FiscalYear, String, Decimal)>);

impl Row {
    fn of(series: &IndicatorSeries, figure: fn(&IndicatorYear) -> Option<&Figure>) -> Self {
        let each = series.years.iter().filter_map(|year| {
            let figure = figure(year)?;
            Some((
                year.year,
                with_unit(figure, &series.unit),
                drawable(Some(figure))?,
            ))
        });
        Self(each.collect())
    }

    /// What became of the actuals: the first, the last, and what lies outside them.
    fn course(&self) -> String {
        let (first, last) = match self.0.as_slice() {
            [] => return "図に示せる実績の値はありません。".to_owned(),
            [(year, words, _)] => return format!("実績は{year}の{words}だけです。"),
            [first, .., last] => (first, last),
        };
        let ends = match last.2.cmp(&first.2) {
            Ordering::Greater => format!("{}へ増えています", last.1),
            Ordering::Less => format!("{}へ減っています", last.1),
            Ordering::Equal => format!("{}で、最初と同じです", last.1),
        };
        let mut text = format!("実績は{}の{}から、{}の{ends}。", first.0, first.1, last.0);
        let (low, high) = (first.2.min(last.2), first.2.max(last.2));
        let most = self
            .0
            .iter()
            .max_by_key(|value| value.2)
            .filter(|value| value.2 > high);
        let least = self
            .0
            .iter()
            .min_by_key(|value| value.2)
            .filter(|value| value.2 < low);
        for (word, value) in [("最大", most), ("最小", least)] {
            if let Some((year, words, _)) = value {
                text += &format!("{word}は{year}の{words}です。");
            }
        }
        text
    }

    /// What is aimed at.
    fn aims(&self) -> String {
        match self.0.as_slice() {
            [] => "図に示せる目標の値はありません。".to_owned(),
            [(year, words, _)] => format!("目標は{year}の{words}です。"),
            [first, rest @ .., last] => {
                if last.1 == first.1 && rest.iter().all(|value| value.1 == first.1) {
                    return format!("目標はどの年度も{}です。", first.1);
                }
                format!(
                    "目標は{}の{}から、{}の{}までです。",
                    first.0, first.1, last.0, last.1
                )
            }
        }
    }
}

/// Whether the newest year of which that can be said met its target.
fn met(series: &IndicatorSeries) -> Option<String> {
    let year = series
        .years
        .iter()
        .rev()
        .find(|year| year.reached.is_some())?;
    let word = |figure: &Figure| match figure.meaning {
        Meaning::Number(_) => with_unit(figure, &series.unit),
        _ => format!("「{}」", text::clean(&figure.printed)),
    };
    let (target, actual) = (word(year.target.as_ref()?), word(year.actual.as_ref()?));
    let rate = match year.rate.as_str() {
        "" => String::new(),
        rate => format!("（達成率{rate}）"),
    };
    let verdict = if year.reached == Some(true) {
        "目標を達成しています"
    } else {
        "目標に届いていません"
    };
    Some(format!(
        "{}は目標{target}に対し実績{actual}{rate}で、{verdict}。",
        year.year
    ))
}

/// In which years the target was reached.
fn reached(series: &IndicatorSeries) -> String {
    let years = |wanted: bool| {
        list(
            series
                .years
                .iter()
                .filter(|y| y.reached == Some(wanted))
                .map(|year| year.year),
        )
    };
    let mut text = String::new();
    for (words, years) in [("達成した", years(true)), ("達成していない", years(false))] {
        if !years.is_empty() {
            text += &format!("目標を{words}年度は{years}です。");
        }
    }
    text
}

/// What is not drawn and why, and which targets were revised.
fn notes(series: &IndicatorSeries) -> Vec<String> {
    let mut notes = Vec::new();
    let dashes = series
        .years
        .iter()
        .filter(|y| y.actual.as_ref().is_some_and(Figure::is_dash));
    let dashes = list(dashes.map(|year| year.year));
    if !dashes.is_empty() {
        notes.push(format!(
            "「－」は、文書が値なしとしている年度です（{dashes}。調査のない年度など）。"
        ));
    }
    let revised = list(
        series
            .years
            .iter()
            .filter(|year| year.revised)
            .map(|year| year.year),
    );
    if !revised.is_empty() {
        notes.push(format!("{revised}の目標は見直されています。"));
    }
    let mut left_out: Vec<(String, Vec<FiscalYear>)> = Vec::new();
    for year in &series.years {
        for (what, figure) in [("目標", &year.target), ("実績", &year.actual)] {
            let Some(why) = figure.as_ref().and_then(|figure| why_not(what, figure)) else {
                continue;
            };
            match left_out.iter_mut().find(|(known, _)| *known == why) {
                Some((_, years)) => years.push(year.year),
                None => left_out.push((why, vec![year.year])),
            }
        }
    }
    notes.extend(
        left_out
            .into_iter()
            .map(|(why, years)| format!("{}の{why}", list(years))),
    );
    notes
}

/// Why a figure is not drawn; `None` where it is, and for a dash, which has words of its own.
fn why_not(what: &str, figure: &Figure) -> Option<String> {
    if figure.is_dash() || drawable(Some(figure)).is_some() {
        return None;
    }
    let too_large = figure.number().is_some();
    let why = if too_large {
        "図に示すには大きすぎるため"
    } else {
        "数値ではないため"
    };
    Some(format!(
        "{what}「{}」は{why}、図に示していません。",
        text::clean(&figure.printed)
    ))
}

fn list(years: impl IntoIterator<Item = FiscalYear>) -> String {
    let years: Vec<u16> = years.into_iter().map(FiscalYear::calendar_year).collect();
    text::years(&years)
}
