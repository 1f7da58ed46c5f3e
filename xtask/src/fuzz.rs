//! `cargo xtask fuzz`: runs each fuzz target for a while on the one stable toolchain.
//!
//! libFuzzer needs coverage counters, which stable compilers have behind `-C` flags. cargo-fuzz
//! also passes flags that only a nightly accepts; `RUSTC_BOOTSTRAP=1` lets the stable compiler
//! take them, so that nobody needs a second toolchain. The address sanitizer stays off: `unsafe`
//! is forbidden here, so it would find nothing and halve the speed.

use crate::packages;
use crate::steps::Step;
use crate::tidy::seeds_folder;
use std::path::Path;
use std::process::{Command, Stdio};

const SECONDS: u32 = 60;
/// Longer inputs find no more in these readers, but slower.
const MAX_INPUT_BYTES: u32 = 32 * 1024;
/// Seconds after which one input counts as hanging.
const HANG_SECONDS: u32 = 10;
const MAX_MEMORY_MB: u32 = 2048;

/// Checks that the targets compile, without building libFuzzer: the path given to it is only used
/// by a linker, which a check never calls.
pub(crate) const COMPILE: Step<'_> = Step {
    name: "fuzz targets compile",
    program: "cargo",
    arguments: &[
        "check",
        "--locked",
        "--manifest-path",
        "fuzz/Cargo.toml",
        "--all-targets",
        "--target-dir",
        "target/fuzz-check",
    ],
    variables: &[
        ("CUSTOM_LIBFUZZER_PATH", "./not-linked"),
        ("RUSTFLAGS", "-D warnings"),
    ],
};

/// Runs the targets named in the arguments, or all.
///
/// # Errors
/// Bad arguments, missing tools, or the first target that found something.
pub(crate) fn run(root: &Path, arguments: &[&str]) -> Result<(), String> {
    let (seconds, wanted) = parse(arguments)?;
    let known = targets(root)?;
    if let Some(unknown) = wanted.iter().find(|name| !known.iter().any(|k| k == *name)) {
        return Err(format!(
            "no fuzz target {unknown}; there are: {}",
            known.join(", ")
        ));
    }
    packages::ensure(packages::FOR_FUZZING)?;
    ensure_cargo_fuzz(root)?;
    seed_corpus(root)?;
    let chosen = known
        .iter()
        .filter(|name| wanted.is_empty() || wanted.contains(&name.as_str()));
    for target in chosen {
        fuzz(root, target, seconds)?;
    }
    Ok(())
}

/// `--seconds N` and names of targets.
fn parse<'a>(arguments: &[&'a str]) -> Result<(u32, Vec<&'a str>), String> {
    match arguments {
        [] => Ok((SECONDS, Vec::new())),
        ["--seconds", number, rest @ ..] => {
            let seconds =
                number.parse().ok().filter(|n| *n > 0).ok_or_else(|| {
                    format!("--seconds wants a whole number above 0, not {number}")
                })?;
            Ok((seconds, parse(rest)?.1))
        }
        [option, ..] if option.starts_with('-') => Err(format!("unknown option: {option}")),
        [name, rest @ ..] => {
            let (seconds, mut names) = parse(rest)?;
            names.insert(0, name);
            Ok((seconds, names))
        }
    }
}

/// One target a file.
fn targets(root: &Path) -> Result<Vec<String>, String> {
    let folder = root.join("fuzz/fuzz_targets");
    let entries = std::fs::read_dir(&folder)
        .map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .collect();
    names.sort();
    Ok(names)
}

fn ensure_cargo_fuzz(root: &Path) -> Result<(), String> {
    let there = Command::new("cargo")
        .args(["fuzz", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if there {
        return Ok(());
    }
    let install = Step {
        name: "cargo-fuzz is missing: install it",
        program: "cargo",
        arguments: &["install", "cargo-fuzz", "--locked"],
        variables: &[],
    };
    install.run(root)
}

/// Fills the corpus from generated papers, and from the real documents where they are there.
fn seed_corpus(root: &Path) -> Result<(), String> {
    let seeds = seeds_folder(root);
    if seeds.is_none() {
        eprintln!("SKIPPED: the real documents are not there, only generated papers are seeds");
    }
    let seeds = seeds.unwrap_or_default();
    let folder = seeds.to_string_lossy();
    let fill = Step {
        name: "seeds of the corpus",
        program: "cargo",
        arguments: &[
            "run",
            "--locked",
            "--quiet",
            "--release",
            "--manifest-path",
            "fuzz/Cargo.toml",
            "--target-dir",
            "target/fuzz-seeds",
            "--example",
            "seed_corpus",
            "--",
            &folder,
        ],
        variables: &[],
    };
    fill.run(root)
}

fn fuzz(root: &Path, target: &str, seconds: u32) -> Result<(), String> {
    let time = format!("-max_total_time={seconds}");
    let length = format!("-max_len={MAX_INPUT_BYTES}");
    let hang = format!("-timeout={HANG_SECONDS}");
    let memory = format!("-rss_limit_mb={MAX_MEMORY_MB}");
    let step = Step {
        name: target,
        program: "cargo",
        arguments: &[
            "fuzz",
            "run",
            "--sanitizer",
            "none",
            target,
            "--",
            &time,
            &length,
            &hang,
            &memory,
            "-verbosity=0",
            "-print_final_stats=1",
        ],
        variables: &[("RUSTC_BOOTSTRAP", "1")],
    };
    step.run(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_targets_are_read_in_any_order() {
        assert_eq!(parse(&[]), Ok((60, vec![])));
        assert_eq!(parse(&["--seconds", "5"]), Ok((5, vec![])));
        assert_eq!(
            parse(&["a", "--seconds", "5", "b"]),
            Ok((5, vec!["a", "b"]))
        );
        for bad in [
            &["--seconds"][..],
            &["--seconds", "0"],
            &["--seconds", "x"],
            &["--fast"],
        ] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn every_fuzz_target_has_its_line_in_the_manifest() {
        let root = crate::root();
        let manifest = std::fs::read_to_string(root.join("fuzz/Cargo.toml")).expect("a manifest");
        let targets = targets(&root).expect("the folder of targets");
        assert!(!targets.is_empty());
        for target in targets {
            assert!(
                manifest.contains(&format!("name = \"{target}\"")),
                "{target}"
            );
        }
    }
}
