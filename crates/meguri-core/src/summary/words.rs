//! Words of daily life (くらしの言葉): which nodes of a plan a resident means by 子育て or 防災.

use crate::plan::{NodeId, Plan};
use crate::scheme::Tag;
use crate::text::name_key;

/// A word of daily life, ready to be looked for in names.
#[derive(Clone, Debug)]
pub struct Matcher {
    parts: Vec<String>,
    except: Vec<String>,
}

impl Matcher {
    /// What a word means and what it does not.
    #[must_use]
    pub fn new(tag: &Tag) -> Self {
        let keys = |texts: &[String]| -> Vec<String> {
            let keys = texts.iter().map(|text| name_key(text));
            keys.filter(|key| !key.is_empty()).collect()
        };
        let mut except = keys(&tag.except);
        // The longest first, so that a phrase within another one does not cut it.
        except.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        Self {
            parts: keys(&tag.nodes),
            except,
        }
    }

    /// Is a thing with a name meant? `key` is the name as [`name_key`] gives it.
    #[must_use]
    pub fn means_name(&self, key: &str) -> bool {
        let mut parts = self.parts.iter().filter(|part| !is_number(part));
        if !self
            .except
            .iter()
            .any(|phrase| key.contains(phrase.as_str()))
        {
            return parts.any(|part| key.contains(part.as_str()));
        }
        // What is passed over leaves a gap that no part can span.
        let gap = |name: String, phrase: &String| name.replace(phrase.as_str(), "\n");
        let rest = self.except.iter().fold(key.to_owned(), gap);
        parts.any(|part| rest.contains(part.as_str()))
    }

    fn means_number(&self, key: &str) -> bool {
        !key.is_empty() && self.parts.iter().any(|part| part == key)
    }
}

/// The nodes that a word stands for, in the order of the plan: by a part of their name, or by their
/// number where it is written as the whole of one.
#[must_use]
pub fn nodes_of(plan: &Plan, tag: &Tag) -> Vec<NodeId> {
    let matcher = Matcher::new(tag);
    let of_node = |text: Option<&crate::source::Sourced<String>>| {
        text.map_or_else(String::new, |text| name_key(&text.value))
    };
    let nodes = plan.nodes.iter().enumerate();
    let found = nodes.filter(|(_, node)| {
        matcher.means_number(&of_node(node.number.as_ref()))
            || matcher.means_name(&of_node(node.name.as_ref()))
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
                ..Tag::default()
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

    #[test]
    fn a_phrase_that_means_something_else_is_passed_over_and_the_rest_of_the_name_counts() {
        let node = |name: &str| PlanNode {
            level: "theme".to_owned(),
            number: None,
            name: Some(Sourced {
                value: name.to_owned(),
                line: 1,
                settled: Settled::Printed,
            }),
            parent: None,
            programme: None,
        };
        let names = [
            "保育環境の充実",
            "環境の保全",
            "保育環境と地球環境",
            "保育の環境整備",
        ];
        let plan = Plan {
            nodes: names.map(node).into(),
            ..Plan::default()
        };
        let tag = Tag {
            word: "環境".to_owned(),
            nodes: vec!["環境".to_owned()],
            except: vec!["環境整備".to_owned(), "保育環境".to_owned(), String::new()],
        };
        assert_eq!(nodes_of(&plan, &tag), [NodeId(1), NodeId(2)]);
    }
}
