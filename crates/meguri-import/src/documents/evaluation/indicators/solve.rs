//! Which target, actual and rate make one indicator, and whose they are.

use super::line::{Kind, Series};
use super::names::Slot;
use super::rate::agreement;
use super::years::Columns;
use std::collections::HashMap;

/// Lines further apart than this many of their kind are not tried.
const REACH: usize = 12;
/// The same on a sheet with more indicators than any has.
const REACH_OF_MANY: usize = 3;

/// The three lines of one indicator, by their indices.
#[derive(Clone, Debug)]
pub(super) struct Triple {
    target: Option<usize>,
    actual: Option<usize>,
    rate: Option<usize>,
    /// Place of its first line in the text.
    pub(super) order: usize,
    /// The printed rates follow from targets and actuals.
    pub(super) proven: bool,
}

impl Triple {
    /// The line of a kind.
    pub(super) const fn line(&self, kind: Kind) -> Option<usize> {
        match kind {
            Kind::Target => self.target,
            Kind::Actual => self.actual,
            Kind::Rate => self.rate,
        }
    }
}

/// Puts the lines together in threes, the best agreement first.
pub(super) fn triples(series: &[Series], columns: &Columns) -> Vec<Triple> {
    let of = |kind: Kind| -> Vec<usize> {
        (0..series.len())
            .filter(|at| series.get(*at).is_some_and(|line| line.kind == Some(kind)))
            .collect()
    };
    let (targets, actuals, rates) = (of(Kind::Target), of(Kind::Actual), of(Kind::Rate));
    let reach = if targets.len() > 60 {
        REACH_OF_MANY
    } else {
        REACH
    };
    let mut scored: Vec<(i32, i32, [usize; 3])> = Vec::new();
    for (rank, target) in targets.iter().enumerate() {
        for actual in near(&actuals, rank, reach) {
            for rate in near(&rates, rank, reach) {
                let lines = [*target, *actual, *rate];
                if let Some((score, proof)) = score(series, lines, columns) {
                    scored.push((score, proof, lines));
                }
            }
        }
    }
    scored.sort_by_key(|(score, _, lines)| (std::cmp::Reverse(*score), *lines));
    let rivals = rivals(&scored);
    let mut used = vec![false; series.len()];
    let mut triples = Vec::new();
    for (_, proof, lines) in scored {
        if lines
            .iter()
            .any(|at| used.get(*at).copied().unwrap_or(true))
        {
            continue;
        }
        for at in lines {
            if let Some(used) = used.get_mut(at) {
                *used = true;
            }
        }
        let [target, actual, rate] = lines.map(Some);
        triples.push(triple(
            series,
            target,
            actual,
            rate,
            proof >= 4 && is_unrivalled(lines, &rivals),
        ));
    }
    let left = |lines: &[usize]| -> Vec<usize> {
        lines
            .iter()
            .copied()
            .filter(|at| !used.get(*at).copied().unwrap_or(true))
            .collect()
    };
    incomplete(
        series,
        [left(&targets), left(&actuals), left(&rates)],
        &mut triples,
    );
    triples.sort_by_key(|triple| triple.order);
    triples
}

/// Two lines of a three, by the place of the third.
type Pair = (usize, usize, usize);

fn pairs([target, actual, rate]: [usize; 3]) -> [Pair; 3] {
    [(0, actual, rate), (1, target, rate), (2, target, actual)]
}

/// For two lines of each three that its rates prove, how many third lines they prove.
fn rivals(scored: &[(i32, i32, [usize; 3])]) -> HashMap<Pair, usize> {
    let mut rivals = HashMap::new();
    for (_, _, lines) in scored.iter().filter(|(_, proof, _)| *proof >= 4) {
        for pair in pairs(*lines) {
            *rivals.entry(pair).or_default() += 1;
        }
    }
    rivals
}

/// Is each of the three the only line that the rates allow beside the other two?
fn is_unrivalled(lines: [usize; 3], rivals: &HashMap<Pair, usize>) -> bool {
    pairs(lines).iter().all(|pair| rivals.get(pair) == Some(&1))
}

fn near(lines: &[usize], rank: usize, reach: usize) -> &[usize] {
    let from = rank.saturating_sub(reach).min(lines.len());
    let to = (rank + reach).min(lines.len());
    lines.get(from..to).unwrap_or(&[])
}

fn triple(
    series: &[Series],
    target: Option<usize>,
    actual: Option<usize>,
    rate: Option<usize>,
    proven: bool,
) -> Triple {
    let lines = [target, actual, rate].into_iter().flatten();
    let order = lines
        .filter_map(|at| series.get(at))
        .map(|line| line.order)
        .min();
    Triple {
        target,
        actual,
        rate,
        order: order.unwrap_or(0),
        proven,
    }
}

