//! Gives somebody a new start password: the one before holds no more, and their sessions end.

use super::{AccountFault, change_account::find};
use crate::actions::Doing;
use crate::context::Context;
use crate::password::{Cost, Password};
use meguri_store::Municipality;

/// A new start password, shown once.
///
/// # Errors
/// [`AccountFault`]; the password before holds then.
pub async fn reset_password(
    city: &Municipality,
    name: &str,
    cost: Cost,
    context: &Context,
) -> Result<Password, AccountFault> {
    let by = context.may_here(Doing::ResetPassword)?.by();
    let account = find(city, name).await?.account;
    let password = Password::by_chance()?;
    let hash = password.hash(cost)?;
    city.set_password(&account.name, &hash, true, None, by)
        .await?;
    Ok(password)
}
