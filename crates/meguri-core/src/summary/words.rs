//! Words of daily life (くらしの言葉): which nodes of a plan a resident means by 子育て or 防災.

use crate::plan::{NodeId, Plan};
use crate::scheme::Tag;
use crate::text::name_key;

/// The nodes that a word stands for, in the order of the plan: by a part of their name, or by their
/// number where it is written as the whole of one.
#[must_use]
pub fn nodes_of(plan: &Plan, tag: &Tag) -> Vec<NodeId> {
    let parts: Vec<String> = tag.nodes.iter().map(|part| name_key(part)).collect();
    let means = |part: &String, number: &str, name: &str| {
        if part.is_empty() {
            return false;
        }
        *part == number || (!is_number(part) && name.contains(part.as_str()))
    };
    let of_node = |text: Option<&crate::source::Sourced<String>>| {
        text.map_or_else(String::new, |text| name_key(&text.value))
    };
    let nodes = plan.nodes.iter().enumerate();
    let found = nodes.filter(|(_, node)| {
        let (number, name) = (of_node(node.number.as_ref()), of_node(node.name.as_ref()));
        parts.iter().any(|part| means(part, &number, &name))
    });
    found.map(|(index, _)| NodeId(index)).collect()
}

/// 「11」 means the node of the number and no name with an 11 in it.
fn is_number(part: &str) -> bool {
    part.chars()
        .all(|c| c.is_ascii_digit() || c == '-' || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanNode;
    use crate::source::{Settled, Sourced};

    #[test]
    fn a_word_finds_nodes_by_parts_of_names_and_by_whole_numbers() {
        let sourced = |text: &str| Sourced {
            value: text.to_owned(),
            line: 1,
            settled: Settled::Printed,
        };
        let node = |number: &str, name: &str| PlanNode {
            level: "theme".to_owned(),
            number: Some(sourced(number)),
            name: Some(sourced(name)),
            parent: None,
            programme: None,
        };
        let nodes = vec![
            node("1", "子育て支援の充実"),
            node("11", "防災の強化（第1期）"),
            node("２", "保育所の整備"),
        ];
        let plan = Plan {
            nodes,
            ..Plan::default()
        };
        let found = |nodes: &[&str]| {
            let nodes = nodes.iter().map(|node| (*node).to_owned()).collect();
            let tag = Tag {
                word: "見本".to_owned(),
                nodes,
            };
            nodes_of(&plan, &tag)
                .into_iter()
                .map(|id| id.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(found(&["子育て", "保育"]), [0, 2]);
        assert_eq!(found(&["1"]), [0]);
        assert_eq!(found(&["2"]), [2]);
        assert_eq!(found(&["", "港"]), [0_usize; 0]);
    }
}
