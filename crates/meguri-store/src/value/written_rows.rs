//! A pen that writes the values of one item: a text, an indicator, a listing.

use super::entry::{Entry, Held, Key};
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::Money;
use meguri_core::plan::{BudgetItem, YearFigure, YearMoney};
use meguri_core::source::{Settled, Sourced};

/// What a value that was read can be.
pub(crate) trait Holdable {
    /// What is kept of it.
    fn held(&self) -> Held;
}

impl Holdable for String {
    fn held(&self) -> Held {
        // As `Arg::text`: what is compared later is what the database keeps.
        Held::Text(self.replace('\0', "\u{fffd}"))
    }
}

impl Holdable for u32 {
    fn held(&self) -> Held {
        Held::Count(*self)
    }
}

impl Holdable for Figure {
    fn held(&self) -> Held {
        Held::Figure(self.clone())
    }
}

impl Holdable for Money {
    fn held(&self) -> Held {
        Held::Money(*self)
    }
}

/// Writes the values of one item.
pub(crate) struct Pen<'a> {
    entries: &'a mut Vec<Entry>,
    part: &'static str,
    item: i64,
}

/// The place of a value in its item.
#[derive(Clone, Copy, Default)]
pub(crate) struct At<'a> {
    pub(crate) field: &'a str,
    pub(crate) year: Option<FiscalYear>,
    pub(crate) place: i64,
    pub(crate) about: Option<&'a str>,
}

impl<'a> At<'a> {
    pub(crate) fn field(field: &'a str) -> Self {
        Self {
            field,
            ..Self::default()
        }
    }

    pub(crate) const fn year(self, year: Option<FiscalYear>) -> Self {
        Self { year, ..self }
    }

    pub(crate) const fn place(self, place: i64) -> Self {
        Self { place, ..self }
    }

    pub(crate) const fn about(self, about: Option<&'a str>) -> Self {
        Self { about, ..self }
    }
}

impl<'a> Pen<'a> {
    pub(crate) const fn new(entries: &'a mut Vec<Entry>, part: &'static str, item: i64) -> Self {
        Self {
            entries,
            part,
            item,
        }
    }

    /// What no paper prints: structure, or a choice of ours.
    pub(crate) fn plain(&mut self, at: At<'_>, held: Held, line: u32) {
        self.push(at, held, line, Settled::Printed);
    }

    /// A text that no paper prints.
    pub(crate) fn text(&mut self, field: &str, text: &str) {
        self.plain(At::field(field), text.to_owned().held(), 0);
    }

    /// A value with its line.
    pub(crate) fn sourced<T: Holdable>(&mut self, at: At<'_>, value: &Sourced<T>) {
        self.push(at, value.value.held(), value.line, value.settled);
    }

    /// A value that may be absent.
    pub(crate) fn maybe<T: Holdable>(&mut self, field: &str, value: Option<&Sourced<T>>) {
        if let Some(value) = value {
            self.sourced(At::field(field), value);
        }
    }

    /// Values in order.
    pub(crate) fn list<T: Holdable>(&mut self, field: &str, values: &[Sourced<T>]) {
        for (place, value) in (0_i64..).zip(values) {
            self.sourced(At::field(field).place(place), value);
        }
    }

    /// Figures by year, in their order.
    pub(crate) fn figures(&mut self, field: &str, figures: &[YearFigure]) {
        for (place, figure) in (0_i64..).zip(figures) {
            let at = At::field(field).year(Some(figure.year)).place(place);
            self.sourced(at, &figure.figure);
        }
    }

    /// Yearly money, in its order.
    pub(crate) fn costs(&mut self, costs: &[YearMoney]) {
        for (place, cost) in (0_i64..).zip(costs) {
            let at = At::field("cost").year(Some(cost.year)).place(place);
            self.sourced(at, &cost.money);
        }
    }

    /// 会計・款・項・目.
    pub(crate) fn budget_item(&mut self, item: &BudgetItem, line: u32) {
        let fields = [
            ("account", &item.account),
            ("kan", &item.kan),
            ("kou", &item.kou),
            ("moku", &item.moku),
        ];
        for (field, text) in fields {
            if let Some(text) = text {
                self.plain(At::field(field), text.held(), line);
            }
        }
    }

    fn push(&mut self, at: At<'_>, held: Held, line: u32, settled: Settled) {
        let key = Key {
            part: self.part.to_owned(),
            item: self.item,
            field: at.field.to_owned(),
            year: at.year.map_or(0, |year| i64::from(year.calendar_year())),
            place: at.place,
        };
        let about = at.about.map(str::to_owned);
        self.entries.push(Entry {
            key,
            held,
            about,
            line,
            settled,
        });
    }
}
