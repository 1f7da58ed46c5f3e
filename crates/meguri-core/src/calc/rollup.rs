//! Roll-ups: from many indicators, sheets or projects to one figure, with what stays outside.
//!
//! A mean is always taken over the members themselves, never over the means of groups.

use crate::calc::number::{add, div, mul, percent, shown};
use crate::calc::rounding::Rounding;
use crate::calc::total::sum;
use crate::calc::{Calculation, NoValue};
use rust_decimal::Decimal;

/// One member with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// How a person calls it.
    pub label: String,
    /// Its number, or why it has none.
    pub value: Result<Decimal, NoValue>,
    /// Its weight, where the scheme weighs.
    pub weight: Option<Decimal>,
}

/// What happens to members without a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// They stay outside, and are named.
    LeaveOut,
    /// They count in the denominator of a share as not reached; a mean leaves them out.
    CountAsMissed,
    /// There is no result as long as one is missing.
    NoResult,
}

/// A member that stays outside, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// How a person calls it.
    pub label: String,
    /// Why, in Japanese.
    pub why: String,
}

/// A rolled-up figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rolled {
    /// The figure, rounded.
    pub value: Decimal,
    /// The figure before rounding, for classes that ask for it.
    pub exact: Decimal,
    /// As printed.
    pub printed: String,
    /// What was divided.
    pub numerator: Decimal,
    /// By what.
    pub denominator: Decimal,
    /// What stayed outside.
    pub left_out: Vec<LeftOut>,
}

/// The members with a number, and those without.
struct Sorted<'a> {
    counted: Vec<(&'a Member, Decimal)>,
    left_out: Vec<LeftOut>,
    unmeasured: usize,
}

fn sort<'a>(
    members: &'a [Member],
    missing: Missing,
    steps: &mut Vec<String>,
) -> Result<Sorted<'a>, NoValue> {
    let mut sorted = Sorted {
        counted: Vec::new(),
        left_out: Vec::new(),
        unmeasured: 0,
    };
    for member in members {
        match member.value {
            Ok(value) => sorted.counted.push((member, value)),
            Err(why) if missing == Missing::CountAsMissed && !stays_outside(why) => {
                steps.push(format!(
                    "未達成に数える：{}（{}）",
                    member.label,
                    why.label()
                ));
                sorted.unmeasured += 1;
            }
            Err(why) => {
                steps.push(format!("除外：{}（{}）", member.label, why.label()));
                sorted.left_out.push(LeftOut {
                    label: member.label.clone(),
                    why: why.label().to_owned(),
                });
                if missing == Missing::NoResult && !stays_outside(why) {
                    return Err(NoValue::MemberMissing);
                }
            }
        }
    }
    Ok(sorted)
}

/// Outside by its nature, however the scheme treats what is merely missing.
const fn stays_outside(why: NoValue) -> bool {
    matches!(why, NoValue::OutOfScope | NoValue::Relisted)
}

/// The share of members at or above a number, in percent.
#[must_use]
pub fn share_at_least(
    members: &[Member],
    at: Decimal,
    missing: Missing,
    rounding: Rounding,
) -> Calculation<Rolled> {
    Calculation::run(|steps| {
        let sorted = sort(members, missing, steps)?;
        let reached = sorted.counted.iter().filter(|(_, v)| *v >= at).count();
        let whole = sorted.counted.len() + sorted.unmeasured;
        if whole == 0 {
            return Err(NoValue::Empty);
        }
        let (numerator, denominator) = (Decimal::from(reached), Decimal::from(whole));
        let exact = percent(numerator, denominator)?;
        let printed = format!("{}％", rounding.print(exact));
        steps.push(format!(
            "{}以上 {reached}件 ÷ 対象 {whole}件 → {printed}（{}）",
            shown(at),
            rounding.label()
        ));
        Ok(Rolled {
            value: rounding.apply(exact),
            exact,
            printed,
            numerator,
            denominator,
            left_out: sorted.left_out,
        })
    })
}

