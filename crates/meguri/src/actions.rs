//! One file per thing a person does.

pub mod check_documents;
pub mod open_store;
pub mod publish;
pub mod read_document;
pub mod withdraw;
