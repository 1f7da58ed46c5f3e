//! A programmes' progress report as core values.

use super::printed::{GradeCounts, Program, ProgramsReading, ProgramsSummary};
use crate::map;
use meguri_core::evaluation::{Document, Judgement, Sheet, Tally, TallyRow};
use meguri_core::plan::{NodeId, Plan, Programme};
use meguri_core::source::Sourced;

/// The document of a reading; its name and lines are the caller's.
#[must_use]
pub fn to_document(reading: &ProgramsReading) -> Document {
    let mut plan = Plan {
        key: "programs".to_owned(),
        ..Plan::default()
    };
    for direction in &reading.directions {
        let number = map::number_text(direction.no.as_ref());
        map::node(
            &mut plan,
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
    Document {
        family: "programs".to_owned(),
        plan,
        sheets,
        tallies: tally(&reading.summary).into_iter().collect(),
        unsettled: map::unsettled(&reading.unresolved),
        ..Document::default()
    }
}

fn to_sheet(program: &Program, plan: &mut Plan) -> Sheet {
    let direction = map::number_text(program.direction.as_ref());
    let parent = direction.map(|no| map::node(plan, "direction", Some(no), None, None));
    let name = map::sourced(program.name.as_ref());
    let line = name.as_ref().map_or(0, |name| name.line);
    let number = map::number_text(program.no.as_ref());
    let NodeId(place) = map::node(plan, "program", number, name, parent);
    if let Some(node) = plan.nodes.get_mut(place) {
        // The cells of the schedule are lost in the text, so that no step can be told a programme.
        let kind = map::sourced(program.kind.as_ref());
        node.programme = Some(Programme {
            kind,
            schedule: Vec::new(),
        });
    }
    let judgements = program.grade.iter().map(|grade| Judgement {
        field: "grade".to_owned(),
        stage: None,
        value: grade.0.clone(),
    });
    Sheet {
        node: Some(NodeId(place)),
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
    for delayed in &reading.delayed {
        let number = delayed.no.as_ref().map(|no| *no.value());
        let of_program = |(program, _): &(&Program, &mut Sheet)| {
            number.is_some() && program.no.as_ref().map(|no| *no.value()) == number
        };
        if let Some((_, sheet)) = reading
            .programs
            .iter()
            .zip(sheets.iter_mut())
            .find(of_program)
        {
            sheet
                .texts
                .extend(map::single_text("delayed_name", delayed.name.as_ref()));
            sheet.texts.push(map::text("delay_causes", &delayed.causes));
            sheet
                .texts
                .push(map::text("delay_responses", &delayed.responses));
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
