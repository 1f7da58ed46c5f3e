//! The indicators of a sheet: by year what was aimed at, what came of it, and the rate. A target that
//! was revised is told below the table, so that its cell stays a number.

use super::page::{ABOUT, NAME, NUMBER, Page, figure, number};
use meguri_report::data::Year;
use meguri_report::data::indicator::{IndicatorData, YearData};
use meguri_report::data::sheet::SheetData;
use meguri_workbook::book::{Area, Chart, Kind, Numeral, Value, address};
use rust_decimal::{Decimal, RoundingStrategy};

/// The column of what a row tells: target, actual, rate.
const WHAT: u16 = ABOUT + 2;
/// The first column of years.
const YEARS: u16 = ABOUT + 3;
/// The fewest years of a chart.
const CHART_YEARS: usize = 3;
/// Rows that a chart takes.
const CHART_ROWS: u32 = 13;

/// The notes that a sheet has already told, so that each stands once.
#[derive(Default)]
pub(super) struct Marks(Vec<String>);

/// The table of indicators; `ratios` says of which the rate is nothing but actual ÷ target.
pub(super) fn table(
    page: &mut Page,
    label: &str,
    sheet: &SheetData,
    (marks, ratios): (&mut Marks, &[bool]),
) {
    let mut years: Vec<&Year> = Vec::new();
    for year in sheet
        .indicators
        .iter()
        .flat_map(|indicator| &indicator.years)
    {
        if !years.contains(&&year.year) {
            years.push(&year.year);
        }
    }
    years.sort_by_key(|year| year.western);
    let fixed = ["番号", label, "単位", "基準値", "区分"];
    let heads = fixed
        .into_iter()
        .chain(years.iter().map(|year| year.long.as_str()));
    let head_row = page.row;
    page.heads(heads);
    let mut drawn = Vec::new();
    for (place, indicator) in sheet.indicators.iter().enumerate() {
        let is_ratio = ratios.get(place).copied().unwrap_or(false);
        let top = page.row;
        one(page, indicator, &years, is_ratio);
        let is_drawn = |line: &Line| line.numbers >= CHART_YEARS;
        let lines = lines(indicator, &years, top).into_iter().filter(is_drawn);
        drawn.push((indicator, lines.collect::<Vec<_>>()));
    }
    for indicator in &sheet.indicators {
        for cell in indicator.years.iter().filter(|cell| cell.revised) {
            let before = match cell.original.as_str() {
                "" => "印字なし",
                original => original,
            };
            page.note(&format!(
                "※ {}の{}の目標は変更されています（変更前：{before}）。",
                named(indicator),
                cell.year.long
            ));
        }
    }
    for note in sheet
        .indicators
        .iter()
        .flat_map(|indicator| &indicator.notes)
    {
        if !marks.0.contains(note) {
            marks.0.push(note.clone());
            page.note(note);
        }
    }
    charts(page, head_row, &years, drawn);
}

/// One line of a chart.
struct Line {
    name: &'static str,
    row: u32,
    numbers: usize,
}

/// The rows of an indicator that begin in a row.
fn lines(indicator: &IndicatorData, years: &[&Year], top: u32) -> Vec<Line> {
    let numbers = |of: fn(&YearData) -> &str| {
        let cells = years.iter().filter_map(|year| of_year(indicator, year));
        cells.filter(|cell| number(of(cell)).is_some()).count()
    };
    vec![
        Line {
            name: "目標",
            row: top,
            numbers: numbers(|cell| &cell.target),
        },
        Line {
            name: "実績",
            row: top + 1,
            numbers: if indicator.has_actuals {
                numbers(|cell| &cell.actual)
            } else {
                0
            },
        },
    ]
}

fn of_year<'a>(indicator: &'a IndicatorData, year: &Year) -> Option<&'a YearData> {
    indicator.years.iter().find(|cell| cell.year == *year)
}

