//! `deny.toml`: which licences dependencies may have, and which packages may be there twice.

use crate::tidy::Problem;
use crate::tree::Tree;
use cargo_metadata::Metadata;
use std::collections::{BTreeMap, BTreeSet};

/// The file.
const FILE: &str = "deny.toml";

const WHY: &str =
    "a package that is there twice is compiled twice, and mended twice when it has a fault";

/// What the file says.
#[derive(Debug, Default)]
pub(crate) struct Deny {
    /// Licences, each also with its exception.
    pub(crate) licences: BTreeSet<String>,
    /// Packages that may be there in several versions, with who asks for that.
    twice: BTreeMap<String, String>,
}

impl Deny {
    /// Reads the file of a tree.
    ///
    /// # Errors
    /// Where it is missing or not what it should be.
    pub(crate) fn of(tree: &Tree) -> Result<Self, Problem> {
        let text = tree.texts().find(|(path, _)| *path == FILE);
        let text = text.ok_or_else(|| broken("is missing"))?.1;
        Self::parse(text).map_err(|why| broken(&why))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let table: toml::Table = text.parse().map_err(|error| format!("{error}"))?;
        let list = |part: &str, key: &str| {
            let list = table.get(part).and_then(|part| part.get(key)?.as_array());
            list.ok_or_else(|| format!("has no list {part}.{key}"))
        };
        let mut deny = Self::default();
        for licence in list("licenses", "allow")? {
            let licence = licence.as_str().ok_or("has a licence that is no text")?;
            deny.licences.insert(licence.to_owned());
        }
        for skip in list("bans", "skip")? {
            let word = |key: &str| skip.get(key).and_then(toml::Value::as_str);
            match (word("crate"), word("reason")) {
                (Some(name), Some(reason)) if !reason.is_empty() => {
                    deny.twice.insert(name.to_owned(), reason.to_owned());
                }
                _ => return Err("has an entry of bans.skip without crate and reason".to_owned()),
            }
        }
        Ok(deny)
    }
}

/// Packages that are there in several versions and are not named; and names that are not needed.
pub(crate) fn check(tree: &Tree, metadata: &Metadata) -> Vec<Problem> {
    let deny = match Deny::of(tree) {
        Ok(deny) => deny,
        Err(problem) => return vec![problem],
    };
    let mut versions: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for package in &metadata.packages {
        let known = versions.entry(package.name.as_str()).or_default();
        known.insert(package.version.to_string());
    }
    compare(&versions, &deny)
}

fn compare(versions: &BTreeMap<&str, BTreeSet<String>>, deny: &Deny) -> Vec<Problem> {
    let twice = versions.iter().filter(|(_, versions)| versions.len() > 1);
    let twice: BTreeMap<&str, &BTreeSet<String>> = twice.map(|(name, all)| (*name, all)).collect();
    let unnamed = twice
        .iter()
        .filter(|(name, _)| !deny.twice.contains_key(**name));
    let unneeded = deny
        .twice
        .keys()
        .filter(|name| !twice.contains_key(name.as_str()));
    let mut problems: Vec<Problem> = unnamed
        .map(|(name, all)| Problem {
            place: format!("package {name}"),
            what: format!(
                "is there in several versions: {}",
                all.iter().cloned().collect::<Vec<_>>().join(", ")
            ),
            why: WHY,
            mend: format!(
                "ask `cargo tree -i {name}`; else name it in {FILE} with who asks for it"
            ),
        })
        .collect();
    problems.extend(unneeded.map(|name| Problem {
        place: FILE.to_owned(),
        what: format!("names {name}, which is there once"),
        why: WHY,
        mend: "take the line out".to_owned(),
    }));
    problems
}

fn broken(why: &str) -> Problem {
    Problem {
        place: FILE.to_owned(),
        what: why.to_owned(),
        why: "licences and duplicates are checked by it",
        mend: "put it right; git has the last one that was".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[licenses]\nallow = [\"MIT\"]\n[bans]\n\
                        skip = [{ crate = \"syn\", reason = \"older macros\" }]\n";

    fn versions(all: &[(&'static str, &[&str])]) -> BTreeMap<&'static str, BTreeSet<String>> {
        let one = |(name, versions): &(&'static str, &[&str])| {
            (*name, versions.iter().map(|v| (*v).to_owned()).collect())
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn a_package_twice_is_named_with_its_reason_or_a_problem() {
        let deny = Deny::parse(TEXT).expect("it reads");
        let found = |all| compare(&versions(all), &deny);
        assert!(found(&[("syn", &["1.0.0", "2.0.0"]), ("log", &["0.4.0"])]).is_empty());
        let twice = found(&[("syn", &["1.0.0", "2.0.0"]), ("log", &["0.3.0", "0.4.0"])]);
        assert_eq!(twice.len(), 1);
        assert!(twice[0].what.contains("0.3.0, 0.4.0"), "{}", twice[0]);
        let gone = found(&[("syn", &["2.0.0"])]);
        assert!(gone[0].what.contains("syn"), "{}", gone[0]);
    }

    #[test]
    fn a_file_that_says_less_is_a_problem() {
        let tree = Tree::made_of(&[]);
        assert!(Deny::of(&tree).is_err());
        for broken in [
            "",
            "[licenses]\n",
            "[licenses]\nallow = [1]\n[bans]\nskip = []\n",
            "[licenses]\nallow = []\n[bans]\nskip = [{ crate = \"syn\" }]\n",
            "nothing",
        ] {
            let tree = Tree::made_of(&[(FILE, broken)]);
            assert!(Deny::of(&tree).is_err(), "{broken}");
        }
    }
}
