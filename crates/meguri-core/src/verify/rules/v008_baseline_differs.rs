//! V008: a baseline in the report differs from the plan's.

use super::pairs::{Standing, plan_and_report};
use super::v007_target_differs::same;
use super::years::{earlier_and_later, is_explained, is_rounding, same_unit};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V008",
    title: "基準値が計画と異なる",
    looks_at: "評価シートの基準年度の実績と、計画や前の年度の評価シートに載っている同じ名称の指標の基準値を比べます。",
    why: "基準値は計画期間を通じて変わらない出発点です。食い違うと、進み具合の読み方が変わります。",
    example: "基準値が、評価シートでは39、計画では36となっている。",
    remedy: "どちらが正しいかを確認し、確定値に置き換えた場合はその旨を注記してください。",
    basis: "基準値は計画の策定時に定めた基準年度の値です。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (plan, report) in plan_and_report(subject) {
        findings.extend(compare(&plan, &report, &plan.document.name));
    }
    for (before, earlier, later) in earlier_and_later(subject) {
        let paper = format!("{before}の評価（{}）", earlier.document.name);
        let noted = later.indicator.baseline.as_ref();
        let noted = noted.is_some_and(|here| is_explained(&later, here));
        let same_year = earlier.indicator.baseline_year == later.indicator.baseline_year;
        if same_year && same_unit(&earlier, &later) && !noted {
            findings.extend(compare(&earlier, &later, &paper));
        }
    }
}

fn compare(other: &Standing<'_>, report: &Standing<'_>, paper: &str) -> Option<Finding> {
    let (Some(there), Some(here)) = (&other.indicator.baseline, &report.indicator.baseline) else {
        return None;
    };
    if same(&there.value, &here.value) {
        return None;
    }
    let (severity, tail, hint) = if is_rounding(&here.value, &there.value) {
        (Severity::Note, "小数の桁の違いの範囲内です。", "")
    } else {
        let hint = "どちらが正しいかを確認してください。確定値に置き換えた場合は注記してください。";
        (Severity::Warning, "", hint)
    };
    let message = format!(
        "基準値が、ここでは「{}」、{paper}の{}行目では「{}」です。{tail}",
        here.value, there.line, there.value
    );
    let place = Place::sheet(report.document, report.sheet)
        .row(report.indicator.label())
        .field("基準値")
        .at(here.line, here.value.printed.clone());
    let finding = Finding::new(RULE.code, severity, place, message, hint);
    Some(finding.figures(&here.value, &there.value))
}
