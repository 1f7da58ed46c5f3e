//! The projects of a sheet: a table an account, with sums beside the printed totals.

use super::{Context, SectionView};
use crate::view::value::ValueView;
use meguri_app::read::quantity::YearView;
use meguri_app::read::values::{budget_place, of_year};
use meguri_core::calc::total::{agreement, sum_of_rows};
use meguri_core::evaluation::PrintedTotal;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use meguri_core::plan::Listing;
use meguri_core::summary::money;
use serde::Serialize;
use std::collections::BTreeSet;

/// The projects of one table and account.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProjectTable {
    /// The account, as printed; empty where the paper names none.
    pub account: String,
    /// What its amounts are called.
    pub amount: String,
    /// What its directions are called, with the year that they are for.
    pub axis: String,
    /// The years of the costs.
    pub years: Vec<YearView>,
    /// Has any row a number?
    pub has_numbers: bool,
    /// Has any row sections?
    pub has_sections: bool,
    /// Has any row a place in the budget?
    pub has_budget: bool,
    /// Has any row a code?
    pub has_codes: bool,
    /// Has any row a direction?
    pub has_steps: bool,
    /// Which of its rows are shown, in words; empty where all are.
    pub part: String,
    /// Its rows.
    pub rows: Vec<ProjectRow>,
    /// The sums of the rows, one a year; empty without costs.
    pub sums: Vec<String>,
    /// What the years plan, row by row.
    pub outlines: Vec<OutlineView>,
    /// Totals that the paper prints, below the last table.
    pub totals: Vec<CountView>,
    /// The sums of all tables, below the last one: year, sum, how it agrees with the printed one.
    pub whole: Vec<(String, String, &'static str)>,
    /// Numbers of projects by direction as counted, below the last table: sign, word, number.
    pub counted: Vec<(String, String, usize)>,
    /// Numbers of projects by direction that the paper prints, below the last table.
    pub counts: Vec<CountView>,
    /// Amounts whose row the text lost, below the last table.
    pub unplaced: Vec<ValueView>,
}

/// One project.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProjectRow {
    /// Its number.
    pub number: String,
    /// Its name.
    pub name: Option<ValueView>,
    /// The page of the project over all years; empty where it has none.
    pub page: String,
    /// Marks behind the name, 再掲 too.
    pub tags: Vec<String>,
    /// 担当課.
    pub sections: Vec<SectionView>,
    /// 款・項・目.
    pub budget: String,
    /// 事務事業コード.
    pub code: Option<ValueView>,
    /// One cost a year of the table.
    pub costs: Vec<Option<ValueView>>,
    /// 動向 with its sign.
    pub steps: Vec<(String, Option<ValueView>)>,
}

/// What the years plan for one project.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OutlineView {
    /// The project.
    pub project: String,
    /// Year and text.
    pub years: Vec<(String, Option<ValueView>)>,
}

/// A printed number with its label.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CountView {
    /// What is counted.
    pub label: String,
    /// The number.
    pub value: Option<ValueView>,
}

type Row<'a> = (usize, &'a Listing);

/// All tables of a sheet.
pub(super) fn shown(context: &Context<'_>) -> Vec<ProjectTable> {
    let mut groups: Vec<((u32, String), Vec<Row<'_>>)> = Vec::new();
    for (index, listing) in context.sheet.listings.iter().enumerate() {
        let account = listing.budget_item.account.clone().unwrap_or_default();
        let key = (listing.table, account);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, rows)) => rows.push((index + 1, listing)),
            None => groups.push((key, vec![(index + 1, listing)])),
        }
    }
    let tables = groups
        .into_iter()
        .map(|((_, account), rows)| table(context, account, &rows));
    let mut tables: Vec<ProjectTable> = tables.collect();
    if let Some(last) = tables.last_mut() {
        printed(context, last);
    }
    tables
}

fn table(context: &Context<'_>, account: String, rows: &[Row<'_>]) -> ProjectTable {
    let years: BTreeSet<FiscalYear> = rows
        .iter()
        .flat_map(|(_, listing)| &listing.costs)
        .map(|cost| cost.year)
        .collect();
    let sums = years.iter().map(|year| {
        let costs = rows.iter().flat_map(|(_, listing)| &listing.costs);
        let of_year = costs
            .filter(|cost| cost.year == *year)
            .map(|cost| &cost.money.value);
        sum_of_rows(of_year)
            .outcome
            .map_or_else(|_| String::new(), |sum| sum.to_string())
    });
    let any = |has: fn(&Listing) -> bool| rows.iter().any(|(_, listing)| has(listing));
    let mut axes: Vec<&str> = Vec::new();
    for (axis, _) in rows.iter().flat_map(|(_, listing)| &listing.next_steps) {
        if !axes.contains(&axis.as_str()) {
            axes.push(axis);
        }
    }
    let axis = match axes.as_slice() {
        [axis] => context.entry.axis_word(axis, context.sheet.year),
        _ => "動向".to_owned(),
    };
    ProjectTable {
        account,
        amount: context.entry.amount_word(),
        axis,
        sums: sums.collect(),
        has_numbers: any(|listing| listing.number.is_some()),
        has_sections: any(|listing| !listing.sections.is_empty()),
        has_budget: any(|listing| !budget_place(&listing.budget_item).is_empty()),
        has_codes: any(|listing| listing.code.is_some()),
        has_steps: any(|listing| !listing.next_steps.is_empty()),
        rows: rows
            .iter()
            .map(|(number, listing)| row(context, *number, listing, &years))
            .collect(),
        outlines: rows
            .iter()
            .filter_map(|(n, listing)| outline(context, *n, listing))
            .collect(),
        years: years.into_iter().map(YearView::from).collect(),
        ..ProjectTable::default()
    }
}

