//! The program at its borders: rules over papers, pages of the manual, commands.

mod actions;
mod books;
mod calc;
mod charts;
mod checking;
mod command;
mod form_words;
mod golden;
#[cfg(unix)]
mod hostile;
mod import;
#[path = "../../../meguri-store/tests/it/invented.rs"]
mod invented;
mod keep;
mod links;
mod manual;
mod municipalities;
mod opendata;
mod options;
mod paper;
mod readme;
mod rule_pages;
mod rules;
mod sample;
mod schemes;
mod serve;
mod staff;
mod unread;
mod web;
#[path = "../../../meguri-store/tests/it/worked.rs"]
mod worked;
mod years;
