//! Files that have grown too long to be read in one sitting.
//!
//! Lines of a function are counted by clippy (`too_many_lines`), the width of a line by rustfmt.

use crate::tidy::Problem;
use crate::tree::Tree;

/// Lines of code that a file may have.
const CODE_LINES: usize = 500;
/// Lines of code that a file may have even with a good reason.
const CODE_LINES_EXEMPT: usize = 800;

/// Files that may pass [`CODE_LINES`], each with its reason.
const EXEMPT: &[(&str, &str)] = &[];

/// Lines that a document for people may have.
const DOCUMENTS: &[(&str, usize)] = &[
    ("README.md", 120),
    ("README.ja.md", 120),
    ("ARCHITECTURE.md", 300),
];

const WHY: &str = "what is read in one sitting is understood and reviewed as a whole";

/// Checks all Rust files and the documents with a limit.
pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let code = tree
        .texts()
        .filter(|(path, _)| path.ends_with(".rs"))
        .filter_map(|(path, text)| too_long(path, code_lines(text)));
    let stale = EXEMPT
        .iter()
        .filter(|(path, _)| tree.text(path).is_none_or(|t| code_lines(t) <= CODE_LINES))
        .map(|(path, _)| Problem {
            place: (*path).to_owned(),
            what: "needs no exemption from the length of files".to_owned(),
            why: "an exemption that nobody needs invites growth",
            mend: "take it out of EXEMPT in xtask/src/tidy/lengths.rs".to_owned(),
        });
    code.chain(stale)
        .chain(
            DOCUMENTS
                .iter()
                .filter_map(|document| long_document(tree, document)),
        )
        .collect()
}

fn too_long(path: &str, lines: usize) -> Option<Problem> {
    let exempt = EXEMPT.iter().any(|(name, _)| *name == path);
    let limit = if exempt {
        CODE_LINES_EXEMPT
    } else {
        CODE_LINES
    };
    (lines > limit).then(|| Problem {
        place: format!("{path}:1"),
        what: format!("{lines} lines of code, more than {limit}"),
        why: WHY,
        mend: "split it into submodules (`foo.rs` with `foo/bar.rs`); long tests go to \
               `foo/tests.rs`"
            .to_owned(),
    })
}

fn long_document(tree: &Tree, (path, limit): &(&str, usize)) -> Option<Problem> {
    let lines = tree.text(path)?.lines().count();
    (lines > *limit).then(|| Problem {
        place: format!("{path}:{}", limit + 1),
        what: format!("{lines} lines, more than {limit}"),
        why: WHY,
        mend: "say less here and more in docs/ or in the head of a module".to_owned(),
    })
}

/// Lines that are neither blank nor only a comment.
fn code_lines(text: &str) -> usize {
    text.lines()
        .map(str::trim_start)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_blank_lines_are_no_code() {
        assert_eq!(
            code_lines("//! Head.\n\nfn a() {}\n    // why\n    /// what\nlet b;\n"),
            2
        );
    }

    #[test]
    fn a_long_file_is_a_problem_and_a_long_comment_is_none() {
        let long = "let a = 1;\n".repeat(CODE_LINES + 1);
        let talk = "// word\n".repeat(CODE_LINES + 1);
        let tree = Tree::made_of(&[("a/long.rs", &long), ("a/talk.rs", &talk)]);
        let problems = check(&tree);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].place, "a/long.rs:1");
        assert!(problems[0].what.contains("501 lines"));
    }

    #[test]
    fn a_long_readme_is_a_problem() {
        let long = "word\n".repeat(121);
        let tree = Tree::made_of(&[("README.md", &long), ("docs/long.md", &long)]);
        let problems = check(&tree);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].place, "README.md:121");
    }
}
