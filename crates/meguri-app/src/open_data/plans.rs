//! Plans, their trees and their programmes.

use super::{Out, printed, sourced, years};
use crate::read::{Entry, urls};
use meguri_core::plan::{NodeId, PlanNode, Programme};
use meguri_core::summary::{parent, way_to};
use meguri_opendata::{Fault, Row};

pub(super) fn plans(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    let entries = out.entries();
    let wanted = |plan: &&Entry| entries.iter().any(|entry| entry.key == plan.key);
    let plans: Vec<&Entry> = out.library.plans().filter(wanted).collect();
    for entry in plans {
        let plan = &entry.document.plan;
        let span = plan.period;
        let year = |year: meguri_core::fiscal_year::FiscalYear| i64::from(year.calendar_year());
        let scheme = entry.scheme.as_ref().map(|scheme| scheme.written());
        let row = out
            .row()
            .with("municipality_name", out.publisher.name.as_str())
            .with("plan", entry.key.as_str())
            .with("name", entry.plan_name())
            .with("kind", entry.kind)
            .with("predecessor", plan.predecessor.as_deref())
            .with("period_from", span.map(|span| year(span.first)))
            .with("period_until", span.map(|span| year(span.last)))
            .with(
                "period_label",
                span.map(|span| format!("{}～{}", span.first, span.last)),
            )
            .with("newest_document", entry.id)
            .with("scheme", scheme.map(|written| written.key.as_str()))
            .with(
                "scheme_version",
                scheme.map(|written| written.version.as_str()),
            )
            .with("url", urls::plan(entry));
        out.put(row)?;
    }
    Ok(())
}

pub(super) fn nodes(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for entry in out.entries() {
        let plan = &entry.document.plan;
        for (position, node) in plan.nodes.iter().enumerate() {
            let id = NodeId(position);
            let above = parent(plan, id).map(|above| entry.branches.key(above));
            let row = out
                .of_document(entry)
                .with("node", entry.branches.key(id))
                .with("parent_node", above)
                .with("position", position + 1)
                .with("depth", way_to(plan, id).len())
                .with("level", node.level.as_str())
                .with("level_label", entry.level_label(&node.level))
                .with("number", printed(node.number.as_ref()))
                .with("name", printed(node.name.as_ref()))
                .with("is_programme", node.programme.is_some());
            let row = sourced(row, node.name.as_ref().or(node.number.as_ref()));
            out.put(row)?;
        }
    }
    Ok(())
}

pub(super) fn programmes(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for entry in out.entries() {
        for (id, node, programme) in all(entry) {
            let (sheet, year) = sheet_of(entry, id);
            let row = years(out.row(), "fiscal_year", "fiscal_year_label", year)
                .with("plan", entry.key.as_str())
                .with("document", entry.id)
                .with("node", entry.branches.key(id))
                .with("sheet", sheet)
                .with("kind", printed(programme.kind.as_ref()))
                .with("number", printed(node.number.as_ref()))
                .with("name", printed(node.name.as_ref()))
                .with("steps", programme.schedule.len());
            let row = sourced(row, node.name.as_ref().or(programme.kind.as_ref()));
            out.put(row)?;
        }
    }
    Ok(())
}

pub(super) fn schedule(out: &mut Out<'_, '_>) -> Result<(), Fault> {
    for entry in out.entries() {
        for (id, _, programme) in all(entry) {
            let (sheet, _) = sheet_of(entry, id);
            for (position, step) in programme.schedule.iter().enumerate() {
                let row: Row<'_> = out
                    .of_document(entry)
                    .with("node", entry.branches.key(id))
                    .with("step", position + 1);
                let row = years(row, "schedule_year", "schedule_year_label", step.year)
                    .with("word", step.word.value.as_str())
                    .with("sheet", sheet);
                out.put(sourced(row, Some(&step.word)))?;
            }
        }
    }
    Ok(())
}

/// The programmes of a document.
fn all(entry: &Entry) -> impl Iterator<Item = (NodeId, &PlanNode, &Programme)> {
    let nodes = entry.document.plan.nodes.iter().enumerate();
    nodes.filter_map(|(place, node)| Some((NodeId(place), node, node.programme.as_ref()?)))
}

/// The id and the year of the sheet that is about a node.
fn sheet_of(
    entry: &Entry,
    node: NodeId,
) -> (Option<i64>, Option<meguri_core::fiscal_year::FiscalYear>) {
    let mut sheets = (1..).zip(entry.document.sheets());
    let found = sheets.find(|(_, sheet)| sheet.node == Some(node));
    let id = found.and_then(|(number, _)| entry.sheet_id(number));
    (id.map(|id| id.id), found.and_then(|(_, sheet)| sheet.year))
}
