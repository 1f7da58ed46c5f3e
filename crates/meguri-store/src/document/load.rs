//! A document as it was read.

use super::{DocumentRow, KeptDocument, ONE, SHEETS};
use crate::by::By;
use crate::error::{Error, Result};
use crate::municipality::Reading;
use crate::sql::Row;
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

/// The last reading, in five statements however large the document is.
pub(super) async fn load(reading: &mut Reading, id: i64) -> Result<Option<KeptDocument>> {
    let Some(head) = reading.row(ONE, &[id.into()]).await? else {
        return Ok(None);
    };
    let version = head.integer(3)?;
    let entries = value::as_of(reading, id, version, version).await?;
    let mut document = value::document(&entries)?;
    document.name = head.text(0)?;
    document.family = head.text(1)?;
    document.lines = lines(head.bytes(4)?, head.integer(5)?)?;
    let rows = reading.rows(SHEETS, &[id.into(), version.into()]).await?;
    let values = value::of_document_sheets(reading, id, version).await?;
    let mut sheets = Vec::with_capacity(rows.len());
    for row in &rows {
        let sheet = row.integer(0)?;
        let entries = values.get(&sheet).map_or(&[][..], Vec::as_slice);
        document.sheets.push(value::sheet(entries)?);
        sheets.push(sheet);
    }
    let scheme = match (head.maybe_text(6)?, head.maybe_text(7)?, head.maybe_integer(8)?) {
        (Some(plan), Some(version), Some(edition)) => Some((plan, version, edition)),
        _ => None,
    };
    Ok(Some(KeptDocument { id, version, document, source: head.text(2)?, scheme, sheets }))
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
