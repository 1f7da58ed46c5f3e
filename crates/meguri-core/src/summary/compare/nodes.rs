//! Nodes of two trees: the same, renamed, renumbered, new or gone.

use crate::plan::{NodeId, Plan};
use crate::summary::parent;
use crate::text::name_key;
use std::collections::{HashMap, HashSet};

/// What happened to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// It is in both, under one number and name.
    Same,
    /// Its number and place stayed, its name did not.
    Renamed,
    /// Its name stayed, its number or place did not.
    Moved,
    /// It is only in the later one.
    New,
    /// It is only in the earlier one.
    Gone,
}

impl NodeKind {
    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Same => "継続",
            Self::Renamed => "名称変更",
            Self::Moved => "番号・位置の変更",
            Self::New => "新規",
            Self::Gone => "終了",
        }
    }
}

/// One node with its counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeChange {
    /// What happened.
    pub kind: NodeKind,
    /// In the earlier tree.
    pub before: Option<NodeId>,
    /// In the later tree.
    pub after: Option<NodeId>,
}

/// Numbers and names from the top down to a node, as one text; empty where it has none.
type Key = String;

/// What nodes of a tree are recognised by in another one.
#[derive(Debug)]
pub struct NodeKeys {
    /// Level, number and name, from the top.
    full: Vec<Key>,
    /// Level and own name; empty without a name.
    name: Vec<Key>,
    /// Levels and numbers from the top; empty without an own number.
    number: Vec<Key>,
}

/// Between the parts of a key. Names have none in their keys ([`name_key`]).
const PART: char = ' ';

/// All nodes of both trees: first those of the later one in its order, then what is gone.
#[must_use]
pub fn node_changes(before: &Plan, after: &Plan) -> Vec<NodeChange> {
    if std::ptr::eq(before, after) {
        let same = |place| NodeChange {
            kind: NodeKind::Same,
            before: Some(NodeId(place)),
            after: Some(NodeId(place)),
        };
        return (0..after.nodes.len()).map(same).collect();
    }
    let (old, new) = (NodeKeys::of(before), NodeKeys::of(after));
    let pairs: HashMap<usize, (usize, NodeKind)> = node_pairs(&old, &new).collect();
    let taken: HashSet<usize> = pairs.values().map(|(other, _)| *other).collect();
    let later = (0..after.nodes.len()).map(|place| match pairs.get(&place) {
        Some((other, kind)) => NodeChange {
            kind: *kind,
            before: Some(NodeId(*other)),
            after: Some(NodeId(place)),
        },
        None => NodeChange {
            kind: NodeKind::New,
            before: None,
            after: Some(NodeId(place)),
        },
    });
    let gone = (0..before.nodes.len()).filter(|place| !taken.contains(place));
    let gone = gone.map(|place| NodeChange {
        kind: NodeKind::Gone,
        before: Some(NodeId(place)),
        after: None,
    });
    later.chain(gone).collect()
}

/// The nodes that are in both trees: the place in the later one, with the place in the earlier one
/// and what happened. The pairs are the same, whichever tree is called the earlier one.
pub fn node_pairs(
    before: &NodeKeys,
    after: &NodeKeys,
) -> impl Iterator<Item = (usize, (usize, NodeKind))> {
    let mut there = vec![false; before.full.len()];
    let mut here = vec![false; after.full.len()];
    let mut pairs = Vec::new();
    let steps = [
        (&before.full, &after.full, NodeKind::Same),
        (&before.name, &after.name, NodeKind::Moved),
        (&before.number, &after.number, NodeKind::Renamed),
    ];
    for (old, new, kind) in steps {
        let known = unique(old, &there);
        let found = unique(new, &here).into_iter();
        let found: Vec<(usize, usize)> = found
            .filter_map(|(key, place)| Some((place, *known.get(key)?)))
            .collect();
        for (place, other) in found {
            pairs.push((place, (other, kind)));
            (here[place], there[other]) = (true, true);
        }
    }
    pairs.into_iter()
}

/// The keys that exactly one open node has; two of a kind cannot be told apart.
fn unique<'a>(keys: &'a [Key], closed: &[bool]) -> HashMap<&'a str, usize> {
    let mut places: HashMap<&str, Option<usize>> = HashMap::new();
    for (place, key) in keys.iter().enumerate() {
        if !key.is_empty() && !closed[place] {
            places
                .entry(key)
                .and_modify(|place| *place = None)
                .or_insert(Some(place));
        }
    }
    places
        .into_iter()
        .filter_map(|(key, place)| Some((key, place?)))
        .collect()
}

