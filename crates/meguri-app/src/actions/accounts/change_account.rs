//! Changes what is registered of somebody: name, mail, roles, whether they may sign in.

use super::{AccountFault, checked};
use crate::actions::Doing;
use crate::context::Context;
use meguri_core::access::{Role, permits};
use meguri_store::{Account, Error, KeptAccount, Municipality};

/// Keeps an account as `account` says, where `had` is the edition that was seen; the new edition.
/// Sessions of who is disabled, or gets other roles, end at once.
///
/// # Errors
/// [`AccountFault`]; nothing is changed then.
pub async fn change_account(
    city: &Municipality,
    account: Account,
    had: i64,
    context: &Context,
) -> Result<i64, AccountFault> {
    let leave = context.may_here(Doing::ChangeAccount)?;
    let account = checked(city, account).await?;
    // Whoever acts by an account keeps the right by which they act.
    let permission = Doing::ChangeAccount.permission();
    let acts_themselves =
        context.name() == account.name && leave.permit().role == Role::Administrator;
    let keeps = account.enabled
        && permits(
            &account.grants,
            permission,
            &Default::default(),
            context.day(),
        )
        .is_ok();
    if acts_themselves && !keeps {
        return Err(AccountFault::Oneself);
    }
    Ok(city.save_account(&account, had, None, leave.by()).await?)
}

/// Changes an account as it is now by a function of it, for who names it in a terminal.
///
/// # Errors
/// [`AccountFault`]; nothing is changed then.
pub async fn change_named(
    city: &Municipality,
    name: &str,
    change: impl FnOnce(&mut Account),
    context: &Context,
) -> Result<KeptAccount, AccountFault> {
    context.may_here(Doing::ChangeAccount)?;
    let mut kept = find(city, name).await?;
    change(&mut kept.account);
    kept.edition = change_account(city, kept.account.clone(), kept.edition, context).await?;
    Ok(kept)
}

/// The account of a name.
///
/// # Errors
/// [`AccountFault::Unknown`], or those of the store.
pub async fn find(city: &Municipality, name: &str) -> Result<KeptAccount, AccountFault> {
    let known = city.account(&super::typed_name(name)).await;
    known
        .map_err(|error: Error| AccountFault::Store(error))?
        .ok_or_else(|| AccountFault::Unknown(crate::plain::visible(name).into_owned()))
}
