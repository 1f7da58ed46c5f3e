//! V001: a printed rate against its target and actual.

use super::rates::{PrintedRate, direction, opposite, printed_rates, said_direction};
use crate::calc::NoValue;
use crate::calc::formula::RateFormula;
use crate::calc::rate::rate;
use crate::evaluation::{Document, Sheet};
use crate::fiscal_year::FiscalYear;
use crate::plan::{Better, Indicator, indicator::figure_of};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V001",
    title: "達成率が目標・実績と合わない",
    looks_at: "印字された達成率を、目標と実績から計算した値と、印字された小数の桁で比べます。計算式は計画の設定（スキーム）に従います。",
    why: "目標や実績を直したあと、達成率が古いまま残ることがあります。達成率は施策の評価の根拠になる数字です。",
    example: "目標61、実績46のとき達成率は75.4％だが、74.5％と印字されている。",
    remedy: "目標・実績・達成率のうち、どれが正しいかを確認して直してください。",
    basis: "高いほど良い指標は実績÷目標、低いほど良い指標は目標÷実績（％、小数第1位、四捨五入）。「4以上」は4、「前年以下」は前年度の実績を目標とみなします。切捨てで一致する場合は「参考」とします。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, sheet) in subject.sheets() {
        for indicator in &sheet.indicators {
            let formula = subject.rate_formula(document, indicator);
            let rates = printed_rates(indicator, &formula);
            let better = direction(indicator, &formula, &rates);
            let said = said_direction(indicator, &formula).is_some();
            // Where nothing says the direction, a year that is counted the other way round is told
            // by V014.
            let wrong = rates
                .iter()
                .filter(|rate| !rate.fits(better) && (said || !rate.fits(opposite(better))));
            findings.extend(wrong.filter_map(|r| differs(document, sheet, indicator, r, better)));
            unprinted(document, sheet, indicator, &formula, findings);
        }
    }
}

fn differs(
    document: &Document,
    sheet: &Sheet,
    indicator: &Indicator,
    rate: &PrintedRate<'_>,
    better: Better,
) -> Option<Finding> {
    let printed = &rate.figure.value;
    let field = format!("達成率（{}）", rate.year);
    let place = Place::sheet(document, sheet)
        .row(indicator.label())
        .field(field);
    let place = place.at(rate.figure.line, printed.printed.clone());
    let computed = rate.computed(better);
    let steps = computed.steps.clone();
    let value = match &computed.outcome {
        Ok(value) => value,
        // What the reader could not settle is told by V019; words and dashes are no arithmetic.
        Err(NoValue::TargetMissing | NoValue::ActualMissing) if !document.unsettled.is_empty() => {
            return None;
        }
        Err(why) => {
            let why = reason(*why, indicator, rate.year);
            let message = format!("達成率が印字されていますが、計算できません（{why}）。");
            let hint = "目標と実績の記載を確認してください。";
            let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
            return Some(finding.steps(steps));
        }
    };
    let (severity, message, hint) = if rate.fits_cut(better) {
        let message = format!(
            "達成率{printed}は切捨ての値です（四捨五入では{}）。",
            value.printed
        );
        (Severity::Note, message, "")
    } else {
        let message = format!(
            "目標と実績から計算すると{}ですが、{printed}と印字されています。",
            value.printed
        );
        (
            Severity::Error,
            message,
            "目標・実績・達成率のどれが正しいかを確認してください。",
        )
    };
    let finding = Finding::new(RULE.code, severity, place, message, hint);
    Some(finding.figures(printed, &value.printed).steps(steps))
}

/// Why there is no rate; words in place of a figure are quoted.
fn reason(why: NoValue, indicator: &Indicator, year: FiscalYear) -> String {
    let (what, figures) = match why {
        NoValue::TargetWords => ("目標", &indicator.targets),
        NoValue::ActualWords => ("実績", &indicator.actuals),
        _ => return why.label().to_owned(),
    };
    figure_of(figures, year).map_or_else(
        || why.label().to_owned(),
        |figure| format!("{what}が「{}」", figure.value.printed),
    )
}

/// Years for which the form prints no rate although it could be counted.
fn unprinted(
    document: &Document,
    sheet: &Sheet,
    indicator: &Indicator,
    formula: &RateFormula,
    findings: &mut Vec<Finding>,
) {
    if indicator.printed_rates.is_empty() {
        return;
    }
    for actual in &indicator.actuals {
        let printed = figure_of(&indicator.printed_rates, actual.year);
        let counted = rate(indicator, actual.year, formula);
        let (Some(value), None) = (counted.value(), printed.and_then(|p| p.value.number())) else {
            continue;
        };
        // A rate that the reader could not settle is told by V019.
        if printed.is_none() && !document.unsettled.is_empty() {
            continue;
        }
        let message = format!(
            "目標と実績がありますが、{}の達成率が印字されていません。",
            actual.year
        );
        let place = Place::sheet(document, sheet)
            .row(indicator.label())
            .field(format!("達成率（{}）", actual.year))
            .at(actual.figure.line, actual.figure.value.printed.clone());
        let hint = "達成率を記入するか、算出しない理由を注記してください。";
        let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
        findings.push(
            finding
                .figures("なし", format!("{value}％"))
                .steps(counted.steps),
        );
    }
}
