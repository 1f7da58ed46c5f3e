//! Workbooks as spreadsheets read and write them, and nothing of what a city puts in them.
//!
//! Out: a [`Book`] says which cells there are, [`bytes`] makes the file. A text is never a formula,
//! whatever it begins with, and the same book makes the same bytes. In: [`read()`] gives the cells of a
//! file of which nothing is known. [`archive`] looks at its directory before anything is unpacked, and
//! the library that reads spreadsheets sees only what was measured. [`entry`] is the workbook that a
//! section fills: made of the form of the core, and found again by three anchors.
//!
//! Read in this order: [`book`], [`write`](mod@write), [`archive`], [`mod@read`], [`entry`].

pub mod archive;
pub mod book;
pub mod entry;
pub mod read;
pub mod write;

pub use archive::{Limits, Unread};
pub use book::{Book, Moment, Sheet};
pub use read::{Content, Found, FoundBook, FoundSheet, read};
pub use write::{Unwritten, bytes};
