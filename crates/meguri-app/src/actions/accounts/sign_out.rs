//! Signs a person out, and ends their other sessions.

use super::AccountFault;
use crate::actions::Doing;
use crate::context::Context;
use crate::staff::{Person, Staff};
use meguri_store::Session;

/// Ends the session of a person.
///
/// # Errors
/// [`AccountFault`].
pub async fn sign_out(
    staff: &Staff,
    person: &Person,
    context: &Context,
) -> Result<(), AccountFault> {
    let by = context.may_here(Doing::SignOut)?.by();
    let session = &person.session;
    staff
        .city()
        .end_session(&session.account, &session.id, by)
        .await?;
    Ok(())
}

/// Ends the other sessions of a person; how many.
///
/// # Errors
/// [`AccountFault`].
pub async fn end_own_sessions(
    staff: &Staff,
    person: &Person,
    context: &Context,
) -> Result<u64, AccountFault> {
    let by = context.may_here(Doing::EndOwnSessions)?.by();
    let (city, session) = (staff.city(), &person.session);
    Ok(city
        .end_other_sessions(&session.account, &session.id, by)
        .await?)
}

/// The sessions of a person that are not over, the newest first.
///
/// # Errors
/// Those of the store.
pub async fn own_sessions(staff: &Staff, person: &Person) -> Result<Vec<Session>, AccountFault> {
    let (now, idle) = (staff.now().seconds, staff.rules().idle);
    let all = staff.city().sessions_of(&person.account.name).await?;
    let lives = |session: &Session| session.ends > now && now - session.seen < idle;
    Ok(all.into_iter().filter(lives).collect())
}
