//! The tree of a plan (計画) and the programmes (プログラム) with a schedule.

use crate::fiscal_year::{FiscalYear, FiscalYearSpan};
use crate::source::Sourced;

/// A plan (計画): a tree of nodes whose levels the plan's scheme names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Stable ASCII key: `evaluation`, `midterm` …
    pub key: String,
    /// Its name, as far as the document prints it.
    pub name: Option<Sourced<String>>,
    /// The fiscal years that it is for.
    pub period: Option<FiscalYearSpan>,
    /// Key of the plan that it follows on.
    pub predecessor: Option<String>,
    /// All nodes; a parent stands before its children.
    pub nodes: Vec<PlanNode>,
}

/// Place of a node in [`Plan::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// One node of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanNode {
    /// Key of its level in the scheme.
    pub level: String,
    /// Its number as printed: `Ⅱ`, `4`, `①`, `No.29`.
    pub number: Option<Sourced<String>>,
    /// Its name.
    pub name: Option<Sourced<String>>,
    /// The node above it; levels may be skipped.
    pub parent: Option<NodeId>,
    /// A programme's schedule, where the node is one.
    pub programme: Option<Programme>,
}

/// A programme (プログラム): a node with a schedule of years.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Programme {
    /// 実施 or 検討, as printed.
    pub kind: Option<Sourced<String>>,
    /// What is planned for which year; a year is `None` where the text lost its column.
    pub schedule: Vec<ScheduleStep>,
}

/// One word of a schedule: 準備, 実施, 検証 …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleStep {
    /// Its year, where the text tells.
    pub year: Option<FiscalYear>,
    /// The word, as printed.
    pub word: Sourced<String>,
}

impl Plan {
    /// Adds a node and gives its place.
    pub fn add(&mut self, node: PlanNode) -> NodeId {
        self.nodes.push(node);
        NodeId(self.nodes.len() - 1)
    }

    /// The node at a place; `None` for a place of another plan.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&PlanNode> {
        self.nodes.get(id.0)
    }
}
