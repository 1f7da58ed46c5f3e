//! The three dates of a stage in one cycle.

use crate::calendar::{Calendar, Day};
use crate::fiscal_year::FiscalYear;
use crate::scheme::StageDeadlines;

/// The dates of a stage: one to be told, two that hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageDates {
    /// The deadline that the writers are told; nothing ends with it.
    pub shown: Day,
    /// From this day nobody begins any more; `None` = never.
    pub no_new_from: Option<Day>,
    /// From this day nothing is changed or sent any more; `None` = never.
    pub no_change_from: Option<Day>,
}

/// What the dates mean on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timing {
    /// Until the deadline, the day itself included.
    InTime,
    /// After the deadline; everything is still possible.
    Overdue,
    /// Who has not begun comes too late.
    NoNewEntry,
    /// Nothing is changed any more.
    NoChange,
}

impl Timing {
    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::InTime => "期限内",
            Self::Overdue => "期限超過",
            Self::NoNewEntry => "新規の記入は終了",
            Self::NoChange => "記入・修正は終了",
        }
    }
}

impl StageDates {
    /// The dates of a stage for an evaluated year; `None` where the calendar has no such day.
    #[must_use]
    pub fn of_year(
        deadlines: &StageDeadlines,
        evaluated: FiscalYear,
        calendar: &Calendar,
    ) -> Option<Self> {
        let day = |rule: crate::scheme::YearlyDay| rule.in_year(evaluated, calendar);
        Some(Self {
            shown: day(deadlines.shown)?,
            no_new_from: deadlines.no_new_from.and_then(day),
            no_change_from: deadlines.no_change_from.and_then(day),
        })
    }

    /// What they mean on a day.
    #[must_use]
    pub fn timing(&self, today: Day) -> Timing {
        let is_past = |from: Option<Day>| from.is_some_and(|from| from <= today);
        if is_past(self.no_change_from) {
            Timing::NoChange
        } else if is_past(self.no_new_from) {
            Timing::NoNewEntry
        } else if today > self.shown {
            Timing::Overdue
        } else {
            Timing::InTime
        }
    }

    /// The day on which a reminder goes out, so many business days before the deadline.
    #[must_use]
    pub fn reminder(&self, business_days: u32, calendar: &Calendar) -> Option<Day> {
        calendar.business_days_before(self.shown, business_days)
    }

    /// Do these give more time than others: no date earlier, one at least later?
    #[must_use]
    pub fn extends(&self, other: &Self) -> bool {
        let end = |day: Option<Day>| day.unwrap_or(Day::LAST);
        let own = [self.shown, end(self.no_new_from), end(self.no_change_from)];
        let others = [
            other.shown,
            end(other.no_new_from),
            end(other.no_change_from),
        ];
        own != others && own.iter().zip(&others).all(|(own, other)| own >= other)
    }
}
