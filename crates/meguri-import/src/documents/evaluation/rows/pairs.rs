//! The usual tear: two rows in four pieces, in a fixed order.

use super::piece::Piece;
use crate::documents::evaluation::vocabulary::Vocabulary;
use meguri_core::source::Settled;

/// Joins `[code and tail of n] [head of n+1 with its code] [head of n] [tail of n+1]` wherever the
/// four stand one after the other; lone numbers between them do not count.
pub(super) fn join_pairs(pieces: &mut [Option<Piece>], vocabulary: &Vocabulary) {
    let live: Vec<usize> = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| piece.as_ref().is_some_and(|p| !p.is_lone_number()))
        .map(|(index, _)| index)
        .collect();
    join_around(pieces, &live, vocabulary);
    for window in live.windows(4) {
        let &[tail, second, first, second_tail] = window else {
            continue;
        };
        let at = |index: usize| pieces.get(index).and_then(Option::as_ref);
        let fits = match (at(tail), at(second), at(first), at(second_tail)) {
            (Some(tail), Some(second), Some(first), Some(second_tail)) => {
                is_code_tail(tail)
                    && second.is_row()
                    && second.code.is_some()
                    && second.lacks_all_of(second_tail)
                    && is_head(first, tail, vocabulary)
                    && second_tail.is_cost_tail()
            }
            _ => false,
        };
        if fits {
            join(pieces, tail, first);
            join(pieces, second_tail, second);
        }
    }
}

/// Joins a pair that is torn around a whole row: `[tail of n+1] [n-1, whole] [n+1 with its code]
/// [n] [code and tail of n]`.
fn join_around(pieces: &mut [Option<Piece>], live: &[usize], vocabulary: &Vocabulary) {
    for window in live.windows(5) {
        let &[second_tail, whole, second, first, tail] = window else {
            continue;
        };
        let at = |index: usize| pieces.get(index).and_then(Option::as_ref);
        let found = (at(second_tail), at(whole), at(second), at(first), at(tail));
        let fits = match found {
            (Some(second_tail), Some(whole), Some(second), Some(first), Some(tail)) => {
                second_tail.is_cost_tail()
                    && whole.is_row()
                    && whole.code.is_some()
                    && whole.cost.is_some()
                    && second.is_row()
                    && second.code.is_some()
                    && second.lacks_all_of(second_tail)
                    && is_code_tail(tail)
                    && is_head(first, tail, vocabulary)
            }
            _ => false,
        };
        if fits {
            join(pieces, tail, first);
            join(pieces, second_tail, second);
        }
    }
}

/// Code, cost and next step without anything before them.
fn is_code_tail(piece: &Piece) -> bool {
    piece.code.is_some()
        && piece.cost.is_some()
        && piece.name.is_none()
        && piece.section.is_none()
        && piece.budget.is_empty()
}

/// A head whose budget item is whole and does not speak against the code.
fn is_head(head: &Piece, tail: &Piece, vocabulary: &Vocabulary) -> bool {
    head.is_row()
        && head.budget.len() == 3
        && head.lacks_all_of(tail)
        && super::affinity::kan_agrees(head, tail, vocabulary) != Some(false)
}

fn join(pieces: &mut [Option<Piece>], from: usize, to: usize) {
    let taken = pieces.get_mut(from).and_then(Option::take);
    if let (Some(piece), Some(Some(row))) = (taken, pieces.get_mut(to)) {
        row.take(piece, Settled::Layout);
    }
}
