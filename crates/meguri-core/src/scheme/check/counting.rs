//! Rules of counting: formulas, thresholds, points and roll-ups that fit together.

use crate::calc::class::{Classes, RankClasses, Threshold};
use crate::calc::points::{PointPart, PointSource, PointStep};
use crate::calc::rounding::Rounding;
use crate::fiscal_year::FiscalYear;
use crate::scheme::check::names;
use crate::scheme::{
    BestEnd, ClassInput, ClassMethod, ClassRule, RollUpMethod, RollUpOver, RollUpRule, Scale,
    SchemeFault, Written,
};
use rust_decimal::Decimal;

/// How many years thresholds are looked at where nothing says when the plan ends.
const YEARS_AHEAD: i32 = 10;

/// Checks rates, classes, points and roll-ups.
pub(super) fn check(written: &Written, faults: &mut Vec<SchemeFault>) {
    for (at, rule) in written.rates.iter().enumerate() {
        for message in rule.formula.faults() {
            faults.push(SchemeFault::new(
                "S030",
                format!("rates[{at}]"),
                format!("「{}」の計算式が使えません。{message}", rule.label),
                "計算式の設定を見直してください（docs/scheme.md「計算式」）。",
            ));
        }
    }
    for (at, rule) in written.classes.iter().enumerate() {
        check_class(written, rule, &format!("classes[{at}]"), faults);
    }
    for (at, rule) in written.points.iter().enumerate() {
        for (part_at, part) in rule.parts.iter().enumerate() {
            let place = format!("points[{at}].parts[{part_at}]");
            check_part(part, &place, faults);
        }
    }
    for (at, rule) in written.rollups.iter().enumerate() {
        check_rollup(written, rule, &format!("rollups[{at}]"), faults);
    }
}

fn check_class(written: &Written, rule: &ClassRule, place: &str, faults: &mut Vec<SchemeFault>) {
    check_input(written, &rule.input, place, faults);
    let scale_place = format!("{place}.scale");
    names::must_know(
        &scale_place,
        "区分",
        &rule.scale,
        names::scales(written),
        faults,
    );
    let scale = written.scales.iter().find(|s| s.key == rule.scale);
    match &rule.method {
        ClassMethod::Thresholds(classes) => {
            let values = classes.steps.iter().map(|step| step.value.as_str());
            check_class_values(scale, values, place, faults);
            check_thresholds(written, classes, &rule.label, place, faults);
        }
        ClassMethod::Ranks(ranks) => {
            let values = ranks.steps.iter().map(|(value, _)| value.as_str());
            check_class_values(scale, values, place, faults);
            check_ranks(ranks, &rule.label, place, faults);
        }
    }
}

fn check_input(written: &Written, input: &ClassInput, place: &str, faults: &mut Vec<SchemeFault>) {
    let place = format!("{place}.from");
    match input {
        ClassInput::AnyRate => {}
        ClassInput::Rate(key) => {
            let known = written.rates.iter().map(|r| r.key.as_str());
            names::must_know(&place, "率", key, known, faults);
        }
        ClassInput::Points(key) => {
            let known = written.points.iter().map(|r| r.key.as_str());
            names::must_know(&place, "点数", key, known, faults);
        }
        ClassInput::RollUp(key) => {
            let known = written.rollups.iter().map(|r| r.key.as_str());
            names::must_know(&place, "集計", key, known, faults);
        }
    }
}

fn check_class_values<'a>(
    scale: Option<&Scale>,
    values: impl Iterator<Item = &'a str>,
    place: &str,
    faults: &mut Vec<SchemeFault>,
) {
    let Some(scale) = scale else {
        return;
    };
    let mut last = None;
    for value in values {
        let at = scale.place(value);
        if scale.value(value).is_none() {
            faults.push(SchemeFault::new(
                "S031",
                format!("{place}.steps"),
                format!("「{value}」は区分「{}」にない値です。", scale.label),
                "区分にある値を書いてください。",
            ));
        } else if at.is_some() && at <= last {
            faults.push(SchemeFault::new(
                "S032",
                format!("{place}.steps"),
                format!("「{value}」の順序が区分「{}」と逆です。", scale.label),
                "良いほうから順に書いてください。区分の best（どちらの端が良いか）も確かめてください。",
            ));
        }
        last = at.or(last);
    }
}

