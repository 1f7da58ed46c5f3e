//! Papers of the family `evaluation`: sheets of 施策評価, each with a page of PLAN, DO and CHECK and
//! one or more pages with ACTION and the list of projects.

mod layout;
mod lines;
mod make;
mod model;
mod prose;
mod truth;

use crate::{Paper, Shape};
use fastrand::Rng;
use layout::{Block, Part, RowPage};
use model::{Book, Sheet};
use serde_json::Value;

/// One paper.
#[must_use]
pub fn generate(shape: &Shape) -> Paper {
    let mut rng = Rng::with_seed(shape.seed);
    let book = make::book(&mut rng);
    let mut sheets = make::Sheets::new(book.clone(), &mut rng);
    let with_management = shape.units > 1 && rng.bool();
    let with_extra = rng.usize(..shape.units.max(1) * 2);
    let mut printer = Printer::new(book);
    for index in 0..shape.units {
        let mut sheet = if with_management && index + 1 == shape.units {
            sheets.management(&mut rng)
        } else {
            sheets.theme(&mut rng)
        };
        if index == with_extra {
            sheet.extra = make::extra(&mut rng);
        }
        printer.sheet(sheet);
    }
    printer.finish()
}

/// Prints sheets one after the other and keeps their truth.
struct Printer {
    book: Book,
    text: String,
    truth: Vec<Value>,
    page_number: usize,
}

impl Printer {
    fn new(book: Book) -> Self {
        Self {
            book,
            text: String::new(),
            truth: Vec::new(),
            page_number: 1,
        }
    }

    fn sheet(&mut self, sheet: Sheet) {
        let rows = row_pages(&self.book, &sheet);
        let mut pages = vec![layout::front(&self.book, &sheet)];
        pages.extend(layout::back(&self.book, &sheet, &rows));
        for mut page in pages {
            if self.book.numbered {
                page.push(Block::one(Part::PageNumber, self.page_number.to_string()));
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

fn row_pages(book: &Book, sheet: &Sheet) -> Vec<RowPage> {
    let star = |row: &model::Project| {
        let whole = layout::whole_row(row);
        let stars = if row.starred { "★ " } else { "" };
        format!("{stars}{whole}")
    };
    let mut pages: Vec<RowPage> = sheet
        .projects
        .chunks(book.capacity)
        .map(|rows| RowPage {
            units: rows.iter().map(|row| vec![star(row)]).collect(),
            ..RowPage::default()
        })
        .collect();
    if pages.is_empty() {
        pages.push(RowPage::default());
    }
    let filled = sheet.projects.len();
    let lines = pages.len() * book.capacity;
    if let Some(last) = pages.last_mut() {
        last.empty = (filled + 1..=lines).collect();
    }
    pages
}
