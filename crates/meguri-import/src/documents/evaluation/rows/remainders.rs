//! What is left when pairs and codes are joined: a section, a budget item, a cost, a next step that
//! only one row lacks. Where several rows lack it and the pieces differ, nothing is settled.

use super::ProjectList;
use super::piece::Piece;
use crate::documents::evaluation::vocabulary::{Vocabulary, code_prefix};
use meguri_core::source::Settled;
use meguri_core::text::narrow;

/// Joins pieces of which only one row can be the owner.
pub(super) fn join(list: &mut ProjectList, vocabulary: &Vocabulary) {
    while join_budget(list) {}
    join_known_sections(list, vocabulary);
    join_equal(
        list,
        |row| row.section.is_none(),
        is_lone_section,
        |p| &p.section,
    );
    join_costs(list);
    join_steps_by_page(list);
    share_steps(list);
    share_costs(list);
    join_equal(
        list,
        |row| row.step.is_none() && row.dashes < 3,
        Piece::is_lone_step,
        |p| &p.step,
    );
}

/// The same for costs.
fn share_costs(list: &mut ProjectList) {
    let rows = list.rows.iter().filter(|row| lacks_cost(row)).count();
    let holds = |piece: &&Piece| piece.is_cost_tail() && piece.step.is_some();
    let loose: Vec<&Piece> = list.loose.iter().filter(holds).collect();
    let cost = loose.first().and_then(|piece| piece.cost.clone());
    let value = |cell: &Option<crate::printed::Cell<String>>| {
        cell.as_ref().map(|cell| cell.value().clone())
    };
    let same = loose.iter().all(|piece| value(&piece.cost) == value(&cost));
    if rows < 2 || loose.len() != rows || !same {
        return;
    }
    let Some(cost) = cost else { return };
    for row in list.rows.iter_mut().filter(|row| lacks_cost(row)) {
        row.cost = Some(crate::printed::Cell::layout(
            cost.value().clone(),
            cost.line(),
        ));
    }
}

/// The only next step that a page lacks stands alone on the same page, or at the head of the next.
fn join_steps_by_page(list: &mut ProjectList) {
    let pages = list
        .rows
        .iter()
        .chain(&list.loose)
        .map(|piece| piece.page)
        .max()
        .unwrap_or(0);
    if pages > 50 {
        return;
    }
    for ahead in [0, 1] {
        for page in 0..=pages {
            let rows = rows_without_step(list, page);
            let [row] = rows.as_slice() else { continue };
            let steps = lone_steps(list, page + ahead);
            let [step] = steps.as_slice() else { continue };
            let clear = ahead == 0
                || (lone_steps(list, page).is_empty()
                    && rows_without_step(list, page + ahead).is_empty());
            if clear {
                let piece = list.loose.remove(*step);
                if let Some(row) = list.rows.get_mut(*row) {
                    row.take(piece, Settled::Layout);
                }
            }
        }
    }
}

/// Rows of a page with a cost and no next step.
fn rows_without_step(list: &ProjectList, page: usize) -> Vec<usize> {
    let lacks =
        |row: &Piece| row.page == page && row.step.is_none() && row.has_cost() && row.dashes < 3;
    (0..list.rows.len())
        .filter(|at| list.rows.get(*at).is_some_and(lacks))
        .collect()
}

fn lone_steps(list: &ProjectList, page: usize) -> Vec<usize> {
    let alone = |piece: &Piece| piece.page == page && piece.is_lone_step();
    (0..list.loose.len())
        .filter(|at| list.loose.get(*at).is_some_and(alone))
        .collect()
}

/// Rows without a next step and as many loose ones (with a cost or without) that all say the same:
/// whichever belongs to which, the next step is known.
fn share_steps(list: &mut ProjectList) {
    let lacks = |row: &&mut Piece| row.step.is_none() && row.dashes < 3;
    let holds = |piece: &&Piece| piece.step.is_some() && piece.code.is_none();
    let loose: Vec<&Piece> = list.loose.iter().filter(holds).collect();
    let step = loose.first().and_then(|piece| piece.step.clone());
    let same =
        |piece: &&Piece| piece.step.as_ref().map(|s| s.value()) == step.as_ref().map(|s| s.value());
    // Only where costs are open too; what stands alone is joined as a piece.
    let with_cost = loose.iter().filter(|piece| piece.cost.is_some()).count();
    let rows = list
        .rows
        .iter()
        .filter(|row| row.step.is_none() && row.dashes < 3)
        .count();
    if with_cost < 2 || loose.len() != rows || !loose.iter().all(same) {
        return;
    }
    let Some(step) = step else { return };
    for row in list.rows.iter_mut().filter(lacks) {
        row.step = Some(crate::printed::Cell::layout(
            step.value().clone(),
            step.line(),
        ));
    }
}

