//! An execution plan as core values.

use super::printed::{MidtermIndicator, MidtermProject, MidtermReading, MidtermTheme};
use crate::map::{self, Nodes};
use meguri_core::evaluation::{Document, Sheet};
use meguri_core::plan::{BudgetItem, Indicator, Listing, TargetRevision, YearMoney};

/// The document of a reading; its name and lines are the caller's.
#[must_use]
pub fn to_document(reading: &MidtermReading) -> Document {
    let mut plan = Nodes::of("midterm");
    let sheets = reading
        .themes
        .iter()
        .map(|theme| to_sheet(theme, &mut plan))
        .collect();
    let unsettled = map::unsettled(&reading.unresolved);
    Document {
        family: "midterm".to_owned(),
        plan: plan.into_plan(),
        sheets,
        unsettled,
        ..Document::default()
    }
}

fn to_sheet(theme: &MidtermTheme, plan: &mut Nodes) -> Sheet {
    let name = map::sourced(theme.name.as_ref());
    let line = name.as_ref().map_or(0, |name| name.line);
    let node = plan.node("theme", None, name, None);
    Sheet {
        node: Some(node),
        label: map::label("施策", None, theme.name.as_ref()),
        line,
        texts: vec![
            map::text("situation", &theme.situation),
            map::text("approach", &theme.approach),
            map::text("footnotes", &theme.footnotes),
        ],
        indicators: theme.indicators.iter().map(to_indicator).collect(),
        listings: theme.projects.iter().map(to_listing).collect(),
        ..Sheet::default()
    }
}

fn to_indicator(printed: &MidtermIndicator) -> Indicator {
    let targets = map::figures(&printed.target, printed.unit.as_ref());
    let notes = map::all_sourced(&printed.notes);
    let revisions = targets.iter().filter(|t| printed.revised.contains(&t.year));
    let revisions = revisions.map(|target| TargetRevision {
        year: target.year,
        original: None,
        revised: target.figure.clone(),
        reason: notes.last().cloned(),
    });
    Indicator {
        number: map::sourced(printed.no.as_ref()),
        name: map::sourced(printed.name.as_ref()),
        unit: map::sourced(printed.unit.as_ref()),
        baseline: printed
            .baseline
            .as_ref()
            .and_then(|cell| map::figure_in(cell, printed.unit.as_ref())),
        // The form prints one column of 基準値 before the first year of the plan.
        baseline_year: printed
            .baseline_year
            .or_else(|| printed.target.0.first().and_then(|(year, _)| year.plus(-1))),
        revisions: revisions.collect(),
        targets,
        notes,
        ..Indicator::default()
    }
}

fn to_listing(project: &MidtermProject) -> Listing {
    let costs = project.cost.0.iter().filter_map(|(year, cell)| {
        let money = map::money(cell.as_ref()?);
        Some(YearMoney { year: *year, money })
    });
    let outlines = project.summary.0.iter();
    let outlines = outlines.filter_map(|(year, cell)| Some((*year, cell.as_ref()?.0.clone())));
    Listing {
        name: map::sourced(project.name.as_ref()),
        tags: map::all_sourced(&project.tags),
        sections: map::all_sourced(&project.sections),
        budget_item: BudgetItem {
            account: project
                .accounts_note
                .as_ref()
                .map(|note| note.value().clone()),
            ..BudgetItem::default()
        },
        costs: costs.collect(),
        outlines: outlines.collect(),
        relisted: project.tags.iter().any(|tag| tag.value() == "再掲"),
        line: project.name.as_ref().map_or(0, |name| name.line()),
        ..Listing::default()
    }
}
