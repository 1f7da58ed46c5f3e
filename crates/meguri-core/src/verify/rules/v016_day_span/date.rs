//! Days of the year without a year.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::fmt;

/// A month and a day that some year has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MonthDay {
    month: u32,
    day: u32,
}

const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

impl MonthDay {
    /// A date, where the calendar has it (29 February too).
    pub(super) fn new(month: Decimal, day: Decimal) -> Option<Self> {
        let (month, day) = (month.to_u32()?, day.to_u32()?);
        let length = *DAYS.get(month.checked_sub(1)? as usize)?;
        let length = if month == 2 { 29 } else { length };
        (1..=length).contains(&day).then_some(Self { month, day })
    }

    /// Its number in a year of 365 days, from 1.
    fn ordinal(self) -> u32 {
        let before: u32 = DAYS.iter().take(self.month as usize - 1).sum();
        before + self.day
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}月{}日", self.month, self.day)
    }
}

/// The number of days from one date to another, both counted, for each kind of year that differs.
///
/// A second date before the first lies in the next year.
pub(super) fn days_between(from: MonthDay, to: MonthDay) -> Vec<u32> {
    let same_year = from <= to;
    let next_year = if same_year { 0 } else { 365 };
    let plain = to.ordinal() + next_year + 1 - from.ordinal();
    let end_of_february =
        if same_year { from.month <= 2 && to.month > 2 } else { from.month <= 2 || to.month > 2 };
    if end_of_february { vec![plain, plain + 1] } else { vec![plain] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: (u32, u32), to: (u32, u32)) -> Vec<u32> {
        let date =
            |(month, day): (u32, u32)| MonthDay::new(month.into(), day.into()).expect("a date");
        days_between(date(from), date(to))
    }

    #[test]
    fn both_ends_count_and_leap_years_are_allowed_for() {
        assert_eq!(days((9, 17), (11, 27)), [72]);
        assert_eq!(days((8, 2), (10, 31)), [91]);
        assert_eq!(days((4, 1), (4, 1)), [1]);
        assert_eq!(days((2, 1), (3, 1)), [29, 30]);
        assert_eq!(days((12, 1), (1, 31)), [62]);
        assert_eq!(days((10, 1), (3, 31)), [182, 183]);
        assert!(MonthDay::new(2.into(), 30.into()).is_none());
    }
}
