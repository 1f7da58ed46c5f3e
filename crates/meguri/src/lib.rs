//! The program めぐり: how a person asks in a terminal for what `meguri-app` does, and how the server
//! of `meguri-web` is started.

pub mod cli;
