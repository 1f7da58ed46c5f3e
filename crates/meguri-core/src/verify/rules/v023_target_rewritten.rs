//! V023: a target is not what last year's paper printed, and no mark says that it was changed.

use super::pairs::{Standing, plan_and_report};
use super::v007_target_differs::same;
use super::years::{earlier_and_later, is_explained, is_rounding, place_before, same_unit};
use crate::figure::Figure;
use crate::fiscal_year::FiscalYear;
use crate::plan::{YearFigure, indicator::figure_of};
use crate::source::Sourced;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V023",
    title: "目標が前の年度の評価と異なる",
    looks_at: "同じ計画の評価シートを複数の年度分点検するとき、同じ指標の各年度の目標を、前の年度の評価シートの目標と比べます。",
    why: "目標が説明なく下げられると、達成率だけが良く見えます。目標を改めたときは、元の目標と理由が分かるようにする必要があります。",
    example: "令和6年度の目標が、令和5年度の評価では1,300人、令和6年度の評価では1,250人となっていて、改定の印（※）がない。",
    remedy: "改定した場合は、印（※）を付け、元の目標と改定の理由を注記してください。改定していない場合は、正しい方に直してください。",
    basis: "印（※）の付いた目標、改定などの注記がある指標、計画に改定の印がある年度の目標は、説明があるものとして比べません。小数の桁の違いだけのものは「参考」とします。単位が異なる場合は比べません（V013）。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let pairs = earlier_and_later(subject);
    if pairs.is_empty() {
        return;
    }
    let plans = plan_and_report(subject);
    for (before, earlier, later) in pairs {
        if !same_unit(&earlier, &later) {
            continue;
        }
        for target in &later.indicator.targets {
            let Some(printed) = figure_of(&earlier.indicator.targets, target.year) else {
                continue;
            };
            let (here, there) = (&target.figure.value, &printed.value);
            let told = is_explained(&later, &target.figure)
                || is_revised(&later, target.year)
                || revised_in_plan(&plans, &later, target);
            if !same(here, there) && !told {
                findings.push(finding(before, &earlier, &later, target, printed));
            }
        }
    }
}

fn is_revised(standing: &Standing<'_>, year: FiscalYear) -> bool {
    let mut revisions = standing.indicator.revisions.iter();
    revisions.any(|revision| revision.year == year)
}

/// Does the plan mark the target of this year as revised, and to what stands here?
fn revised_in_plan(
    plans: &[(Standing<'_>, Standing<'_>)],
    later: &Standing<'_>,
    target: &YearFigure,
) -> bool {
    let plan = plans
        .iter()
        .find(|(_, report)| std::ptr::eq(report.indicator, later.indicator));
    plan.is_some_and(|(plan, _)| {
        let planned = figure_of(&plan.indicator.targets, target.year);
        is_revised(plan, target.year)
            && planned.is_some_and(|planned| same(&planned.value, &target.figure.value))
    })
}

fn finding(
    before: FiscalYear,
    earlier: &Standing<'_>,
    later: &Standing<'_>,
    target: &YearFigure,
    printed: &Sourced<Figure>,
) -> Finding {
    let year = target.year;
    let (here, there) = (&target.figure.value, &printed.value);
    let place_there = place_before(before, earlier, printed.line);
    let (severity, hint) = if is_rounding(here, there) {
        (Severity::Note, "")
    } else {
        (
            Severity::Error,
            "どちらが正しいかを確認してください。改定した場合は、印（※）を付け、元の目標と理由を注記してください。",
        )
    };
    let tail = match (severity, here.number(), there.number()) {
        (Severity::Note, _, _) => "小数の桁の違いの範囲内です。",
        (_, Some(now), Some(then)) if now < then => {
            "目標が小さくなっていますが、改定の印（※）や注記がありません。"
        }
        (_, Some(now), Some(then)) if now > then => {
            "目標が大きくなっていますが、改定の印（※）や注記がありません。"
        }
        _ => "改定の印（※）や注記がありません。",
    };
    let message =
        format!("{year}の目標が、ここでは「{here}」、{place_there}では「{there}」です。{tail}");
    let place = Place::sheet(later.document, later.sheet)
        .row(later.indicator.label())
        .field(format!("目標（{year}）"))
        .at(target.figure.line, here.printed.clone());
    Finding::new(RULE.code, severity, place, message, hint).figures(here, there)
}