fn charts(
    page: &mut Page,
    head_row: u32,
    years: &[&Year],
    drawn: Vec<(&IndicatorData, Vec<Line>)>,
) {
    let last = YEARS + u16::try_from(years.len()).unwrap_or(0).max(1) - 1;
    let of_row = |row: u32| Area {
        top: row,
        left: YEARS,
        bottom: row,
        right: last,
    };
    for (indicator, lines) in drawn.into_iter().filter(|(_, lines)| lines.len() == 2) {
        page.sheet.charts.push(Chart {
            title: named(indicator),
            row: page.row,
            column: NAME,
            categories: of_row(head_row),
            lines: lines
                .iter()
                .map(|line| (line.name.to_owned(), of_row(line.row)))
                .collect(),
        });
        page.row += CHART_ROWS;
    }
}

fn named(indicator: &IndicatorData) -> String {
    match indicator.sub_name.as_str() {
        "" => indicator.name.clone(),
        sub_name => format!("{} {sub_name}", indicator.name),
    }
}

fn one(page: &mut Page, indicator: &IndicatorData, years: &[&Year], is_ratio: bool) {
    let name = named(indicator);
    let rows = [
        ("目標", true),
        ("実績", indicator.has_actuals),
        ("達成率", indicator.has_rates),
    ];
    let target_row = page.row;
    for (place, (what, _)) in rows.into_iter().enumerate().filter(|(_, (_, has))| *has) {
        let is_first = place == 0;
        page.put(
            NUMBER,
            of_first(is_first, figure(&indicator.number)),
            Kind::Body,
        );
        page.put(
            NAME,
            of_first(is_first, Value::words(name.as_str())),
            Kind::Body,
        );
        page.put(
            ABOUT,
            of_first(is_first, Value::words(indicator.unit.as_str())),
            Kind::Body,
        );
        page.put(
            ABOUT + 1,
            of_first(is_first, baseline(indicator)),
            Kind::Body,
        );
        page.put(WHAT, Value::words(what), Kind::Head);
        let mut longest = 0;
        for (column, year) in (YEARS..).zip(years) {
            let cell = of_year(indicator, year);
            let value = match (cell, place) {
                (None, _) => Value::Blank,
                (Some(cell), 0) => figure(&cell.target),
                (Some(cell), 1) => figure(&cell.actual),
                (Some(cell), _) => rate(cell, (target_row, column), is_ratio),
            };
            if let Value::Text(text) = &value {
                longest = longest.max(text.chars().count());
            }
            page.put(column, value, Kind::Body);
        }
        let long = "字".repeat(longest);
        page.high([
            (if is_first { name.as_str() } else { "" }, 16),
            (long.as_str(), 6),
        ]);
        page.row += 1;
    }
}

/// What stands once for the rows of an indicator.
fn of_first(is_first: bool, value: Value) -> Value {
    if is_first { value } else { Value::Blank }
}

fn baseline(indicator: &IndicatorData) -> Value {
    match &indicator.baseline_year {
        Some(year) if indicator.baseline.is_empty() => Value::words(format!("（{}）", year.long)),
        Some(year) => Value::words(format!("{}（{}）", indicator.baseline, year.long)),
        None => figure(&indicator.baseline),
    }
}

/// The rate: a formula where it is actual ÷ target of the same year and gives what is printed.
fn rate(cell: &YearData, (target_row, column): (u32, u16), is_ratio: bool) -> Value {
    let plain = || match (figure(&cell.rate), cell.computed) {
        (Value::Text(text), true) => Value::Text(format!("{text}＊")),
        (value, _) => value,
    };
    let Some((share, Numeral::Percent(decimals))) = number(&cell.rate) else {
        return plain();
    };
    let numbers = number(&cell.target).zip(number(&cell.actual));
    let numbers = numbers.filter(|((target, _), _)| is_ratio && !cell.revised && !target.is_zero());
    let Some(((target, _), (actual, _))) = numbers else {
        return plain();
    };
    let places = decimals + 2;
    let counted = actual.checked_div(target).map(|ratio: Decimal| {
        ratio.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
    });
    if counted != Some(share) {
        return plain();
    }
    let (target, actual) = (address(target_row, column), address(target_row + 1, column));
    Value::Formula {
        formula: format!("ROUND({actual}/{target},{places})"),
        result: share,
        numeral: Numeral::Percent(decimals),
    }
}
