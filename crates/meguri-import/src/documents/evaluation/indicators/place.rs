//! In which column a value stands, and what proves it.
//!
//! A line with as many values as columns is printed as it stands. A line that is shorter has lost a
//! value somewhere: a late year may have none yet, and the evaluated year is no proof that it has.
//! Its values are tried in all columns, in their order, with nothing in the others; a value is
//! placed where all placements agree that the printed rates allow, and proven where its column
//! holds a rate that follows from target and actual, and where no empty column beside it could
//! hold it as well: the value of its own column may be the one that is lost, and may have been the
//! same figure with another mark. Where no rate speaks, nothing is placed.

use super::line::{Kind, Series};
use super::rate::follows;
use super::solve::Triple;
use super::years::Columns;
use meguri_core::text::is_dash_cell;

/// More placements than this are not tried: a line that has lost so much says nothing.
const MOST_PLACEMENTS: usize = 3_000;

/// The columns of the three lines of an indicator: for each line, the value of every column by its
/// index in the line.
#[derive(Clone, Debug, Default)]
pub(super) struct Placed {
    lines: [Vec<Option<usize>>; 3],
    /// By line and column: the rate of the column follows from target and actual, and the value
    /// can stand nowhere else.
    proven: [Vec<bool>; 3],
    /// Lines of which a value has no certain column.
    pub(super) open: [bool; 3],
}

const KINDS: [Kind; 3] = [Kind::Target, Kind::Actual, Kind::Rate];

const fn rank(kind: Kind) -> usize {
    match kind {
        Kind::Target => 0,
        Kind::Actual => 1,
        Kind::Rate => 2,
    }
}

impl Placed {
    /// The index of the value of a column (0 = base year), and whether a rate proves it.
    pub(super) fn at(&self, kind: Kind, column: usize) -> Option<(usize, bool)> {
        let at = self.lines.get(rank(kind))?.get(column).copied().flatten()?;
        let proven = self
            .proven
            .get(rank(kind))
            .and_then(|line| line.get(column));
        Some((at, proven.copied().unwrap_or(false)))
    }

    /// Is a value of the line without a certain column?
    pub(super) fn is_open(&self, kind: Kind) -> bool {
        self.open.get(rank(kind)).copied().unwrap_or(false)
    }
}

/// Places the values of an indicator.
pub(super) fn place(triple: &Triple, series: &[Series], columns: &Columns) -> Placed {
    let line = |kind: Kind| triple.line(kind).and_then(|at| series.get(at));
    let options = KINDS.map(|kind| {
        line(kind).map_or_else(|| vec![Vec::new()], |line| placements(kind, line, columns))
    });
    let many = options
        .iter()
        .try_fold(1_usize, |n, o| n.checked_mul(o.len()));
    let fits: Vec<[&Vec<Option<usize>>; 3]> = match many {
        // Lines that are whole need no check to stand where they stand.
        Some(1) => Vec::new(),
        Some(many) if many <= MOST_PLACEMENTS => fitting(
            &options,
            [line(Kind::Target), line(Kind::Actual), line(Kind::Rate)],
            columns,
        ),
        _ => Vec::new(),
    };
    let mut placed = agreed(&fits, &options);
    let follows = |column: usize| {
        let cells = texts(&placed, triple, series, column);
        column > 0
            && matches!(cells, [Some(target), Some(actual), Some(rate)]
                if follows(target, actual, rate, None) == Some(true)
                    && is_alone([target, actual, rate], column, triple, series))
    };
    placed.proven = KINDS.map(|kind| {
        // Years behind the evaluated one have targets, and no results yet.
        let last = match kind {
            Kind::Target => columns.years.len(),
            Kind::Actual | Kind::Rate => columns.known,
        };
        let bound = |column: usize| !moves((kind, last), column, &placed, triple, series);
        (0..=columns.known)
            .map(|column| follows(column) && bound(column))
            .collect()
    });
    placed
}

/// What the three lines hold in a column.
fn texts<'s>(
    placed: &Placed,
    triple: &Triple,
    series: &'s [Series],
    column: usize,
) -> [Option<&'s str>; 3] {
    KINDS.map(|kind| {
        let (at, _) = placed.at(kind, column)?;
        let line = triple.line(kind).and_then(|at| series.get(at))?;
        Some(line.values.get(at)?.value().as_str())
    })
}

/// Could a value of a line with so many columns stand in an empty one beside its own as well?
fn moves(
    (kind, last): (Kind, usize),
    column: usize,
    placed: &Placed,
    triple: &Triple,
    series: &[Series],
) -> bool {
    let Some(line) = placed.lines.get(rank(kind)) else {
        return false;
    };
    let own = texts(placed, triple, series, column);
    let allowed = |other: usize| {
        let mut cells = texts(placed, triple, series, other);
        if let (Some(cell), Some(own)) = (cells.get_mut(rank(kind)), own.get(rank(kind))) {
            *cell = *own;
        }
        let [target, actual, rate] = cells;
        let all = target.zip(actual).zip(rate);
        all.is_none_or(|((target, actual), rate)| {
            follows(target, actual, rate, None) != Some(false)
        })
    };
    let empty = |other: &usize| line.get(*other).is_some_and(Option::is_none);
    let before = (0..column).rev().take_while(empty);
    let behind = (column + 1..=last).take_while(empty);
    before.chain(behind).any(allowed)
}

