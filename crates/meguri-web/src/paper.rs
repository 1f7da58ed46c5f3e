//! Documents and sheets on paper and as workbooks: the files of what a page shows.

use crate::Site;
use crate::error::PageError;
use crate::page::Format;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use meguri_app::context::now;
use meguri_app::read::Entry;
use meguri_app::report::{BookKind, Wanted, print, workbook};

/// Sheets that are printed while somebody waits; the command prints any number.
const MOST_SHEETS: usize = 200;

/// Is the book of a document printed from its page?
pub(crate) fn has_book(entry: &Entry) -> bool {
    entry.document.sheets.len() <= MOST_SHEETS
}

/// What browsers know a workbook by.
pub(crate) const WORKBOOK: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The paper or a workbook of a document, or of some of its sheets.
pub(crate) fn answer(
    site: &Site,
    entry: &Entry,
    sheets: Vec<usize>,
    format: Format,
) -> Result<Response, PageError> {
    if sheets.is_empty() && !has_book(entry) {
        return Err(PageError::Invalid(format!(
            "シートが{MOST_SHEETS}枚を超える冊子は、画面からは印刷できません。シートごとに印刷するか、\
             管理者に「meguri report」での印刷を依頼してください。"
        )));
    }
    let number = sheets.first().map(|number| format!("-{number}"));
    let name = format!(
        "{}{}{}",
        entry.key,
        number.unwrap_or_default(),
        format.ending()
    );
    let wanted = Wanted {
        entry,
        sheets,
        layout: None,
        city: &site.about.name,
        moment: &now(),
    };
    let internal = |fault: String| PageError::Internal(fault);
    let (kind, disposition, bytes) = match format {
        Format::Book | Format::DataBook => {
            let kind = match format {
                Format::DataBook => BookKind::Data,
                _ => BookKind::Form,
            };
            let bytes = workbook(&site.library, &wanted, kind);
            let bytes = bytes.map_err(|fault| internal(fault.to_string()))?;
            (WORKBOOK, "attachment", bytes)
        }
        _ => {
            let printed = print(&site.library, &wanted);
            let printed = printed.map_err(|fault| internal(fault.to_string()))?;
            ("application/pdf", "inline", printed.bytes)
        }
    };
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("{disposition}; filename=\"{name}\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}
