//! Summaries of whole documents: what the parts come to, and what changed between two years.
//!
//! The arithmetic is that of [`crate::calc`], the rules are those of the plan's scheme; here they
//! meet a document. Each figure comes with its steps, its numerator and denominator, and what stayed
//! outside with the reason.

pub mod compare;
pub mod money;
pub mod notable;
pub mod rates;
pub mod states;
pub mod words;

use crate::evaluation::{Document, Sheet};
use crate::plan::{NodeId, Plan};

/// What is summed up of a document: its plan and its sheets, wherever they are kept.
#[derive(Clone, Debug)]
pub struct Whole<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The sheets in order.
    pub sheets: Vec<&'a Sheet>,
}

impl<'a> From<&'a Document> for Whole<'a> {
    fn from(document: &'a Document) -> Self {
        Self {
            plan: &document.plan,
            sheets: document.sheets.iter().collect(),
        }
    }
}

/// Is a node another one, or somewhere below it?
#[must_use]
pub fn is_below(plan: &Plan, node: NodeId, above: NodeId) -> bool {
    let mut place = Some(node);
    while let Some(id) = place {
        if id == above {
            return true;
        }
        place = parent(plan, id);
    }
    false
}

/// The nodes from the top down to a node, itself last.
#[must_use]
pub fn way_to(plan: &Plan, node: NodeId) -> Vec<NodeId> {
    let mut way = vec![node];
    let mut place = node;
    while let Some(id) = parent(plan, place) {
        way.push(id);
        place = id;
    }
    way.reverse();
    way
}

/// The topmost node above a sheet; `None` where it hangs on no node.
#[must_use]
pub fn top_of(plan: &Plan, sheet: &Sheet) -> Option<NodeId> {
    let node = sheet.node.filter(|id| plan.node(*id).is_some())?;
    way_to(plan, node).first().copied()
}

/// The node right above another. A parent stands before its children, so that a way up ends; what
/// says otherwise is at the top.
#[must_use]
pub fn parent(plan: &Plan, node: NodeId) -> Option<NodeId> {
    plan.node(node)?.parent.filter(|parent| *parent < node)
}