/// Is there no other line near by whose value in this column the same rate allows as well?
fn is_alone(own: [&str; 3], column: usize, triple: &Triple, series: &[Series]) -> bool {
    let order = triple.order;
    let near = series
        .iter()
        .filter(|line| line.order.abs_diff(order) <= 60);
    near.take(80).all(|line| {
        let Some(kind) = line.kind else { return true };
        let other = line.values.get(column).map(|value| value.value().as_str());
        let Some(other) = other.filter(|other| own.get(rank(kind)) != Some(other)) else {
            return true;
        };
        let [target, actual, rate] = match kind {
            Kind::Target => [other, own[1], own[2]],
            Kind::Actual => [own[0], other, own[2]],
            Kind::Rate => [own[0], own[1], other],
        };
        follows(target, actual, rate, None) != Some(true)
    })
}

/// All ways to set the values of a line into its columns, in their order.
fn placements(kind: Kind, line: &Series, columns: &Columns) -> Vec<Vec<Option<usize>>> {
    let all = 1 + columns.years.len();
    let least = match kind {
        Kind::Target => all,
        Kind::Actual | Kind::Rate => 1 + columns.known,
    };
    let count = line.values.len();
    if count >= least || count == 0 || least > 12 {
        let whole = (0..all).map(|column| Some(column).filter(|at| *at < count));
        return vec![whole.collect()];
    }
    let mut found = Vec::new();
    for mask in 0_u32..1 << least {
        if mask.count_ones() as usize != count {
            continue;
        }
        let mut next = 0;
        let places = (0..least).map(|column| {
            let taken = mask >> column & 1 == 1;
            let at = taken.then_some(next);
            next += usize::from(taken);
            at
        });
        found.push(places.collect());
    }
    found
}

/// The placements of all three lines that no printed rate contradicts and at least one confirms.
fn fitting<'o>(
    options: &'o [Vec<Vec<Option<usize>>>; 3],
    lines: [Option<&Series>; 3],
    columns: &Columns,
) -> Vec<[&'o Vec<Option<usize>>; 3]> {
    let [targets, actuals, rates] = options;
    let mut fits = Vec::new();
    for target in targets {
        for actual in actuals {
            for rate in rates {
                let one = [target, actual, rate];
                let text = |at: usize, column: usize| {
                    let index = one.get(at)?.get(column).copied().flatten()?;
                    Some(
                        lines
                            .get(at)
                            .copied()
                            .flatten()?
                            .values
                            .get(index)?
                            .value()
                            .as_str(),
                    )
                };
                if agrees(&text, columns.known) {
                    fits.push(one);
                }
            }
        }
    }
    fits
}

fn agrees<'t>(text: &dyn Fn(usize, usize) -> Option<&'t str>, last: usize) -> bool {
    let mut confirmed = 0;
    for column in 0..=last {
        let (target, actual, rate) = (text(0, column), text(1, column), text(2, column));
        let figure = |cell: Option<&'t str>| cell.filter(|cell| !is_dash_cell(cell));
        let before = column.checked_sub(1).and_then(|column| text(1, column));
        match (figure(target), figure(actual), rate) {
            // A rate stands in a year with target and actual, and nowhere else.
            (_, _, Some(printed)) if !is_dash_cell(printed) => {
                let (Some(target), Some(actual)) = (figure(target), figure(actual)) else {
                    return false;
                };
                match follows(target, actual, printed, before) {
                    Some(true) => confirmed += 1,
                    // Words say nothing, so that nothing is certain.
                    Some(false) | None => return false,
                }
            }
            (Some(_), Some(_), Some(_)) if column > 0 => return false,
            _ => {}
        }
    }
    confirmed > 0
}

/// What all fitting placements agree on.
fn agreed(fits: &[[&Vec<Option<usize>>; 3]], options: &[Vec<Vec<Option<usize>>>; 3]) -> Placed {
    let mut placed = Placed::default();
    for (rank, options) in options.iter().enumerate() {
        // A line that is whole needs no check to stand where it stands.
        if let [only] = options.as_slice() {
            if let Some(line) = placed.lines.get_mut(rank) {
                line.clone_from(only);
            }
            continue;
        }
        let of = |fit: &[&Vec<Option<usize>>; 3]| fit.get(rank).map(|line| (*line).clone());
        let first = fits.first().and_then(of).unwrap_or_default();
        let same = |column: usize, at: Option<usize>| {
            fits.iter()
                .all(|fit| of(fit).and_then(|line| line.get(column).copied()) == Some(at))
        };
        let line: Vec<Option<usize>> = first
            .iter()
            .enumerate()
            .map(|(column, at)| at.filter(|_| same(column, *at)))
            .collect();
        let count = first.iter().flatten().count();
        if let Some(open) = placed.open.get_mut(rank) {
            *open = count == 0 || line.iter().flatten().count() < count;
        }
        if let Some(place) = placed.lines.get_mut(rank) {
            *place = line;
        }
    }
    placed
}
