//! The branches of a plan below its top: their states, shares and money.

use crate::view::state::{self, StateView};
use crate::view::summary::{judgements, shares};
use meguri_app::read::{Entry, urls, whole};
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::NodeId;
use meguri_core::summary::{Whole, money, top_of};
use serde::Serialize;

/// The branches of a plan below the top, and the whole.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BranchTable {
    /// What a branch is called: 基本目標.
    pub level: String,
    /// The years of the money.
    pub years: Vec<String>,
    /// The names of the shares.
    pub shares: Vec<String>,
    /// Has any branch a state?
    pub has_states: bool,
    /// One row a branch, then the whole.
    pub rows: Vec<BranchRow>,
    /// Rows that are counted in an earlier place.
    pub relisted: usize,
}

impl BranchTable {
    /// Is there a choice of branches, and are they few enough to be seen at a glance?
    #[must_use]
    pub fn is_brief(&self, most: usize) -> bool {
        // The last row is the whole.
        (2..=most + 1).contains(&self.rows.len())
    }
}

/// One branch.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BranchRow {
    /// Its number and name.
    pub title: String,
    /// The list of its sheets; empty for the whole.
    pub href: String,
    /// How many sheets.
    pub sheets: usize,
    /// Its states with their numbers; those without any are left out.
    pub states: Vec<(StateView, usize)>,
    /// Its shares in words: `10/14（71.4％）`.
    pub shares: Vec<String>,
    /// Its money, one a year.
    pub money: Vec<String>,
}

/// The branches of a plan with states, shares and money; each project in the branch where it is
/// first, so that the branches add up to the whole.
#[must_use]
pub fn table(entry: &Entry, whole: &Whole<'_>) -> BranchTable {
    let money = money::by_top(whole);
    let years: Vec<FiscalYear> = money.whole.years.keys().copied().collect();
    let amounts = |branch: Option<&money::Branch>| -> Vec<String> {
        let of_year = |year: &FiscalYear| {
            let sum = branch.and_then(|branch| branch.years.get(year)?.value());
            sum.map_or_else(String::new, ToString::to_string)
        };
        years.iter().map(of_year).collect()
    };
    let tops = whole::tops(whole);
    let mut rows: Vec<BranchRow> = Vec::new();
    for top in &tops {
        let sheets: Vec<&Sheet> = whole
            .sheets
            .iter()
            .copied()
            .filter(|sheet| top_of(whole.plan, sheet) == *top)
            .collect();
        let branch = money.each.iter().find(|branch| branch.head == *top);
        let mut row = branch_row(entry, whole, &sheets, amounts(branch));
        (row.title, row.href) = head(entry, whole, *top);
        rows.push(row);
    }
    let mut all = branch_row(entry, whole, &whole.sheets, amounts(Some(&money.whole)));
    all.title = "全体".to_owned();
    let shares = shares(entry, &whole.sheets)
        .into_iter()
        .map(|share| share.label);
    let shares: Vec<String> = shares.collect();
    let has_states = !all.states.is_empty();
    rows.push(all);
    for row in &mut rows {
        row.shares.resize(shares.len(), String::new());
    }
    BranchTable {
        level: level(entry, whole, &tops),
        years: years.iter().map(ToString::to_string).collect(),
        shares,
        has_states,
        rows,
        relisted: money.whole.relisted,
    }
}

/// What the branches are called, where they are all of one level.
fn level(entry: &Entry, whole: &Whole<'_>, tops: &[Option<NodeId>]) -> String {
    let mut levels: Vec<&str> = tops
        .iter()
        .filter_map(|top| whole.plan.node((*top)?).map(|node| node.level.as_str()))
        .collect();
    levels.sort_unstable();
    levels.dedup();
    match levels.as_slice() {
        [level] => entry.level_label(level),
        _ => "体系".to_owned(),
    }
}

fn head(entry: &Entry, whole: &Whole<'_>, top: Option<NodeId>) -> (String, String) {
    match top {
        Some(node) => {
            let place = (node.0 + 1).to_string();
            (
                whole::name(&whole::title_with_level(entry, whole, node)),
                urls::list_where(entry, &[("top", &place)]),
            )
        }
        None => ("体系に属さないシート".to_owned(), String::new()),
    }
}

fn branch_row(
    entry: &Entry,
    whole: &Whole<'_>,
    sheets: &[&Sheet],
    money: Vec<String>,
) -> BranchRow {
    let counts = judgements(entry, whole, sheets);
    let states = counts
        .into_iter()
        .flat_map(|counts| counts.rows)
        .filter(|row| row.count > 0);
    let shares = shares(entry, sheets).into_iter().map(|share| {
        format!(
            "{}/{}（{}）",
            share.numerator, share.denominator, share.printed
        )
    });
    BranchRow {
        title: String::new(),
        href: String::new(),
        sheets: sheets.len(),
        states: states.map(|row| (row.state, row.count)).collect(),
        shares: shares.collect(),
        money,
    }
}

/// Branches made up for samples.
pub(crate) fn sample(rows: usize, title: &str) -> BranchTable {
    let row = BranchRow {
        title: title.to_owned(),
        href: "/plans/evaluation/list?top=1".to_owned(),
        sheets: 3,
        states: vec![
            (state::sample("◎", "順調"), 1),
            (state::sample("△", "遅れ"), 2),
        ],
        shares: vec!["1/3（33.3％）".to_owned(), String::new()],
        money: vec!["1,234千円".to_owned(), String::new()],
    };
    let whole = BranchRow {
        title: "全体".to_owned(),
        href: String::new(),
        ..row.clone()
    };
    let mut all = vec![row; rows];
    all.push(whole);
    BranchTable {
        level: "基本目標".to_owned(),
        years: vec!["令和5年度".to_owned(), "令和6年度".to_owned()],
        shares: vec!["達成率100％以上".to_owned(), "達成率80％以上".to_owned()],
        has_states: true,
        rows: all,
        relisted: 2,
    }
}
