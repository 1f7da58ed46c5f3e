//! A workbook as it shall be: sheets with cells, and how they look. Plain values; nothing of it knows
//! the library that writes the file.

use rust_decimal::Decimal;

/// Most rows of a sheet of a spreadsheet.
pub const MOST_ROWS: u32 = 1_048_576;
/// Most columns of a sheet of a spreadsheet.
pub const MOST_COLUMNS: u16 = 16_384;
/// Most characters of a cell, counted as spreadsheets do (UTF-16).
pub const MOST_TEXT: usize = 32_767;
/// Most characters of the name of a sheet, counted in the same way.
const MOST_NAME: usize = 31;

/// A workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// Its title, in the properties of the file.
    pub title: String,
    /// Who made it: the municipality.
    pub author: String,
    /// The moment that the file bears.
    pub moment: Moment,
    /// Its sheets, at least one.
    pub sheets: Vec<Sheet>,
    /// Defined names with the cell that each means.
    pub names: Vec<(String, Place)>,
}

/// A moment: whoever asks gives it, so that the same input makes the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Calendar year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day, from 1.
    pub day: u8,
    /// Hour.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
    /// Second.
    pub second: u8,
}

impl Default for Moment {
    fn default() -> Self {
        Self {
            year: 1970,
            month: 1,
            day: 1,
            hour: 0,
            minute: 0,
            second: 0,
        }
    }
}

/// A cell of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which sheet, from 0.
    pub sheet: usize,
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u16,
}

/// Some cells in a rectangle, all ends within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// First row, from 0.
    pub top: u32,
    /// First column, from 0.
    pub left: u16,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u16,
}

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, as [`Names`] makes them.
    pub name: String,
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Widths of columns, in characters.
    pub widths: Vec<(u16, u16)>,
    /// Columns that nobody sees.
    pub hidden_columns: Vec<u16>,
    /// Heights of rows, in points.
    pub heights: Vec<(u32, u16)>,
    /// Rows that nobody sees.
    pub hidden_rows: Vec<u32>,
    /// Cells that are one; the text is that of the first.
    pub merged: Vec<Area>,
    /// Rows above and columns before this stay in sight.
    pub frozen: Option<(u32, u16)>,
    /// Is its paper wider than high?
    pub landscape: bool,
    /// The rows that each page repeats.
    pub repeated: Option<(u32, u32)>,
    /// What is printed.
    pub printed: Option<Area>,
    /// The words at the foot of each page.
    pub footer: String,
    /// Does nobody see it?
    pub hidden: bool,
    /// May only unlocked cells be changed?
    pub protected: bool,
    /// Lists of what may be chosen.
    pub lists: Vec<List>,
    /// The sheet as one table: its name for other programs. The first row has the heads.
    pub table: Option<String>,
    /// Charts.
    pub charts: Vec<Chart>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u16,
    /// What stands in it.
    pub value: Value,
    /// How it looks.
    pub style: Style,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing, but the cell has a look.
    Blank,
    /// Words, never a formula.
    Text(String),
    /// A number.
    Number(Decimal, Numeral),
    /// A formula with its result; programs that do not compute show the result.
    Formula {
        /// Without `=`, in the English names of functions.
        formula: String,
        /// What it gives.
        result: Decimal,
        /// How it is shown.
        numeral: Numeral,
    },
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Numeral {
    /// With commas between thousands and as many decimals.
    Commas(u32),
    /// As it is: years, numbers of rows.
    #[default]
    Plain,
    /// The number is a share of one, shown in percent with as many decimals.
    Percent(u32),
    /// A text, whatever is typed.
    Text,
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    /// What kind of cell it is.
    pub kind: Kind,
    /// To the right, as figures stand?
    pub right: bool,
    /// May it be changed where the sheet is protected?
    pub unlocked: bool,
    /// How what is typed in it is shown.
    pub numeral: Option<Numeral>,
}

/// Kinds of cells; what differs is told by words or signs too, never by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Outside of all tables.
    #[default]
    Free,
    /// The title of a sheet.
    Title,
    /// The head of a part.
    Band,
    /// The head of a column or row.
    Head,
    /// A value.
    Body,
    /// To be filled.
    Entry,
    /// A sum of others.
    Total,
    /// A word beside: small.
    Note,
}

