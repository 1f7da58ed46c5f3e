//! Lines cut in two: `目標 人/月 - 333` and, somewhere else, `345 358 358`.

use super::line::{Kind, Series};
use super::rate::thousandths;
use super::solve::weight;
use super::years::Columns;
use meguri_core::text::{is_dash_cell, narrow_char};

/// More lines than any sheet has: beyond it, cut lines stay cut.
const MOST_LINES: usize = 600;
/// More cut lines on one sheet than any has; those behind wait for the first.
const MOST_CUT: usize = 24;

/// Joins the ends of cut lines with their beginnings: by the number of values that are missing, by
/// the rate that must come out, by their distance.
pub(super) fn join(series: &mut [Series], columns: &Columns) {
    if series.len() > MOST_LINES {
        return;
    }
    for _ in 0..series.len() {
        let heads: Vec<usize> = (0..series.len())
            .filter(|at| series.get(*at).is_some_and(|line| is_cut(line, columns)))
            .take(MOST_CUT)
            .collect();
        let tails: Vec<usize> = (0..series.len())
            .filter(|at| {
                series
                    .get(*at)
                    .is_some_and(|line| line.kind.is_none() && line.joined.is_none())
            })
            .take(MOST_CUT)
            .collect();
        if let Some((head, tail)) = best(series, &heads, &tails, columns) {
            append(series, head, tail);
        } else if let Some((head, first, second)) = cut_twice(series, &heads, &tails, columns) {
            append(series, head, first);
            append(series, head, second);
        } else {
            return;
        }
    }
}

fn append(series: &mut [Series], head: usize, tail: usize) {
    let Some(line) = series.get_mut(tail) else {
        return;
    };
    line.joined = Some(head);
    let (values, unit) = (line.values.clone(), line.unit.clone());
    if let Some(line) = series.get_mut(head) {
        line.values.extend(values.into_iter().map(|mut value| {
            value.0.settled = meguri_core::source::Settled::Layout;
            value
        }));
        line.unit = line.unit.take().or(unit);
    }
}

/// The only cut line, and the only two ends that complete it together. Their order shows nowhere,
/// so they must say the same.
fn cut_twice(
    series: &[Series],
    heads: &[usize],
    tails: &[usize],
    columns: &Columns,
) -> Option<(usize, usize, usize)> {
    let &[head] = heads else { return None };
    let line = series.get(head)?;
    let mut found = None;
    for (rank, first) in tails.iter().enumerate() {
        for second in tails.get(rank + 1..).unwrap_or(&[]) {
            let (a, b) = (series.get(*first)?, series.get(*second)?);
            let mut both = a.clone();
            both.values.extend(b.values.iter().cloned());
            let one = both.values.first().map(|value| value.value());
            let alike = both.values.iter().all(|value| Some(value.value()) == one);
            if alike && fits(line, &both, columns) {
                if found.is_some() {
                    return None;
                }
                found = Some((head, *first, *second));
            }
        }
    }
    found
}

/// How many values a whole line has, at the least and at the most.
const fn lengths(kind: Kind, columns: &Columns) -> (usize, usize) {
    let all = 1 + columns.years.len();
    match kind {
        Kind::Target => (all, all),
        Kind::Actual | Kind::Rate => (1 + columns.known, all),
    }
}

fn is_cut(line: &Series, columns: &Columns) -> bool {
    line.kind
        .is_some_and(|kind| line.values.len() < lengths(kind, columns).0)
}

/// May the tail be the end of the head?
fn fits(head: &Series, tail: &Series, columns: &Columns) -> bool {
    let Some(kind) = head.kind else { return false };
    let (least, most) = lengths(kind, columns);
    let joined = head.values.len() + tail.values.len();
    let percent = tail.is_percent();
    let units = match (&head.unit, &tail.unit) {
        (Some(_), Some(_)) => false,
        (None, Some(_)) => head.values.is_empty(),
        _ => true,
    };
    (least..=most).contains(&joined)
        && units
        && match kind {
            Kind::Rate => percent || tail.is_dashes(),
            _ => !percent,
        }
}

