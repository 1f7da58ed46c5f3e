//! What a project cost, year by year, as each paper says.
//!
//! A paper may list a project many times: again (再掲), which is not counted, or in parts, which
//! add up. Papers are never added to each other: they speak of the same money.

use crate::calc::Calculation;
use crate::calc::total::sum_of_rows;
use crate::fiscal_year::FiscalYear;
use crate::money::Money;
use crate::plan::Listing;
use std::collections::{BTreeMap, BTreeSet};

/// A row that lists the project.
#[derive(Clone, Copy, Debug)]
pub struct CostRow<'a> {
    /// Which of the papers it stands in, as the caller counts them.
    pub paper: usize,
    /// The row.
    pub listing: &'a Listing,
    /// Does its whole sheet repeat another one?
    pub again: bool,
}

/// What one paper says of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperCost {
    /// The paper.
    pub paper: usize,
    /// The sum of the rows that count, with how it came about.
    pub sum: Calculation<Money>,
    /// Those rows: their places in the list given.
    pub rows: Vec<usize>,
    /// How many more rows repeat them.
    pub again: usize,
}

/// What the papers say of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearCost {
    /// The year.
    pub year: FiscalYear,
    /// What each says, in the order of papers.
    pub papers: Vec<PaperCost>,
}

impl YearCost {
    /// Do papers say different amounts? What rounding to their units explains is no difference.
    #[must_use]
    pub fn differs(&self) -> bool {
        let sums = || self.papers.iter().filter_map(|paper| paper.sum.value());
        sums().any(|one| sums().any(|other| !is_same(*one, *other)))
    }

    /// The amount to show where only one can be: that of the last paper that has one.
    #[must_use]
    pub fn last(&self) -> Option<Money> {
        self.papers
            .iter()
            .rev()
            .find_map(|paper| paper.sum.value().copied())
    }
}

/// Are two amounts one, each printed in its own unit?
fn is_same(one: Money, other: Money) -> bool {
    let coarsest = one.unit.yen().max(other.unit.yen());
    let finest = one.unit.yen().min(other.unit.yen());
    let off = one.yen.abs_diff(other.yen);
    off == 0 || (coarsest > finest && off < coarsest.unsigned_abs())
}

/// What makes two rows of one paper the same: code, account and money.
type RowKey<'a> = (Option<&'a str>, Option<&'a str>, Vec<(FiscalYear, i64)>);

fn key(listing: &Listing) -> RowKey<'_> {
    let costs = listing
        .costs
        .iter()
        .map(|cost| (cost.year, cost.money.value.yen));
    let code = listing.code.as_ref().map(|code| code.value.as_str());
    (
        code,
        listing.budget_item.account.as_deref(),
        costs.collect(),
    )
}

/// What a project cost, by year, from all rows that list it.
#[must_use]
pub fn of(rows: &[CostRow<'_>]) -> Vec<YearCost> {
    let mut years: BTreeMap<FiscalYear, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let of_row: BTreeSet<FiscalYear> = row.listing.costs.iter().map(|cost| cost.year).collect();
        for year in of_row {
            years
                .entry(year)
                .or_default()
                .entry(row.paper)
                .or_default()
                .push(at);
        }
    }
    years
        .into_iter()
        .map(|(year, papers)| YearCost {
            year,
            papers: papers
                .into_iter()
                .map(|(paper, all)| of_paper(rows, year, paper, all))
                .collect(),
        })
        .collect()
}

fn of_paper(rows: &[CostRow<'_>], year: FiscalYear, paper: usize, all: Vec<usize>) -> PaperCost {
    let row = |at: &usize| rows.get(*at).copied();
    let total = all.len();
    let mut seen = BTreeSet::new();
    let first = |at: &usize| {
        row(at)
            .is_some_and(|row| !row.again && !row.listing.relisted && seen.insert(key(row.listing)))
    };
    let mut counted: Vec<usize> = all.iter().copied().filter(first).collect();
    // A paper that only shows the project again still tells what it cost.
    if counted.is_empty() {
        counted = all.into_iter().take(1).collect();
    }
    let amounts: Vec<Money> = counted
        .iter()
        .filter_map(row)
        .flat_map(|row| row.listing.costs.iter().filter(|cost| cost.year == year))
        .map(|cost| cost.money.value)
        .collect();
    let again = total - counted.len();
    PaperCost {
        paper,
        sum: sum_of_rows(amounts.iter()),
        rows: counted,
        again,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::MoneyUnit;
    use crate::plan::YearMoney;
    use crate::source::{Settled, Sourced};

    fn row(amount: i64, unit: MoneyUnit, relisted: bool) -> Listing {
        let year = FiscalYear::new(2024).expect("a year");
        let money = Money::of(amount, unit).expect("an amount");
        let money = Sourced {
            value: money,
            line: 1,
            settled: Settled::Printed,
        };
        Listing {
            costs: vec![YearMoney { year, money }],
            relisted,
            ..Listing::default()
        }
    }

    fn told(rows: &[(usize, Listing)]) -> (Vec<(i64, usize)>, bool) {
        let rows: Vec<CostRow<'_>> = rows
            .iter()
            .map(|(paper, listing)| CostRow {
                paper: *paper,
                listing,
                again: false,
            })
            .collect();
        let year = of(&rows).pop().expect("a year");
        let each = year
            .papers
            .iter()
            .map(|paper| (paper.sum.value().expect("a sum").yen, paper.again));
        (each.collect(), year.differs())
    }

    #[test]
    fn parts_add_up_what_is_shown_again_does_not_and_papers_stand_beside_each_other() {
        use MoneyUnit::{ThousandYen, Yen};
        let thousand = |amount, relisted| row(amount, ThousandYen, relisted);
        let parts = [
            (0, thousand(5, false)),
            (0, thousand(7, false)),
            (0, thousand(5, true)),
        ];
        assert_eq!(told(&parts), (vec![(12_000, 1)], false));
        let twice = [(0, thousand(5, false)), (0, thousand(5, false))];
        assert_eq!(
            told(&twice),
            (vec![(5_000, 1)], false),
            "the same row twice counts once"
        );
        let only_again = [(0, thousand(5, true))];
        assert_eq!(told(&only_again), (vec![(5_000, 0)], false));
        let papers = [(0, thousand(5, false)), (1, thousand(6, false))];
        assert_eq!(told(&papers), (vec![(5_000, 0), (6_000, 0)], true));
        let rounded = [(0, thousand(5, false)), (1, row(5_400, Yen, false))];
        assert_eq!(told(&rounded), (vec![(5_000, 0), (5_400, 0)], false));
    }
}
