//! V010: no actual for a year that is closed.

use crate::evaluation::{Document, Sheet};
use crate::plan::{Indicator, YearFigure, indicator::figure_of};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V010",
    title: "終わった年度の実績がない",
    looks_at: "評価の対象年度までの各年度について、目標があるのに実績が空欄又は「-」になっていないかを見ます。",
    why: "実績の記入漏れは、達成率の一覧から指標がひとつ消えることを意味します。",
    example: "令和4年度の目標が45件なのに、実績が空欄になっている。",
    remedy: "実績を記入してください。測定が翌年度以降になる場合は、その旨を注記してください。",
    basis: "空欄はゼロではありません。測定しない年度には目標も「-」と印字されます。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        // What the reader could not settle is told by its own rule, and may be this actual.
        let open = document.unsettled.iter().any(|place| place.field == "実績");
        for sheet in &document.sheets {
            check_sheet(document, sheet, open, findings);
        }
    }
}

fn check_sheet(document: &Document, sheet: &Sheet, open: bool, findings: &mut Vec<Finding>) {
    if let Some(closed) = sheet.year {
        for indicator in &sheet.indicators {
            let due = indicator
                .targets
                .iter()
                .filter(|target| target.year <= closed);
            let missing = due.filter(|target| !target.figure.value.is_dash());
            findings.extend(missing.filter_map(|t| finding(document, sheet, indicator, t, open)));
        }
    }
}

fn finding(
    document: &Document,
    sheet: &Sheet,
    indicator: &Indicator,
    target: &YearFigure,
    open: bool,
) -> Option<Finding> {
    let actual = figure_of(&indicator.actuals, target.year);
    if actual.is_some_and(|actual| !actual.value.is_dash()) {
        return None;
    }
    if actual.is_none() && open {
        return None;
    }
    let year = target.year;
    let printed = if actual.is_some() {
        "「-」"
    } else {
        "空欄"
    };
    let message = format!(
        "{year}の目標は「{}」ですが、実績が{printed}です。",
        target.figure.value
    );
    let line = actual.map_or(target.figure.line, |actual| actual.line);
    let mark = actual.map_or(target.figure.value.printed.clone(), |a| {
        a.value.printed.clone()
    });
    let place = Place::sheet(document, sheet)
        .row(indicator.label())
        .field(format!("実績（{year}）"));
    let hint = "実績を記入してください。測定が後になる場合は注記してください。";
    Some(Finding::new(
        RULE.code,
        Severity::Warning,
        place.at(line, mark),
        message,
        hint,
    ))
}
