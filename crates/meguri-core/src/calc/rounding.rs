//! Rounding (端数処理): to how many decimals and which way.

use rust_decimal::{Decimal, RoundingStrategy};

/// How a result is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rounding {
    /// Decimals that stay, 0 to 4.
    pub decimals: u32,
    /// Which way.
    pub mode: RoundingMode,
}

/// Which way a number is rounded; below zero, all look at the number without its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoundingMode {
    /// 四捨五入: a half goes away from zero.
    HalfUp,
    /// 偶数丸め: a half goes to the even neighbour.
    HalfEven,
    /// 切り捨て: towards zero.
    Down,
    /// 切り上げ: away from zero.
    Up,
}

impl RoundingMode {
    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::HalfUp => "四捨五入",
            Self::HalfEven => "偶数丸め",
            Self::Down => "切り捨て",
            Self::Up => "切り上げ",
        }
    }

    const fn strategy(self) -> RoundingStrategy {
        match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
            Self::Down => RoundingStrategy::ToZero,
            Self::Up => RoundingStrategy::AwayFromZero,
        }
    }
}

impl Rounding {
    /// The most decimals that a scheme may ask for.
    pub const MOST_DECIMALS: u32 = 4;

    /// One decimal, half up: what most cities print.
    #[must_use]
    pub const fn one_decimal() -> Self {
        Self {
            decimals: 1,
            mode: RoundingMode::HalfUp,
        }
    }

    /// The rounded number.
    #[must_use]
    pub fn apply(self, number: Decimal) -> Decimal {
        number.round_dp_with_strategy(self.decimals, self.mode.strategy())
    }

    /// The rounded number with all its decimals: `100.0`.
    #[must_use]
    pub fn print(self, number: Decimal) -> String {
        let rounded = self.apply(number);
        let places = usize::try_from(self.decimals).unwrap_or(0);
        // -0.04 rounds to 0, and nobody prints -0.0.
        let rounded = if rounded.is_zero() {
            Decimal::ZERO
        } else {
            rounded
        };
        format!("{rounded:.places$}")
    }

    /// As a sentence, for an officer.
    #[must_use]
    pub fn sentence(self) -> String {
        match self.decimals {
            0 => format!("結果は小数点以下を{}して整数にします。", self.mode.label()),
            n => format!(
                "結果は小数第{n}位まで求め、その下を{}します。",
                self.mode.label()
            ),
        }
    }

    /// In words: `小数第1位まで、四捨五入`.
    #[must_use]
    pub fn label(self) -> String {
        match self.decimals {
            0 => format!("整数、{}", self.mode.label()),
            n => format!("小数第{n}位まで、{}", self.mode.label()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn round(text: &str, decimals: u32, mode: RoundingMode) -> String {
        let number = text.parse().unwrap_or_default();
        Rounding { decimals, mode }.print(number)
    }

    #[test]
    fn each_way_of_rounding_treats_halves_as_its_name_says() {
        use RoundingMode::{Down, HalfEven, HalfUp, Up};
        let cases = [
            ("0.25", 1, ["0.3", "0.2", "0.2", "0.3"]),
            ("0.35", 1, ["0.4", "0.4", "0.3", "0.4"]),
            ("-0.25", 1, ["-0.3", "-0.2", "-0.2", "-0.3"]),
            ("2.5", 0, ["3", "2", "2", "3"]),
            ("75.40983", 1, ["75.4", "75.4", "75.4", "75.5"]),
            (
                "99.99999",
                4,
                ["100.0000", "100.0000", "99.9999", "100.0000"],
            ),
            ("-0.04", 1, ["0.0", "0.0", "0.0", "-0.1"]),
            ("7", 2, ["7.00", "7.00", "7.00", "7.00"]),
        ];
        for (text, decimals, want) in cases {
            let got = [HalfUp, HalfEven, Down, Up].map(|mode| round(text, decimals, mode));
            assert_eq!(got, want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn rounding_moves_less_than_one_place_and_stays_put_the_second_time(
            digits in -1_000_000_000_i64..1_000_000_000,
            scale in 0_u32..9,
            decimals in 0_u32..=4,
        ) {
            use RoundingMode::{Down, HalfEven, HalfUp, Up};
            let number = Decimal::new(digits, scale);
            let place = Decimal::new(1, decimals);
            for mode in [HalfUp, HalfEven, Down, Up] {
                let rounding = Rounding { decimals, mode };
                let rounded = rounding.apply(number);
                prop_assert!((rounded - number).abs() < place);
                prop_assert_eq!(rounding.apply(rounded), rounded);
            }
        }
    }
}
