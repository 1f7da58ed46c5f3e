//! The table of delayed programmes: number, name, causes, responses.

use super::columns::{POINT, misfit};
use super::lines::Piece;
use super::marks;
use super::paragraphs::{Paragraph, paragraphs};
use super::printed::DelayedProgram;
use super::row::join_name;
use super::wording::{FULL, Tense};
use crate::printed::{Cell, Unresolved};

/// A row before its two columns are told apart.
struct Row {
    program: DelayedProgram,
    paragraphs: Vec<Paragraph>,
}

/// Reads the rows; those that a repeated page shows again are left out.
///
/// Where neither width nor tense shows a text of a column, it may be lost: then that of its neighbour
/// goes to `unresolved`.
pub(super) fn read(
    pieces: &[Piece<'_>],
    spaced: bool,
    unresolved: &mut Vec<Unresolved>,
) -> Vec<DelayedProgram> {
    let rows = rows(pieces, spaced);
    let causes = median(rows.iter().filter_map(|row| row.paragraphs.first()));
    let responses = median(rows.iter().filter_map(|row| row.paragraphs.last()));
    let mut found: Vec<DelayedProgram> = Vec::with_capacity(rows.len());
    let mut seen = std::collections::HashSet::new();
    for row in rows {
        let (program, loose) = row.split(causes, responses);
        if seen.insert(wording(&program)) {
            found.push(program);
            unresolved.extend(loose.into_iter().map(|paragraph| {
                Unresolved {
                    place: format!("delayed row {}", found.len()),
                    field: "delay_responses".to_owned(),
                    line: paragraph.line,
                    candidates: vec![paragraph.text],
                    why: "「取組内容・要因」か「今後の対応」が本文から失われているため、どの欄の文か決められません。"
                        .to_owned(),
                }
            }));
        }
    }
    found
}

fn wording(program: &DelayedProgram) -> Vec<String> {
    let no = program.no.as_ref().map(|no| no.value().to_string());
    let name = program.name.as_ref().map(|name| name.value().clone());
    let cells = program.causes.iter().chain(&program.responses);
    no.into_iter()
        .chain(name)
        .chain(cells.map(|cell| cell.value().clone()))
        .collect()
}

/// Where a row begins: the index of its first piece, its number and the name behind it.
struct Start<'a> {
    at: usize,
    no: Option<u32>,
    name: &'a str,
}

