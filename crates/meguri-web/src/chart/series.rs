//! The series of an indicator: what its chart and its words are made from.

use super::scale;
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use rust_decimal::Decimal;

/// What is shown of an indicator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndicatorSeries {
    /// The id of the figure on its page.
    pub id: String,
    /// The id of the table with the same values; empty where there is none.
    pub table: String,
    /// The indicator's name.
    pub name: String,
    /// Its unit, as printed; empty where there is none.
    pub unit: String,
    /// 累計: does each value hold those before it?
    pub cumulative: bool,
    /// The baseline, with its year where it is known.
    pub baseline: Option<(Option<FiscalYear>, Figure)>,
    /// Its years, in any order; each at most once.
    pub years: Vec<IndicatorYear>,
}

/// One year of an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorYear {
    /// The year.
    pub year: FiscalYear,
    /// 目標, as in force.
    pub target: Option<Figure>,
    /// The target before its revision, where it was revised and the paper still says it.
    pub original: Option<Figure>,
    /// Was the target revised?
    pub revised: bool,
    /// 実績.
    pub actual: Option<Figure>,
    /// Was the target of the year reached? `None` where that cannot be said.
    pub reached: Option<bool>,
    /// The computed rate as printed; empty where there is none.
    pub rate: String,
}

impl IndicatorYear {
    /// A year of which nothing is known.
    #[must_use]
    pub const fn new(year: FiscalYear) -> Self {
        Self {
            year,
            target: None,
            original: None,
            revised: false,
            actual: None,
            reached: None,
            rate: String::new(),
        }
    }
}

/// The number of a figure that can be drawn.
pub(super) fn drawable(figure: Option<&Figure>) -> Option<Decimal> {
    figure?
        .number()
        .filter(|number| scale::is_drawable(*number))
}
