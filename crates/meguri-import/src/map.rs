//! What all maps from a reading to core values share.

mod nodes;

pub(crate) use nodes::Nodes;

use crate::printed::{Amount, ByYear, Cell, Unread, Unresolved};
use meguri_core::evaluation::{Sheet, SheetText, UnreadText, Unsettled};
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::Money;
use meguri_core::plan::YearFigure;
use meguri_core::scheme::words::field_word;
use meguri_core::source::Sourced;

/// A cell as a sourced core value.
pub(crate) fn sourced<T: Clone>(cell: Option<&Cell<T>>) -> Option<Sourced<T>> {
    cell.map(|cell| cell.0.clone())
}

/// Cells as sourced core values.
pub(crate) fn all_sourced<T: Clone>(cells: &[Cell<T>]) -> Vec<Sourced<T>> {
    cells.iter().map(|cell| cell.0.clone()).collect()
}

/// A printed figure of a row whose unit is known.
pub(crate) fn figure_in(
    cell: &Cell<String>,
    unit: Option<&Cell<String>>,
) -> Option<Sourced<Figure>> {
    let figure = Figure::parse_in(cell.value(), unit.map(|unit| unit.value().as_str()))?;
    Some(cell.0.clone().map(|_| figure))
}

/// Printed figures by year; years without one are left out.
pub(crate) fn figures(
    cells: &ByYear<Cell<String>>,
    unit: Option<&Cell<String>>,
) -> Vec<YearFigure> {
    let filled = cells
        .0
        .iter()
        .filter_map(|(year, cell)| Some((*year, cell.as_ref()?)));
    filled
        .filter_map(|(year, cell)| {
            Some(YearFigure {
                year,
                figure: figure_in(cell, unit)?,
            })
        })
        .collect()
}

/// An amount with the unit that it is printed in.
pub(crate) fn money(cell: &Cell<Amount>) -> Sourced<Money> {
    cell.0.clone().map(|amount| amount.0)
}

/// Gives the sheets of a paper the year that it is about.
pub(crate) fn date(sheets: &mut [Sheet], year: Option<&Cell<String>>) {
    let year = year.and_then(|cell| FiscalYear::parse(cell.value()));
    for sheet in sheets {
        sheet.year = year;
    }
}

/// A field of running text.
pub(crate) fn text(field: &str, paragraphs: &[Cell<String>]) -> SheetText {
    lost_text(field, Some(paragraphs))
}

/// A field of running text whose column the source may have lost.
pub(crate) fn lost_text(field: &str, paragraphs: Option<&[Cell<String>]>) -> SheetText {
    SheetText {
        field: field.to_owned(),
        year: None,
        paragraphs: paragraphs.map(all_sourced),
    }
}

/// A field of one text, absent where it is not printed.
pub(crate) fn single_text(field: &str, cell: Option<&Cell<String>>) -> Option<SheetText> {
    cell.map(|cell| text(field, std::slice::from_ref(cell)))
}

/// A number as printed.
pub(crate) fn number_text(cell: Option<&Cell<u32>>) -> Option<Sourced<String>> {
    cell.map(|cell| cell.0.clone().map(|n| n.to_string()))
}

/// `テーマ11「名称」`, as far as number and name are known.
pub(crate) fn label(head: &str, no: Option<&Cell<u32>>, name: Option<&Cell<String>>) -> String {
    let number = no.map_or(String::new(), |no| no.value().to_string());
    let name = name.map_or(String::new(), |name| format!("「{}」", name.value()));
    match (number.is_empty(), name.is_empty()) {
        (true, true) => format!("{head}（番号・名称なし）"),
        _ => format!("{head}{number}{name}"),
    }
}

/// Unresolved places for the rules.
pub(crate) fn unsettled(unresolved: &[Unresolved]) -> Vec<Unsettled> {
    unresolved
        .iter()
        .map(|u| Unsettled {
            place: place_label(&u.place),
            field: field_word(&u.field).to_owned(),
            candidates: u.candidates.clone(),
            why: u.why.clone(),
            line: u.line,
        })
        .collect()
}

/// Unread pieces for persons.
pub(crate) fn unread(unread: &[Unread]) -> Vec<UnreadText> {
    let piece = |piece: &Unread| UnreadText {
        line: piece.line,
        text: piece.text.clone(),
        place: place_label(&piece.place),
        why: piece.why.clone(),
    };
    unread.iter().map(piece).collect()
}

/// `theme 23 row 12` → `テーマ23 12行目`: the readers' words for places, for a person.
fn place_label(place: &str) -> String {
    let mut label = String::new();
    let mut words = place.split(' ').peekable();
    while let Some(word) = words.next() {
        let number =
            words.next_if(|next| *next == "?" || !PLACES.iter().any(|(key, _)| key == next));
        let number = number.map_or("", |number| {
            if number == "?" {
                "（番号不明）"
            } else {
                number
            }
        });
        let known = PLACES.iter().find(|(key, _)| *key == word);
        if !label.is_empty() {
            label.push(' ');
        }
        match known {
            Some((_, words)) => label.push_str(&words.replace('#', number)),
            // Not a reader's word: a part of a number as printed.
            None if !word.chars().any(|c| c.is_ascii_alphabetic()) => {
                label.push_str(&format!("{word}{number}"));
            }
            None => label.push_str(number),
        }
    }
    label
}

/// The words of places; `#` is the number behind them.
const PLACES: [(&str, &str); 15] = [
    ("theme", "テーマ#"),
    ("management", "管理シート#"),
    ("row", "#行目の事業"),
    ("indicator", "指標#"),
    ("project", "事業#"),
    ("item", "No.#"),
    ("sub", "小項目#"),
    ("program", "プログラム#"),
    ("goal", "基本目標#"),
    ("group", "#"),
    ("measure", "施策#"),
    ("line", "#行目"),
    ("summary", "集計表#"),
    ("delayed", "遅れている取組の表#"),
    ("direction", "方向性#"),
];
