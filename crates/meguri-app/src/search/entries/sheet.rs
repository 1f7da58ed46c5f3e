//! A sheet with all that stands on it.

use super::{SHEET, calendar, direction, figures, finding, line, plan_of};
use crate::read::whole::each_once;
use crate::read::{Entry, urls, whole};
use meguri_core::evaluation::{Sheet, Unsettled};
use meguri_core::plan::PlanNode;
use meguri_core::summary::{money, way_to};
use meguri_search::Line;

/// A sheet by its number from 1.
pub(super) fn of(entry: &Entry, number: usize) -> Option<meguri_search::Entry> {
    let sheet = entry.sheet(number)?;
    Some(meguri_search::Entry {
        address: urls::sheet(entry, number),
        kind: SHEET.to_owned(),
        title: sheet.label.clone(),
        lines: lines(entry, sheet, number),
        plans: vec![plan_of(entry)],
        years: calendar(sheet.year),
        sections: each_once(sheet.sections.iter().map(|section| section.value.clone())),
        states: states(entry, sheet),
        yen: cost(sheet),
        tags: vec![entry.kind.to_owned()],
        ..meguri_search::Entry::default()
    })
}

/// Words first, then figures: of two pieces that fit as well, the earlier one is shown.
fn lines(entry: &Entry, sheet: &Sheet, number: usize) -> Vec<Line> {
    let mut lines = way(entry, sheet);
    lines.extend(texts(entry, sheet));
    lines.extend(meanings(entry, sheet));
    for indicator in &sheet.indicators {
        lines.extend(figures::of_indicator(indicator));
    }
    for listing in &sheet.listings {
        lines.extend(figures::of_listing(listing));
    }
    lines.extend(figures::of_table(sheet));
    lines.extend(entry.findings_on(number).map(finding));
    let within = entry.lines_of(sheet);
    let places = entry
        .document
        .unsettled
        .iter()
        .filter(|place| within.contains(&place.line));
    lines.extend(places.map(unsettled));
    lines
}

/// The nodes from the top down to the sheet's, and the steps of its programme.
fn way(entry: &Entry, sheet: &Sheet) -> Vec<Line> {
    let plan = &entry.document.plan;
    let way = sheet
        .node
        .map(|id| way_to(plan, id))
        .unwrap_or_default()
        .into_iter();
    let named = way.filter_map(|id| plan.node(id));
    let named = named.filter(|node| node.name.is_some() || node.number.is_some());
    let mut lines: Vec<Line> = named
        .map(|node| line(entry.level_label(&node.level), whole::title(node)))
        .collect();
    let node = sheet.node.and_then(|id| plan.node(id));
    lines.extend(node.into_iter().flat_map(programme));
    lines
}

fn programme(node: &PlanNode) -> Vec<Line> {
    let Some(programme) = &node.programme else {
        return Vec::new();
    };
    let kind = programme
        .kind
        .iter()
        .map(|kind| line("区分".to_owned(), kind.value.clone()));
    let steps = programme.schedule.iter().map(|step| {
        let year = step
            .year
            .map_or_else(|| "年度不明".to_owned(), |year| year.to_string());
        line(format!("年次計画（{year}）"), step.word.value.clone())
    });
    kind.chain(steps).collect()
}

/// Running texts by the labels of their fields, and the sections beside those in charge.
fn texts(entry: &Entry, sheet: &Sheet) -> Vec<Line> {
    let mut lines = Vec::new();
    for text in &sheet.texts {
        let label = entry.field_label(&text.field);
        let label = text
            .year
            .map_or_else(|| label.clone(), |year| format!("{label}（{year}）"));
        let paragraphs = text.paragraphs.iter().flatten();
        lines.extend(paragraphs.map(|text| line(label.clone(), text.value.clone())));
    }
    let related = sheet.related_sections.iter();
    lines.extend(related.map(|section| line("関連課".to_owned(), section.value.clone())));
    lines
}

/// What the values of scales mean, where the scheme says it; the values themselves are states.
fn meanings(entry: &Entry, sheet: &Sheet) -> Vec<Line> {
    let each = sheet.judgements.iter().map(|judgement| {
        let (_, meaning) = entry.sign_of(&judgement.field, &judgement.value.value);
        line(entry.field_label(&judgement.field), meaning)
    });
    each.filter(|line| !line.text.is_empty()).collect()
}

fn unsettled(place: &Unsettled) -> Line {
    let words = [place.field.as_str(), &place.place, &place.why].into_iter();
    let words = words.chain(place.candidates.iter().map(String::as_str));
    line(
        "確定できなかった箇所".to_owned(),
        words.collect::<Vec<_>>().join("　"),
    )
}

/// Judgements and directions, each with what it is about: an 「A」 alone says little.
fn states(entry: &Entry, sheet: &Sheet) -> Vec<String> {
    let judgements = sheet.judgements.iter().map(|judgement| {
        format!(
            "{}：{}",
            entry.field_label(&judgement.field),
            judgement.value.value
        )
    });
    let steps = sheet
        .listings
        .iter()
        .flat_map(|listing| &listing.next_steps);
    each_once(judgements.chain(steps.map(|(_, step)| direction(&step.value))))
}

/// The cost of the evaluated year, in yen.
fn cost(sheet: &Sheet) -> Option<i64> {
    let year = sheet.year?;
    Some(money::of_sheet(sheet).years.get(&year)?.value()?.yen)
}
