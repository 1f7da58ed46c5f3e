//! The row 費用 of a project: amounts by year, each in the unit that the paper prints.

use super::{PlanYears, Row, texts};
use crate::documents::midterm::cells::{Cost, cost};
use crate::printed::{Amount, ByYear, Unresolved};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{MoneyUnit, PrintedAmount};

/// The units by which the amounts of a row count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Units {
    /// Printed for this row or this table.
    pub(super) own: Option<MoneyUnit>,
    /// The only one that the rest of the document prints.
    pub(super) document: Option<MoneyUnit>,
}

/// How an amount gets its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Certainty {
    Printed,
    /// From other tables of the document.
    Elsewhere,
    /// No unit is printed anywhere: 千円, as most plans print, and told.
    Assumed,
}

impl Units {
    fn of(self, amount: &PrintedAmount) -> (MoneyUnit, Certainty) {
        match (amount.unit.or(self.own), self.document) {
            (Some(unit), _) => (unit, Certainty::Printed),
            (None, Some(unit)) => (unit, Certainty::Elsewhere),
            (None, None) => (MoneyUnit::ThousandYen, Certainty::Assumed),
        }
    }
}

/// Reads costs into the years of a row.
pub(super) fn fill(row: &mut Row, years: &PlanYears, values: &[(usize, &str)], line: u32) {
    let mut costs = Vec::new();
    let whole = values.len() == years.years.len();
    if let (true, Some((cell, _)), Some((head, _))) = (whole, values.first(), years.years.first()) {
        row.shift = cell.cast_signed() - head.cast_signed();
    }
    let mut lost = Lost::default();
    for (index, (head, year)) in years.years.iter().enumerate() {
        let value = if whole {
            values.get(index)
        } else {
            values.iter().find(|(cell, _)| cell == head)
        };
        let read = value.and_then(|(cell, text)| {
            let (amount, certainty) = lost.read(*year, text, row.units)?;
            let mut read = years.settle(amount, *head, *cell, line);
            if certainty != Certainty::Printed {
                super::settle_by_layout(&mut read);
            }
            row.unit_assumed |= certainty == Certainty::Assumed;
            Some(read)
        });
        if value.is_none() || row.is_cost_torn {
            lost.year(*year);
        }
        costs.push((*year, read));
    }
    if years.is_empty() {
        row.lost.push(super::no_year("cost", values, line));
    } else {
        row.lost.extend(lost.unresolved(values, line));
    }
    row.project.cost = ByYear(costs);
}

/// The years whose cost is not read.
#[derive(Debug, Default)]
struct Lost {
    years: Vec<String>,
    words: Vec<String>,
    in_parentheses: bool,
}

impl Lost {
    fn year(&mut self, year: FiscalYear) {
        if !self.years.contains(&year.short()) {
            self.years.push(year.short());
        }
    }

    /// The amount of a cell; what is neither amount nor dash is kept for the reason.
    fn read(&mut self, year: FiscalYear, text: &str, units: Units) -> Option<(Amount, Certainty)> {
        let amount = match cost(text) {
            Cost::Dash => return None,
            Cost::Amount(amount) => Some(amount),
            Cost::Other => None,
        };
        let in_parentheses = amount.is_some_and(|amount| amount.in_parentheses);
        let read = amount
            .filter(|amount| !amount.in_parentheses)
            .and_then(|amount| {
                let (unit, certainty) = units.of(&amount);
                Some((Amount(amount.money(unit)?), certainty))
            });
        if read.is_none() {
            self.year(year);
            self.words.push(text.to_owned());
            self.in_parentheses |= in_parentheses;
        }
        read
    }

    fn unresolved(self, values: &[(usize, &str)], line: u32) -> Option<Unresolved> {
        let words = self.words.iter().take(3).map(|word| format!("「{word}」"));
        let words = words.collect::<String>();
        let why = match (words.is_empty(), self.in_parentheses) {
            (true, _) => "この年度の費用の欄が空です。".to_owned(),
            (_, true) => {
                format!("かっこ書きの金額{words}は、減額か内数かが印字から決められません。")
            }
            _ => format!("費用の欄に{words}と印字されており、金額として読めません。"),
        };
        (!self.years.is_empty()).then(|| Unresolved {
            place: String::new(),
            field: format!("cost {}", self.years.join(" ")),
            candidates: texts(values),
            why,
            line,
        })
    }
}

/// What is told of a table whose amounts have no unit anywhere.
pub(super) fn no_unit(place: &str, amounts: Vec<String>, line: u32) -> Unresolved {
    Unresolved {
        place: place.to_owned(),
        field: "cost".to_owned(),
        candidates: amounts,
        why: crate::text::money_units::NO_UNIT.to_owned(),
        line,
    }
}
