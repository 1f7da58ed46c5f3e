//! Gives a person another password of their own. Their other sessions end, and this one gets
//! another id.

use super::AccountFault;
use super::sign_in::{SignInFault, SignedIn, renew};
use super::slow_down::{self, Counting};
use crate::actions::Doing;
use crate::context::Context;
use crate::password::{Password, PasswordFault};
use crate::staff::{Person, Staff};
use meguri_store::{Attempt, Stage};

/// Changes the password; `before` is asked for where the person is in already. What the browser
/// holds from now on.
///
/// # Errors
/// [`SignInFault`]; the password before holds then.
pub async fn change_own_password(
    staff: &Staff,
    person: &Person,
    before: &Password,
    new: &Password,
    context: &Context,
) -> Result<SignedIn, SignInFault> {
    let leave = context.may_here(Doing::ChangeOwnPassword);
    let by = leave.map_err(AccountFault::from)?.by();
    let name = person.account.name.as_str();
    let city = staff.city();
    let secret = city.secret(name).await?.unwrap_or_default();
    let hash = Some(secret.password.as_str()).filter(|hash| !hash.is_empty());
    if person.session.stage == Stage::Code {
        return Err(SignInFault::Wrong);
    }
    if person.is_in() {
        is_own(staff, person, before, hash, context).await?;
    }
    new.check(name).map_err(AccountFault::from)?;
    if staff.is_of(new, hash).await {
        return Err(AccountFault::from(PasswordFault::Same).into());
    }
    let new = staff.hash(new).await.map_err(AccountFault::from)?;
    let own = person.session.id.as_str();
    city.set_password(name, &new, false, Some(own), by).await?;
    renew(staff, person, Stage::In).await
}

/// Is it the person's password? Who sits down at an open browser guesses no faster than others.
pub(super) async fn is_own(
    staff: &Staff,
    person: &Person,
    password: &Password,
    hash: Option<&str>,
    context: &Context,
) -> Result<(), SignInFault> {
    let leave = context.may_here(Doing::ChangeOwnPassword);
    let by = leave.map_err(AccountFault::from)?.by();
    let (city, now) = (staff.city(), staff.now().seconds);
    let attempt = Attempt {
        account: &person.account.name,
        source: &format!("session {}", person.session.id),
    };
    let counting = Counting {
        now,
        in_session: true,
        known: Some(&person.account.name),
        source: person.session.source.as_deref(),
    };
    let counted = city
        .count_attempt(attempt, by, |tallies| {
            slow_down::attempt(&counting, tallies)
        })
        .await?;
    if let Some(seconds) = counted {
        return Err(SignInFault::Wait(seconds));
    }
    if password.is_of_size().is_err() || !staff.is_of(password, hash).await {
        return Err(SignInFault::Wrong);
    }
    city.count_attempt(attempt, by, |tallies| slow_down::success(now, tallies))
        .await?;
    Ok(())
}
