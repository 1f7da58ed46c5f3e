//! One file per thing a person does.

pub mod check_documents;
pub mod import_document;
pub mod link_documents;
pub mod links_kept;
pub mod open_store;
pub mod read_document;
pub mod show_kept;
