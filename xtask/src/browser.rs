//! What the browser test needs besides Chromium: axe-core, fetched into the build folder.
//!
//! axe-core looks for faults of accessibility. Its licence is MPL-2.0, so that it is used here and
//! stands neither in the tree nor in the program.

use crate::steps::timed;
use cargo_metadata::MetadataCommand;
use std::path::Path;
use std::process::Command;

/// The version that is fetched; a newer one is a decision.
const AXE_CORE: &str = "axe-core@4.14.1";

/// Fetches axe-core from the npm registry unless it is there.
///
/// # Errors
/// What failed and how to repeat it.
pub(crate) fn fetch_axe_core(root: &Path) -> Result<(), String> {
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .exec()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    let folder = metadata
        .target_directory
        .into_std_path_buf()
        .join("axe-core");
    let version = folder.join("version");
    if std::fs::read_to_string(&version).is_ok_and(|version| version == AXE_CORE) {
        return Ok(());
    }
    timed("axe-core", || {
        std::fs::create_dir_all(&folder).map_err(|error| told(&folder, &error))?;
        // npm checks the package against the sum that the registry signs for it.
        let packed = output(
            Command::new("npm").args(["pack", "--silent", AXE_CORE]),
            &folder,
        )?;
        let archive = packed.lines().last().unwrap_or_default().trim().to_owned();
        let unpack = ["xzf", &archive, "package/axe.min.js", "package/LICENSE"];
        output(Command::new("tar").args(unpack), &folder)?;
        std::fs::write(&version, AXE_CORE).map_err(|error| told(&version, &error))
    })
}

/// Runs a command in a folder and gives what it printed.
fn output(command: &mut Command, folder: &Path) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .current_dir(folder)
        .output()
        .map_err(|error| format!("cannot start `{name}`: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!(
        "`{name}` failed: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    ))
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_gives_its_output_or_its_fault() {
        let here = Path::new(".");
        assert_eq!(
            output(Command::new("echo").arg("a"), here),
            Ok("a\n".to_owned())
        );
        assert!(output(&mut Command::new("false"), here).is_err());
        let missing = output(&mut Command::new("no-such-program-here"), here);
        assert!(missing.is_err_and(|error| error.contains("cannot start")));
    }
}
