//! The list of related projects (関連事務事業一覧): its pieces, and the rows put together from them.

mod affinity;
mod follow;
mod glued;
mod numbers;
mod pairs;
pub(super) mod piece;
mod remainders;
mod tokens;

use super::form::{is_caption, is_star, is_table_head, squash};
use super::pages::{Block, Page};
use super::vocabulary::Vocabulary;
use crate::text::sections::is_section_name;
use meguri_core::text::narrow_char;
use piece::Piece;
use std::collections::HashSet;

/// More pieces than any list has: beyond it, nothing that costs the square of their number is done.
const MOST_PIECES: usize = 600;

/// The list of one sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct ProjectList {
    /// Rows with a name.
    pub(super) rows: Vec<Piece>,
    /// Pieces whose row is not known.
    pub(super) loose: Vec<Piece>,
    /// Numbers that stand alone: of rows, of the form's empty lines, of anything.
    pub(super) numbers: Vec<Piece>,
    /// Lines of the second table: pieces with four dashes.
    pub(super) extra_dashes: usize,
}

/// Takes the pieces of the list out of a page.
pub(super) fn pieces_of_page(page: &Page<'_>, vocabulary: &Vocabulary, into: &mut Vec<Piece>) {
    let from = into.len();
    let place = into.last().map_or(0, |piece| piece.page + 1);
    for block in &page.blocks {
        if !is_prose(block) {
            pieces_of_block(block, vocabulary, into);
        }
    }
    for piece in into.iter_mut().skip(from) {
        piece.page = place;
    }
}

/// Running text: it begins with a bullet, or has a full stop in it.
pub(super) fn is_prose(block: &Block<'_>) -> bool {
    block.iter().any(|line| {
        line.text.starts_with('・') && line.text.chars().count() > 1
            || line.text.ends_with('。')
            || line.text.starts_with('※')
    })
}

/// A row that is not finished at the end of its line.
struct Wrapped {
    text: String,
    /// Where the row begins, and where its name does.
    first: u32,
    name: u32,
    last: u32,
}

fn pieces_of_block(block: &Block<'_>, vocabulary: &Vocabulary, into: &mut Vec<Piece>) {
    // A row may be wrapped: its number and the first parts of its name stand on lines of their own.
    let mut wrapped: Option<Wrapped> = None;
    for (index, line) in block.iter().enumerate() {
        if is_furniture(line.text, vocabulary) {
            flush(&mut wrapped, vocabulary, into);
            continue;
        }
        let plain = line.text.replace(is_star, "");
        let plain = plain.trim();
        if begins_row(plain) {
            flush(&mut wrapped, vocabulary, into);
        }
        let row = match wrapped.take() {
            Some(row) => row.with(plain, line.number),
            None => Wrapped {
                text: plain.to_owned(),
                first: line.number,
                name: line.number,
                last: line.number,
            },
        };
        let more = index + 1 < block.len();
        let unfinished = more && row.text.len() < 1000 && is_unfinished(&row.text, vocabulary);
        wrapped = Some(row);
        if !unfinished {
            flush(&mut wrapped, vocabulary, into);
        }
    }
    flush(&mut wrapped, vocabulary, into);
}

fn is_furniture(text: &str, vocabulary: &Vocabulary) -> bool {
    let squashed = squash(text);
    is_table_head(&squashed)
        || is_caption(&squashed)
        || is_upright(&squashed)
        || super::counts::is_count_line(&squashed, vocabulary)
        || super::counts::is_total_line(&squashed)
        || squashed.chars().all(is_star)
}

impl Wrapped {
    /// A number and a name go on with a space between them, two parts of a name without.
    fn with(mut self, text: &str, line: u32) -> Self {
        self.last = line;
        if self.text.chars().all(|c| narrow_char(c).is_ascii_digit()) {
            self.name = line;
            self.text.push(' ');
            self.text.push_str(text);
        } else {
            crate::text::join::push_wrapped(&mut self.text, text);
        }
        self
    }
}

/// One character on a line: a part of an upright label.
fn is_upright(squashed: &str) -> bool {
    let mut chars = squashed.chars();
    let only = chars.next();
    chars.next().is_none() && only.is_some_and(|c| !c.is_ascii_digit() && c != '-')
}

fn begins_row(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|c| narrow_char(c).is_ascii_digit())
}

/// A lone number or a text without any figures behind it may go on in the next line of its block.
fn is_unfinished(text: &str, vocabulary: &Vocabulary) -> bool {
    let found = piece::pieces(text, 0, vocabulary);
    matches!(found.as_slice(), [only] if only.is_lone_number()
        || (only.name.is_some() && only.section.is_none() && only.holds() == 1))
}

fn flush(wrapped: &mut Option<Wrapped>, vocabulary: &Vocabulary, into: &mut Vec<Piece>) {
    let Some(row) = wrapped.take() else { return };
    let mut rest = Some(row.text.as_str());
    let mut found = Vec::new();
    while let Some(text) = rest {
        // More rows than any line holds are left together.
        let many = found.len() >= 64;
        let (first, more) = if many {
            (text, None)
        } else {
            glued::split(text, vocabulary)
        };
        found.extend(piece::pieces(first, row.last, vocabulary));
        rest = more;
    }
    for mut piece in found {
        piece.order = into.len();
        piece.line = row.first;
        if let Some(no) = piece.no.as_mut().filter(|_| row.first != row.last) {
            no.0.line = row.first;
        }
        if let Some(name) = &mut piece.name {
            name.0.line = row.name;
        }
        into.push(piece);
    }
}

/// A section that stands alone was taken for a name: it is one where another row names it, or where
/// a row with its budget item lacks one.
fn sections_apart(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let named: HashSet<String> = pieces
        .iter()
        .filter_map(|p| Some(p.section.as_ref()?.value().clone()))
        .collect();
    let lacking = pieces
        .iter()
        .any(|p| p.is_row() && p.section.is_none() && !p.budget.is_empty() && p.dashes < 3);
    for piece in &mut pieces {
        let alone = piece.no.is_none() && piece.holds() == 1 && piece.section.is_none();
        let is_section = piece.name.as_ref().is_some_and(|name| {
            named.contains(name.value()) || (lacking && is_section_name(name.value()))
        });
        if alone && is_section {
            piece.section = piece.name.take();
        }
    }
    pieces
}

/// Puts the rows of a sheet together from its pieces.
pub(super) fn assemble(pieces: Vec<Piece>, vocabulary: &Vocabulary) -> ProjectList {
    let mut list = ProjectList::default();
    let small = pieces.len() <= MOST_PIECES;
    let pieces = sections_apart(pieces);
    let mut pieces: Vec<Option<Piece>> = pieces.into_iter().map(Some).collect();
    pairs::join_pairs(&mut pieces, vocabulary);
    follow::join_following(&mut pieces);
    for piece in pieces.into_iter().flatten() {
        if piece.is_row() {
            list.rows.push(piece);
        } else if piece.is_lone_number() {
            list.numbers.push(piece);
        } else if piece.dashes >= 3 && piece.cost.is_none() {
            list.extra_dashes += 1;
        } else if piece.holds() > 0 {
            list.loose.push(piece);
        }
    }
    if small {
        affinity::join_codes(&mut list, vocabulary);
        remainders::join(&mut list, vocabulary);
    }
    numbers::number_rows(&mut list, small, vocabulary.numbered_pages);
    list
}
