//! The licences of all dependencies, by their SPDX expressions.

use crate::tidy::Problem;
use crate::tidy::deny::Deny;
use crate::tree::Tree;
use cargo_metadata::Metadata;

const WHY: &str = "a city must be able to use, change and hand on the program without asking";

/// Checks every package of the lock file, those for other systems too.
pub(crate) fn check(tree: &Tree, metadata: &Metadata) -> Vec<Problem> {
    let deny = match Deny::of(tree) {
        Ok(deny) => deny,
        Err(problem) => return vec![problem],
    };
    let faults = metadata.packages.iter().filter_map(|package| {
        let what = fault(package.license.as_deref(), &|id| deny.licences.contains(id))?;
        Some((
            format!("package {} {}", package.name, package.version),
            what,
        ))
    });
    faults
        .map(|(place, what)| Problem {
            place,
            what,
            why: WHY,
            mend: "find another crate; what asks for more than its name cannot be handed on"
                .to_owned(),
        })
        .collect()
}

fn fault(licence: Option<&str>, is_allowed: &dyn Fn(&str) -> bool) -> Option<String> {
    let Some(licence) = licence else {
        return Some("names no licence".to_owned());
    };
    match allowed(licence, is_allowed) {
        Some(true) => None,
        Some(false) => Some(format!("its licence is not on the list: {licence}")),
        None => Some(format!("its licence cannot be read: {licence}")),
    }
}

/// Does an SPDX expression leave a choice that is allowed? `None` where it is none.
///
/// `A OR B` is a choice, `A AND B` asks for both, `AND` binds closer than `OR`; the old `A/B` is
/// `A OR B`.
fn allowed(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut parser = Parser {
        words: &words,
        is_allowed,
    };
    let verdict = parser.choice()?;
    parser.words.is_empty().then_some(verdict)
}

struct Parser<'a> {
    words: &'a [&'a str],
    is_allowed: &'a dyn Fn(&str) -> bool,
}

impl<'a> Parser<'a> {
    fn choice(&mut self) -> Option<bool> {
        let mut verdict = self.all()?;
        while self.take("OR") {
            verdict |= self.all()?;
        }
        Some(verdict)
    }

    fn all(&mut self) -> Option<bool> {
        let mut verdict = self.one()?;
        while self.take("AND") {
            verdict &= self.one()?;
        }
        Some(verdict)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let verdict = self.choice()?;
            return self.take(")").then_some(verdict);
        }
        let licence = self.next()?;
        if matches!(licence, ")" | "AND" | "OR" | "WITH") {
            return None;
        }
        if self.take("WITH") {
            let exception = self.next()?;
            return Some((self.is_allowed)(&format!("{licence} WITH {exception}")));
        }
        Some((self.is_allowed)(licence))
    }

    fn take(&mut self, word: &str) -> bool {
        match self.words.split_first() {
            Some((first, rest)) if *first == word => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }

    fn next(&mut self) -> Option<&'a str> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_allowed(id: &str) -> bool {
        let allowed = [
            "MIT",
            "Apache-2.0",
            "Apache-2.0 WITH LLVM-exception",
            "ISC",
            "Unicode-3.0",
        ];
        allowed.contains(&id)
    }

    #[test]
    fn expressions_are_read_as_choices_and_duties() {
        let cases = [
            ("MIT", Some(true)),
            ("MIT OR Apache-2.0", Some(true)),
            ("MIT/Apache-2.0", Some(true)),
            ("GPL-3.0-only OR MIT", Some(true)),
            ("GPL-3.0-only AND MIT", Some(false)),
            ("(MIT OR GPL-3.0-only) AND Unicode-3.0", Some(true)),
            ("MIT AND GPL-3.0-only OR ISC", Some(true)),
            ("MIT AND (GPL-3.0-only OR AGPL-3.0-only)", Some(false)),
            ("Apache-2.0 WITH LLVM-exception", Some(true)),
            ("Apache-2.0 WITH Classpath-exception-2.0", Some(false)),
            ("MPL-2.0", Some(false)),
            ("", None),
            ("MIT OR", None),
            ("(MIT", None),
            ("MIT Apache-2.0", None),
        ];
        for (expression, want) in cases {
            let got = allowed(expression, &is_allowed);
            assert_eq!(got, want, "{expression}");
        }
    }

    #[test]
    fn a_package_without_a_good_licence_is_a_fault() {
        assert!(fault(None, &is_allowed).is_some());
        assert!(fault(Some("AGPL-3.0-only"), &is_allowed).is_some_and(|f| f.contains("AGPL")));
        assert!(fault(Some("see file"), &is_allowed).is_some_and(|f| f.contains("cannot be read")));
        assert!(fault(Some("MIT"), &is_allowed).is_none());
    }
}
