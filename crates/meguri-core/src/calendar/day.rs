//! A day of the calendar, without a time of day and without a time zone.

use crate::text::narrow;
use std::fmt;

/// A day of a fiscal year: 1 April 1868 to 31 March 3000 in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// 月曜日.
    Monday,
    /// 火曜日.
    Tuesday,
    /// 水曜日.
    Wednesday,
    /// 木曜日.
    Thursday,
    /// 金曜日.
    Friday,
    /// 土曜日.
    Saturday,
    /// 日曜日.
    Sunday,
}

impl Weekday {
    /// All of them, from Monday on.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The one character for it: `月`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Monday => "月",
            Self::Tuesday => "火",
            Self::Wednesday => "水",
            Self::Thursday => "木",
            Self::Friday => "金",
            Self::Saturday => "土",
            Self::Sunday => "日",
        }
    }

    /// Is it Saturday or Sunday?
    #[must_use]
    pub const fn is_weekend(self) -> bool {
        matches!(self, Self::Saturday | Self::Sunday)
    }
}

/// The eras with the day on which each begins, newest first.
const ERAS: [(&str, Day); 5] = [
    ("令和", Day::at(2019, 5, 1)),
    ("平成", Day::at(1989, 1, 8)),
    ("昭和", Day::at(1926, 12, 25)),
    ("大正", Day::at(1912, 7, 30)),
    ("明治", Day::at(1868, 1, 25)),
];

impl Day {
    /// The first day that there is.
    pub const FIRST: Self = Self::at(1868, 4, 1);
    /// The last day that there is.
    pub const LAST: Self = Self::at(3000, 3, 31);

    /// A day that the caller knows to exist.
    const fn at(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// The first of April of a fiscal year that exists.
    pub(crate) const fn april_first(year: u16) -> Self {
        Self::at(year, 4, 1)
    }

    /// The thirty-first of March of a fiscal year that exists; `year` is the calendar year.
    pub(crate) const fn march_last(year: u16) -> Self {
        Self::at(year, 3, 31)
    }

    /// A day that the calendar has.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let length = days_in_month(year, month)?;
        let made = Self::at(year, month, day);
        let exists = (1..=length).contains(&day) && (Self::FIRST..=Self::LAST).contains(&made);
        exists.then_some(made)
    }

    /// Reads `2026-09-22`, in full or half width.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = narrow(text);
        let mut parts = text.trim().split('-');
        let year = whole_number(parts.next()?, 4)?;
        let month = u8::try_from(whole_number(parts.next()?, 2)?).ok()?;
        let day = u8::try_from(whole_number(parts.next()?, 2)?).ok()?;
        if parts.next().is_some() {
            return None;
        }
        Self::new(year, month, day)
    }

    /// The calendar year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        let place = usize::try_from((self.number() - 1).rem_euclid(7)).unwrap_or(0);
        Weekday::ALL.get(place).copied().unwrap_or(Weekday::Monday)
    }

    /// The day so many days later (earlier where negative), where there is one.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        let number = self.number().checked_add(days)?;
        if number < Self::FIRST.number() || number > Self::LAST.number() {
            return None;
        }
        Self::of_number(number)
    }

    /// How many days later another day is; negative where it is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> i32 {
        other.number() - self.number()
    }

    /// `2026-09-22`, for files and programs.
    #[must_use]
    pub fn iso(self) -> String {
        let Self { year, month, day } = self;
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// `令和8年9月22日（火）`, for a deadline that a person reads.
    #[must_use]
    pub fn with_weekday(self) -> String {
        format!("{self}（{}）", self.weekday().label())
    }

    /// Days from 1 January of the year 1, which is day 1 and a Monday.
    fn number(self) -> i32 {
        let past = i32::from(self.year) - 1;
        let before_month: i32 = (1..self.month)
            .filter_map(|month| days_in_month(self.year, month))
            .map(i32::from)
            .sum();
        past * 365 + past / 4 - past / 100 + past / 400 + before_month + i32::from(self.day)
    }

    /// The day of a number; the year is guessed from the mean length and is off by one at most.
    fn of_number(number: i32) -> Option<Self> {
        let guess = u16::try_from(i64::from(number) * 400 / 146_097 + 1).ok()?;
        let begins = |year: u16| Self::at(year, 1, 1).number();
        let year = if begins(guess) > number {
            guess.checked_sub(1)?
        } else if begins(guess + 1) <= number {
            guess + 1
        } else {
            guess
        };
        let mut left = number - begins(year) + 1;
        for month in 1..=12 {
            let length = i32::from(days_in_month(year, month)?);
            if left <= length {
                return Some(Self::at(year, month, u8::try_from(left).ok()?));
            }
            left -= length;
        }
        None
    }
}

/// A number of at most so many digits, and nothing else.
fn whole_number(text: &str, digits: usize) -> Option<u16> {
    let plain = !text.is_empty() && text.len() <= digits;
    let plain = plain && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_in_month(year: u16, month: u8) -> Option<u8> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if is_leap(year) => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// `令和8年9月22日`, as cities print it.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let era = ERAS.iter().find(|(_, begins)| begins <= self);
        let (name, first) = era.map_or(("", 1), |(name, begins)| (*name, begins.year));
        match self.year - first + 1 {
            1 => write!(f, "{name}元年")?,
            number => write!(f, "{name}{number}年")?,
        }
        write!(f, "{}月{}日", self.month, self.day)
    }
}
