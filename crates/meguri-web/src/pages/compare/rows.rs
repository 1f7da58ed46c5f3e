//! The rows of a comparison.

use super::ComparePage;
use super::differences::{Piece, pieces};
use crate::page::Link;
use crate::view::money::{ChangeView, change};
use meguri_app::read::quantity::{AmountView, FigureView};
use meguri_app::read::{Entry, urls, whole};
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{Money, with_commas};
use meguri_core::summary::compare::{
    NodeChange, NodeKind, SheetChange, Side, Way, node_changes, sheet_at, sheet_changes,
};
use meguri_core::summary::{Whole, money};
use rust_decimal::Decimal;
use serde::Serialize;

/// The most rows of indicators, and of projects each way.
const ROWS: usize = 60;

/// A node that is not as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NodeRow {
    /// What happened.
    pub word: &'static str,
    /// Its level.
    pub level: String,
    /// Number and name before; empty where it is new.
    pub before: String,
    /// Number and name after; empty where it is gone.
    pub after: String,
}

/// A judgement of both years.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StateRow {
    /// The comparison of its sheet.
    pub sheet: Link,
    /// What is judged.
    pub label: String,
    /// Before; empty where the year has none.
    pub before: String,
    /// After; empty where the year has none.
    pub after: String,
    /// Which way, in a word.
    pub way: &'static str,
    /// Its sign.
    pub sign: &'static str,
}

/// An indicator of both years.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct IndicatorRow {
    /// Its sheet.
    pub sheet: Link,
    /// Its name with the unit.
    pub label: String,
    /// The actuals, as printed; empty where there is none.
    pub actuals: (FigureView, FigureView),
    /// What the later actual is more, with its sign; empty where that cannot be said.
    pub difference: String,
    /// How the actual moved, in a word.
    pub way: &'static str,
    /// Its sign.
    pub sign: &'static str,
    /// The rates, as computed; empty where there is none.
    pub rates: (FigureView, FigureView),
    /// How each year stands to its own target: `達成 → 未達成`; empty where neither can be said.
    pub relation: String,
}

/// A project of one of the years.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProjectRow {
    /// Its sheet.
    pub sheet: Link,
    /// Its name.
    pub name: String,
    /// Its cost; empty where none is printed.
    pub cost: AmountView,
}

/// The money of one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MoneyLine {
    /// The comparison of the sheet.
    pub sheet: Link,
    /// Before; empty where there is none.
    pub before: AmountView,
    /// After; empty where there is none.
    pub after: AmountView,
    /// The difference with its percent; empty where it cannot be said.
    pub change: String,
}

/// A text that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TextRow {
    /// Its field.
    pub label: String,
    /// The paragraphs before.
    pub before: Vec<String>,
    /// The paragraphs after.
    pub after: Vec<String>,
    /// What stayed, went and came; empty where the two are shown beside each other.
    pub pieces: Vec<Piece>,
}

