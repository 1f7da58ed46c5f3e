//! What めぐり does, whoever asks for it: in a terminal, on a page, or in a program of its own.
//!
//! [`actions`] has one file for each thing that a person does. [`read`] has what can be looked at,
//! and [`search`] finds words in it. The rest is what both need: the settings, the files of schemes,
//! cases and exports, and the municipalities of Japan. [`staff`] is who is signed in, and [`password`]
//! by what. Nothing here knows of HTTP or of a terminal.

pub mod actions;
pub mod calc_file;
pub mod config;
pub mod context;
pub mod cycle;
mod export_folder;
pub mod findings_file;
pub mod formula;
pub mod mail;
pub mod municipalities;
pub mod open_data;
pub mod password;
pub mod plain;
pub mod read;
pub mod regular;
pub mod report;
pub mod sample;
pub mod scheme_file;
pub mod search;
pub mod section_file;
pub mod site_info;
pub mod staff;
