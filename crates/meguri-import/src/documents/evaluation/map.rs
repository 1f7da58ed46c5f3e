//! Evaluation sheets as core values.

use super::printed::{
    EvaluationIndicator, EvaluationProject, EvaluationReading, EvaluationSheet, SheetKind,
};
use crate::map::{self, Nodes};
use meguri_core::evaluation::{Document, Judgement, PrintedTotal, Sheet};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::{BudgetItem, Indicator, Listing, NodeId, YearMoney};
use meguri_core::source::Sourced;

/// The document of a reading; its name and lines are the caller's.
#[must_use]
pub fn to_document(reading: &EvaluationReading) -> Document {
    let year = reading
        .fiscal_year
        .as_ref()
        .and_then(|y| FiscalYear::parse(y.value()));
    let mut plan = Nodes::of("evaluation");
    let sheets = reading
        .sheets
        .iter()
        .map(|sheet| to_sheet(sheet, year, &mut plan))
        .collect();
    let unsettled = map::unsettled(&reading.unresolved);
    Document {
        family: "evaluation".to_owned(),
        plan: plan.into_plan(),
        sheets,
        unsettled,
        ..Document::default()
    }
}

fn to_sheet(sheet: &EvaluationSheet, year: Option<FiscalYear>, plan: &mut Nodes) -> Sheet {
    let mut texts = vec![
        map::text("approach", &sheet.approach),
        map::text("outcomes", &sheet.outcomes),
        map::text("issues", &sheet.issues),
        map::text("directions", &sheet.directions),
    ];
    texts.extend(map::single_text("reason", sheet.reason.as_ref()));
    texts.extend(map::single_text("purpose", sheet.purpose.as_ref()));
    let judgements = sheet.attainment.iter().map(|value| Judgement {
        field: "attainment".to_owned(),
        stage: None,
        value: value.0.clone(),
    });
    let total = sheet.total.as_ref().map(map::money);
    let counts = sheet
        .trend_counts
        .0
        .iter()
        .map(|(word, n)| (word.clone(), n.0.clone()));
    let label = match sheet.kind {
        SheetKind::Theme => map::label("テーマ", sheet.theme_no.as_ref(), sheet.name.as_ref()),
        SheetKind::Management => map::label("管理シート", None, sheet.name.as_ref()),
    };
    Sheet {
        node: Some(node_of(sheet, plan)),
        label,
        year,
        line: first_line(sheet),
        texts,
        judgements: judgements.collect(),
        indicators: sheet.indicators.iter().map(to_indicator).collect(),
        listings: listings(sheet, year),
        unplaced_costs: sheet.loose_costs.iter().map(map::money).collect(),
        totals: total
            .map(|money| PrintedTotal {
                table: 0,
                year,
                money,
            })
            .into_iter()
            .collect(),
        next_step_counts: counts.collect(),
        ..Sheet::default()
    }
}

/// The node of a sheet under its goal and policy; a management sheet stands outside the tree.
fn node_of(sheet: &EvaluationSheet, plan: &mut Nodes) -> NodeId {
    let goal = sheet.basic_goal.as_ref().map(|goal| goal.0.clone());
    let goal = goal.map(|goal| plan.node("goal", Some(goal), None, None));
    let policy = map::number_text(sheet.policy_no.as_ref());
    let policy = policy.map(|policy| plan.node("policy", Some(policy), None, goal));
    let level = match sheet.kind {
        SheetKind::Theme => "theme",
        SheetKind::Management => "management",
    };
    let number = map::number_text(sheet.theme_no.as_ref());
    plan.node(
        level,
        number,
        map::sourced(sheet.name.as_ref()),
        policy.or(goal),
    )
}

fn first_line(sheet: &EvaluationSheet) -> u32 {
    let heads = [
        sheet.theme_no.as_ref().map(|no| no.line()),
        sheet.name.as_ref().map(|name| name.line()),
        sheet
            .projects
            .iter()
            .find_map(|p| Some(p.name.as_ref()?.line())),
    ];
    heads.into_iter().flatten().next().unwrap_or(0)
}

fn to_indicator(printed: &EvaluationIndicator) -> Indicator {
    let targets = map::figures(&printed.target, printed.unit.as_ref());
    // The form prints one column of 基準年度 before the first year of the plan.
    let baseline_year = printed.target.0.first().and_then(|(year, _)| year.plus(-1));
    Indicator {
        number: map::sourced(printed.no.as_ref()),
        name: map::sourced(printed.name.as_ref()),
        sub_name: map::sourced(printed.sub.as_ref()),
        unit: map::sourced(printed.unit.as_ref()),
        baseline: printed
            .baseline
            .as_ref()
            .and_then(|cell| map::figure_in(cell, printed.unit.as_ref())),
        baseline_year,
        targets,
        actuals: map::figures(&printed.actual, printed.unit.as_ref()),
        printed_rates: map::figures(&printed.rate, None),
        notes: map::all_sourced(&printed.notes),
        ..Indicator::default()
    }
}

fn listings(sheet: &EvaluationSheet, year: Option<FiscalYear>) -> Vec<Listing> {
    let main = sheet
        .projects
        .iter()
        .map(|project| to_listing(project, 0, year));
    let extra = sheet
        .extra_projects
        .iter()
        .map(|project| to_listing(project, 1, year));
    main.chain(extra).collect()
}

fn to_listing(project: &EvaluationProject, table: u32, year: Option<FiscalYear>) -> Listing {
    let value = |cell: &Option<crate::printed::Cell<String>>| {
        cell.as_ref().map(|cell| cell.value().clone())
    };
    let cost = year
        .zip(project.cost.as_ref())
        .map(|(year, cost)| YearMoney {
            year,
            money: map::money(cost),
        });
    let work = |step: Sourced<String>| ("work".to_owned(), step);
    let lines = [
        project.name.as_ref().map(|name| name.line()),
        project.no.as_ref().map(|no| no.line()),
        project.code.as_ref().map(|code| code.line()),
    ];
    Listing {
        table,
        number: map::sourced(project.no.as_ref()),
        name: map::sourced(project.name.as_ref()),
        sections: map::sourced(project.section.as_ref()).into_iter().collect(),
        budget_item: BudgetItem {
            account: value(&project.account),
            kan: value(&project.kan),
            kou: value(&project.kou),
            moku: value(&project.moku),
        },
        code: map::sourced(project.code.as_ref()),
        costs: cost.into_iter().collect(),
        next_steps: map::sourced(project.trend.as_ref())
            .map(work)
            .into_iter()
            .collect(),
        relisted: project.reposted,
        line: lines.into_iter().flatten().next().unwrap_or(0),
        ..Listing::default()
    }
}
