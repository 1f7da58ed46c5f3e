//! What all maps from a reading to core values share.

mod nodes;

pub(crate) use nodes::Nodes;

use crate::printed::{ByYear, Cell, Unresolved};
use meguri_core::evaluation::{SheetText, Unsettled};
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{Money, MoneyUnit};
use meguri_core::plan::{YearFigure, YearMoney};
use meguri_core::source::Sourced;

/// A cell as a sourced core value.
pub(crate) fn sourced<T: Clone>(cell: Option<&Cell<T>>) -> Option<Sourced<T>> {
    cell.map(|cell| cell.0.clone())
}

/// Cells as sourced core values.
pub(crate) fn all_sourced<T: Clone>(cells: &[Cell<T>]) -> Vec<Sourced<T>> {
    cells.iter().map(|cell| cell.0.clone()).collect()
}

/// A printed figure with its meaning.
pub(crate) fn figure(cell: &Cell<String>) -> Option<Sourced<Figure>> {
    let figure = Figure::parse(cell.value())?;
    Some(cell.0.clone().map(|_| figure))
}

/// Printed figures by year; years without one are left out.
pub(crate) fn figures(cells: &ByYear<Cell<String>>) -> Vec<YearFigure> {
    let filled = cells
        .0
        .iter()
        .filter_map(|(year, cell)| Some((*year, cell.as_ref()?)));
    filled
        .filter_map(|(year, cell)| {
            Some(YearFigure {
                year,
                figure: figure(cell)?,
            })
        })
        .collect()
}

/// An amount printed in 千円; one too large for yen in 64 bits is left out.
pub(crate) fn thousand_yen(cell: &Cell<i64>) -> Option<Sourced<Money>> {
    let money = Money::of(*cell.value(), MoneyUnit::ThousandYen)?;
    Some(cell.0.clone().map(|_| money))
}

/// The amount of one year.
pub(crate) fn cost(year: FiscalYear, cell: &Cell<i64>) -> Option<YearMoney> {
    thousand_yen(cell).map(|money| YearMoney { year, money })
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
    let places = unresolved.iter().map(|u| Unsettled {
        place: u.place.clone(),
        field: u.field.clone(),
        candidates: u.candidates.clone(),
        why: u.why.clone(),
        line: u.line,
    });
    places.collect()
}
