//! Reading the values of one item back.

use super::entry::{Entry, Held};
use crate::error::{Error, Result};
use crate::scheme::fiscal_year;
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::Money;
use meguri_core::plan::{BudgetItem, YearFigure, YearMoney};
use meguri_core::source::Sourced;

/// What a value can be read as.
pub(crate) trait Readable: Sized {
    /// The value, where it is of this kind.
    fn of(held: &Held) -> Option<Self>;
}

impl Readable for String {
    fn of(held: &Held) -> Option<Self> {
        match held {
            Held::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl Readable for u32 {
    fn of(held: &Held) -> Option<Self> {
        match held {
            Held::Count(count) => Some(*count),
            _ => None,
        }
    }
}

impl Readable for Figure {
    fn of(held: &Held) -> Option<Self> {
        match held {
            Held::Figure(figure) => Some(figure.clone()),
            _ => None,
        }
    }
}

impl Readable for Money {
    fn of(held: &Held) -> Option<Self> {
        match held {
            Held::Money(money) => Some(*money),
            _ => None,
        }
    }
}

/// The values of one item, in the order of their keys.
#[derive(Default)]
pub(crate) struct Lines<'a>(pub(crate) Vec<&'a Entry>);

impl<'a> Lines<'a> {
    /// The values of a field in the order of their places.
    pub(crate) fn all(&self, field: &str) -> Vec<&'a Entry> {
        let mut found: Vec<&Entry> = self
            .0
            .iter()
            .copied()
            .filter(|e| e.key.field == field)
            .collect();
        found.sort_by_key(|entry| entry.key.place);
        found
    }

    /// The first value of a field.
    pub(crate) fn one(&self, field: &str) -> Option<&'a Entry> {
        self.0.iter().copied().find(|e| e.key.field == field)
    }

    /// A plain value that has no place in the paper.
    pub(crate) fn plain<T: Readable>(&self, field: &str) -> Result<Option<T>> {
        self.one(field).map(|entry| value(entry)).transpose()
    }

    /// A value with its place, that may be absent.
    pub(crate) fn maybe<T: Readable>(&self, field: &str) -> Result<Option<Sourced<T>>> {
        self.one(field).map(sourced).transpose()
    }

    /// Values in order.
    pub(crate) fn list<T: Readable>(&self, field: &str) -> Result<Vec<Sourced<T>>> {
        self.all(field).into_iter().map(sourced).collect()
    }

    /// Values with the word beside them.
    pub(crate) fn about<T: Readable>(&self, field: &str) -> Result<Vec<(String, Sourced<T>)>> {
        let pair = |entry: &Entry| {
            let about = entry.about.clone().unwrap_or_default();
            Ok((about, sourced(entry)?))
        };
        self.all(field).into_iter().map(pair).collect()
    }

    /// Values with their years.
    pub(crate) fn by_year<T: Readable>(
        &self,
        field: &str,
    ) -> Result<Vec<(FiscalYear, Sourced<T>)>> {
        let pair = |entry: &Entry| Ok((fiscal_year(entry.key.year)?, sourced(entry)?));
        self.all(field).into_iter().map(pair).collect()
    }

    /// Figures with their years.
    pub(crate) fn figures(&self, field: &str) -> Result<Vec<YearFigure>> {
        let pairs = self.by_year(field)?.into_iter();
        Ok(pairs
            .map(|(year, figure)| YearFigure { year, figure })
            .collect())
    }

    /// The year of a value that holds nothing but its year.
    pub(crate) fn year(&self, field: &str) -> Result<Option<FiscalYear>> {
        self.one(field)
            .map(|entry| fiscal_year(entry.key.year))
            .transpose()
    }

    /// 会計・款・項・目.
    pub(crate) fn budget_item(&self) -> Result<BudgetItem> {
        Ok(BudgetItem {
            account: self.plain("account")?,
            kan: self.plain("kan")?,
            kou: self.plain("kou")?,
            moku: self.plain("moku")?,
        })
    }
}

/// Yearly money.
pub(crate) fn listing_costs(lines: &Lines<'_>) -> Result<Vec<YearMoney>> {
    let pairs = lines.by_year("cost")?.into_iter();
    Ok(pairs
        .map(|(year, money)| YearMoney { year, money })
        .collect())
}

fn value<T: Readable>(entry: &Entry) -> Result<T> {
    T::of(&entry.held).ok_or_else(|| Error::damaged(entry.in_words()))
}

/// A value with its place.
pub(crate) fn sourced<T: Readable>(entry: &Entry) -> Result<Sourced<T>> {
    Ok(Sourced {
        value: value(entry)?,
        line: entry.line,
        settled: entry.settled,
    })
}

/// The year of a value; `None` where it has none.
pub(crate) fn maybe_year(entry: &Entry) -> Result<Option<FiscalYear>> {
    match entry.key.year {
        0 => Ok(None),
        year => fiscal_year(year).map(Some),
    }
}
