//! Checking: does the paper add up, and do the papers agree with each other?
//!
//! One rule, one file, one line in [`catalogue::RULES`]. A rule reads documents and adds findings;
//! it changes nothing and never fails.

pub mod catalogue;
pub mod finding;
pub mod rule;
pub mod rules;
pub mod running_text;
mod scan;

pub use catalogue::{RULES, check, check_comparing, compares_documents};
pub use finding::{Finding, Place, Severity};
pub use rule::{Rule, Subject, rules_document, scheme_of};
pub use rules::counted_rate;
