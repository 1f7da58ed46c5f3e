//! A plan while its nodes are collected: a node that comes again is found at once, so that the
//! time stays linear in the size of the document.

use meguri_core::plan::{NodeId, Plan, PlanNode, Programme};
use meguri_core::source::Sourced;
use std::collections::HashMap;

/// A plan with an index of its nodes.
#[derive(Default)]
pub(crate) struct Nodes {
    plan: Plan,
    places: HashMap<Key, NodeId>,
}

/// What makes two headings one node: level, number or name, and the node above.
type Key = (&'static str, String, Option<NodeId>);

impl Nodes {
    /// A plan without nodes, under its stable key.
    pub(crate) fn of(key: &str) -> Self {
        let plan = Plan {
            key: key.to_owned(),
            ..Plan::default()
        };
        Self {
            plan,
            places: HashMap::new(),
        }
    }

    /// The node of a level and number under a parent, new where there is none yet; without a
    /// number always a new one.
    pub(crate) fn node(
        &mut self,
        level: &'static str,
        number: Option<Sourced<String>>,
        name: Option<Sourced<String>>,
        parent: Option<NodeId>,
    ) -> NodeId {
        let Some(key) = number.as_ref().map(|number| number.value.clone()) else {
            return self.add(level, number, name, parent);
        };
        let key = (level, key, parent);
        match self.places.get(&key) {
            Some(place) => *place,
            None => {
                let place = self.add(level, number, name, parent);
                self.places.insert(key, place);
                place
            }
        }
    }

    /// The node of a level that has a name and no number: the same name is the same node.
    pub(crate) fn named(&mut self, level: &'static str, name: Sourced<String>) -> NodeId {
        let key = (level, name.value.clone(), None);
        match self.places.get(&key) {
            Some(place) => *place,
            None => {
                let place = self.add(level, None, Some(name), None);
                self.places.insert(key, place);
                place
            }
        }
    }

    /// Makes a node a programme.
    pub(crate) fn set_programme(&mut self, NodeId(place): NodeId, programme: Programme) {
        if let Some(node) = self.plan.nodes.get_mut(place) {
            node.programme = Some(programme);
        }
    }

    /// The plan with its nodes.
    pub(crate) fn into_plan(self) -> Plan {
        self.plan
    }

    fn add(
        &mut self,
        level: &str,
        number: Option<Sourced<String>>,
        name: Option<Sourced<String>>,
        parent: Option<NodeId>,
    ) -> NodeId {
        self.plan.add(PlanNode {
            level: level.to_owned(),
            number,
            name,
            parent,
            programme: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use meguri_core::source::Settled;

    fn printed(value: &str) -> Sourced<String> {
        Sourced {
            value: value.to_owned(),
            line: 1,
            settled: Settled::Printed,
        }
    }

    #[test]
    fn a_heading_that_comes_again_is_the_same_node() {
        let mut nodes = Nodes::of("plan");
        let goal = nodes.node("goal", Some(printed("1")), None, None);
        let first = nodes.node("group", Some(printed("1")), None, Some(goal));
        assert_eq!(
            nodes.node("group", Some(printed("1")), None, Some(goal)),
            first
        );
        let other = nodes.node("goal", Some(printed("2")), None, None);
        assert_ne!(
            nodes.node("group", Some(printed("1")), None, Some(other)),
            first
        );
        assert_ne!(
            nodes.node("theme", None, None, None),
            nodes.node("theme", None, None, None)
        );
        let chapter = nodes.named("chapter", printed("章"));
        assert_eq!(nodes.named("chapter", printed("章")), chapter);
        assert_eq!(nodes.into_plan().nodes.len(), 7);
    }
}
