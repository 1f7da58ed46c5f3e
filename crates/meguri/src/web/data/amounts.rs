//! Money of sheets and of branches of the tree, year by year; 再掲 is counted once.

use crate::web::data::Paper;
use meguri_core::calc::total::sum_of_rows;
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::Money;
use meguri_core::plan::{Listing, NodeId};
use std::collections::{BTreeMap, BTreeSet};

/// The sum of one fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearSum {
    /// Its year.
    pub year: FiscalYear,
    /// The sum.
    pub sum: Money,
    /// How it came about.
    pub steps: Vec<String>,
}

/// The sums of some sheets, with how many rows were left out as listed again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// One sum a year, in order.
    pub years: Vec<YearSum>,
    /// Rows that are counted elsewhere.
    pub relisted: usize,
}

impl Amounts {
    /// The sums in one line: `令和6年度 12,345千円`; empty where there are none.
    #[must_use]
    pub fn line(&self) -> String {
        let each = self.years.iter().map(|sum| format!("{} {}", sum.year, sum.sum));
        each.collect::<Vec<_>>().join("、")
    }

    /// The sum of the last year alone, for where many lines stand below each other.
    #[must_use]
    pub fn last_line(&self) -> String {
        self.years.last().map_or_else(String::new, |sum| format!("{} {}", sum.year, sum.sum))
    }
}

/// The sums of a sheet's own table: every row that it lists, 再掲 too.
#[must_use]
pub fn of_sheet(sheet: &Sheet) -> Amounts {
    let mut rows = Rows::default();
    rows.add(sheet, |_| true);
    rows.sums(0)
}

/// The sums of a node with all below it, each project once.
#[must_use]
pub fn of_branch(document: &Paper, node: NodeId) -> Amounts {
    let within = |sheet: &Sheet| sheet.node.is_some_and(|id| is_below(document, id, node));
    once(document.sheets().filter(|sheet| within(sheet)))
}

/// The sums of a whole paper, each project once.
#[must_use]
pub fn of_document(document: &Paper) -> Amounts {
    once(document.sheets())
}

/// Is a node another one, or somewhere below it?
#[must_use]
pub fn is_below(document: &Paper, node: NodeId, above: NodeId) -> bool {
    let mut place = Some(node);
    // A parent stands before its children, so that the way up ends.
    while let Some(id) = place {
        if id == above {
            return true;
        }
        let parent = document.plan.node(id).and_then(|node| node.parent);
        place = parent.filter(|parent| *parent < id);
    }
    false
}

/// What makes two rows the same: code, account and money. A row under the same code with other
/// money is another part of the project and counts.
type RowKey = (String, Option<String>, Vec<(FiscalYear, i64)>);

fn once<'a>(sheets: impl Iterator<Item = &'a Sheet>) -> Amounts {
    let mut rows = Rows::default();
    let mut seen: BTreeSet<RowKey> = BTreeSet::new();
    let mut relisted = 0;
    for sheet in sheets {
        let again = sheet.relisted_from.is_some();
        rows.add(sheet, |listing| {
            let counts = !again && !listing.relisted && key(listing).is_none_or(|k| seen.insert(k));
            relisted += usize::from(!counts && !listing.costs.is_empty());
            counts
        });
    }
    rows.sums(relisted)
}

fn key(listing: &Listing) -> Option<RowKey> {
    let code = listing.code.as_ref()?.value.clone();
    let costs = listing.costs.iter().map(|cost| (cost.year, cost.money.value.yen)).collect();
    Some((code, listing.budget_item.account.clone(), costs))
}

#[derive(Default)]
struct Rows(BTreeMap<FiscalYear, Vec<Money>>);

impl Rows {
    /// Adds the rows of a sheet's main table that count.
    fn add(&mut self, sheet: &Sheet, mut counts: impl FnMut(&Listing) -> bool) {
        for listing in sheet.listings.iter().filter(|listing| listing.table == 0) {
            if counts(listing) {
                for cost in &listing.costs {
                    self.0.entry(cost.year).or_default().push(cost.money.value);
                }
            }
        }
        // Amounts whose row is lost still belong to the sheet.
        if let Some(year) = sheet.year {
            let lost = sheet.unplaced_costs.iter().map(|money| money.value);
            let mut lost = lost.peekable();
            if lost.peek().is_some() {
                self.0.entry(year).or_default().extend(lost);
            }
        }
    }

    fn sums(self, relisted: usize) -> Amounts {
        let sums = self.0.into_iter().filter_map(|(year, rows)| {
            let sum = sum_of_rows(rows.iter());
            Some(YearSum { year, sum: sum.outcome.ok()?, steps: sum.steps })
        });
        Amounts { years: sums.collect(), relisted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use meguri_core::evaluation::Document;
    use meguri_core::money::MoneyUnit;
    use meguri_core::plan::YearMoney;
    use meguri_core::source::{Settled, Sourced};

    fn sourced<T>(value: T) -> Sourced<T> {
        Sourced { value, line: 1, settled: Settled::Printed }
    }

    fn row(code: &str, thousand: i64, relisted: bool) -> Listing {
        let year = FiscalYear::new(2024).expect("a year");
        let money = Money::of(thousand, MoneyUnit::ThousandYen).expect("an amount");
        let costs = vec![YearMoney { year, money: sourced(money) }];
        Listing { code: Some(sourced(code.to_owned())), costs, relisted, ..Listing::default() }
    }

    #[test]
    fn what_is_listed_again_counts_once_above_but_belongs_to_its_own_sheet() {
        let sheet = |listings| Sheet { listings, ..Sheet::default() };
        let document = Document {
            sheets: vec![
                sheet(vec![row("01", 100, false), row("02", 10, false)]),
                sheet(vec![row("01", 100, false), row("02", 5, false), row("03", 7, true)]),
            ],
            ..Document::default()
        };
        let all = of_document(&document.clone().into());
        assert_eq!((all.line().as_str(), all.relisted), ("令和6年度 115千円", 2));
        let second = document.sheets.get(1).map(of_sheet).unwrap_or_default();
        assert_eq!(second.line(), "令和6年度 112千円");
    }
}