impl NodeKeys {
    /// The keys of all nodes of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let mut keys = Self {
            full: Vec::new(),
            name: Vec::new(),
            number: Vec::new(),
        };
        // The ways of all nodes: a parent stands before its children.
        let mut ways: Vec<Key> = Vec::new();
        for (place, node) in plan.nodes.iter().enumerate() {
            let (number, name) = (text(node.number.as_ref()), text(node.name.as_ref()));
            let own = if number.is_empty() { &name } else { &number };
            let above = parent(plan, NodeId(place)).and_then(|parent| ways.get(parent.0));
            let above = above.map_or("", String::as_str);
            let way = format!("{above}{PART}{}:{own}", node.level);
            keys.full.push(format!("{way}{PART}{name}"));
            let named = !name.is_empty();
            let by_name = || format!("{}{PART}{name}", node.level);
            keys.name.push(if named { by_name() } else { Key::new() });
            keys.number.push(if node.number.is_some() {
                way.clone()
            } else {
                Key::new()
            });
            ways.push(way);
        }
        keys
    }
}

fn text(value: Option<&crate::source::Sourced<String>>) -> String {
    value.map_or_else(String::new, |value| name_key(&value.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanNode;
    use crate::source::{Settled, Sourced};

    fn plan(nodes: &[(&str, &str, Option<usize>)]) -> Plan {
        let sourced = |text: &str| {
            let value = text.to_owned();
            (!text.is_empty()).then_some(Sourced {
                value,
                line: 1,
                settled: Settled::Printed,
            })
        };
        let nodes = nodes.iter().map(|(number, name, parent)| PlanNode {
            level: "level".to_owned(),
            number: sourced(number),
            name: sourced(name),
            parent: parent.map(NodeId),
            programme: None,
        });
        Plan {
            nodes: nodes.collect(),
            ..Plan::default()
        }
    }

    fn kinds(
        before: &[(&str, &str, Option<usize>)],
        after: &[(&str, &str, Option<usize>)],
    ) -> Vec<&'static str> {
        let changes = node_changes(&plan(before), &plan(after));
        changes.iter().map(|change| change.kind.label()).collect()
    }

    #[test]
    fn nodes_are_the_same_renamed_moved_new_or_gone() {
        let before = [
            ("Ⅰ", "福祉", None),
            ("1", "高齢者", Some(0)),
            ("2", "道", Some(0)),
            ("3", "港", Some(0)),
        ];
        let after = [
            ("Ⅰ", "福　祉", None),
            ("1", "高齢者と家族", Some(0)),
            ("4", "道", Some(0)),
            ("5", "空", Some(0)),
        ];
        assert_eq!(
            kinds(&before, &after),
            ["継続", "名称変更", "番号・位置の変更", "新規", "終了"]
        );
    }

    #[test]
    fn the_pairs_are_the_same_in_both_directions() {
        let before = plan(&[
            ("Ⅰ", "福祉", None),
            ("1", "高齢者", Some(0)),
            ("2", "道", Some(0)),
            ("2", "道", Some(0)),
            ("3", "港", None),
        ]);
        let after = plan(&[
            ("Ⅰ", "福祉", None),
            ("3", "道", Some(0)),
            ("1", "家族", Some(0)),
            ("4", "港", None),
        ]);
        let (before, after) = (NodeKeys::of(&before), NodeKeys::of(&after));
        let mut there: Vec<_> = node_pairs(&before, &after)
            .map(|(place, (other, _))| (place, other))
            .collect();
        let mut back: Vec<_> = node_pairs(&after, &before)
            .map(|(place, (other, _))| (other, place))
            .collect();
        there.sort_unstable();
        back.sort_unstable();
        assert_eq!(there, back);
        assert_eq!(there, [(0, 0), (2, 1), (3, 4)]);
    }

    #[test]
    fn two_of_one_name_are_never_guessed() {
        let before = [("", "取組", None), ("", "取組", None)];
        let after = [("", "取組", None)];
        assert_eq!(kinds(&before, &after), ["新規", "終了", "終了"]);
        assert!(kinds(&[], &[]).is_empty());
        let same = plan(&before);
        let kinds = node_changes(&same, &same)
            .into_iter()
            .map(|change| change.kind);
        assert_eq!(kinds.collect::<Vec<_>>(), [NodeKind::Same, NodeKind::Same]);
    }
}
