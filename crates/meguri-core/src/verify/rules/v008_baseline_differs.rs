//! V008: a baseline in the report differs from the plan's.

use super::pairs::plan_and_report;
use super::v007_target_differs::same;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V008",
    title: "基準値が計画と異なる",
    looks_at: "評価シートの基準年度の実績と、計画に載っている同じ名称の指標の基準値を比べます。",
    why: "基準値は計画期間を通じて変わらない出発点です。食い違うと、進み具合の読み方が変わります。",
    example: "基準値が、評価シートでは39、計画では36となっている。",
    remedy: "どちらが正しいかを確認し、確定値に置き換えた場合はその旨を注記してください。",
    basis: "基準値は計画の策定時に定めた基準年度の値です。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (plan, report) in plan_and_report(subject) {
        let (Some(planned), Some(here)) = (&plan.indicator.baseline, &report.indicator.baseline)
        else {
            continue;
        };
        if same(&planned.value, &here.value) {
            continue;
        }
        let message = format!(
            "基準値が、ここでは「{}」、{}（{}行目）では「{}」です。",
            here.value, plan.document.name, planned.line, planned.value
        );
        let place = Place::sheet(report.document, report.sheet)
            .row(report.indicator.label())
            .field("基準値")
            .at(here.line, here.value.printed.clone());
        let hint = "どちらが正しいかを確認してください。確定値に置き換えた場合は注記してください。";
        let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
        findings.push(finding.figures(&here.value, &planned.value));
    }
}
