//! The house-keeping commands of the project: `cargo xtask test`, `tidy`,
//! `dist` and `fuzz`.
//!
//! Depends on none of the project's crates, so that it builds in seconds and still works when one
//! of them does not compile. Nothing here is needed at run time.

mod browser;
mod dist;
mod fuzz;
mod open_data;
mod packages;
mod papers;
mod python;
mod steps;
mod test;
mod tidy;
mod tree;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test                     everything that CI checks, in its order
cargo xtask tidy                     only the checks of the tree: arrows, lengths, paths, licences …
cargo xtask dist                     an archive with the program, its unit, settings and manual
cargo xtask fuzz [--seconds N] [TARGET …]
                                     runs the fuzz targets, each for N seconds (60)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = root();
    let outcome = match words.as_slice() {
        ["test"] => test::run(&root),
        ["tidy"] => tidy::run(&root),
        ["dist"] => dist::run(&root),
        ["fuzz", rest @ ..] => fuzz::run(&root, rest),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("unknown command: {}\n\n{HELP}", other.join(" "))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace: the parent of this crate's.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
