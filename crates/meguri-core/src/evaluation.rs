//! Evaluation: sheets (one node × one fiscal year), judgements, and whole documents of them.

pub mod document;
pub mod sheet;

pub use document::{Document, Tally, TallyRow, UnreadText, Unsettled};
pub use sheet::{Judgement, PrintedTotal, Sheet, SheetText};
