//! Full-text search over what is published.
//!
//! An [`Entry`] is whatever has an address: a sheet, a project, an indicator, a section. The
//! package knows nothing of where entries come from nor of how a page shows what was found. Read
//! in this order: [`entry`], [`normal`] (what counts as the same spelling), `grams` (how it is
//! made findable), [`index`] (keeping it in step), `snapshot`, [`query`], `widen` (what else a typed
//! word means: `spelling`, `readings`, [`words`], `figures`, `parts`), `search`, `snippet`,
//! `suggest`.
//!
//! Two promises. A word that stands in an entry is found, at any place and in any spelling that
//! [`normal::normal`] folds; of a phrase in quotes nothing is found that does not hold it, and what
//! else is found is said. And no query is an error.
#![deny(missing_docs)]

pub mod entry;
pub mod error;
pub mod found;
pub mod index;
pub mod normal;
pub mod query;
pub mod words;

mod collect;
mod figures;
mod grams;
mod near;
mod parts;
mod plan;
mod readings;
mod schema;
mod search;
mod snapshot;
mod snippet;
mod spelling;
mod suggest;
mod widen;

pub use entry::{Entry, Line, Plan};
pub use error::{Error, Result};
pub use found::{Facet, Facets, Found, Hit, Piece, Snippet, Widened};
pub use index::{Index, Opened, Seen};
pub use query::{Filters, Query, Sort};
pub use snapshot::Snapshot;
pub use words::{WordFault, WordList};
