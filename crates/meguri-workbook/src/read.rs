//! The cells of a workbook of which nothing is known.
//!
//! What is handed to the library was measured before ([`crate::archive`]). Cells are taken as they
//! come and counted; a range of all cells between the first and the last is never made, since one
//! cell far away would cost all memory.

use crate::archive::{Limits, Unread as Refusal, measured};
use crate::book::{MOST_COLUMNS, MOST_ROWS};
use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A workbook as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundBook {
    /// Its sheets, in their order.
    pub sheets: Vec<FoundSheet>,
    /// Defined names that mean one cell: sheet, row and column.
    pub names: BTreeMap<String, (String, u32, u16)>,
}

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundSheet {
    /// Its name.
    pub name: String,
    /// Does nobody see it?
    pub hidden: bool,
    /// The cells in which something stands, by row and column.
    pub cells: BTreeMap<(u32, u16), Found>,
}

/// What was found in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What stands in it; of a formula the result that the file has.
    pub content: Content,
    /// Is it computed by a formula?
    pub is_formula: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Words.
    Text(String),
    /// A number, rounded to the digits that spreadsheets keep.
    Number(Decimal),
    /// A number that is shown in percent: 0.754 is shown as 75.4%.
    Percent(Decimal),
    /// A yes or no.
    Truth(bool),
    /// A day or time.
    Date,
    /// A formula without a result, or with an error: `#REF!`.
    Error(String),
}

/// The cells of a file.
///
/// # Errors
/// Why it is not read.
pub fn read(file: &[u8], limits: &Limits) -> Result<FoundBook, Refusal> {
    let archive = measured(file, limits)?;
    // The library is a feature behind a fence: where it fails, the person is told.
    let found = catch_unwind(AssertUnwindSafe(|| cells(archive, limits)));
    found.unwrap_or_else(|_| Err(Refusal::Damaged("読み取りに失敗しました".to_owned())))
}

/// What is left of the limits.
struct Room {
    cells: usize,
    text: usize,
}

fn cells(archive: Vec<u8>, limits: &Limits) -> Result<FoundBook, Refusal> {
    let mut xlsx = Xlsx::new(Cursor::new(archive)).map_err(|error| damaged(&error))?;
    let sheets = xlsx.sheets_metadata().to_vec();
    if sheets.len() > limits.sheets {
        return Err(Refusal::Beyond(format!(
            "シートが多すぎます（{}枚まで）",
            limits.sheets
        )));
    }
    let mut room = Room {
        cells: limits.cells,
        text: limits.text_bytes,
    };
    let mut book = FoundBook {
        names: names(xlsx.defined_names()),
        sheets: Vec::new(),
    };
    for sheet in sheets {
        let in_percent = match in_percent(&mut xlsx, &sheet.name, limits) {
            Ok(cells) => cells,
            // A sheet of charts has no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(damaged(&error)),
        };
        let cells = of_sheet(&mut xlsx, &sheet.name, &in_percent, (&mut room, limits))?;
        book.sheets.push(FoundSheet {
            hidden: sheet.visible != SheetVisible::Visible,
            name: sheet.name,
            cells,
        });
    }
    if book.sheets.is_empty() {
        return Err(Refusal::NotAWorkbook);
    }
    Ok(book)
}

fn damaged(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => Refusal::Password,
        error => {
            let told: String = error.to_string().chars().take(100).collect();
            Refusal::Damaged(told)
        }
    }
}

type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// The cells whose numbers are shown in percent.
fn in_percent(
    xlsx: &mut Workbook,
    name: &str,
    limits: &Limits,
) -> Result<HashSet<(u32, u32)>, XlsxError> {
    let mut reader = xlsx.worksheet_cells_reader(name)?;
    let is_percent = |style: &calamine::Style| {
        let format = style.number_format.as_ref();
        format.is_some_and(|format| format.format_code.contains('%'))
    };
    let styles: HashSet<usize> = (0..)
        .zip(reader.styles())
        .filter(|(_, style)| is_percent(style))
        .map(|(id, _)| id)
        .collect();
    let mut found = HashSet::new();
    if styles.is_empty() {
        return Ok(found);
    }
    while let Some((row, column, style)) = reader.next_style_id()? {
        if styles.contains(&style) && found.len() < limits.cells {
            found.insert((row, column));
        }
    }
    Ok(found)
}

