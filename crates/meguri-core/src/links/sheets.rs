//! Sheets: the same theme or item over years, in the evaluation of a plan, and shown again.

use super::atoms::Atoms;
use super::names::Shape;
use super::{Decision, Facts, Kind, Links, NodeFact, Place, Relisting, SheetFact, Why};
use crate::text::{name_key, spelling_key};
use std::collections::{BTreeMap, BTreeSet};

/// From this likeness on, two names under one number may be one.
const ALIKE: usize = 60;
/// A name shorter than this many characters may stand for many things in different plans.
const NAME_LEAST: usize = 6;

/// What is known of a key.
struct Known<'a> {
    plan: &'a str,
    group: &'a str,
    level: &'a str,
    /// The numbers of the node and of those above it.
    numbers: Vec<String>,
    name: String,
    documents: BTreeSet<usize>,
}

impl Known<'_> {
    fn number(&self) -> Option<&str> {
        self.numbers
            .last()
            .map(String::as_str)
            .filter(|number| !number.is_empty())
    }
}

/// Joins the sheets of all documents.
pub(super) fn link(facts: &Facts, decisions: &[&Decision], links: &mut Links) {
    let mut atoms = Atoms::new(Kind::Sheet);
    let mut known: Vec<Known<'_>> = Vec::new();
    let mut keys: Vec<Option<usize>> = Vec::new();
    for (place, sheet) in facts.sheets.iter().enumerate() {
        let Some((key, about)) = known_of(facts, sheet) else {
            keys.push(None);
            continue;
        };
        let place = Place {
            sheet: place,
            item: None,
        };
        let (at, is_new) = atoms.add(facts, key, &name_of(sheet), place);
        known.extend(is_new.then_some(about));
        keys.push(Some(at));
        if let Some(known) = known.get_mut(at) {
            known.documents.insert(sheet.document);
        }
    }
    atoms.decide(decisions);
    links
        .relistings
        .extend(join_relisted(facts, &mut atoms, &keys));
    let mut doubts = Vec::new();
    join_names(&mut atoms, &known, &mut doubts);
    propose_renamed(&atoms, &known, &mut doubts);
    links.doubts.extend(atoms.open(doubts));
    links.sheets.extend(atoms.into_groups());
}

fn name_of(sheet: &SheetFact) -> String {
    let name = sheet.path.last().and_then(|node| node.name.clone());
    name.unwrap_or_else(|| sheet.label.clone())
}

fn known_of<'a>(facts: &'a Facts, sheet: &'a SheetFact) -> Option<(String, Known<'a>)> {
    let document = facts.documents.get(sheet.document)?;
    let number = |node: &NodeFact| node.number.as_deref().map_or(String::new(), name_key);
    let numbers: Vec<String> = sheet.path.iter().map(number).collect();
    let level = sheet.path.last().map_or("", |node| node.level.as_str());
    let name = match sheet.path.last() {
        Some(node) => node.name.as_deref().map_or(String::new(), name_key),
        None => name_key(&sheet.label),
    };
    let plan = document.plan.as_str();
    let key = format!("sheet {plan} {level} {} {name}", numbers.join("/"));
    let name = spelling_key(&name);
    let group = document.plan_group.as_str();
    let documents = BTreeSet::new();
    Some((
        key,
        Known {
            plan,
            group,
            level,
            numbers,
            name,
            documents,
        },
    ))
}

