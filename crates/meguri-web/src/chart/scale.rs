//! A scale of round numbers that holds some values, and always zero: bars must not lie.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// No value beyond it is drawn: it is rather an error than an amount.
const MOST: i64 = 1_000_000_000_000_000;
/// The finest step, as decimals.
const FINEST: u32 = 12;
/// Into how many steps the range is cut, about.
const STEPS: i64 = 4;

/// A scale with its ticks.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    /// The marks, from the lowest to the highest; at least two.
    pub(super) ticks: Vec<Decimal>,
    low: f64,
    high: f64,
}

/// Can a value be drawn?
pub(super) fn is_drawable(value: Decimal) -> bool {
    value.abs() <= Decimal::from(MOST)
}

impl Scale {
    /// The scale of some values; those that cannot be drawn are passed over.
    pub(super) fn of(values: &[Decimal]) -> Self {
        let values = || values.iter().copied().filter(|value| is_drawable(*value));
        let low = values().fold(Decimal::ZERO, Decimal::min);
        let high = values().fold(Decimal::ZERO, Decimal::max);
        let (low, high) = if low == high {
            (low, Decimal::ONE)
        } else {
            (low, high)
        };
        // Between whole people there is no half a person.
        let decimals = values()
            .map(|value| value.normalize().scale())
            .max()
            .unwrap_or(0);
        let step = step((high - low) / Decimal::from(STEPS), decimals.min(FINEST));
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let mut ticks = Vec::new();
        let mut at = first;
        while at <= last {
            ticks.push((at * step).normalize());
            at += Decimal::ONE;
        }
        let end = |tick: Option<&Decimal>| tick.and_then(Decimal::to_f64).unwrap_or_default();
        Self {
            low: end(ticks.first()),
            high: end(ticks.last()),
            ticks,
        }
    }

    /// How far up a value lies, from 0 at the lowest tick to 1 at the highest.
    pub(super) fn share(&self, value: Decimal) -> f64 {
        let value = value.to_f64().unwrap_or_default();
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

/// The round step (1, 2 or 5 and zeros) that is at least as long as the rough one.
fn step(rough: Decimal, decimals: u32) -> Decimal {
    let mut step = Decimal::new(1, decimals);
    for factor in [2, 5, 10].into_iter().cycle() {
        if step >= rough || step > Decimal::from(MOST) {
            break;
        }
        let next = match factor {
            5 => step * Decimal::new(25, 1),
            _ => step * Decimal::TWO,
        };
        step = next;
    }
    step.normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_the_values_and_zero() {
        for (values, ticks) in [
            ("6 8 9 14", "0 5 10 15"),
            ("75.4 100", "0 50 100"),
            ("68.9 70.1", "0 20 40 60 80"),
            ("1 2", "0 1 2"),
            ("0.001", "0 0.001"),
            ("0.0015 0.004", "0 0.001 0.002 0.003 0.004"),
            ("-3 5", "-4 -2 0 2 4 6"),
            ("-7 -2", "-8 -6 -4 -2 0"),
            ("0 0", "0 1"),
            ("7 7 7", "0 2 4 6 8"),
            ("1000000000000", "0 500000000000 1000000000000"),
            ("", "0 1"),
            ("79228162514264337593543950335", "0 1"),
            ("0.0000000000000000000000000001", "0 0.000000000001"),
        ] {
            let values: Vec<Decimal> = values
                .split_whitespace()
                .map(|v| v.parse().expect("a number"))
                .collect();
            let found: Vec<String> = Scale::of(&values)
                .ticks
                .iter()
                .map(ToString::to_string)
                .collect();
            assert_eq!(found.join(" "), ticks, "{values:?}");
        }
    }
}
