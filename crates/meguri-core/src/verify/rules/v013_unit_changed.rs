//! V013: the unit of an indicator differs between plan and report.

use super::pairs::plan_and_report;
use crate::text::name_key;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V013",
    title: "指標の単位が変わっている",
    looks_at: "評価シートの指標の単位と、計画に載っている同じ名称の指標の単位を比べます。全角・半角の違いは問いません。",
    why: "単位が変わると、数値の比較ができなくなります。",
    example: "単位が、計画では「人」、評価シートでは「件」となっている。",
    remedy: "測っているものが同じかを確認し、単位を計画に合わせるか、変更した旨を注記してください。",
    basis: "指標は、名称・単位・測り方を計画期間を通じて保ちます。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (plan, report) in plan_and_report(subject) {
        let (Some(planned), Some(here)) = (&plan.indicator.unit, &report.indicator.unit) else {
            continue;
        };
        if name_key(&planned.value) == name_key(&here.value) {
            continue;
        }
        let message = format!(
            "単位が、ここでは「{}」、{}（{}行目）では「{}」です。",
            here.value, plan.document.name, planned.line, planned.value
        );
        let place = Place::sheet(report.document, report.sheet)
            .row(report.indicator.label())
            .field("単位")
            .at(here.line, here.value.clone());
        let hint = "測っているものが同じかを確認し、単位をそろえるか注記してください。";
        let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
        findings.push(finding.figures(&here.value, &planned.value));
    }
}
