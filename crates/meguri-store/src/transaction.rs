//! Transactions in the name of a municipality: all that the tables of this crate stand on.
//!
//! [`ReadTx`] sees one state of the database. [`WriteTx`] besides has the lock of the municipality's
//! writers, and ends with the lines of the audit that tell of what it wrote.

use crate::audit::chain::{self, AuditEntry, AuditLine};
use crate::by::By;
use crate::dialect;
use crate::error::{Error, Result};
use crate::seal::seal;
use crate::sql::{Arg, Insert, Row, Sql, Tx, statements};

statements! {
    /// Takes the lock of the municipality's writers and tells how far its counters are.
    LOCK = "UPDATE municipality SET last_id = last_id WHERE municipality = $1 \
            RETURNING last_id, audit_number, audit_hash";
    ADVANCE = "UPDATE municipality SET last_id = $2, audit_number = $3, audit_hash = $4 \
               WHERE municipality = $1";
}

/// Rows of one insert at most, so that its text stays of a size that is worth keeping prepared.
const ROWS_MAX: usize = 500;

/// A transaction in the name of a municipality: `$1` of each statement is its code.
pub(crate) struct ReadTx {
    tx: Tx,
    code: String,
}

impl ReadTx {
    /// Begins in the name of a municipality, which the second wall of PostgreSQL is told.
    pub(crate) async fn begin(tx: Tx, code: &str) -> Result<Self> {
        let code = code.to_owned();
        let mut begun = Self { tx, code };
        begun.name().await?;
        Ok(begun)
    }

    /// Tells the database in whose name the transaction is.
    async fn name(&mut self) -> Result<()> {
        if let Some(text) = dialect::name_municipality(self.tx.engine()) {
            let code = [Arg::text(&self.code)];
            self.tx.rows(Sql::new(text), &code).await?;
        }
        Ok(())
    }

    /// The engine that it runs on.
    pub(crate) const fn engine(&self) -> dialect::Engine {
        self.tx.engine()
    }

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

    /// All rows of a statement that is about the database and not about one municipality.
    pub(crate) async fn rows_of_database(&mut self, sql: Sql<'_>) -> Result<Vec<Row>> {
        self.tx.rows(sql, &[]).await
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

    /// Makes what was written last without a line in the audit: an import, which brings its own, and
    /// what is no fact of an evaluation. All else is a [`WriteTx`].
    pub(crate) async fn commit_without_line(self) -> Result<()> {
        self.tx.commit().await
    }
}

fn with_code<'a>(code: &'a str, args: &[Arg<'a>]) -> Vec<Arg<'a>> {
    let mut all = Vec::with_capacity(args.len() + 1);
    all.push(Arg::text(code));
    all.extend(args.iter().cloned());
    all
}

/// A transaction that writes. It ends with [`WriteTx::commit`], which wants the lines of the
/// audit; dropped, it leaves nothing.
pub(crate) struct WriteTx {
    inner: ReadTx,
    last_id: i64,
    chain: chain::Head,
}

impl WriteTx {
    pub(crate) async fn locked(inner: ReadTx) -> Result<Self> {
        let chain = chain::Head {
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
    pub(crate) async fn lock(&mut self) -> Result<()> {
        let row = self.inner.row(LOCK, &[]).await?;
        let row = row.ok_or_else(|| {
            Error::invalid(format!(
                "団体コード {} の団体は登録されていません。",
                self.inner.code
            ))
        })?;
        self.last_id = row.integer(0)?;
        self.chain = chain::Head {
            number: row.integer(1)?,
            hash: row.text(2)?,
        };
        Ok(())
    }

    /// The same transaction, for what only reads.
    pub(crate) const fn reading(&mut self) -> &mut ReadTx {
        &mut self.inner
    }

    /// The last id that was given, and the end of the audit chain.
    pub(crate) fn counters(&self) -> (i64, chain::Head) {
        (self.last_id, self.chain.clone())
    }

    /// Sets the counters, for what moves whole municipalities.
    pub(crate) fn go_on_from(&mut self, last_id: i64, chain: chain::Head) {
        self.last_id = last_id;
        self.chain = chain;
    }

    /// The rest of the transaction is in the name of another municipality.
    pub(crate) async fn go_on_as(&mut self, code: &str) -> Result<()> {
        code.clone_into(&mut self.inner.code);
        self.inner.name().await
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
    pub(crate) async fn commit(mut self, by: &By, entries: Vec<AuditEntry>) -> Result<()> {
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
        let lines = chain::follow(&mut self.chain, by, sealed);
        let rows = lines.iter().map(AuditLine::row).collect();
        self.inner.insert(&chain::LINE, rows).await?;
        let args = [
            self.last_id.into(),
            self.chain.number.into(),
            (&self.chain.hash).into(),
        ];
        self.inner.execute(ADVANCE, &args).await?;
        self.inner.tx.commit().await
    }
}
