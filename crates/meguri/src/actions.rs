//! One file per thing a person does.

pub mod check_documents;
pub mod read_document;
