//! The year columns of the table of indicators.

use crate::documents::evaluation::form::squash;
use crate::documents::evaluation::pages::Page;
use meguri_core::fiscal_year::FiscalYear;
use std::collections::BTreeSet;

/// The columns behind the base year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Columns {
    /// Years with a target.
    pub(in super::super) years: Vec<FiscalYear>,
    /// How many of them have results.
    pub(in super::super) known: usize,
}

/// Reads the year heads of a sheet's pages; `None` where there are none.
pub(in super::super) fn columns(
    pages: &[Page<'_>],
    evaluated: Option<FiscalYear>,
) -> Option<Columns> {
    let mut years = BTreeSet::new();
    let mut base = None;
    for block in pages
        .iter()
        .filter(|p| !p.marks.list)
        .flat_map(|page| &page.blocks)
    {
        let mut base_follows = false;
        for line in block {
            let text = squash(line.text);
            let found = years_of_line(line.text);
            if base_follows && let Some(year) = found.first() {
                base = Some(*year);
            } else {
                years.extend(found);
            }
            base_follows = text.ends_with("基準年度");
        }
    }
    if let Some(base) = base {
        years.remove(&base);
        years.retain(|year| *year > base);
    }
    let last = *years.last()?;
    let first = base
        .and_then(|base| base.plus(1))
        .or(years.first().copied())?;
    let span = last.calendar_year().checked_sub(first.calendar_year())?;
    // Nine years is a long plan; more is a year of something else.
    let years: Vec<FiscalYear> = if span <= 9 {
        (0..=i32::from(span))
            .filter_map(|n| first.plus(n))
            .collect()
    } else {
        years.into_iter().collect()
    };
    let known = evaluated.map_or(years.len(), |e| years.iter().filter(|y| **y <= e).count());
    Some(Columns { years, known })
}

/// The years of a line that holds nothing else: `令和３年度 令和４年度`.
fn years_of_line(line: &str) -> Vec<FiscalYear> {
    if line.len() > 300 || !line.contains('年') {
        return Vec::new();
    }
    let mut years = Vec::new();
    for word in line.split_whitespace() {
        match FiscalYear::parse(word) {
            Some(year) if word.ends_with("年度") => years.push(year),
            _ => return Vec::new(),
        }
    }
    years
}
