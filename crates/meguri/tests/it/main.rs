//! The program at its borders: rules over papers, pages of the manual, commands.

mod calc;
mod command;
mod golden;
#[path = "../../../meguri-store/tests/it/invented.rs"]
mod invented;
mod keep;
mod manual;
mod readme;
mod rule_pages;
mod rules;
mod schemes;
mod serve;
mod web;
