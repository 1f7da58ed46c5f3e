//! Every rule has a fixture that shows it and a page that explains it, and stands in the table.

use crate::tidy::Problem;
use crate::tree::Tree;
use std::collections::BTreeMap;

const RULES: &str = "crates/meguri-core/src/verify/rules/";
const TABLE: &str = "crates/meguri-core/src/verify/catalogue.rs";
const FIXTURES: &str = "testdata/rules/";
const PAGES: &str = "docs/rules/";
const UPDATE: &str = "`MEGURI_UPDATE=1 cargo test -p meguri`, and read the difference";
const WHY: &str = "a finding that nobody can look up or reproduce is not believed";

/// Compares the files of rules with the fixtures, the pages and the table.
pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let rules = rule_files(tree);
    let mut problems = Vec::new();
    for (code, paths) in &rules {
        problems.extend(incomplete(tree, code, paths));
    }
    let leftovers = tree
        .files()
        .filter_map(|(path, _)| Some((path, documented_code(path)?)))
        .filter(|(_, code)| !rules.contains_key(code));
    problems.extend(leftovers.map(|(path, code)| Problem {
        place: path.to_owned(),
        what: format!("belongs to no rule: there is no file for {code}"),
        why: WHY,
        mend: format!("remove it, or add {RULES}{}_….rs", code.to_lowercase()),
    }));
    problems
}

/// The files of rules by code; more than one file under a code is a mistake.
fn rule_files(tree: &Tree) -> BTreeMap<String, Vec<&str>> {
    let mut rules: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, _) in tree.files() {
        let name = path.strip_prefix(RULES).and_then(|p| p.strip_suffix(".rs"));
        // Files such as `v001_rate/tests.rs` are parts of a rule, not rules.
        let Some(name) = name.filter(|name| !name.contains('/')) else {
            continue;
        };
        if let Some(code) = name.split('_').next().and_then(as_code) {
            rules.entry(code).or_default().push(path);
        }
    }
    rules
}

fn incomplete(tree: &Tree, code: &str, paths: &[&str]) -> Vec<Problem> {
    let Some((path, rest)) = paths.split_first() else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    for other in rest {
        let what = format!("has the code {code}, as {other} has");
        faults.push((
            what,
            "give it the next free code; codes are never given twice".to_owned(),
        ));
    }
    let fixture = format!("{FIXTURES}{code}/");
    if !tree.has(&fixture) {
        let mend = format!("add a paper that breaks the rule to {fixture}, then {UPDATE}");
        faults.push(("has no fixture".to_owned(), mend));
    }
    let page = format!("{PAGES}{code}.md");
    if !tree.has(&page) {
        let mend = format!("let the code write it: {UPDATE}");
        faults.push(("has no page in the manual".to_owned(), mend));
    }
    let module = path.trim_start_matches(RULES).trim_end_matches(".rs");
    if !tree.text(TABLE).is_some_and(|table| table.contains(module)) {
        faults.push((
            "is not in the table".to_owned(),
            format!("add it to RULES in {TABLE}"),
        ));
    }
    let problem = |(what, mend)| Problem {
        place: (*path).to_owned(),
        what,
        why: WHY,
        mend,
    };
    faults.into_iter().map(problem).collect()
}

/// The code that a fixture or a page is for.
fn documented_code(path: &str) -> Option<String> {
    let fixture = path
        .strip_prefix(FIXTURES)
        .and_then(|rest| rest.split_once('/'))
        .map(|(folder, _)| folder);
    let page = path
        .strip_prefix(PAGES)
        .and_then(|rest| rest.strip_suffix(".md"));
    as_code(fixture.or(page)?)
}

/// `v001` and `V001` are codes, other words are not.
fn as_code(word: &str) -> Option<String> {
    let digits = word.strip_prefix(['v', 'V'])?;
    let is_code = digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit());
    is_code.then(|| format!("V{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: (&str, &str) = ("crates/meguri-core/src/verify/rules/v001_rate.rs", "");
    const PART: (&str, &str) = ("crates/meguri-core/src/verify/rules/v001_rate/tests.rs", "");
    const FIXTURE: (&str, &str) = ("testdata/rules/V001/paper.txt", "");
    const PAGE: (&str, &str) = ("docs/rules/V001.md", "");
    const LISTED: (&str, &str) = (TABLE, "&[v001_rate::RULE]");

    fn faults(files: &[(&str, &str)]) -> Vec<String> {
        let problems = check(&Tree::made_of(files));
        problems.into_iter().map(|p| p.what).collect()
    }

    #[test]
    fn a_whole_rule_is_fine() {
        let index = ("docs/rules/README.md", "");
        assert!(faults(&[RULE, PART, FIXTURE, PAGE, LISTED, index]).is_empty());
        assert!(faults(&[]).is_empty());
    }

    #[test]
    fn what_a_rule_lacks_is_named() {
        assert_eq!(faults(&[RULE, PAGE, LISTED]), ["has no fixture"]);
        assert_eq!(
            faults(&[RULE, FIXTURE, LISTED]),
            ["has no page in the manual"]
        );
        assert_eq!(faults(&[RULE, FIXTURE, PAGE]), ["is not in the table"]);
    }

    #[test]
    fn fixtures_and_pages_without_rule_are_problems() {
        let found = faults(&[FIXTURE, PAGE]);
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("no file for V001"));
    }

    #[test]
    fn a_code_is_given_once() {
        let twin = ("crates/meguri-core/src/verify/rules/v001_total.rs", "");
        let found = faults(&[RULE, twin, FIXTURE, PAGE, LISTED]);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("has the code V001"), "{found:?}");
    }
}
