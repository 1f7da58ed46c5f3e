//! A programmes' progress report as core values.

use super::printed::{GradeCounts, Program, ProgramsReading, ProgramsSummary};
use crate::map::{self, Nodes};
use meguri_core::evaluation::{Document, Judgement, Sheet, Tally, TallyRow};
use meguri_core::plan::Programme;
use meguri_core::source::Sourced;
use std::collections::HashMap;

/// The document of a reading; its name and lines are the caller's.
#[must_use]
pub fn to_document(reading: &ProgramsReading) -> Document {
    let mut plan = Nodes::of("programs");
    for direction in &reading.directions {
        let number = map::number_text(direction.no.as_ref());
        plan.node(
            "direction",
            number,
            map::sourced(direction.name.as_ref()),
            None,
        );
    }
    let mut sheets: Vec<Sheet> = reading
        .programs
        .iter()
        .map(|program| to_sheet(program, &mut plan))
        .collect();
    add_delays(reading, &mut sheets);
    map::date(&mut sheets, reading.fiscal_year.as_ref());
    Document {
        family: "programs".to_owned(),
        plan: plan.into_plan(),
        sheets,
        tallies: tally(&reading.summary).into_iter().collect(),
        unsettled: map::unsettled(&reading.unresolved),
        ..Document::default()
    }
}

fn to_sheet(program: &Program, plan: &mut Nodes) -> Sheet {
    let direction = map::number_text(program.direction.as_ref());
    let parent = direction.map(|no| plan.node("direction", Some(no), None, None));
    let name = map::sourced(program.name.as_ref());
    let line = name.as_ref().map_or(0, |name| name.line);
    let number = map::number_text(program.no.as_ref());
    let node = plan.node("program", number, name, parent);
    // The cells of the schedule are lost in the text, so that no step can be told a programme.
    let programme = Programme {
        kind: map::sourced(program.kind.as_ref()),
        schedule: Vec::new(),
    };
    plan.set_programme(node, programme);
    let judgements = program.grade.iter().map(|grade| Judgement {
        field: "grade".to_owned(),
        stage: None,
        value: grade.0.clone(),
    });
    Sheet {
        node: Some(node),
        label: map::label("プログラム", program.no.as_ref(), program.name.as_ref()),
        line,
        texts: vec![
            map::text("orientation", &program.orientation),
            map::text("items", &program.items),
            map::text("initial_plan", &program.initial_plan),
            map::text("achievements", &program.achievements),
            map::text("issues", &program.issues),
        ],
        judgements: judgements.collect(),
        ..Sheet::default()
    }
}

/// What the table of delayed programmes says, on the sheets that it is about.
fn add_delays(reading: &ProgramsReading, sheets: &mut [Sheet]) {
    let mut by_number: HashMap<u32, &mut Sheet> = HashMap::new();
    for (program, sheet) in reading.programs.iter().zip(sheets) {
        if let Some(number) = &program.no {
            // Where a number is printed twice, the first programme is meant.
            by_number.entry(*number.value()).or_insert(sheet);
        }
    }
    for delayed in &reading.delayed {
        let number = delayed.no.as_ref().map(|no| *no.value());
        if let Some(sheet) = number.and_then(|number| by_number.get_mut(&number)) {
            let name = map::single_text("delayed_name", delayed.name.as_ref());
            sheet.texts.extend(name);
            sheet.texts.push(map::text("delay_causes", &delayed.causes));
            let responses = map::text("delay_responses", &delayed.responses);
            sheet.texts.push(responses);
        }
    }
}

fn tally(summary: &ProgramsSummary) -> Option<Tally> {
    let rows = summary.rows.iter().map(|row| TallyRow {
        group: map::sourced(row.direction.as_ref()),
        name: map::sourced(row.name.as_ref()),
        members: map::sourced(row.programs.as_ref()),
        counts: counts(&row.grades),
    });
    let tally = Tally {
        field: "grade".to_owned(),
        rows: rows.collect(),
        total: counts(&summary.total),
    };
    (!tally.rows.is_empty() || !tally.total.is_empty()).then_some(tally)
}

fn counts(grades: &GradeCounts) -> Vec<(String, Sourced<u32>)> {
    let known = grades
        .0
        .iter()
        .filter_map(|(grade, n)| Some((grade, n.as_ref()?)));
    known
        .map(|(grade, n)| (grade.clone(), n.0.clone()))
        .collect()
}
