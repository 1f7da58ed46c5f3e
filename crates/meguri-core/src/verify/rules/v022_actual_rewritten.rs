//! V022: the actual of a past year is not what last year's paper printed.

use super::v007_target_differs::same;
use super::years::{earlier_and_later, is_explained, is_rounding, place_before, same_unit};
use crate::plan::indicator::figure_of;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V022",
    title: "過去の実績が前の年度の評価と異なる",
    looks_at: "同じ計画の評価シートを複数の年度分点検するとき、同じ指標の終わった年度の実績を、前に公表した評価シートの実績と比べます。",
    why: "一度公表した実績が説明なく変わると、市民や議会から見て、どちらが正しいのか分かりません。前年度のシートを写すときの打ち間違いもよくあります。",
    example: "令和5年度の実績が、令和5年度の評価では1,254人、令和6年度の評価では1,245人となっている。",
    remedy: "どちらが正しいかを確認してください。速報値を確定値に置き換えた場合や、集計方法を改めた場合は、印（※）と注記を付けてください。",
    basis: "印（※）の付いた値と、訂正・確定などの注記がある指標は、説明があるものとして比べません。前の評価で空欄や「-」だった実績が入った場合も比べません。小数の桁の違いだけのものは「参考」とします。単位が異なる場合は比べません（V013）。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (before, earlier, later) in earlier_and_later(subject) {
        if !same_unit(&earlier, &later) {
            continue;
        }
        for actual in &later.indicator.actuals {
            let Some(printed) = figure_of(&earlier.indicator.actuals, actual.year) else {
                continue;
            };
            let (here, there) = (&actual.figure.value, &printed.value);
            // A figure that was still open may come in; the words for "still open" are many.
            if same(here, there) || there.number().is_none() {
                continue;
            }
            let marked = there.mark.is_some() || is_explained(&later, &actual.figure);
            if marked {
                continue;
            }
            let year = actual.year;
            let place_there = place_before(before, &earlier, printed.line);
            let (severity, tail, hint) = if is_rounding(here, there) {
                (Severity::Note, "小数の桁の違いの範囲内です。", "")
            } else {
                (
                    Severity::Warning,
                    "訂正した印や注記はありません。",
                    "どちらが正しいかを確認してください。確定値への置き換えなどで改めた場合は、印（※）と注記を付けてください。",
                )
            };
            let message = format!(
                "{year}の実績が、ここでは「{here}」、{place_there}では「{there}」です。{tail}"
            );
            let place = Place::sheet(later.document, later.sheet)
                .row(later.indicator.label())
                .field(format!("実績（{year}）"))
                .at(actual.figure.line, here.printed.clone());
            let finding = Finding::new(RULE.code, severity, place, message, hint);
            findings.push(finding.figures(here, there));
        }
    }
}
