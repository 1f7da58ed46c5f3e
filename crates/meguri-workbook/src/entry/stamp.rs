//! The stamp sheet: what a workbook is for, and where its rows, columns and answers lie.
//!
//! It is a sheet of texts that nobody sees. Each of its rows begins with a word that says what it
//! tells.

use crate::book::{Kind, Sheet, Style, Value};
use crate::read::{Content, FoundSheet};
use std::collections::BTreeMap;

/// The first cell of the stamp sheet.
pub(super) const MARK: &str = "meguri-entry";
/// The version of this layout. A workbook of another one is told to be fetched anew.
pub const FORMAT: &str = "1";
/// The name of the stamp sheet; it is found by its mark, not by this.
pub(super) const NAME: &str = "めぐり（変更しないでください）";

/// What a workbook is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The code of the municipality.
    pub municipality: String,
    /// The id of the cycle.
    pub cycle: String,
    /// The key of the plan.
    pub plan: String,
    /// The scheme that rules the year: version and edition.
    pub scheme: String,
    /// The evaluated year, as a calendar year.
    pub year: String,
    /// When it was made.
    pub made: String,
    /// For whom.
    pub account: String,
}

/// How an answer is read from its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// Words.
    Text,
    /// A figure as papers print it.
    Figure,
    /// An amount.
    Money,
    /// One of several values.
    Choice,
}

/// A worksheet, as the stamp tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SheetMark {
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) worksheet: String,
    pub(super) name: String,
    pub(super) label: String,
}

/// A row of a worksheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RowMark {
    pub(super) sheet: i64,
    pub(super) key: String,
    pub(super) row: u32,
    pub(super) name: String,
    /// What stands beside the key.
    pub(super) witness: String,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ColumnMark {
    pub(super) sheet: i64,
    pub(super) table: usize,
    pub(super) key: String,
    pub(super) column: u16,
    pub(super) head: String,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AnswerMark {
    pub(super) sheet: i64,
    pub(super) slot: String,
    pub(super) row: String,
    pub(super) table: usize,
    pub(super) column: String,
    pub(super) kind: AnswerKind,
    /// What stood there when the workbook was made.
    pub(super) was: String,
}

/// All that the stamp sheet tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) format: String,
    pub(super) stamp: Stamp,
    pub(super) sheets: Vec<SheetMark>,
    pub(super) rows: Vec<RowMark>,
    pub(super) columns: Vec<ColumnMark>,
    pub(super) answers: Vec<AnswerMark>,
}

impl AnswerKind {
    const ALL: [(Self, &str); 4] = [
        (Self::Text, "text"),
        (Self::Figure, "figure"),
        (Self::Money, "money"),
        (Self::Choice, "choice"),
    ];

    fn key(self) -> &'static str {
        let mut all = Self::ALL.iter();
        all.find(|(kind, _)| *kind == self)
            .map_or("", |(_, key)| key)
    }

    fn parse(key: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|(_, known)| *known == key).map(|(kind, _)| *kind)
    }
}

