//! What several pages show: parts without an address of their own, made from the reading model.
//!
//! A part knows no page and no handler. One that is drawn has a template or a macro of its own.

pub mod answer;
pub mod branches;
pub mod choice;
pub mod crumbs;
pub mod edition;
pub mod entity;
pub(crate) mod fault;
pub mod finding;
pub mod form;
pub mod grant;
pub mod list_row;
pub mod money;
pub mod pagination;
pub(crate) mod samples;
pub mod source_line;
pub mod state;
pub mod summary;
pub mod tree;
pub mod value;
pub mod word;
pub mod work_line;
