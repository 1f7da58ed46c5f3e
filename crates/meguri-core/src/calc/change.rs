//! Changes from one value to another: the difference, and how much that is of the first.

use crate::calc::number::{operand, percent, shown, sub};
use crate::calc::rounding::Rounding;
use crate::calc::{Calculation, NoValue};
use crate::money::Money;
use rust_decimal::Decimal;

/// A change of money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyChange {
    /// What came on top; below zero where it became less. In the finer unit of the two.
    pub difference: Money,
    /// The difference in percent of the first amount, or why that cannot be said.
    pub percent: Result<Decimal, NoValue>,
    /// The percent as printed with its sign; empty where there is none.
    pub printed: String,
}

/// The change from one amount to another.
#[must_use]
pub fn of_money(before: Money, after: Money, rounding: Rounding) -> Calculation<MoneyChange> {
    Calculation::run(|steps| {
        let yen = after.yen.checked_sub(before.yen).ok_or(NoValue::TooLarge)?;
        let unit = if before.unit.yen() <= after.unit.yen() {
            before.unit
        } else {
            after.unit
        };
        let difference = Money { yen, unit };
        steps.push(format!("{after} － {before} ＝ {difference}"));
        let exact = match before.yen {
            ..0 => Err(NoValue::NegativeDivisor),
            whole => percent(Decimal::from(yen), Decimal::from(whole)),
        };
        let printed = exact.map_or_else(|_| String::new(), |exact| signed(exact, rounding));
        if !printed.is_empty() {
            steps.push(format!(
                "{difference} ÷ {before} → {printed}（{}）",
                rounding.label()
            ));
        }
        let percent = exact.map(|exact| rounding.apply(exact));
        Ok(MoneyChange {
            difference,
            percent,
            printed,
        })
    })
}

/// The difference of two numbers.
#[must_use]
pub fn of_number(before: Decimal, after: Decimal) -> Calculation<Decimal> {
    Calculation::run(|steps| {
        let difference = sub(after, before)?;
        steps.push(format!(
            "{} － {} ＝ {}",
            shown(after),
            operand(before),
            shown(difference)
        ));
        Ok(difference)
    })
}

/// `+12.3％`, `-4.0％`, `0.0％`.
fn signed(exact: Decimal, rounding: Rounding) -> String {
    let plus = if rounding.apply(exact) > Decimal::ZERO {
        "+"
    } else {
        ""
    };
    format!("{plus}{}％", rounding.print(exact))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::MoneyUnit;

    fn change(before: i64, after: i64) -> MoneyChange {
        let money = |n| Money::of(n, MoneyUnit::ThousandYen).expect("an amount");
        let change = of_money(money(before), money(after), Rounding::one_decimal());
        change.outcome.expect("a change")
    }

    #[test]
    fn a_change_has_its_sign_and_its_percent() {
        let up = change(1_000, 1_123);
        assert_eq!(
            (up.difference.to_string().as_str(), up.printed.as_str()),
            ("123千円", "+12.3％")
        );
        let down = change(1_000, 0);
        assert_eq!(down.difference.to_string(), "-1,000千円");
        assert_eq!(down.printed, "-100.0％");
        assert_eq!(change(5, 5).printed, "0.0％");
    }

    #[test]
    fn what_began_at_nothing_has_no_percent_and_absurd_amounts_no_difference() {
        let new = change(0, 7);
        assert_eq!(
            (new.percent, new.printed.as_str()),
            (Err(NoValue::ZeroDivisor), "")
        );
        let most = Money {
            yen: i64::MAX,
            unit: MoneyUnit::Yen,
        };
        let least = Money {
            yen: i64::MIN,
            unit: MoneyUnit::Yen,
        };
        let absurd = of_money(least, most, Rounding::one_decimal());
        assert_eq!(absurd.outcome, Err(NoValue::TooLarge));
        assert_eq!(
            of_number(Decimal::from(-3), Decimal::from(2)).steps,
            ["2 － (-3) ＝ 5"]
        );
    }
}
