//! Years, amounts and figures as pages give them: the text that a person reads, and beside it the
//! number that a program can use.
//!
//! In a page each of them prints as its text. In JSON it is an object: `text` as printed, and
//! `year`, `yen` or `number` as a number. In CSV each has columns of its own (see
//! `meguri_web::table`).

use meguri_core::figure::{Figure, Meaning};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::Money;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::value::RawValue;
use std::fmt::{self, Display, Formatter};

/// A fiscal year: 令和6年度 for persons, 2024 for programs; or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearView(pub Option<FiscalYear>);

/// An amount of money: the text with its unit as printed, and whole yen; or none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AmountView {
    /// With its unit, as printed: `48,250千円`; empty where there is none.
    pub text: String,
    /// Whole yen.
    pub yen: Option<i64>,
}

/// A figure: the text as printed, and its number in the unit that stands beside it; or none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FigureView {
    /// As printed: `1,254`, `4以上`, `104.5％`; empty where there is none.
    pub text: String,
    /// The number; none where the text says no number alone.
    pub number: Option<Quantity>,
}

/// The number of a value beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Whole yen.
    Yen(i64),
    /// A figure of an indicator in the indicator's unit, or a rate in percent.
    Number(Decimal),
}

impl YearView {
    /// A year made up for a sample page.
    #[must_use]
    pub fn sample() -> Self {
        Self(FiscalYear::new(2024))
    }

    /// Is there no year?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The calendar year in which the fiscal year begins.
    #[must_use]
    pub fn calendar_year(&self) -> Option<i64> {
        self.0.map(|year| i64::from(year.calendar_year()))
    }
}

impl From<FiscalYear> for YearView {
    fn from(year: FiscalYear) -> Self {
        Self(Some(year))
    }
}

impl From<Option<FiscalYear>> for YearView {
    fn from(year: Option<FiscalYear>) -> Self {
        Self(year)
    }
}

impl Display for YearView {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |year| year.fmt(f))
    }
}

impl Serialize for YearView {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written {
            text: String,
            year: i64,
        }
        let written = self.0.map(|year| Written {
            text: year.to_string(),
            year: i64::from(year.calendar_year()),
        });
        written.serialize(serializer)
    }
}

impl AmountView {
    /// Is there no amount?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// An amount made up for a sample page.
    #[must_use]
    pub fn sample(text: &str, yen: i64) -> Self {
        Self {
            text: text.to_owned(),
            yen: Some(yen),
        }
    }
}

impl From<Money> for AmountView {
    fn from(money: Money) -> Self {
        Self {
            text: money.to_string(),
            yen: Some(money.yen),
        }
    }
}

impl From<Option<Money>> for AmountView {
    fn from(money: Option<Money>) -> Self {
        money.map(Self::from).unwrap_or_default()
    }
}

impl Display for AmountView {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FigureView {
    /// Is there no figure?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// A figure as a page or a paper prints it.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            number: Figure::parse(text).as_ref().and_then(Quantity::of_figure),
        }
    }
}

impl From<&Figure> for FigureView {
    fn from(figure: &Figure) -> Self {
        Self {
            text: figure.to_string(),
            number: Quantity::of_figure(figure),
        }
    }
}

impl Display for FigureView {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Quantity {
    /// The number of a figure; none where it says no number, or a limit (`4以上`), which only its
    /// text says wholly.
    #[must_use]
    pub const fn of_figure(figure: &Figure) -> Option<Self> {
        match figure.meaning {
            Meaning::Number(number) => Some(Self::Number(number)),
            _ => None,
        }
    }

    /// In digits, without separators, with a point.
    #[must_use]
    pub fn digits(self) -> String {
        match self {
            Self::Yen(yen) => yen.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }

    /// The whole yen, where it is money.
    #[must_use]
    pub const fn yen(self) -> Option<i64> {
        match self {
            Self::Yen(yen) => Some(yen),
            Self::Number(_) => None,
        }
    }
}

impl Serialize for Quantity {
    /// As a number with all its digits: a decimal never passes through a binary float.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.digits()).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use meguri_core::money::MoneyUnit;

    fn json(value: &impl Serialize) -> String {
        serde_json::to_string(value).expect("it can be written")
    }

    #[test]
    fn a_program_gets_numbers_and_a_person_the_text() {
        let year = YearView(FiscalYear::new(2024));
        assert_eq!(json(&year), r#"{"text":"令和6年度","year":2024}"#);
        assert_eq!(json(&YearView::default()), "null");
        assert_eq!(year.to_string(), "令和6年度");
        let money = Money::of(-1275, MoneyUnit::ThousandYen).expect("an amount");
        let amount = AmountView::from(money);
        assert_eq!(json(&amount), r#"{"text":"-1,275千円","yen":-1275000}"#);
        assert_eq!(json(&AmountView::default()), r#"{"text":"","yen":null}"#);
    }

    #[test]
    fn a_figure_keeps_all_its_digits() {
        for (printed, number) in [
            ("1,254", Some("1254")),
            ("104.50", Some("104.50")),
            ("△3.1", Some("-3.1")),
            ("0.1", Some("0.1")),
            ("12345678901234567890", Some("12345678901234567890")),
            ("4以上", None),
            ("－", None),
            ("前年度比減", None),
        ] {
            let figure = Figure::parse(printed).expect(printed);
            let quantity = Quantity::of_figure(&figure);
            assert_eq!(
                quantity.map(Quantity::digits).as_deref(),
                number,
                "{printed}"
            );
            if let (Some(quantity), Some(number)) = (quantity, number) {
                assert_eq!(json(&quantity), number, "{printed}");
            }
        }
    }
}
