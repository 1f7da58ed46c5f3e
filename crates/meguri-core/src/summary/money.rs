//! Money over a document: each project once, by the branch in which it stands first.

use super::{Whole, top_of};
use crate::calc::Calculation;
use crate::calc::number::percent;
use crate::calc::rounding::Rounding;
use crate::calc::total::sum_of_rows;
use crate::evaluation::Sheet;
use crate::fiscal_year::FiscalYear;
use crate::money::Money;
use crate::plan::{Listing, NodeId};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// What makes two rows the same: code, account and money. A row under the same code with other
/// money is another part of the project and counts.
type RowKey = (String, Option<String>, Vec<(FiscalYear, i64)>);

/// Tells of each row whether it counts, or repeats one that was counted before.
#[derive(Debug, Default)]
pub(super) struct Once(BTreeSet<RowKey>);

impl Once {
    pub(super) fn counts(&mut self, sheet: &Sheet, listing: &Listing) -> bool {
        if sheet.relisted_from.is_some() || listing.relisted {
            return false;
        }
        let Some(code) = &listing.code else {
            return true;
        };
        let costs = listing
            .costs
            .iter()
            .map(|cost| (cost.year, cost.money.value.yen))
            .collect();
        self.0.insert((
            code.value.clone(),
            listing.budget_item.account.clone(),
            costs,
        ))
    }
}

/// The money of one branch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branch {
    /// Its topmost node; `None` for sheets that hang on no node.
    pub head: Option<NodeId>,
    /// One sum a year, in order.
    pub years: BTreeMap<FiscalYear, Calculation<Money>>,
    /// Rows that are counted in an earlier place.
    pub relisted: usize,
}

/// The money of all branches and of the whole; the branches add up to the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Branches {
    /// In the order of the sheets.
    pub each: Vec<Branch>,
    /// All together.
    pub whole: Branch,
}

type Rows = BTreeMap<FiscalYear, Vec<Money>>;

/// The money of each branch below the top, every project in the branch where it is first.
#[must_use]
pub fn by_top(whole: &Whole<'_>) -> Branches {
    let mut once = Once::default();
    let mut heads: Vec<(Option<NodeId>, Rows, usize)> = Vec::new();
    for sheet in &whole.sheets {
        let head = top_of(whole.plan, sheet);
        let place = heads.iter().position(|(known, _, _)| *known == head);
        let place = place.unwrap_or_else(|| {
            heads.push((head, Rows::new(), 0));
            heads.len() - 1
        });
        if let Some((_, rows, relisted)) = heads.get_mut(place) {
            *relisted += add_once(sheet, rows, &mut once);
        }
    }
    let mut all = Rows::new();
    for (year, rows) in heads.iter().flat_map(|(_, rows, _)| rows) {
        all.entry(*year).or_default().extend(rows);
    }
    let relisted = heads.iter().map(|(_, _, relisted)| relisted).sum();
    let each = heads
        .into_iter()
        .map(|(head, rows, relisted)| branch(head, &rows, relisted));
    Branches {
        each: each.collect(),
        whole: branch(None, &all, relisted),
    }
}

/// How many percent of a whole a part is; `None` where that cannot be said.
#[must_use]
pub fn percent_of(part: Money, whole: Money, rounding: Rounding) -> Option<Decimal> {
    if part.yen < 0 || whole.yen <= 0 {
        return None;
    }
    let exact = percent(Decimal::from(part.yen), Decimal::from(whole.yen)).ok()?;
    Some(rounding.apply(exact))
}

/// The money of some sheets together, each project once.
#[must_use]
pub fn once<'a>(sheets: impl IntoIterator<Item = &'a Sheet>) -> Branch {
    let (mut once, mut rows, mut relisted) = (Once::default(), Rows::new(), 0);
    for sheet in sheets {
        relisted += add_once(sheet, &mut rows, &mut once);
    }
    branch(None, &rows, relisted)
}

/// Of each row of some sheets whether its money counts in what they come to together, in their order:
/// as [`once`] counts.
#[must_use]
pub fn counted<'a>(sheets: impl IntoIterator<Item = &'a Sheet>) -> Vec<Vec<bool>> {
    let mut once = Once::default();
    let mut of_sheet = |sheet: &'a Sheet| {
        let rows = sheet.listings.iter();
        // A row beside the main table is not asked for, as where the sum is made.
        rows.map(|row| row.table == 0 && once.counts(sheet, row))
            .collect()
    };
    sheets.into_iter().map(&mut of_sheet).collect()
}

