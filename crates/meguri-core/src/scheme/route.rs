//! The route of a stage: who writes, checks, approves and accepts a sheet, in which order the stages
//! come, and until when (提出・確認・承認の経路と期限).

use crate::access::Role;
use crate::calendar::{Calendar, Day};
use crate::fiscal_year::FiscalYear;

/// The route of one stage.
///
/// What the roles may do at all, and for which sheets, is the table of [`crate::access`]; the route
/// says which of them have a part here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRoute {
    /// Who writes and sends; any of them.
    pub writers: Vec<Role>,
    /// Who may take it up, look at it and send it back without approving; any of them.
    pub checkers: Vec<Role>,
    /// Who approves what was sent: each of them, in this order. None = nobody needs to.
    pub approvers: Vec<Role>,
    /// Who takes over what was approved; any of them.
    pub acceptors: Vec<Role>,
    /// May who sent a sheet also approve and accept it? For towns with one person a section.
    pub same_person: bool,
    /// When the stage begins.
    pub order: StageOrder,
    /// Until when; `None` = without dates.
    pub deadlines: Option<StageDeadlines>,
}

impl Default for StageRoute {
    /// The usual way: 所管課 writes, 課長 approves, 政策課 checks and accepts, after the stage before.
    fn default() -> Self {
        Self {
            writers: vec![Role::Entry, Role::SectionHead],
            checkers: vec![Role::Planning],
            approvers: vec![Role::SectionHead],
            acceptors: vec![Role::Planning],
            same_person: false,
            order: StageOrder::After,
            deadlines: None,
        }
    }
}

impl StageRoute {
    /// Is it written by the sections that own the sheets, each its own part?
    #[must_use]
    pub fn is_written_by_sections(&self) -> bool {
        self.writers.contains(&Role::Entry)
    }
}

/// When a stage begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StageOrder {
    /// When all before it are accepted.
    #[default]
    After,
    /// Together with the one written before it.
    SideBySide,
}

/// The three dates of a stage, as they come back each year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageDeadlines {
    /// The deadline that is shown to the writers.
    pub shown: YearlyDay,
    /// From this day nobody begins a sheet any more; `None` = never.
    pub no_new_from: Option<YearlyDay>,
    /// From this day nothing is changed any more; `None` = never.
    pub no_change_from: Option<YearlyDay>,
}

/// A month and day in the fiscal year after the evaluated one, in which sheets are written: 5月31日
/// for the evaluation of 令和5年度 is in 令和6年度.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearlyDay {
    month: u8,
    day: u8,
    years_after: u8,
}

impl YearlyDay {
    /// A month and day that some year has, in the fiscal year so many years after the evaluated one:
    /// 1 for the evaluation afterwards (事後), 0 in the course of the year (事中).
    #[must_use]
    pub fn new(month: u8, day: u8, years_after: u8) -> Option<Self> {
        // 2024 is a leap year: 2月29日 is a day, and becomes 2月28日 in other years.
        Day::new(2024, month, day)?;
        Some(Self {
            month,
            day,
            years_after,
        })
    }

    /// Month and day.
    #[must_use]
    pub const fn month_and_day(self) -> (u8, u8) {
        (self.month, self.day)
    }

    /// How many fiscal years after the evaluated one.
    #[must_use]
    pub const fn years_after(self) -> u8 {
        self.years_after
    }

    /// The day for an evaluated year; on a closed day the next business day, as terms end
    /// (地方自治法第4条の2第4項).
    #[must_use]
    pub fn in_year(self, evaluated: FiscalYear, calendar: &Calendar) -> Option<Day> {
        let first = evaluated.plus(i32::from(self.years_after))?.first_day();
        let year = if self.month >= 4 {
            first.year()
        } else {
            first.year().checked_add(1)?
        };
        let day = Day::new(year, self.month, self.day);
        let day = day.or_else(|| Day::new(year, self.month, self.day.checked_sub(1)?))?;
        calendar.on_or_after(day)
    }

    /// Its place in the order of days, for the same evaluated year.
    pub(crate) const fn place(self) -> (u8, u8, u8) {
        let month = if self.month >= 4 {
            self.month - 4
        } else {
            self.month + 8
        };
        (self.years_after, month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yearly_day_lies_in_the_year_after_and_on_a_business_day() {
        let calendar = Calendar::default();
        // Evaluated year, month, day, years after, the day.
        let cases = [
            // A Friday.
            (2023, 5, 31, 1, "2024-05-31"),
            // A Saturday becomes Monday, the year's end becomes 5 January.
            (2024, 5, 31, 1, "2025-06-02"),
            (2024, 12, 29, 1, "2026-01-05"),
            // January to March lie in the next calendar year.
            (2023, 3, 10, 0, "2024-03-11"),
            (2023, 1, 31, 1, "2025-01-31"),
            // 29 February of a year without one; 2023-02-28 is a Tuesday.
            (2022, 2, 29, 0, "2023-02-28"),
            (2023, 2, 29, 0, "2024-02-29"),
        ];
        for (year, month, day, years_after, want) in cases {
            let rule = YearlyDay::new(month, day, years_after).expect("a day");
            let year = FiscalYear::new(year).expect("a year");
            let found = rule.in_year(year, &calendar);
            assert_eq!(
                found,
                Day::parse(want),
                "{year} {month}/{day} +{years_after}"
            );
        }
        for (month, day) in [(2, 30), (13, 1), (4, 31), (0, 1), (1, 0)] {
            assert_eq!(YearlyDay::new(month, day, 1), None, "{month}/{day}");
        }
    }
}
