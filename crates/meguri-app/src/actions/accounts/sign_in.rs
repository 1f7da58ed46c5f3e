//! Signs somebody in by name and password.
//!
//! An unknown name goes the same way as a wrong password, to the same answer. Guessing is slowed
//! down (`slow_down.rs`), never locked: a lock would let an outsider keep people from their work.

use super::slow_down::{self, Counting};
use super::{AccountFault, typed_name};
use crate::actions::Doing;
use crate::context::{Actor, Context};
use crate::password::{Password, is_weak};
use crate::staff::{Person, Staff, hash_of, new_token};
use meguri_store::{Attempt, Session, Stage};
use thiserror::Error;

/// Characters that are kept of what a browser calls itself.
const AGENT_CHARS: usize = 200;

/// What somebody typed, and from where.
#[derive(Clone, Debug)]
pub struct SignIn<'a> {
    /// The name.
    pub name: &'a str,
    /// The password.
    pub password: Password,
    /// The browser.
    pub browser: Browser<'a>,
}

/// The browser that asks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    /// Its address, where that is known.
    pub source: Option<&'a str>,
    /// What it calls itself.
    pub agent: Option<&'a str>,
    /// What it holds of a session before, which ends.
    pub token: Option<&'a str>,
}

/// A sign-in that went well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// What the browser holds from now on.
    pub token: String,
    /// Whether anything is left to do.
    pub stage: Stage,
}

/// Why nobody was signed in.
#[derive(Debug, Error)]
pub enum SignInFault {
    /// Name or password are wrong, or the account is disabled; which of them is not told.
    #[error(
        "利用者名又はパスワードが違います。入力し直してください。分からない場合は、システム管理者に再設定を依頼してください。"
    )]
    Wrong,
    /// Too many attempts.
    #[error("サインインの失敗が続いたため、{}待ってから、もう一度お試しください。", wait_words(*.0))]
    Wait(i64),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] AccountFault),
}

impl From<meguri_store::Error> for SignInFault {
    fn from(error: meguri_store::Error) -> Self {
        Self::Other(error.into())
    }
}

/// Seconds in words.
fn wait_words(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{seconds}秒"),
        _ => format!("{}分", (seconds + 59) / 60),
    }
}

/// In whose name somebody signs in who is not known yet.
///
/// # Errors
/// Where the clock tells no moment.
pub fn nobody(staff: &Staff) -> meguri_store::Result<Context> {
    staff.context(Actor::with_grants("（サインイン前）", Vec::new()))
}

/// Signs somebody in.
///
/// # Errors
/// [`SignInFault`].
pub async fn sign_in(
    staff: &Staff,
    wanted: &SignIn<'_>,
    context: &Context,
) -> Result<SignedIn, SignInFault> {
    let by = context
        .may_here(Doing::SignIn)
        .map_err(AccountFault::from)?
        .by();
    let (city, name) = (staff.city(), typed_name(wanted.name));
    let now = staff.now().seconds;
    let attempt = Attempt {
        account: &name,
        source: wanted.browser.source.unwrap_or_default(),
    };
    let known = city.account(&name).await?;
    let counting = Counting {
        now,
        in_session: false,
        known: known.as_ref().map(|kept| kept.account.name.as_str()),
        source: wanted.browser.source,
    };
    let counted = city
        .count_attempt(attempt, by, |tallies| {
            slow_down::attempt(&counting, tallies)
        })
        .await?;
    if let Some(seconds) = counted {
        return Err(SignInFault::Wait(seconds));
    }
    let secret = city.secret(&name).await?;
    let hash = secret.as_ref().map(|secret| secret.password.as_str());
    let is_right = wanted.password.is_of_size().is_ok()
        && staff
            .is_of(&wanted.password, hash.filter(|h| !h.is_empty()))
            .await;
    let (Some(kept), Some(secret), true) = (known, secret, is_right) else {
        return Err(SignInFault::Wrong);
    };
    if !kept.account.enabled {
        return Err(SignInFault::Wrong);
    }
    city.count_attempt(attempt, by, |tallies| slow_down::success(now, tallies))
        .await?;
    if is_weak(&secret.password, staff.rules().cost) {
        let hash = staff
            .hash(&wanted.password)
            .await
            .map_err(AccountFault::from)?;
        city.rehash(&name, &secret.password, &hash).await?;
    }
    let stage = match &secret {
        secret if secret.code.is_some() => Stage::Code,
        secret if secret.must_change => Stage::Password,
        _ => Stage::In,
    };
    begin(staff, &name, stage, &wanted.browser).await
}

/// Signs somebody in who proved otherwise who they are, or for whom a demo takes anybody.
///
/// # Errors
/// [`SignInFault`].
pub(crate) async fn begin(
    staff: &Staff,
    name: &str,
    stage: Stage,
    browser: &Browser<'_>,
) -> Result<SignedIn, SignInFault> {
    let (city, now) = (staff.city(), staff.now().seconds);
    let (token, session) = new_session(staff, name, stage, browser)?;
    let context = staff.context(Actor::with_grants(name, Vec::new()))?;
    let by = context
        .may_here(Doing::SignIn)
        .map_err(AccountFault::from)?
        .by();
    let rules = staff.rules();
    city.end_old_sessions(now, now.saturating_sub(rules.idle))
        .await?;
    city.forget_attempts(now - slow_down::FORGOTTEN, now - slow_down::KNOWN)
        .await?;
    let before = browser.token.map(hash_of);
    city.begin_session(&session, before.as_deref(), by).await?;
    Ok(SignedIn { token, stage })
}

/// A session in the place of the one of a person, with another id: what the browser held before is
/// worth nothing any more.
///
/// # Errors
/// [`AccountFault`].
pub(crate) async fn renew(
    staff: &Staff,
    person: &Person,
    stage: Stage,
) -> Result<SignedIn, SignInFault> {
    let browser = Browser {
        source: person.session.source.as_deref(),
        agent: person.session.agent.as_deref(),
        token: None,
    };
    let name = person.account.name.as_str();
    let (token, session) = new_session(staff, name, stage, &browser)?;
    let city = staff.city();
    let before = person.session.id.as_str();
    if person.is_in() || stage != Stage::In {
        city.replace_session(&session, before).await?;
    } else {
        let context = staff.context(person.actor())?;
        let by = context
            .may_here(Doing::SignIn)
            .map_err(AccountFault::from)?
            .by();
        city.begin_session(&session, Some(before), by).await?;
    }
    Ok(SignedIn { token, stage })
}

fn new_session(
    staff: &Staff,
    name: &str,
    stage: Stage,
    browser: &Browser<'_>,
) -> Result<(String, Session), AccountFault> {
    let (token, now) = (new_token()?, staff.now().seconds);
    let cut = |text: &str| -> String {
        crate::plain::visible(text)
            .chars()
            .take(AGENT_CHARS)
            .collect()
    };
    let session = Session {
        id: hash_of(&token),
        account: name.to_owned(),
        stage,
        created: now,
        seen: now,
        ends: now.saturating_add(staff.rules().longest),
        source: browser.source.map(cut),
        agent: browser.agent.map(cut),
    };
    Ok((token, session))
}
