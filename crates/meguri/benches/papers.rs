//! How long a book takes, and how large it is: the first one of a process, the same again, one with a
//! changed value, and a single sheet.

#[path = "../../meguri-store/tests/it/invented.rs"]
#[expect(dead_code, reason = "tests use more of it")]
mod invented;

use meguri_app::actions::check_documents::CheckedDocuments;
use meguri_app::read::Library;
use meguri_app::report::{Wanted, print};
use meguri_core::evaluation::Document;
use meguri_core::fiscal_year::FiscalYear;
use std::time::{Duration, Instant};

/// The book that the limits are told of.
const BOOK: invented::Size = invented::Size {
    sheets: 24,
    indicators: 9,
    listings: 80,
    paragraph: 60,
};

/// Measured again so often; the fastest counts, but for what is only once the first.
const TIMES: usize = 5;

fn main() {
    // `cargo bench` says so; `cargo test --benches` has nothing to see here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let year = FiscalYear::new(2022).expect("a year");
    let document = invented::document(year, BOOK, 1);
    let (first, pages, bytes) = printed(&document, Vec::new());
    println!(
        "a book of {} sheets: {pages} pages, {bytes} bytes",
        BOOK.sheets
    );
    line("the first of the process", first);
    line(
        "the same again",
        fastest(|| printed(&document, Vec::new()).0),
    );
    let mut changed = document.clone();
    let mut change = 0;
    line(
        "with another name in one sheet",
        fastest(|| {
            change += 1;
            if let Some(sheet) = changed.sheets.get_mut(12) {
                sheet.label = format!("シート{change}");
            }
            printed(&changed, Vec::new()).0
        }),
    );
    line(
        "one sheet again",
        fastest(|| printed(&document, vec![12]).0),
    );
}

fn line(what: &str, time: Duration) {
    println!("{what:<32} {:>9.1} ms", time.as_secs_f64() * 1e3);
}

fn fastest(mut run: impl FnMut() -> Duration) -> Duration {
    (0..TIMES).map(|_| run()).min().unwrap_or_default()
}

/// The time of one paper from core values to bytes, its pages and its bytes.
fn printed(document: &Document, sheets: Vec<usize>) -> (Duration, usize, usize) {
    let checked = CheckedDocuments {
        documents: vec![document.clone()],
        findings: Vec::new(),
        unused_schemes: Vec::new(),
        other_years: Vec::new(),
    };
    let library = Library::new(checked, Vec::new());
    let entry = library.entries().first().expect("a document");
    let wanted = Wanted {
        entry,
        sheets,
        layout: None,
        city: "みずほ野市",
        moment: "2026-04-01T09:30:00+09:00",
    };
    let begin = Instant::now();
    let paper = print(&library, &wanted).expect("a paper");
    (begin.elapsed(), paper.pages, paper.bytes.len())
}
