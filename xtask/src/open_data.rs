//! Reads the open data that the tests made with tools from outside (`xtask/opendata/check.py`), which
//! pip puts into the build folder.

use crate::python::{run, target, with};
use crate::steps::timed;
use std::path::Path;
use std::process::Command;

/// What pip installs, the script that uses it, and the manual whose questions it asks.
const REQUIREMENTS: &str = "xtask/opendata/requirements.txt";
const SCRIPT: &str = "xtask/opendata/check.py";
const MANUAL: &str = "docs/opendata.md";

/// A package of which only a file is wanted: without what it needs, and for any Python.
const SCHEMA: &str = "xtask/opendata/schema.txt";

/// Reads the open data of the demo that the tests left in the build folder.
///
/// # Errors
/// What is wrong with which table, or why the tools cannot be used.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    timed("open data from outside", || {
        let python = with(root, "opendata-checkers", REQUIREMENTS)?;
        let install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ];
        let only = ["--no-deps", "--ignore-requires-python", "-r"];
        let schema = root.join(SCHEMA);
        run(Command::new(&python).args(install).args(only).arg(schema))?;
        let folder = target(root)?.join("tmp").join("opendata").join("open");
        let (script, manual) = (root.join(SCRIPT), root.join(MANUAL));
        run(Command::new(python).arg(script).arg(folder).arg(manual))
    })
}