fn score(series: &[Series], lines: [usize; 3], columns: &Columns) -> Option<(i32, i32)> {
    let [target, actual, rate] = lines.map(|at| series.get(at));
    Some(weight(target?, actual?, rate?, columns.known))
}

/// How well three lines go together, and the part of it that the rates prove.
pub(super) fn weight(target: &Series, actual: &Series, rate: &Series, known: usize) -> (i32, i32) {
    let proof = agreement(target, actual, rate, known);
    let units = match (&target.unit, &actual.unit) {
        (Some(a), Some(b)) if a.value() == b.value() => 6,
        (Some(_), Some(_)) => -20,
        _ => 0,
    };
    let first = target.order.min(actual.order).min(rate.order);
    let last = target.order.max(actual.order).max(rate.order);
    let spread = i32::try_from((last - first).min(40)).unwrap_or(40) / 3;
    (proof * 10 + units - spread, proof)
}

/// Lines of indicators that lack one of the three, in text order.
fn incomplete(series: &[Series], left: [Vec<usize>; 3], triples: &mut Vec<Triple>) {
    let [targets, actuals, rates] = left;
    let kinds = [&targets, &actuals, &rates];
    let count = kinds.iter().map(|lines| lines.len()).max().unwrap_or(0);
    // Where one kind has several lines and another fewer, none can be told from the others.
    let exact = kinds
        .iter()
        .all(|lines| lines.is_empty() || lines.len() == count);
    for at in 0..count {
        let line = |lines: &[usize]| lines.get(at).copied().filter(|_| exact);
        let parts = [line(&targets), line(&actuals), line(&rates)];
        if parts.iter().any(Option::is_some) {
            triples.push(triple(series, parts[0], parts[1], parts[2], false));
        }
    }
}

/// The triple of every slot: the one whose line stands right behind the name; the others in the
/// order in which those stand.
pub(super) fn owners(slots: &[Slot], triples: &[Triple], series: &[Series]) -> Vec<Option<usize>> {
    let mut owners: Vec<Option<usize>> = vec![None; slots.len()];
    let mut taken = vec![false; triples.len()];
    let mut by_line: HashMap<usize, usize> = HashMap::new();
    for (index, triple) in triples.iter().enumerate() {
        for line in [triple.target, triple.actual, triple.rate]
            .into_iter()
            .flatten()
        {
            by_line.insert(line, index);
        }
    }
    for (_, slot, triple) in claims(slots, series, &by_line) {
        if let Some(owner) = owners.get_mut(slot).filter(|owner| owner.is_none())
            && let Some(taken) = taken.get_mut(triple).filter(|taken| !**taken)
        {
            *taken = true;
            *owner = Some(triple);
        }
    }
    let ascending = is_ascending(&owners);
    let mut rest: Vec<usize> = (0..triples.len())
        .filter(|at| !taken.get(*at).copied().unwrap_or(true))
        .collect();
    if !ascending {
        rest.reverse();
    }
    let open: Vec<&mut Option<usize>> = owners.iter_mut().filter(|o| o.is_none()).collect();
    if open.len() == rest.len() {
        for (owner, triple) in open.into_iter().zip(rest) {
            *owner = Some(triple);
        }
    }
    owners
}

/// What speaks for a slot and a triple, the strongest first: the line right behind the name, and
/// the first targets behind it.
fn claims(
    slots: &[Slot],
    series: &[Series],
    by_line: &HashMap<usize, usize>,
) -> Vec<(u32, usize, usize)> {
    let mut claims = Vec::new();
    for (index, slot) in slots.iter().enumerate() {
        let triple = |line: Option<usize>| by_line.get(&line?).copied();
        let kind = |line: Option<usize>| series.get(line?)?.kind;
        let beside = triple(slot.anchor);
        let targets = triple(slot.target);
        let is_target = kind(slot.anchor) == Some(Kind::Target);
        match (beside, targets) {
            (Some(a), Some(b)) if a == b => claims.push((if is_target { 4 } else { 5 }, index, a)),
            (beside, targets) => {
                claims.extend(targets.map(|triple| (3, index, triple)));
                claims.extend(beside.map(|triple| (2, index, triple)));
            }
        }
    }
    claims.sort_by_key(|(strength, slot, _)| (std::cmp::Reverse(*strength), *slot));
    claims
}

/// Do the triples of the settled slots stand in the order of the slots?
fn is_ascending(owners: &[Option<usize>]) -> bool {
    let settled: Vec<usize> = owners.iter().copied().flatten().collect();
    let falling = settled.windows(2).filter(|pair| pair[1] < pair[0]).count();
    falling * 2 <= settled.len().saturating_sub(1)
}
