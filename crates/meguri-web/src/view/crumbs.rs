//! The way from the start to a page.

use crate::page::Link;
use meguri_app::read::{Entry, urls, whole};
use meguri_core::plan::NodeId;
use meguri_core::summary::way_to;

/// The first step of every way: the start.
pub(crate) fn home() -> Link {
    Link::new("/", "ホーム")
}

/// The way from the start to a plan.
pub(crate) fn way_to_plan(entry: &Entry) -> Vec<Link> {
    vec![home(), Link::new(urls::plan(entry), entry.plan_name())]
}

/// The way from the start to a node: the plan and the branches above it.
#[must_use]
pub fn ancestors(entry: &Entry, node: Option<NodeId>) -> Vec<Link> {
    let plan = &entry.document.plan;
    let mut way = way_to_plan(entry);
    let steps = node.map(|node| way_to(plan, node)).unwrap_or_default();
    let above = steps.split_last().map_or(&[][..], |(_, above)| above);
    way.extend(above.iter().map(|step| to_branch(entry, *step)));
    way
}

/// A branch of a plan by its number and name.
#[must_use]
pub fn to_branch(entry: &Entry, node: NodeId) -> Link {
    Link::new(
        urls::branch(entry, node),
        whole::title_of(&entry.document.plan, node),
    )
}
