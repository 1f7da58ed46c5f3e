//! The values of a sheet as CSV: what a paper carries of its own data. A mark of UTF-8 for Excel,
//! CRLF, and no text that a spreadsheet would run as a formula.

use crate::export_folder::cell;
use crate::read::Entry;
use crate::read::quantity::Quantity;
use crate::read::values;
use meguri_core::evaluation::Sheet;
use meguri_store::Cell;
use std::borrow::Cow;

const HEADS: [&str; 9] = [
    "シート",
    "評価年度",
    "評価年度（西暦）",
    "番号",
    "項目",
    "値（数値）",
    "値（表記）",
    "原文の行",
    "確かめ方",
];

/// Every value of a sheet, one a row, under the ids by which pages know them.
#[must_use]
pub fn of_sheet(entry: &Entry, sheet: &Sheet) -> Vec<u8> {
    let values = values::of_sheet(entry, sheet);
    let mut text = String::from("\u{feff}");
    line(&mut text, HEADS.iter().map(|head| Cow::Borrowed(*head)));
    let year = sheet.year.map_or_else(String::new, |year| year.to_string());
    let western = sheet.year.map(|year| year.calendar_year().to_string());
    for (_, value) in values.iter() {
        let number = value.quantity.map(|quantity| match quantity {
            Quantity::Yen(yen) => yen.to_string(),
            Quantity::Number(number) => number.to_string(),
        });
        let cells = [
            sheet.label.clone(),
            year.clone(),
            western.clone().unwrap_or_default(),
            value.id.clone(),
            value.label.clone(),
            number.unwrap_or_default(),
            value.text.clone(),
            value.line.to_string(),
            value.settled.label().to_owned(),
        ];
        let cells = cells.map(Cell::Text);
        line(&mut text, cells.iter().map(cell::written));
    }
    text.into_bytes()
}

/// One line of cells, each in quotes where it needs them (RFC 4180).
fn line<'a>(text: &mut String, cells: impl Iterator<Item = Cow<'a, str>>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        if cell.contains(['"', ',', '\r', '\n']) {
            text.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}
