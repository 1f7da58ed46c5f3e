//! Accounts (利用者): who may sign in, and the grants of each, every edition of them.
//!
//! An edition is whole: name, mail, enabled or not, and all grants. So a seal covers what somebody
//! was allowed on a day, and the audit can say what was before. By what a person proves who they are
//! stands apart (`account/secret.rs`), and so do sessions (`account/session.rs`) and what slows down
//! guessing (`account/tally.rs`): none of these is exported.

mod secret;
pub(crate) mod session;
pub(crate) mod tally;

pub use secret::Secret;
pub use session::{Session, Stage};
pub use tally::{Attempt, Counted, Tally, TallyKind};

use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::seal::Subject;
use crate::sql::{Arg, Row, Sql, inserts, statements};
use crate::transaction::{ReadTx, WriteTx};
use meguri_core::access::{Grant, Role, Validity};
use meguri_core::calendar::Day;

statements! {
    ALL = "SELECT e.account, e.edition, e.label, e.mail, e.enabled, e.who, e.moment \
           FROM account_edition e WHERE e.municipality = $1 AND e.edition = (\
           SELECT MAX(l.edition) FROM account_edition l \
           WHERE l.municipality = e.municipality AND l.account = e.account) ORDER BY e.account";
    ONE = "SELECT e.account, e.edition, e.label, e.mail, e.enabled, e.who, e.moment \
           FROM account_edition e WHERE e.municipality = $1 AND e.account = $2 \
           ORDER BY e.edition DESC LIMIT 1";
    ALL_GRANTS = "SELECT g.account, g.role, g.section, g.department, g.assignee, g.valid_from, \
           g.valid_until, g.deputy_of \
           FROM account_grant g WHERE g.municipality = $1 AND g.edition = (\
           SELECT MAX(l.edition) FROM account_edition l \
           WHERE l.municipality = g.municipality AND l.account = g.account) \
           ORDER BY g.account, g.place";
    GRANTS = "SELECT account, role, section, department, assignee, valid_from, valid_until, \
           deputy_of \
           FROM account_grant WHERE municipality = $1 AND account = $2 AND edition = $3 \
           ORDER BY place";
    ANY = "SELECT name FROM account WHERE municipality = $1 ORDER BY name LIMIT 1";
}

inserts! {
    ACCOUNT = "account" ["name"];
    EDITION = "account_edition" [
        "account", "edition", "label", "mail", "enabled", "who", "moment",
    ];
    GRANT = "account_grant" [
        "account", "edition", "place", "role", "section", "department", "assignee", "valid_from",
        "valid_until", "deputy_of",
    ];
    SECRET = "account_secret" ["account", "password", "must_change", "code", "code_step"];
}

/// The statements of the parts.
pub(crate) const OF_PARTS: [&[(&str, Sql<'static>)]; 3] =
    [secret::STATEMENTS, session::STATEMENTS, tally::STATEMENTS];

/// An account as an administrator registers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The name by which the person signs in; it never changes.
    pub name: String,
    /// The person's own name (氏名).
    pub label: String,
    /// Where mail reaches the person.
    pub mail: Option<String>,
    /// May the person sign in?
    pub enabled: bool,
    /// What the person may do.
    pub grants: Vec<Grant>,
}

/// An account as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAccount {
    /// What is registered.
    pub account: Account,
    /// The number of its newest edition, from 1.
    pub edition: i64,
    /// Who wrote that edition, and when.
    pub by: By,
}

impl Municipality {
    /// Is any account registered?
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_accounts(&self) -> Result<bool> {
        Ok(self.read().await?.row(ANY, &[]).await?.is_some())
    }

    /// All accounts by name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accounts(&self) -> Result<Vec<KeptAccount>> {
        let mut reading = self.read().await?;
        let mut all = Vec::new();
        for row in &reading.rows(ALL, &[]).await? {
            all.push(kept(row)?);
        }
        for row in &reading.rows(ALL_GRANTS, &[]).await? {
            let (name, grant) = (row.text(0)?, grant(row)?);
            if let Ok(place) = all.binary_search_by(|kept| kept.account.name.cmp(&name))
                && let Some(kept) = all.get_mut(place)
            {
                kept.account.grants.push(grant);
            }
        }
        Ok(all)
    }

    /// One account.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn account(&self, name: &str) -> Result<Option<KeptAccount>> {
        load(&mut self.read().await?, name).await
    }

    /// Keeps an account as its next edition, and what the person proves themselves by where it is
    /// new; the edition. `had` is the edition that was seen, 0 for a new account. Where the account
    /// is disabled or its own grants change, its sessions end. The same again changes nothing.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody else was faster, [`Error::Invalid`] where a name is taken.
    pub async fn save_account(
        &self,
        account: &Account,
        had: i64,
        secret: Option<&Secret>,
        by: &By,
    ) -> Result<i64> {
        let mut writing = self.write().await?;
        let before = load(writing.reading(), &account.name).await?;
        let now = before.as_ref().map_or(0, |kept| kept.edition);
        if had != now {
            return Err(match had {
                0 => Error::invalid(format!(
                    "利用者名「{}」は、すでに使われています。",
                    account.name
                )),
                _ => Error::Conflict { had, now },
            });
        }
        if before.as_ref().is_some_and(|kept| kept.account == *account) {
            return Ok(now);
        }
        let edition = now + 1;
        if before.is_none() {
            writing
                .insert(&ACCOUNT, vec![vec![(&account.name).into()]])
                .await?;
        }
        write(&mut writing, account, edition, by).await?;
        if let Some(secret) = secret {
            secret::write(&mut writing, &account.name, secret).await?;
        }
        let before = before.map(|kept| kept.account);
        if before.as_ref().is_some_and(|before| ends(before, account)) {
            session::end_all(&mut writing, &account.name, None).await?;
        }
        let subject = format!("account {} edition {edition}", account.name);
        let mut line = AuditEntry::new(Action::SaveAccount, subject)
            .after(in_words(account))
            .seals(Subject::Account(account.name.clone(), edition));
        if let Some(before) = &before {
            line = line.before(in_words(before));
        }
        writing.commit(by, vec![line]).await?;
        Ok(edition)
    }
}

