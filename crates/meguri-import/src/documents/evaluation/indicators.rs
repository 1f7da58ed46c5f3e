//! 成果指標: the lines of 目標, 実績 and 達成率, put together and given to their indicators. The printed
//! rate is the check that settles which line belongs to which.

mod line;
mod names;
mod place;
mod rate;
mod solve;
mod tails;
mod years;

use super::EvaluationIndicator;
use super::pages::Page;
use crate::printed::{ByYear, Cell, Unresolved};
use line::{Kind, Series};
pub(super) use line::{LABELS, is_figures, is_labelled};
use meguri_core::fiscal_year::FiscalYear;
use names::{Found, Slot};
use solve::Triple;
use std::collections::HashMap;
pub(super) use years::{Columns, columns};

/// The indicators of a sheet, and what could not be settled.
pub(super) fn read(
    pages: &[Page<'_>],
    texts: &[Cell<String>],
    columns: &Columns,
    place: &str,
) -> (Vec<EvaluationIndicator>, Vec<Unresolved>) {
    let mut found = names::collect(pages, texts, columns);
    tails::join(&mut found.series, columns);
    let triples = solve::triples(&found.series, columns);
    let owners = solve::owners(&found.slots, &triples, &found.series);
    give_measuring(&mut found, &triples, &owners);
    let mut unresolved = Vec::new();
    let mut indicators = Vec::new();
    for (slot, owner) in found.slots.iter().zip(&owners) {
        let triple = owner.and_then(|at| triples.get(at));
        indicators.push(indicator(slot, triple, &found.series, columns));
        if let Some(triple) = triple {
            unresolved.extend(open_lines(slot, triple, &found.series, columns, place));
        }
        match triple {
            None => unresolved.push(no_lines(slot, place)),
            Some(triple) if !triple.proven => {
                unresolved.extend(torn_lines(slot, triple, &found.series, place));
            }
            Some(_) => {}
        }
    }
    lone_lines(&found.series, &triples, &owners, place, &mut unresolved);
    share_units(&mut indicators);
    names::add_notes(&found.notes, &mut indicators, place, &mut unresolved);
    (indicators, unresolved)
}

fn indicator(
    slot: &Slot,
    triple: Option<&Triple>,
    series: &[Series],
    columns: &Columns,
) -> EvaluationIndicator {
    let line = |kind: Kind| {
        triple
            .and_then(|t| t.line(kind))
            .and_then(|at| series.get(at))
    };
    let proven = triple.is_some_and(|t| t.proven);
    let placed = triple.map(|triple| place::place(triple, series, columns));
    let value = |kind: Kind, column: usize| {
        let line = line(kind).filter(|line| proven || !line.torn)?;
        let (at, by_rate) = placed.as_ref()?.at(kind, column)?;
        let mut cell = line.values.get(at).cloned()?;
        if proven && by_rate {
            cell = Cell::proven(cell.value().clone(), cell.line());
        } else if at != column {
            cell = Cell::layout(cell.value().clone(), cell.line());
        }
        Some(cell)
    };
    let by_year = |kind: Kind, years: &[FiscalYear]| {
        let pairs = years.iter().enumerate();
        ByYear(
            pairs
                .map(|(at, year)| (*year, value(kind, at + 1)))
                .collect(),
        )
    };
    let known = columns.years.get(..columns.known).unwrap_or(&columns.years);
    let unit = [Kind::Target, Kind::Actual]
        .into_iter()
        .find_map(|kind| line(kind)?.unit.clone());
    EvaluationIndicator {
        no: slot.no.clone(),
        name: slot.name.clone(),
        sub: slot.sub.clone(),
        unit,
        baseline: value(Kind::Actual, 0),
        target: by_year(Kind::Target, &columns.years),
        actual: by_year(Kind::Actual, known),
        rate: by_year(Kind::Rate, known),
        notes: slot.notes.clone(),
    }
}

/// Gives years of measuring to the indicator whose targets stand before them.
fn give_measuring(found: &mut Found, triples: &[Triple], owners: &[Option<usize>]) {
    let slots: HashMap<usize, usize> = owners
        .iter()
        .enumerate()
        .filter_map(|(slot, triple)| {
            let triple = triples.get((*triple)?)?;
            Some((triple.line(Kind::Target)?, slot))
        })
        .collect();
    for (label, target) in std::mem::take(&mut found.measuring) {
        let slot = target.and_then(|line| slots.get(&line).copied());
        if let Some(slot) = slot.and_then(|at| found.slots.get_mut(at)) {
            slot.notes.push(label);
        }
    }
}

/// One unit may stand for several series of one indicator.
fn share_units(indicators: &mut [EvaluationIndicator]) {
    for at in 0..indicators.len() {
        let Some(one) = indicators.get(at).filter(|one| one.unit.is_none()) else {
            continue;
        };
        let number = one.no.as_ref().map(|no| *no.value());
        let same = |other: &&EvaluationIndicator| {
            other.no.as_ref().map(|no| *no.value()) == number && other.unit.is_some()
        };
        let near = indicators.get(at.saturating_sub(4)..).unwrap_or(&[]);
        let unit = near
            .iter()
            .take(9)
            .find(same)
            .and_then(|other| other.unit.clone());
        if let (Some(unit), Some(one)) = (unit, indicators.get_mut(at)) {
            one.unit = Some(Cell::layout(unit.value().clone(), unit.line()));
        }
    }
}

fn no_lines(slot: &Slot, place: &str) -> Unresolved {
    let number = slot.no.as_ref().map_or(0, |no| *no.value());
    Unresolved {
        place: format!("{place} indicator {number}"),
        field: "target".to_owned(),
        candidates: Vec::new(),
        why: "指標の目標・実績・達成率の行を特定できません。".to_owned(),
        line: slot.line,
    }
}

/// Lines with fewer values than columns whose rates do not tell which column has lost its value.
fn open_lines(
    slot: &Slot,
    triple: &Triple,
    series: &[Series],
    columns: &Columns,
    place: &str,
) -> Vec<Unresolved> {
    let number = slot.no.as_ref().map_or(0, |no| *no.value());
    let placed = place::place(triple, series, columns);
    let fields = [
        (Kind::Target, "target"),
        (Kind::Actual, "actual"),
        (Kind::Rate, "rate"),
    ];
    let open = fields.into_iter().filter(|(kind, _)| placed.is_open(*kind));
    let lines = open.filter_map(|(kind, field)| Some((series.get(triple.line(kind)?)?, field)));
    let entry = |(line, field): (&Series, &str)| Unresolved {
        place: format!("{place} indicator {number}"),
        field: field.to_owned(),
        candidates: vec![line.text()],
        why: "値の数が列の数より少なく、どの年度の値か達成率からも決められません。".to_owned(),
        line: line.number,
    };
    lines.map(entry).collect()
}

/// Lines with a figure in two pieces that no rate proves to be one.
fn torn_lines<'a>(
    slot: &'a Slot,
    triple: &'a Triple,
    series: &'a [Series],
    place: &'a str,
) -> impl Iterator<Item = Unresolved> + 'a {
    let number = slot.no.as_ref().map_or(0, |no| *no.value());
    let fields = [
        (Kind::Target, "target"),
        (Kind::Actual, "actual"),
        (Kind::Rate, "rate"),
    ];
    fields.into_iter().filter_map(move |(kind, field)| {
        let line = series.get(triple.line(kind)?).filter(|line| line.torn)?;
        Some(Unresolved {
            place: format!("{place} indicator {number}"),
            field: field.to_owned(),
            candidates: vec![line.text()],
            why: "数字が途中で切れて印字され、1つの値かどうか達成率から確かめられません。"
                .to_owned(),
            line: line.number,
        })
    })
}

/// Lines that no indicator took.
fn lone_lines(
    series: &[Series],
    triples: &[Triple],
    owners: &[Option<usize>],
    place: &str,
    unresolved: &mut Vec<Unresolved>,
) {
    let mut used = vec![false; series.len()];
    for triple in owners.iter().flatten().filter_map(|at| triples.get(*at)) {
        for kind in [Kind::Target, Kind::Actual, Kind::Rate] {
            if let Some(used) = triple.line(kind).and_then(|at| used.get_mut(at)) {
                *used = true;
            }
        }
    }
    for (line, _) in series
        .iter()
        .zip(used)
        .filter(|(line, used)| !used && line.is_open())
    {
        unresolved.push(Unresolved {
            place: place.to_owned(),
            field: "indicators".to_owned(),
            candidates: vec![line.text()],
            why: "どの指標の値か特定できません。".to_owned(),
            line: line.number,
        });
    }
}
