//! V013: the unit of an indicator differs between plan and report.

use super::pairs::{Standing, plan_and_report};
use super::years::earlier_and_later;
use crate::text::spelling_key;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V013",
    title: "指標の単位が変わっている",
    looks_at: "評価シートの指標の単位と、計画や前の年度の評価シートに載っている同じ名称の指標の単位を比べます。全角・半角、「か所」と「箇所」などの違いは問いません。",
    why: "単位が変わると、数値の比較ができなくなります。",
    example: "単位が、計画では「人」、評価シートでは「件」となっている。",
    remedy: "測っているものが同じかを確認し、単位を計画に合わせるか、変更した旨を注記してください。",
    basis: "指標は、名称・単位・測り方を計画期間を通じて保ちます。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (plan, report) in plan_and_report(subject) {
        findings.extend(compare(&plan, &report, &plan.document.name));
    }
    for (before, earlier, later) in earlier_and_later(subject) {
        let paper = format!("{before}の評価（{}）", earlier.document.name);
        findings.extend(compare(&earlier, &later, &paper));
    }
}

fn compare(other: &Standing<'_>, report: &Standing<'_>, paper: &str) -> Option<Finding> {
    let (Some(there), Some(here)) = (&other.indicator.unit, &report.indicator.unit) else {
        return None;
    };
    if spelling_key(&there.value) == spelling_key(&here.value) {
        return None;
    }
    let message = format!(
        "単位が、ここでは「{}」、{paper}の{}行目では「{}」です。",
        here.value, there.line, there.value
    );
    let place = Place::sheet(report.document, report.sheet)
        .row(report.indicator.label())
        .field("単位")
        .at(here.line, here.value.clone());
    let hint = "測っているものが同じかを確認し、単位をそろえるか注記してください。";
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
    Some(finding.figures(&here.value, &there.value))
}
