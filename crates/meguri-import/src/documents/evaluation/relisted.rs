//! 【再掲】: a project that is listed again has the code, the cost and the next step of the sheet
//! where it is first. That settles torn pieces which nothing on their own sheet settles.

use super::rows::piece::Piece;
use super::sheet::Draft;
use super::vocabulary::Vocabulary;
use meguri_core::source::Settled;
use meguri_core::text::{name_key, narrow};
use std::collections::{HashMap, HashSet};

/// Teaches the codes of projects that are listed again without their code.
pub(super) fn teach(drafts: &[Draft<'_>], vocabulary: &mut Vocabulary) {
    let key = |piece: &Piece| piece.name.as_ref().map(|name| name_key(name.value()));
    let pieces = || drafts.iter().flat_map(|draft| &draft.pieces);
    let wanted: HashSet<String> = pieces()
        .filter(|piece| piece.reposted && piece.code.is_none())
        .filter_map(key)
        .collect();
    if wanted.is_empty() {
        return;
    }
    for piece in pieces().filter(|piece| !piece.reposted) {
        if let (Some(name), Some(code)) = (key(piece), &piece.code)
            && wanted.contains(&name)
        {
            vocabulary.listed_codes.insert(name, narrow(code.value()));
        }
    }
}

/// Cost and next step of a code, as printed where it is first.
type Listed = (Option<String>, Option<String>);

/// Gives relisted rows the loose piece that says what the first listing says.
pub(super) fn settle(drafts: &mut [Draft<'_>]) {
    let open = |row: &Piece| row.reposted && (row.cost.is_none() || row.step.is_none());
    let code = |row: &Piece| row.code.as_ref().map(|code| narrow(code.value()));
    let rows = |drafts: &[Draft<'_>], keep: &dyn Fn(&Piece) -> bool| -> HashSet<String> {
        let rows = drafts.iter().flat_map(|draft| &draft.list.rows);
        rows.filter(|row| keep(row)).filter_map(code).collect()
    };
    let wanted = rows(drafts, &open);
    if wanted.is_empty() {
        return;
    }
    let mut listed: HashMap<String, Listed> = HashMap::new();
    for row in drafts
        .iter()
        .flat_map(|draft| &draft.list.rows)
        .filter(|row| !row.reposted)
    {
        if let Some(code) = code(row).filter(|code| wanted.contains(code)) {
            let text = |cell: &Option<crate::printed::Cell<String>>| {
                cell.as_ref().map(|cell| cell.value().clone())
            };
            listed.insert(code, (text(&row.cost), text(&row.step)));
        }
    }
    for draft in drafts {
        settle_sheet(draft, &listed);
    }
}

/// More loose pieces than any list has: beyond it, none is tried.
const MOST_LOOSE: usize = 600;

/// What proves a piece: it is the only one that says what the first listing says, and no other row
/// lacks a cost or a next step. Else it may be that of another row, and the relisted one none.
fn settle_sheet(draft: &mut Draft<'_>, listed: &HashMap<String, Listed>) {
    let list = &mut draft.list;
    if list.loose.len() > MOST_LOOSE {
        return;
    }
    let open = |row: &&Piece| row.dashes < 3 && (!row.has_cost() || row.step.is_none());
    let lacking = list.rows.iter().filter(open).count();
    for row in list.rows.iter_mut().filter(|row| row.reposted) {
        let code = row.code.as_ref().map(|code| narrow(code.value()));
        let Some((cost, step)) = code.and_then(|code| listed.get(&code)) else {
            continue;
        };
        let same = |piece: &Piece| {
            let agrees = |theirs: &Option<crate::printed::Cell<String>>, first: &Option<String>| {
                theirs
                    .as_ref()
                    .is_none_or(|cell| Some(cell.value()) == first.as_ref())
            };
            let fills = (piece.is_cost_tail() && row.cost.is_none())
                || (piece.is_lone_step() && row.step.is_none());
            fills && agrees(&piece.cost, cost) && agrees(&piece.step, step)
        };
        let fits: Vec<usize> = (0..list.loose.len())
            .filter(|at| list.loose.get(*at).is_some_and(same))
            .collect();
        if let Some(at) = fits.first() {
            let piece = list.loose.remove(*at);
            let proven = fits.len() == 1 && lacking == 1;
            let settled = if proven {
                Settled::Proven
            } else {
                Settled::Layout
            };
            row.take(piece, settled);
        }
    }
}
