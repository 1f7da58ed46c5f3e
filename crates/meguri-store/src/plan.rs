//! Plans and the nodes of their trees over all years.
//!
//! Each document prints the tree anew. Two printed nodes are the same node where their level,
//! number and name, and those of the nodes above them, agree in spite of full width and spaces
//! (`path`). What a document prints of a node is kept with the document.

use crate::error::Result;
use crate::sql::{Arg, inserts, statements};
use crate::transaction::{ReadTx, WriteTx};
use meguri_core::plan::{Plan, PlanNode};
use meguri_core::source::Sourced;
use meguri_core::text::name_key;
use std::collections::{BTreeMap, BTreeSet};

statements! {
    PLAN = "SELECT id FROM plan WHERE municipality = $1 AND key = $2";
    NODES = "SELECT id, path FROM node WHERE municipality = $1 AND plan = $2";
    /// A node and those above it, from the top; a tree of more than 32 levels is none.
    ABOVE = "WITH RECURSIVE above (id, level, number, name, parent, height) AS (\
             SELECT id, level, number, name, parent, 0 FROM node \
             WHERE municipality = $1 AND id = $2 UNION ALL \
             SELECT n.id, n.level, n.number, n.name, n.parent, a.height + 1 \
             FROM node n JOIN above a ON n.id = a.parent \
             WHERE n.municipality = $1 AND a.height < 32) \
             SELECT id, level, number, name FROM above ORDER BY height DESC";
}

inserts! {
    NEW_PLAN = "plan" ["id", "key"];
    NODE = "node" ["id", "plan", "path", "level", "number", "name", "parent"];
}

/// A node of a plan, as a sheet names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeName {
    /// Its id.
    pub id: i64,
    /// Key of its level in the scheme.
    pub level: String,
    /// Its number, as first printed.
    pub number: Option<String>,
    /// Its name, as first printed.
    pub name: Option<String>,
}

/// Keeps the plan and its nodes; its id, and the ids of the nodes in the order of the document.
pub(crate) async fn save(writing: &mut WriteTx, plan: &Plan) -> Result<(i64, Vec<i64>)> {
    let id = plan_id(writing, &plan.key).await?;
    let rows = writing.reading().rows(NODES, &[id.into()]).await?;
    let mut known = BTreeMap::new();
    for row in &rows {
        known.insert(row.text(1)?, row.integer(0)?);
    }
    let paths = paths(plan);
    let mut ids: Vec<i64> = Vec::with_capacity(paths.len());
    let mut new: Vec<Vec<Arg<'_>>> = Vec::new();
    for (node, path) in plan.nodes.iter().zip(&paths) {
        let node_id = match known.get(path) {
            Some(node_id) => *node_id,
            None => {
                let node_id = writing.next_id();
                let parent = node.parent.and_then(|parent| ids.get(parent.0).copied());
                new.push(row(node, node_id, id, path, parent));
                node_id
            }
        };
        ids.push(node_id);
    }
    writing.insert(&NODE, new).await?;
    Ok((id, ids))
}

async fn plan_id(writing: &mut WriteTx, key: &str) -> Result<i64> {
    if let Some(row) = writing.reading().row(PLAN, &[key.into()]).await? {
        return row.integer(0);
    }
    let id = writing.next_id();
    writing
        .insert(&NEW_PLAN, vec![vec![id.into(), key.into()]])
        .await?;
    Ok(id)
}

fn row<'a>(
    node: &'a PlanNode,
    id: i64,
    plan: i64,
    path: &'a str,
    parent: Option<i64>,
) -> Vec<Arg<'a>> {
    let text = |text: &'a Option<Sourced<String>>| text.as_ref().map(|text| text.value.as_str());
    vec![
        id.into(),
        plan.into(),
        path.into(),
        (&node.level).into(),
        text(&node.number).into(),
        text(&node.name).into(),
        parent.into(),
    ]
}

/// What makes each node of a document the same as that of another year; twins are numbered.
fn paths(plan: &Plan) -> Vec<String> {
    let mut paths: Vec<String> = Vec::with_capacity(plan.nodes.len());
    let mut seen = BTreeSet::new();
    for node in &plan.nodes {
        let above = node.parent.and_then(|parent| paths.get(parent.0));
        let above = above.map_or("", String::as_str);
        let key = |text: &Option<Sourced<String>>| {
            text.as_ref()
                .map_or_else(String::new, |text| name_key(&text.value))
        };
        let own = format!(
            "{above}/{}:{}:{}",
            node.level,
            key(&node.number),
            key(&node.name)
        );
        let mut path = own.clone();
        let mut twin = 2;
        while !seen.insert(path.clone()) {
            path = format!("{own}#{twin}");
            twin += 1;
        }
        paths.push(path);
    }
    paths
}

/// A node and those above it, from the top.
pub(crate) async fn above(reading: &mut ReadTx, node: i64) -> Result<Vec<NodeName>> {
    let rows = reading.rows(ABOVE, &[node.into()]).await?;
    let mut names = Vec::with_capacity(rows.len());
    for row in &rows {
        names.push(NodeName {
            id: row.integer(0)?,
            level: row.text(1)?,
            number: row.maybe_text(2)?,
            name: row.maybe_text(3)?,
        });
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use meguri_core::plan::NodeId;
    use meguri_core::source::Settled;

    fn node(number: &str, name: &str, parent: Option<usize>) -> PlanNode {
        let sourced = |text: &str| {
            Some(Sourced {
                value: text.to_owned(),
                line: 1,
                settled: Settled::Printed,
            })
        };
        PlanNode {
            level: "theme".to_owned(),
            number: sourced(number),
            name: sourced(name),
            parent: parent.map(NodeId),
            programme: None,
        }
    }

    #[test]
    fn a_node_is_the_same_in_full_width_and_twins_are_told_apart() {
        let of = |nodes| {
            paths(&Plan {
                nodes,
                ..Plan::default()
            })
        };
        let first = of(vec![node("1", "みどり", None), node("2", "みず", Some(0))]);
        let second = of(vec![
            node("１", "み どり", None),
            node("２", "みず", Some(0)),
        ]);
        assert_eq!(first, second);
        let twins = of(vec![node("1", "a", None), node("1", "a", None)]);
        assert_ne!(twins[0], twins[1]);
    }
}
