//! The program at its borders: rules over papers, pages of the manual, commands.

mod command;
mod golden;
mod readme;
mod rule_pages;
mod rules;
