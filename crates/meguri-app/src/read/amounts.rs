//! Money of branches of the tree, year by year, in words; the arithmetic is that of
//! [`meguri_core::summary::money`].

use crate::read::Paper;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::Money;
use meguri_core::summary::money::{Branch, once};

/// The sums of a whole paper, each project once.
#[must_use]
pub fn of_document(document: &Paper) -> Branch {
    once(document.sheets())
}

/// The sums in one line: `令和6年度 12,345千円`; empty where there are none.
#[must_use]
pub fn line(branch: &Branch) -> String {
    let each = sums(branch).map(|(year, sum)| format!("{year} {sum}"));
    each.collect::<Vec<_>>().join("、")
}

/// The sum of the last year alone, for where many lines stand below each other.
#[must_use]
pub fn last_line(branch: &Branch) -> String {
    sums(branch)
        .last()
        .map_or_else(String::new, |(year, sum)| format!("{year} {sum}"))
}

fn sums(branch: &Branch) -> impl Iterator<Item = (FiscalYear, &Money)> {
    branch
        .years
        .iter()
        .filter_map(|(year, sum)| Some((*year, sum.value()?)))
}
