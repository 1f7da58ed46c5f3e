//! The form of a sheet: what a person may write on it, and what comes of what they wrote.
//!
//! Nothing of it is kept here. [`blocks`] asks a scheme, a sheet and last year's sheet for the
//! questions, in the order of the city's own form; [`fill()`] puts typed answers on a sheet and
//! computes what is never typed (rates, totals, counts); [`missing()`] names what must still be filled;
//! [`successor()`] makes the sheet of a new year out of last year's. An answer that cannot be read is
//! kept as typed by whoever keeps drafts, and told as a [`Fault`].
//!
//! Reading order: [`Slot`], [`Question`], [`Block`], [`fill()`].

mod clean;
mod computed;
mod fill;
mod missing;
mod questions;
mod slot;
mod successor;
mod words;

pub use clean::{clean_line, clean_lines};
pub use fill::{Fault, Filled, Why, fill};
pub use missing::{Missing, missing};
pub use questions::{
    Answer, Block, Body, Choice, IndicatorRow, ProjectRow, Question, YearRow, blocks, questions,
};
pub use slot::Slot;
pub use successor::successor;

use crate::evaluation::Sheet;
use crate::fiscal_year::FiscalYear;
use crate::scheme::Scheme;

/// A sheet with all that its form rests on.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The scheme that rules the year.
    pub scheme: &'a Scheme,
    /// Key of the level of its node; `None` = it has no node.
    pub level: Option<&'a str>,
    /// The evaluated year.
    pub year: FiscalYear,
    /// The sheet as last sent, or as it was opened.
    pub sheet: &'a Sheet,
    /// The sheet of the same node in the year before.
    pub last: Option<&'a Sheet>,
}

#[cfg(test)]
mod tests;
