//! The reading that a perfect reader gets out of a sheet.

use super::model::{Book, Indicator, Project, Series, Sheet, TRENDS, era_year, year_key};
use serde_json::{Map, Value, json};

/// The name of the management sheet, as its head prints it.
pub(super) const MANAGEMENT: &str = "自治体経営方針に関連する主要事業";

/// The whole reading.
pub(super) fn of(book: &Book, sheets: Vec<Value>) -> Value {
    json!({
        "fiscal_year": format!("{}度", era_year(book.years.evaluated())),
        "sheets": sheets,
    })
}

/// One sheet.
pub(super) fn sheet(book: &Book, sheet: &Sheet) -> Value {
    let theme = !sheet.management && !sheet.cut;
    let name = if sheet.management {
        Some(MANAGEMENT)
    } else {
        theme.then_some(sheet.name.as_str())
    };
    let whole = !sheet.cut;
    let list = |items: &[String], there: bool| if there { items.to_vec() } else { Vec::new() };
    let indicators = sheet.indicators.iter().filter(|_| theme);
    json!({
        "kind": if sheet.management { "management" } else { "theme" },
        "theme_no": theme.then_some(sheet.theme_no),
        "name": name,
        "basic_goal": theme.then_some(&sheet.goal),
        "policy_no": theme.then_some(sheet.policy),
        "plan_pages": whole.then_some(&sheet.pages),
        "approach": list(&sheet.approach, theme),
        "indicators": indicators.flat_map(|i| indicator(book, i)).collect::<Vec<_>>(),
        "outcomes": list(&sheet.outcomes, whole),
        "issues": list(&sheet.issues, whole),
        "attainment": theme.then_some(&sheet.attainment),
        "reason": theme.then_some(&sheet.reason),
        "directions": sheet.directions,
        "purpose": sheet.management.then(|| sheet.purpose.concat()),
        "projects": sheet.projects.iter().map(project).collect::<Vec<_>>(),
        "stars": sheet.projects.iter().filter(|p| p.starred).count(),
        "total": sheet.total(),
        "trend_counts": TRENDS
            .iter()
            .map(|trend| ((*trend).to_owned(), sheet.count(trend).into()))
            .collect::<Map<_, _>>(),
        "extra_projects": sheet.extra.iter().map(extra).collect::<Vec<_>>(),
    })
}

fn indicator(book: &Book, indicator: &Indicator) -> Vec<Value> {
    let row = |series: &Series| {
        let mut notes = Vec::new();
        notes.extend(indicator.remark.clone());
        notes.extend(series.measured.iter().cloned());
        notes.extend(series.notes.iter().cloned());
        json!({
            "no": indicator.no,
            "name": indicator.name,
            "sub": series.sub.map(|lines| lines.concat()),
            "unit": indicator.unit,
            "baseline": series.baseline,
            "target": by_year(book, &series.target),
            "actual": by_year(book, &series.actual),
            "rate": by_year(book, &series.rate),
            "notes": notes,
        })
    };
    indicator.series.iter().map(row).collect()
}

fn by_year(book: &Book, values: &[String]) -> Value {
    let pairs = values.iter().enumerate();
    pairs
        .map(|(n, value)| (year_key(book.years.nth(n)), value.clone().into()))
        .collect::<Map<_, _>>()
        .into()
}

fn project(project: &Project) -> Value {
    row(project, project.trend)
}

/// A row of the second table, which prints dashes for what such an account does not have.
fn extra(project: &Project) -> Value {
    row(project, "-")
}

fn row(project: &Project, trend: &str) -> Value {
    json!({
        "no": project.no,
        "name": project.name,
        "section": project.section,
        "account": project.account,
        "kan": project.kan,
        "kou": project.kou,
        "moku": project.moku,
        "code": project.code,
        "cost": (!project.cost_lost).then_some(project.cost),
        "trend": (!project.trend_lost).then_some(trend),
        "reposted": project.reposted,
    })
}
