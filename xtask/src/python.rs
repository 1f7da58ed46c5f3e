//! Packages of Python that the checks use: pip puts each list into a folder of its own within the build
//! folder.

use crate::steps::timed;
use cargo_metadata::MetadataCommand;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the tests start beside the program: a mail server.
const FOR_TESTS: &str = "xtask/tests/requirements.txt";
/// Where tests look for the Python that has it, below the build folder.
const FOLDER_FOR_TESTS: &str = "python-for-tests";

/// Gets what the tests need.
///
/// # Errors
/// What failed and how to repeat it.
pub(crate) fn fetch_for_tests(root: &Path) -> Result<(), String> {
    timed("packages of Python", || {
        with(root, FOLDER_FOR_TESTS, FOR_TESTS).map(drop)
    })
}

/// The build folder.
///
/// # Errors
/// What cargo says.
pub(crate) fn target(root: &Path) -> Result<PathBuf, String> {
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .exec()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    Ok(metadata.target_directory.into_std_path_buf())
}

/// The Python that has a list of packages, installed unless they are there in the wanted versions.
///
/// # Errors
/// What failed and how to repeat it.
pub(crate) fn with(root: &Path, folder: &str, requirements: &str) -> Result<PathBuf, String> {
    let told = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let requirements = root.join(requirements);
    let wanted = std::fs::read_to_string(&requirements).map_err(|e| told(&requirements, e))?;
    let folder = target(root)?.join(folder);
    let python = folder.join("bin").join("python3");
    let installed = folder.join("installed.txt");
    if std::fs::read_to_string(&installed).is_ok_and(|known| known == wanted) {
        return Ok(python);
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
    ];
    run(Command::new(&python).args(install).arg(&requirements))?;
    std::fs::write(&installed, wanted).map_err(|error| told(&installed, error))?;
    Ok(python)
}

/// Runs a command; its line where it fails.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let line = format!("{command:?}");
    let status = command
        .status()
        .map_err(|error| format!("cannot start {line}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("failed ({status}), repeat it with\n    {line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_that_fails_is_told_with_its_line() {
        assert_eq!(run(&mut Command::new("true")), Ok(()));
        let failed = run(Command::new("false").arg("x")).expect_err("it fails");
        assert!(failed.contains("\"false\" \"x\""), "{failed}");
        let missing = run(&mut Command::new("no-such-program-here"));
        assert!(missing.is_err_and(|error| error.contains("cannot start")));
    }
}
