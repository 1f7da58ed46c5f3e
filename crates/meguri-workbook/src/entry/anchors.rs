//! Where a row and a column of an entry workbook are now.
//!
//! Rows are sorted, inserted, copied and pasted over; sheets are renamed; a program drops defined
//! names, another one hidden cells. So a row is looked for by its key, by its defined name and by the
//! place that the stamp tells, and what stands beside it is compared. The key moves with what is
//! sorted, the name does not; so a name or place that points at the row of another key says nothing.
//! Two must agree.

use super::layout::{ABOUT, KEY, LABEL, sheet_key, table_key};
use super::stamp::{ColumnMark, RowMark, SheetMark, text};
use crate::read::{FoundBook, FoundSheet};
use meguri_core::form::clean_lines;
use std::collections::{BTreeMap, BTreeSet};

/// Where something is, or why it is not known.
pub type Where<T> = Result<T, Lost>;

/// Why it is not known where something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Nothing leads to it.
    Gone,
    /// It is there several times.
    Twice,
    /// Its anchors tell different places, or beside its key stands another row.
    Mixed,
}

impl Lost {
    /// What is the matter with a row, and what to do.
    #[must_use]
    pub const fn of_row(self) -> &'static str {
        match self {
            Self::Gone => {
                "この行が見つかりません。行を削除せず、取り消す内容は空欄にするか「削除」を選んでください"
            }
            Self::Twice => "同じ行が二つあります。写した行を削除してください",
            Self::Mixed => {
                "行の見出しと内容の組が変わっています（一部の列だけの並べ替えや貼付け）。元の並びに戻すか、入力用ブックを取り直してください"
            }
        }
    }
}

/// What stands beside the key of a row, as it is compared.
pub(super) fn witness(label: &str, about: &str) -> String {
    clean_lines(&format!("{label}\n{about}"))
}

