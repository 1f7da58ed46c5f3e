//! A strategy's progress list as core values.

use super::printed::{StrategyGoal, StrategyGroup, StrategyMeasure, StrategyReading};
use crate::map::{self, Nodes};
use meguri_core::evaluation::{Document, Judgement, Sheet, SheetText};
use meguri_core::plan::NodeId;

/// The document of a reading; its name and lines are the caller's.
#[must_use]
pub fn to_document(reading: &StrategyReading) -> Document {
    let mut plan = Nodes::of("strategy");
    let mut sheets = Vec::new();
    for goal in &reading.goals {
        let number = map::number_text(goal.no.as_ref());
        let node = plan.node("goal", number, map::sourced(goal.name.as_ref()), None);
        for group in &goal.groups {
            let number = map::sourced(group.no.as_ref());
            let name = map::sourced(group.name.as_ref());
            let node = plan.node("group", number, name, Some(node));
            let measures = group.measures.iter();
            sheets.extend(measures.map(|measure| to_sheet(goal, group, measure, node, &mut plan)));
        }
    }
    map::date(&mut sheets, reading.fiscal_year.as_ref());
    let unsettled = map::unsettled(&reading.unresolved);
    Document {
        family: "strategy".to_owned(),
        plan: plan.into_plan(),
        sheets,
        unsettled,
        ..Document::default()
    }
}

fn to_sheet(
    goal: &StrategyGoal,
    group: &StrategyGroup,
    measure: &StrategyMeasure,
    parent: NodeId,
    plan: &mut Nodes,
) -> Sheet {
    let name = map::sourced(measure.name.as_ref());
    let number = map::number_text(measure.no.as_ref());
    let mut texts: Vec<SheetText> = map::single_text("content", measure.content.as_ref())
        .into_iter()
        .collect();
    texts.extend(measure.progress.0.iter().map(|(year, cells)| SheetText {
        field: "progress".to_owned(),
        year: Some(*year),
        paragraphs: cells.as_deref().map(map::all_sourced),
    }));
    let judgements = measure.status.iter().map(|status| Judgement {
        field: "status".to_owned(),
        stage: None,
        value: status.0.clone(),
    });
    let goal = goal
        .no
        .as_ref()
        .map_or(String::new(), |no| format!("基本目標{} ", no.value()));
    let group = group
        .no
        .as_ref()
        .map_or(String::new(), |no| format!("{} ", no.value()));
    let measure_label = map::label("施策", measure.no.as_ref(), measure.name.as_ref());
    Sheet {
        label: format!("{goal}{group}{measure_label}"),
        line: name.as_ref().map_or(0, |name| name.line),
        node: Some(plan.node("measure", number, name, Some(parent))),
        texts,
        judgements: judgements.collect(),
        sections: map::all_sourced(&measure.sections),
        related_sections: map::all_sourced(&measure.related_sections),
        ..Sheet::default()
    }
}
