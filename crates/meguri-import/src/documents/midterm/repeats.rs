//! Pages that are in the text twice.

use super::printed::{MidtermIndicator, MidtermProject, MidtermTheme};
use crate::printed::{ByYear, Cell, Unresolved};
use std::collections::HashSet;

/// What is reported for a piece that stands in the text a second time.
pub(super) fn repeated(
    place: &str,
    field: &str,
    line: u32,
    candidate: Option<String>,
) -> Unresolved {
    Unresolved {
        place: place.to_owned(),
        field: field.to_owned(),
        candidates: candidate.into_iter().collect(),
        why: "同じ内容が前にもあるため、2回目は読み飛ばしました。ページが重複している可能性があります。"
            .to_owned(),
        line,
    }
}

/// Takes out what stands twice in one theme, word for word.
pub(super) fn without_repeats(theme: &mut MidtermTheme, place: &str, lost: &mut Vec<Unresolved>) {
    for (items, field) in [
        (&mut theme.situation, "situation"),
        (&mut theme.approach, "approach"),
        (&mut theme.footnotes, "footnotes"),
    ] {
        let mut seen = HashSet::new();
        items.retain(|item| {
            let is_new = seen.insert(item.value().clone());
            if !is_new {
                let text = Some(item.value().clone());
                lost.push(repeated(place, field, item.line(), text));
            }
            is_new
        });
    }
    let mut seen = HashSet::new();
    theme.indicators.retain(|row| {
        keep(
            seen.insert(indicator_key(row)),
            &row.name,
            "indicators",
            place,
            lost,
        )
    });
    let mut seen = HashSet::new();
    theme.projects.retain(|row| {
        keep(
            seen.insert(project_key(row)),
            &row.name,
            "projects",
            place,
            lost,
        )
    });
}

/// A row without a name is never taken for a repeated one.
fn keep(
    is_new: bool,
    name: &Option<Cell<String>>,
    field: &str,
    place: &str,
    lost: &mut Vec<Unresolved>,
) -> bool {
    if let Some(name) = name.as_ref().filter(|_| !is_new) {
        lost.push(repeated(
            place,
            field,
            name.line(),
            Some(name.value().clone()),
        ));
    }
    is_new || name.is_none()
}

/// Is all that a theme holds also in an earlier one, and something at all?
pub(super) fn repeats(theme: &MidtermTheme, earlier: &MidtermTheme) -> bool {
    let within = |part: &[Cell<String>], whole: &[Cell<String>]| {
        let whole: HashSet<&str> = whole.iter().map(|item| item.value().as_str()).collect();
        part.iter()
            .all(|item| whole.contains(item.value().as_str()))
    };
    let indicators: HashSet<String> = earlier.indicators.iter().map(indicator_key).collect();
    let projects: HashSet<String> = earlier.projects.iter().map(project_key).collect();
    let is_filled = !theme.situation.is_empty()
        || !theme.approach.is_empty()
        || !theme.indicators.is_empty()
        || !theme.projects.is_empty();
    is_filled
        && within(&theme.situation, &earlier.situation)
        && within(&theme.approach, &earlier.approach)
        && within(&theme.footnotes, &earlier.footnotes)
        && theme
            .indicators
            .iter()
            .all(|row| indicators.contains(&indicator_key(row)))
        && theme
            .projects
            .iter()
            .all(|row| projects.contains(&project_key(row)))
}

/// About how many bytes a theme holds.
pub(super) fn weight(theme: &MidtermTheme) -> usize {
    let items = [&theme.situation, &theme.approach, &theme.footnotes];
    let items = items.into_iter().flatten();
    let texts: usize = items.map(|item| item.value().len() + 8).sum();
    let indicators: usize = theme
        .indicators
        .iter()
        .map(|row| indicator_key(row).len())
        .sum();
    let projects: usize = theme
        .projects
        .iter()
        .map(|row| project_key(row).len())
        .sum();
    texts + indicators + projects
}

fn indicator_key(row: &MidtermIndicator) -> String {
    let mut key = text(&row.name);
    key.push_str(&text(&row.unit));
    key.push_str(&text(&row.baseline));
    key.push_str(&by_year(&row.target));
    key
}

fn project_key(row: &MidtermProject) -> String {
    let mut key = text(&row.name);
    let yen = row.cost.0.iter();
    let yen = yen.map(|(year, cell)| (*year, cell.clone().map(|cell| cell.map(|cost| cost.0.yen))));
    key.push_str(&by_year(&ByYear(yen.collect())));
    key.push_str(&by_year(&row.summary));
    key
}

fn text(cell: &Option<Cell<String>>) -> String {
    let value = cell.as_ref().map_or("", |cell| cell.value().as_str());
    format!("{value}\n")
}

fn by_year<T: ToString>(values: &ByYear<Cell<T>>) -> String {
    let text = |cell: &Option<Cell<T>>| {
        cell.as_ref()
            .map_or("-".to_owned(), |cell| cell.value().to_string())
    };
    values.0.iter().map(|(_, cell)| text(cell) + "\n").collect()
}
