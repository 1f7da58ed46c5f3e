//! Codes of an authenticator (TOTP) as a second proof: setting it up, taking it away, and the code
//! that is asked for at the sign-in.

use super::AccountFault;
use super::own_password::is_own;
use super::sign_in::{SignInFault, SignedIn, renew};
use super::slow_down::{self, Counting};
use crate::actions::Doing;
use crate::context::Context;
use crate::password::{HashFault, Password};
use crate::staff::{Person, Staff};
use meguri_core::text::narrow;
use meguri_store::{Attempt, Municipality, Stage};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Builder, Secret, Totp};

/// Bytes of a key, as the standard wants them (RFC 4226).
const KEY_BYTES: usize = 20;

/// Steps of 30 seconds by which the clock of a telephone may be wrong, in either direction.
const SKEW: u16 = 4;

/// A key for codes that is not in force yet, as text for the authenticator (base32).
///
/// # Errors
/// Where the system gives no chance.
pub fn new_key() -> Result<String, HashFault> {
    let mut bytes = [0_u8; KEY_BYTES];
    getrandom::fill(&mut bytes).map_err(|_| HashFault)?;
    Ok(Secret::from(bytes).to_base32())
}

/// The address by which an authenticator on the same device takes a key.
#[must_use]
pub fn key_address(name: &str, key: &str) -> String {
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    format!("otpauth://totp/Meguri:{name}?secret={key}&issuer=Meguri")
}

/// Asks for codes from the next sign-in on, where `code` shows that the authenticator has the key.
///
/// # Errors
/// [`AccountFault::Code`] where it does not.
pub async fn set_code(
    staff: &Staff,
    person: &Person,
    (key, code): (&str, &str),
    context: &Context,
) -> Result<(), AccountFault> {
    let by = context.may_here(Doing::SetCode)?.by();
    let step = step_of(key, code, staff.now().seconds).ok_or(AccountFault::Code)?;
    let (city, name) = (staff.city(), person.account.name.as_str());
    city.set_code(name, Some(key), by).await?;
    // The code that showed it is used up.
    city.use_code(name, step).await?;
    Ok(())
}

/// Asks for no codes any more; the password is asked for.
///
/// # Errors
/// [`SignInFault`].
pub async fn remove_code(
    staff: &Staff,
    person: &Person,
    password: &Password,
    context: &Context,
) -> Result<(), SignInFault> {
    let by = context
        .may_here(Doing::SetCode)
        .map_err(AccountFault::from)?
        .by();
    let (city, name) = (staff.city(), person.account.name.as_str());
    let secret = city.secret(name).await?.unwrap_or_default();
    is_own(staff, person, password, Some(&secret.password), context).await?;
    city.set_code(name, None, by).await?;
    Ok(())
}

/// Takes away the codes of somebody who lost their device.
///
/// # Errors
/// [`AccountFault`].
pub async fn forget_code(
    city: &Municipality,
    name: &str,
    context: &Context,
) -> Result<(), AccountFault> {
    let by = context.may_here(Doing::ResetPassword)?.by();
    let account = super::change_account::find(city, name).await?.account;
    Ok(city.set_code(&account.name, None, by).await?)
}

/// Is a code asked for at the sign-in of a person?
///
/// # Errors
/// Those of the store.
pub async fn asks_for_code(staff: &Staff, person: &Person) -> Result<bool, AccountFault> {
    let secret = staff.city().secret(&person.account.name).await?;
    Ok(secret.is_some_and(|secret| secret.code.is_some()))
}

/// Goes on with a sign-in by a code; each is taken once.
///
/// # Errors
/// [`SignInFault`].
pub async fn enter_code(
    staff: &Staff,
    person: &Person,
    code: &str,
    context: &Context,
) -> Result<SignedIn, SignInFault> {
    let by = context
        .may_here(Doing::SignIn)
        .map_err(AccountFault::from)?
        .by();
    let (city, name, now) = (
        staff.city(),
        person.account.name.as_str(),
        staff.now().seconds,
    );
    if person.session.stage != Stage::Code {
        return Err(SignInFault::Wrong);
    }
    let attempt = Attempt {
        account: name,
        source: "code",
    };
    let counting = Counting {
        now,
        in_session: true,
        known: Some(name),
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
    let secret = city.secret(name).await?.unwrap_or_default();
    let step = secret
        .code
        .as_deref()
        .and_then(|key| step_of(key, code, now));
    let is_new = match step {
        Some(step) => city.use_code(name, step).await?,
        None => false,
    };
    if !is_new {
        return Err(SignInFault::Wrong);
    }
    city.count_attempt(attempt, by, |tallies| slow_down::success(now, tallies))
        .await?;
    let stage = if secret.must_change {
        Stage::Password
    } else {
        Stage::In
    };
    renew(staff, person, stage).await
}

/// The step of time of which a code is; `None` where it is of none that is near.
fn step_of(key: &str, code: &str, now: i64) -> Option<i64> {
    let code: String = narrow(code)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let is_code = code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
    let step = is_code
        .then(|| totp(key))
        .flatten()?
        .check(&code, now.try_into().ok()?);
    step.and_then(|step| i64::try_from(step).ok())
}

fn totp(key: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(key).ok()?;
    Builder::new()
        .with_secret(secret)
        .with_skew(SKEW)
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of the examples of RFC 6238.
    const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn a_code_is_of_a_step_of_time_near_by() {
        for (code, now, step) in [
            ("081804", 1_111_111_109, Some(37_037_036)),
            (" 081 804", 1_111_111_109, Some(37_037_036)),
            ("０８１８０４", 1_111_111_109, Some(37_037_036)),
            ("081804", 1_111_111_109 + 120, Some(37_037_036)),
            ("081804", 1_111_111_109 - 120, Some(37_037_036)),
            ("081804", 1_111_111_109 + 180, None),
            ("081805", 1_111_111_109, None),
            ("", 1_111_111_109, None),
            ("07081804", 1_111_111_109, None),
            ("+81804", 1_111_111_109, None),
            ("081804", -1, None),
        ] {
            assert_eq!(step_of(KEY, code, now), step, "{code} {now}");
        }
        assert_eq!(step_of("", "081804", 1_111_111_109), None);
        assert_eq!(step_of("not base32!", "081804", 1_111_111_109), None);
        assert_eq!(
            step_of("GEZDGNBV", "000000", 0),
            None,
            "a key that is too short"
        );
    }

    #[test]
    fn keys_are_of_chance_and_in_the_address() {
        let (one, other) = (new_key().expect("chance"), new_key().expect("chance"));
        assert!(
            one != other && one.len() == 32 && totp(&one).is_some(),
            "{one}"
        );
        let address = key_address("yamada@example.lg.jp", &one);
        let wanted =
            format!("otpauth://totp/Meguri:yamada%40example%2Elg%2Ejp?secret={one}&issuer=Meguri");
        assert_eq!(address, wanted);
    }
}
