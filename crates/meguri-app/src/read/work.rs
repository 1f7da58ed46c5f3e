//! The year's work as people look at it: the desk of a cycle, what is mine, the form of one sheet.

mod checks;
mod form;
mod lines;
mod publication;
mod reminders;
mod workbook;

pub use form::{SheetForm, Shown, possible, sheet_form};
pub use lines::{Mine, SheetLine, lines, mine, papers};
pub use meguri_store::{CommentKind, KeptComment, KeptEvent, NewComment};
pub use publication::{ChangedSheet, ToPublish, to_publish};
pub use reminders::{Waiting, waiting};
pub(crate) use workbook::stamp;
pub use workbook::{entry_book, entry_sheets};
