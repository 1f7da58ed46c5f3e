//! The staff's side of a municipality: the database, the clock and the rules of signing in, in one
//! handle that a server holds and clones into its handlers.
//!
//! A handler gets a [`Person`] (who is signed in) and a [`Staff`], and calls actions with
//! [`Staff::context`]. Rights are read with every request, so that what an administrator changes
//! holds from the next click on.

use crate::context::{Actor, Context, day_of, moment_of};
use crate::mail::MailSettings;
use crate::password::{Cost, HashFault, Password};
use crate::read::dates;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use meguri_core::access::Grant;
use meguri_core::calendar::Day;
pub use meguri_store::{Account, Session, Stage};
use meguri_store::{Municipality, Result};
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Passwords that are hashed at once, so that guessing takes neither all memory nor all cores.
const HASHED_AT_ONCE: usize = 2;

/// How often it is written down that a session is in use.
const TOUCH_SECONDS: i64 = 60;

/// A moment in the municipality's own time, and in seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// ISO 8601: `2026-04-01T09:30:00+09:00`.
    pub iso: String,
    /// Seconds since 1970.
    pub seconds: i64,
}

/// Tells the moment.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// The rules of signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Seconds without a request after which a session ends.
    pub idle: i64,
    /// Seconds after which it ends whatever happens.
    pub longest: i64,
    /// What hashing a password costs.
    pub cost: Cost,
    /// May everybody in who reaches the door, as long as no account is registered?
    pub open_without_accounts: bool,
    /// Is it a demo, which lets everybody be anybody?
    pub is_demo: bool,
    /// How mail is sent; `None` = not at all.
    pub mail: Option<MailSettings>,
    /// The address of the staff's pages as browsers see it (`https://meguri.example.jp`), where a
    /// proxy stands before them.
    pub origin: Option<String>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            idle: 8 * 60 * 60,
            longest: 24 * 60 * 60,
            cost: Cost::default(),
            open_without_accounts: true,
            is_demo: false,
            mail: None,
            origin: None,
        }
    }
}

/// The handle; clones are the same.
#[derive(Clone)]
pub struct Staff(Arc<Inner>);

struct Inner {
    city: RwLock<Municipality>,
    clock: Clock,
    rules: Rules,
    /// A hash of nobody's password: an unknown name costs as much as a known one.
    nobody: String,
    hashing: Semaphore,
    /// Accounts were seen; they do not go away again.
    has_accounts: AtomicBool,
}

/// Somebody whose browser holds a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who it is, and what they were granted.
    pub account: Account,
    /// The session.
    pub session: Session,
}

impl Person {
    /// Is the sign-in complete?
    #[must_use]
    pub fn is_in(&self) -> bool {
        self.session.stage == Stage::In
    }

    /// What they may do: nothing before the sign-in is complete.
    #[must_use]
    pub fn grants(&self) -> &[Grant] {
        if self.is_in() {
            &self.account.grants
        } else {
            &[]
        }
    }

    /// As somebody who acts.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::with_grants(self.account.name.clone(), self.grants().to_vec())
    }
}

impl Staff {
    /// The staff's side of a municipality, by the clock of this computer.
    ///
    /// # Errors
    /// Where no password can be hashed.
    pub fn new(city: Municipality, rules: Rules) -> std::result::Result<Self, HashFault> {
        Self::with_clock(city, rules, Arc::new(now))
    }

    /// The same by another clock.
    ///
    /// # Errors
    /// Where no password can be hashed.
    pub fn with_clock(
        city: Municipality,
        rules: Rules,
        clock: Clock,
    ) -> std::result::Result<Self, HashFault> {
        let nobody = Password::by_chance()?.hash(rules.cost)?;
        Ok(Self(Arc::new(Inner {
            city: RwLock::new(city),
            clock,
            rules,
            nobody,
            hashing: Semaphore::new(HASHED_AT_ONCE),
            has_accounts: AtomicBool::new(false),
        })))
    }