/// The worksheets with the rows of their keys.
pub(super) struct Finder<'a> {
    book: &'a FoundBook,
    /// The rows of each key, by worksheet.
    keys: Vec<BTreeMap<String, Vec<u32>>>,
    /// All witnesses of the stamp.
    known: BTreeSet<&'a str>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(book: &'a FoundBook, rows: &'a [RowMark]) -> Self {
        let keys = book.sheets.iter().map(keys_of).collect();
        let known = rows.iter().map(|row| row.witness.as_str()).collect();
        Self { book, keys, known }
    }

    fn sheet_named(&self, name: &str) -> Option<usize> {
        let mut sheets = self.book.sheets.iter();
        sheets.position(|sheet| sheet.name == name)
    }

    /// The cell of a defined name on a worksheet.
    fn named(&self, name: &str) -> Option<(usize, u32)> {
        let (sheet, row, _) = self.book.names.get(name)?;
        Some((self.sheet_named(sheet)?, *row))
    }

    fn rows_of(&self, worksheet: usize, key: &str) -> &[u32] {
        let keys = self.keys.get(worksheet);
        let rows = keys.and_then(|keys| keys.get(key));
        rows.map_or(&[], Vec::as_slice)
    }

    /// The worksheet of a sheet.
    pub(super) fn worksheet(&self, mark: &SheetMark) -> Where<usize> {
        let key = sheet_key(mark.id);
        let all = 0..self.book.sheets.len();
        let keyed: Vec<usize> = all
            .filter(|at| !self.rows_of(*at, &key).is_empty())
            .collect();
        let placed = self.sheet_named(&mark.worksheet);
        let named = self.named(&mark.name).map(|(at, _)| at);
        match keyed.as_slice() {
            [one] if placed == Some(*one) || named == Some(*one) => Ok(*one),
            // Renamed, and without its names: then the keys of its rows must be there.
            [one] if self.has_rows(*one, mark.id) => Ok(*one),
            [] => match (placed, named) {
                (Some(placed), Some(named)) if placed == named => Ok(placed),
                (None, None) => Err(Lost::Gone),
                _ => Err(Lost::Mixed),
            },
            several => match named.or(placed).filter(|at| several.contains(at)) {
                Some(at) if named == placed => Ok(at),
                _ => Err(Lost::Twice),
            },
        }
    }

    fn has_rows(&self, worksheet: usize, id: i64) -> bool {
        let prefix = format!("{id}/");
        let keys = self.keys.get(worksheet);
        keys.is_some_and(|keys| keys.keys().any(|key| key.starts_with(&prefix)))
    }

    /// The row of a key on a worksheet.
    pub(super) fn row(&self, worksheet: usize, mark: &RowMark) -> Where<u32> {
        let keyed = self.rows_of(worksheet, &mark.key);
        let named = self.named(&mark.name);
        let named = named.and_then(|(at, row)| (at == worksheet).then_some(row));
        let named = named.filter(|row| self.may_be(worksheet, *row, &mark.key));
        let placed = Some(mark.row).filter(|row| self.may_be(worksheet, *row, &mark.key));
        let fits = |row: u32| self.witness_of(worksheet, row) == mark.witness;
        match keyed {
            [one] if fits(*one) => Ok(*one),
            // The words beside it were changed; those of another row are no change of words.
            [one]
                if self
                    .known
                    .contains(self.witness_of(worksheet, *one).as_str()) =>
            {
                Err(Lost::Mixed)
            }
            [one] if named == Some(*one) || placed == Some(*one) => Ok(*one),
            [_] => Err(Lost::Mixed),
            [] => match (named, placed) {
                (Some(named), _) if fits(named) => Ok(named),
                (_, Some(placed)) if fits(placed) => Ok(placed),
                _ => Err(Lost::Gone),
            },
            several => match named.filter(|row| several.contains(row) && fits(*row)) {
                Some(row) if placed == Some(row) => Ok(row),
                _ => Err(Lost::Twice),
            },
        }
    }

    /// Does a row bear no other key?
    fn may_be(&self, worksheet: usize, row: u32, key: &str) -> bool {
        let sheet = self.book.sheets.get(worksheet);
        let found = sheet.map(|sheet| text(sheet, row, KEY)).unwrap_or_default();
        found.is_empty() || found == key || !found.contains(['/', '#', ':'])
    }

    fn witness_of(&self, worksheet: usize, row: u32) -> String {
        let Some(sheet) = self.book.sheets.get(worksheet) else {
            return String::new();
        };
        witness(&text(sheet, row, LABEL), &text(sheet, row, ABOUT))
    }

    /// The column of a key in a table of a worksheet.
    pub(super) fn column(&self, worksheet: usize, mark: &ColumnMark) -> Where<u16> {
        let rows = self.rows_of(worksheet, &table_key(mark.sheet, mark.table));
        let sheet = self.book.sheets.get(worksheet).ok_or(Lost::Gone)?;
        let row = match rows {
            [one] => *one,
            [] => return Err(Lost::Gone),
            _ => return Err(Lost::Twice),
        };
        let keyed: Vec<u16> = sheet
            .cells
            .range((row, KEY + 1)..=(row, u16::MAX))
            .filter(|((row, column), _)| text(sheet, *row, *column) == mark.key)
            .map(|((_, column), _)| *column)
            .collect();
        let fits =
            |column: u16| clean_lines(&text(sheet, row + 1, column)) == clean_lines(&mark.head);
        match keyed.as_slice() {
            [one] if *one == mark.column || fits(*one) => Ok(*one),
            [_] => Err(Lost::Mixed),
            [] if fits(mark.column) => Ok(mark.column),
            [] => Err(Lost::Gone),
            several => {
                let fitting = several.iter().filter(|column| fits(**column));
                match fitting.collect::<Vec<_>>().as_slice() {
                    [one] => Ok(**one),
                    _ => Err(Lost::Twice),
                }
            }
        }
    }
}

fn keys_of(sheet: &FoundSheet) -> BTreeMap<String, Vec<u32>> {
    let mut keys: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (row, column) in sheet.cells.keys() {
        if *column == KEY {
            let key = text(sheet, *row, KEY);
            keys.entry(key).or_default().push(*row);
        }
    }
    keys
}
