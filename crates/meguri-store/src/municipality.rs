//! The municipality (団体) that everything belongs to, and transactions in its name.

mod code;
pub(crate) mod recode;

pub use code::MunicipalityCode;
pub use recode::Amounts;

use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::error::Result;
use crate::opening::Store;
use crate::sql::{Sql, Tx, inserts, statements};
use crate::transaction::{ReadTx, WriteTx};

statements! {
    NAME = "SELECT name FROM municipality WHERE municipality = $1";
}

inserts! {
    REGISTER = "municipality" ["name"];
}

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
    /// [`crate::Error::OtherFile`] and [`crate::Error::FileGone`].
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
        let text = REGISTER.text_unless_there(inner.engine());
        if inner.execute(Sql::new(&text), &[name.into()]).await? == 0 {
            return Ok(());
        }
        let writing = WriteTx::locked(inner).await?;
        let line = AuditEntry::new(Action::RegisterMunicipality, self.code.as_str()).after(name);
        writing.commit(by, vec![line]).await
    }

    /// A transaction that writes without a line in the audit: what another database wrote, with its
    /// own lines, and what is no fact of an evaluation. It ends with
    /// [`ReadTx::commit_without_line`].
    pub(crate) async fn write_without_line(&self) -> Result<ReadTx> {
        self.inner(self.store.pool().write().await?).await
    }

    /// A transaction that reads.
    pub(crate) async fn read(&self) -> Result<ReadTx> {
        self.inner(self.store.pool().read().await?).await
    }

    /// A transaction that writes; others that write for this municipality wait for its end.
    pub(crate) async fn write(&self) -> Result<WriteTx> {
        let inner = self.inner(self.store.pool().write().await?).await?;
        WriteTx::locked(inner).await
    }

    async fn inner(&self, tx: Tx) -> Result<ReadTx> {
        ReadTx::begin(tx, self.code.as_str()).await
    }
}
