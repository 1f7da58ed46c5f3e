//! V007: a target in the report differs from the plan's.

use super::pairs::{Standing, plan_and_report};
use super::years::is_rounding;
use crate::figure::Figure;
use crate::plan::{YearFigure, indicator::figure_of};
use crate::source::Sourced;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V007",
    title: "目標が計画と異なる",
    looks_at: "評価シートの指標の目標と、計画に載っている同じ名称の指標の目標を、年度ごとに比べます。",
    why: "計画の目標が途中で改定されると、評価シートと計画の数字が食い違います。改定の印があれば説明がつきますが、印がなければ転記の誤りかもしれません。",
    example: "令和6年度の目標が、評価シートでは78、計画では58（※ 改定）となっている。",
    remedy: "計画に改定の印がある場合は、評価シートにも改定後の目標と理由を注記してください。印がない場合は、どちらが正しいかを確認してください。",
    basis: "目標は計画で定め、改定したときは元の目標と改定の理由を残します。小数の桁の違いだけのものは「参考」とします。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (plan, report) in plan_and_report(subject) {
        for target in &report.indicator.targets {
            let Some(planned) = figure_of(&plan.indicator.targets, target.year) else {
                continue;
            };
            if !same(&target.figure.value, &planned.value) {
                findings.push(finding(&plan, &report, target, planned));
            }
        }
    }
}

/// The same meaning; the plan's dash may be the sheet's dash in another face.
pub(super) fn same(one: &Figure, other: &Figure) -> bool {
    one.meaning == other.meaning
        && (one.number().is_some() || one.is_dash() || words_key(one) == words_key(other))
}

fn words_key(figure: &Figure) -> String {
    crate::text::name_key(&figure.printed)
}

fn finding(
    plan: &Standing<'_>,
    report: &Standing<'_>,
    target: &YearFigure,
    planned: &Sourced<Figure>,
) -> Finding {
    let year = target.year;
    let revision = plan
        .indicator
        .revisions
        .iter()
        .find(|revision| revision.year == year);
    let here = &target.figure;
    let (severity, tail, hint) = match revision {
        Some(_) => (
            Severity::Note,
            "計画には目標を改定した印があり、これで説明がつきます。",
            "評価シートにも、改定後の目標と改定の理由を注記することを検討してください。",
        ),
        None if here.value.number().is_some() && here.value.number() == planned.value.number() => (
            Severity::Warning,
            "数は同じですが、「以上」「以下」などの言葉が違います。",
            "計画の書き方にそろえてください。",
        ),
        None if is_rounding(&here.value, &planned.value) => {
            (Severity::Note, "小数の桁の違いの範囲内です。", "")
        }
        None => (
            Severity::Error,
            "計画に改定の印はありません。",
            "計画と評価シートのどちらが正しいかを確認してください。改定した場合は、印と理由を付けてください。",
        ),
    };
    let message = format!(
        "{year}の目標が、ここでは「{}」、{}（{}行目）では「{}」です。{tail}",
        here.value, plan.document.name, planned.line, planned.value
    );
    let place = Place::sheet(report.document, report.sheet)
        .row(report.indicator.label())
        .field(format!("目標（{year}）"))
        .at(here.line, here.value.printed.clone());
    let reason = revision.and_then(|revision| revision.reason.as_ref());
    let steps = reason.map(|reason| format!("計画の注記：{}", reason.value));
    let finding = Finding::new(RULE.code, severity, place, message, hint);
    finding
        .figures(&here.value, &planned.value)
        .steps(steps.into_iter().collect())
}
