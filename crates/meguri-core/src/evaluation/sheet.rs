//! 評価シート: one node of a plan in one fiscal year; its fields come from the plan's scheme.

use crate::fiscal_year::FiscalYear;
use crate::money::Money;
use crate::plan::{Indicator, Listing, NodeId};
use crate::source::Sourced;

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The node that it is about.
    pub node: Option<NodeId>,
    /// How a person calls it: `テーマ11 障がい者の…`, `No.29 …`.
    pub label: String,
    /// The evaluated fiscal year.
    pub year: Option<FiscalYear>,
    /// First line in the source, from 1.
    pub line: u32,
    /// Running texts by field.
    pub texts: Vec<SheetText>,
    /// Judgements: values of scales given by a person.
    pub judgements: Vec<Judgement>,
    /// 所管課, first the one that answers for it.
    pub sections: Vec<Sourced<String>>,
    /// 関連課.
    pub related_sections: Vec<Sourced<String>>,
    /// 成果指標.
    pub indicators: Vec<Indicator>,
    /// 関連事務事業 and 主要事業.
    pub listings: Vec<Listing>,
    /// Amounts of the main table that are printed but whose row the text no longer tells: all of
    /// them, one for each row without an amount, or none where the text does not hold them all.
    pub unplaced_costs: Vec<Sourced<Money>>,
    /// Printed totals.
    pub totals: Vec<PrintedTotal>,
    /// Printed numbers of listings by direction: word and number, in the order of the paper.
    pub next_step_counts: Vec<(String, Sourced<u32>)>,
    /// Number of the sheet of the same plan that this one repeats (再掲), as printed.
    pub relisted_from: Option<Sourced<u32>>,
}

/// The paragraphs of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetText {
    /// Key of the field in the scheme.
    pub field: String,
    /// The year that it tells of, where a sheet has one text a year.
    pub year: Option<FiscalYear>,
    /// One string a bullet or paragraph; `None` where the text lost the column.
    pub paragraphs: Option<Vec<Sourced<String>>>,
}

/// A value of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Key of the field in the scheme.
    pub field: String,
    /// Key of the stage (一次, 二次 …), where the scheme has stages.
    pub stage: Option<String>,
    /// The value as printed.
    pub value: Sourced<String>,
}

/// A printed total of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedTotal {
    /// The table that it closes: 0 is the main one.
    pub table: u32,
    /// The year of the amounts.
    pub year: Option<FiscalYear>,
    /// The total.
    pub money: Sourced<Money>,
}

impl Sheet {
    /// The paragraphs of a field; empty where it is absent or lost.
    #[must_use]
    pub fn paragraphs(&self, field: &str) -> &[Sourced<String>] {
        self.texts
            .iter()
            .find(|text| text.field == field)
            .and_then(|text| text.paragraphs.as_deref())
            .unwrap_or(&[])
    }

    /// The judgement of a field.
    #[must_use]
    pub fn judgement(&self, field: &str) -> Option<&Judgement> {
        self.judgements.iter().find(|j| j.field == field)
    }
}