/// The mean of all members; it may pass 100 where its members do.
#[must_use]
pub fn mean(members: &[Member], missing: Missing, rounding: Rounding) -> Calculation<Rolled> {
    Calculation::run(|steps| {
        let missing = if missing == Missing::CountAsMissed {
            Missing::LeaveOut
        } else {
            missing
        };
        let sorted = sort(members, missing, steps)?;
        let numbers: Vec<Decimal> = sorted.counted.iter().map(|(_, value)| *value).collect();
        let numerator = sum(&numbers)?;
        let denominator = Decimal::from(numbers.len());
        let words = format!("合計 {} ÷ {}件", shown(numerator), numbers.len());
        quotient(words, numerator, denominator, sorted, rounding, steps)
    })
}

/// The mean by weight; members without a weight stay outside.
#[must_use]
pub fn weighted_mean(
    members: &[Member],
    missing: Missing,
    rounding: Rounding,
) -> Calculation<Rolled> {
    Calculation::run(|steps| {
        let mut sorted = sort(members, missing, steps)?;
        let mut numerator = Decimal::ZERO;
        let mut denominator = Decimal::ZERO;
        for (member, value) in &sorted.counted {
            let Some(weight) = member.weight.filter(|w| *w > Decimal::ZERO) else {
                steps.push(format!(
                    "除外：{}（{}）",
                    member.label,
                    NoValue::NoWeights.label()
                ));
                sorted.left_out.push(LeftOut {
                    label: member.label.clone(),
                    why: NoValue::NoWeights.label().to_owned(),
                });
                continue;
            };
            numerator = add(numerator, mul(*value, weight)?)?;
            denominator = add(denominator, weight)?;
        }
        if denominator.is_zero() {
            return Err(NoValue::NoWeights);
        }
        let words = format!(
            "重み付き合計 {} ÷ 重み {}",
            shown(numerator),
            shown(denominator)
        );
        quotient(words, numerator, denominator, sorted, rounding, steps)
    })
}

fn quotient(
    words: String,
    numerator: Decimal,
    denominator: Decimal,
    sorted: Sorted<'_>,
    rounding: Rounding,
    steps: &mut Vec<String>,
) -> Result<Rolled, NoValue> {
    let exact = div(numerator, denominator)?;
    let printed = rounding.print(exact);
    steps.push(format!(
        "{words} ＝ {} → {printed}（{}）",
        shown(exact),
        rounding.label()
    ));
    Ok(Rolled {
        value: rounding.apply(exact),
        exact,
        printed,
        numerator,
        denominator,
        left_out: sorted.left_out,
    })
}

/// The sum of points; members without a number stay outside or prevent it.
#[must_use]
pub fn total(members: &[Member], missing: Missing, rounding: Rounding) -> Calculation<Rolled> {
    Calculation::run(|steps| {
        let sorted = sort(members, missing, steps)?;
        let numbers: Vec<Decimal> = sorted.counted.iter().map(|(_, value)| *value).collect();
        let numerator = sum(&numbers)?;
        let words = format!("{}件の合計 {}", numbers.len(), shown(numerator));
        quotient(words, numerator, Decimal::ONE, sorted, rounding, steps)
    })
}

/// The lowest number among the members.
#[must_use]
pub fn lowest(members: &[Member], missing: Missing, rounding: Rounding) -> Calculation<Rolled> {
    Calculation::run(|steps| {
        let sorted = sort(members, missing, steps)?;
        let lowest = sorted.counted.iter().min_by_key(|(_, value)| *value);
        let (member, value) = lowest.ok_or(NoValue::Empty)?;
        let (words, value) = (format!("最も低いもの：{}", member.label), *value);
        quotient(words, value, Decimal::ONE, sorted, rounding, steps)
    })
}

/// Members under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The heading.
    pub label: String,
    /// Its members.
    pub members: Vec<Member>,
}

/// Rolls up each group, and all members of all groups together for the whole.
///
/// The whole never comes from the groups' results: groups differ in size.
#[must_use]
pub fn by_group(
    groups: &[Group],
    roll: impl Fn(&[Member]) -> Calculation<Rolled>,
) -> (Vec<(String, Calculation<Rolled>)>, Calculation<Rolled>) {
    let each = groups
        .iter()
        .map(|group| (group.label.clone(), roll(&group.members)))
        .collect();
    let all: Vec<Member> = groups.iter().flat_map(|g| g.members.clone()).collect();
    (each, roll(&all))
}

mod grades;
pub use grades::{Counts, Graded, Order, counts, points, worst};

#[cfg(test)]
mod tests;
