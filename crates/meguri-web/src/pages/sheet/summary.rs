//! What a sheet comes to, before all that stands on it: its judgement, its indicators, its money, its
//! projects, who answers for it, and what changed since the year before.

use super::{Context, NodeView};
use crate::page::Link;
use crate::view::entity;
use crate::view::money::AmountLine;
use crate::view::state::{self, StateView};
use meguri_app::read::{Library, urls, whole};
use meguri_core::summary::compare::{Course, SheetChange, Side, sheet_changes};
use meguri_core::summary::money;
use meguri_core::summary::rates::{ReachedCount, reached_count};
use serde::Serialize;

/// What a sheet comes to; what it has nothing of is empty.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SummaryView {
    /// Its judgements: what is judged, the value, what that means.
    pub states: Vec<(String, StateView, String)>,
    /// Indicators that reached their target: `3／5件`.
    pub reached: String,
    /// What of its indicators is not counted.
    pub reached_note: String,
    /// Its money.
    pub money: Option<AmountLine>,
    /// How many projects it lists.
    pub projects: usize,
    /// Its directions by what they are called, each with its number.
    pub directions: Vec<(String, Vec<(StateView, usize)>)>,
    /// 所管課, each with its page where it has one.
    pub sections: Vec<Link>,
    /// What changed since the year before, in words.
    pub changes: Vec<String>,
    /// The comparison of the two years.
    pub compare: Option<Link>,
    /// The nodes from the top down to it, in a line.
    pub path: String,
}

/// What the sheet of a context comes to.
pub(super) fn of(library: &Library, context: &Context<'_>, path: &[NodeView]) -> SummaryView {
    let (entry, sheet) = (context.entry, context.sheet);
    let states = sheet.judgements.iter().map(|judgement| {
        let (field, value) = (&judgement.field, &judgement.value.value);
        (
            entry.field_label(field),
            state::judged(entry, field, value),
            entry.sign_of(field, value).1,
        )
    });
    let (reached, reached_note) = reached(context);
    let names = sheet.sections.iter().map(|name| name.value.as_str());
    let (changes, compare) = since_last_year(library, context);
    SummaryView {
        states: states.collect(),
        reached,
        reached_note,
        money: amount(context),
        projects: sheet.listings.iter().filter(|row| row.table == 0).count(),
        directions: directions(context),
        sections: entity::sections(context.linked, names),
        changes,
        compare,
        path: path
            .iter()
            .map(|node| node.name.as_str())
            .collect::<Vec<_>>()
            .join(" ＞ "),
    }
}

/// Indicators that reached their target, in words; a sheet that repeats another one counts its own.
fn reached(context: &Context<'_>) -> (String, String) {
    let mut own = context.sheet.clone();
    own.relisted_from = None;
    let ReachedCount {
        reached,
        rated,
        all,
    } = reached_count(std::iter::once(&own), whole::scheme(context.entry));
    match (rated, all - rated) {
        (0, 0) => Default::default(),
        (0, all) => (
            format!("{all}件"),
            "達成率を計算できる実績はありません".to_owned(),
        ),
        (rated, 0) => (format!("{reached}／{rated}件"), String::new()),
        (rated, rest) => (
            format!("{reached}／{rated}件"),
            format!("ほかに達成率を計算できないもの{rest}件"),
        ),
    }
}

/// The money of the evaluated year, else of the last that the sheet tells of.
fn amount(context: &Context<'_>) -> Option<AmountLine> {
    let sums = money::of_sheet(context.sheet).years;
    let own = context.sheet.year;
    let (year, sum) = sums
        .iter()
        .rev()
        .find(|(year, _)| own.is_none_or(|own| **year == own))?;
    Some(AmountLine::new(
        &context.entry.amount_word(),
        *year,
        *sum.value()?,
    ))
}

