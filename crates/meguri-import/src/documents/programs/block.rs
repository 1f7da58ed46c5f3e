//! A block: the pieces of one row, from its number to the next.

use super::lines::Piece;
use super::scale;
use super::wording::{FULL, width};
use crate::printed::Cell;
use crate::text::join::join_wrapped;
use meguri_core::text::is_dash_cell;

/// The heading of a direction that a row stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Under {
    pub(super) no: u32,
    pub(super) line: u32,
    /// The numbers before and behind a turn of pages where they do not follow each other: a heading
    /// may be missing there.
    pub(super) jump: Option<(u32, u32)>,
}

/// The pieces of one row of the table of programmes.
#[derive(Clone, Debug, Default)]
pub(super) struct Block<'a> {
    pub(super) no: Option<Cell<u32>>,
    pub(super) kind: Option<Cell<String>>,
    pub(super) under: Option<Under>,
    pub(super) line: u32,
    pub(super) pieces: Vec<Piece<'a>>,
}

/// The widest loose label of a schedule: its cells are narrow.
const WIDEST_LABEL: u32 = 16 * FULL;
/// The widest line of a name.
const WIDEST_NAME: u32 = 10 * FULL;
/// How far back a list is looked for, in lines.
const FAR: usize = 400;
/// How far a schedule is looked for, in lines: rows are shorter.
const LONGEST_ROW: usize = 100;
/// The most lines of a name and a plain cell.
const LONGEST_HEAD: usize = 24;

impl<'a> Block<'a> {
    /// Takes the loose words of the schedule off the end of a page: `from` is the first piece of
    /// the block on that page. They come behind the last row, set off from it.
    pub(super) fn take_loose_words(
        &mut self,
        from: usize,
        spaced: bool,
        scale: &[String],
    ) -> Vec<Piece<'a>> {
        let page = self.pieces.get(from..).unwrap_or_default();
        let loose = |piece: &Piece<'_>| {
            !piece.text.contains('。')
                && width(piece.text) <= WIDEST_LABEL
                && scale::lone_grade(piece.text, scale).is_none()
                && scale::closing_grade(piece.text, scale).is_none()
        };
        let tail = page.iter().rev().take_while(|p| loose(p)).count();
        let start = page.len() - tail;
        let start = start + usize::from(dashes_grade(page, start));
        let graded = start
            .checked_sub(1)
            .and_then(|i| page.get(i))
            .is_some_and(|p| {
                scale::lone_grade(p.text, scale).is_some()
                    || scale::closing_grade(p.text, scale).is_some()
                    || is_dash_cell(p.text)
            });
        let sentence = start
            .checked_sub(1)
            .and_then(|i| page.get(i))
            .is_some_and(|p| (p.ends || !spaced) && p.text.ends_with('。'));
        let set_off = |(index, piece): &(usize, &Piece<'_>)| {
            piece.bulleted().is_none() && (piece.before.spacers > 0 || (*index == start && graded))
        };
        let first = page
            .iter()
            .enumerate()
            .skip(start)
            .find(set_off)
            .map(|(index, _)| index)
            .or_else(|| {
                let plain = page.get(start).is_some_and(|p| p.bulleted().is_none());
                (sentence && plain).then_some(start)
            });
        match first {
            Some(first) if self.reaches_text(from + first) => self.pieces.split_off(from + first),
            _ => Vec::new(),
        }
    }

    /// Does a list stand before a piece? Before the first list stand only numbers and names.
    fn reaches_text(&self, before: usize) -> bool {
        self.pieces
            .iter()
            .take(before)
            .rev()
            .take(FAR)
            .any(|piece| piece.bulleted().is_some())
    }

    /// Cuts off the rows whose numbers are lost: behind a lone grade another schedule begins, or
    /// behind a sentence another name.
    pub(super) fn split_lost_numbers(self, scale: &[String]) -> Vec<Self> {
        let mut blocks = vec![Self {
            no: self.no.clone(),
            ..self.clone_frame()
        }];
        let (mut graded, mut listed, mut sentence) = (false, false, false);
        let mut rest = self.pieces.as_slice();
        while let Some((piece, after)) = rest.split_first() {
            let plain = piece.bulleted().is_none();
            let row = graded && has_schedule(rest, scale) || sentence && has_name(rest);
            if plain && listed && row {
                blocks.push(Self {
                    line: piece.line,
                    ..self.clone_frame()
                });
                listed = false;
            }
            graded = scale::lone_grade(piece.text, scale).is_some();
            sentence = piece.ends && piece.text.ends_with('。');
            listed |= !plain;
            if let Some(block) = blocks.last_mut() {
                block.pieces.push(*piece);
            }
            rest = after;
        }
        blocks
    }

    fn clone_frame(&self) -> Self {
        Self {
            no: None,
            kind: self.kind.clone(),
            under: self.under,
            line: self.line,
            pieces: Vec::new(),
        }
    }
}

/// Is a piece behind the last sentence a dash in the column of the grades?
fn dashes_grade(pieces: &[Piece<'_>], at: usize) -> bool {
    let sentence = at.checked_sub(1).and_then(|i| pieces.get(i));
    sentence.is_some_and(|p| p.text.ends_with('。'))
        && pieces.get(at).is_some_and(|p| is_dash_cell(p.text))
}

/// Do the empty cells of a schedule with text behind them come before the next lone grade?
fn has_schedule(pieces: &[Piece<'_>], scale: &[String]) -> bool {
    pieces
        .iter()
        .skip(1)
        .take(LONGEST_ROW)
        .take_while(|piece| scale::lone_grade(piece.text, scale).is_none())
        .any(|piece| piece.before.is_gap() && piece.bulleted().is_some())
}

/// Does a row of 検討 begin here: a narrow name, a plain cell, then a list?
fn has_name(pieces: &[Piece<'_>]) -> bool {
    let plain = |p: &&Piece<'_>| p.bulleted().is_none() && !p.text.contains('。');
    let head: Vec<_> = pieces.iter().take(LONGEST_HEAD).take_while(plain).collect();
    let Some(name) = head.iter().position(|piece| piece.ends) else {
        return false;
    };
    let narrow = head
        .iter()
        .take(name + 1)
        .all(|piece| width(piece.text) <= WIDEST_NAME);
    let cell = head.iter().skip(name + 1).any(|piece| piece.ends);
    let list = pieces
        .get(head.len())
        .is_some_and(|p| p.bulleted().is_some());
    narrow && cell && list
}

/// The labels of a schedule: each ends where its paragraph does.
pub(super) fn labels(pieces: &[Piece<'_>]) -> Vec<Cell<String>> {
    let mut labels: Vec<Cell<String>> = Vec::new();
    let mut open = false;
    for piece in pieces {
        match labels.last_mut() {
            Some(label) if open => {
                label.0.value = join_wrapped([label.value().as_str(), piece.text]);
            }
            _ => labels.push(Cell::layout(piece.text.to_owned(), piece.line)),
        }
        open = !piece.ends;
    }
    labels
}
