//! Ties the marks of a row to the notes under the table.

use super::{MOST_CANDIDATES, Row};
use crate::documents::midterm::marks::Mark;
use crate::documents::midterm::printed::MidtermIndicator;
use crate::printed::{Cell, Unresolved};

/// The most marks of one row, and the most notes under one table, that are tied to each other.
const MOST_MARKS: usize = 40;

/// The words by which a note says that a target was changed in mid-plan.
const REVISING: [&str; 14] = [
    "再設定",
    "見直",
    "修正",
    "変更",
    "改定",
    "改訂",
    "改め",
    "更新",
    "上方",
    "下方",
    "引き上げ",
    "引き下げ",
    "引上げ",
    "引下げ",
];

/// A note with the mark that opens it.
pub(super) type Note = (Cell<String>, Option<Mark>);

/// Ties the marks of a row to the notes under the table.
///
/// What ties them: the same mark (printed), or the same mark in another print, which no other note
/// bears (layout). Where one of the two has a number and the other none, nothing ties them: the note of
/// that mark may be the one that is lost.
pub(super) fn tie(
    row: Row,
    notes: &[Note],
    place: &str,
    lost: &mut Vec<Unresolved>,
) -> MidtermIndicator {
    let mut indicator = row.indicator;
    let mut tied: Vec<(usize, bool)> = Vec::new();
    for (mark, year) in row.marks.iter().take(MOST_MARKS) {
        let found = note_of(*mark, notes);
        if let Some(year) = year
            && found.is_none_or(|(at, _)| revises(notes, at))
            && !indicator.revised.contains(year)
        {
            indicator.revised.push(*year);
        }
        match found {
            Some(found) if !tied.iter().any(|(at, _)| *at == found.0) => tied.push(found),
            Some(_) => {}
            None => lost.push(Unresolved {
                place: place.to_owned(),
                field: "notes".to_owned(),
                candidates: notes
                    .iter()
                    .map(|(note, _)| note.value().clone())
                    .take(MOST_CANDIDATES)
                    .collect(),
                why: "印に対応する注記が1つに決まりません。".to_owned(),
                line: row.line,
            }),
        }
    }
    tied.sort_unstable();
    for (at, exact) in tied {
        let note = notes.get(at).map(|(note, _)| note.0.clone());
        indicator.notes.extend(note.map(|note| {
            if exact {
                Cell(note)
            } else {
                Cell::layout(note.value, note.line)
            }
        }));
    }
    indicator
}

fn revises(notes: &[Note], at: usize) -> bool {
    let text = notes.get(at).map_or("", |(note, _)| note.value().as_str());
    REVISING.iter().any(|word| text.contains(word))
}

/// The note that a mark points to, and whether the two marks are the same.
fn note_of(mark: Mark, notes: &[Note]) -> Option<(usize, bool)> {
    let matching = |fits: &dyn Fn(Mark) -> bool| {
        let mut found = notes
            .iter()
            .enumerate()
            .take(MOST_MARKS)
            .filter(|(_, (_, own))| own.is_some_and(fits))
            .map(|(at, _)| at);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    matching(&|own| own == mark)
        .map(|at| (at, true))
        .or_else(|| matching(&|own| own.same_note(mark)).map(|at| (at, false)))
}