/// Fills a page with what changed between two documents.
pub(super) fn fill(
    page: &mut ComparePage,
    before: (&Entry, FiscalYear),
    after: (&Entry, FiscalYear),
    one: Option<usize>,
) {
    let later = whole::of(after.0);
    // One paper that prints both years is one side twice: the comparison then knows it.
    let other = (!std::ptr::eq(before.0, after.0)).then(|| whole::of(before.0));
    let earlier = other.as_ref().unwrap_or(&later);
    let old = Side::new(earlier, whole::scheme(before.0), before.1);
    let new = Side::new(&later, whole::scheme(after.0), after.1);
    for (side, other) in [(&old, &new), (&new, &old)] {
        if !side.lists_projects && other.lists_projects {
            page.notes.push(format!(
                "{}には事業の一覧がないため、新たに掲載された事業と掲載がなくなった事業は示していません。",
                side.year
            ));
        }
    }
    let wanted = one.and_then(|number| after.0.sheet(number));
    for node in node_changes(earlier.plan, later.plan) {
        let sheet = node.after.and_then(|id| sheet_at(&later, id));
        if wanted.is_some_and(|wanted| sheet.is_none_or(|sheet| !std::ptr::eq(sheet, wanted))) {
            continue;
        }
        if node.kind != NodeKind::Same {
            page.nodes
                .push(node_row(before.0, after.0, earlier, &later, node));
        }
        let past = node.before.and_then(|id| sheet_at(earlier, id));
        if sheet.is_none() && past.is_none() {
            continue;
        }
        let change = sheet_changes((&old, past), (&new, sheet));
        let link = link(before, after, earlier, &later, (past, sheet), one.is_some());
        add(page, after.0, change, &link, one.is_some());
    }
    if other.is_none() {
        // A paper has the judgements of its own year only: those of the other are not gone.
        page.states
            .retain(|row| !row.before.is_empty() && !row.after.is_empty());
    }
    let words = [before, after].map(|(entry, _)| entry.amount_word());
    if words[0] != words[1] && !page.money.is_empty() {
        let [from, to] = &words;
        page.notes.push(format!(
            "{}は{from}、{}は{to}で、種類の異なる金額のため比べていません。",
            before.1, after.1
        ));
        page.money.clear();
    } else if one.is_none() {
        page.whole = both(
            money::by_top(earlier).whole,
            before.1,
            money::by_top(&later).whole,
            after.1,
        );
    }
    let [_, word] = words;
    page.amount = word;
    cut(page);
}

fn both(
    old: money::Branch,
    from: FiscalYear,
    new: money::Branch,
    to: FiscalYear,
) -> Option<ChangeView> {
    let sum = |branch: &money::Branch, year| -> Option<Money> {
        branch.years.get(&year)?.value().copied()
    };
    change((from, sum(&old, from)?), (to, sum(&new, to)?))
}

/// Keeps the page of a size that loads.
fn cut(page: &mut ComparePage) {
    page.more_indicators = page.indicators.len().saturating_sub(ROWS);
    page.indicators.truncate(ROWS);
    for projects in [&mut page.new_projects, &mut page.ended_projects] {
        page.more_projects += projects.len().saturating_sub(ROWS);
        projects.truncate(ROWS);
    }
}

fn node_row(
    before: &Entry,
    after: &Entry,
    earlier: &Whole<'_>,
    later: &Whole<'_>,
    node: NodeChange,
) -> NodeRow {
    let old = node.before.map(|id| (before, earlier, id));
    let new = node.after.map(|id| (after, later, id));
    let title = |side: Option<(&Entry, &Whole<'_>, _)>| {
        side.map_or_else(String::new, |(_, whole, id)| {
            whole::title_of(whole.plan, id)
        })
    };
    let level = new
        .or(old)
        .and_then(|(entry, whole, id)| Some(entry.level_label(&whole.plan.node(id)?.level)));
    NodeRow {
        word: node.kind.label(),
        level: level.unwrap_or_default(),
        before: title(old),
        after: title(new),
    }
}

/// The way to a sheet: to its own comparison, or in that to the sheet.
fn link(
    before: (&Entry, FiscalYear),
    after: (&Entry, FiscalYear),
    earlier: &Whole<'_>,
    later: &Whole<'_>,
    sheets: (Option<&Sheet>, Option<&Sheet>),
    of_one: bool,
) -> Link {
    let place = |whole: &Whole<'_>, sheet: &Sheet| {
        whole
            .sheets
            .iter()
            .position(|known| std::ptr::eq(*known, sheet))
            .map_or(0, |at| at + 1)
    };
    match sheets {
        (_, Some(sheet)) => {
            let number = place(later, sheet);
            let key = &after.0.document.plan.key;
            let href = if of_one {
                urls::sheet(after.0, number)
            } else {
                urls::compare(key, before.1, after.1, Some(number))
            };
            Link::new(href, sheet.label.clone())
        }
        (Some(sheet), None) => Link::new(
            urls::sheet(before.0, place(earlier, sheet)),
            sheet.label.clone(),
        ),
        (None, None) => Link::default(),
    }
}