/// What may be chosen in some cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// In which.
    pub area: Area,
    /// The values.
    pub values: Vec<String>,
}

/// A line chart of rows of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Its title.
    pub title: String,
    /// The cell at its upper left corner.
    pub row: u32,
    /// The same.
    pub column: u16,
    /// The row of the names below.
    pub categories: Area,
    /// Each line: its name and its cells.
    pub lines: Vec<(String, Area)>,
}

impl Sheet {
    /// A sheet of a name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Puts something in a cell.
    pub fn put(&mut self, row: u32, column: u16, value: Value, style: Style) {
        self.cells.push(Cell {
            row,
            column,
            value,
            style,
        });
    }

    /// Puts words in a cell; no words leave it blank.
    pub fn text(&mut self, row: u32, column: u16, text: impl Into<String>, kind: Kind) {
        let style = Style {
            kind,
            ..Style::default()
        };
        self.put(row, column, Value::words(text), style);
    }
}

impl Value {
    /// Words; nothing where there are none.
    #[must_use]
    pub fn words(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Blank
        } else {
            Self::Text(text)
        }
    }
}

impl Area {
    /// One cell.
    #[must_use]
    pub const fn cell(row: u32, column: u16) -> Self {
        Self {
            top: row,
            left: column,
            bottom: row,
            right: column,
        }
    }

    /// As formulas write it: `B3:B9`.
    #[must_use]
    pub fn in_formula(self) -> String {
        format!(
            "{}:{}",
            address(self.top, self.left),
            address(self.bottom, self.right)
        )
    }
}

/// The address of a cell as people read it: `AB12`.
#[must_use]
pub fn address(row: u32, column: u16) -> String {
    format!("{}{}", letters(column), u64::from(row) + 1)
}

fn letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Makes names of sheets: short, without what spreadsheets refuse, no two alike.
#[derive(Clone, Debug, Default)]
pub struct Names(Vec<String>);

impl Names {
    /// A name after some words.
    pub fn name(&mut self, wanted: &str) -> String {
        let refused = |c: char| "*?:[]\\/'".contains(c) || c.is_control();
        let wanted: String = wanted
            .chars()
            .map(|c| if refused(c) { '_' } else { c })
            .collect();
        let wanted = wanted.trim();
        let wanted = if wanted.is_empty() {
            "シート"
        } else {
            wanted
        };
        let mut name = cut(wanted, MOST_NAME);
        let mut number = 2;
        while self.0.contains(&key(&name)) {
            let end = format!("~{number}");
            name = format!("{}{end}", cut(wanted, MOST_NAME - end.len()));
            number += 1;
        }
        self.0.push(key(&name));
        name
    }
}

/// Spreadsheets take capitals for small letters.
fn key(name: &str) -> String {
    name.to_lowercase()
}

/// As many characters of a text as fit in so many units of UTF-16.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= most
    };
    text.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_spreadsheets() {
        let cases = [
            (0, 0, "A1"),
            (9, 25, "Z10"),
            (0, 26, "AA1"),
            (0, 701, "ZZ1"),
            (1_048_575, 16_383, "XFD1048576"),
        ];
        for (row, column, want) in cases {
            assert_eq!(address(row, column), want);
        }
    }

    #[test]
    fn names_of_sheets_are_short_and_differ() {
        let mut names = Names::default();
        assert_eq!(names.name("1/2: [障がい]?"), "1_2_ _障がい__");
        let long = "あ".repeat(40);
        assert_eq!(names.name(&long).chars().count(), 31);
        assert!(names.name(&long).ends_with("~2"));
        assert_eq!(names.name("abc"), "abc");
        assert_eq!(names.name("ABC"), "ABC~2");
        assert_eq!(names.name(" \u{7}"), "_");
        assert_eq!(names.name(""), "シート");
        // A character beyond 16 bits counts as two.
        assert_eq!(names.name(&"𠮷".repeat(20)).chars().count(), 15);
    }
}
