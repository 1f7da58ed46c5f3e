//! Nodes of two trees: the same, renamed, renumbered, new or gone.

use crate::plan::{NodeId, Plan, PlanNode};
use crate::summary::way_to;
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

/// Numbers and names from the top down to a node.
type Key = Vec<String>;

struct Keys {
    /// Level, number and name, from the top.
    full: Vec<Key>,
    /// Level and own name; empty without a name.
    name: Vec<Key>,
    /// Levels and numbers from the top; empty without an own number.
    number: Vec<Key>,
}

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
    let (old, new) = (Keys::of(before), Keys::of(after));
    let mut pairs: HashMap<usize, (usize, NodeKind)> = HashMap::new();
    let mut taken: HashSet<usize> = HashSet::new();
    let steps = [
        (&old.full, &new.full, NodeKind::Same),
        (&old.name, &new.name, NodeKind::Moved),
        (&old.number, &new.number, NodeKind::Renamed),
    ];
    for (old, new, kind) in steps {
        let there = unique(old, |place| taken.contains(&place));
        let here = unique(new, |place| pairs.contains_key(&place));
        let mut found = Vec::new();
        for (key, place) in here {
            if let Some(other) = there.get(key) {
                found.push((place, *other));
            }
        }
        for (place, other) in found {
            pairs.insert(place, (other, kind));
            taken.insert(other);
        }
    }
    let later = (0..after.nodes.len()).map(|place| match pairs.get(&place) {
        Some((other, kind)) => {
            NodeChange { kind: *kind, before: Some(NodeId(*other)), after: Some(NodeId(place)) }
        }
        None => NodeChange { kind: NodeKind::New, before: None, after: Some(NodeId(place)) },
    });
    let gone = (0..before.nodes.len()).filter(|place| !taken.contains(place));
    let gone = gone.map(|place| NodeChange {
        kind: NodeKind::Gone,
        before: Some(NodeId(place)),
        after: None,
    });
    later.chain(gone).collect()
}

/// The keys that exactly one open node has; two of a kind cannot be told apart.
fn unique(keys: &[Key], closed: impl Fn(usize) -> bool) -> HashMap<&Key, usize> {
    let mut places: HashMap<&Key, Option<usize>> = HashMap::new();
    for (place, key) in keys.iter().enumerate() {
        if !key.is_empty() && !closed(place) {
            places.entry(key).and_modify(|place| *place = None).or_insert(Some(place));
        }
    }
    places.into_iter().filter_map(|(key, place)| Some((key, place?))).collect()
}

impl Keys {
    fn of(plan: &Plan) -> Self {
        let mut keys = Self { full: Vec::new(), name: Vec::new(), number: Vec::new() };
        for place in 0..plan.nodes.len() {
            let way = way_to(plan, NodeId(place));
            let nodes: Vec<&PlanNode> = way.iter().filter_map(|id| plan.node(*id)).collect();
            let part = |node: &&PlanNode| {
                let number = text(node.number.as_ref());
                let own = if number.is_empty() { text(node.name.as_ref()) } else { number };
                format!("{}:{own}", node.level)
            };
            let path: Key = nodes.iter().map(part).collect();
            let own = nodes.last();
            let level = own.map_or_else(String::new, |node| node.level.clone());
            let name = own.map_or_else(String::new, |node| text(node.name.as_ref()));
            let numbered = own.is_some_and(|node| node.number.is_some());
            let mut full = path.clone();
            full.push(name.clone());
            keys.full.push(full);
            keys.name.push(if name.is_empty() { Key::new() } else { vec![level, name] });
            keys.number.push(if numbered { path } else { Key::new() });
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
    use crate::source::{Settled, Sourced};

    fn plan(nodes: &[(&str, &str, Option<usize>)]) -> Plan {
        let sourced = |text: &str| {
            let value = text.to_owned();
            (!text.is_empty()).then_some(Sourced { value, line: 1, settled: Settled::Printed })
        };
        let nodes = nodes.iter().map(|(number, name, parent)| PlanNode {
            level: "level".to_owned(),
            number: sourced(number),
            name: sourced(name),
            parent: parent.map(NodeId),
            programme: None,
        });
        Plan { nodes: nodes.collect(), ..Plan::default() }
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
    fn two_of_one_name_are_never_guessed() {
        let before = [("", "取組", None), ("", "取組", None)];
        let after = [("", "取組", None)];
        assert_eq!(kinds(&before, &after), ["新規", "終了", "終了"]);
        assert!(kinds(&[], &[]).is_empty());
        let same = plan(&before);
        let kinds = node_changes(&same, &same).into_iter().map(|change| change.kind);
        assert_eq!(kinds.collect::<Vec<_>>(), [NodeKind::Same, NodeKind::Same]);
    }
}
