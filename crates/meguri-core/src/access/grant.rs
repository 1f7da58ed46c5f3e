//! Grants: a role of a person, for what and for how long, and the deputies (代理).

use crate::access::Role;
use crate::calendar::Day;
use crate::fiscal_year::{FiscalYear, FiscalYearSpan};

/// The days on which a grant holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// First day; `None` = always before.
    pub from: Option<Day>,
    /// Last day; `None` = until it is taken away.
    pub until: Option<Day>,
}

impl Validity {
    /// The days of fiscal years in which somebody *works*: who writes in May of 令和6年度 the sheet
    /// of 令和5年度 has a grant for 令和6年度.
    #[must_use]
    pub const fn fiscal_years(span: FiscalYearSpan) -> Self {
        Self {
            from: Some(span.first.first_day()),
            until: Some(span.last.last_day()),
        }
    }

    /// The days of one fiscal year.
    #[must_use]
    pub const fn fiscal_year(year: FiscalYear) -> Self {
        Self::fiscal_years(FiscalYearSpan {
            first: year,
            last: year,
        })
    }

    /// Does it hold on a day? Both ends are within.
    #[must_use]
    pub fn holds_on(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The days that are in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            from: self.from.max(other.from),
            until: match (self.until, other.until) {
                (Some(one), Some(two)) => Some(one.min(two)),
                (one, two) => one.or(two),
            },
        }
    }
}

/// A role of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Key of the section that the person belongs to in this role.
    pub section: Option<String>,
    /// Key of the department.
    pub department: Option<String>,
    /// Key under which objects are assigned: a committee, a group of it, a person.
    pub assignee: Option<String>,
    /// The days on which it holds.
    pub valid: Validity,
    /// The account whose deputy the person is by this grant.
    pub deputy_of: Option<String>,
}

impl Grant {
    /// A role without section, department or end.
    #[must_use]
    pub fn new(role: Role) -> Self {
        Self {
            role,
            section: None,
            department: None,
            assignee: None,
            valid: Validity::default(),
            deputy_of: None,
        }
    }

    /// The same in a section.
    #[must_use]
    pub fn in_section(mut self, section: &str) -> Self {
        self.section = Some(section.to_owned());
        self
    }

    /// The same in a department.
    #[must_use]
    pub fn in_department(mut self, department: &str) -> Self {
        self.department = Some(department.to_owned());
        self
    }

    /// The same for what is assigned under a key.
    #[must_use]
    pub fn assigned_as(mut self, assignee: &str) -> Self {
        self.assignee = Some(assignee.to_owned());
        self
    }

    /// The same, on these days only.
    #[must_use]
    pub const fn valid(mut self, valid: Validity) -> Self {
        self.valid = valid;
        self
    }

    /// Is it the grant of a deputy?
    #[must_use]
    pub const fn is_deputy(&self) -> bool {
        self.deputy_of.is_some()
    }
}

/// Who shall stand in for whom, and who says so; each an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appointment<'a> {
    /// Whose deputy.
    pub of: &'a str,
    /// The deputy.
    pub deputy: &'a str,
    /// Who appoints.
    pub by: &'a str,
}

/// Why somebody cannot be appointed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppointmentRefusal {
    /// The role has no deputies.
    NoDeputies,
    /// The grant is a deputy's itself, who cannot hand it on.
    IsDeputy,
    /// Nobody is their own deputy.
    SamePerson,
    /// Only the person themselves and others appoint: nobody takes a role for themselves.
    AppointsThemselves,
}

/// The grant by which somebody becomes a deputy in one grant of another person: the same reach, and
/// no day on which the other does not hold. Whether `by` may appoint at all is
/// [`crate::access::Permission::NameDeputy`].
///
/// # Errors
/// Why not.
pub fn appoint_deputy(
    own: &Grant,
    who: Appointment<'_>,
    valid: Validity,
) -> Result<Grant, AppointmentRefusal> {
    if !own.role.has_deputies() {
        return Err(AppointmentRefusal::NoDeputies);
    }
    if own.is_deputy() {
        return Err(AppointmentRefusal::IsDeputy);
    }
    if who.deputy == who.of {
        return Err(AppointmentRefusal::SamePerson);
    }
    if who.deputy == who.by {
        return Err(AppointmentRefusal::AppointsThemselves);
    }
    Ok(Grant {
        valid: own.valid.and(valid),
        deputy_of: Some(who.of.to_owned()),
        ..own.clone()
    })
}
