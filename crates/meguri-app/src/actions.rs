//! One file per thing a person does. A write begins with the leave of its
//! [`Context`](crate::context::Context).

pub mod accept_finding;
pub mod accounts;
pub mod adopt_reading;
pub mod backup;
pub mod check_documents;
pub mod choose_municipality;
pub mod cycle;
pub mod decide_link;
mod doing;
pub mod edit_sheet;
pub mod export_folder;
pub mod find_kept;
pub mod find_scheme;
pub mod form_words;
pub mod import_document;
pub mod import_folder;
pub mod link_documents;
pub mod links_kept;
pub mod mend_municipality;
pub mod odd_moments;
pub mod open_store;
pub mod print_report;
pub mod publish;
pub mod read_document;
pub mod restore;
pub mod save_projects;
pub mod save_sections;
pub mod show_kept;
pub mod withdraw;
pub mod words;
pub mod write_country;
pub mod write_open_data;

pub use doing::Doing;
