//! Tables as CSV (RFC 4180), in the way that spreadsheets of offices open well.
//!
//! A program must not have to take a text apart: a number is written as a number, its unit is said
//! by the head of its column, and what the paper prints stands in a column of its own.
//!
//! | column | in the file |
//! |---|---|
//! | [`Column::Text`] | one column |
//! | [`Column::Number`] | one column, digits only |
//! | [`Column::Year`] | 令和6年度, and 2024 in `…（西暦）` |
//! | [`Column::Amount`] | whole yen in `…（円）`, and as printed in `…（表記）` |
//! | [`Column::Figure`] | the number in `…（数値）`, and as printed in `…（表記）` |

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use meguri_app::formula;
use meguri_app::read::quantity::{AmountView, FigureView, Quantity, YearView};

/// What stands in a column, with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A text.
    Text(&'static str),
    /// A whole number: a count, a line, an id.
    Number(&'static str),
    /// A fiscal year.
    Year(&'static str),
    /// An amount of money.
    Amount(&'static str),
    /// A figure, a rate or an amount, whose unit another column says.
    Figure(&'static str),
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, which a spreadsheet must not run.
    Text(String),
    /// A number in digits.
    Number(String),
    /// A year.
    Year(YearView),
    /// An amount.
    Amount(AmountView),
    /// A printed text with its number.
    Figure(String, Option<Quantity>),
}

/// A table: its columns and its rows, each as wide as they.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string())
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Self::Empty, Into::into)
    }
}

impl From<YearView> for Cell {
    fn from(year: YearView) -> Self {
        Self::Year(year)
    }
}

impl From<&FigureView> for Cell {
    fn from(figure: &FigureView) -> Self {
        Self::Figure(figure.text.clone(), figure.number)
    }
}

impl From<&AmountView> for Cell {
    fn from(amount: &AmountView) -> Self {
        Self::Amount(amount.clone())
    }
}

impl Column {
    /// The heads in the file.
    fn heads(self) -> Vec<String> {
        match self {
            Self::Text(name) | Self::Number(name) => vec![name.to_owned()],
            Self::Year(name) => vec![name.to_owned(), format!("{name}（西暦）")],
            Self::Amount(name) => vec![format!("{name}（円）"), format!("{name}（表記）")],
            Self::Figure(name) => vec![format!("{name}（数値）"), format!("{name}（表記）")],
        }
    }

    /// How many columns of the file it takes.
    const fn width(self) -> usize {
        match self {
            Self::Text(_) | Self::Number(_) => 1,
            Self::Year(_) | Self::Amount(_) | Self::Figure(_) => 2,
        }
    }
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(columns: &[Column]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// The table as CSV: a mark of UTF-8 for Excel, CRLF, and no text that a spreadsheet would run
    /// as a formula.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::from("\u{feff}");
        let heads: Vec<String> = self.columns.iter().flat_map(|c| c.heads()).collect();
        write_line(&mut text, heads.iter().map(|head| guarded(head)));
        for row in &self.rows {
            let written = row
                .iter()
                .zip(&self.columns)
                .flat_map(|(cell, column)| cell.written(column.width()))
                .collect::<Vec<_>>();
            write_line(&mut text, written.into_iter());
        }
        text
    }

    /// The answer to a request.
    pub(crate) fn answer(&self) -> Response {
        ([(CONTENT_TYPE, "text/csv; charset=utf-8")], self.text()).into_response()
    }
}

impl Cell {
    /// What stands in the columns of the file; a column of two has the number and the print.
    fn written(&self, width: usize) -> Vec<String> {
        let mut cells = match self {
            Self::Empty => Vec::new(),
            Self::Text(text) => vec![guarded(text)],
            Self::Number(number) => vec![number.clone()],
            Self::Year(year) => {
                let calendar = year.calendar_year().map(|year| year.to_string());
                vec![year.to_string(), calendar.unwrap_or_default()]
            }
            // In a column of figures an amount is one in whole yen.
            Self::Amount(amount) => {
                let yen = amount.yen.map(|yen| yen.to_string());
                vec![yen.unwrap_or_default(), guarded(&amount.text)]
            }
            Self::Figure(text, quantity) => {
                let number = quantity.map(Quantity::digits);
                vec![number.unwrap_or_default(), guarded(text)]
            }
        };
        cells.resize(width, String::new());
        cells
    }
}

/// A text that no spreadsheet takes for a formula: a `'` goes before it where it begins like one,
/// in half or full width. A printed amount such as `-1,275千円` and a lone dash are none.
fn guarded(text: &str) -> String {
    if formula::is_run(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn write_line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            text.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use meguri_core::fiscal_year::FiscalYear;

    #[test]
    fn texts_are_quoted_where_needed_and_never_run_as_formulas() {
        for (text, wanted) in [
            ("=1+1", "'=1+1"),
            ("+SUM(A1)", "'+SUM(A1)"),
            ("@x", "'@x"),
            ("-A1", "'-A1"),
            ("-2+3", "'-2+3"),
            ("-1B2", "'-1B2"),
            ("＝ＳＵＭ（Ａ１）", "'＝ＳＵＭ（Ａ１）"),
            ("＋１", "'＋１"),
            ("－Ａ１", "'－Ａ１"),
            ("＠x", "'＠x"),
            ("\n=1", "\"'\n=1\""),
            ("\t=1", "'\t=1"),
            ("-", "-"),
            ("－", "－"),
            ("-5.5", "-5.5"),
            ("-1,275千円", "\"-1,275千円\""),
            ("+12.3％", "+12.3％"),
            ("a,b", "\"a,b\""),
            ("=a\"b\n", "\"'=a\"\"b\n\""),
            ("", ""),
        ] {
            let mut table = Table::new(&[Column::Text("列")]);
            table.rows.push(vec![text.into()]);
            assert_eq!(table.text(), format!("\u{feff}列\r\n{wanted}\r\n"));
        }
    }

    /// Of what begins like a formula, an export leaves these as they are: so does a served table.
    #[test]
    fn what_an_export_leaves_as_it_is_is_served_as_it_is() {
        for text in ["-1", "-1.1", "-11", "-111", "−", "－"] {
            assert!(formula::begins(text) && guarded(text) == text, "{text}");
        }
    }

    #[test]
    fn numbers_have_columns_of_their_own_and_are_never_guarded() {
        let mut table = Table::new(&[
            Column::Number("番号"),
            Column::Year("年度"),
            Column::Amount("事業費"),
            Column::Figure("値"),
        ]);
        let number = rust_decimal::Decimal::new(-31, 1);
        table.rows.push(vec![
            3_usize.into(),
            YearView(FiscalYear::new(2024)).into(),
            Cell::Amount(AmountView::sample("△1,275千円", -1_275_000)),
            Cell::Figure("△3.1".to_owned(), Some(Quantity::Number(number))),
        ]);
        table.rows.push(vec![
            Cell::Empty,
            YearView::default().into(),
            (&AmountView::default()).into(),
            Cell::Figure("4以上".to_owned(), None),
        ]);
        let wanted = "\u{feff}番号,年度,年度（西暦）,事業費（円）,事業費（表記）,値（数値）,値（表記）\r\n\
                      3,令和6年度,2024,-1275000,\"△1,275千円\",-3.1,△3.1\r\n\
                      ,,,,,,4以上\r\n";
        assert_eq!(table.text(), wanted);
    }
}
