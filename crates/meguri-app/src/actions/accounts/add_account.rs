//! Registers somebody, with a start password that is shown once and changed at the first sign-in.

use super::{AccountFault, account_name, checked};
use crate::actions::Doing;
use crate::context::Context;
use crate::password::{Cost, Password};
use meguri_store::{Account, Municipality, Secret};

/// Registers an account; the start password.
///
/// # Errors
/// [`AccountFault`]; nothing is kept then.
pub async fn add_account(
    city: &Municipality,
    account: Account,
    cost: Cost,
    context: &Context,
) -> Result<Password, AccountFault> {
    let by = context.may_here(Doing::AddAccount)?.by();
    let name = account_name(&account.name)?;
    let account = checked(city, Account { name, ..account }).await?;
    let password = Password::by_chance()?;
    let secret = Secret {
        password: password.hash(cost)?,
        must_change: true,
        ..Secret::default()
    };
    city.save_account(&account, 0, Some(&secret), by).await?;
    Ok(password)
}
