//! Branches of a plan: nodes with what is below them, found by the numbers that the paper prints.

use meguri_core::plan::{NodeId, Plan};
use meguri_core::summary::{parent, way_to};
use meguri_core::text::name_key;
use std::collections::BTreeSet;

/// Characters of a number in an address.
const LONGEST: usize = 20;

/// The nodes right below a node, or at the top.
pub fn children(plan: &Plan, above: Option<NodeId>) -> impl Iterator<Item = NodeId> {
    let ids = (0..plan.nodes.len()).map(NodeId);
    ids.filter(move |id| parent(plan, *id) == above)
}

/// By what a branch is found in addresses: its number below those of the nodes above it.
#[must_use]
pub fn key(plan: &Plan, node: NodeId) -> String {
    let way = way_to(plan, node).into_iter();
    let parts = way.filter_map(|step| {
        parts(plan, parent(plan, step)).find_map(|(id, part)| (id == step).then_some(part))
    });
    parts.collect::<Vec<_>>().join("-")
}

/// The node of a key.
#[must_use]
pub fn find(plan: &Plan, key: &str) -> Option<NodeId> {
    key.split('-').try_fold(None, |above, wanted| {
        let (id, _) = parts(plan, above).find(|(_, part)| part == wanted)?;
        Some(Some(id))
    })?
}

/// The nodes below another, each with its part of the key: its number, or its place where it has
/// none or one before it has the same.
fn parts(plan: &Plan, above: Option<NodeId>) -> impl Iterator<Item = (NodeId, String)> {
    let mut seen = BTreeSet::new();
    children(plan, above).zip(1..).map(move |(id, place)| {
        let number = plan.node(id).and_then(|node| node.number.as_ref());
        let part = number.map_or_else(String::new, |number| plain(&number.value));
        if part.is_empty() || !seen.insert(part.clone()) {
            (id, format!("_{place}"))
        } else {
            (id, part)
        }
    })
}

/// A number as an address can hold it: `Ⅱ` is `ii`, `①` is `1`, `1-(2)` is `1.2`.
fn plain(number: &str) -> String {
    let key = name_key(number);
    let words = key.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(".").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use meguri_core::plan::PlanNode;
    use meguri_core::source::{Settled, Sourced};

    fn plan(nodes: &[(&str, Option<usize>)]) -> Plan {
        let node = |(number, above): &(&str, Option<usize>)| PlanNode {
            level: "theme".to_owned(),
            number: (!number.is_empty()).then(|| Sourced {
                value: (*number).to_owned(),
                line: 1,
                settled: Settled::Printed,
            }),
            name: None,
            parent: above.map(NodeId),
            programme: None,
        };
        Plan { nodes: nodes.iter().map(node).collect(), ..Plan::default() }
    }

    #[test]
    fn a_branch_is_found_by_its_numbers_whatever_it_is_called() {
        let plan = plan(&[("Ⅱ", None), ("①", Some(0)), ("第３章 1-(2)", Some(1)), ("", Some(1))]);
        let keys: Vec<String> = (0..4).map(|place| key(&plan, NodeId(place))).collect();
        assert_eq!(keys, ["ii", "ii-1", "ii-1-3.1.2", "ii-1-_2"]);
    }

    #[test]
    fn twins_and_circles_have_keys_of_their_own() {
        let plan = plan(&[("1", None), ("1", None), ("", None), ("1", Some(3)), ("x", Some(9))]);
        let keys: Vec<String> = (0..5).map(|place| key(&plan, NodeId(place))).collect();
        for (place, key) in keys.iter().enumerate() {
            assert_eq!(find(&plan, key), Some(NodeId(place)), "{key}");
        }
        for absurd in ["", "-", "9", "1-", "1-1", "_0", "%00"] {
            assert_eq!(find(&plan, absurd), None, "{absurd}");
        }
    }
}
