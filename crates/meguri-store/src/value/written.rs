//! Core values taken apart into values of records.

use super::entry::{Entry, Held};
use super::words::{ACCUMULATION, BETTER, word_of};
use super::written_rows::{At, Holdable, Pen};
use meguri_core::evaluation::{Document, Sheet, SheetText, Tally, UnreadText};
use meguri_core::plan::{Indicator, Listing, PlanNode};

/// All values of a sheet.
pub(crate) fn of_sheet(sheet: &Sheet) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut pen = Pen::new(&mut entries, "sheet", 0);
    let label = sheet.label.held();
    pen.plain(At::field("label").year(sheet.year), label, sheet.line);
    if let Some(node) = sheet.node {
        pen.plain(At::field("node"), Held::Count(count(node.0)), sheet.line);
    }
    pen.maybe("relisted_from", sheet.relisted_from.as_ref());
    Pen::new(&mut entries, "section", 0).list("", &sheet.sections);
    Pen::new(&mut entries, "related", 0).list("", &sheet.related_sections);
    for (item, text) in (0_i64..).zip(&sheet.texts) {
        of_text(&mut Pen::new(&mut entries, "text", item), text);
    }
    for (item, judgement) in (0_i64..).zip(&sheet.judgements) {
        let at = At::field(&judgement.field).about(judgement.stage.as_deref());
        Pen::new(&mut entries, "judgement", item).sourced(at, &judgement.value);
    }
    for (item, indicator) in (0_i64..).zip(&sheet.indicators) {
        of_indicator(&mut Pen::new(&mut entries, "indicator", item), indicator);
    }
    for (item, listing) in (0_i64..).zip(&sheet.listings) {
        of_listing(&mut Pen::new(&mut entries, "listing", item), listing);
    }
    Pen::new(&mut entries, "unplaced_cost", 0).list("", &sheet.unplaced_costs);
    for (item, total) in (0_i64..).zip(&sheet.totals) {
        let at = At::field("total").year(total.year);
        let at = at.place(i64::from(total.table));
        Pen::new(&mut entries, "total", item).sourced(at, &total.money);
    }
    for (item, (word, number)) in (0_i64..).zip(&sheet.next_step_counts) {
        let at = At::field("count").about(Some(word));
        Pen::new(&mut entries, "next_step_count", item).sourced(at, number);
    }
    entries
}

/// Paragraphs stand from place 1; at place 0 stands how many there are, or that they are lost.
fn of_text(pen: &mut Pen<'_>, text: &SheetText) {
    let at = At::field(&text.field).year(text.year);
    let Some(paragraphs) = &text.paragraphs else {
        pen.plain(at, Held::Lost, 0);
        return;
    };
    pen.plain(at, Held::Count(count(paragraphs.len())), 0);
    for (place, paragraph) in (1_i64..).zip(paragraphs) {
        pen.sourced(at.place(place), paragraph);
    }
}

fn of_indicator(pen: &mut Pen<'_>, indicator: &Indicator) {
    let accumulation = word_of(ACCUMULATION, indicator.accumulation).to_owned();
    pen.plain(At::field("accumulation"), Held::Text(accumulation), 0);
    if let Some(better) = indicator.better {
        let better = word_of(BETTER, better).to_owned();
        pen.plain(At::field("better"), Held::Text(better), 0);
    }
    pen.maybe("number", indicator.number.as_ref());
    pen.maybe("name", indicator.name.as_ref());
    pen.maybe("sub_name", indicator.sub_name.as_ref());
    pen.maybe("unit", indicator.unit.as_ref());
    pen.maybe("baseline", indicator.baseline.as_ref());
    if indicator.baseline_year.is_some() {
        let at = At::field("baseline_year").year(indicator.baseline_year);
        pen.plain(at, Held::Blank, 0);
    }
    pen.figures("target", &indicator.targets);
    pen.figures("actual", &indicator.actuals);
    pen.figures("rate", &indicator.printed_rates);
    for (place, revision) in (0_i64..).zip(&indicator.revisions) {
        let at = |field| At::field(field).year(Some(revision.year)).place(place);
        pen.sourced(at("revised"), &revision.revised);
        if let Some(original) = &revision.original {
            pen.sourced(at("revised_from"), original);
        }
        if let Some(reason) = &revision.reason {
            pen.sourced(at("revised_because"), reason);
        }
    }
    pen.list("note", &indicator.notes);
}

