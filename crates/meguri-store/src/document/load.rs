//! A document as it was read.

use super::{DocumentRow, HEAD, KeptDocument, KeptPaper, PAPER, SHEETS};
use crate::by::By;
use crate::error::{Error, Result};
use crate::sql::Row;
use crate::transaction::ReadTx;
use crate::value;

/// A row of the list.
pub(super) fn listed(row: &Row) -> Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.integer(0)?,
        name: row.text(1)?,
        family: row.text(2)?,
        plan: row.text(3)?,
        source: row.text(4)?,
        version: row.integer(5)?,
        by: By::kept(row.text(6)?, row.text(7)?),
    })
}

/// The last reading, in six statements however large the document is.
pub(super) async fn load(reading: &mut ReadTx, id: i64) -> Result<Option<KeptDocument>> {
    let Some(head) = reading.row(HEAD, &[id.into()]).await? else {
        return Ok(None);
    };
    let version = head.integer(0)?;
    let Some(KeptPaper {
        mut document,
        scheme,
    }) = paper(reading, id, version).await?
    else {
        return Ok(None);
    };
    let rows = reading.rows(SHEETS, &[id.into(), version.into()]).await?;
    let values = value::of_document_sheets(reading, id, version).await?;
    let mut sheets = Vec::with_capacity(rows.len());
    for row in &rows {
        let sheet = row.integer(0)?;
        let entries = values.get(&sheet).map_or(&[][..], Vec::as_slice);
        document.sheets.push(value::sheet(entries)?);
        sheets.push(sheet);
    }
    Ok(Some(KeptDocument {
        id,
        version,
        document,
        source: head.text(1)?,
        scheme,
        sheets,
    }))
}

/// A version of the reading without its sheets, in two statements.
pub(crate) async fn paper(
    reading: &mut ReadTx,
    id: i64,
    version: i64,
) -> Result<Option<KeptPaper>> {
    let Some(head) = reading.row(PAPER, &[id.into(), version.into()]).await? else {
        return Ok(None);
    };
    let entries = value::as_of(reading, id, version, version).await?;
    let mut document = value::document(&entries)?;
    document.name = head.text(0)?;
    document.family = head.text(1)?;
    document.lines = lines(head.bytes(2)?, head.integer(3)?)?;
    let scheme = match (
        head.maybe_text(4)?,
        head.maybe_text(5)?,
        head.maybe_integer(6)?,
    ) {
        (Some(plan), Some(version), Some(edition)) => Some((plan, version, edition)),
        _ => None,
    };
    Ok(Some(KeptPaper { document, scheme }))
}

/// The sheets of a version of the reading, in order.
pub(crate) async fn placed(reading: &mut ReadTx, id: i64, version: i64) -> Result<Vec<i64>> {
    let rows = reading.rows(SHEETS, &[id.into(), version.into()]).await?;
    rows.iter().map(|row| row.integer(0)).collect()
}

/// Lines are kept as one text; their number tells an empty text from one empty line.
fn lines(bytes: Vec<u8>, count: i64) -> Result<Vec<String>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| Error::damaged("lines of a document"))?;
    Ok(text.split('\n').map(str::to_owned).collect())
}
