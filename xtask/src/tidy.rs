//! `cargo xtask tidy`: what neither the compiler, rustfmt nor clippy can say about the tree.
//!
//! One check, one file, one line in [`CHECKS`]. Each looks at the tree or at what cargo knows and
//! gives its problems; its own tests show that it can fail. STYLE.md has the reasons at length.

mod arrows;
mod deny;
mod files;
mod lengths;
mod licences;
mod named_paths;
mod pages;
mod prose;
mod purity;
mod readmes;
mod rules;

use crate::tree::Tree;
use cargo_metadata::{Metadata, MetadataCommand};
use std::fmt;
use std::path::{Path, PathBuf};

/// What a check looks at.
pub(crate) struct Subject<'a> {
    /// The files of the project.
    pub(crate) tree: &'a Tree,
    /// What cargo knows of the packages and all their dependencies.
    pub(crate) metadata: &'a Metadata,
    /// The folder with the real documents, where it is there.
    pub(crate) seeds: Option<&'a Path>,
}

/// A check by its name.
type Check = (&'static str, fn(&Subject<'_>) -> Vec<Problem>);

const CHECKS: &[Check] = &[
    ("arrows between packages", |s| arrows::check(s.metadata)),
    ("purity of core and readers", |s| purity::check(s.tree)),
    ("no page imports a page", |s| pages::check(s.tree)),
    ("lengths", |s| lengths::check(s.tree)),
    ("files", |s| files::check(s.tree)),
    ("paths named in documents", |s| named_paths::check(s.tree)),
    ("both READMEs", |s| readmes::check(s.tree)),
    ("rules with fixture and page", |s| rules::check(s.tree)),
    ("licences", |s| licences::check(s.tree, s.metadata)),
    ("packages that are there twice", |s| {
        deny::check(s.tree, s.metadata)
    }),
    ("no sentence of a real document", |s| match s.seeds {
        Some(seeds) => prose::check(s.tree, seeds),
        None => Vec::new(),
    }),
];

/// One place that breaks a rule of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// File with line, or package.
    pub(crate) place: String,
    /// What is the matter there.
    pub(crate) what: String,
    /// Why there is such a rule.
    pub(crate) why: &'static str,
    /// How to mend it.
    pub(crate) mend: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.place, self.what)?;
        writeln!(f, "    why:  {}", self.why)?;
        write!(f, "    mend: {}", self.mend)
    }
}

/// Runs all checks and prints every problem, not only the first.
///
/// # Errors
/// The number of problems, or what keeps the checks from running.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let tree = Tree::of(root)?;
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .other_options(["--locked".to_owned(), "--all-features".to_owned()])
        .exec()
        .map_err(|error| format!("cargo metadata: {error}"))?;
    let seeds = seeds_folder(root);
    if seeds.is_none() {
        eprintln!("SKIPPED: the real documents are not there, their sentences are not looked for");
    }
    let subject = Subject {
        tree: &tree,
        metadata: &metadata,
        seeds: seeds.as_deref(),
    };
    let mut count = 0;
    for (name, check) in CHECKS {
        let problems = check(&subject);
        eprintln!("   {name}: {}", verdict(problems.len()));
        for problem in &problems {
            eprintln!("{problem}");
        }
        count += problems.len();
    }
    if count == 0 {
        return Ok(());
    }
    Err(format!(
        "tidy: {}. To repeat only this step:\n    cargo xtask tidy",
        verdict(count)
    ))
}

fn verdict(problems: usize) -> String {
    match problems {
        0 => "ok".to_owned(),
        1 => "1 problem".to_owned(),
        n => format!("{n} problems"),
    }
}

/// The real documents lie beside the project, or where a variable says, or not at all.
pub(crate) fn seeds_folder(root: &Path) -> Option<PathBuf> {
    let shared = std::env::var_os("MEGURI_SHARED").map(PathBuf::from);
    let seeds = shared
        .unwrap_or_else(|| root.join("../shared"))
        .join("seeds");
    seeds.is_dir().then_some(seeds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_where_what_why_and_how() {
        let problem = Problem {
            place: "a.rs:3".to_owned(),
            what: "too long".to_owned(),
            why: "long is bad",
            mend: "cut it".to_owned(),
        };
        let want = "a.rs:3: too long\n    why:  long is bad\n    mend: cut it";
        assert_eq!(problem.to_string(), want);
    }
}