/// The directions of the main table, axis by axis, in the order of their scale.
fn directions(context: &Context<'_>) -> Vec<(String, Vec<(StateView, usize)>)> {
    let (entry, sheet) = (context.entry, context.sheet);
    let main = || sheet.listings.iter().filter(|row| row.table == 0);
    let mut axes: Vec<&str> = Vec::new();
    for (axis, _) in main().flat_map(|row| &row.next_steps) {
        if !axes.contains(&axis.as_str()) {
            axes.push(axis);
        }
    }
    let of_axis = |axis: &str| {
        let mut counts: Vec<(StateView, usize)> = Vec::new();
        let scale = whole::scheme(entry).and_then(|scheme| scheme.next_step_scale(axis));
        let place = |value: &str| {
            scale
                .and_then(|scale| scale.place(value))
                .unwrap_or(usize::MAX)
        };
        for step in main().filter_map(|row| row.next_step(axis)) {
            let state = state::directed(entry, axis, &step.value);
            match counts.iter_mut().find(|(known, _)| *known == state) {
                Some((_, count)) => *count += 1,
                None => counts.push((state, 1)),
            }
        }
        counts.sort_by_key(|(state, _)| place(&state.value));
        (entry.axis_word(axis, sheet.year), counts)
    };
    axes.into_iter().map(of_axis).collect()
}

/// What changed since the year before the evaluated one, and the way to all of it; nothing where no
/// paper tells of that year.
fn since_last_year(library: &Library, context: &Context<'_>) -> (Vec<String>, Option<Link>) {
    found(library, context).unwrap_or_default()
}

fn found(library: &Library, context: &Context<'_>) -> Option<(Vec<String>, Option<Link>)> {
    let (entry, number) = (context.entry, context.number);
    let key = entry.document.plan.key.as_str();
    let to = context.sheet.year?;
    let pairs = library.pairs(key);
    let (from, _) = pairs.iter().find(|(_, of)| *of == to)?;
    let before = library.telling(key, *from)?;
    let same = std::ptr::eq(before, entry);
    let elsewhere = || library.same_elsewhere(entry, number).into_iter();
    let past = if same {
        context.sheet
    } else {
        elsewhere()
            .find(|(other, ..)| std::ptr::eq(*other, before))?
            .2
    };
    let later = whole::of(entry);
    let other = (!same).then(|| whole::of(before));
    let old = Side::new(
        other.as_ref().unwrap_or(&later),
        whole::scheme(before),
        *from,
    );
    let new = Side::new(&later, whole::scheme(entry), to);
    let change = sheet_changes((&old, Some(past)), (&new, Some(context.sheet)));
    let href = urls::compare(key, *from, to, Some(number));
    let link = Link::new(href, format!("{from}との比較を見る"));
    Some((words(context, &change), Some(link)))
}

/// The change in words: judgements, then money, then indicators.
fn words(context: &Context<'_>, change: &SheetChange) -> Vec<String> {
    let mut words = Vec::new();
    for state in &change.states {
        if let (Some(before), Some(after)) = (&state.before, &state.after) {
            let label = context.entry.field_label(&state.field);
            words.push(if before == after {
                format!("{label}は前年度と同じ「{after}」")
            } else {
                format!("{label}は「{before}」から「{after}」に")
            });
        }
    }
    let money = change
        .cost_change
        .as_ref()
        .and_then(|change| change.value());
    if let Some(money) = money {
        let plus = if money.difference.yen > 0 { "＋" } else { "" };
        let percent = match money.printed.as_str() {
            "" => String::new(),
            percent => format!("（{percent}）"),
        };
        words.push(format!("事業費は{plus}{}{percent}", money.difference));
    }
    let count = |course: Course| {
        let moved = change
            .indicators
            .iter()
            .filter(|one| one.course() == course);
        (course.label().0, moved.count())
    };
    let counts = [Course::Risen, Course::Level, Course::Fallen].map(count);
    let counts: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{word}{count}"))
        .collect();
    if !counts.is_empty() {
        words.push(format!("指標の実績は{}", counts.join("、")));
    }
    words
}
