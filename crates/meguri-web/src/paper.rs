//! Documents and sheets on paper: the PDF of what a page shows.

use crate::Site;
use crate::error::PageError;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use meguri_app::context::now;
use meguri_app::read::Entry;
use meguri_app::report::{Wanted, print};

/// Sheets that are printed while somebody waits; the command prints any number.
const MOST_SHEETS: usize = 200;

/// Is the book of a document printed from its page?
pub(crate) fn has_book(entry: &Entry) -> bool {
    entry.document.sheets.len() <= MOST_SHEETS
}

/// The paper of a document, or of some of its sheets.
pub(crate) fn answer(
    site: &Site,
    entry: &Entry,
    sheets: Vec<usize>,
) -> Result<Response, PageError> {
    if sheets.is_empty() && !has_book(entry) {
        return Err(PageError::Invalid(format!(
            "シートが{MOST_SHEETS}枚を超える冊子は、画面からは印刷できません。シートごとに印刷するか、\
             管理者に「meguri report」での印刷を依頼してください。"
        )));
    }
    let number = sheets.first().map(|number| format!("-{number}"));
    let name = format!("{}{}.pdf", entry.key, number.unwrap_or_default());
    let wanted = Wanted {
        entry,
        sheets,
        layout: None,
        city: &site.about.name,
        moment: &now(),
    };
    let printed = print(&site.library, &wanted);
    let printed = printed.map_err(|fault| PageError::Internal(fault.to_string()))?;
    let headers = [
        (CONTENT_TYPE, "application/pdf".to_owned()),
        (CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")),
    ];
    Ok((headers, printed.bytes).into_response())
}
