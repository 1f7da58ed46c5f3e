//! Parses the arguments and calls the command.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A picture of a large city is millions of small texts, made on one thread and dropped on another,
/// where the allocator of the system spends a fifth of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    meguri::cli::run(std::env::args_os())
}