fn check_thresholds(
    written: &Written,
    classes: &Classes,
    label: &str,
    place: &str,
    faults: &mut Vec<SchemeFault>,
) {
    let steps_place = format!("{place}.steps");
    let rises = |t: &Threshold| !t.rise.is_zero();
    let mut thresholds = classes.steps.iter().filter_map(|s| s.from.as_ref());
    if classes.first_year.is_none() && thresholds.any(rises) {
        faults.push(SchemeFault::new(
            "S033",
            format!("{place}.first_year"),
            format!("「{label}」は基準が年々変わりますが、最初の年度がありません。"),
            "first_year に、基準が書いたとおりの年度を書いてください。",
        ));
        return;
    }
    if let Some((year, better, worse)) = first_overlap(written, classes) {
        faults.push(SchemeFault::new(
            "S034",
            steps_place.clone(),
            format!("「{label}」の{year}の基準が重なっています（「{better}」と「{worse}」）。"),
            "良い区分ほど基準を高くしてください。同じ数値は、良いほうを「超」、次を「以上」にすれば使えます。",
        ));
    }
    check_rest(classes, label, &steps_place, faults);
}

fn first_overlap<'a>(
    written: &Written,
    classes: &'a Classes,
) -> Option<(FiscalYear, &'a str, &'a str)> {
    years(written).find_map(|year| {
        let (better, worse) = *classes.overlaps(year).first()?;
        Some((year, better, worse))
    })
}

/// The years that the version rules, as far as they are known.
fn years(written: &Written) -> impl Iterator<Item = FiscalYear> + use<> {
    let first = written.valid_from;
    let last = written
        .valid_until
        .or_else(|| written.period.map(|period| period.last))
        .or_else(|| first.plus(YEARS_AHEAD))
        .unwrap_or(first);
    (0..=100)
        .map_while(move |n| first.plus(n))
        .take_while(move |year| *year <= last)
}

fn check_rest(classes: &Classes, label: &str, place: &str, faults: &mut Vec<SchemeFault>) {
    let rest = classes.steps.iter().position(|step| step.from.is_none());
    match rest {
        None => faults.push(SchemeFault::new(
            "S035",
            place,
            format!("「{label}」に、どの基準にも届かない値の区分がありません。"),
            "最後に、基準を書かない区分を一つ置いてください。",
        )),
        Some(at) if at + 1 < classes.steps.len() => faults.push(SchemeFault::new(
            "S036",
            place,
            format!("「{label}」で、基準のない区分の後ろに区分があります。"),
            "基準を書かない区分は最後に一つだけ置いてください。",
        )),
        Some(_) => {}
    }
}

fn check_ranks(ranks: &RankClasses, label: &str, place: &str, faults: &mut Vec<SchemeFault>) {
    let shares: Vec<Decimal> = ranks.steps.iter().map(|(_, share)| *share).collect();
    let rising = shares.iter().zip(shares.iter().skip(1)).all(|(a, b)| a < b);
    let whole = shares.last() == Some(&Decimal::ONE_HUNDRED);
    if !rising || !whole {
        faults.push(SchemeFault::new(
            "S037",
            format!("{place}.steps"),
            format!("「{label}」の上位の割合が、小さい順に100まで並んでいません。"),
            "upto を小さい順に書き、最後を100にしてください。",
        ));
    }
}

fn check_part(part: &PointPart, place: &str, faults: &mut Vec<SchemeFault>) {
    match &part.source {
        PointSource::Number(steps) => check_point_steps(steps, &part.label, place, faults),
        PointSource::Grade(table) if table.is_empty() => faults.push(SchemeFault::new(
            "S038",
            place,
            format!("「{}」の区分に点数がありません。", part.label),
            "区分の値に points を書いてください。",
        )),
        PointSource::Given(most) if *most <= Decimal::ZERO => faults.push(SchemeFault::new(
            "S039",
            place,
            format!("「{}」の満点が0以下です。", part.label),
            "most に満点を書いてください。",
        )),
        PointSource::Grade(_) | PointSource::Given(_) => {}
    }
}

