//! Files that should not be there: large ones, a second style of module files, bypassed lints.

use crate::tidy::Problem;
use crate::tree::Tree;

/// The largest file outside the folders of data, in bytes.
const MAX_BYTES: u64 = 200 * 1024;
/// Folders of data, where files may be larger: the typeface of papers must be in the program, and no
/// package of crates.io has it.
const DATA: &[&str] = &["testdata/", "samples/", "crates/meguri-report/fonts/"];

/// Checks all files.
pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let sizes = tree
        .files()
        .filter_map(|(path, file)| too_large(path, file.bytes));
    let modules = tree.files().filter_map(|(path, _)| module_file(path));
    let manifests = tree.texts().filter_map(|(path, text)| lints(path, text));
    sizes.chain(modules).chain(manifests).collect()
}

fn too_large(path: &str, bytes: u64) -> Option<Problem> {
    let data = DATA.iter().any(|folder| path.starts_with(folder));
    (bytes > MAX_BYTES && !data).then(|| Problem {
        place: path.to_owned(),
        what: format!("{} KB, more than {} KB", bytes / 1024, MAX_BYTES / 1024),
        why: "git keeps every version of a large file for ever",
        mend: "make it smaller, make it in a test, or put real test data into testdata/".to_owned(),
    })
}

fn module_file(path: &str) -> Option<Problem> {
    let folder = path.strip_suffix("/mod.rs")?;
    Some(Problem {
        place: path.to_owned(),
        what: "a module file called mod.rs".to_owned(),
        why: "one style of module files; ten tabs called mod.rs say nothing",
        mend: format!("git mv {path} {folder}.rs"),
    })
}

/// Every package takes the lints of the workspace, which forbid `unsafe` among others.
fn lints(path: &str, text: &str) -> Option<Problem> {
    let package = path.starts_with("crates/") || path.starts_with("xtask/");
    if !package || !path.ends_with("/Cargo.toml") {
        return None;
    }
    let mut lines = text.lines().map(str::trim);
    let inherited = lines.any(|line| line == "[lints]") && lines.next() == Some("workspace = true");
    (!inherited).then(|| Problem {
        place: path.to_owned(),
        what: "does not take the lints of the workspace".to_owned(),
        why: "they forbid `unsafe` and deny what the house does not write",
        mend: "add\n        [lints]\n        workspace = true".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_files_are_allowed_only_as_data() {
        assert!(too_large("docs/picture.png", MAX_BYTES + 1).is_some());
        assert!(too_large("docs/picture.png", MAX_BYTES).is_none());
        assert!(too_large("testdata/paper.txt", MAX_BYTES + 1).is_none());
    }

    #[test]
    fn a_mod_file_is_a_problem_with_the_move_that_mends_it() {
        let tree = Tree::made_of(&[("crates/x/src/a/mod.rs", ""), ("crates/x/src/modr.rs", "")]);
        let problems = check(&tree);
        assert_eq!(problems.len(), 1);
        assert_eq!(
            problems[0].mend,
            "git mv crates/x/src/a/mod.rs crates/x/src/a.rs"
        );
    }

    #[test]
    fn a_package_without_the_lints_of_the_house_is_a_problem() {
        let with = "[package]\nname = \"a\"\n\n[lints]\nworkspace = true\n";
        let tree = Tree::made_of(&[
            ("crates/a/Cargo.toml", with),
            ("crates/b/Cargo.toml", "[package]\nname = \"b\"\n"),
            (
                "crates/c/Cargo.toml",
                "[lints]\nrust.unsafe_code = \"allow\"\n",
            ),
            ("fuzz/Cargo.toml", ""),
        ]);
        let places: Vec<String> = check(&tree).into_iter().map(|p| p.place).collect();
        assert_eq!(places, ["crates/b/Cargo.toml", "crates/c/Cargo.toml"]);
    }
}
