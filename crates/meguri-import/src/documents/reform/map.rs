//! A reform plan's progress list as core values.

use super::printed::{ReformItem, ReformReading};
use crate::map::{self, Nodes};
use crate::printed::Cell;
use meguri_core::evaluation::{Document, Judgement, Sheet};
use meguri_core::plan::NodeId;

/// The document of a reading; its name and lines are the caller's.
#[must_use]
pub fn to_document(reading: &ReformReading) -> Document {
    let mut plan = Nodes::of("reform");
    let mut sheets = Vec::new();
    for item in &reading.items {
        let chapter = map::sourced(item.chapter.as_ref());
        let chapter = chapter.map(|name| plan.named("chapter", name));
        let number = map::number_text(item.no.as_ref());
        let name = map::sourced(item.name.as_ref());
        let node = plan.node("item", number, name, chapter);
        let label = map::label("No.", item.no.as_ref(), item.name.as_ref());
        for sub in item.sub.iter().flatten() {
            let number = map::number_text(sub.no.as_ref());
            let suffix = number.as_ref().map_or("？", |no| no.value.as_str());
            let sub_label = format!("{label}の{suffix}");
            let sub_node = plan.node("sub_item", number.clone(), None, Some(node));
            sheets.push(to_sheet(sub, sub_node, sub_label));
        }
        let place = sheets.len() - item.sub.as_ref().map_or(0, Vec::len);
        sheets.insert(place, to_sheet(item, node, label));
    }
    let unsettled = map::unsettled(&reading.unresolved);
    map::date(&mut sheets, reading.fiscal_year.as_ref());
    Document {
        family: "reform".to_owned(),
        plan: plan.into_plan(),
        sheets,
        unsettled,
        ..Document::default()
    }
}

fn to_sheet(item: &ReformItem, node: NodeId, label: String) -> Sheet {
    let mut texts = vec![
        map::lost_text("content", item.content.as_deref()),
        map::lost_text("plan", item.plan.as_deref()),
        map::lost_text("result", item.result.as_deref()),
    ];
    texts.extend(map::single_text("plan_figures", item.plan_figures.as_ref()));
    texts.extend(map::single_text(
        "result_figures",
        item.result_figures.as_ref(),
    ));
    let judgements = item.grade.iter().map(|grade| Judgement {
        field: "grade".to_owned(),
        stage: None,
        value: grade.0.clone(),
    });
    Sheet {
        node: Some(node),
        label,
        line: first_line(item),
        texts,
        judgements: judgements.collect(),
        sections: map::all_sourced(item.sections.as_deref().unwrap_or(&[])),
        relisted_from: map::sourced(item.reposted_from.as_ref()),
        ..Sheet::default()
    }
}

fn first_line(item: &ReformItem) -> u32 {
    let lists = [&item.sections, &item.content, &item.plan, &item.result];
    let first = lists.into_iter().flatten().flatten().map(Cell::line).next();
    let number = item.no.as_ref().map(Cell::line);
    number.or(first).unwrap_or(0)
}