/// Do sessions end with a change? What a deputy may do besides is read with every request.
fn ends(before: &Account, after: &Account) -> bool {
    let own = |account: &Account| -> Vec<Grant> {
        let own = account.grants.iter().filter(|grant| !grant.is_deputy());
        own.cloned().collect()
    };
    !after.enabled || own(before) != own(after)
}

async fn write(writing: &mut WriteTx, account: &Account, edition: i64, by: &By) -> Result<()> {
    let row = vec![
        (&account.name).into(),
        edition.into(),
        (&account.label).into(),
        account.mail.as_deref().into(),
        i64::from(account.enabled).into(),
        by.who().into(),
        by.moment().into(),
    ];
    writing.insert(&EDITION, vec![row]).await?;
    let rows = (0_i64..)
        .zip(&account.grants)
        .map(|(place, grant)| grant_row(account, edition, place, grant));
    writing.insert(&GRANT, rows.collect()).await
}

fn grant_row<'a>(account: &'a Account, edition: i64, place: i64, grant: &'a Grant) -> Vec<Arg<'a>> {
    let day = |day: Option<Day>| day.map_or(Arg::Text(None), |day| Arg::text(day.iso()));
    vec![
        (&account.name).into(),
        edition.into(),
        place.into(),
        grant.role.key().into(),
        grant.section.as_deref().into(),
        grant.department.as_deref().into(),
        grant.assignee.as_deref().into(),
        day(grant.valid.from),
        day(grant.valid.until),
        grant.deputy_of.as_deref().into(),
    ]
}

/// The newest edition of an account.
pub(crate) async fn load(reading: &mut ReadTx, name: &str) -> Result<Option<KeptAccount>> {
    let Some(row) = reading.row(ONE, &[name.into()]).await? else {
        return Ok(None);
    };
    let mut kept = kept(&row)?;
    let args = [name.into(), kept.edition.into()];
    let grants = reading.rows(GRANTS, &args).await?;
    kept.account.grants = grants.iter().map(grant).collect::<Result<_>>()?;
    Ok(Some(kept))
}

fn kept(row: &Row) -> Result<KeptAccount> {
    Ok(KeptAccount {
        account: Account {
            name: row.text(0)?,
            label: row.text(2)?,
            mail: row.maybe_text(3)?,
            enabled: row.integer(4)? != 0,
            grants: Vec::new(),
        },
        edition: row.integer(1)?,
        by: By::kept(row.text(5)?, row.text(6)?),
    })
}

fn grant(row: &Row) -> Result<Grant> {
    let key = row.text(1)?;
    let role = Role::from_key(&key)
        .ok_or_else(|| Error::damaged(format!("「{key}」という役割はありません")))?;
    let day = |place| -> Result<Option<Day>> {
        let Some(text) = row.maybe_text(place)? else {
            return Ok(None);
        };
        let day = Day::parse(&text);
        day.map(Some)
            .ok_or_else(|| Error::damaged(format!("「{text}」は日付ではありません")))
    };
    Ok(Grant {
        role,
        section: row.maybe_text(2)?,
        department: row.maybe_text(3)?,
        assignee: row.maybe_text(4)?,
        valid: Validity {
            from: day(5)?,
            until: day(6)?,
        },
        deputy_of: row.maybe_text(7)?,
    })
}

/// An account in words, for the audit.
fn in_words(account: &Account) -> String {
    let state = if account.enabled {
        "enabled"
    } else {
        "disabled"
    };
    let mut lines = vec![account.label.clone(), state.to_owned()];
    lines.extend(account.mail.iter().map(|mail| format!("mail {mail}")));
    lines.extend(account.grants.iter().map(grant_in_words));
    lines.join("\n")
}

fn grant_in_words(grant: &Grant) -> String {
    let mut words = vec![format!("role {}", grant.role.key())];
    let named = [
        ("section", &grant.section),
        ("department", &grant.department),
        ("assignee", &grant.assignee),
        ("deputy of", &grant.deputy_of),
    ];
    for (word, value) in named {
        words.extend(value.iter().map(|value| format!("{word} {value}")));
    }
    let days = [("from", grant.valid.from), ("until", grant.valid.until)];
    for (word, day) in days {
        words.extend(day.iter().map(|day| format!("{word} {}", day.iso())));
    }
    words.join(", ")
}
