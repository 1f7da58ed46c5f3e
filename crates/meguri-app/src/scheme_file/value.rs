//! Single values of a file: numbers without binary floats, fiscal years.

use meguri_core::fiscal_year::{FiscalYear, FiscalYearSpan};
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use std::fmt;

/// A decimal number: a whole one as it is, one with decimals between quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number(pub(crate) Decimal);

/// A fiscal year: `"令和4年度"`, `"R4"` or `"2022"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Year(pub(crate) FiscalYear);

/// Fiscal years: `"令和3～6年度"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Years(pub(crate) FiscalYearSpan);

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
        Ok(Number(Decimal::from(number)))
    }

    // TOML reads 99.5 as a binary float, which cannot hold every decimal number.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
        Err(E::custom(float_fault(number)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
        let narrow = meguri_core::text::narrow(text.trim()).replace(',', "");
        narrow.parse().map(Number).map_err(|_| {
            E::custom(format!(
                "「{text}」は数値として読めません。|80 や \"99.5\" のように書いてください。"
            ))
        })
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

impl<'de> Deserialize<'de> for Year {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        FiscalYear::parse(&text)
            .map(Self)
            .ok_or_else(|| D::Error::custom(year_fault(&text)))
    }
}

/// What to tell of a number that TOML reads as a binary float.
pub(crate) fn float_fault(number: f64) -> String {
    format!("小数が引用符で囲まれていません（{number}）。|\"{number}\" のように書いてください。")
}

/// What to tell of a year that cannot be read.
pub(crate) fn year_fault(text: &str) -> String {
    format!("「{text}」は年度として読めません。|\"令和4年度\" や \"R4\" のように書いてください。")
}

impl<'de> Deserialize<'de> for Years {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        FiscalYearSpan::parse(&text).map(Self).ok_or_else(|| {
            D::Error::custom(format!(
                "「{text}」は期間として読めません。|\"令和3～6年度\" のように書いてください。"
            ))
        })
    }
}
