//! Money by year: the chart of a plan's, and the change between two years.

use crate::chart::Chart;
use crate::chart::money::MoneySeries;
use meguri_app::read::quantity::AmountView;
use meguri_core::calc::change::of_money;
use meguri_core::calc::rounding::Rounding;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{Money, MoneyUnit};
use meguri_core::summary::{Whole, money};
use serde::Serialize;
use std::collections::BTreeSet;

/// A change between two years.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ChangeView {
    /// From and to.
    pub years: String,
    /// The difference with its sign.
    pub difference: String,
    /// The same in percent; empty where it cannot be said.
    pub percent: String,
    /// How it was computed.
    pub steps: Vec<String>,
}

/// An amount of a year, in words and as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AmountLine {
    /// What it is: `令和4年度の事業費（決算額）`.
    pub label: String,
    /// About how much: `約5億4千万円`.
    pub about: String,
    /// The sum of its rows.
    pub exact: AmountView,
}

impl AmountLine {
    /// The sum of a year of a document.
    pub(crate) fn new(word: &str, year: FiscalYear, sum: Money) -> Self {
        Self {
            label: format!("{year}の{word}"),
            about: sum.about(),
            exact: sum.into(),
        }
    }
}

/// The change between two years; nothing where it cannot be computed.
pub(crate) fn change(
    before: (FiscalYear, Money),
    after: (FiscalYear, Money),
) -> Option<ChangeView> {
    let change = of_money(before.1, after.1, Rounding::one_decimal());
    let value = change.value()?;
    let plus = if value.difference.yen > 0 { "+" } else { "" };
    Some(ChangeView {
        years: format!("{}から{}", before.0, after.0),
        difference: format!("{plus}{}", value.difference),
        percent: value.printed.clone(),
        steps: change.steps,
    })
}

/// The money of a document by year, each project once; without height where fewer than two years
/// have any. `table` is the id of the table with the same values on its page, or empty.
#[must_use]
pub fn chart(whole: &Whole<'_>, table: &str) -> Chart {
    let all = money::by_top(whole).whole;
    let years = years(whole).into_iter();
    let years = years.map(|year| {
        (
            year,
            all.years.get(&year).and_then(|sum| sum.value().copied()),
        )
    });
    drawn(years.collect(), table)
}

fn drawn(years: Vec<(FiscalYear, Option<Money>)>, table: &str) -> Chart {
    if years.iter().filter(|(_, money)| money.is_some()).count() < 2 {
        return Chart::default();
    }
    let name = "事業費".to_owned();
    Chart::of_money(&MoneySeries {
        id: "chart-money".into(),
        table: table.into(),
        name,
        years,
    })
}

/// A chart made up for samples, with a year without money.
pub(crate) fn sample_chart(table: &str) -> Chart {
    let years = [
        (2021, Some(1_234_000)),
        (2022, None),
        (2023, Some(0)),
        (2024, Some(999_999_000)),
    ];
    let money = |yen| Money {
        yen,
        unit: MoneyUnit::ThousandYen,
    };
    let years = years.map(|(year, yen)| Some((FiscalYear::new(year)?, yen.map(money))));
    drawn(years.into_iter().flatten().collect(), table)
}

/// The years of which a document has money.
#[must_use]
pub fn years(whole: &Whole<'_>) -> Vec<FiscalYear> {
    let listings = whole.sheets.iter().flat_map(|sheet| &sheet.listings);
    let years: BTreeSet<FiscalYear> = listings
        .flat_map(|listing| &listing.costs)
        .map(|cost| cost.year)
        .collect();
    years.into_iter().collect()
}
