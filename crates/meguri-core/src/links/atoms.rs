//! Keys that are joined to groups, with the decisions of persons over the rules.

use super::{Decision, Doubt, Facts, Group, Kind, Place, Side, Why};
use std::collections::{BTreeMap, BTreeSet};

/// A key with where it stands.
struct Atom {
    key: String,
    /// As printed at the first place.
    name: String,
    places: Vec<Place>,
    /// The names with the time of their sheet.
    names: Vec<((u16, usize), String)>,
    parent: usize,
}

/// All keys of one kind.
pub(super) struct Atoms {
    kind: Kind,
    atoms: Vec<Atom>,
    index: BTreeMap<String, usize>,
    /// Keys that persons told apart.
    apart: Vec<(usize, usize)>,
}

impl Atoms {
    pub(super) const fn new(kind: Kind) -> Self {
        Self {
            kind,
            atoms: Vec::new(),
            index: BTreeMap::new(),
            apart: Vec::new(),
        }
    }

    /// Adds a place to a key; the number of the key, and whether it is new.
    pub(super) fn add(
        &mut self,
        facts: &Facts,
        key: String,
        name: &str,
        place: Place,
    ) -> (usize, bool) {
        let number = self.atoms.len();
        let at = *self.index.entry(key.clone()).or_insert(number);
        if at == number {
            let (places, names) = (Vec::new(), Vec::new());
            self.atoms.push(Atom {
                key,
                name: name.to_owned(),
                places,
                names,
                parent: at,
            });
        }
        if let Some(atom) = self.atoms.get_mut(at) {
            atom.places.push(place);
            let last = atom.names.last().map(|(_, name)| name.as_str());
            if !name.is_empty() && last != Some(name) {
                atom.names.push((facts.time(place.sheet), name.to_owned()));
            }
        }
        (at, at == number)
    }

    pub(super) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// The number of a key.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.index.get(key).copied()
    }

    /// The key that stands for the group of a key.
    pub(super) fn root(&self, mut at: usize) -> usize {
        while let Some(atom) = self.atoms.get(at)
            && atom.parent != at
        {
            at = atom.parent;
        }
        at
    }

    /// Takes the decisions of persons; to be called before any rule joins.
    pub(super) fn decide(&mut self, decisions: &[&Decision]) {
        let mut last: BTreeMap<(usize, usize), bool> = BTreeMap::new();
        for decision in decisions {
            if let (Some(one), Some(other)) = (self.find(&decision.one), self.find(&decision.other))
            {
                last.insert((one.min(other), one.max(other)), decision.same);
            }
        }
        self.apart = last
            .iter()
            .filter(|(_, same)| !**same)
            .map(|(pair, _)| *pair)
            .collect();
        for ((one, other), _) in last.into_iter().filter(|(_, same)| *same) {
            self.join(one, other);
        }
    }

    /// Were two groups told apart by a person?
    pub(super) fn are_apart(&self, one: usize, other: usize) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        self.apart.iter().any(|(a, b)| {
            let (a, b) = (self.root(*a), self.root(*b));
            (a, b) == (one, other) || (b, a) == (one, other)
        })
    }

    /// Joins two groups, unless a person told them apart.
    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other || self.are_apart(one, other) {
            return;
        }
        let (first, second) = (one.min(other), one.max(other));
        if let Some(atom) = self.atoms.get_mut(second) {
            atom.parent = first;
        }
    }

    /// The different groups among some keys, each by the first of its keys among them.
    pub(super) fn distinct(&self, keys: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let mut seen = BTreeSet::new();
        keys.into_iter()
            .filter(|key| seen.insert(self.root(*key)))
            .collect()
    }

    /// The doubt about two keys; `None` where they are joined or told apart already.
    pub(super) fn doubt(&self, one: usize, other: usize, why: Why) -> Option<Doubt> {
        if self.root(one) == self.root(other) || self.are_apart(one, other) {
            return None;
        }
        let side = |at: usize| {
            let atom = self.atoms.get(at)?;
            let (key, name) = (atom.key.clone(), atom.name.clone());
            Some(Side {
                key,
                name,
                place: *atom.places.first()?,
            })
        };
        Some(Doubt {
            kind: self.kind,
            one: side(one)?,
            other: side(other)?,
            why,
        })
    }

    /// The doubts that are still open once every rule has joined what it can.
    pub(super) fn open(&self, doubts: Vec<(usize, usize, Why)>) -> Vec<Doubt> {
        let mut seen = BTreeSet::new();
        let pair = |one: usize, other: usize| {
            let (one, other) = (self.root(one), self.root(other));
            (one.min(other), one.max(other))
        };
        let first = doubts
            .into_iter()
            .filter(|(one, other, _)| seen.insert(pair(*one, *other)));
        first
            .filter_map(|(one, other, why)| self.doubt(one, other, why))
            .collect()
    }

    /// The groups, in the order in which they first came.
    pub(super) fn into_groups(self) -> Vec<Group> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.atoms.len() {
            members.entry(self.root(at)).or_default().push(at);
        }
        members
            .values()
            .map(|members| self.group(members))
            .collect()
    }

    fn group(&self, members: &[usize]) -> Group {
        let atoms = || members.iter().filter_map(|at| self.atoms.get(*at));
        let mut keys: Vec<String> = atoms().map(|atom| atom.key.clone()).collect();
        keys.sort();
        let mut places: Vec<Place> = atoms().flat_map(|atom| atom.places.clone()).collect();
        places.sort();
        places.dedup();
        let mut named: Vec<_> = atoms().flat_map(|atom| atom.names.clone()).collect();
        named.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
        let mut seen = BTreeSet::new();
        let names = named.into_iter().map(|(_, name)| name);
        let names = names.filter(|name| seen.insert(name.clone())).collect();
        Group {
            keys,
            names,
            places,
        }
    }
}
