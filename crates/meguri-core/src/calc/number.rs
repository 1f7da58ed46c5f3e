//! Checked decimal arithmetic and how numbers are written in steps.

use crate::calc::NoValue;
use crate::money::with_commas;
use rust_decimal::Decimal;

/// How many decimals a step shows before it breaks off with `…`.
const SHOWN_DECIMALS: u32 = 5;

/// A sum.
///
/// # Errors
/// [`NoValue::TooLarge`].
pub fn add(a: Decimal, b: Decimal) -> Result<Decimal, NoValue> {
    a.checked_add(b).ok_or(NoValue::TooLarge)
}

/// A difference.
///
/// # Errors
/// [`NoValue::TooLarge`].
pub fn sub(a: Decimal, b: Decimal) -> Result<Decimal, NoValue> {
    a.checked_sub(b).ok_or(NoValue::TooLarge)
}

/// A product.
///
/// # Errors
/// [`NoValue::TooLarge`].
pub fn mul(a: Decimal, b: Decimal) -> Result<Decimal, NoValue> {
    a.checked_mul(b).ok_or(NoValue::TooLarge)
}

/// A quotient.
///
/// # Errors
/// [`NoValue::ZeroDivisor`], [`NoValue::TooLarge`].
pub fn div(a: Decimal, b: Decimal) -> Result<Decimal, NoValue> {
    if b.is_zero() {
        return Err(NoValue::ZeroDivisor);
    }
    a.checked_div(b).ok_or(NoValue::TooLarge)
}

/// A quotient in percent; multiplied before it is divided, so that nothing is lost in between.
///
/// # Errors
/// [`NoValue::ZeroDivisor`], [`NoValue::TooLarge`].
pub fn percent(a: Decimal, b: Decimal) -> Result<Decimal, NoValue> {
    div(mul(a, Decimal::ONE_HUNDRED)?, b)
}

/// A number as steps show it: commas, no idle zeros, `…` where decimals are cut off.
#[must_use]
pub fn shown(number: Decimal) -> String {
    let cut = number.trunc_with_scale(SHOWN_DECIMALS);
    let text = with_commas(cut.normalize());
    if cut == number {
        text
    } else {
        // A cut number keeps its decimals: 0.30000… says more than 0.3….
        format!("{}…", with_commas(cut))
    }
}

/// A number as an operand: one below zero stands in parentheses.
#[must_use]
pub fn operand(number: Decimal) -> String {
    if number < Decimal::ZERO {
        format!("({})", shown(number))
    } else {
        shown(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_a_person_writes_them() {
        let text = |t: &str| t.parse::<Decimal>().map(shown).unwrap_or_default();
        assert_eq!(text("1234567.50"), "1,234,567.5");
        assert_eq!(text("0.754098360655"), "0.75409…");
        assert_eq!(text("-3"), "-3");
        assert_eq!(text("0"), "0");
        assert_eq!(operand(Decimal::from(-3)), "(-3)");
    }

    #[test]
    fn absurd_numbers_have_no_value() {
        assert_eq!(mul(Decimal::MAX, Decimal::TEN), Err(NoValue::TooLarge));
        assert_eq!(
            percent(Decimal::ONE, Decimal::ZERO),
            Err(NoValue::ZeroDivisor)
        );
    }
}
