//! The accounts of a demo: one for each role, and the way in without a password, which is open in a
//! demo alone.

use super::AccountFault;
use super::add_account::add_account;
use super::sign_in::{Browser, SignInFault, SignedIn, begin};
use crate::actions::Doing;
use crate::context::Context;
use crate::password::{Cost, Password};
use crate::sample::DemoPeople;
use crate::staff::Staff;
use meguri_core::access::{Grant, Role};
use meguri_store::{Account, Municipality, Stage};

/// Name, the person's own name, and the role.
const PEOPLE: [(&str, &str, Role); 8] = [
    ("demo-reader", "見本 閲覧", Role::Reader),
    ("demo-entry", "見本 所管課", Role::Entry),
    ("demo-head", "見本 課長", Role::SectionHead),
    ("demo-department", "見本 部長", Role::DepartmentHead),
    ("demo-planning", "見本 政策課", Role::Planning),
    ("demo-finance", "見本 財政課", Role::Finance),
    ("demo-committee", "見本 評価委員", Role::Committee),
    ("demo-admin", "見本 システム管理者", Role::Administrator),
];

/// Who works on the sample's cycle.
pub const DEMO_PEOPLE: DemoPeople<'static> = DemoPeople {
    entry: "demo-entry",
    head: "demo-head",
    planning: "demo-planning",
};

/// Somebody of a demo.
#[derive(Clone, Debug)]
pub struct DemoPerson {
    /// The name by which they sign in.
    pub name: &'static str,
    /// Their own name.
    pub label: &'static str,
    /// What they are.
    pub role: Role,
}

/// Everybody of a demo, in the order of the roles.
pub fn people() -> impl Iterator<Item = DemoPerson> {
    PEOPLE
        .into_iter()
        .map(|(name, label, role)| DemoPerson { name, label, role })
}

/// Registers everybody of a demo, those of a section in some of them; the start passwords.
///
/// # Errors
/// [`AccountFault`].
pub async fn add_demo_people(
    city: &Municipality,
    sections: &[String],
    context: &Context,
) -> Result<Vec<(DemoPerson, Password)>, AccountFault> {
    let mut added = Vec::new();
    for person in people() {
        let grant = Grant::new(person.role);
        let grants = match person.role {
            Role::Entry | Role::SectionHead => {
                let all = sections.iter();
                all.map(|section| grant.clone().in_section(section))
                    .collect()
            }
            Role::DepartmentHead => vec![grant.in_department("見本の部")],
            Role::Committee => vec![grant.assigned_as("見本の委員会")],
            _ => vec![grant],
        };
        let account = Account {
            name: person.name.to_owned(),
            label: person.label.to_owned(),
            mail: None,
            enabled: true,
            grants,
        };
        let password = add_account(city, account, Cost::default(), context).await?;
        added.push((person, password));
    }
    Ok(added)
}

/// Lets a browser in as somebody of a demo.
///
/// # Errors
/// [`SignInFault::Wrong`] where it is no demo, or nobody of it.
pub async fn sign_in_as(
    staff: &Staff,
    name: &str,
    browser: &Browser<'_>,
    context: &Context,
) -> Result<SignedIn, SignInFault> {
    context
        .may_here(Doing::SignIn)
        .map_err(AccountFault::from)?;
    let is_known = staff.rules().is_demo && people().any(|person| person.name == name);
    let account = staff.city().account(name).await?;
    if !is_known || account.is_none_or(|kept| !kept.account.enabled) {
        return Err(SignInFault::Wrong);
    }
    begin(staff, name, Stage::In, browser).await
}
