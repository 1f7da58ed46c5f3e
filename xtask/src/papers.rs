//! Checks the PDFs that the tests made with tools from outside (`xtask/pdf/check.py`), which pip puts
//! into the build folder.

use crate::steps::timed;
use cargo_metadata::MetadataCommand;
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
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .exec()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    let target = metadata.target_directory.into_std_path_buf();
    timed("papers from outside", || {
        let python = tools(root, &target)?;
        let papers = target.join("tmp").join("papers");
        run(Command::new(python).arg(root.join(SCRIPT)).arg(papers))
    })
}

/// The Python that has the tools, installed unless they are there in the wanted versions.
fn tools(root: &Path, target: &Path) -> Result<std::path::PathBuf, String> {
    let told = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let requirements = root.join(REQUIREMENTS);
    let wanted = std::fs::read_to_string(&requirements).map_err(|e| told(&requirements, e))?;
    let folder = target.join("pdf-checkers");
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

fn run(command: &mut Command) -> Result<(), String> {
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