fn of_sheet(
    xlsx: &mut Workbook,
    name: &str,
    in_percent: &HashSet<(u32, u32)>,
    (room, limits): (&mut Room, &Limits),
) -> Result<BTreeMap<(u32, u16), Found>, Refusal> {
    let mut reader = xlsx
        .worksheet_cells_reader(name)
        .map_err(|error| damaged(&error))?;
    let mut cells = BTreeMap::new();
    loop {
        let next = reader.next_cell_with_formula_metadata();
        let Some(cell) = next.map_err(|error| damaged(&error))? else {
            return Ok(cells);
        };
        room.cells = room
            .cells
            .checked_sub(1)
            .ok_or_else(|| Refusal::too_many_cells(limits))?;
        let is_formula = cell.formula.is_some();
        let percent = in_percent.contains(&cell.pos);
        let Some(content) = content(&cell.value, percent, is_formula) else {
            continue;
        };
        if let Content::Text(text) | Content::Error(text) = &content {
            room.text = room
                .text
                .checked_sub(text.len())
                .ok_or_else(|| Refusal::Beyond("文章が長すぎます".to_owned()))?;
        }
        let (row, column) = cell.pos;
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(Refusal::Damaged("セルの場所が違います".to_owned()));
        }
        let found = Found {
            content,
            is_formula,
        };
        cells.insert((row, column), found);
    }
}

fn content(value: &DataRef<'_>, percent: bool, is_formula: bool) -> Option<Content> {
    let number = |number: f64| match decimal(number) {
        Some(number) if percent => Content::Percent(number),
        Some(number) => Content::Number(number),
        None => Content::Error("大きすぎる数".to_owned()),
    };
    Some(match value {
        DataRef::Int(whole) => number(*whole as f64),
        DataRef::Float(float) => number(*float),
        DataRef::String(text) => words(text)?,
        DataRef::SharedString(text) => words(text)?,
        DataRef::Bool(truth) => Content::Truth(*truth),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Content::Date,
        DataRef::Error(error) => Content::Error(error.to_string()),
        DataRef::Empty if is_formula => Content::Error("計算結果がありません".to_owned()),
        DataRef::Empty => return None,
    })
}

fn words(text: &str) -> Option<Content> {
    (!text.is_empty()).then(|| Content::Text(text.to_owned()))
}

/// The number with the fifteen digits that spreadsheets show, so that 0.1 + 0.2 is 0.3.
fn decimal(number: f64) -> Option<Decimal> {
    let digits = format!("{number:.14e}");
    let number = Decimal::from_scientific(&digits).ok()?;
    Some(number.normalize())
}

/// The names that mean one cell: `'シート'!$B$3`.
fn names(defined: &[(String, String)]) -> BTreeMap<String, (String, u32, u16)> {
    let all = defined.iter();
    all.filter_map(|(name, formula)| Some((name.clone(), one_cell(formula)?)))
        .collect()
}

fn one_cell(formula: &str) -> Option<(String, u32, u16)> {
    let (sheet, cell) = formula.rsplit_once('!')?;
    let sheet = match sheet.strip_prefix('\'') {
        Some(quoted) => quoted.strip_suffix('\'')?.replace("''", "'"),
        None => sheet.to_owned(),
    };
    let cell = cell.replace('$', "");
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = cell.split_at_checked(digits)?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column * 26 + u32::from(letter - b'A') + 1;
    }
    let row: u32 = row.parse().ok()?;
    let column = u16::try_from(column.checked_sub(1)?).ok()?;
    Some((sheet, row.checked_sub(1)?, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_one_cell_or_none() {
        let cell = |sheet: &str, row, column| Some((sheet.to_owned(), row, column));
        for (formula, want) in [
            ("'1 施策'!$A$5", cell("1 施策", 4, 0)),
            ("Sheet1!B2", cell("Sheet1", 1, 1)),
            ("'it''s'!$AB$10", cell("it's", 9, 27)),
            ("Sheet1!$A$1:$B$2", None),
            ("Sheet1!$A:$A", None),
            ("#REF!", None),
            ("Sheet1!#REF!", None),
            ("3.14", None),
            ("Sheet1!ZZZZ1", None),
            ("Sheet1!A0", None),
            ("'a!A1", None),
        ] {
            assert_eq!(one_cell(formula), want, "{formula}");
        }
    }

    #[test]
    fn a_number_has_the_digits_that_people_see() {
        for (float, want) in [
            (0.1 + 0.2, Some("0.3")),
            (1_234.0, Some("1234")),
            (-0.5, Some("-0.5")),
            (75.4, Some("75.4")),
            (5_467_914_000.0, Some("5467914000")),
            (1e300, None),
            (f64::NAN, None),
        ] {
            let read = decimal(float).map(|number| number.to_string());
            assert_eq!(read.as_deref(), want, "{float}");
        }
    }
}