/// The surest pair of all. A tail that fits one head only, or a head that one tail fits only, comes
/// before what must be weighed.
fn best(
    series: &[Series],
    heads: &[usize],
    tails: &[usize],
    columns: &Columns,
) -> Option<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for head in heads {
        for tail in tails {
            if fits(series.get(*head)?, series.get(*tail)?, columns) {
                pairs.push((*head, *tail));
            }
        }
    }
    // A lone number may be that of a page: without a rate or its likeness, nothing is the better end.
    pairs.retain(|(head, tail)| {
        let lone = series.get(*tail).filter(|line| line.values.len() == 1);
        let page = lone.and_then(|line| line.values.first());
        let page = page.is_some_and(|value| bare(value.value()));
        // A figure that may count the pages is an end only where it is like the others.
        let proven = || !page && proof(series, *head, *tail, columns).1 > 0;
        let alike = || likeness(series.get(*head), series.get(*tail)) >= 3;
        lone.is_none() || !(page && columns.numbered_pages) && (alike() || proven())
    });
    let alone = |(head, tail): &(usize, usize)| {
        let of_head = pairs.iter().filter(|(h, _)| h == head).count();
        let of_tail = pairs.iter().filter(|(_, t)| t == tail).count();
        i32::from(of_head == 1) + i32::from(of_tail == 1)
    };
    pairs
        .iter()
        .max_by_key(|(head, tail)| {
            let distance = match (series.get(*head), series.get(*tail)) {
                (Some(head), Some(tail)) => head.order.abs_diff(tail.order),
                _ => usize::MAX,
            };
            let proof = proof(series, *head, *tail, columns);
            let sized = likeness(series.get(*head), series.get(*tail));
            (
                alone(&(*head, *tail)),
                proof,
                sized,
                std::cmp::Reverse(distance),
            )
        })
        .copied()
}

/// How much the values of both parts look alike: figures of the same size and decimals, words with
/// words. A lone number may be that of a page.
fn likeness(head: Option<&Series>, tail: Option<&Series>) -> i32 {
    let last = |line: &Series| {
        let values = line.values.iter().rev();
        values.map(|v| v.value().clone()).find(|v| !is_dash_cell(v))
    };
    let lone = tail.is_some_and(|line| line.values.len() == 1);
    let (Some(head), Some(end)) = (head.and_then(last), tail.and_then(last)) else {
        let page = lone && tail.and_then(last).is_some_and(|end| bare(&end));
        return -i32::from(page);
    };
    let near = match (thousandths(&head), thousandths(&end)) {
        (Some(a), Some(b)) => a <= b.saturating_mul(5) && b <= a.saturating_mul(5),
        (None, None) => true,
        _ => false,
    };
    let page = lone && bare(&end) && !bare(&head);
    2 * i32::from(near) + i32::from(head.contains('.') == end.contains('.')) - 3 * i32::from(page)
}

/// Figures without unit, comma or mark, as numbers of pages are.
fn bare(value: &str) -> bool {
    value.chars().all(|c| narrow_char(c).is_ascii_digit())
}

/// The best agreement that the joined line reaches with two others, and the part of it that rates
/// prove.
fn proof(series: &[Series], head: usize, tail: usize, columns: &Columns) -> (i32, i32) {
    let (Some(line), Some(end)) = (series.get(head), series.get(tail)) else {
        return (0, 0);
    };
    let mut whole = line.clone();
    whole.values.extend(end.values.iter().cloned());
    proof_of(series, &whole, columns)
}

/// The same for a line as it is.
fn proof_of(series: &[Series], whole: &Series, columns: &Columns) -> (i32, i32) {
    let of = |kind: Kind| {
        let near = move |other: &&Series| {
            other.kind == Some(kind) && other.order.abs_diff(whole.order) <= 60
        };
        series.iter().filter(near).take(24)
    };
    let known = columns.known;
    let mut best = (i32::MIN, 0);
    match whole.kind {
        Some(Kind::Target) => {
            for actual in of(Kind::Actual) {
                for rate in of(Kind::Rate) {
                    best = best.max(weight(whole, actual, rate, known));
                }
            }
        }
        Some(Kind::Rate) => {
            for actual in of(Kind::Actual) {
                for target in of(Kind::Target) {
                    best = best.max(weight(target, actual, whole, known));
                }
            }
        }
        _ => {
            for target in of(Kind::Target) {
                for rate in of(Kind::Rate) {
                    best = best.max(weight(target, whole, rate, known));
                }
            }
        }
    }
    best
}
