//! Rows cut between two cells whose parts still stand one after the other.

use super::piece::Piece;
use meguri_core::source::Settled;

/// Joins a row with the piece right behind it, where that begins with the very cell at which the row
/// breaks off: the section, or a part of the budget item. A code or a cost alone proves nothing: it
/// may be that of another row.
pub(super) fn join_following(pieces: &mut [Option<Piece>]) {
    let live: Vec<usize> = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| piece.as_ref().is_some_and(|p| !p.is_lone_number()))
        .map(|(index, _)| index)
        .collect();
    // From the end, so that the parts of one row join one after the other.
    let mut behind: Option<usize> = None;
    for index in live.into_iter().rev() {
        let joins = match (pieces.get(index), behind.and_then(|at| pieces.get(at))) {
            (Some(Some(piece)), Some(Some(next))) => goes_on(piece, next),
            _ => false,
        };
        if joins
            && let Some(next) = behind
                .and_then(|at| pieces.get_mut(at))
                .and_then(Option::take)
            && let Some(Some(piece)) = pieces.get_mut(index)
        {
            join(piece, next);
        }
        behind = Some(index);
    }
}

fn join(piece: &mut Piece, next: Piece) {
    if piece.budget.is_empty() || next.section.is_some() || next.account.is_some() {
        piece.take(next, Settled::Layout);
        return;
    }
    let mut whole = piece.budget.clone();
    let mut next = next;
    whole.append(&mut next.budget);
    piece.take(next, Settled::Layout);
    piece.budget = whole;
}

/// Does the next piece begin with the cell at which this one breaks off?
fn goes_on(piece: &Piece, next: &Piece) -> bool {
    if next.is_row() || piece.reversed || next.reversed || !piece.lacks_all_of(next) {
        return false;
    }
    if piece.no.is_some() && next.no.is_some() {
        return false;
    }
    let begun = piece.cost.is_some() || piece.step.is_some();
    let parts = piece.budget.len() + next.budget.len();
    if piece.code.is_some() {
        // Behind a code of its own, a piece without a name and its cost.
        let cut_row = !piece.is_row() || piece.code_first;
        let last = piece.budget.len() <= 3 && !piece.budget.is_empty();
        return cut_row && last && !begun && next.is_cost_tail();
    }
    if begun || !piece.is_row() && piece.section.is_none() {
        return false;
    }
    let section_next = piece.section.is_none() && piece.budget.is_empty();
    let right_cell = if section_next {
        next.section.is_some() && !next.budget.is_empty()
    } else {
        next.section.is_none() && !next.budget.is_empty() && piece.section.is_some()
    };
    right_cell && (parts == 3 || (parts < 3 && next.code.is_none()))
}