/// Cuts the table at its numbers; a name behind a whole sentence opens a row whose number is lost.
fn rows(pieces: &[Piece<'_>], spaced: bool) -> Vec<Row> {
    let mut starts: Vec<Start<'_>> = Vec::new();
    let (mut ended, mut sentence, mut listed) = (true, true, true);
    for (at, piece) in pieces.iter().enumerate() {
        let bulleted = piece.bulleted().is_some();
        if (ended || !spaced) && listed && !bulleted {
            let number = marks::leading_number(piece.text)
                .filter(|(_, name)| name.is_empty() || name.starts_with([' ', '\u{3000}']));
            let start = match number {
                Some((no, name)) => Some((Some(no), name.trim())),
                None if sentence && list_follows(pieces, at) => Some((None, piece.text)),
                None => None,
            };
            if let Some((no, name)) = start {
                starts.push(Start { at, no, name });
                listed = false;
            }
        }
        listed |= bulleted;
        ended = piece.ends;
        sentence = piece.text.ends_with('。');
    }
    let ends = starts
        .iter()
        .skip(1)
        .map(|start| start.at)
        .chain([pieces.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, to)| row(pieces.get(start.at..to)?, start, spaced))
        .collect()
}

/// The most lines of a name.
const LONGEST_NAME: usize = 12;

fn list_follows(pieces: &[Piece<'_>], at: usize) -> bool {
    let after = pieces.iter().skip(at + 1).take(LONGEST_NAME);
    { after }.any(|piece| piece.bulleted().is_some())
}

fn row(pieces: &[Piece<'_>], start: &Start<'_>, spaced: bool) -> Option<Row> {
    let first = pieces.first()?;
    let mut named = pieces.iter().take_while(|p| p.bulleted().is_none()).count();
    let text = pieces.get(named..)?;
    let mut name: Vec<Piece<'_>> = Vec::with_capacity(named);
    if !start.name.is_empty() {
        name.push(first.with_text(start.name));
    }
    named = named.max(1);
    name.extend_from_slice(pieces.get(1..named)?);
    Some(Row {
        program: DelayedProgram {
            no: start.no.map(|no| Cell::printed(no, first.line)),
            name: join_name(&name),
            ..DelayedProgram::default()
        },
        paragraphs: paragraphs(text, spaced),
    })
}

/// The width of a column by the full lines of paragraphs that are surely in it.
fn median<'p>(paragraphs: impl Iterator<Item = &'p Paragraph>) -> Option<u32> {
    let mut widths: Vec<u32> = paragraphs.flat_map(|p| p.full.iter().copied()).collect();
    let middle = widths.len() / 2;
    (middle < widths.len()).then(|| *widths.select_nth_unstable(middle).1)
}

impl Row {
    /// Causes come first, then responses: the cheapest place to cut, by width and tense.
    fn split(
        self,
        causes: Option<u32>,
        responses: Option<u32>,
    ) -> (DelayedProgram, Vec<Paragraph>) {
        let mut program = self.program;
        let cost_as_cause = |p: &Paragraph| {
            let tense = u32::from(p.tense == Tense::Open) * 3;
            causes.map_or(0, |width| misfit(p, width)) + tense * POINT
        };
        let cost_as_response = |p: &Paragraph| {
            let tense = u32::from(p.tense == Tense::Past) * 6;
            responses.map_or(0, |width| misfit(p, width)) + tense * POINT
        };
        let count = self.paragraphs.len();
        let mut cost: u32 = self.paragraphs.iter().map(cost_as_response).sum();
        // Neither column is empty where there are two paragraphs.
        let mut best = (u32::MAX, usize::from(count == 1));
        for (index, paragraph) in self.paragraphs.iter().enumerate() {
            let inside = index > 0 || count < 2;
            let met = if paragraph.merged { 0 } else { POINT / 2 };
            let spaced = if paragraph.spacer { 0 } else { POINT };
            if inside && cost + met + spaced < best.0 {
                best = (cost + met + spaced, index);
            }
            cost = cost
                .saturating_sub(cost_as_response(paragraph))
                .saturating_add(cost_as_cause(paragraph));
        }
        let shown = Shown::of(causes, responses);
        let (before, behind) = self
            .paragraphs
            .split_at_checked(best.1)
            .unwrap_or((&[], &[]));
        let caused = before.iter().any(|p| shown.is_cause(p));
        let answered = behind.iter().any(|p| shown.is_response(p));
        let mut loose = Vec::new();
        for (index, paragraph) in self.paragraphs.into_iter().enumerate() {
            match (index < best.1, caused, answered) {
                (true, true, _) => program.causes.push(paragraph.cell()),
                (false, _, true) => program.responses.push(paragraph.cell()),
                _ => loose.push(paragraph),
            }
        }
        (program, loose)
    }
}

/// What shows the column of a paragraph, where the other one may be lost: the width of its lines, where
/// those of the columns are unlike; else its tense.
struct Shown {
    widths: Option<(u32, u32)>,
}

impl Shown {
    fn of(causes: Option<u32>, responses: Option<u32>) -> Self {
        let widths = causes.zip(responses);
        let unlike = |(causes, responses): &(u32, u32)| causes.abs_diff(*responses) > 3 * FULL;
        Self {
            widths: widths.filter(unlike),
        }
    }

    /// Is it as wide as the causes rather than as the responses? `None` where that does not tell.
    fn is_wide_as_cause(&self, paragraph: &Paragraph) -> Option<bool> {
        let (causes, responses) = self.widths?;
        let (cause, response) = (misfit(paragraph, causes), misfit(paragraph, responses));
        (!paragraph.full.is_empty() && cause != response).then_some(cause < response)
    }

    fn is_cause(&self, paragraph: &Paragraph) -> bool {
        self.is_wide_as_cause(paragraph)
            .unwrap_or(paragraph.tense != Tense::Open)
    }

    fn is_response(&self, paragraph: &Paragraph) -> bool {
        self.is_wide_as_cause(paragraph)
            .map_or(paragraph.tense == Tense::Open, |cause| !cause)
    }
}
