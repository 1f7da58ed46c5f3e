//! By what an item of a sheet is known: what it is, and not its place in the list. A row that is
//! inserted above others leaves them what they were.

use super::Sheet;
use crate::fiscal_year::FiscalYear;
use crate::plan::{Indicator, Listing};
use crate::source::Sourced;
use crate::text::name_key;
use std::collections::{BTreeMap, VecDeque};

/// A list of a sheet whose items are known by what they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemList {
    /// Indicators: by name, sub-name and unit.
    Indicators,
    /// Rows of projects: by code, without one by name.
    Listings,
    /// Texts: by field and year.
    Texts,
    /// Judgements: by field and stage.
    Judgements,
    /// Printed totals: by table and year.
    Totals,
    /// Printed numbers of rows by direction: by the word.
    NextStepCounts,
}

impl ItemList {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Indicators,
        Self::Listings,
        Self::Texts,
        Self::Judgements,
        Self::Totals,
        Self::NextStepCounts,
    ];

    /// What the item of a number from 0 is, in a normal form; `None` behind the last.
    #[must_use]
    pub fn key(self, sheet: &Sheet, index: usize) -> Option<String> {
        Some(match self {
            Self::Indicators => indicator(sheet.indicators.get(index)?),
            Self::Listings => listing(sheet.listings.get(index)?),
            Self::Texts => {
                let text = sheet.texts.get(index)?;
                format!("{}\n{}", text.field, year(text.year))
            }
            Self::Judgements => {
                let judgement = sheet.judgements.get(index)?;
                let stage = judgement.stage.as_deref().unwrap_or_default();
                format!("{}\n{stage}", judgement.field)
            }
            Self::Totals => {
                let total = sheet.totals.get(index)?;
                format!("{}\n{}", total.table, year(total.year))
            }
            Self::NextStepCounts => name_key(&sheet.next_step_counts.get(index)?.0),
        })
    }

    /// What all items are, in order.
    #[must_use]
    pub fn keys(self, sheet: &Sheet) -> Vec<String> {
        (0..).map_while(|index| self.key(sheet, index)).collect()
    }

    /// For each item of a sheet its number, from 0, in an earlier state of the sheet; `None` for a new
    /// one. Items that are alike are taken in their order; one that nothing fits is that of its place,
    /// where nothing fits that either: it was called otherwise.
    #[must_use]
    pub fn former(self, before: &Sheet, after: &Sheet) -> Vec<Option<usize>> {
        let old = self.keys(before);
        let mut free: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
        for (index, key) in old.iter().enumerate() {
            free.entry(key).or_default().push_back(index);
        }
        let new = self.keys(after);
        let fits = new
            .iter()
            .map(|key| free.get_mut(key.as_str())?.pop_front());
        let mut former: Vec<Option<usize>> = fits.collect();
        let left: Vec<usize> = free.into_values().flatten().collect();
        for (index, number) in former.iter_mut().enumerate() {
            if number.is_none() && left.contains(&index) {
                *number = Some(index);
            }
        }
        former
    }
}

fn indicator(indicator: &Indicator) -> String {
    let part = |part: &Option<Sourced<String>>| {
        part.as_ref()
            .map_or_else(String::new, |part| name_key(&part.value))
    };
    let parts = [&indicator.name, &indicator.sub_name, &indicator.unit];
    parts.map(part).join("\n")
}

fn listing(listing: &Listing) -> String {
    match (&listing.code, &listing.name) {
        (Some(code), _) => format!("code {}", code.value.trim()),
        (None, Some(name)) => format!("name {}", name_key(&name.value)),
        (None, None) => String::new(),
    }
}

fn year(year: Option<FiscalYear>) -> String {
    year.map_or_else(String::new, |year| year.calendar_year().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Settled;

    fn sheet(names: &[&str]) -> Sheet {
        let named = |name: &&str| Indicator {
            name: Some(Sourced {
                value: (*name).to_owned(),
                line: 1,
                settled: Settled::Printed,
            }),
            ..Indicator::default()
        };
        Sheet {
            indicators: names.iter().map(named).collect(),
            ..Sheet::default()
        }
    }

    #[test]
    fn every_item_is_found_where_it_was() {
        for (before, after, former) in [
            (
                &["甲", "乙"][..],
                &["丙", "甲", "乙"][..],
                &[None, Some(0), Some(1)][..],
            ),
            (&["甲", "乙", "丙"], &["甲", "丙"], &[Some(0), Some(2)]),
            (&["甲", "乙"], &["乙", "甲"], &[Some(1), Some(0)]),
            // The second is called otherwise.
            (&["甲", "乙"], &["甲", "丁"], &[Some(0), Some(1)]),
            // Alike ones keep their order, and one more is new.
            (
                &["甲", "甲"],
                &["甲", "甲", "甲"],
                &[Some(0), Some(1), None],
            ),
            (&["甲"], &["丁", "甲"], &[None, Some(0)]),
            (&[], &["甲"], &[None]),
            (&["甲"], &[], &[]),
        ] {
            let found = ItemList::Indicators.former(&sheet(before), &sheet(after));
            assert_eq!(found, former, "{before:?} {after:?}");
        }
    }
}
