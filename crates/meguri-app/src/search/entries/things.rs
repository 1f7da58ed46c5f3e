//! Projects, indicators and sections: what names them, and by what they are filtered.

use super::{DISCOUNT, INDICATOR, PROJECT, SECTION, calendar, direction, figures, plan_of};
use crate::read::whole::each_once;
use crate::read::{Library, Stand, Thing, urls};
use meguri_core::links::Kind;
use meguri_core::source::Sourced;
use meguri_search::{Entry, Plan};
use std::collections::{BTreeMap, BTreeSet};

/// All of them.
pub(super) fn all(library: &Library) -> impl Iterator<Item = Entry> {
    let of = |kind: Kind| library.linked().all(kind).map(move |thing| (kind, thing));
    let all = [Kind::Section, Kind::Project, Kind::Indicator]
        .into_iter()
        .flat_map(of);
    all.map(|(kind, thing)| match kind {
        Kind::Project => project(library, thing),
        Kind::Indicator => indicator(library, thing),
        _ => section(library, thing),
    })
}

/// What all kinds have: names, plans and years.
fn named(library: &Library, thing: &Thing) -> Entry {
    let stands = || library.stands(thing);
    let plans: BTreeMap<&str, Plan> = stands()
        .map(|stand| (stand.entry.key.as_str(), plan_of(stand.entry)))
        .collect();
    let years: BTreeSet<_> = stands().filter_map(|stand| stand.sheet.year).collect();
    Entry {
        title: thing.name().to_owned(),
        names: thing.names.iter().skip(1).cloned().collect(),
        plans: plans.into_values().collect(),
        years: calendar(years),
        ..Entry::default()
    }
}

/// Its money is that of the latest year that tells it, its state the latest direction.
fn project(library: &Library, thing: &Thing) -> Entry {
    let entry = named(library, thing);
    let rows = || library.stands(thing).filter_map(|stand| stand.listing());
    let mut budgets: Vec<Vec<(&str, String)>> = Vec::new();
    for budget in rows().map(figures::of_budget) {
        if !budget.is_empty() && !budgets.contains(&budget) {
            budgets.push(budget);
        }
    }
    let mut years: BTreeSet<u16> = entry.years.iter().copied().collect();
    years.extend(calendar(
        rows().flat_map(|row| &row.costs).map(|cost| cost.year),
    ));
    let steps = rows().filter(|row| !row.next_steps.is_empty()).last();
    let steps = steps.into_iter().flat_map(|row| &row.next_steps);
    Entry {
        address: urls::project(thing.id),
        kind: PROJECT.to_owned(),
        lines: budgets
            .iter()
            .map(|budget| figures::budget_line(budget))
            .collect(),
        years: years.into_iter().collect(),
        sections: sections(library, thing, of_row),
        states: each_once(steps.map(|(_, step)| direction(&step.value))),
        yen: thing.cost(None).map(|(_, money)| money.yen),
        discount: DISCOUNT,
        ..entry
    }
}

fn indicator(library: &Library, thing: &Thing) -> Entry {
    Entry {
        address: urls::indicator(thing.id),
        kind: INDICATOR.to_owned(),
        sections: sections(library, thing, |stand| &stand.sheet.sections),
        discount: DISCOUNT,
        ..named(library, thing)
    }
}

/// A section answers to all its names, those of the city's list too.
fn section(library: &Library, thing: &Thing) -> Entry {
    let entry = named(library, thing);
    let listed = library.linked().registered(thing.id).into_iter().rev();
    let listed = listed.map(|section| section.name.clone());
    let names = each_once(
        entry
            .names
            .iter()
            .cloned()
            .chain(listed)
            .filter(|name| *name != entry.title),
    );
    let sections = each_once(std::iter::once(entry.title.clone()).chain(names.iter().cloned()));
    let address = urls::section(thing.id);
    Entry {
        address,
        kind: SECTION.to_owned(),
        names,
        sections,
        ..entry
    }
}

/// The sections of a row; one that names none is its sheet's.
fn of_row<'a>(stand: &Stand<'a>) -> &'a [Sourced<String>] {
    match stand.listing() {
        Some(listing) if !listing.sections.is_empty() => &listing.sections,
        _ => &stand.sheet.sections,
    }
}

/// The names of the sections at all places of a thing, the latest first.
fn sections<'a>(
    library: &'a Library,
    thing: &'a Thing,
    of: impl Fn(&Stand<'a>) -> &'a [Sourced<String>],
) -> Vec<String> {
    let stands: Vec<Stand<'a>> = library.stands(thing).collect();
    let names = stands.iter().rev().flat_map(of);
    each_once(names.map(|name| name.value.clone()))
}
