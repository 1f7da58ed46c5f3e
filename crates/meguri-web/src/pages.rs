//! One module a page: its struct, how it is filled, its handler and its samples.

pub mod about;
pub mod accessibility;
pub mod branch;
pub mod changes;
pub mod compare;
pub mod findings;
pub mod indicator;
pub mod indicators;
pub mod list;
pub mod matrix;
pub mod money;
pub mod plan;
pub mod project;
pub mod projects;
pub mod rule;
pub mod rules;
pub mod search;
pub mod section;
pub mod sections;
pub mod sheet;
pub mod source;
pub mod start;
pub mod value;
pub mod words;