fn row(
    context: &Context<'_>,
    number: usize,
    listing: &Listing,
    years: &BTreeSet<FiscalYear>,
) -> ProjectRow {
    let id = format!("project-{number}");
    let mut tags: Vec<String> = listing.tags.iter().map(|tag| tag.value.clone()).collect();
    if listing.relisted {
        tags.push(listing.relisted_from.as_ref().map_or_else(
            || "再掲".to_owned(),
            |from| format!("再掲（元：{}）", from.value),
        ));
    }
    let steps = listing
        .next_steps
        .iter()
        .enumerate()
        .map(|(index, (axis, step))| {
            let sign = context.entry.next_step_sign(axis, &step.value);
            (sign, context.shown(&format!("{id}-step-{}", index + 1)))
        });
    let costs = years
        .iter()
        .map(|year| context.shown(&of_year(&format!("{id}-cost"), *year)));
    ProjectRow {
        number: listing
            .number
            .as_ref()
            .map_or_else(String::new, |n| n.value.to_string()),
        name: context.shown(&format!("{id}-name")),
        page: context.page_of(Kind::Project, number),
        tags,
        sections: context.sections(context.each(&format!("{id}-section"), listing.sections.len())),
        budget: budget_place(&listing.budget_item),
        code: context.shown(&format!("{id}-code")),
        costs: costs.collect(),
        steps: steps.collect(),
    }
}

fn outline(context: &Context<'_>, number: usize, listing: &Listing) -> Option<OutlineView> {
    let years = listing.outlines.iter().map(|(year, _)| {
        let id = of_year(&format!("project-{number}-outline"), *year);
        (year.to_string(), context.shown(&id))
    });
    let years: Vec<_> = years.collect();
    (!years.is_empty()).then(|| OutlineView {
        project: listing.label(),
        years,
    })
}

/// What the paper prints below its tables.
fn printed(context: &Context<'_>, table: &mut ProjectTable) {
    let sheet = context.sheet;
    let totals = sheet
        .totals
        .iter()
        .enumerate()
        .map(|(index, total)| CountView {
            label: total.year.map_or_else(String::new, |year| year.to_string()),
            value: context.shown(&format!("total-{}", index + 1)),
        });
    table.totals = totals.collect();
    let counts = sheet
        .next_step_counts
        .iter()
        .enumerate()
        .map(|(index, (word, _))| CountView {
            label: word.clone(),
            value: context.shown(&format!("count-{}", index + 1)),
        });
    table.counts = counts.collect();
    table.whole = whole(context);
    table.counted = counted(context);
    table.unplaced = context.each("unplaced-cost", sheet.unplaced_costs.len());
}

/// The sums over all accounts of the main table, each beside the printed total.
fn whole(context: &Context<'_>) -> Vec<(String, String, &'static str)> {
    let sheet = context.sheet;
    let main = sheet.listings.iter().filter(|listing| listing.table == 0);
    let rows = main.count();
    money::of_sheet(sheet)
        .years
        .into_iter()
        .filter_map(|(year, sum)| {
            let sum = sum.outcome.ok()?;
            let is = |total: &&PrintedTotal| {
                total.table == 0 && total.year.or(sheet.year).is_none_or(|of| of == year)
            };
            let printed = sheet.totals.iter().find(is);
            let words = printed.map_or("", |total| agreement(total.money.value, sum, rows).label());
            Some((year.to_string(), sum.to_string(), words))
        })
        .collect()
}

/// The directions of the rows of the main table, 再掲 too, as the paper counts them.
fn counted(context: &Context<'_>) -> Vec<(String, String, usize)> {
    let mut counts: Vec<(String, String, usize)> = Vec::new();
    let main = context
        .sheet
        .listings
        .iter()
        .filter(|listing| listing.table == 0);
    for (axis, step) in main.flat_map(|listing| &listing.next_steps) {
        let word = &step.value;
        match counts.iter_mut().find(|(_, known, _)| known == word) {
            Some((_, _, count)) => *count += 1,
            None => {
                counts.push((context.entry.next_step_sign(axis, word), word.clone(), 1));
            }
        }
    }
    counts
}
