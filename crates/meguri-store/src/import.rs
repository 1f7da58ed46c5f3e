//! Rows of an export into a database that has none of the municipality: one transaction, checked.
//!
//! The audit and the counters come with the rows and are not written anew: an import followed by
//! an export gives the same bytes.

use crate::audit::{self, AuditReport, hex};
use crate::error::{Error, Result};
use crate::export::{Cell, Kind, TABLES, Table, argument_of};
use crate::municipality::{Municipality, MunicipalityCode};
use crate::opening::Store;
use crate::sql::{Arg, Insert, Sql, statements};
use crate::transaction::ReadTx;
use sha2::{Digest, Sha256};

statements! {
    IS_THERE = "SELECT 1 FROM municipality WHERE municipality = $1";
    LAST_ID = "SELECT last_id FROM municipality WHERE municipality = $1";
}

/// What one does where the whole does not hold.
const REMEDY: &str = "データベースは変更していません。\nもとのデータベースを「meguri audit verify」で\
                      確かめてから、もう一度書き出すか、控えてください。";

/// Where a failed batch goes back to, to find the row that is at fault.
const MARK: &str = "SAVEPOINT rows";
const BACK: &str = "ROLLBACK TO SAVEPOINT rows";
const UNMARK: &str = "RELEASE SAVEPOINT rows";

/// A municipality on its way into the database; dropped without [`Importing::finish`] it leaves
/// nothing.
pub struct Importing {
    inner: ReadTx,
}

impl Store {
    /// Begins to import a municipality that is not there yet.
    ///
    /// # Errors
    /// [`Error::AlreadyThere`], or those of the database.
    pub async fn importing(&self, code: &MunicipalityCode) -> Result<Importing> {
        let municipality = Municipality::new(self.clone(), code.clone());
        let mut inner = municipality.write_without_line().await?;
        if inner.row(IS_THERE, &[]).await?.is_some() {
            return Err(Error::AlreadyThere(code.to_string()));
        }
        Ok(Importing { inner })
    }
}

impl Importing {
    /// Writes rows of a table, a cell for each of its columns. Tables come in the order of
    /// [`TABLES`].
    ///
    /// # Errors
    /// [`Error::Rejected`] with the row that does not fit, or those of the database.
    pub async fn insert(&mut self, table: &'static Table, rows: &[Vec<Cell>]) -> Result<()> {
        for (place, row) in rows.iter().enumerate() {
            if let Some(why) = misfit(table, row) {
                return Err(Error::Rejected {
                    table: table.name,
                    row: place,
                    why,
                });
            }
        }
        self.inner.script(MARK).await?;
        match self.batch(table, rows).await {
            Err(Error::Constraint { why, .. }) => {
                self.inner.script(BACK).await?;
                Err(self.culprit(table, rows, why).await?)
            }
            Err(error) => Err(error),
            Ok(()) => self.inner.script(UNMARK).await,
        }
    }

    async fn batch(&mut self, table: &'static Table, rows: &[Vec<Cell>]) -> Result<()> {
        let names: Vec<&'static str> = table.columns.iter().map(|column| column.name).collect();
        let insert = Insert {
            table: table.name,
            columns: &names,
        };
        let rows = rows.iter().map(|row| arguments(table, row)).collect();
        self.inner.insert(&insert, rows).await
    }

    /// The first row that is not taken by itself, after a whole batch was not.
    async fn culprit(
        &mut self,
        table: &'static Table,
        rows: &[Vec<Cell>],
        why: &'static str,
    ) -> Result<Error> {
        for (place, row) in rows.iter().enumerate() {
            match self.batch(table, std::slice::from_ref(row)).await {
                Ok(()) => {}
                // Another process imported the same municipality in the meantime.
                Err(Error::Constraint { .. }) if table.key.is_empty() => {
                    return Ok(Error::AlreadyThere(self.inner.code().to_owned()));
                }
                Err(Error::Constraint { why, .. }) => {
                    let why = why.to_owned();
                    return Ok(Error::Rejected {
                        table: table.name,
                        row: place,
                        why,
                    });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Error::Rejected {
            table: table.name,
            row: 0,
            why: why.to_owned(),
        })
    }

    /// Checks the counters and the audit chain and makes all of it last.
    ///
    /// # Errors
    /// [`Error::Invalid`] where they do not hold, or those of the database; nothing is kept then.
    pub async fn finish(mut self) -> Result<AuditReport> {
        let Some(row) = self.inner.row(LAST_ID, &[]).await? else {
            return Err(Error::invalid(format!(
                "団体の行（municipality）がありません。{REMEDY}"
            )));
        };
        let last = row.integer(0)?;
        for table in TABLES.iter().filter(|table| table.place("id").is_some()) {
            let text = format!(
                "SELECT COALESCE(MAX(id), 0), COALESCE(MIN(id), 1) FROM {} WHERE municipality = $1",
                table.name
            );
            let row = self.inner.row(Sql::new(&text), &[]).await?;
            let (most, least) = row.map_or(Ok((0, 1)), |row| {
                Ok::<_, Error>((row.integer(0)?, row.integer(1)?))
            })?;
            if most > last || least < 1 {
                return Err(Error::invalid(format!(
                    "番号が控えと合いません（{} のid {} が、municipality のlast_id {last} の範囲に\
                     ありません）。{REMEDY}",
                    table.name,
                    if most > last { most } else { least },
                )));
            }
        }
        let report = audit::verify(&mut self.inner).await?;
        if let Some(broken) = &report.broken {
            return Err(Error::invalid(format!(
                "監査記録に異常があります。{broken}{REMEDY}"
            )));
        }
        self.inner.commit_without_line().await?;
        Ok(report)
    }
}

fn arguments<'a>(table: &Table, row: &'a [Cell]) -> Vec<Arg<'a>> {
    let cells = table.columns.iter().zip(row);
    cells
        .map(|(column, cell)| argument_of(column, cell))
        .collect()
}

/// What is wrong with a row before the database is asked.
fn misfit(table: &Table, row: &[Cell]) -> Option<String> {
    if row.len() != table.columns.len() {
        return Some(format!(
            "列の数が{}ではなく{}です",
            table.columns.len(),
            row.len()
        ));
    }
    for (column, cell) in table.columns.iter().zip(row) {
        let name = column.name;
        match (column.kind, cell) {
            (_, Cell::Null) if column.nullable => {}
            (_, Cell::Null) => return Some(format!("列 {name} に値がありません")),
            (Kind::Integer, Cell::Integer(_)) => {}
            (Kind::Text, Cell::Text(text)) if text.contains('\0') => {
                return Some(format!("列 {name} に使えない文字（NUL）があります"));
            }
            (Kind::Text, Cell::Text(_)) => {}
            (Kind::Blob(file), Cell::Blob(bytes)) => {
                let hash = table.place("hash").filter(|_| file.stem == ["hash"]);
                let said = hash.and_then(|place| row.get(place));
                if said.is_some_and(|said| *said != Cell::Text(hex(&Sha256::digest(bytes)))) {
                    return Some(format!("列 {name} の内容がハッシュと一致しません"));
                }
            }
            _ => return Some(format!("列 {name} の値の種類が違います")),
        }
    }
    None
}
