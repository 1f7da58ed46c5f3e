//! Who may do what (権限): roles, permissions, and how far each reaches.
//!
//! [`allows`] is the one table: a role has a permission for nothing, for the sheets of its own
//! section, for those of its own department, for those assigned to it, or for all. [`permits`]
//! asks it for a person's grants, one object and one day, and gives the grant that it rests on, so
//! that the audit line can say as what, and for whom, somebody acted.
//!
//! A permission is the outer wall. What a route of the scheme asks besides (who writes, checks,
//! approves and accepts a sheet at a stage, and that nobody approves what they sent) is decided in
//! [`crate::workflow`].
//!
//! Reading order: [`Role`], [`Permission`], [`Grant`], [`Subject`], [`permits`]. Words for a person
//! are made at the edge from [`Refusal`]; only the names of roles and permissions are here.

mod grant;
mod manual;
mod permission;
mod role;
mod table;

pub use grant::{Appointment, AppointmentRefusal, Grant, Validity, appoint_deputy};
pub use manual::manual;
pub use permission::{Area, Permission};
pub use role::Role;
pub use table::{Reach, allows};

use crate::calendar::Day;
use crate::plan::SectionRegister;

/// A section that answers for an object, with the department (部) that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwningSection {
    /// Key of the section.
    pub section: String,
    /// Key of its department; `None` for a section outside any (会計課, 議会事務局 …).
    pub department: Option<String>,
}

/// What somebody wants to act on. The default is no one's: only [`Reach::All`] reaches it, which is
/// right for what belongs to the whole city (a scheme, an account, a cycle).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The sections that own it together, as they are called today: see [`Subject::of_sections`].
    pub sections: Vec<OwningSection>,
    /// Keys of those whom it is assigned to: a committee, a group of it, one person.
    pub assigned: Vec<String>,
}

impl Subject {
    /// The subject of sections that owned it in the year of its paper, under the names that answer
    /// for it in the fiscal year of a day: a section that was renamed or merged loses nothing.
    ///
    /// `department` gives the department of a section.
    #[must_use]
    pub fn of_sections<'a>(
        keys: impl IntoIterator<Item = &'a str>,
        register: &SectionRegister,
        day: Day,
        department: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let year = crate::fiscal_year::FiscalYear::containing(day);
        let mut sections: Vec<OwningSection> = Vec::new();
        for section in keys
            .into_iter()
            .flat_map(|key| register.answering(key, year))
        {
            if !sections.iter().any(|known| known.section == section.key) {
                sections.push(OwningSection {
                    department: department(&section.key),
                    section: section.key.clone(),
                });
            }
        }
        Self {
            sections,
            assigned: Vec::new(),
        }
    }

    /// The part of it that one of its sections owns.
    #[must_use]
    pub fn of_section(&self, section: &str) -> Self {
        let own = |owner: &&OwningSection| owner.section == section;
        Self {
            sections: self.sections.iter().filter(own).cloned().collect(),
            assigned: self.assigned.clone(),
        }
    }
}

/// How somebody stands to an object, by one grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It is of the section of the grant.
    OwnSection,
    /// It is of a section of the department of the grant.
    OwnDepartment,
    /// It is assigned to whom the grant stands for.
    Assigned,
}

impl Relation {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::OwnSection, Self::OwnDepartment, Self::Assigned];

    /// Does a grant stand so to an object?
    #[must_use]
    pub fn holds(self, grant: &Grant, subject: &Subject) -> bool {
        let is = |own: &Option<String>, other: &str| own.as_deref() == Some(other);
        match self {
            Self::OwnSection => {
                let mut sections = subject.sections.iter();
                sections.any(|owner| is(&grant.section, &owner.section))
            }
            Self::OwnDepartment => {
                let mut departments = subject
                    .sections
                    .iter()
                    .filter_map(|o| o.department.as_ref());
                departments.any(|department| is(&grant.department, department))
            }
            Self::Assigned => subject.assigned.iter().any(|key| is(&grant.assignee, key)),
        }
    }
}