fn is_lone_section(piece: &Piece) -> bool {
    piece.section.is_some() && piece.holds() == 1
}

/// A loose section that uses the prefix of the row's code elsewhere.
fn join_known_sections(list: &mut ProjectList, vocabulary: &Vocabulary) {
    for row in list.rows.iter_mut().filter(|row| row.section.is_none()) {
        let prefix = row.code.as_ref().and_then(|code| code_prefix(code.value()));
        let Some(known) = prefix.and_then(|prefix| vocabulary.prefix_sections.get(&prefix)) else {
            continue;
        };
        let uses = |piece: &Piece| {
            is_lone_section(piece)
                && piece
                    .section
                    .as_ref()
                    .is_some_and(|s| known.contains(&narrow(s.value())))
        };
        let found: Vec<usize> = (0..list.loose.len())
            .filter(|at| list.loose.get(*at).is_some_and(uses))
            .collect();
        let text = |at: &usize| list.loose.get(*at).map(Piece::text);
        let first = found.first().and_then(text);
        if let Some(at) = found
            .first()
            .filter(|_| found.iter().all(|at| text(at) == first))
        {
            row.take(list.loose.remove(*at), Settled::Layout);
        }
    }
}

/// A loose budget item (with its section or without) that completes exactly one row.
fn join_budget(list: &mut ProjectList) -> bool {
    for at in 0..list.loose.len() {
        let Some(piece) = list.loose.get(at) else {
            return false;
        };
        if piece.budget.is_empty() || piece.code.is_some() || piece.cost.is_some() {
            continue;
        }
        let fits = |row: &Piece| {
            row.lacks_all_of(piece)
                && row.budget.len() + piece.budget.len() == 3
                && (row.section.is_some() || piece.section.is_some())
        };
        let mut owners = (0..list.rows.len()).filter(|row| list.rows.get(*row).is_some_and(fits));
        if let (Some(owner), None) = (owners.next(), owners.next()) {
            let piece = list.loose.remove(at);
            if let Some(row) = list.rows.get_mut(owner) {
                row.take(piece, Settled::Layout);
            }
            return true;
        }
    }
    false
}

/// Pieces that all say the same belong to the rows that lack it, where there are enough of them.
fn join_equal(
    list: &mut ProjectList,
    lacks: impl Fn(&Piece) -> bool,
    is_piece: impl Fn(&Piece) -> bool,
    cell: impl Fn(&Piece) -> &Option<crate::printed::Cell<String>>,
) {
    let rows: Vec<usize> = (0..list.rows.len())
        .filter(|at| list.rows.get(*at).is_some_and(&lacks))
        .collect();
    let mut pieces: Vec<usize> = (0..list.loose.len())
        .filter(|at| list.loose.get(*at).is_some_and(&is_piece))
        .collect();
    if rows.is_empty() || pieces.len() != rows.len() {
        return;
    }
    let value = |at: usize| {
        list.loose
            .get(at)
            .and_then(|p| cell(p).as_ref())
            .map(|c| c.value())
    };
    let first = pieces.first().and_then(|at| value(*at));
    if pieces.iter().any(|at| value(*at) != first) {
        return;
    }
    for row in rows.into_iter().rev() {
        if let (Some(at), Some(row)) = (pieces.pop(), list.rows.get_mut(row)) {
            row.take(list.loose.remove(at), Settled::Layout);
        }
    }
}

/// One row without a cost and one cost without a row.
fn join_costs(list: &mut ProjectList) {
    let mut rows = (0..list.rows.len()).filter(|at| list.rows.get(*at).is_some_and(lacks_cost));
    let (Some(row), None) = (rows.next(), rows.next()) else {
        return;
    };
    let with_step = list.rows.get(row).is_some_and(|r| r.step.is_none());
    let fits = |piece: &Piece| piece.is_cost_tail() && piece.step.is_some() == with_step;
    let mut tails = (0..list.loose.len()).filter(|at| list.loose.get(*at).is_some_and(fits));
    if let (Some(tail), None) = (tails.next(), tails.next()) {
        let piece = list.loose.remove(tail);
        if let Some(row) = list.rows.get_mut(row) {
            row.take(piece, Settled::Layout);
        }
    }
}

const fn lacks_cost(row: &Piece) -> bool {
    !row.has_cost() && row.dashes < 3
}
