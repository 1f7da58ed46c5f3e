//! The year's work, told with the bundled sample and no server.

mod assign;
mod cycle;
mod mail;
mod remind;
mod roles;
mod town;
