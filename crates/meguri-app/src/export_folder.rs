//! The files of an export: one CSV for each table, bytes as files of their own, a manifest with
//! the hash of every file, and a description of the columns.
//!
//! Reading order: `manifest.rs` (what there is), `cell.rs` (how a value is written), `write.rs`,
//! `read.rs`, `new_folder.rs` (when it gets its name), `fault.rs` (what is said of a folder that is not as it was written).

pub(crate) mod cell;
pub(crate) mod fault;
mod hashing;
pub(crate) mod manifest;
pub(crate) mod new_folder;
pub(crate) mod read;
mod table_file;
pub(crate) mod write;