    /// What is kept of the municipality.
    #[must_use]
    pub fn city(&self) -> Municipality {
        let city = self.0.city.read().unwrap_or_else(PoisonError::into_inner);
        city.clone()
    }

    /// Goes on with another database, where the file of the one before was replaced.
    pub fn go_on_with(&self, city: Municipality) {
        let mut kept = self.0.city.write().unwrap_or_else(PoisonError::into_inner);
        *kept = city;
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.0.rules
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Moment {
        (self.0.clock)()
    }

    /// Today, by the same clock as all that is done.
    #[must_use]
    pub fn today(&self) -> Day {
        day_of(&self.now().iso)
    }

    /// Somebody who acts now.
    ///
    /// # Errors
    /// Where the clock tells no moment.
    pub fn context(&self, actor: Actor) -> Result<Context> {
        Context::new(actor, &self.now().iso)
    }

    /// Must people sign in? Not before anybody can, where the door is on this machine only.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn asks_for_sign_in(&self) -> Result<bool> {
        if !self.0.rules.open_without_accounts || self.0.has_accounts.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let has = self.city().has_accounts().await?;
        self.0.has_accounts.fetch_or(has, Ordering::Relaxed);
        Ok(has)
    }

    /// Whose browser holds this; `None` where its session is over or never was.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn person(&self, token: &str) -> Result<Option<Person>> {
        let city = self.city();
        let Some((session, kept)) = city.session(&hash_of(token)).await? else {
            return Ok(None);
        };
        let now = self.now().seconds;
        let unused = now.saturating_sub(session.seen);
        let over = session.ends <= now || unused >= self.0.rules.idle || !kept.account.enabled;
        if over {
            return Ok(None);
        }
        if unused >= TOUCH_SECONDS {
            city.touch_session(&session.id, now).await?;
        }
        Ok(Some(Person {
            account: kept.account,
            session,
        }))
    }

    /// Is a password the one of a hash? Without a hash it is nobody's, which takes as long.
    pub(crate) async fn is_of(&self, password: &Password, hash: Option<&str>) -> bool {
        let (known, password) = (hash.is_some(), password.clone());
        let hash = hash.unwrap_or(&self.0.nobody).to_owned();
        // The semaphore is never closed.
        let _room = self.0.hashing.acquire().await;
        let compared = spawn_blocking(move || password.is_of(&hash)).await;
        known && compared.unwrap_or(false)
    }

    /// The hash of a password.
    pub(crate) async fn hash(&self, password: &Password) -> std::result::Result<String, HashFault> {
        let (cost, password) = (self.0.rules.cost, password.clone());
        let _room = self.0.hashing.acquire().await;
        let hashed = spawn_blocking(move || password.hash(cost)).await;
        hashed.map_err(|_| HashFault)?
    }
}

impl fmt::Debug for Staff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Staff")
            .field("rules", &self.0.rules)
            .finish_non_exhaustive()
    }
}

/// A moment for a person, in the time of this computer: `令和8年4月1日 9時30分`.
#[must_use]
pub fn moment_at(seconds: i64) -> String {
    let Ok(timestamp) = Timestamp::from_second(seconds) else {
        return String::new();
    };
    let moment = timestamp.to_zoned_datetime(TimeZone::system());
    let (hour, minute) = (moment.hour(), moment.minute());
    format!(
        "{} {hour}時{minute:02}分",
        dates::japanese(&moment_of(&moment))
    )
}

/// What a browser holds, by chance; the database keeps its hash only.
pub(crate) fn new_token() -> std::result::Result<String, HashFault> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| HashFault)?;
    Ok(hex(&bytes))
}

/// By what a session is found.
pub(crate) fn hash_of(token: &str) -> String {
    hex(&Sha256::digest(token))
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Now, by the clock of this computer.
fn now() -> Moment {
    let now = ZonedDateTime::now();
    Moment {
        seconds: now.timestamp().as_second(),
        iso: moment_of(&now),
    }
}
