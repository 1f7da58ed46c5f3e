//! Sessions: which browsers are signed in, by the hash of what they hold.
//!
//! A session is no fact of an evaluation and stands in no seal; that somebody signed in or out is a
//! line of the audit.

use super::KeptAccount;
use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::sql::{Row, inserts, statements};
use crate::transaction::{ReadTx, WriteTx};

statements! {
    ONE = "SELECT id, account, stage, created, seen, ends, source, agent FROM session \
           WHERE municipality = $1 AND id = $2";
    OF = "SELECT id, account, stage, created, seen, ends, source, agent FROM session \
          WHERE municipality = $1 AND account = $2 ORDER BY created DESC, id";
    TOUCH = "UPDATE session SET seen = $3 WHERE municipality = $1 AND id = $2 AND seen < $3";
    END = "DELETE FROM session WHERE municipality = $1 AND id = $2";
    END_OF = "DELETE FROM session WHERE municipality = $1 AND id = $2 AND account = $3";
    END_ALL = "DELETE FROM session WHERE municipality = $1 AND account = $2 AND NOT id = $3";
    END_OLD = "DELETE FROM session WHERE municipality = $1 AND (ends <= $2 OR seen <= $3)";
}

inserts! {
    SESSION = "session" [
        "id", "account", "stage", "created", "seen", "ends", "source", "agent",
    ];
}

/// How far a sign-in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// A code is asked for.
    Code,
    /// The password must be changed first.
    Password,
    /// The person is in.
    In,
}

impl Stage {
    const ALL: [Self; 3] = [Self::Code, Self::Password, Self::In];

    const fn key(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Password => "password",
            Self::In => "in",
        }
    }
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The SHA-256 of what the browser holds, in hexadecimal digits.
    pub id: String,
    /// Whose it is.
    pub account: String,
    /// How far the sign-in is.
    pub stage: Stage,
    /// When the person signed in, in seconds since 1970.
    pub created: i64,
    /// When it was used last, to the minute or so.
    pub seen: i64,
    /// When it ends whatever happens.
    pub ends: i64,
    /// The address that it came from, where that is known.
    pub source: Option<String>,
    /// What the browser calls itself.
    pub agent: Option<String>,
}

impl Municipality {
    /// The session of a hash, with its account as it is now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn session(&self, id: &str) -> Result<Option<(Session, KeptAccount)>> {
        let mut reading = self.read().await?;
        let Some(row) = reading.row(ONE, &[id.into()]).await? else {
            return Ok(None);
        };
        let session = of(&row)?;
        let account = super::load(&mut reading, &session.account).await?;
        Ok(account.map(|account| (session, account)))
    }

    /// The sessions of an account, the newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sessions_of(&self, account: &str) -> Result<Vec<Session>> {
        let rows = self.read().await?.rows(OF, &[account.into()]).await?;
        rows.iter().map(of).collect()
    }

    /// Begins a session, in the place of another one where one is named. That a person is in is a
    /// line of the audit; the steps before are not.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn begin_session(
        &self,
        session: &Session,
        replaces: Option<&str>,
        by: &By,
    ) -> Result<()> {
        if session.stage != Stage::In {
            let mut writing = self.write_without_line().await?;
            put(&mut writing, session, replaces).await?;
            return writing.commit_without_line().await;
        }
        let mut writing = self.write().await?;
        put(writing.reading(), session, replaces).await?;
        let subject = format!("account {}", session.account);
        let mut line = AuditEntry::new(Action::SignIn, subject);
        if let Some(source) = &session.source {
            line = line.after(format!("from {source}"));
        }
        writing.commit(by, vec![line]).await
    }

    /// Puts a session in the place of another one without a word: the person was in before.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn replace_session(&self, session: &Session, replaces: &str) -> Result<()> {
        let mut writing = self.write_without_line().await?;
        put(&mut writing, session, Some(replaces)).await?;
        writing.commit_without_line().await
    }

    /// Remembers that a session was used.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn touch_session(&self, id: &str, now: i64) -> Result<()> {
        let mut writing = self.write_without_line().await?;
        writing.execute(TOUCH, &[id.into(), now.into()]).await?;
        writing.commit_without_line().await
    }

    /// Ends a session of an account; `false` where there is none of that hash.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_session(&self, account: &str, id: &str, by: &By) -> Result<bool> {
        let mut writing = self.write().await?;
        let args = [id.into(), account.into()];
        if writing.execute(END_OF, &args).await? == 0 {
            return Ok(false);
        }
        let line = AuditEntry::new(Action::SignOut, format!("account {account}"));
        writing.commit(by, vec![line]).await?;
        Ok(true)
    }

    /// Ends all sessions of an account but one; how many.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_other_sessions(&self, account: &str, keep: &str, by: &By) -> Result<u64> {
        let mut writing = self.write().await?;
        let ended = end_all(&mut writing, account, Some(keep)).await?;
        if ended > 0 {
            let line = AuditEntry::new(Action::SignOut, format!("account {account}"));
            let line = line.after(format!("other sessions {ended}"));
            writing.commit(by, vec![line]).await?;
        }
        Ok(ended)
    }

    /// Removes sessions whose time is over: those that end by now, and those not used since.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_old_sessions(&self, now: i64, unused_since: i64) -> Result<()> {
        let mut writing = self.write_without_line().await?;
        let args = [now.into(), unused_since.into()];
        writing.execute(END_OLD, &args).await?;
        writing.commit_without_line().await
    }
}

/// Ends the sessions of an account, all but one.
pub(super) async fn end_all(
    writing: &mut WriteTx,
    account: &str,
    keep: Option<&str>,
) -> Result<u64> {
    let args = [account.into(), keep.unwrap_or_default().into()];
    writing.execute(END_ALL, &args).await
}

async fn put(writing: &mut ReadTx, session: &Session, replaces: Option<&str>) -> Result<()> {
    if let Some(before) = replaces {
        writing.execute(END, &[before.into()]).await?;
    }
    let row = vec![
        (&session.id).into(),
        (&session.account).into(),
        session.stage.key().into(),
        session.created.into(),
        session.seen.into(),
        session.ends.into(),
        session.source.as_deref().into(),
        session.agent.as_deref().into(),
    ];
    writing.insert(&SESSION, vec![row]).await
}

fn of(row: &Row) -> Result<Session> {
    let key = row.text(2)?;
    let stage = Stage::ALL.into_iter().find(|stage| stage.key() == key);
    Ok(Session {
        id: row.text(0)?,
        account: row.text(1)?,
        stage: stage.ok_or_else(|| Error::damaged(format!("「{key}」という段階はありません")))?,
        created: row.integer(3)?,
        seen: row.integer(4)?,
        ends: row.integer(5)?,
        source: row.maybe_text(6)?,
        agent: row.maybe_text(7)?,
    })
}
