//! Paths that documents name in backticks: a map that shows what is gone misleads.

use crate::tidy::Problem;
use crate::tree::Tree;

/// The folder of the reasons, a file for each package.
const DESIGN: &str = "docs/design/";

/// The documents whose named paths must exist, besides those of [`DESIGN`].
const DOCUMENTS: &[&str] = &[
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "DESIGN.md",
    "README.ja.md",
    "README.md",
    "STYLE.md",
    "docs/benchmarks.md",
];

/// Endings of file names that make a word without `/` a path.
const ENDINGS: &[&str] = &[".rs", ".md", ".toml", ".txt", ".json", ".lock"];

/// Checks every word in backticks that looks like a path of this project.
pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    let reasons = tree.texts().map(|(path, _)| path);
    let reasons = reasons.filter(|path| path.starts_with(DESIGN) && path.ends_with(".md"));
    for document in DOCUMENTS.iter().copied().chain(reasons) {
        let lines = tree.text(document).unwrap_or_default().lines();
        for (index, line) in lines.enumerate() {
            let gone = backticked(line).filter(|word| is_path(word) && !is_there(tree, word));
            problems.extend(gone.map(|word| {
                Problem {
                    place: format!("{document}:{}", index + 1),
                    what: format!("names `{word}`, which is not there"),
                    why: "a map that shows what is gone misleads the newcomer whom it is for",
                    mend: "write the path from the root as it is now, or a placeholder such as \
                       `crates/<name>/src/`"
                        .to_owned(),
                }
            }));
        }
    }
    problems
}

/// A name without a folder (`map.rs`) stands for any file of that name.
fn is_there(tree: &Tree, word: &str) -> bool {
    let same_name = |path: &str| path.rsplit('/').next() == Some(word);
    tree.has(word) || (!word.contains('/') && tree.files().any(|(path, _)| same_name(path)))
}

/// The words between pairs of backticks on one line.
fn backticked(line: &str) -> impl Iterator<Item = &str> {
    let parts: Vec<&str> = line.split('`').collect();
    // An odd number of backticks leaves the last part open.
    let closed = parts.len() - 1 + parts.len() % 2;
    parts.into_iter().take(closed).skip(1).step_by(2)
}

/// A path of this project: no command, no Rust path, no placeholder, nothing outside of it.
fn is_path(word: &str) -> bool {
    let path_like = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    // `foo.rs` with `foo/` is how one speaks of files in general.
    let outside = ["/", "..", "target/", "http", "foo"];
    word.chars().all(path_like)
        && (word.contains('/') || ENDINGS.iter().any(|ending| word.ends_with(ending)))
        && !outside.iter().any(|head| word.starts_with(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_the_project_count() {
        for path in ["crates/a/src/b.rs", "testdata/", "Cargo.toml", ".ci/run"] {
            assert!(is_path(path), "{path}");
        }
        for other in [
            "cargo xtask test",
            "a::b",
            "crates/<name>/src",
            "../shared",
            "/etc/passwd",
            "Vec",
            "foo/tests.rs",
            "target/pages",
        ] {
            assert!(!is_path(other), "{other}");
        }
    }

    #[test]
    fn a_path_that_is_gone_is_found_with_its_line() {
        let text = "# Map\nSee `crates/a.rs`, `a.rs` and `crates/gone.rs`.\nAn open ` x.rs\n";
        let tree = Tree::made_of(&[("ARCHITECTURE.md", text), ("crates/a.rs", "")]);
        let problems = check(&tree);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].place, "ARCHITECTURE.md:2");
        assert!(problems[0].what.contains("`crates/gone.rs`"));
    }
}
