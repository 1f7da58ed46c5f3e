//! One function a shape: from the figures to the unrounded result.

use crate::calc::NoValue;
use crate::calc::formula::{Edges, Outside, Shape};
use crate::calc::number::{add, div, mul, operand, percent, shown, sub};
use crate::calc::reference::{Against, Subject};
use crate::plan::Better;
use rust_decimal::Decimal;

/// The unrounded result.
pub(super) fn compare(subject: &Subject<'_>, steps: &mut Vec<String>) -> Result<Decimal, NoValue> {
    let actual = subject.actual(steps)?;
    if let Shape::Band(Edges::Fixed(low, high), outside) = subject.formula.shape {
        let better = subject.better(high);
        return band(actual, (low, high), better, outside, steps);
    }
    let against = subject.against(steps)?;
    match subject.formula.shape {
        Shape::Ratio => ratio(actual, &against, steps),
        Shape::Progress => {
            let baseline = subject.baseline(steps)?;
            progress(actual, baseline, &against, steps)
        }
        Shape::Mirror => mirror(actual, &against, steps),
        Shape::Difference => difference(actual, &against, steps),
        Shape::Deviation => {
            let difference = difference(actual, &against, steps)?;
            quotient(difference, against.number.abs(), steps)
        }
        Shape::Band(edges, outside) => {
            let edges = edges_around(edges, against.number)?;
            band(actual, edges, against.better, outside, steps)
        }
    }
}

fn ratio(actual: Decimal, against: &Against, steps: &mut Vec<String>) -> Result<Decimal, NoValue> {
    match against.better {
        Better::Lower => quotient(against.number, actual, steps),
        Better::Higher | Better::Keep => quotient(actual, against.number, steps),
    }
}

fn progress(
    actual: Decimal,
    baseline: Decimal,
    against: &Against,
    steps: &mut Vec<String>,
) -> Result<Decimal, NoValue> {
    let (near, far, to) = match against.better {
        Better::Higher => (baseline, actual, against.number),
        Better::Lower => (actual, baseline, against.number),
        Better::Keep => return Err(NoValue::KeepsLevel),
    };
    let gone = sub(far, near)?;
    let (way_far, way_near) = match against.better {
        Better::Lower => (baseline, to),
        _ => (to, baseline),
    };
    let way = sub(way_far, way_near)?;
    steps.push(difference_step(far, near, gone));
    steps.push(difference_step(way_far, way_near, way));
    if way < Decimal::ZERO {
        return Err(NoValue::TargetBehindBaseline);
    }
    quotient(gone, way, steps)
}

fn mirror(actual: Decimal, against: &Against, steps: &mut Vec<String>) -> Result<Decimal, NoValue> {
    if against.better != Better::Lower {
        return ratio(actual, against, steps);
    }
    let left = sub(mul(Decimal::TWO, against.number)?, actual)?;
    steps.push(format!(
        "2 × {} － {} ＝ {}",
        operand(against.number),
        operand(actual),
        shown(left)
    ));
    quotient(left, against.number, steps)
}

fn difference(
    actual: Decimal,
    against: &Against,
    steps: &mut Vec<String>,
) -> Result<Decimal, NoValue> {
    let (a, b) = match against.better {
        Better::Lower => (against.number, actual),
        Better::Higher | Better::Keep => (actual, against.number),
    };
    let result = sub(a, b)?;
    steps.push(difference_step(a, b, result));
    Ok(match against.better {
        Better::Keep => -result.abs(),
        _ => result,
    })
}

fn edges_around(edges: Edges, reference: Decimal) -> Result<(Decimal, Decimal), NoValue> {
    match edges {
        Edges::Fixed(low, high) => Ok((low, high)),
        Edges::Points(width) => Ok((sub(reference, width)?, add(reference, width)?)),
        Edges::Percent(width) => {
            let width = div(mul(reference.abs(), width)?, Decimal::ONE_HUNDRED)?;
            Ok((sub(reference, width)?, add(reference, width)?))
        }
    }
}

fn band(
    actual: Decimal,
    (low, high): (Decimal, Decimal),
    better: Better,
    outside: Outside,
    steps: &mut Vec<String>,
) -> Result<Decimal, NoValue> {
    let below = better != Better::Lower && actual < low;
    let above = better != Better::Higher && actual > high;
    let range = match better {
        Better::Higher => format!("{}以上", shown(low)),
        Better::Lower => format!("{}以下", shown(high)),
        Better::Keep => format!("{}～{}", shown(low), shown(high)),
    };
    let missed = if below || above { "外" } else { "内" };
    steps.push(format!("{}は範囲（{range}）の{missed}", shown(actual)));
    match (below, above, outside) {
        (false, false, _) => Ok(Decimal::ONE_HUNDRED),
        (_, _, Outside::Zero) => Ok(Decimal::ZERO),
        (true, _, Outside::Ratio) => quotient(actual, low, steps),
        (_, true, Outside::Ratio) => quotient(high, actual, steps),
    }
}

/// A quotient in percent; a divisor below zero would say the opposite of what is meant.
fn quotient(a: Decimal, b: Decimal, steps: &mut Vec<String>) -> Result<Decimal, NoValue> {
    if b.is_zero() {
        steps.push(format!("{} ÷ 0 は計算できません", operand(a)));
        return Err(NoValue::ZeroDivisor);
    }
    if b < Decimal::ZERO {
        return Err(NoValue::NegativeDivisor);
    }
    let exact = div(a, b)?;
    steps.push(format!(
        "{} ÷ {} ＝ {}",
        operand(a),
        operand(b),
        shown(exact)
    ));
    percent(a, b)
}

fn difference_step(a: Decimal, b: Decimal, result: Decimal) -> String {
    format!("{} － {} ＝ {}", operand(a), operand(b), shown(result))
}