fn check_point_steps(steps: &[PointStep], label: &str, place: &str, faults: &mut Vec<SchemeFault>) {
    let limits: Vec<Decimal> = steps
        .iter()
        .filter_map(|step| step.from.as_ref().map(|from| from.at))
        .collect();
    let falling = limits.iter().zip(limits.iter().skip(1)).all(|(a, b)| a > b);
    let rest = steps.last().is_some_and(|step| step.from.is_none());
    if !falling || !rest {
        faults.push(SchemeFault::new(
            "S040",
            format!("{place}.steps"),
            format!("「{label}」の点数の基準が、大きい順に並び、最後に「それ以外」がある形になっていません。"),
            "基準を大きい順に書き、最後に基準のない行を置いてください。",
        ));
    }
}

fn check_rollup(written: &Written, rule: &RollUpRule, place: &str, faults: &mut Vec<SchemeFault>) {
    if rule.rounding.decimals > Rounding::MOST_DECIMALS {
        faults.push(SchemeFault::new(
            "S041",
            format!("{place}.decimals"),
            format!("「{}」の小数の桁数が多すぎます。", rule.label),
            format!("0から{}までにしてください。", Rounding::MOST_DECIMALS),
        ));
    }
    match &rule.over {
        RollUpOver::Numbers if rule.method == RollUpMethod::Counts => {
            faults.push(unfit(rule, place));
        }
        RollUpOver::Numbers if !rule.leave_out.is_empty() => faults.push(SchemeFault::new(
            "S045",
            format!("{place}.leave_out"),
            format!(
                "「{}」は数値の集計ですが、除外する評価の値があります。",
                rule.label
            ),
            "leave_out は、scale を書いた集計にだけ使えます。",
        )),
        RollUpOver::Numbers => {}
        RollUpOver::Grades(key) => {
            let scale_place = format!("{place}.scale");
            names::must_know(&scale_place, "区分", key, names::scales(written), faults);
            if let Some(scale) = written.scales.iter().find(|scale| scale.key == *key) {
                check_graded_rollup(rule, scale, place, faults);
            }
        }
    }
}

fn check_graded_rollup(
    rule: &RollUpRule,
    scale: &Scale,
    place: &str,
    faults: &mut Vec<SchemeFault>,
) {
    for value in rule.leave_out.iter().filter(|v| scale.value(v).is_none()) {
        faults.push(SchemeFault::new(
            "S042",
            format!("{place}.leave_out"),
            format!("除外する「{value}」は区分「{}」にない値です。", scale.label),
            "区分にある値を書いてください。",
        ));
    }
    match rule.method {
        RollUpMethod::Counts => {}
        RollUpMethod::Worst if scale.best != BestEnd::None => {}
        RollUpMethod::Worst | RollUpMethod::WeightedMean => faults.push(unfit(rule, place)),
        RollUpMethod::ShareAtLeast(_) | RollUpMethod::Mean | RollUpMethod::Total => {
            let bare = |v: &&crate::scheme::ScaleValue| v.points.is_none();
            for value in scale.values.iter().filter(bare) {
                faults.push(SchemeFault::new(
                    "S043",
                    format!("{place}.scale"),
                    format!(
                        "「{}」は点数で集計しますが、「{}」に点数がありません。",
                        rule.label, value.value
                    ),
                    "区分の値に points を書いてください。",
                ));
            }
        }
    }
}

fn unfit(rule: &RollUpRule, place: &str) -> SchemeFault {
    SchemeFault::new(
        "S044",
        format!("{place}.method"),
        format!("「{}」の集計方法は、集計する値に合いません。", rule.label),
        "件数は区分の値に、重み付き平均は数値に、最低は順序のある区分か数値に使えます。",
    )
}
