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

mod account;
mod audit;
mod backup;
mod by;
mod cycle;
mod dialect;
mod document;
mod error;
mod export;
mod fact;
mod finding;
mod identity;
mod import;
mod migrate;
mod municipality;
mod opening;
mod pin;
mod plan;
mod project;
mod publication;
mod record;
mod scheme;
mod seal;
mod section;
mod sheet;
mod source;
mod sql;
mod statements;
mod transaction;
mod value;

pub use account::{
    Account, Attempt, Counted, KeptAccount, Secret, Session, Stage, Tally, TallyKind,
};
pub use audit::{Action, AuditFilter, AuditLine, AuditReport, Broken};
pub use backup::{Checked, Restored, Restoring, restore};
pub use by::By;
pub use cycle::{
    CommentKind, KeptComment, KeptCycle, KeptDraft, KeptEvent, NewComment, OpeningCycle,
    OtherDraft, Work, Writing,
};
pub use document::{
    Difference, Differences, DocumentRow, KeptDocument, KeptPaper, Outcome, Saved, Saving, YearOf,
};
pub use error::{Error, Result};
pub use export::{BlobFile, Cell, Column, Cursor, Exporting, Kind, NOT_EXPORTED, TABLES, Table};
pub use finding::{Acceptance, FindingKey, KeptFinding};
pub use identity::{Identified, Identities, KeptDecision};
pub use import::Importing;
pub use migrate::{MIGRATIONS, Migration};
pub use municipality::{Amounts, Municipality, MunicipalityCode};
pub use opening::{EngineVersion, Location, Opened, SecondWall, Store};
pub use pin::{InForce, Pin};
pub use plan::NodeName;
pub use publication::{
    Publication, Published, PublishedDocument, PublishedFinding, PublishedPin, Publishing,
    Withdrawal,
};
pub use scheme::{KeptScheme, SchemeText};
pub use sheet::{Edition, KeptSheet, Page, SheetFilter, SheetPage, SheetRow};
pub use source::SourceFile;
pub use value::Change;
