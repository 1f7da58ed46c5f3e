//! What a plan or a part of it comes to: shares of its indicators, counts of its states.

use crate::chart::Chart;
use crate::chart::share::{SharePart, ShareSeries, Tone};
use crate::view::state::{self, StateView};
use meguri_app::read::{Entry, urls, whole};
use meguri_core::calc::rollup::LeftOut;
use meguri_core::evaluation::Sheet;
use meguri_core::summary::states::StateCounts;
use meguri_core::summary::{Whole, rates, states};
use serde::Serialize;

/// How many names of what was left out a page tells.
const NAMES: usize = 20;

/// The share of indicators that reached a rate.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ShareView {
    /// Its name.
    pub label: String,
    /// The share, as printed; empty where there is none.
    pub printed: String,
    /// How many reached it.
    pub numerator: String,
    /// Of how many.
    pub denominator: String,
    /// What stayed outside, by reason.
    pub left_out: Vec<LeftOutView>,
    /// How it was computed.
    pub step: String,
}

/// What stayed outside for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOutView {
    /// Why.
    pub why: String,
    /// How many.
    pub count: usize,
    /// Their names; the first ones where there are many.
    pub names: Vec<String>,
}

/// How many have which value.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CountsView {
    /// What is counted.
    pub label: String,
    /// Each value with its number.
    pub rows: Vec<CountRow>,
    /// All that are counted.
    pub members: usize,
    /// How many could have a value and have none.
    pub without: usize,
    /// What stayed outside, by reason.
    pub left_out: Vec<LeftOutView>,
    /// The id of its table; empty where it has no chart.
    #[serde(skip)]
    pub id: String,
    /// The same as a bar; without height where it is not drawn.
    #[serde(skip)]
    pub chart: Chart,
}

impl CountsView {
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
pub fn shares_chart(counts: &CountsView, id: &str, counter: &str) -> Chart {
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
            tone: match (row.state.means, row.is_outside) {
                ("late", _) => Tone::Late,
                (_, true) => Tone::Outside,
                (_, false) => Tone::Step,
            },
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
    pub state: StateView,
    /// What it means; empty where the scheme does not say.
    pub meaning: String,
    /// How many.
    pub count: usize,
    /// The list of them; empty where there is none.
    pub href: String,
    /// Does it stand outside the order of its scale?
    #[serde(skip)]
    pub is_outside: bool,
}

/// The shares of some sheets.
#[must_use]
pub fn shares(entry: &Entry, sheets: &[&Sheet]) -> Vec<ShareView> {
    let found = rates::shares(sheets.iter().copied(), whole::scheme(entry));
    found
        .into_iter()
        .map(|share| {
            let rolled = share.rolled.value();
            ShareView {
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

fn by_reason(left_out: &[LeftOut]) -> Vec<LeftOutView> {
    let mut reasons: Vec<LeftOutView> = Vec::new();
    for left in left_out {
        let place = reasons.iter().position(|reason| reason.why == left.why);
        let place = place.unwrap_or_else(|| {
            reasons.push(LeftOutView {
                why: left.why.clone(),
                ..LeftOutView::default()
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
pub fn judgements(entry: &Entry, whole: &Whole<'_>, sheets: &[&Sheet]) -> Vec<CountsView> {
    let found = states::judgements(whole, sheets, whole::scheme(entry));
    found
        .iter()
        .map(|counts| {
            let state = |value: &str| {
                let meaning = entry.sign_of(&counts.key, value).1;
                // An address has no place for a text that was taken for a value.
                let href = if value.chars().count() > whole::NAME {
                    String::new()
                } else {
                    urls::list_where(entry, &[("state", value)])
                };
                (state::judged(entry, &counts.key, value), meaning, href)
            };
            counts_shown(counts, state)
        })
        .collect()
}

/// The counts of next year's directions over some sheets, each project once.
#[must_use]
pub fn next_steps(entry: &Entry, sheets: &[&Sheet]) -> Vec<CountsView> {
    let found = states::next_steps(sheets, whole::scheme(entry));
    found
        .iter()
        .map(|counts| {
            let scale = whole::scheme(entry).and_then(|scheme| scheme.next_step_scale(&counts.key));
            let state = |value: &str| {
                let known = scale.and_then(|scale| scale.value(value));
                let meaning = known.map_or_else(String::new, |value| value.label.clone());
                (
                    state::directed(entry, &counts.key, value),
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
    state: impl Fn(&str) -> (StateView, String, String),
) -> CountsView {
    let found = counts.counts.value().cloned().unwrap_or_default();
    let ordered = found.ordered.len();
    let rows = found.ordered.iter().chain(&found.outside).enumerate();
    let rows = rows.map(|(place, (value, count))| {
        let (state, meaning, href) = state(value);
        let href = if *count > 0 { href } else { String::new() };
        CountRow {
            state,
            meaning,
            count: *count,
            href,
            is_outside: place >= ordered,
        }
    });
    CountsView {
        label: counts.label.clone(),
        rows: rows.collect(),
        members: found.members(),
        without: counts.without,
        left_out: by_reason(&found.left_out),
        ..CountsView::default()
    }
}

/// Counts with their bars; ids begin with a word that no other part of the page uses.
pub(crate) fn drawn(counts: Vec<CountsView>, word: &str, counter: &str) -> Vec<CountsView> {
    let numbered = (1..).zip(counts);
    numbered
        .map(|(no, counts): (usize, _)| counts.drawn(&format!("{word}-{no}"), counter))
        .collect()
}

/// Parts made up for samples.
pub(crate) mod samples {
    use super::{CountRow, CountsView, LeftOutView, ShareView, state};

    pub(crate) fn share(at: u32) -> ShareView {
        ShareView {
            label: format!("達成率{at}％以上の指標の割合"),
            printed: "66.7％".to_owned(),
            numerator: "2".to_owned(),
            denominator: "3".to_owned(),
            left_out: vec![LeftOutView {
                why: "実績が「－」".to_owned(),
                count: 30,
                names: vec!["テーマ1「見本」：見本の指標".to_owned(); 2],
            }],
            step: format!("{at}以上 2件 ÷ 対象 3件 → 66.7％（小数第1位・四捨五入）"),
        }
    }

    pub(crate) fn counts(label: &str) -> CountsView {
        let row = |sign: &str, value: &str, count, href: &str| CountRow {
            state: state::sample(sign, value),
            meaning: "見本の意味".to_owned(),
            count,
            href: href.to_owned(),
            is_outside: false,
        };
        CountsView {
            label: label.to_owned(),
            rows: vec![
                row("◎", "S", 2, "/plans/evaluation/list?state=S"),
                row("○", "A", 0, ""),
                row("", "その他の<値>&\"", 1, "/plans/evaluation/list?state=%3C"),
            ],
            members: 3,
            without: 4,
            left_out: vec![LeftOutView {
                why: "再掲".to_owned(),
                count: 1,
                names: vec!["No.29".to_owned()],
            }],
            ..CountsView::default()
        }
    }
}
