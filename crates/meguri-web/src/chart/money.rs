//! Money by fiscal year, as bars.

use super::plot::Plot;
use super::{Chart, scale, text};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::Money;
use rust_decimal::Decimal;

/// Amounts by year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoneySeries {
    /// The id of the figure on its page.
    pub id: String,
    /// The id of the table with the same values; empty where there is none.
    pub table: String,
    /// Whose money it is: 事業費.
    pub name: String,
    /// Year and amount; `None` where the paper has none. Each year at most once.
    pub years: Vec<(FiscalYear, Option<Money>)>,
}

/// Units of large amounts, the largest first: yen, and the word.
const UNITS: [(i64, &str); 4] = [
    (1_000_000_000_000, "兆円"),
    (100_000_000, "億円"),
    (10_000, "万円"),
    (1, "円"),
];

impl Chart {
    /// The bars of some amounts. Without an amount it has words only.
    #[must_use]
    pub fn of_money(series: &MoneySeries) -> Self {
        let mut years = series.years.clone();
        years.sort_by_key(|(year, _)| *year);
        let known: Vec<(FiscalYear, Money)> = years
            .iter()
            .filter_map(|(year, money)| Some((*year, (*money)?)))
            .collect();
        let name = text::clean(&series.name);
        let mut chart = Self {
            id: series.id.clone(),
            title: format!("{name}の推移"),
            table: series.table.clone(),
            summary: course(&name, &known),
            ..Self::default()
        };
        let missing = years.iter().filter(|(_, money)| money.is_none());
        let missing: Vec<String> = missing.map(|(year, _)| year.to_string()).collect();
        if !missing.is_empty() {
            chart
                .notes
                .push(format!("{}は金額の記載がありません。", missing.join("、")));
        }
        chart.description = format!("{}{}", chart.summary, chart.notes.concat());
        let yen = |money: &Money| Decimal::from(money.yen);
        let drawn = known.iter().map(|(year, money)| (*year, yen(money)));
        let drawn: Vec<_> = drawn
            .filter(|(_, value)| scale::is_drawable(*value))
            .collect();
        let Some(most) = drawn.iter().map(|(_, value)| value.abs()).max() else {
            return chart;
        };
        let unit = UNITS.iter().find(|(one, _)| most >= Decimal::from(*one));
        let (one, unit) = unit.map_or((Decimal::ONE, "円"), |(one, unit)| {
            (Decimal::from(*one), unit)
        });
        let values: Vec<Decimal> = drawn.iter().map(|(_, value)| *value).collect();
        let columns: Vec<FiscalYear> = years.iter().map(|(year, _)| *year).collect();
        let plot = Plot::new(&values, &columns, one);
        chart.height = Plot::height();
        plot.axes(&mut chart, unit, one);
        chart.draw(
            "bar",
            drawn
                .iter()
                .map(|(year, value)| plot.bar(*year, *value))
                .collect(),
        );
        chart
    }
}

fn course(name: &str, known: &[(FiscalYear, Money)]) -> String {
    match known {
        [] => format!("{name}の金額の記載がありません。"),
        [(year, money)] => format!("{name}は{year}の{money}だけです。"),
        [(from, first), .., (to, last)] => {
            let word = match last.yen.cmp(&first.yen) {
                std::cmp::Ordering::Greater => "へ増えています",
                std::cmp::Ordering::Less => "へ減っています",
                std::cmp::Ordering::Equal => "で、最初と同じです",
            };
            format!("{name}は{from}の{first}から、{to}の{last}{word}。")
        }
    }
}
