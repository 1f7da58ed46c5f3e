//! Projects (事務事業) and the rows in which sheets list them.

use crate::fiscal_year::FiscalYear;
use crate::money::Money;
use crate::source::Sourced;

/// 会計・款・項・目: the place of a project in the budget, as printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct BudgetItem {
    /// 会計: 一般, 介護 …
    pub account: Option<String>,
    /// 款.
    pub kan: Option<String>,
    /// 項.
    pub kou: Option<String>,
    /// 目.
    pub moku: Option<String>,
}

/// Money of one fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearMoney {
    /// Its year.
    pub year: FiscalYear,
    /// The amount with its place.
    pub money: Sourced<Money>,
}

/// A project (事務事業), whoever lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// 事務事業コード, where there is one.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Its place in the budget.
    pub budget_item: BudgetItem,
    /// Yearly cost.
    pub costs: Vec<YearMoney>,
}

/// One row in which a sheet lists a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The table of the sheet that it stands in: 0 is the main one.
    pub table: u32,
    /// Number of the row.
    pub number: Option<Sourced<u32>>,
    /// Name of the project, without 【再掲】.
    pub name: Option<Sourced<String>>,
    /// Marks behind the name: 拡充分, 一部再掲 …
    pub tags: Vec<Sourced<String>>,
    /// 担当課, first the one that answers for it.
    pub sections: Vec<Sourced<String>>,
    /// Its place in the budget, as printed in the row.
    pub budget_item: BudgetItem,
    /// 事務事業コード.
    pub code: Option<Sourced<String>>,
    /// Yearly cost as printed in the row.
    pub costs: Vec<YearMoney>,
    /// Outline of each year's work, where the plan prints one.
    pub outlines: Vec<(FiscalYear, Sourced<String>)>,
    /// 来年度の動向 by axis key: `work`, and `money` where the city separates them.
    pub next_steps: Vec<(String, Sourced<String>)>,
    /// 再掲: shown here, counted where it is first.
    pub relisted: bool,
    /// The row that this one repeats, by its number as printed (No.29 → No.15).
    pub relisted_from: Option<Sourced<u32>>,
    /// Line of the row in the source, from 1.
    pub line: u32,
}

impl Listing {
    /// Its name, for a person.
    #[must_use]
    pub fn label(&self) -> String {
        self.name
            .as_ref()
            .map_or("（名称不明の事業）", |n| n.value.as_str())
            .to_owned()
    }

    /// The direction on one axis.
    #[must_use]
    pub fn next_step(&self, axis: &str) -> Option<&Sourced<String>> {
        self.next_steps
            .iter()
            .find(|(key, _)| key == axis)
            .map(|(_, step)| step)
    }
}
