//! Light facts about papers: all that links need to know, and nothing more.

use crate::evaluation::{Document, Sheet};
use crate::fiscal_year::FiscalYear;
use crate::plan::{Indicator, Listing, Plan};
use crate::source::Sourced;

/// What the papers print of what can be linked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The documents, older ones first where the caller knows.
    pub documents: Vec<DocumentFact>,
    /// Their sheets.
    pub sheets: Vec<SheetFact>,
    /// Rows of projects, in the order of the sheets.
    pub listings: Vec<ListingFact>,
    /// Indicators, in the order of the sheets.
    pub indicators: Vec<IndicatorFact>,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocumentFact {
    /// How the caller knows it.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Key of its plan.
    pub plan: String,
    /// Key of the plan that the plans of one family share: an evaluation is of the plan that it
    /// evaluates. Its own key where there is no other.
    pub plan_group: String,
}

/// A node of a plan as a sheet stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeFact {
    /// Key of its level.
    pub level: String,
    /// Its number.
    pub number: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetFact {
    /// How the caller knows it.
    pub id: i64,
    /// Its document: its place in [`Facts::documents`].
    pub document: usize,
    /// How a person calls it.
    pub label: String,
    /// The evaluated fiscal year.
    pub year: Option<FiscalYear>,
    /// Its node and those above it, from the top; empty where it has none.
    pub path: Vec<NodeFact>,
    /// 所管課.
    pub sections: Vec<String>,
    /// 関連課.
    pub related_sections: Vec<String>,
    /// Number of the sheet that it repeats.
    pub relisted_from: Option<u32>,
}

/// A row in which a sheet lists a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListingFact {
    /// Its sheet: its place in [`Facts::sheets`].
    pub sheet: usize,
    /// Which row of the sheet, from 0.
    pub item: u32,
    /// Code of the project, as printed.
    pub code: Option<String>,
    /// 会計, as printed.
    pub account: Option<String>,
    /// Name of the project.
    pub name: Option<String>,
    /// 担当課.
    pub sections: Vec<String>,
    /// 再掲.
    pub relisted: bool,
}

/// An indicator on a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndicatorFact {
    /// Its sheet: its place in [`Facts::sheets`].
    pub sheet: usize,
    /// Which indicator of the sheet, from 0.
    pub item: u32,
    /// Its name.
    pub name: Option<String>,
    /// Which of several under one name.
    pub sub_name: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
}

impl Facts {
    /// The facts of documents in memory; documents and sheets are known by their place.
    /// `plan_group` tells the plan that a plan's sheets evaluate, or gives the key back.
    #[must_use]
    pub fn of_documents(documents: &[Document], plan_group: impl Fn(&str) -> String) -> Self {
        let mut facts = Self::default();
        for (place, document) in documents.iter().enumerate() {
            let about = DocumentFact {
                id: number(place),
                name: document.name.clone(),
                plan: document.plan.key.clone(),
                plan_group: plan_group(&document.plan.key),
            };
            facts.add(about, &document.plan, document.sheets.iter());
        }
        facts
    }

    /// Adds a document with its sheets, which are known by their place among all.
    pub fn add<'a>(
        &mut self,
        document: DocumentFact,
        plan: &Plan,
        sheets: impl Iterator<Item = &'a Sheet>,
    ) {
        let place = self.documents.len();
        self.documents.push(document);
        for sheet in sheets {
            let at = self.sheets.len();
            self.sheets
                .push(SheetFact::of(sheet, plan, place, number(at)));
            let rows = (0_u32..).zip(&sheet.listings);
            self.listings
                .extend(rows.map(|(item, row)| ListingFact::of(row, at, item)));
            let all = (0_u32..).zip(&sheet.indicators);
            self.indicators
                .extend(all.map(|(item, one)| IndicatorFact::of(one, at, item)));
        }
    }

    /// The document of a sheet.
    #[must_use]
    pub fn document_of(&self, sheet: usize) -> Option<&DocumentFact> {
        self.documents.get(self.sheets.get(sheet)?.document)
    }

    /// The place in time of a sheet: those without a year stand before all others.
    pub(super) fn time(&self, sheet: usize) -> (u16, usize) {
        let year = self.sheets.get(sheet).and_then(|sheet| sheet.year);
        (year.map_or(0, FiscalYear::calendar_year), sheet)
    }
}

fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

fn value<T: Clone>(sourced: &Option<Sourced<T>>) -> Option<T> {
    sourced.as_ref().map(|sourced| sourced.value.clone())
}

fn values(all: &[Sourced<String>]) -> Vec<String> {
    all.iter().map(|one| one.value.clone()).collect()
}

impl SheetFact {
    fn of(sheet: &Sheet, plan: &Plan, document: usize, id: i64) -> Self {
        let mut path = Vec::new();
        let mut next = sheet.node;
        // A path longer than the plan is a circle.
        while let Some(node) = next.and_then(|id| plan.node(id))
            && path.len() < plan.nodes.len()
        {
            let level = node.level.clone();
            path.push(NodeFact {
                level,
                number: value(&node.number),
                name: value(&node.name),
            });
            next = node.parent;
        }
        path.reverse();
        Self {
            id,
            document,
            label: sheet.label.clone(),
            year: sheet.year,
            path,
            sections: values(&sheet.sections),
            related_sections: values(&sheet.related_sections),
            relisted_from: value(&sheet.relisted_from),
        }
    }
}

impl ListingFact {
    fn of(listing: &Listing, sheet: usize, item: u32) -> Self {
        Self {
            sheet,
            item,
            code: value(&listing.code),
            account: listing.budget_item.account.clone(),
            name: value(&listing.name),
            sections: values(&listing.sections),
            relisted: listing.relisted,
        }
    }
}

impl IndicatorFact {
    fn of(indicator: &Indicator, sheet: usize, item: u32) -> Self {
        Self {
            sheet,
            item,
            name: value(&indicator.name),
            sub_name: value(&indicator.sub_name),
            unit: value(&indicator.unit),
        }
    }
}
