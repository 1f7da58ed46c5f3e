//! The lines of the indicators.

mod torn;

use super::layout::wide;
use super::model::{Book, Indicator, Series, era_year};
use super::prose::wrap;
pub(super) use torn::chunks;

/// Characters in the cell of an indicator's name.
const NAME_WIDTH: usize = 17;

/// The head of the table.
pub(super) fn year_head(book: &Book) -> Vec<String> {
    let years = book.years;
    let base = era_year(years.first.saturating_sub(1));
    let year = |n: usize| {
        let year = era_year(years.nth(n));
        format!("{}度", if book.wide_years { wide(&year) } else { year })
    };
    let names: Vec<String> = (0..years.count).map(year).collect();
    vec![
        format!("成　果　指　標 単位\n基準年度\n{base}度"),
        names.join(" "),
    ]
}

/// Number and name: on one line, or the number above the lines of a long name.
pub(super) fn name(indicator: &Indicator) -> String {
    let mut lines = wrap(&indicator.name, NAME_WIDTH);
    lines.extend(indicator.remark.clone());
    match lines.as_slice() {
        [line] => format!("{} {line}", indicator.no),
        _ => format!("{}\n{}", indicator.no, lines.join("\n")),
    }
}

/// The name of a series in its narrow cell.
pub(super) fn sub(lines: [&str; 2]) -> String {
    lines.join("\n")
}

/// 目標, without a value in the base year.
pub(super) fn target(indicator: &Indicator, series: &Series) -> String {
    format!("目標 {} - {}", indicator.unit, series.target.join(" "))
}

/// 実績 with unit and values.
pub(super) fn actual(indicator: &Indicator, series: &Series) -> String {
    format!("実績 {} {}", indicator.unit, actual_values(series))
}

/// The values of 実績 from the base year on.
pub(super) fn actual_values(series: &Series) -> String {
    let mut values = vec![series.baseline.clone()];
    values.extend(series.actual.iter().cloned());
    values.extend(vec!["-".to_owned(); series.ahead]);
    values.join(" ")
}

/// 達成率, always in percent.
pub(super) fn rate(series: &Series) -> String {
    let mut values = vec!["-".to_owned()];
    values.extend(series.rate.iter().cloned());
    values.extend(vec!["-".to_owned(); series.ahead]);
    format!("達成率 ％ {}", values.join(" "))
}
