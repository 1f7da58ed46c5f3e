//! The program めぐり: everything that runs. `actions` are what a person does; `cli` is how a
//! person asks for it in a terminal, `web` on a page. `actions` never names either.

pub mod actions;
pub mod calc_file;
pub mod cli;
pub mod config;
mod export_folder;
pub mod log;
pub mod municipalities;
pub mod plain;
mod regular;
pub mod sample;
pub mod scheme_file;
pub mod web;
