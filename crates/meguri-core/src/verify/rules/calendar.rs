//! Days of the calendar as papers print them, with or without a year.

mod notation;

pub(super) use notation::{Style, Written, written_at};

use super::super::scan::ahead;
use std::fmt;

/// A day that the calendar has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// The calendar year, where it is printed.
    pub(super) year: Option<i64>,
    month: u32,
    day: u32,
}

const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// The days of the week, as papers write them, from Monday on.
const WEEKDAYS: [char; 7] = ['月', '火', '水', '木', '金', '土', '日'];

impl Date {
    /// A date, where the calendar has it; 29 February where no year says otherwise.
    pub(super) fn new(year: Option<i64>, month: u32, day: u32) -> Option<Self> {
        let length = *DAYS.get(month.checked_sub(1)? as usize)?;
        let leap = month == 2 && year.is_none_or(is_leap);
        (1..=length + u32::from(leap))
            .contains(&day)
            .then_some(Self { year, month, day })
    }

    /// Days from 1 January of the year 1 in the Gregorian calendar.
    fn number(self, year: i64) -> i64 {
        let past = year - 1;
        let months: u32 = DAYS.iter().take(self.month as usize - 1).sum();
        let leap_day = u32::from(self.month > 2 && is_leap(year));
        let within = i64::from(months + leap_day + self.day);
        past * 365 + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400) + within
    }

    /// The day of the week, where the year is known.
    pub(super) fn weekday(self) -> Option<char> {
        let number = self.number(self.year?) - 1;
        let at = usize::try_from(number.rem_euclid(7)).ok()?;
        WEEKDAYS.get(at).copied()
    }

    /// Does it lie before another one? Only where both years are known.
    pub(super) fn is_before(self, other: Self) -> bool {
        match (self.year, other.year) {
            (Some(own), Some(year)) => self.number(own) < other.number(year),
            _ => false,
        }
    }
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(year) = self.year {
            write!(f, "{year}年")?;
        }
        write!(f, "{}月{}日", self.month, self.day)
    }
}

/// The number of days from one date to another, both counted. Where no year is printed, there may be
/// two answers, for a leap year and another one; where the second date lies before the first, none.
///
/// A date without a year lies in the year of the other one, or next to it over new year.
pub(super) fn days_between(from: Date, to: Date) -> Vec<i64> {
    let over = i64::from((to.month, to.day) < (from.month, from.day));
    let years = match (from.year, to.year) {
        (Some(first), Some(last)) => vec![(first, last)],
        (Some(first), None) => vec![(first, first + over)],
        (None, Some(last)) => vec![(last - over, last)],
        // Two years in a row of which none, the first or the second is a leap year.
        (None, None) => [2021, 2024, 2023].map(|year| (year, year + over)).to_vec(),
    };
    let mut days: Vec<i64> = years
        .into_iter()
        .map(|(first, last)| to.number(last) - from.number(first) + 1)
        .collect();
    days.retain(|days| *days > 0);
    days.sort_unstable();
    days.dedup();
    days
}

/// A span of two dates as written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) from: Written,
    pub(super) to: Written,
}

/// The words and marks between the two dates of a span, in narrowed text.
const BETWEEN: [&str; 11] = [
    "から", "より", "~", "〜", "～", "-", "―", "–", "—", "‐", "−",
];

/// The span whose first date begins at a byte offset.
pub(super) fn span_at(text: &str, offset: usize) -> Option<Span> {
    let from = written_at(text, offset, None)?;
    let to_start = between(text, from.end)?;
    let to = written_at(text, to_start, Some(&from))?;
    Some(Span { from, to })
}

/// The byte behind the word between two dates that begins at an offset, blanks skipped.
fn between(text: &str, offset: usize) -> Option<usize> {
    let rest = text.get(offset..)?.trim_start();
    let behind = BETWEEN.iter().find_map(|word| rest.strip_prefix(word))?;
    Some(text.len() - behind.trim_start().len())
}

/// Does a date that is written in full begin here: not in the middle of a number or a word?
pub(super) fn may_begin(text: &str, offset: usize) -> bool {
    let first = ahead(text, offset, 1);
    let begins = first.starts_with(|c: char| c.is_ascii_digit() || "令平昭RHS".contains(c));
    let before = text.get(..offset).and_then(|head| head.chars().next_back());
    let within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | ',');
    begins && !before.is_some_and(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: (Option<i64>, u32, u32), to: (Option<i64>, u32, u32)) -> Vec<i64> {
        let date = |(year, month, day): (Option<i64>, u32, u32)| {
            Date::new(year, month, day).expect("a date")
        };
        days_between(date(from), date(to))
    }

    #[test]
    fn both_ends_count_and_leap_years_are_allowed_for() {
        assert_eq!(days((None, 9, 17), (None, 11, 27)), [72]);
        assert_eq!(days((None, 8, 2), (None, 10, 31)), [91]);
        assert_eq!(days((None, 4, 1), (None, 4, 1)), [1]);
        assert_eq!(days((None, 2, 1), (None, 3, 1)), [29, 30]);
        assert_eq!(days((None, 12, 1), (None, 1, 31)), [62]);
        assert_eq!(days((None, 10, 1), (None, 3, 31)), [182, 183]);
        assert!(Date::new(None, 2, 30).is_none());
        assert!(Date::new(Some(2023), 2, 29).is_none());
    }

    #[test]
    fn printed_years_are_used() {
        assert_eq!(days((Some(2022), 4, 1), (Some(2024), 3, 31)), [731]);
        assert_eq!(days((Some(2023), 2, 20), (None, 3, 1)), [10]);
        assert_eq!(days((Some(2023), 10, 1), (None, 3, 31)), [183]);
        assert_eq!(days((None, 10, 1), (Some(2023), 3, 31)), [182]);
        assert!(days((Some(2024), 4, 1), (Some(2023), 3, 31)).is_empty());
    }

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        let weekday = |y, m, d| Date::new(Some(y), m, d).and_then(Date::weekday);
        assert_eq!(weekday(2022, 9, 17), Some('土'));
        assert_eq!(weekday(2024, 2, 29), Some('木'));
        assert_eq!(weekday(2000, 1, 1), Some('土'));
    }
}
