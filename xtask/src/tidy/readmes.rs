//! The two READMEs say the same: as many headings of each level, and the same commands.

use crate::tidy::Problem;
use crate::tree::Tree;

const ENGLISH: &str = "README.md";
const JAPANESE: &str = "README.ja.md";
const WHY: &str = "who reads only one of them must not miss anything";

/// Compares the headings and the commands of both files.
pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let (Some(english), Some(japanese)) = (tree.text(ENGLISH), tree.text(JAPANESE)) else {
        let gone = [ENGLISH, JAPANESE]
            .into_iter()
            .filter(|path| tree.text(path).is_none());
        return gone
            .map(|path| problem(path, "is missing", "write it after the other one"))
            .collect();
    };
    let mut problems = Vec::new();
    let (here, there) = (headings(english), headings(japanese));
    if here != there {
        let what = format!(
            "headings {} here, {} in {ENGLISH}",
            there.join(" "),
            here.join(" ")
        );
        problems.push(problem(JAPANESE, &what, "give both the same sections"));
    }
    let (here, there) = (commands(english), commands(japanese));
    let lacks = |from: &[&str], path: &str, other: &str, all: &[&str]| -> Vec<Problem> {
        from.iter()
            .filter(|line| !all.contains(line))
            .map(|line| {
                problem(
                    path,
                    &format!("lacks the command `{line}` of {other}"),
                    "add it",
                )
            })
            .collect()
    };
    problems.extend(lacks(&here, JAPANESE, ENGLISH, &there));
    problems.extend(lacks(&there, ENGLISH, JAPANESE, &here));
    problems
}

fn problem(path: &str, what: &str, mend: &str) -> Problem {
    Problem {
        place: path.to_owned(),
        what: what.to_owned(),
        why: WHY,
        mend: mend.to_owned(),
    }
}

/// The levels of all headings in order, as `##`, outside of code.
fn headings(text: &str) -> Vec<&str> {
    outside_and_inside(text)
        .filter(|(inside, line)| inside.is_none() && line.starts_with('#'))
        .filter_map(|(_, line)| line.split_whitespace().next())
        .collect()
}

/// The lines of all blocks of shell commands, without their comments.
fn commands(text: &str) -> Vec<&str> {
    outside_and_inside(text)
        .filter(|(inside, _)| *inside == Some("sh"))
        .map(|(_, line)| line.split(" #").next().unwrap_or(line).trim())
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// Each line with the language of the fenced block that it is in.
fn outside_and_inside(text: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    let mut block = None;
    text.lines().filter_map(move |line| {
        if let Some(language) = line.strip_prefix("```") {
            block = if block.is_none() {
                Some(language.trim())
            } else {
                None
            };
            return None;
        }
        Some((block, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "# a\n## b\n```sh\n# no heading\nrun this   # why\n```\n## c\n";

    fn check_pair(english: &str, japanese: &str) -> Vec<String> {
        let tree = Tree::made_of(&[(ENGLISH, english), (JAPANESE, japanese)]);
        check(&tree).into_iter().map(|p| p.what).collect()
    }

    #[test]
    fn the_same_skeleton_in_another_language_is_fine() {
        let other = "# あ\n## い\n```sh\nrun this # なぜ\n```\n```text\nfree\n```\n## う\n";
        assert!(check_pair(ONE, other).is_empty());
    }

    #[test]
    fn a_missing_section_or_command_is_a_problem() {
        let problems = check_pair(ONE, "# あ\n## い\n```sh\nrun that\n```\n");
        assert_eq!(
            problems,
            [
                "headings # ## here, # ## ## in README.md",
                "lacks the command `run this` of README.md",
                "lacks the command `run that` of README.ja.md",
            ]
        );
    }

    #[test]
    fn a_missing_file_is_a_problem() {
        let tree = Tree::made_of(&[(ENGLISH, ONE)]);
        assert_eq!(check(&tree)[0].place, JAPANESE);
    }
}
