//! What a plan comes to, as several pages show it: shares, counts, branches with their money.

use crate::chart::Chart;
use crate::chart::share::{SharePart, ShareSeries};
use crate::pages::plan::StateShown;
use meguri_app::read::{Entry, places, whole};
use meguri_core::calc::rollup::LeftOut;
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::NodeId;
use meguri_core::summary::states::StateCounts;
use meguri_core::summary::{Whole, money, rates, states, top_of};
use serde::Serialize;

/// How many names of what was left out a page tells.
const NAMES: usize = 20;

/// The share of indicators that reached a rate.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ShareShown {
    /// Its name.
    pub label: String,
    /// The share, as printed; empty where there is none.
    pub printed: String,
    /// How many reached it.
    pub numerator: String,
    /// Of how many.
    pub denominator: String,
    /// What stayed outside, by reason.
    pub left_out: Vec<LeftOutShown>,
    /// How it was computed.
    pub step: String,
}

/// What stayed outside for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOutShown {
    /// Why.
    pub why: String,
    /// How many.
    pub count: usize,
    /// Their names; the first ones where there are many.
    pub names: Vec<String>,
}

/// How many have which value.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CountsShown {
    /// What is counted.
    pub label: String,
    /// Each value with its number.
    pub rows: Vec<CountRow>,
    /// All that are counted.
    pub members: usize,
    /// How many could have a value and have none.
    pub without: usize,
    /// What stayed outside, by reason.
    pub left_out: Vec<LeftOutShown>,
    /// The id of its table; empty where it has no chart.
    #[serde(skip)]
    pub id: String,
    /// The same as a bar; without height where it is not drawn.
    #[serde(skip)]
    pub chart: Chart,
}

impl CountsShown {
    /// Does the scheme say of any value what it means?
    #[must_use]
    pub fn has_meanings(&self) -> bool {
        self.rows.iter().any(|row| !row.meaning.is_empty())
    }

    /// The same with its bar. `id` is its place on the page, `counter` the word behind a number.
    #[must_use]
    pub fn drawn(mut self, id: &str, counter: &str) -> Self {
        self.chart = shares_chart(&self, id, counter);
        if self.chart.height > 0 {
            self.id = id.to_owned();
            self.chart.table.clone_from(&self.id);
        }
        self
    }
}

/// With more values than this, a bar says nothing: its parts could not be told apart.
const PARTS: usize = 8;

/// The bar of some counts; without height where there is nothing to draw. Its table is not named.
#[must_use]
pub fn shares_chart(counts: &CountsShown, id: &str, counter: &str) -> Chart {
    if counts.members == 0 || counts.rows.len() > PARTS {
        return Chart::default();
    }
    let part = |row: &CountRow| {
        // A letter alone says little to who does not know the scale.
        let short = row.state.value.chars().count() <= 2 && !row.meaning.is_empty();
        let meaning = if short {
            format!("（{}）", row.meaning)
        } else {
            String::new()
        };
        SharePart {
            sign: row.state.sign.clone(),
            words: format!("{}{meaning}", row.state.value),
            count: row.count as u64,
        }
    };
    Chart::of_shares(&ShareSeries {
        id: format!("chart-{id}"),
        table: String::new(),
        name: counts.label.clone(),
        counter: counter.to_owned(),
        whole: counts.members as u64,
        parts: counts.rows.iter().map(part).collect(),
    })
}

/// One value with its number.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CountRow {
    /// The value.
    pub state: StateShown,
    /// What it means; empty where the scheme does not say.
    pub meaning: String,
    /// How many.
    pub count: usize,
    /// The list of them; empty where there is none.
    pub href: String,
}

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
    pub states: Vec<(StateShown, usize)>,
    /// Its shares in words: `10/14（71.4％）`.
    pub shares: Vec<String>,
    /// Its money, one a year.
    pub money: Vec<String>,
}

/// The shares of some sheets.
#[must_use]
pub fn shares(entry: &Entry, sheets: &[&Sheet]) -> Vec<ShareShown> {
    let found = rates::shares(sheets.iter().copied(), whole::scheme(entry));
    found
        .into_iter()
        .map(|share| {
            let rolled = share.rolled.value();
            ShareShown {
                label: share.label,
                printed: rolled.map_or_else(String::new, |rolled| rolled.printed.clone()),
                numerator: rolled.map_or_else(String::new, |rolled| rolled.numerator.to_string()),
                denominator: rolled
                    .map_or_else(String::new, |rolled| rolled.denominator.to_string()),
                left_out: rolled.map_or_else(Vec::new, |rolled| by_reason(&rolled.left_out)),
                step: share.rolled.steps.last().cloned().unwrap_or_default(),
            }
        })
        .collect()
}

fn by_reason(left_out: &[LeftOut]) -> Vec<LeftOutShown> {
    let mut reasons: Vec<LeftOutShown> = Vec::new();
    for left in left_out {
        let place = reasons.iter().position(|reason| reason.why == left.why);
        let place = place.unwrap_or_else(|| {
            reasons.push(LeftOutShown {
                why: left.why.clone(),
                ..LeftOutShown::default()
            });
            reasons.len() - 1
        });
        if let Some(reason) = reasons.get_mut(place) {
            reason.count += 1;
            if reason.names.len() < NAMES {
                reason.names.push(left.label.clone());
            }
        }
    }
    reasons
}

