//! Deputies (代理): who acts for somebody, also on the last day and without an administrator.
//!
//! A deputy's grant stands in the deputy's own account. The person themselves, and whoever may name
//! deputies in the same section, names and withdraws them.

use super::AccountFault;
use super::change_account::find;
use crate::actions::Doing;
use crate::context::Context;
use meguri_core::access::{Appointment, Grant, OwningSection, Subject, Validity, appoint_deputy};
use meguri_store::{Account, KeptAccount, Municipality};

/// Somebody who acts for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deputy {
    /// The account of the deputy.
    pub name: String,
    /// Their own name.
    pub label: String,
    /// As what they act, and on which days.
    pub grant: Grant,
}

/// Who acts for a person, by the accounts of the deputies.
///
/// # Errors
/// Those of the store.
pub async fn deputies_of(city: &Municipality, name: &str) -> Result<Vec<Deputy>, AccountFault> {
    let mut found = Vec::new();
    for kept in city.accounts().await? {
        let Account {
            name: deputy,
            label,
            grants,
            ..
        } = kept.account;
        let for_person = grants
            .into_iter()
            .filter(|grant| grant.deputy_of.as_deref() == Some(name));
        found.extend(for_person.map(|grant| Deputy {
            name: deputy.clone(),
            label: label.clone(),
            grant,
        }));
    }
    Ok(found)
}

/// Makes somebody the deputy of a person in one of the person's own grants.
///
/// # Errors
/// [`AccountFault`]; nothing is changed then.
pub async fn name_deputy(
    city: &Municipality,
    (of, own): (&str, &Grant),
    deputy: &str,
    valid: Validity,
    context: &Context,
) -> Result<Grant, AccountFault> {
    let leave = context.may(Doing::NameDeputy, &subject(own))?;
    let (person, mut kept) = (find(city, of).await?, find(city, deputy).await?);
    if !person.account.grants.contains(own) {
        return Err(AccountFault::NoGrant);
    }
    if !kept.account.enabled {
        return Err(AccountFault::Unknown(deputy.to_owned()));
    }
    let who = Appointment {
        of: &person.account.name,
        deputy: &kept.account.name,
        by: context.name(),
    };
    let grant = appoint_deputy(own, who, valid).map_err(AccountFault::Appointment)?;
    if let (Some(from), Some(until)) = (grant.valid.from, grant.valid.until)
        && until < from
    {
        return Err(AccountFault::Backwards(grant.role.label()));
    }
    if grant.valid.until.is_some_and(|until| until < context.day()) {
        return Err(AccountFault::Over(grant.role.label()));
    }
    if !kept.account.grants.contains(&grant) {
        kept.account.grants.push(grant.clone());
        save(city, &kept, leave.by()).await?;
    }
    Ok(grant)
}

/// Takes a deputy's grant away again: the person themselves may, the deputy, and who names deputies.
///
/// # Errors
/// [`AccountFault`]; nothing is changed then.
pub async fn withdraw_deputy(
    city: &Municipality,
    deputy: &Deputy,
    context: &Context,
) -> Result<(), AccountFault> {
    let grant = &deputy.grant;
    let concerned = [grant.deputy_of.as_deref(), Some(deputy.name.as_str())];
    let leave = if concerned.contains(&Some(context.name())) {
        context.may_here(Doing::EndDeputy)?
    } else {
        context.may(Doing::NameDeputy, &subject(grant))?
    };
    let mut kept = find(city, &deputy.name).await?;
    let before = kept.account.grants.len();
    kept.account
        .grants
        .retain(|known| known != grant || !known.is_deputy());
    if kept.account.grants.len() == before {
        return Err(AccountFault::NoGrant);
    }
    save(city, &kept, leave.by()).await
}

async fn save(
    city: &Municipality,
    kept: &KeptAccount,
    by: &meguri_store::By,
) -> Result<(), AccountFault> {
    city.save_account(&kept.account, kept.edition, None, by)
        .await?;
    Ok(())
}

/// For what a grant stands, to ask whether somebody names deputies there.
fn subject(grant: &Grant) -> Subject {
    let owner = |section: &str| OwningSection {
        section: section.to_owned(),
        department: grant.department.clone(),
    };
    let sections = match (&grant.section, &grant.department) {
        (Some(section), _) => vec![owner(section)],
        (None, Some(_)) => vec![owner("")],
        (None, None) => Vec::new(),
    };
    Subject {
        sections,
        assigned: Vec::new(),
    }
}
