//! Parses the arguments and calls the command.

use std::process::ExitCode;

fn main() -> ExitCode {
    meguri::cli::run(std::env::args_os())
}
