//! The workbook that a section fills without the server, and what comes back of it.
//!
//! It is made of the blocks of the form in the core, so that it asks what the pages ask, in the same
//! words. Each answer is found again by its row and its column. A row is anchored three ways: by a
//! key in its first (hidden) column, by a defined name, and by the place that the stamp sheet tells;
//! what stands beside it is a witness. Two must agree ([`anchors`]).
//!
//! Read in this order: [`Form`], [`layout`], [`stamp`], [`anchors`], [`mod@returned`].

mod anchors;
mod layout;
mod looks;
mod returned;
mod stamp;

pub use anchors::{Lost, Where};
pub use layout::book;
pub use returned::{Answered, NotOurs, Returned, ReturnedSheet, Unusable, returned};
pub use stamp::{AnswerKind, FORMAT, Stamp};

use crate::book::Moment;
use meguri_core::form::Block;

/// Rows that each table of projects has for new ones.
pub const SPARE_ROWS: usize = 10;

/// What an entry workbook is made of.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is for.
    pub stamp: Stamp,
    /// Its title: the name of the cycle.
    pub title: String,
    /// Name of the municipality.
    pub city: String,
    /// What is said first, a paragraph each.
    pub notes: Vec<String>,
    /// The moment that the file bears.
    pub moment: Moment,
    /// The sheets to fill.
    pub sheets: Vec<FormSheet>,
}

/// One sheet to fill.
#[derive(Clone, Debug)]
pub struct FormSheet {
    /// Its id.
    pub id: i64,
    /// Its version, on which the answers rest.
    pub version: i64,
    /// How it is called.
    pub label: String,
    /// What it asks, with the answers as they stand; with which of them this person may give.
    pub blocks: Vec<(Block, bool)>,
}
