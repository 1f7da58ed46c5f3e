//! The program at its borders: rules over papers, pages of the manual, commands.

mod calc;
mod command;
mod golden;
mod import;
mod links;
mod manual;
mod readme;
mod rule_pages;
mod rules;
mod schemes;
mod serve;
mod web;
