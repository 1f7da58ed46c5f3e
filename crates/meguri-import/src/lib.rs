//! Bytes → what the document says → core values.
//!
//! Reading never fails but reports: [`source_text::SourceText::decode`] refuses only what is no
//! text at all, and a reader gives `null` with its candidates where the text lost a value. It never
//! invents. No SQL, no HTTP, no clock. Reading order: [`source_text`], [`text`], [`printed`],
//! [`documents`].

pub mod conservation;
pub mod documents;
pub mod form_words;
mod map;
pub mod printed;
pub mod source_text;
pub mod text;
