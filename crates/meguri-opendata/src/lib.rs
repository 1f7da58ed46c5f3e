//! Open data: the tables in which a municipality publishes, and the files that hold them.
//!
//! A [`table::Table`] says what stands in a file: its columns with key, Japanese title, type and
//! example. Whoever has rows gives them, one by one, to a writer: [`csv`], [`json_lines`],
//! each a [`Format`]. The descriptors ([`data_package`]) are made of the same tables, so
//! that no description can differ from its file. Nothing here knows where rows come from, opens a
//! file or looks at a clock: the same rows give the same bytes.
//!
//! Columns are a promise: they are only added at the end of a table (see `docs/opendata.md`).
//!
//! Read in this order: [`mod@column`], [`table`], [`tables`], [`mod@row`], [`mod@file`], [`package`].

pub mod column;
pub mod country;
pub mod csv;
pub mod data_package;
pub mod dcat;
pub mod fault;
pub mod file;
pub mod json_lines;
pub mod manual;
pub mod package;
pub mod parquet;
pub mod publisher;
pub mod row;
pub mod table;
pub mod tables;
pub mod zip;

pub use column::{Column, Kind};
pub use fault::Fault;
pub use file::{Emit, Format, Rows, Written};
pub use package::{Package, PackageFile, Place};
pub use publisher::Publisher;
pub use row::{Cell, Row};
pub use table::{Foreign, Table};
pub use tables::TABLES;
