//! A document with its tree, and the branches of a plan.

use super::{BRANCH, DOCUMENT, calendar, finding, line, plan_of};
use crate::read::{Entry, branch, urls, whole};
use meguri_core::plan::{NodeId, PlanNode};
use meguri_search::Line;

/// A document; the newest one stands for its plan.
pub(super) fn of(entry: &Entry) -> meguri_search::Entry {
    let name = entry.plan_name();
    let title = if entry.years().is_empty() {
        name.to_owned()
    } else {
        format!("{name}（{}）", entry.short_name())
    };
    let named = |node: &&PlanNode| node.name.is_some() || node.number.is_some();
    let nodes = entry.document.plan.nodes.iter().filter(named);
    let nodes = nodes.map(|node| line(entry.level_label(&node.level), whole::title(node)));
    meguri_search::Entry {
        address: urls::plan(entry),
        kind: DOCUMENT.to_owned(),
        title,
        lines: nodes.chain(beside_sheets(entry)).collect(),
        plans: vec![plan_of(entry)],
        years: calendar(entry.years().iter().copied()),
        tags: vec![entry.kind.to_owned(), entry.document.name.clone()],
        ..meguri_search::Entry::default()
    }
}

/// What of the paper belongs to no sheet: findings, and the lines before the first sheet, where
/// papers have their preface.
fn beside_sheets(entry: &Entry) -> impl Iterator<Item = Line> {
    let first = entry.document.sheets().map(|sheet| sheet.line).min();
    let before = first.map_or(usize::MAX, |line| line.saturating_sub(1) as usize);
    let lines = entry
        .document
        .lines
        .iter()
        .take(before)
        .filter(|text| !text.trim().is_empty());
    let lines = lines.map(|text| line("原文".to_owned(), text.clone()));
    entry.findings_beside().map(finding).chain(lines)
}

/// The branches of a plan that gather more than one sheet; what is only a sheet is found as that.
pub(super) fn branches(entry: &Entry) -> Vec<meguri_search::Entry> {
    let whole = whole::of(entry);
    let gathering = branch::gathering(&whole).into_iter();
    gathering
        .filter_map(|node| of_branch(entry, node))
        .collect()
}

fn of_branch(entry: &Entry, id: NodeId) -> Option<meguri_search::Entry> {
    let node = entry
        .document
        .plan
        .node(id)
        .filter(|node| node.name.is_some())?;
    Some(meguri_search::Entry {
        address: urls::branch(entry, id),
        kind: BRANCH.to_owned(),
        title: whole::title(node),
        plans: vec![plan_of(entry)],
        years: calendar(entry.years().iter().copied()),
        ..meguri_search::Entry::default()
    })
}
