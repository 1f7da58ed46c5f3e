//! How often somebody tried to sign in: counted and decided in one step, so that a thousand guesses
//! at once are counted as a thousand. What is decided is not known here.

use crate::audit::{Action, AuditEntry, hex};
use crate::by::By;
use crate::error::Result;
use crate::municipality::Municipality;
use crate::sql::{Row, inserts, statements};
use sha2::{Digest, Sha256};

statements! {
    OF = "SELECT failures, last, waits_until, known FROM sign_in_tally \
          WHERE municipality = $1 AND kind = $2 AND key = $3";
    SET = "UPDATE sign_in_tally SET failures = $4, last = $5, waits_until = $6, known = $7 \
           WHERE municipality = $1 AND kind = $2 AND key = $3";
    FORGET = "DELETE FROM sign_in_tally WHERE municipality = $1 AND last < $2 AND known < $3";
}

inserts! {
    TALLY = "sign_in_tally" ["kind", "key", "failures", "last", "waits_until", "known"];
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TallyKind {
    /// Attempts on an account, from wherever.
    Account,
    /// Attempts from a source, on whatever account.
    Source,
    /// Attempts on an account from a source.
    Both,
}

impl TallyKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Account, Self::Source, Self::Both];

    const fn key(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Source => "source",
            Self::Both => "both",
        }
    }
}

/// How often, and until when to wait. Moments are seconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Failures one after another.
    pub failures: i64,
    /// The last attempt.
    pub last: i64,
    /// When the next attempt is taken.
    pub waits_until: i64,
    /// The last success; 0 for none.
    pub known: i64,
}

/// An attempt to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt<'a> {
    /// The name that was typed.
    pub account: &'a str,
    /// The address that it came from; empty where that is not known.
    pub source: &'a str,
}

impl Attempt<'_> {
    /// By what a tally is found: a hash, since people type passwords where a name belongs.
    fn key(&self, kind: TallyKind) -> String {
        let text = match kind {
            TallyKind::Account => self.account.to_owned(),
            TallyKind::Source => self.source.to_owned(),
            TallyKind::Both => format!("{}\n{}", self.account, self.source),
        };
        hex(&Sha256::digest(text))
    }
}

/// What is decided about an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted<T> {
    /// The tallies as they are now, in the order of [`TallyKind::ALL`].
    pub tallies: [Tally; 3],
    /// What the audit is told, where it is told anything.
    pub line: Option<String>,
    /// What the caller wants to know.
    pub outcome: T,
}

impl Municipality {
    /// Counts an attempt: `decide` gets the tallies in the order of [`TallyKind::ALL`].
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count_attempt<T>(
        &self,
        attempt: Attempt<'_>,
        by: &By,
        decide: impl FnOnce([Tally; 3]) -> Counted<T>,
    ) -> Result<T> {
        let mut writing = self.write().await?;
        let mut before = [Tally::default(); 3];
        for (tally, kind) in before.iter_mut().zip(TallyKind::ALL) {
            let key = attempt.key(kind);
            let args = [kind.key().into(), (&key).into()];
            if let Some(row) = writing.reading().row(OF, &args).await? {
                *tally = of(&row)?;
            }
        }
        let counted = decide(before);
        for ((tally, before), kind) in counted.tallies.iter().zip(before).zip(TallyKind::ALL) {
            if *tally == before {
                continue;
            }
            let key = attempt.key(kind);
            let args = [
                kind.key().into(),
                (&key).into(),
                tally.failures.into(),
                tally.last.into(),
                tally.waits_until.into(),
                tally.known.into(),
            ];
            // Within the lock of the municipality, nobody else puts the same in meanwhile.
            if writing.execute(SET, &args).await? == 0 {
                writing.insert(&TALLY, vec![args.to_vec()]).await?;
            }
        }
        let line = counted
            .line
            .map(|words| AuditEntry::new(Action::SlowDown, "sign-in").after(words));
        writing.commit(by, line.into_iter().collect()).await?;
        Ok(counted.outcome)
    }

    /// Forgets tallies with no attempt since one moment and no success since another.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn forget_attempts(&self, attempt: i64, success: i64) -> Result<()> {
        let mut writing = self.write_without_line().await?;
        writing
            .execute(FORGET, &[attempt.into(), success.into()])
            .await?;
        writing.commit_without_line().await
    }
}

fn of(row: &Row) -> Result<Tally> {
    Ok(Tally {
        failures: row.integer(0)?,
        last: row.integer(1)?,
        waits_until: row.integer(2)?,
        known: row.integer(3)?,
    })
}
