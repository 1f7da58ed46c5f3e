//! Full cost (トータルコスト) and shares by account or source.

use crate::calc::number::{add, div, mul, percent, shown, sub};
use crate::calc::rounding::{Rounding, RoundingMode};
use crate::calc::total::{sum, sum_of_rows, whole_units};
use crate::calc::{Calculation, NoValue};
use crate::money::{Money, with_commas};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Work of one kind of employment on a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labour {
    /// The kind: 正規, 会計年度任用 …
    pub label: String,
    /// 人工: persons, in years of work.
    pub persons: Decimal,
    /// What one person costs a year.
    pub unit_price: Money,
}

/// Direct cost and labour (人工 × 単価), in the unit of the direct cost.
#[must_use]
pub fn full_cost(direct: Money, labour: &[Labour], mode: RoundingMode) -> Calculation<Money> {
    Calculation::run(|steps| {
        let unit_yen = Decimal::from(direct.unit.yen());
        let mut amount = direct.in_unit();
        for part in labour {
            let price = div(Decimal::from(part.unit_price.yen), unit_yen)?;
            let cost = mul(part.persons, price)?;
            steps.push(format!(
                "{}：{}人 × {} ＝ {}{}",
                part.label,
                shown(part.persons),
                part.unit_price,
                shown(cost),
                direct.unit.label()
            ));
            amount = add(amount, cost)?;
        }
        let total = whole_units(amount, direct.unit, mode)?;
        steps.push(format!(
            "事業費 {direct} ＋ 人件費 ＝ {}{} → {total}（{}）",
            shown(amount),
            direct.unit.label(),
            mode.label()
        ));
        Ok(total)
    })
}

/// Each part's share of a whole in percent; the parts must add up to the whole.
#[must_use]
pub fn shares_of(
    whole: Money,
    parts: &[(String, Money)],
    rounding: Rounding,
) -> Calculation<Vec<(String, Decimal)>> {
    Calculation::run(|steps| {
        let total = sum_of_rows(parts.iter().map(|(_, money)| money));
        steps.extend(total.steps);
        let total = total.outcome?;
        if total.yen != whole.yen {
            steps.push(format!("内訳の合計 {total} は {whole} と合いません"));
            return Err(NoValue::PartsDiffer);
        }
        let share = |(label, money): &(String, Money)| {
            let exact = percent(Decimal::from(money.yen), Decimal::from(whole.yen))?;
            let share = rounding.apply(exact);
            steps.push(format!(
                "{label}：{money} ÷ {whole} → {}％",
                rounding.print(exact)
            ));
            Ok((label.clone(), share))
        };
        parts.iter().map(share).collect()
    })
}

/// Splits a whole by percent, which must add up to 100, so that the parts add up to the whole.
///
/// Each part is cut off to whole units; the units left over go one by one to the parts that lost
/// most, the first of equals.
#[must_use]
pub fn split(whole: Money, shares: &[(String, Decimal)]) -> Calculation<Vec<(String, Money)>> {
    Calculation::run(|steps| {
        let percents: Vec<Decimal> = shares.iter().map(|(_, share)| *share).collect();
        let total = sum(&percents)?;
        if total != Decimal::ONE_HUNDRED {
            steps.push(format!(
                "割合の合計は {}％ で、100％になりません",
                shown(total)
            ));
            return Err(NoValue::PartsDiffer);
        }
        let amount = whole.in_unit();
        let mut parts = Vec::new();
        for (label, share) in shares {
            let exact = div(mul(amount, *share)?, Decimal::ONE_HUNDRED)?;
            let cut = exact.floor();
            parts.push((label.clone(), cut, sub(exact, cut)?));
        }
        hand_out(amount, &mut parts)?;
        let money = |(label, amount, _): &(String, Decimal, Decimal)| {
            let money = money_of(*amount, whole)?;
            steps.push(format!("{label}：{money}"));
            Ok((label.clone(), money))
        };
        parts.iter().map(money).collect()
    })
}

/// Gives the units that were cut off to the parts that lost most.
fn hand_out(amount: Decimal, parts: &mut [(String, Decimal, Decimal)]) -> Result<(), NoValue> {
    let given: Vec<Decimal> = parts.iter().map(|part| part.1).collect();
    let mut left = sub(amount, sum(&given)?)?;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(parts.get(*at).map(|part| part.2)));
    for at in order {
        if let Some(part) = parts.get_mut(at) {
            let unit = left.min(Decimal::ONE).max(Decimal::ZERO);
            part.1 = add(part.1, unit)?;
            left = sub(left, unit)?;
        }
    }
    Ok(())
}

/// An amount in the unit of another; the fraction of a unit that the whole had stays.
fn money_of(amount: Decimal, like: Money) -> Result<Money, NoValue> {
    let yen = mul(amount, Decimal::from(like.unit.yen()))?;
    let yen = yen.to_i64().ok_or(NoValue::TooLarge)?;
    Ok(Money {
        yen,
        unit: like.unit,
    })
}

/// Cost for one unit of output (単位コスト): `12,345円/件`, rounded to whole yen.
#[must_use]
pub fn unit_cost(cost: Money, output: Decimal, mode: RoundingMode) -> Calculation<Decimal> {
    Calculation::run(|steps| {
        if output < Decimal::ZERO {
            return Err(NoValue::NegativeDivisor);
        }
        let exact = div(Decimal::from(cost.yen), output)?;
        let rounding = Rounding { decimals: 0, mode };
        let rounded = rounding.apply(exact);
        steps.push(format!(
            "{}円 ÷ {} ＝ {}円 → {}円（{}）",
            with_commas(Decimal::from(cost.yen)),
            shown(output),
            shown(exact),
            with_commas(rounded),
            rounding.label()
        ));
        Ok(rounded)
    })
}

#[cfg(test)]
mod tests;
