//! Amounts: whole yen, with the unit that the document prints in kept beside them.

use rust_decimal::Decimal;
use std::fmt;

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Money {
    /// Whole yen.
    pub yen: i64,
    /// The unit that the document prints in.
    pub unit: MoneyUnit,
}

/// The units that cities print amounts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MoneyUnit {
    /// 円.
    Yen,
    /// 千円.
    ThousandYen,
    /// 百万円.
    MillionYen,
    /// 億円.
    HundredMillionYen,
}

impl MoneyUnit {
    /// Yen in one unit.
    #[must_use]
    pub const fn yen(self) -> i64 {
        match self {
            Self::Yen => 1,
            Self::ThousandYen => 1_000,
            Self::MillionYen => 1_000_000,
            Self::HundredMillionYen => 100_000_000,
        }
    }

    /// As printed.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Yen => "円",
            Self::ThousandYen => "千円",
            Self::MillionYen => "百万円",
            Self::HundredMillionYen => "億円",
        }
    }
}

impl Money {
    /// A whole number of a unit, unless it passes what 64 bits of yen hold.
    #[must_use]
    pub fn of(amount: i64, unit: MoneyUnit) -> Option<Self> {
        amount.checked_mul(unit.yen()).map(|yen| Self { yen, unit })
    }

    /// The amount in its unit, exact.
    #[must_use]
    pub fn in_unit(self) -> Decimal {
        Decimal::from(self.yen) / Decimal::from(self.unit.yen())
    }
}

/// `5,467,914千円`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}",
            with_commas(self.in_unit().normalize()),
            self.unit.label()
        )
    }
}

/// A number with commas between thousands: `1,234.5`.
#[must_use]
pub fn with_commas(number: Decimal) -> String {
    let text = number.abs().to_string();
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut printed = String::new();
    if number.is_sign_negative() && !number.is_zero() {
        printed.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            printed.push(',');
        }
        printed.push(digit);
    }
    if let Some(fraction) = fraction {
        printed.push('.');
        printed.push_str(fraction);
    }
    printed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_prints_in_the_documents_unit() {
        let print = |n, unit| Money::of(n, unit).map(|m| m.to_string());
        assert_eq!(
            print(5_467_914, MoneyUnit::ThousandYen).as_deref(),
            Some("5,467,914千円")
        );
        assert_eq!(print(0, MoneyUnit::Yen).as_deref(), Some("0円"));
        assert_eq!(
            print(-999, MoneyUnit::MillionYen).as_deref(),
            Some("-999百万円")
        );
        assert_eq!(print(i64::MAX, MoneyUnit::ThousandYen), None);
        assert_eq!(with_commas(Decimal::new(-12_345, 1)), "-1,234.5");
    }
}
