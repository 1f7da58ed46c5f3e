//! Branches of a plan: nodes with what is below them, found by the numbers that the paper prints.

use meguri_core::plan::{NodeId, Plan};
use meguri_core::summary::{Whole, parent};
use meguri_core::text::name_key;
use std::collections::{HashMap, HashSet};

/// Characters of a number in an address.
const LONGEST: usize = 20;

/// By what the branches of a plan are found in addresses: each by its number below those of the
/// nodes above it; made once, since every page of a plan needs some of them.
#[derive(Clone, Debug, Default)]
pub struct Branches {
    keys: Vec<String>,
    nodes: HashMap<String, NodeId>,
}

impl Branches {
    /// Those of a plan. The part of a node is its number, or its place where it has none or one
    /// before it has the same.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let mut found = Self::default();
        let mut beside: HashMap<Option<NodeId>, (usize, HashSet<String>)> = HashMap::new();
        for (id, node) in plan.nodes.iter().enumerate() {
            let id = NodeId(id);
            let above = parent(plan, id);
            let (place, seen) = beside.entry(above).or_default();
            *place += 1;
            let number = node.number.as_ref().map(|number| plain(&number.value));
            let part = match number.filter(|number| !number.is_empty()) {
                Some(number) if seen.insert(number.clone()) => number,
                _ => format!("_{place}"),
            };
            let key = match above.and_then(|above| found.keys.get(above.0)) {
                Some(above) => format!("{above}-{part}"),
                None => part,
            };
            found.nodes.insert(key.clone(), id);
            found.keys.push(key);
        }
        found
    }

    /// The key of a node; empty for a node of another plan.
    #[must_use]
    pub fn key(&self, node: NodeId) -> &str {
        self.keys.get(node.0).map_or("", String::as_str)
    }

    /// The node of a key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<NodeId> {
        self.nodes.get(key).copied()
    }
}

/// The nodes whose pages show more than one sheet does: those with a node or several sheets below.
#[must_use]
pub fn gathering(whole: &Whole<'_>) -> Vec<NodeId> {
    let mut below = vec![0_usize; whole.plan.nodes.len()];
    let mut count = |node: Option<NodeId>, weight: usize| {
        if let Some(below) = node.and_then(|node| below.get_mut(node.0)) {
            *below += weight;
        }
    };
    whole.sheets.iter().for_each(|sheet| count(sheet.node, 1));
    (0..whole.plan.nodes.len()).for_each(|id| count(parent(whole.plan, NodeId(id)), 2));
    let several = below.iter().enumerate().filter(|(_, below)| **below > 1);
    several.map(|(id, _)| NodeId(id)).collect()
}

/// A number as an address can hold it: `Ⅱ` is `ii`, `①` is `1`, `1-(2)` is `1.2`.
fn plain(number: &str) -> String {
    let key = name_key(number);
    let words = key
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .collect::<Vec<_>>()
        .join(".")
        .chars()
        .take(LONGEST)
        .collect()
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
        Plan {
            nodes: nodes.iter().map(node).collect(),
            ..Plan::default()
        }
    }

    #[test]
    fn a_branch_is_found_by_its_numbers_whatever_it_is_called() {
        let plan = plan(&[
            ("Ⅱ", None),
            ("①", Some(0)),
            ("第３章 1-(2)", Some(1)),
            ("", Some(1)),
        ]);
        let branches = Branches::of(&plan);
        let keys: Vec<&str> = (0..4).map(|place| branches.key(NodeId(place))).collect();
        assert_eq!(keys, ["ii", "ii-1", "ii-1-3.1.2", "ii-1-_2"]);
    }

    #[test]
    fn twins_and_circles_have_keys_of_their_own() {
        let plan = plan(&[
            ("1", None),
            ("1", None),
            ("", None),
            ("1", Some(3)),
            ("x", Some(9)),
        ]);
        let branches = Branches::of(&plan);
        for place in 0..5 {
            let key = branches.key(NodeId(place));
            assert_eq!(branches.find(key), Some(NodeId(place)), "{key}");
        }
        for absurd in ["", "-", "9", "1-", "1-1", "_0", "%00"] {
            assert_eq!(branches.find(absurd), None, "{absurd}");
        }
    }

    #[test]
    fn a_node_that_only_has_a_sheet_gathers_nothing() {
        use meguri_core::evaluation::Sheet;
        let plan = plan(&[("1", None), ("1", Some(0)), ("2", Some(0)), ("3", None)]);
        let sheet = |node| Sheet {
            node: Some(NodeId(node)),
            ..Sheet::default()
        };
        let sheets = [sheet(1), sheet(2), sheet(2), sheet(9)];
        let whole = Whole {
            plan: &plan,
            sheets: sheets.iter().collect(),
        };
        assert_eq!(gathering(&whole), [NodeId(0), NodeId(2)]);
    }
}
