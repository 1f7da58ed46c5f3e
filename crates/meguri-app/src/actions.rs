//! One file per thing a person does.

pub mod backup;
pub mod check_documents;
pub mod choose_municipality;
pub mod export_folder;
pub mod find_kept;
pub mod find_scheme;
pub mod import_document;
pub mod import_folder;
pub mod link_documents;
pub mod links_kept;
pub mod mend_municipality;
pub mod odd_moments;
pub mod open_store;
pub mod publish;
pub mod read_document;
pub mod restore;
pub mod show_kept;
pub mod withdraw;
pub mod words;
