//! By what a person proves who they are: the hash of a password, and the key for codes.
//!
//! Lines of the audit say that it was changed and by whom, never what it is.

use super::{SECRET, session};
use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::error::Result;
use crate::municipality::Municipality;
use crate::sql::statements;
use crate::transaction::{ReadTx, WriteTx};
use std::fmt;

statements! {
    OF = "SELECT password, must_change, code, code_step FROM account_secret \
          WHERE municipality = $1 AND account = $2";
    REMOVE = "DELETE FROM account_secret WHERE municipality = $1 AND account = $2";
    REHASH = "UPDATE account_secret SET password = $3 \
              WHERE municipality = $1 AND account = $2 AND password = $4";
    USE_CODE = "UPDATE account_secret SET code_step = $3 \
                WHERE municipality = $1 AND account = $2 AND code_step < $3";
}

/// By what a person proves who they are.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret {
    /// The hash of the password with its parameters (PHC string); empty for none.
    pub password: String,
    /// Must it be changed at the next sign-in?
    pub must_change: bool,
    /// The key for codes (base32); `None` where no code is asked for.
    pub code: Option<String>,
    /// The last step of time of which a code was used: no code is taken twice.
    pub code_step: i64,
}

/// Nothing of it, so that it cannot get into a log.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Municipality {
    /// By what an account is proved; `None` where there is nothing, as after an import.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn secret(&self, account: &str) -> Result<Option<Secret>> {
        load(&mut self.read().await?, account).await
    }

    /// Gives an account another password. All its sessions end, but the one that is named.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_password(
        &self,
        account: &str,
        hash: &str,
        must_change: bool,
        keep: Option<&str>,
        by: &By,
    ) -> Result<()> {
        let mut writing = self.write().await?;
        let before = load(writing.reading(), account).await?.unwrap_or_default();
        let secret = Secret {
            password: hash.to_owned(),
            must_change,
            ..before
        };
        write(&mut writing, account, &secret).await?;
        session::end_all(&mut writing, account, keep).await?;
        let how = if must_change { "to be changed" } else { "" };
        let line = AuditEntry::new(Action::SetPassword, format!("account {account}"));
        writing.commit(by, vec![line.after(how)]).await
    }

    /// Gives an account a key for codes, or takes it away.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_code(&self, account: &str, code: Option<&str>, by: &By) -> Result<()> {
        let mut writing = self.write().await?;
        let before = load(writing.reading(), account).await?.unwrap_or_default();
        let secret = Secret {
            code: code.map(str::to_owned),
            ..before
        };
        write(&mut writing, account, &secret).await?;
        let line = AuditEntry::new(Action::SetCode, format!("account {account}"));
        let now = if code.is_some() {
            "asked for"
        } else {
            "not asked for"
        };
        writing.commit(by, vec![line.after(now)]).await
    }

    /// Keeps a stronger hash of the same password, unless another one was set meanwhile.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn rehash(&self, account: &str, before: &str, hash: &str) -> Result<()> {
        let mut writing = self.write_without_line().await?;
        let args = [account.into(), hash.into(), before.into()];
        writing.execute(REHASH, &args).await?;
        writing.commit_without_line().await
    }

    /// Marks the code of a step of time as used; `false` where it, or a later one, was used already.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn use_code(&self, account: &str, step: i64) -> Result<bool> {
        let mut writing = self.write_without_line().await?;
        let used = writing
            .execute(USE_CODE, &[account.into(), step.into()])
            .await?;
        writing.commit_without_line().await?;
        Ok(used > 0)
    }
}

async fn load(reading: &mut ReadTx, account: &str) -> Result<Option<Secret>> {
    let row = reading.row(OF, &[account.into()]).await?;
    row.map(|row| {
        Ok(Secret {
            password: row.text(0)?,
            must_change: row.integer(1)? != 0,
            code: row.maybe_text(2)?,
            code_step: row.integer(3)?,
        })
    })
    .transpose()
}

pub(super) async fn write(writing: &mut WriteTx, account: &str, secret: &Secret) -> Result<()> {
    writing.execute(REMOVE, &[account.into()]).await?;
    let row = vec![
        account.into(),
        (&secret.password).into(),
        i64::from(secret.must_change).into(),
        secret.code.as_deref().into(),
        secret.code_step.into(),
    ];
    writing.insert(&SECRET, vec![row]).await
}
