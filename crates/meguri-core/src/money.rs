//! Amounts: whole yen, with the unit that the document prints in kept beside them.

use crate::text::{is_dash, narrow, normal_form};
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
    /// All units, the longest label first, so that none is taken for the end of another.
    pub const ALL: [Self; 4] = [
        Self::MillionYen,
        Self::ThousandYen,
        Self::HundredMillionYen,
        Self::Yen,
    ];

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

/// An amount as a paper prints it: `1,958`, `△ 1,275`, `(1,275)`, `4,825万円`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedAmount {
    /// The number with its sign, in `unit` or else in the unit of its column.
    pub number: Decimal,
    /// The unit behind it.
    pub unit: Option<MoneyUnit>,
    /// It stands in parentheses, which mean what its column says: less than zero, or a part.
    pub in_parentheses: bool,
}

impl PrintedAmount {
    /// Reads an amount with any sign of offices for less than zero, with blanks behind the sign or
    /// without; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 80 {
            return None;
        }
        let text = narrow(&normal_form(text));
        let text = text.trim();
        let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
        let body = inner.unwrap_or(text).trim();
        let sign = |c: char| is_dash(c) || matches!(c, '▲' | '△' | '▴' | '▵' | '⊖');
        let unsigned = body.trim_start_matches(|c: char| sign(c) || c == ' ');
        let negative = unsigned.len() < body.len();
        let end = unsigned
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')))
            .unwrap_or(unsigned.len());
        let (digits, unit) = unsigned.split_at_checked(end)?;
        let whole = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit());
        let number: Decimal = digits.replace(',', "").parse().ok().filter(|_| whole)?;
        let (number, unit) = in_unit(number, unit.trim())?;
        Some(Self {
            number: if negative { -number } else { number },
            unit,
            in_parentheses: inner.is_some(),
        })
    }

    /// In yen; `unit` is that of its column. `None` where it is no whole yen or too large.
    #[must_use]
    pub fn money(&self, unit: MoneyUnit) -> Option<Money> {
        let unit = self.unit.unwrap_or(unit);
        let yen = self.number.checked_mul(Decimal::from(unit.yen()))?;
        let yen = yen.fract().is_zero().then(|| yen.normalize())?;
        let yen = i64::try_from(yen).ok()?;
        Some(Money { yen, unit })
    }
}

/// The number with the unit behind it; 万円 counts in 千円.
fn in_unit(number: Decimal, unit: &str) -> Option<(Decimal, Option<MoneyUnit>)> {
    if unit.is_empty() {
        return Some((number, None));
    }
    if unit == "万円" {
        return Some((
            number.checked_mul(Decimal::TEN)?,
            Some(MoneyUnit::ThousandYen),
        ));
    }
    let found = MoneyUnit::ALL
        .into_iter()
        .find(|known| known.label() == unit);
    found.map(|unit| (number, Some(unit)))
}

impl Money {
    /// A whole number of a unit, unless it passes what 64 bits of yen hold.
    #[must_use]
    pub fn of(amount: i64, unit: MoneyUnit) -> Option<Self> {
        amount.checked_mul(unit.yen()).map(|yen| Self { yen, unit })
    }

    /// The amount in a unit, exact.
    #[must_use]
    pub fn shown_in(self, unit: MoneyUnit) -> Decimal {
        (Decimal::from(self.yen) / Decimal::from(unit.yen())).normalize()
    }

    /// The amount in words that one can keep in mind: `約522億円`, `約5億4千万円`, `約6,850万円`;
    /// without 約 where nothing is rounded. Half is rounded up.
    #[must_use]
    pub fn about(self) -> String {
        const TEN_THOUSAND: u64 = 10_000;
        const TEN_MILLION: u64 = 10_000_000;
        const HUNDRED_MILLION: u64 = 100_000_000;
        let yen = self.yen.unsigned_abs();
        let unit = match yen {
            ..TEN_THOUSAND => 1,
            // Three digits say enough.
            TEN_THOUSAND..HUNDRED_MILLION => {
                TEN_THOUSAND * 10_u64.pow((yen / TEN_THOUSAND).ilog10().saturating_sub(2))
            }
            HUNDRED_MILLION..10_000_000_000 => TEN_MILLION,
            _ => HUNDRED_MILLION,
        };
        let whole = (yen + unit / 2) / unit * unit;
        let grouped = |number: u64| with_commas(Decimal::from(number));
        let (large, rest) = (whole / HUNDRED_MILLION, whole % HUNDRED_MILLION);
        let words = match (large, rest) {
            (0, rest) if rest < TEN_THOUSAND => grouped(rest),
            (0, rest) => format!("{}万", grouped(rest / TEN_THOUSAND)),
            (large, 0) if large >= TEN_THOUSAND && large.is_multiple_of(TEN_THOUSAND) => {
                format!("{}兆", grouped(large / TEN_THOUSAND))
            }
            (large, 0) if large >= TEN_THOUSAND => {
                let (most, large) = (large / TEN_THOUSAND, large % TEN_THOUSAND);
                format!("{}兆{}億", grouped(most), grouped(large))
            }
            (large, 0) => format!("{}億", grouped(large)),
            (large, rest) => format!("{}億{}千万", grouped(large), rest / TEN_MILLION),
        };
        let about = if whole == yen { "" } else { "約" };
        let minus = if self.yen < 0 { "－" } else { "" };
        format!("{about}{minus}{words}円")
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
    fn an_amount_is_said_in_words_that_can_be_kept_in_mind() {
        for (yen, words) in [
            (0, "0円"),
            (980, "980円"),
            (12_345, "約1万円"),
            (20_000, "2万円"),
            (68_545_000, "約6,850万円"),
            (99_999_999, "約1億円"),
            (543_210_000, "約5億4千万円"),
            (5_249_999_999, "約52億5千万円"),
            (9_996_000_000, "約100億円"),
            (52_175_759_000, "約522億円"),
            (1_234_500_000_000, "1兆2,345億円"),
            (-68_545_000, "約－6,850万円"),
            (100_000_000, "1億円"),
        ] {
            let unit = MoneyUnit::ThousandYen;
            assert_eq!(Money { yen, unit }.about(), words, "{yen}");
        }
        let unit = MoneyUnit::Yen;
        let least = Money {
            yen: i64::MIN,
            unit,
        };
        assert!(
            least.about().starts_with("約－9,223,372兆"),
            "{}",
            least.about()
        );
    }

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