/// The field `row` says that the listing is there: at its place the table, in it 再掲.
fn of_listing(pen: &mut Pen<'_>, listing: &Listing) {
    let relisted = Held::Count(u32::from(listing.relisted));
    let row = At::field("row").place(i64::from(listing.table));
    pen.plain(row, relisted, listing.line);
    pen.maybe("number", listing.number.as_ref());
    pen.maybe("name", listing.name.as_ref());
    pen.list("tag", &listing.tags);
    pen.list("section", &listing.sections);
    pen.budget_item(&listing.budget_item, listing.line);
    pen.maybe("code", listing.code.as_ref());
    pen.costs(&listing.costs);
    for (place, (year, outline)) in (0_i64..).zip(&listing.outlines) {
        let at = At::field("outline").year(Some(*year)).place(place);
        pen.sourced(at, outline);
    }
    for (place, (axis, step)) in (0_i64..).zip(&listing.next_steps) {
        let at = At::field("next_step").about(Some(axis)).place(place);
        pen.sourced(at, step);
    }
    pen.maybe("relisted_from", listing.relisted_from.as_ref());
}

/// What a document says besides its sheets: its plan's tree, tallies, unsettled places.
pub(crate) fn of_document(document: &Document) -> Vec<Entry> {
    let mut entries = Vec::new();
    let plan = &document.plan;
    let mut pen = Pen::new(&mut entries, "plan", 0);
    pen.plain(At::field("key"), plan.key.held(), 0);
    pen.maybe("name", plan.name.as_ref());
    if let Some(period) = plan.period {
        pen.plain(At::field("first").year(Some(period.first)), Held::Blank, 0);
        pen.plain(At::field("last").year(Some(period.last)), Held::Blank, 0);
    }
    if let Some(predecessor) = &plan.predecessor {
        pen.plain(At::field("predecessor"), predecessor.held(), 0);
    }
    for (item, node) in (0_i64..).zip(&plan.nodes) {
        of_node(&mut Pen::new(&mut entries, "node", item), node);
    }
    let mut row = 0;
    for (item, tally) in (0_i64..).zip(&document.tallies) {
        of_tally(&mut entries, item, &mut row, tally);
    }
    for (item, unsettled) in (0_i64..).zip(&document.unsettled) {
        let mut pen = Pen::new(&mut entries, "unsettled", item);
        let fields = [
            ("place", &unsettled.place),
            ("field", &unsettled.field),
            ("why", &unsettled.why),
        ];
        for (field, text) in fields {
            pen.plain(At::field(field), text.held(), unsettled.line);
        }
        for (place, candidate) in (0_i64..).zip(&unsettled.candidates) {
            let at = At::field("candidate").place(place);
            pen.plain(at, candidate.held(), unsettled.line);
        }
    }
    of_unread(&mut entries, &document.unread);
    entries
}

fn of_unread(entries: &mut Vec<Entry>, unread: &[UnreadText]) {
    for (item, piece) in (0_i64..).zip(unread) {
        let mut pen = Pen::new(entries, "unread", item);
        for (field, text) in [
            ("text", &piece.text),
            ("place", &piece.place),
            ("why", &piece.why),
        ] {
            pen.plain(At::field(field), text.held(), piece.line);
        }
    }
}

fn of_node(pen: &mut Pen<'_>, node: &PlanNode) {
    pen.plain(At::field("level"), node.level.held(), 0);
    pen.maybe("number", node.number.as_ref());
    pen.maybe("name", node.name.as_ref());
    if let Some(parent) = node.parent {
        pen.plain(At::field("parent"), Held::Count(count(parent.0)), 0);
    }
    if let Some(programme) = &node.programme {
        pen.plain(At::field("programme"), Held::Blank, 0);
        pen.maybe("kind", programme.kind.as_ref());
        for (place, step) in (0_i64..).zip(&programme.schedule) {
            let at = At::field("step").year(step.year).place(place);
            pen.sourced(at, &step.word);
        }
    }
}

/// Rows of all tallies are numbered through; each says to which tally it belongs.
fn of_tally(entries: &mut Vec<Entry>, item: i64, row: &mut i64, tally: &Tally) {
    let mut pen = Pen::new(entries, "tally", item);
    pen.plain(At::field("field"), tally.field.held(), 0);
    for (place, (word, number)) in (0_i64..).zip(&tally.total) {
        let at = At::field("total").about(Some(word)).place(place);
        pen.sourced(at, number);
    }
    for tally_row in &tally.rows {
        let mut pen = Pen::new(entries, "tally_row", *row);
        pen.plain(At::field("tally").place(item), Held::Blank, 0);
        pen.maybe("group", tally_row.group.as_ref());
        pen.maybe("name", tally_row.name.as_ref());
        pen.maybe("members", tally_row.members.as_ref());
        for (place, (word, number)) in (0_i64..).zip(&tally_row.counts) {
            let at = At::field("count").about(Some(word)).place(place);
            pen.sourced(at, number);
        }
        *row = row.saturating_add(1);
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