fn add(page: &mut ComparePage, entry: &Entry, change: SheetChange, link: &Link, texts: bool) {
    let word = |way: Way| way.label();
    page.money.extend(money(&change).map(|line| MoneyLine {
        sheet: link.clone(),
        ..line
    }));
    page.states
        .extend(change.states.into_iter().map(|state| StateRow {
            sheet: link.clone(),
            label: entry.field_label(&state.field),
            before: state.before.unwrap_or_default(),
            after: state.after.unwrap_or_default(),
            way: word(state.way).0,
            sign: word(state.way).1,
        }));
    page.indicators
        .extend(change.indicators.into_iter().map(|indicator| {
            let figure =
                |figure: Option<meguri_core::source::Sourced<meguri_core::figure::Figure>>| {
                    figure.map_or_else(FigureView::default, |figure| (&figure.value).into())
                };
            let rate = |rate: Option<meguri_core::calc::rate::Rate>| {
                rate.map_or_else(FigureView::default, |rate| FigureView::parse(&rate.printed))
            };
            let unit = match indicator.unit.as_str() {
                "" => String::new(),
                unit => format!("（{unit}）"),
            };
            let (way, sign) = indicator.course().label();
            let difference = indicator.difference.map_or_else(String::new, |difference| {
                let plus = if difference > Decimal::ZERO {
                    "＋"
                } else {
                    ""
                };
                format!("{plus}{}", with_commas(difference.normalize()))
            });
            IndicatorRow {
                sheet: link.clone(),
                label: format!("{}{unit}", indicator.label),
                actuals: (figure(indicator.actuals.0), figure(indicator.actuals.1)),
                relation: relation(indicator.reached),
                rates: (rate(indicator.rates.0), rate(indicator.rates.1)),
                difference,
                way,
                sign,
            }
        }));
    let projects = |projects: Vec<meguri_core::summary::compare::ProjectChange>| {
        let row = |project: meguri_core::summary::compare::ProjectChange| ProjectRow {
            sheet: link.clone(),
            name: project.name,
            cost: project.cost.into(),
        };
        projects.into_iter().map(row).collect::<Vec<_>>()
    };
    page.new_projects.extend(projects(change.new_projects));
    page.ended_projects.extend(projects(change.ended_projects));
    if texts {
        page.texts
            .extend(change.texts.into_iter().map(|text| TextRow {
                label: entry.field_label(&text.field),
                pieces: pieces(&text.before, &text.after),
                before: text.before,
                after: text.after,
            }));
    }
}

/// How two years stand to their targets, in words.
fn relation(reached: (Option<bool>, Option<bool>)) -> String {
    let word = |reached: Option<bool>| match reached {
        Some(true) => "達成",
        Some(false) => "未達成",
        None => "計算なし",
    };
    if reached == (None, None) {
        return String::new();
    }
    format!("{} → {}", word(reached.0), word(reached.1))
}

/// The money of both years, where one of them has any.
fn money(change: &SheetChange) -> Option<MoneyLine> {
    if change.costs == (None, None) {
        return None;
    }
    let counted = change.cost_change.as_ref();
    let words = counted
        .and_then(|change| change.outcome.as_ref().ok())
        .map(|change| {
            let plus = if change.difference.yen > 0 { "+" } else { "" };
            match change.printed.as_str() {
                "" => format!("{plus}{}", change.difference),
                percent => format!("{plus}{}（{percent}）", change.difference),
            }
        });
    Some(MoneyLine {
        before: change.costs.0.into(),
        after: change.costs.1.into(),
        change: words.unwrap_or_default(),
        ..MoneyLine::default()
    })
}