/// On what a permission rests: a role, and the grant that gives it; none where it is open to
/// everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit<'a> {
    /// The role.
    pub role: Role,
    /// The grant; `None` = [`Role::Anyone`].
    pub grant: Option<&'a Grant>,
}

/// A permission that was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What was asked for.
    pub permission: Permission,
    /// Why not.
    pub why: Why,
}

/// Why a permission was refused, from the farthest to the nearest: where several grants fail in
/// different ways, the nearest is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Nobody is signed in, or the person has no role at all.
    NoRole,
    /// No role of the person has it.
    RoleMayNot,
    /// A role that has it is not valid on the day.
    NotValid,
    /// It is not assigned to the person.
    NotAssigned,
    /// It is of another department.
    OtherDepartment,
    /// It is of another section.
    OtherSection,
}

/// What [`permits`] decides.
pub type Decision<'a> = Result<Permit<'a>, Refusal>;

/// May somebody with these grants do something to an object on a day?
///
/// The first grant that allows it is the one that it rests on, own grants before those of a
/// deputy: who may act for themselves does not act for somebody else.
///
/// # Errors
/// Why not, with the reason that comes nearest.
pub fn permits<'a>(
    grants: &'a [Grant],
    permission: Permission,
    subject: &Subject,
    day: Day,
) -> Decision<'a> {
    permits_as(grants, None, permission, subject, day)
}

/// The same, by a grant of one of these roles only; `None` = by any.
///
/// # Errors
/// Why not, with the reason that comes nearest among these roles.
pub fn permits_as<'a>(
    grants: &'a [Grant],
    roles: Option<&[Role]>,
    permission: Permission,
    subject: &Subject,
    day: Day,
) -> Decision<'a> {
    if roles.is_none() && allows(Role::Anyone, permission) == Reach::All {
        return Ok(Permit {
            role: Role::Anyone,
            grant: None,
        });
    }
    let counts = |grant: &&Grant| roles.is_none_or(|roles| roles.contains(&grant.role));
    let own = grants.iter().filter(|grant| !grant.is_deputy());
    let deputies = grants.iter().filter(|grant| grant.is_deputy());
    let mut nearest = Why::NoRole;
    for grant in own.chain(deputies).filter(counts) {
        match refusal_of(grant, permission, subject, day) {
            None => {
                return Ok(Permit {
                    role: grant.role,
                    grant: Some(grant),
                });
            }
            Some(why) => nearest = nearest.max(why),
        }
    }
    Err(Refusal {
        permission,
        why: nearest,
    })
}

/// May somebody with these grants do something to any object at all on a day? A page of objects asks
/// so before it knows which object is meant; to the object itself [`permits`] applies.
///
/// # Errors
/// Why not.
pub fn permits_somewhere(grants: &[Grant], permission: Permission, day: Day) -> Decision<'_> {
    let refusal = match permits(grants, permission, &Subject::default(), day) {
        Ok(permit) => return Ok(permit),
        Err(refusal) => refusal,
    };
    let reaches =
        |grant: &&Grant| allows(grant.role, permission) != Reach::None && grant.valid.holds_on(day);
    let grant = grants.iter().find(reaches).ok_or(refusal)?;
    Ok(Permit {
        role: grant.role,
        grant: Some(grant),
    })
}

/// Why one grant does not allow it; `None` = it does.
fn refusal_of(grant: &Grant, permission: Permission, subject: &Subject, day: Day) -> Option<Why> {
    let (relation, otherwise) = match allows(grant.role, permission) {
        Reach::None => return Some(Why::RoleMayNot),
        Reach::All => (None, Why::NotValid),
        Reach::Assigned => (Some(Relation::Assigned), Why::NotAssigned),
        Reach::OwnDepartment => (Some(Relation::OwnDepartment), Why::OtherDepartment),
        Reach::OwnSection => (Some(Relation::OwnSection), Why::OtherSection),
    };
    if !grant.valid.holds_on(day) {
        return Some(Why::NotValid);
    }
    let holds = relation.is_none_or(|relation| relation.holds(grant, subject));
    (!holds).then_some(otherwise)
}

#[cfg(test)]
mod tests;