/// The counts of judgements over some sheets of a plan, each value with the list of its sheets.
#[must_use]
pub fn judgements(entry: &Entry, whole: &Whole<'_>, sheets: &[&Sheet]) -> Vec<CountsShown> {
    let found = states::judgements(whole, sheets, whole::scheme(entry));
    found
        .iter()
        .map(|counts| {
            let state = |value: &str| {
                let (sign, meaning) = entry.sign_of(&counts.key, value);
                // An address has no place for a text that was taken for a value.
                let href = if value.chars().count() > whole::NAME {
                    String::new()
                } else {
                    places::list_where(entry, &[("state", value)])
                };
                (
                    StateShown {
                        sign,
                        value: value.to_owned(),
                    },
                    meaning,
                    href,
                )
            };
            counts_shown(counts, state)
        })
        .collect()
}

/// The counts of next year's directions over some sheets, each project once.
#[must_use]
pub fn next_steps(entry: &Entry, sheets: &[&Sheet]) -> Vec<CountsShown> {
    let found = states::next_steps(sheets, whole::scheme(entry));
    found
        .iter()
        .map(|counts| {
            let scale = whole::scheme(entry).and_then(|scheme| scheme.next_step_scale(&counts.key));
            let state = |value: &str| {
                let known = scale.and_then(|scale| scale.value(value));
                let meaning = known.map_or_else(String::new, |value| value.label.clone());
                let sign = entry.next_step_sign(&counts.key, value);
                (
                    StateShown {
                        sign,
                        value: value.to_owned(),
                    },
                    meaning,
                    String::new(),
                )
            };
            counts_shown(counts, state)
        })
        .collect()
}

fn counts_shown(
    counts: &StateCounts,
    state: impl Fn(&str) -> (StateShown, String, String),
) -> CountsShown {
    let found = counts.counts.value().cloned().unwrap_or_default();
    let rows = found
        .ordered
        .iter()
        .chain(&found.outside)
        .map(|(value, count)| {
            let (state, meaning, href) = state(value);
            let href = if *count > 0 { href } else { String::new() };
            CountRow {
                state,
                meaning,
                count: *count,
                href,
            }
        });
    CountsShown {
        label: counts.label.clone(),
        rows: rows.collect(),
        members: found.members(),
        without: counts.without,
        left_out: by_reason(&found.left_out),
        ..CountsShown::default()
    }
}

/// The branches of a plan with states, shares and money; each project in the branch where it is
/// first, so that the branches add up to the whole.
#[must_use]
pub fn branches(entry: &Entry, whole: &Whole<'_>) -> BranchTable {
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
                whole::name(&title_with_level(entry, whole, node)),
                places::list_where(entry, &[("top", &place)]),
            )
        }
        None => ("体系に属さないシート".to_owned(), String::new()),
    }
}

/// The number and name of a node; where it has no name, its level before the number.
#[must_use]
pub fn title_with_level(entry: &Entry, whole: &Whole<'_>, node: NodeId) -> String {
    let title = whole::title_of(whole.plan, node);
    match whole.plan.node(node).filter(|node| node.name.is_none()) {
        Some(node) => format!("{}{title}", entry.level_label(&node.level)),
        None => title,
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

/// Parts made up for samples.
pub(super) mod samples {
    use super::{BranchRow, BranchTable, CountRow, CountsShown, LeftOutShown, ShareShown};
    use crate::pages::plan::StateShown;

    pub(in crate::pages) fn state(sign: &str, value: &str) -> StateShown {
        StateShown {
            sign: sign.to_owned(),
            value: value.to_owned(),
        }
    }

    pub(in crate::pages) fn share(at: u32) -> ShareShown {
        ShareShown {
            label: format!("達成率{at}％以上の指標の割合"),
            printed: "66.7％".to_owned(),
            numerator: "2".to_owned(),
            denominator: "3".to_owned(),
            left_out: vec![LeftOutShown {
                why: "実績が「－」".to_owned(),
                count: 30,
                names: vec!["テーマ1「見本」：見本の指標".to_owned(); 2],
            }],
            step: format!("{at}以上 2件 ÷ 対象 3件 → 66.7％（小数第1位・四捨五入）"),
        }
    }

    pub(in crate::pages) fn counts(label: &str) -> CountsShown {
        let row = |sign: &str, value: &str, count, href: &str| CountRow {
            state: state(sign, value),
            meaning: "見本の意味".to_owned(),
            count,
            href: href.to_owned(),
        };
        CountsShown {
            label: label.to_owned(),
            rows: vec![
                row("◎", "S", 2, "/plans/evaluation/list?state=S"),
                row("○", "A", 0, ""),
                row("", "その他の<値>&\"", 1, "/plans/evaluation/list?state=%3C"),
            ],
            members: 3,
            without: 4,
            left_out: vec![LeftOutShown {
                why: "再掲".to_owned(),
                count: 1,
                names: vec!["No.29".to_owned()],
            }],
            ..CountsShown::default()
        }
    }

    pub(in crate::pages) fn branches(rows: usize, title: &str) -> BranchTable {
        let row = BranchRow {
            title: title.to_owned(),
            href: "/plans/evaluation/list?top=1".to_owned(),
            sheets: 3,
            states: vec![(state("◎", "順調"), 1), (state("△", "遅れ"), 2)],
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
}