/// A sheet that repeats another of its document by number is the same thing shown again.
fn join_relisted(facts: &Facts, atoms: &mut Atoms, keys: &[Option<usize>]) -> Vec<Relisting> {
    let own = |sheet: &SheetFact| {
        let node = sheet.path.last()?;
        Some((
            sheet.document,
            node.level.clone(),
            name_key(node.number.as_deref()?),
        ))
    };
    let mut numbered = BTreeMap::new();
    for (place, sheet) in facts.sheets.iter().enumerate() {
        if let Some(number) = own(sheet) {
            numbered.entry(number).or_insert(place);
        }
    }
    let mut relistings = Vec::new();
    for (place, sheet) in facts.sheets.iter().enumerate() {
        let level = sheet.path.last().map(|node| node.level.clone());
        let Some((number, level)) = sheet.relisted_from.zip(level) else {
            continue;
        };
        let original = numbered
            .get(&(sheet.document, level, number.to_string()))
            .copied();
        let Some(original) = original.filter(|original| *original != place) else {
            continue;
        };
        let of = |at: usize| keys.get(at).copied().flatten();
        if let (Some(one), Some(other)) = (of(original), of(place)) {
            atoms.join(one, other);
        }
        let at = |sheet| Place { sheet, item: None };
        relistings.push(Relisting {
            from: at(place),
            original: at(original),
        });
    }
    relistings
}

/// One name is one thing within a plan over the years, and between a plan and its evaluation.
fn join_names(atoms: &mut Atoms, known: &[Known<'_>], doubts: &mut Vec<(usize, usize, Why)>) {
    let mut by_name: BTreeMap<&str, BTreeMap<(&str, &str), Vec<usize>>> = BTreeMap::new();
    for (at, about) in known
        .iter()
        .enumerate()
        .filter(|(_, about)| !about.name.is_empty())
    {
        let of_plan = by_name.entry(&about.name).or_default();
        of_plan
            .entry((about.plan, about.level))
            .or_default()
            .push(at);
    }
    for plans in by_name.into_values() {
        let mut single: Vec<usize> = Vec::new();
        for keys in plans.into_values() {
            let distinct = atoms.distinct(keys.iter().copied());
            if stand_apart(known, &distinct) {
                distinct
                    .iter()
                    .skip(1)
                    .for_each(|at| atoms.join(distinct[0], *at));
            }
            if let [only] = atoms.distinct(keys).as_slice() {
                single.push(*only);
            }
        }
        for (place, &other) in single.iter().enumerate() {
            for &one in &single[..place] {
                match between_plans(&known[one], &known[other]) {
                    None => atoms.join(one, other),
                    Some(true) => doubts.push((one, other, Why::SameNameElsewhere)),
                    Some(false) => {}
                }
            }
        }
    }
}

/// Does no document hold two of them?
fn stand_apart(known: &[Known<'_>], keys: &[usize]) -> bool {
    let mut seen = BTreeSet::new();
    keys.iter()
        .flat_map(|at| &known[*at].documents)
        .all(|document| seen.insert(*document))
}

/// One name in two plans: `None` = one thing, else whether a person should be asked.
fn between_plans(one: &Known<'_>, other: &Known<'_>) -> Option<bool> {
    let numbers_differ = matches!((one.number(), other.number()), (Some(a), Some(b)) if a != b);
    if one.group == other.group && !numbers_differ {
        return None;
    }
    Some(one.name.chars().count() >= NAME_LEAST)
}

/// One number in one plan or its evaluation, and names that are much the same.
fn propose_renamed(atoms: &Atoms, known: &[Known<'_>], doubts: &mut Vec<(usize, usize, Why)>) {
    let mut by_number: BTreeMap<(&str, &str, String), Vec<usize>> = BTreeMap::new();
    for (at, about) in known
        .iter()
        .enumerate()
        .filter(|(_, about)| about.number().is_some())
    {
        let key = (about.group, about.level, about.numbers.join("/"));
        by_number.entry(key).or_default().push(at);
    }
    for keys in by_number.into_values() {
        for (one, other) in keys.iter().zip(keys.iter().skip(1)) {
            let (a, b) = (&known[*one], &known[*other]);
            let (one_name, other_name) = (Shape::new(&a.name), Shape::new(&b.name));
            let alike = one_name.likeness(&other_name) >= ALIKE || one_name.is_within(&other_name);
            if atoms.root(*one) != atoms.root(*other)
                && a.documents.is_disjoint(&b.documents)
                && alike
            {
                doubts.push((*one, *other, Why::SameNumberOtherName));
            }
        }
    }
}
