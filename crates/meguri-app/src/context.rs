//! Who acts, when, and whether they may: the only way into a write.
//!
//! A write of the store asks who writes and when, and that is only to be had from a [`Leave`], which
//! [`Context::may`] gives to whom the table of `meguri_core::access` allows the action. So an action
//! cannot forget to ask.

use crate::actions::Doing;
use meguri_core::access::{Grant, Permit, Refusal, Role, Subject, Why, permits, permits_somewhere};
use meguri_core::calendar::Day;
use meguri_store::By;
use std::fmt;

/// Somebody who acts: a name for the audit, and what they were granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    name: String,
    grants: Vec<Grant>,
}

impl Actor {
    /// Whoever runs the program in a terminal, by the account of the system.
    #[must_use]
    pub fn operator(name: impl Into<String>) -> Self {
        Self::with_grants(name, vec![Grant::new(Role::Operator)])
    }

    /// An account with its grants.
    #[must_use]
    pub fn with_grants(name: impl Into<String>, grants: Vec<Grant>) -> Self {
        let name = name.into();
        Self { name, grants }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Who does something, and at which moment.
#[derive(Clone, Debug)]
pub struct Context {
    actor: Actor,
    by: By,
    day: Day,
}

impl Context {
    /// Somebody at an ISO 8601 moment of the municipality's own time
    /// (`2026-04-01T09:30:00+09:00`).
    ///
    /// # Errors
    /// Where the name is blank or the moment does not begin with a day.
    pub fn new(actor: Actor, moment: &str) -> meguri_store::Result<Self> {
        let by = By::new(actor.name.clone(), moment)?;
        let day = day_of(moment);
        Ok(Self { actor, by, day })
    }

    /// The name of who acts.
    #[must_use]
    pub fn name(&self) -> &str {
        self.actor.name()
    }

    /// What who acts was granted.
    #[must_use]
    pub fn grants(&self) -> &[Grant] {
        &self.actor.grants
    }

    /// The moment, as given.
    #[must_use]
    pub fn moment(&self) -> &str {
        self.by.moment()
    }

    /// The day.
    #[must_use]
    pub const fn day(&self) -> Day {
        self.day
    }

    /// Leave to do something to an object.
    ///
    /// # Errors
    /// Why not.
    pub fn may(&self, doing: Doing, subject: &Subject) -> Result<Leave<'_>, Refused> {
        let permission = doing.permission();
        match permits(&self.actor.grants, permission, subject, self.day) {
            Ok(permit) => Ok(Leave {
                by: &self.by,
                permit,
            }),
            Err(refusal) => Err(Refused { doing, refusal }),
        }
    }

    /// Leave to do something that is about the whole municipality.
    ///
    /// # Errors
    /// Why not.
    pub fn may_here(&self, doing: Doing) -> Result<Leave<'_>, Refused> {
        self.may(doing, &Subject::default())
    }

    /// Leave to do something to some object at least. Whether it may be done to the very object that
    /// is meant is asked where the object is read.
    ///
    /// # Errors
    /// Why not.
    pub fn may_somewhere(&self, doing: Doing) -> Result<Leave<'_>, Refused> {
        let permission = doing.permission();
        match permits_somewhere(&self.actor.grants, permission, self.day) {
            Ok(permit) => Ok(Leave {
                by: &self.by,
                permit,
            }),
            Err(refusal) => Err(Refused { doing, refusal }),
        }
    }

    /// In whose name a database is opened; for `open_store` alone.
    pub(crate) const fn opens(&self) -> &By {
        &self.by
    }
}

/// Leave to do one thing, and on what it rests.
#[derive(Clone, Copy, Debug)]
pub struct Leave<'a> {
    by: &'a By,
    permit: Permit<'a>,
}

impl<'a> Leave<'a> {
    /// Who and when, for the rows and the audit.
    pub(crate) const fn by(self) -> &'a By {
        self.by
    }

    /// The role and the grant that allow it.
    #[must_use]
    pub const fn permit(self) -> Permit<'a> {
        self.permit
    }
}

/// Somebody may not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What.
    pub doing: Doing,
    /// Why.
    pub refusal: Refusal,
}

/// For a person: what was refused, why, and whom to ask.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = why_not(self.refusal.why);
        write!(
            f,
            "「{}」の操作はできません。{why}。\n必要な場合は、システム管理者に権限の設定を依頼してください。",
            self.doing.label()
        )
    }
}

impl std::error::Error for Refused {}

/// Why a permission was refused, in words without a full stop.
#[must_use]
pub const fn why_not(why: Why) -> &'static str {
    match why {
        Why::NoRole => "役割がありません",
        Why::RoleMayNot => "この役割では行えません",
        Why::NotValid => "役割の有効期間の外です",
        Why::NotAssigned => "割り当てられていません",
        Why::OtherDepartment => "ほかの部のものです",
        Why::OtherSection => "ほかの課のものです",
    }
}

/// A moment as it is written down: ISO 8601 with the offset of its own time.
#[must_use]
pub fn moment_of(now: &jiff::ZonedDateTime) -> String {
    now.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The day of a moment. A clock beyond all fiscal years is told elsewhere; grants hold as on the last
/// day.
pub(crate) fn day_of(moment: &str) -> Day {
    moment.get(..10).and_then(Day::parse).unwrap_or(Day::LAST)
}

/// Today by the clock of this computer, which is in the time of the municipality.
#[must_use]
pub fn today() -> Day {
    let date = jiff::ZonedDateTime::now().date().to_string();
    Day::parse(&date).unwrap_or(Day::LAST)
}

/// This moment by the same clock.
#[must_use]
pub fn now() -> String {
    moment_of(&jiff::ZonedDateTime::now())
}

/// Why something was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// The person may not.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The words of a reason.
    #[error(transparent)]
    Words(#[from] crate::actions::words::WordsFault),
    /// What the store says.
    #[error(transparent)]
    Store(#[from] meguri_store::Error),
}
