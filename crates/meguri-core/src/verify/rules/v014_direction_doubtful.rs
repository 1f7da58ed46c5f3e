//! V014: the direction of an indicator is doubtful.

use super::rates::{PrintedRate, direction, opposite, printed_rates, said_direction};
use crate::evaluation::{Document, Sheet};
use crate::plan::{Better, Indicator};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V014",
    title: "指標の向き（高いほど良い・低いほど良い）が疑わしい",
    looks_at: "達成率の計算に使われている向きが、年度によって違っていないか、目標と基準値の関係や指標の名称と合っているかを見ます。",
    why: "向きを取り違えると、悪化しているのに達成率が100％を超えます。",
    example: "ごみの量の指標で、実績÷目標の率が印字されている（増えるほど率が上がる）。",
    remedy: "指標の向きを確認し、計算式を直すか、スキームにその指標の向きを書いてください。",
    basis: "基準値より低い目標は、普通は低いほど良い指標に付けられます。ただし、需要の減少を見込む場合などの例外があるため「参考」とします。",
    check,
};

/// Words in the names of indicators that are better when they are lower.
const LOWER_IS_BETTER: [&str; 14] = [
    "発生件数",
    "事故件数",
    "排出量",
    "苦情",
    "滞納",
    "待機児童",
    "ごみ量",
    "放置",
    "犯罪",
    "死亡",
    "未納",
    "不良率",
    "負債",
    "火災",
];
/// Words that turn them round again.
const TURNED: [&str; 5] = ["削減", "減少", "改善", "解消", "防止"];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, sheet) in subject.sheets() {
        for indicator in &sheet.indicators {
            let formula = subject.rate_formula(document, indicator);
            // Where the direction is said, a rate the other way round is simply wrong (V001).
            if said_direction(indicator, &formula).is_some() {
                continue;
            }
            let rates = printed_rates(indicator, &formula);
            let better = direction(indicator, &formula, &rates);
            findings.extend(mixed(document, sheet, indicator, &rates, better));
            findings.extend(against_sense(document, sheet, indicator, &rates));
        }
    }
}

fn only(rate: &PrintedRate<'_>, better: Better) -> bool {
    rate.fits(better) && !rate.fits(opposite(better))
}

/// One year counted in one direction, another year in the other.
fn mixed(
    document: &Document,
    sheet: &Sheet,
    indicator: &Indicator,
    rates: &[PrintedRate<'_>],
    better: Better,
) -> Option<Finding> {
    let other = opposite(better);
    let odd = rates.iter().find(|rate| only(rate, other))?;
    let word = |better| {
        if better == Better::Lower {
            "低いほど良い"
        } else {
            "高いほど良い"
        }
    };
    let message = format!(
        "{}の達成率は「{}」、他では「{}」として計算されています。",
        odd.year,
        word(other),
        word(better)
    );
    let place = Place::sheet(document, sheet)
        .row(indicator.label())
        .field(format!("達成率（{}）", odd.year))
        .at(odd.figure.line, odd.figure.value.printed.clone());
    let hint = "指標の向きを確認し、どの年度も同じ式で計算してください。";
    let steps = odd.computed(better).steps.clone();
    let printed = &odd.figure.value;
    let computed = odd
        .computed(better)
        .value()
        .map(|rate| rate.printed.clone());
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint).steps(steps);
    Some(match computed {
        Some(computed) => finding.figures(printed, computed),
        None => finding,
    })
}

/// Counted as "higher is better" although target or name say the opposite.
fn against_sense(
    document: &Document,
    sheet: &Sheet,
    indicator: &Indicator,
    rates: &[PrintedRate<'_>],
) -> Option<Finding> {
    let rate = rates.iter().find(|rate| only(rate, Better::Higher))?;
    if rates.iter().any(|rate| only(rate, Better::Lower)) {
        return None;
    }
    let name = indicator.label();
    let lower_word = LOWER_IS_BETTER.iter().find(|word| name.contains(**word));
    let lower_word = lower_word.filter(|_| !TURNED.iter().any(|word| name.contains(word)));
    let message = match lower_word {
        Some(word) => format!("「{word}」の指標ですが、高いほど良いものとして計算されています。"),
        None if target_below_baseline(indicator) => {
            "目標が基準値より低い指標ですが、高いほど良いものとして計算されています。".to_owned()
        }
        None => return None,
    };
    let place = Place::sheet(document, sheet).row(name).field("達成率");
    let place = place.at(rate.figure.line, rate.figure.value.printed.clone());
    let hint = "指標の向きを確認してください。正しければ、そのままで構いません。";
    Some(Finding::new(
        RULE.code,
        Severity::Note,
        place,
        message,
        hint,
    ))
}

fn target_below_baseline(indicator: &Indicator) -> bool {
    let baseline = indicator
        .baseline
        .as_ref()
        .and_then(|figure| figure.value.number());
    let numbers: Vec<_> = indicator
        .targets
        .iter()
        .filter_map(|target| target.figure.value.number())
        .collect();
    baseline.is_some_and(|b| !numbers.is_empty() && numbers.iter().all(|target| *target < b))
}
