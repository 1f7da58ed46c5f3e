//! Business days (開庁日) of a municipality: weekends, national holidays, the year's end, and the
//! days that the city itself adds or takes away.
//!
//! 地方自治法第4条の2 names what a municipality may close on: Saturdays and Sundays, the holidays of
//! the 国民の祝日に関する法律, and by its own ordinance the year's end and days of special historical
//! meaning. [`Calendar::default`] is what nearly every ordinance says (12月29日～1月3日); the rest is
//! the city's data.
//!
//! Read [`Day`], then [`national_holiday`], then [`Calendar`]. Today is given by the caller.

mod day;
mod holidays;

pub use day::{Day, Weekday};
pub use holidays::{FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR, national_holiday};

use std::collections::{BTreeMap, BTreeSet};

/// How many days a search for a business day goes at most: a calendar of a city that closes for
/// longer has no answer.
const LONGEST_CLOSING: u32 = 366;

/// Why the town hall is closed on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing<'a> {
    /// A day that the city named.
    City(&'a str),
    /// A national holiday by its name, 振替休日 and 国民の休日 among them.
    National(&'static str),
    /// 年末年始.
    YearEnd,
    /// Saturday or Sunday.
    Weekend,
}

impl Closing<'_> {
    /// The name for a person.
    #[must_use]
    pub const fn label(&self) -> &str {
        match self {
            Self::City(name) => name,
            Self::National(name) => name,
            Self::YearEnd => "年末年始の休日",
            Self::Weekend => "土曜日・日曜日",
        }
    }
}

/// The calendar of one municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// First and last month and day of the year's end; the last lies in the new year.
    year_end: ((u8, u8), (u8, u8)),
    closed: BTreeMap<Day, String>,
    closed_yearly: BTreeMap<(u8, u8), String>,
    open: BTreeSet<Day>,
}

impl Default for Calendar {
    /// Weekends, national holidays, and 12月29日 to 1月3日.
    fn default() -> Self {
        Self {
            year_end: ((12, 29), (1, 3)),
            closed: BTreeMap::new(),
            closed_yearly: BTreeMap::new(),
            open: BTreeSet::new(),
        }
    }
}

impl Calendar {
    /// The same with another year's end: month and day of its first day in the old year and of its
    /// last day in the new year.
    #[must_use]
    pub const fn with_year_end(mut self, first: (u8, u8), last: (u8, u8)) -> Self {
        self.year_end = (first, last);
        self
    }

    /// The same with one more closed day; the name says why.
    #[must_use]
    pub fn with_closed(mut self, day: Day, name: &str) -> Self {
        self.closed.insert(day, name.to_owned());
        self
    }

    /// The same with a day that is closed each year (慰霊の日 6月23日 …).
    #[must_use]
    pub fn with_closed_yearly(mut self, month: u8, day: u8, name: &str) -> Self {
        self.closed_yearly.insert((month, day), name.to_owned());
        self
    }

    /// The same with a day that is open whatever else holds of it.
    #[must_use]
    pub fn with_open(mut self, day: Day) -> Self {
        self.open.insert(day);
        self
    }

    /// Why the town hall is closed on a day; `None` = it is open.
    ///
    /// A day that the city opens is open; else the city's own name for a closed day comes first.
    #[must_use]
    pub fn closing(&self, day: Day) -> Option<Closing<'_>> {
        if self.open.contains(&day) {
            return None;
        }
        let own = self.closed.get(&day);
        let own = own.or_else(|| self.closed_yearly.get(&(day.month(), day.day())));
        if let Some(name) = own {
            return Some(Closing::City(name));
        }
        if let Some(name) = national_holiday(day) {
            return Some(Closing::National(name));
        }
        if self.is_year_end(day) {
            return Some(Closing::YearEnd);
        }
        day.weekday().is_weekend().then_some(Closing::Weekend)
    }

    /// Is the town hall open?
    #[must_use]
    pub fn is_business_day(&self, day: Day) -> bool {
        self.closing(day).is_none()
    }

    fn is_year_end(&self, day: Day) -> bool {
        let (first, last) = self.year_end;
        let own = (day.month(), day.day());
        own >= first || own <= last
    }

    /// The day itself where it is a business day, else the next one: where a term ends that would
    /// end on a closed day (民法第142条, 地方自治法第4条の2第4項).
    #[must_use]
    pub fn on_or_after(&self, day: Day) -> Option<Day> {
        self.search(day, 1)
    }

    /// The day itself where it is a business day, else the one before.
    #[must_use]
    pub fn on_or_before(&self, day: Day) -> Option<Day> {
        self.search(day, -1)
    }

    /// The n-th business day after a day; the day itself is not counted (民法第140条) and may be
    /// closed. With n = 0 it is the day itself.
    #[must_use]
    pub fn business_days_after(&self, day: Day, n: u32) -> Option<Day> {
        self.count(day, n, 1)
    }

    /// The n-th business day before a day, counted like [`Calendar::business_days_after`]: five
    /// business days before a Monday without holidays is the Monday before.
    #[must_use]
    pub fn business_days_before(&self, day: Day, n: u32) -> Option<Day> {
        self.count(day, n, -1)
    }

    /// How many business days are left on `today` until a deadline: those after today, up to the
    /// deadline itself. 0 on the day of the deadline and after it.
    #[must_use]
    pub fn business_days_left(&self, today: Day, deadline: Day) -> u32 {
        let mut left = 0;
        let mut at = today;
        while at < deadline {
            let Some(next) = at.plus_days(1) else { break };
            at = next;
            left += u32::from(self.is_business_day(at));
        }
        left
    }

    fn count(&self, day: Day, n: u32, step: i32) -> Option<Day> {
        let mut at = day;
        for _ in 0..n {
            at = self.search(at.plus_days(step)?, step)?;
        }
        Some(at)
    }

    /// The first business day from a day on, the day itself included, in steps of one day.
    fn search(&self, day: Day, step: i32) -> Option<Day> {
        let mut at = day;
        for _ in 0..LONGEST_CLOSING {
            if self.is_business_day(at) {
                return Some(at);
            }
            at = at.plus_days(step)?;
        }
        None
    }
}

#[cfg(test)]
mod tests;
