//! Totals of amounts, and how far rounding lets a printed total lie off.

use crate::calc::number::add;
use crate::calc::rounding::RoundingMode;
use crate::calc::{Calculation, NoValue};
use crate::money::{Money, MoneyUnit};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Up to how many rows a step writes a sum out.
const ROWS_SHOWN: usize = 8;

/// The sum of rows, in the finest unit among them; no rows have no sum.
#[must_use]
pub fn sum_of_rows<'a>(rows: impl Iterator<Item = &'a Money>) -> Calculation<Money> {
    let rows: Vec<Money> = rows.copied().collect();
    Calculation::run(|steps| {
        let unit = finest_unit(&rows).ok_or(NoValue::Empty)?;
        let mut yen: i64 = 0;
        for row in &rows {
            yen = yen.checked_add(row.yen).ok_or(NoValue::TooLarge)?;
        }
        let sum = Money { yen, unit };
        steps.push(sum_step(&rows, sum));
        Ok(sum)
    })
}

fn finest_unit(rows: &[Money]) -> Option<MoneyUnit> {
    rows.iter()
        .map(|row| row.unit)
        .min_by_key(|unit| unit.yen())
}

fn sum_step(rows: &[Money], sum: Money) -> String {
    if rows.len() > ROWS_SHOWN {
        return format!("{}行の合計 ＝ {sum}", rows.len());
    }
    let rows: Vec<String> = rows.iter().map(Money::to_string).collect();
    format!("{} ＝ {sum}", rows.join(" ＋ "))
}

/// How far a printed total may lie off its rows by rounding: half a unit a row.
///
/// Amounts in yen are not rounded and get no allowance.
#[must_use]
pub fn rounding_allowance(rows: usize, unit: MoneyUnit) -> Money {
    let rows = i64::try_from(rows).unwrap_or(i64::MAX);
    Money {
        yen: rows.saturating_mul(unit.yen() / 2),
        unit,
    }
}

/// How a printed total agrees with its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// To the yen.
    Exact,
    /// Within half a unit a row.
    WithinRounding,
    /// Rounding does not explain the difference.
    Differs,
}

impl Agreement {
    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Exact => "一致",
            Self::WithinRounding => "端数処理の範囲内",
            Self::Differs => "不一致",
        }
    }
}

/// Compares a printed total with the sum of its rows.
#[must_use]
pub fn agreement(printed: Money, computed: Money, rows: usize) -> Agreement {
    let off = printed.yen.abs_diff(computed.yen);
    let allowed = rounding_allowance(rows, printed.unit).yen.unsigned_abs();
    match off {
        0 => Agreement::Exact,
        off if off <= allowed => Agreement::WithinRounding,
        _ => Agreement::Differs,
    }
}

/// An amount rounded to whole units: 1,234,567円 → 1,235千円.
#[must_use]
pub fn in_unit(money: Money, unit: MoneyUnit, mode: RoundingMode) -> Calculation<Money> {
    Calculation::run(|steps| {
        let exact = Decimal::from(money.yen)
            .checked_div(Decimal::from(unit.yen()))
            .ok_or(NoValue::TooLarge)?;
        let rounded = whole_units(exact, unit, mode)?;
        steps.push(format!("{money} → {rounded}（{}）", mode.label()));
        Ok(rounded)
    })
}

/// A number of units, rounded to whole ones.
pub(super) fn whole_units(
    amount: Decimal,
    unit: MoneyUnit,
    mode: RoundingMode,
) -> Result<Money, NoValue> {
    let rounding = crate::calc::rounding::Rounding { decimals: 0, mode };
    let whole = rounding.apply(amount).to_i64().ok_or(NoValue::TooLarge)?;
    Money::of(whole, unit).ok_or(NoValue::TooLarge)
}

/// The sum of numbers; none have no sum.
///
/// # Errors
/// [`NoValue::Empty`], [`NoValue::TooLarge`].
pub fn sum(numbers: &[Decimal]) -> Result<Decimal, NoValue> {
    let (first, rest) = numbers.split_first().ok_or(NoValue::Empty)?;
    rest.iter()
        .try_fold(*first, |sum, number| add(sum, *number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thousand(amount: i64) -> Money {
        Money {
            yen: amount * 1_000,
            unit: MoneyUnit::ThousandYen,
        }
    }

    #[test]
    fn rows_add_up_with_their_steps() {
        let rows = [thousand(1_200), thousand(0), thousand(35)];
        let sum = sum_of_rows(rows.iter());
        assert_eq!(sum.value(), Some(&thousand(1_235)));
        assert_eq!(sum.steps, ["1,200千円 ＋ 0千円 ＋ 35千円 ＝ 1,235千円"]);
        let long = vec![thousand(1); 30];
        assert_eq!(sum_of_rows(long.iter()).steps, ["30行の合計 ＝ 30千円"]);
    }

    #[test]
    fn no_rows_are_not_zero_and_absurd_rows_do_not_overflow() {
        assert_eq!(sum_of_rows([].iter()).outcome, Err(NoValue::Empty));
        let most = Money {
            yen: i64::MAX,
            unit: MoneyUnit::Yen,
        };
        assert_eq!(
            sum_of_rows([most, most].iter()).outcome,
            Err(NoValue::TooLarge)
        );
    }

    #[test]
    fn half_a_unit_a_row_is_rounding() {
        assert_eq!(rounding_allowance(5, MoneyUnit::ThousandYen).yen, 2_500);
        assert_eq!(rounding_allowance(5, MoneyUnit::Yen).yen, 0);
        let check = |printed, computed| agreement(thousand(printed), thousand(computed), 4);
        assert_eq!(check(100, 100), Agreement::Exact);
        assert_eq!(check(102, 100), Agreement::WithinRounding);
        assert_eq!(check(103, 100), Agreement::Differs);
    }

    #[test]
    fn amounts_round_to_the_citys_unit() {
        let yen = Money {
            yen: 1_234_500,
            unit: MoneyUnit::Yen,
        };
        let round = |mode| in_unit(yen, MoneyUnit::ThousandYen, mode).outcome;
        assert_eq!(round(RoundingMode::HalfUp), Ok(thousand(1_235)));
        assert_eq!(round(RoundingMode::HalfEven), Ok(thousand(1_234)));
        assert_eq!(round(RoundingMode::Down), Ok(thousand(1_234)));
        assert_eq!(round(RoundingMode::Up), Ok(thousand(1_235)));
    }
}
