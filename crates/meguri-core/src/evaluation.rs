//! Evaluation: sheets (one node × one fiscal year), judgements, and whole documents of them.

pub mod document;
pub mod identity;
pub mod sheet;

pub use document::{Document, Tally, TallyRow, UnreadText, Unsettled};
pub use identity::ItemList;
pub use sheet::{Judgement, PrintedTotal, Sheet, SheetText};
