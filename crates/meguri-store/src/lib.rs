//! What めぐり keeps, and how: core values into SQL and back. The only crate that knows a database.
//!
//! A [`Store`] is one database, a file of SQLite or a database of PostgreSQL; the SQL is the same.
//! Everything in it belongs to a municipality, and everything is reached through the handle of
//! one, a [`Municipality`]: a query that forgets whose rows it wants cannot be written. What was
//! written stays: values have versions, and each write leaves a line in the audit chain.
//! This crate reads no clock: who writes says when ([`By`]).
//!
//! Reading order: [`Store`], [`Municipality`], `document.rs`, `sheet.rs`, `value.rs`, `audit.rs`;
//! then `sql.rs` (the only file that names the driver) and `dialect.rs` (what is unlike).
#![deny(missing_docs)]

mod audit;
mod by;
mod dialect;
mod document;
mod error;
mod fact;
mod finding;
mod identity;
mod migrate;
mod municipality;
mod opening;
mod plan;
mod project;
mod record;
mod scheme;
mod section;
mod sheet;
mod source;
mod sql;
mod statements;
mod value;

pub use audit::{AuditLine, AuditReport, Broken};
pub use by::By;
pub use document::{Difference, Differences, DocumentRow, KeptDocument, Outcome, Saved, Saving};
pub use error::{Error, Result};
pub use finding::{Acceptance, FindingKey, KeptFinding};
pub use identity::{Identified, Identities, KeptDecision};
pub use migrate::{MIGRATIONS, Migration};
pub use municipality::{Municipality, MunicipalityCode};
pub use opening::{Location, Opened, SecondWall, Store};
pub use plan::NodeName;
pub use scheme::{KeptScheme, SchemeText};
pub use sheet::{Edition, KeptSheet, Page, SheetFilter, SheetPage, SheetRow};
pub use source::SourceFile;
pub use value::Change;
