//! The model, the arithmetic and the rules of めぐり: values in, values out.
//!
//! No I/O, no clock, no chance, no binary floating point, no serialization and no SQL: what goes
//! wrong here is a finding, not an error. Reading order: [`text`],
//! [`fiscal_year`], [`calendar`], [`figure`], [`money`], [`source`], [`plan`], [`evaluation`],
//! [`calc`], [`access`], [`scheme`], [`workflow`], [`links`], [`verify`], [`publication`],
//! [`summary`].
#![deny(missing_docs)]
#![deny(clippy::float_arithmetic)]

pub mod access;
pub mod calc;
pub mod calendar;
pub mod evaluation;
pub mod figure;
pub mod fiscal_year;
pub mod form;
pub mod links;
pub mod money;
pub mod plan;
pub mod publication;
pub mod scheme;
pub mod source;
pub mod summary;
pub mod text;
pub mod verify;
pub mod workflow;