impl Marks {
    /// The stamp sheet.
    pub(super) fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new(NAME);
        sheet.hidden = true;
        sheet.protected = true;
        let mut row = 0;
        let mut line = |cells: &[&str]| {
            for (column, cell) in (0..).zip(cells) {
                let style = Style {
                    kind: Kind::Free,
                    ..Style::default()
                };
                sheet.put(row, column, Value::words(*cell), style);
            }
            row += 1;
        };
        line(&[MARK, FORMAT]);
        let stamp = &self.stamp;
        for (key, value) in [
            ("municipality", &stamp.municipality),
            ("cycle", &stamp.cycle),
            ("plan", &stamp.plan),
            ("scheme", &stamp.scheme),
            ("year", &stamp.year),
            ("made", &stamp.made),
            ("account", &stamp.account),
        ] {
            line(&[key, value]);
        }
        for mark in &self.sheets {
            let (id, version) = (mark.id.to_string(), mark.version.to_string());
            line(&[
                "sheet",
                &id,
                &version,
                &mark.worksheet,
                &mark.name,
                &mark.label,
            ]);
        }
        for mark in &self.rows {
            let (sheet, row) = (mark.sheet.to_string(), mark.row.to_string());
            line(&["row", &sheet, &mark.key, &row, &mark.name, &mark.witness]);
        }
        for mark in &self.columns {
            let (sheet, table) = (mark.sheet.to_string(), mark.table.to_string());
            let column = mark.column.to_string();
            line(&["column", &sheet, &table, &mark.key, &column, &mark.head]);
        }
        for mark in &self.answers {
            let (sheet, table) = (mark.sheet.to_string(), mark.table.to_string());
            let kind = mark.kind.key();
            line(&[
                "answer",
                &sheet,
                &mark.slot,
                &mark.row,
                &table,
                &mark.column,
                kind,
                &mark.was,
            ]);
        }
        sheet
    }

    /// What a found sheet tells, where it is a stamp sheet.
    pub(super) fn of(found: &FoundSheet) -> Option<Self> {
        if text(found, 0, 0) != MARK {
            return None;
        }
        let mut marks = Self {
            format: text(found, 0, 1),
            ..Self::default()
        };
        let mut rows: BTreeMap<u32, [String; 8]> = BTreeMap::new();
        for (row, column) in found.cells.keys().filter(|(row, _)| *row > 0) {
            let cells = rows.entry(*row).or_default();
            if let Some(cell) = cells.get_mut(usize::from(*column)) {
                *cell = text(found, *row, *column);
            }
        }
        for cells in rows.into_values() {
            marks.take(cells);
        }
        Some(marks)
    }

    /// One row of the sheet; one that is spoilt tells nothing.
    fn take(&mut self, cells: [String; 8]) {
        let [word, a, b, c, d, e, f, g] = cells;
        let stamp = &mut self.stamp;
        match word.as_str() {
            "municipality" => stamp.municipality = a,
            "cycle" => stamp.cycle = a,
            "plan" => stamp.plan = a,
            "scheme" => stamp.scheme = a,
            "year" => stamp.year = a,
            "made" => stamp.made = a,
            "account" => stamp.account = a,
            "sheet" => {
                let (id, version) = (a.parse().ok(), b.parse().ok());
                let mark = id.zip(version).map(|(id, version)| SheetMark {
                    id,
                    version,
                    worksheet: c,
                    name: d,
                    label: e,
                });
                self.sheets.extend(mark);
            }
            "row" => {
                let mark = a.parse().ok().zip(c.parse().ok());
                let mark = mark.map(|(sheet, row)| RowMark {
                    sheet,
                    key: b,
                    row,
                    name: d,
                    witness: e,
                });
                self.rows.extend(mark);
            }
            "column" => {
                let found = a.parse().ok().zip(b.parse().ok()).zip(d.parse().ok());
                let mark = found.map(|((sheet, table), column)| ColumnMark {
                    sheet,
                    table,
                    key: c,
                    column,
                    head: e,
                });
                self.columns.extend(mark);
            }
            "answer" => {
                let found = a.parse().ok().zip(d.parse().ok());
                let mark = found.zip(AnswerKind::parse(&f));
                let mark = mark.map(|((sheet, table), kind)| AnswerMark {
                    sheet,
                    slot: b,
                    row: c,
                    table,
                    column: e,
                    kind,
                    was: g,
                });
                self.answers.extend(mark);
            }
            _ => {}
        }
    }
}

/// The words of a cell; a number as it is written.
pub(super) fn text(sheet: &FoundSheet, row: u32, column: u16) -> String {
    match sheet.cells.get(&(row, column)).map(|found| &found.content) {
        Some(Content::Text(text)) => text.clone(),
        Some(Content::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
