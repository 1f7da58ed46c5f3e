//! One module a page: its struct, how it is filled, its handler and its samples.

pub mod changes;
pub mod findings;
pub mod plan;
pub mod rule;
pub mod rules;
pub mod search;
pub mod sheet;
pub mod shown;
pub mod source;
pub mod start;
pub mod value;

use crate::web::page::Link;

/// The first step of every way: the start.
fn home() -> Link {
    Link::new("/", "計画一覧")
}