/// The money of one sheet as its own table has it: every row, 再掲 too.
#[must_use]
pub fn of_sheet(sheet: &Sheet) -> Branch {
    let mut rows = Rows::new();
    add(sheet, &mut rows, |_| true);
    branch(sheet.node, &rows, 0)
}

fn branch(head: Option<NodeId>, rows: &Rows, relisted: usize) -> Branch {
    let years = rows
        .iter()
        .map(|(year, rows)| (*year, sum_of_rows(rows.iter())));
    Branch {
        head,
        years: years.collect(),
        relisted,
    }
}

/// The rows of a sheet that were not counted before; how many with money were.
fn add_once(sheet: &Sheet, rows: &mut Rows, once: &mut Once) -> usize {
    let mut relisted = 0;
    add(sheet, rows, |listing| {
        let counts = once.counts(sheet, listing);
        relisted += usize::from(!counts && !listing.costs.is_empty());
        counts
    });
    relisted
}

/// The rows of the main table that count, and the amounts whose row is lost.
fn add(sheet: &Sheet, rows: &mut Rows, mut counts: impl FnMut(&Listing) -> bool) {
    for listing in sheet.listings.iter().filter(|listing| listing.table == 0) {
        if counts(listing) {
            for cost in &listing.costs {
                rows.entry(cost.year).or_default().push(cost.money.value);
            }
        }
    }
    if let Some(year) = sheet.year.filter(|_| !sheet.unplaced_costs.is_empty()) {
        let lost = sheet.unplaced_costs.iter().map(|money| money.value);
        rows.entry(year).or_default().extend(lost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::MoneyUnit;
    use crate::plan::{Plan, PlanNode, YearMoney};
    use crate::source::{Settled, Sourced};

    fn row(code: &str, thousand: i64) -> Listing {
        let year = FiscalYear::new(2024).expect("a year");
        let sourced = |money| Sourced {
            value: money,
            line: 1,
            settled: Settled::Printed,
        };
        let money = Money::of(thousand, MoneyUnit::ThousandYen).expect("an amount");
        let code = Sourced {
            value: code.to_owned(),
            line: 1,
            settled: Settled::Printed,
        };
        let costs = vec![YearMoney {
            year,
            money: sourced(money),
        }];
        Listing {
            code: Some(code),
            costs,
            ..Listing::default()
        }
    }

    #[test]
    fn a_share_is_told_of_what_can_be_shared() {
        let yen = |yen| Money {
            yen,
            unit: MoneyUnit::ThousandYen,
        };
        let share = |part, whole| {
            let share = percent_of(yen(part), yen(whole), Rounding::one_decimal());
            share.map(|share| share.to_string())
        };
        assert_eq!(share(1_000, 3_000).as_deref(), Some("33.3"));
        assert_eq!(share(3_000, 3_000).as_deref(), Some("100"));
        assert_eq!(share(0, 3_000).as_deref(), Some("0"));
        for (part, whole) in [(1, 0), (-1, 5), (1, -5)] {
            assert_eq!(share(part, whole), None, "{part} {whole}");
        }
    }

    #[test]
    fn branches_add_up_to_the_whole_though_a_project_stands_in_two() {
        let mut plan = Plan::default();
        let node = |parent| PlanNode {
            level: "level".to_owned(),
            number: None,
            name: None,
            parent,
            programme: None,
        };
        let first = plan.add(node(None));
        let second = plan.add(node(None));
        let below = plan.add(node(Some(second)));
        let sheet = |node, listings| Sheet {
            node: Some(node),
            listings,
            ..Sheet::default()
        };
        let sheets = [
            sheet(first, vec![row("01", 100), row("02", 10)]),
            sheet(below, vec![row("01", 100), row("02", 5)]),
        ];
        let found = by_top(&Whole {
            plan: &plan,
            sheets: sheets.iter().collect(),
        });
        let sums = |branch: &Branch| -> Vec<i64> {
            branch
                .years
                .values()
                .filter_map(|sum| Some(sum.value()?.yen))
                .collect()
        };
        let each: Vec<Vec<i64>> = found.each.iter().map(sums).collect();
        assert_eq!(each, [[110_000], [5_000]]);
        assert_eq!(
            found.each.get(1).and_then(|branch| branch.head),
            Some(second)
        );
        assert_eq!(
            (sums(&found.whole), found.whole.relisted),
            (vec![115_000], 1)
        );
        assert_eq!(once(&sheets), found.whole);
        assert_eq!(
            sums(&of_sheet(&sheets[1])),
            [105_000],
            "its own table has the row again"
        );
    }
}
