//! `cargo xtask test`: everything that CI checks, the quick steps first.

use crate::steps::{Step, timed};
use crate::{browser, dist, fuzz, open_data, packages, papers, python, tidy};
use std::path::Path;

const FMT: Step<'_> = Step {
    name: "format",
    program: "cargo",
    arguments: &["fmt", "--all", "--check"],
    variables: &[],
};

/// The fuzz targets are a workspace of their own, which `--all` does not reach.
const FMT_FUZZ: Step<'_> = Step {
    name: "format of the fuzz targets",
    program: "cargo",
    arguments: &["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"],
    variables: &[],
};

const CLIPPY: Step<'_> = Step {
    name: "clippy",
    program: "cargo",
    arguments: &[
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ],
    variables: &[],
};

const TEST: Step<'_> = Step {
    name: "tests",
    program: "cargo",
    arguments: &["test", "--locked", "--workspace"],
    // Without Chromium, axe-core or the mail server their tests fail instead of being skipped.
    variables: &[("MEGURI_BROWSER", "required")],
};

/// With private items, since it is read by those who change the code: the head of a module leads
/// to its parts.
const DOC: Step<'_> = Step {
    name: "documentation",
    program: "cargo",
    arguments: &[
        "doc",
        "--locked",
        "--workspace",
        "--no-deps",
        "--document-private-items",
    ],
    variables: &[(
        "RUSTDOCFLAGS",
        "-D warnings -A rustdoc::private-intra-doc-links",
    )],
};

/// Runs all steps and stops at the first that fails.
///
/// # Errors
/// What failed and how to repeat it.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    timed("all checks", || {
        timed("system packages", || packages::ensure(packages::FOR_TESTS))?;
        FMT.run(root)?;
        FMT_FUZZ.run(root)?;
        timed("tidy", || tidy::run(root))?;
        dist::verify_unit(root)?;
        CLIPPY.run(root)?;
        browser::fetch_axe_core(root)?;
        python::fetch_for_tests(root)?;
        TEST.run(root)?;
        papers::check(root)?;
        open_data::check(root)?;
        DOC.run(root)?;
        fuzz::COMPILE.run(root)
    })
}
