//! Tables as CSV (RFC 4180), in the way that spreadsheets of offices open well.

use crate::web::error::PageError;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// A table: its head and its rows, each as wide as the head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub head: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(head: &[&'static str]) -> Self {
        Self {
            head: head.to_vec(),
            rows: Vec::new(),
        }
    }

    /// The table as CSV: a mark of UTF-8 for Excel, CRLF, and no cell that a spreadsheet would run
    /// as a formula.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::from("\u{feff}");
        line(&mut text, self.head.iter().copied());
        for row in &self.rows {
            line(&mut text, row.iter().map(String::as_str));
        }
        text
    }

    /// The answer to a request.
    pub(crate) fn answer(&self) -> Result<Response, PageError> {
        Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8")], self.text()).into_response())
    }
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        // A cell of the paper may begin like a formula; a plain number may have a sign.
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let guard = if formula && !is_number(cell) { "'" } else { "" };
        if cell.contains([',', '"', '\n', '\r']) {
            text.push_str(&format!("\"{guard}{}\"", cell.replace('"', "\"\"")));
        } else {
            text.push_str(guard);
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

/// A number with at most a sign, separators and a point.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let begins = digits.starts_with(|c: char| c.is_ascii_digit());
    begins
        && digits
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_needed_and_never_run_as_formulas() {
        let cells = [
            "=1+1", "-5.5", "-", "+SUM(A1)", "@x", "a,b", "=a\"b\n", "－",
        ];
        let rows = vec![cells.map(str::to_owned).to_vec()];
        let table = Table {
            head: vec!["列"],
            rows,
        };
        let wanted = "\u{feff}列\r\n\
                      '=1+1,-5.5,'-,'+SUM(A1),'@x,\"a,b\",\"'=a\"\"b\n\",－\r\n";
        assert_eq!(table.text(), wanted);
    }
}
