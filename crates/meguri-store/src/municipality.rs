//! The municipality (団体) that everything belongs to, and transactions in its name.

mod code;
pub(crate) mod recode;

pub use code::MunicipalityCode;
pub use recode::Amounts;

use crate::audit::{self, AuditLine, Entry};
use crate::by::By;
use crate::dialect;
use crate::error::{Error, Result};
use crate::opening::Store;
use crate::seal::seal;
use crate::sql::{Arg, Insert, Row, Sql, Tx, inserts, statements};

statements! {
    /// Takes the lock of the municipality's writers and tells how far its counters are.
    LOCK = "UPDATE municipality SET last_id = last_id WHERE municipality = $1 \
            RETURNING last_id, audit_number, audit_hash";
    ADVANCE = "UPDATE municipality SET last_id = $2, audit_number = $3, audit_hash = $4 \
               WHERE municipality = $1";
    NAME = "SELECT name FROM municipality WHERE municipality = $1";
}

inserts! {
    REGISTER = "municipality" ["name"];
}

/// Rows of one insert at most, so that its text stays of a size that is worth keeping prepared.
const ROWS_MAX: usize = 500;

/// The handle of one municipality; all that is kept is reached from it.
#[derive(Clone, Debug)]
pub struct Municipality {
    store: Store,
    code: MunicipalityCode,
}

impl Municipality {
    pub(crate) const fn new(store: Store, code: MunicipalityCode) -> Self {
        Self { store, code }
    }

    /// Its code (団体コード).
    #[must_use]
    pub const fn code(&self) -> &MunicipalityCode {
        &self.code
    }

    /// Is the file of the database that was opened the one that its name leads to? Other programs go
    /// by the name. Of a server there is nothing to ask.
    ///
    /// # Errors
    /// [`Error::OtherFile`] and [`Error::FileGone`].
    pub fn is_in_place(&self) -> Result<()> {
        self.store.pool().is_in_place()
    }

    /// Its name; `None` where it is not registered.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn name(&self) -> Result<Option<String>> {
        let mut reading = self.read().await?;
        let row = reading.row(NAME, &[]).await?;
        row.map(|row| row.text(0)).transpose()
    }

    /// Enters the municipality itself, unless another process was faster.
    pub(crate) async fn register(&self, name: &str, by: &By) -> Result<()> {
        let mut inner = self.inner(self.store.pool().write().await?).await?;
        let text = REGISTER.text_unless_there(inner.tx.engine());
        if inner.execute(Sql::new(&text), &[name.into()]).await? == 0 {
            return Ok(());
        }
        let writing = Writing::locked(inner).await?;
        let line = Entry::new("municipality.register", self.code.as_str()).after(name);
        writing.commit(by, vec![line]).await
    }

    /// A transaction that writes what another database wrote, the audit and the counters with it.
    pub(crate) async fn import(&self) -> Result<Reading> {
        self.inner(self.store.pool().write().await?).await
    }

    /// A transaction that reads.
    pub(crate) async fn read(&self) -> Result<Reading> {
        self.inner(self.store.pool().read().await?).await
    }

    /// A transaction that writes; others that write for this municipality wait for its end.
    pub(crate) async fn write(&self) -> Result<Writing> {
        let inner = self.inner(self.store.pool().write().await?).await?;
        Writing::locked(inner).await
    }

    async fn inner(&self, mut tx: Tx) -> Result<Reading> {
        let code = self.code.as_str().to_owned();
        if let Some(text) = dialect::name_municipality(tx.engine()) {
            tx.rows(Sql::new(text), &[Arg::text(&code)]).await?;
        }
        Ok(Reading { tx, code })
    }
}

/// A transaction in the name of a municipality: `$1` of each statement is its code.
pub(crate) struct Reading {
    tx: Tx,
    code: String,
}

impl Reading {
    /// The code of the municipality.
    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    /// Whether the database has a table; an older one does not have all.
    pub(crate) async fn has_table(&mut self, name: &str) -> Result<bool> {
        let there = Sql::new(dialect::table_is_there(self.tx.engine()));
        let rows = self.tx.rows(there, &[name.into()]).await?;
        Ok(rows.first().map_or(Ok(0), |row| row.integer(0))? > 0)
    }

