//! Links documents in memory, by the schemes that rule them.

use meguri_core::evaluation::Document;
use meguri_core::links::{self, Decision, Facts, Links};
use meguri_core::plan::SectionRegister;
use meguri_core::scheme::Scheme;

/// The plan that a plan is counted as: the one that it evaluates, else itself.
#[must_use]
pub fn plan_group(schemes: &[Scheme], plan: &str) -> String {
    let scheme = schemes.iter().find(|scheme| scheme.written().key == plan);
    scheme.map_or(plan, Scheme::plan_group).to_owned()
}

/// The links between documents in memory, with the facts that they speak of.
#[must_use]
pub fn link_documents(
    documents: &[Document],
    schemes: &[Scheme],
    register: &SectionRegister,
    decisions: &[Decision],
) -> (Facts, Links) {
    let facts = Facts::of_documents(documents, |plan| plan_group(schemes, plan));
    let links = links::of(&facts, register, decisions);
    (facts, links)
}
