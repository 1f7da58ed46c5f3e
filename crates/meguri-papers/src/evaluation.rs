//! Papers of the family `evaluation`: sheets of 施策評価, each with a page of PLAN, DO and CHECK and
//! one or more pages with ACTION and the list of projects.

mod layout;
mod lines;
mod make;
mod model;
mod order;
mod planted;
mod prose;
mod rows;
mod sums;
mod tears;
mod truth;

use crate::{Paper, Shape};
use fastrand::Rng;
use layout::Block;
use model::{Book, Sheet};
pub use planted::{Planted, PlantedKind};
use serde_json::Value;
pub use tears::Tear;
use tears::Torn;

/// One paper, torn in every way that the family knows.
#[must_use]
pub fn generate(shape: &Shape) -> Paper {
    generate_with(shape, &Tear::ALL)
}

/// One paper, torn only in the given ways, each as often as `shape.tearing` says. The same seed
/// gives the same sheets whatever the tears are.
#[must_use]
pub fn generate_with(shape: &Shape, tears: &[Tear]) -> Paper {
    paper(shape, tears, |_, _| {})
}

/// One paper that is not torn, with wrong totals, counts and rates, and the list of them. The truth
/// is what the paper prints.
#[must_use]
pub fn generate_planted(shape: &Shape) -> (Paper, Vec<Planted>) {
    let mut rng = Rng::with_seed(!shape.seed);
    let mut planted = Vec::new();
    let paper = paper(shape, &[], |sheet, index| {
        planted.extend(planted::plant(sheet, index, &mut rng));
    });
    (paper, planted)
}

/// One paper; `change` sees every sheet with its index before it is printed.
fn paper(shape: &Shape, tears: &[Tear], mut change: impl FnMut(&mut Sheet, usize)) -> Paper {
    let mut rng = Rng::with_seed(shape.seed);
    let book = make::book(&mut rng);
    let mut sheets = make::Sheets::new(book.clone(), &mut rng);
    let with_management = shape.units > 1 && rng.bool();
    let with_extra = rng.usize(..shape.units.max(1).saturating_mul(2));
    let mut printer = Printer::new(book);
    for index in 0..shape.units {
        let last = index + 1 == shape.units;
        let mut sheet = if with_management && last {
            sheets.management(&mut rng)
        } else {
            sheets.theme(&mut rng)
        };
        if index == with_extra {
            sheet.extra = make::extra(&mut rng);
        }
        change(&mut sheet, index);
        let torn = Torn::new(tears, shape.seed, index, shape.tearing);
        sheet.cut = index == 0 && !sheet.management && torn.has(Tear::CutFirstSheet);
        if torn.has(Tear::ExtraCostsLoose) {
            lose_costs(&mut sheet.extra);
        }
        printer.sheet(sheet, &torn, last);
    }
    printer.finish()
}

/// Costs that stand apart from their rows belong to none, unless all are the same.
fn lose_costs(rows: &mut [model::Project]) {
    let first = rows.first().map(|row| row.cost);
    if rows.iter().any(|row| Some(row.cost) != first) {
        for row in rows {
            row.cost_lost = true;
        }
    }
}

/// Prints sheets one after the other and keeps their truth.
struct Printer {
    book: Book,
    text: String,
    truth: Vec<Value>,
    page_number: usize,
    /// The end of the sheet before, which stands on the next page.
    carried: Vec<Block>,
}

impl Printer {
    fn new(book: Book) -> Self {
        Self {
            book,
            text: String::new(),
            truth: Vec::new(),
            page_number: 1,
            carried: Vec::new(),
        }
    }

    fn sheet(&mut self, mut sheet: Sheet, torn: &Torn, last: bool) {
        let rows = rows::pages(&self.book, &mut sheet, torn);
        let mut pages = vec![layout::front(&self.book, &sheet, torn)];
        pages.extend(layout::back(&self.book, &sheet, &rows, torn));
        order::tear(&self.book, &sheet, &mut pages, torn);
        if sheet.cut {
            pages.remove(0);
        }
        if let Some(first) = pages.first_mut() {
            first.splice(0..0, std::mem::take(&mut self.carried));
        }
        if torn.has(Tear::EndOnNextSheet) && !last {
            self.carried = order::take_end(&mut pages);
        }
        for mut page in pages {
            if self.book.numbered {
                order::number(&mut page, self.page_number, torn);
            }
            self.page_number += 1;
            layout::print(&mut self.text, &page);
            self.text.push_str(self.book.page_break);
        }
        self.truth.push(truth::sheet(&self.book, &sheet));
    }

    fn finish(self) -> Paper {
        Paper {
            text: self.text,
            truth: truth::of(&self.book, self.truth),
        }
    }
}
