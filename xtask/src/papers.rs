//! Checks the PDFs that the tests made with tools from outside (`xtask/pdf/check.py`), which pip puts
//! into the build folder.

use crate::python;
use crate::steps::timed;
use std::path::Path;
use std::process::Command;

/// What pip installs, and the script that uses it.
const REQUIREMENTS: &str = "xtask/pdf/requirements.txt";
const SCRIPT: &str = "xtask/pdf/check.py";

/// Checks all papers that the tests left in the build folder.
///
/// # Errors
/// What is wrong with which paper, or why the tools cannot be used.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    timed("papers from outside", || {
        let python = python::with(root, "pdf-checkers", REQUIREMENTS)?;
        let papers = python::target(root)?.join("tmp").join("papers");
        python::run(Command::new(python).arg(root.join(SCRIPT)).arg(papers))
    })
}
