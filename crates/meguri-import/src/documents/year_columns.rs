//! Year columns in the order in which they are printed, and heads among them that cannot be right.
//!
//! A year that does not fit the others (a typing error) keeps its column and is told. A column needs
//! a year of its own: where a misprint repeats another column's year, the year of its place is read.

use crate::printed::Unresolved;
use meguri_core::fiscal_year::{FiscalYear, YearHead};

/// The head of a column that cannot be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Doubt {
    printed: String,
    expected: Option<FiscalYear>,
    line: u32,
}

impl Doubt {
    /// For a person.
    pub(crate) fn unresolved(&self, place: &str) -> Unresolved {
        let expected = self.expected.map_or(String::new(), |year| {
            format!("並びからは{year}と思われます。")
        });
        Unresolved {
            place: place.to_owned(),
            field: "year".to_owned(),
            candidates: vec![self.printed.clone()],
            why: format!(
                "年度の見出し「{}」が前後の年度の並びに合いません。{expected}列は印字の順のままにしました。",
                self.printed
            ),
            line: self.line,
        }
    }
}

/// Columns that run on from year to year.
#[derive(Clone, Debug, Default)]
pub(crate) struct RunningYears {
    pub(crate) years: Vec<FiscalYear>,
    /// Heads that do not fit the others.
    pub(crate) doubts: Vec<Doubt>,
    /// The year of the first column, by which most others count.
    pub(crate) first: Option<FiscalYear>,
}

/// The years of columns that run on from year to year, and the heads that do not fit.
///
/// `in_order`: the heads are printed in one line, so that their order says something.
pub(crate) fn running_years(
    heads: &[(YearHead, u32)],
    base: Option<FiscalYear>,
    in_order: bool,
) -> RunningYears {
    let first = first_of(base, heads);
    let (mut years, mut doubts) = (Vec::new(), Vec::new());
    for (at, (head, line)) in heads.iter().enumerate() {
        let expected = expected(first, at);
        let fits = expected == Some(head.year) || !in_order;
        let year = own_year((head, heads), expected.filter(|_| !fits));
        if !fits || head.contradicts {
            doubts.push(Doubt {
                printed: head.printed.clone(),
                expected: expected.filter(|_| !fits),
                line: *line,
            });
        }
        if !years.contains(&year) {
            years.push(year);
        }
    }
    RunningYears {
        years,
        doubts,
        first,
    }
}

/// A gap between two columns wider than that is a misprint: no plan looks further ahead.
const WIDEST_GAP: u16 = 10;

/// The years of columns that may leave years out (基準値 of an earlier year, a target of the last
/// year), and the heads that stand in no order.
pub(crate) fn printed_years(
    heads: &[(usize, YearHead)],
    line: u32,
) -> (Vec<(usize, FiscalYear)>, Vec<Doubt>) {
    let own: Vec<(YearHead, u32)> = heads.iter().map(|(_, head)| (head.clone(), line)).collect();
    let rising = heads.windows(2).all(|pair| {
        matches!(pair, [(_, a), (_, b)] if a.year < b.year
            && b.year.calendar_year() - a.year.calendar_year() <= WIDEST_GAP)
    });
    let first = first_of(None, &own);
    let (mut years, mut doubts): (Vec<(usize, FiscalYear)>, Vec<Doubt>) = (Vec::new(), Vec::new());
    for (at, (column, head)) in heads.iter().enumerate() {
        let expected = expected(first, at).filter(|year| !rising && *year != head.year);
        if expected.is_some() || head.contradicts {
            doubts.push(Doubt {
                printed: head.printed.clone(),
                expected,
                line,
            });
        }
        let year = own_year((head, &own), expected);
        if !years.iter().any(|(_, known)| *known == year) {
            years.push((*column, year));
        }
    }
    (years, doubts)
}

fn expected(first: Option<FiscalYear>, at: usize) -> Option<FiscalYear> {
    i32::try_from(at).ok().and_then(|at| first?.plus(at))
}

/// The year of a column: as printed, unless another column bears it too and its place says otherwise.
fn own_year(
    (head, heads): (&YearHead, &[(YearHead, u32)]),
    expected: Option<FiscalYear>,
) -> FiscalYear {
    let same = heads.iter().filter(|(other, _)| other.year == head.year);
    if same.count() > 1 {
        expected.unwrap_or(head.year)
    } else {
        head.year
    }
}

/// The year of the first column, by which most others count.
fn first_of(base: Option<FiscalYear>, heads: &[(YearHead, u32)]) -> Option<FiscalYear> {
    let starts = heads
        .iter()
        .enumerate()
        .filter_map(|(at, (head, _))| head.year.plus(-i32::try_from(at).ok()?));
    let starts: Vec<FiscalYear> = starts.collect();
    let votes = |year: FiscalYear| starts.iter().filter(|start| **start == year).count();
    let best = starts.iter().copied().max_by_key(|year| votes(*year))?;
    let after_base = base.and_then(|base| base.plus(1));
    match after_base {
        Some(after) if votes(best) * 2 <= starts.len() => Some(after),
        _ => Some(best),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(cells: &[&str]) -> Vec<(usize, YearHead)> {
        YearHead::among(cells)
    }

    #[test]
    fn columns_keep_their_place_whatever_year_is_printed_above_them() {
        let read = |cells: &[&str]| {
            let (years, doubts) = printed_years(&heads(cells), 1);
            let years: Vec<String> = years.iter().map(|(_, year)| year.short()).collect();
            let told: Vec<String> = doubts.into_iter().map(|doubt| doubt.printed).collect();
            (years.join(" "), told.join(" "))
        };
        for (cells, years, told) in [
            (&["令和5年度", "6年度", "7年度"][..], "R5 R6 R7", ""),
            (&["平成30年度", "令和5年度", "令和9年度"], "H30 R5 R9", ""),
            (
                &["令和5年度", "令和36年度", "令和7年度", "令和8年度"],
                "R5 R36 R7 R8",
                "令和36年度",
            ),
            (
                &["令和7年度", "令和6年度", "令和7年度", "令和8年度"],
                "R5 R6 R7 R8",
                "令和7年度",
            ),
            (
                &["令和5年度", "令和6年度", "令和7年度", "令和38年度"],
                "R5 R6 R7 R38",
                "令和38年度",
            ),
            (
                &["令和5(2024)年度", "令和6(2024)年度", "令和7年度"],
                "R5 R6 R7",
                "令和5(2024)年度",
            ),
        ] {
            assert_eq!(
                read(cells),
                (years.to_owned(), told.to_owned()),
                "{cells:?}"
            );
        }
    }
}
