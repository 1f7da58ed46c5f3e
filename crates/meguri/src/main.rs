//! Parses the arguments and calls the command.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A picture of a large city is millions of small texts, made on one thread and dropped on another,
/// where the allocator of the system spends a fifth of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    keep_files_to_their_owner();
    meguri::cli::run(std::env::args_os())
}

/// What the program writes holds papers that are not published yet and names of staff: files are
/// made `0600` and folders `0700`, whatever library makes them.
#[cfg(unix)]
fn keep_files_to_their_owner() {
    use rustix::fs::Mode;
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
}

#[cfg(not(unix))]
const fn keep_files_to_their_owner() {}