    /// All rows; the arguments are `$2` and so on.
    pub(crate) async fn rows(&mut self, sql: Sql<'_>, args: &[Arg<'_>]) -> Result<Vec<Row>> {
        let args = with_code(&self.code, args);
        self.tx.rows(sql, &args).await
    }

    /// The first row, where there is one.
    pub(crate) async fn row(&mut self, sql: Sql<'_>, args: &[Arg<'_>]) -> Result<Option<Row>> {
        Ok(self.rows(sql, args).await?.into_iter().next())
    }

    pub(crate) async fn execute(&mut self, sql: Sql<'_>, args: &[Arg<'_>]) -> Result<u64> {
        let args = with_code(&self.code, args);
        self.tx.execute(sql, &args).await
    }

    /// Inserts rows in batches; the number of places in a batch keeps to the engine's limit.
    pub(crate) async fn insert(
        &mut self,
        insert: &Insert<'_>,
        rows: Vec<Vec<Arg<'_>>>,
    ) -> Result<()> {
        let engine = self.tx.engine();
        let most = (dialect::arguments_max(engine) / insert.width()).clamp(1, ROWS_MAX);
        for batch in rows.chunks(most) {
            let text = insert.text(engine, batch.len());
            let mut args = Vec::with_capacity(batch.len() * insert.width());
            for row in batch {
                args.push(Arg::text(&self.code));
                args.extend(row.iter().cloned());
            }
            self.tx.execute(Sql::new(&text), &args).await?;
        }
        Ok(())
    }

    /// Runs a text that sets or leaves a mark within the transaction.
    pub(crate) async fn script(&mut self, text: &str) -> Result<()> {
        self.tx.run_script(text).await
    }

    /// Makes what was written last. Only an import ends so; all else is a [`Writing`], whose lines
    /// go into the audit.
    pub(crate) async fn commit_imported(self) -> Result<()> {
        self.tx.commit().await
    }
}

fn with_code<'a>(code: &'a str, args: &[Arg<'a>]) -> Vec<Arg<'a>> {
    let mut all = Vec::with_capacity(args.len() + 1);
    all.push(Arg::text(code));
    all.extend(args.iter().cloned());
    all
}

/// A transaction that writes. It ends with [`Writing::commit`], which wants the lines of the
/// audit; dropped, it leaves nothing.
pub(crate) struct Writing {
    inner: Reading,
    last_id: i64,
    chain: audit::Head,
}

impl Writing {
    async fn locked(inner: Reading) -> Result<Self> {
        let chain = audit::Head {
            number: 0,
            hash: String::new(),
        };
        let mut writing = Self {
            inner,
            last_id: 0,
            chain,
        };
        writing.lock().await?;
        Ok(writing)
    }

    /// Takes the lock of the municipality in whose name the transaction is, and its counters.
    async fn lock(&mut self) -> Result<()> {
        let row = self.inner.row(LOCK, &[]).await?;
        let row = row.ok_or_else(|| {
            Error::invalid(format!(
                "団体コード {} の団体は登録されていません。",
                self.inner.code
            ))
        })?;
        self.last_id = row.integer(0)?;
        self.chain = audit::Head {
            number: row.integer(1)?,
            hash: row.text(2)?,
        };
        Ok(())
    }

    /// The same transaction, for what only reads.
    pub(crate) const fn reading(&mut self) -> &mut Reading {
        &mut self.inner
    }

    /// An id that no other row of the municipality has.
    pub(crate) const fn next_id(&mut self) -> i64 {
        self.last_id = self.last_id.saturating_add(1);
        self.last_id
    }

    pub(crate) async fn execute(&mut self, sql: Sql<'_>, args: &[Arg<'_>]) -> Result<u64> {
        self.inner.execute(sql, args).await
    }

    pub(crate) async fn insert(
        &mut self,
        into: &Insert<'_>,
        rows: Vec<Vec<Arg<'_>>>,
    ) -> Result<()> {
        self.inner.insert(into, rows).await
    }

    /// Writes the lines of the audit and makes all of it last.
    pub(crate) async fn commit(mut self, by: &By, entries: Vec<Entry>) -> Result<()> {
        let mut sealed = Vec::with_capacity(entries.len());
        for entry in entries {
            let seal = match entry.sealed() {
                Some(subject) => Some(seal(&mut self.inner, subject).await?),
                None => None,
            };
            sealed.push(match seal {
                Some(seal) => entry.with_seal(&seal),
                None => entry,
            });
        }
        let lines = audit::follow(&mut self.chain, by, sealed);
        let rows = lines.iter().map(AuditLine::row).collect();
        self.inner.insert(&audit::LINE, rows).await?;
        let args = [
            self.last_id.into(),
            self.chain.number.into(),
            (&self.chain.hash).into(),
        ];
        self.inner.execute(ADVANCE, &args).await?;
        self.inner.tx.commit().await
    }
}
