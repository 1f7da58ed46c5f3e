//! The program めぐり: everything that runs. `actions` are what a person does; `cli` is how a
//! person asks for it in a terminal. `actions` never names `cli`.

pub mod actions;
pub mod calc_file;
pub mod cli;
pub mod scheme_file;
