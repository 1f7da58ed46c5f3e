//! The licences of all dependencies, by their SPDX expressions.

use crate::tidy::Problem;
use cargo_metadata::Metadata;

/// Licences that ask no more than to be named.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Exceptions that only give more freedom.
const EXCEPTIONS: &[&str] = &["LLVM-exception"];

/// Packages that may have another licence, each with the reason: (package, licence, reason).
const EXEMPT: &[(&str, &str, &str)] = &[];

const WHY: &str = "a city must be able to use, change and hand on the program without asking";

/// Checks every package of the lock file, those for other systems too.
pub(crate) fn check(metadata: &Metadata) -> Vec<Problem> {
    let faults = metadata.packages.iter().filter_map(|package| {
        let what = fault(&package.name, package.license.as_deref())?;
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
            mend:
                "find another crate, or name it in EXEMPT in xtask/src/tidy/licences.rs with the \
                   reason"
                    .to_owned(),
        })
        .collect()
}

fn fault(package: &str, licence: Option<&str>) -> Option<String> {
    let Some(licence) = licence else {
        return Some("names no licence".to_owned());
    };
    let exempt = |id: &str| EXEMPT.iter().any(|(p, l, _)| *p == package && *l == id);
    match allowed(licence, &|id| ALLOWED.contains(&id) || exempt(id)) {
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
        let verdict = (self.is_allowed)(licence);
        if self.take("WITH") {
            return Some(verdict && EXCEPTIONS.contains(&self.next()?));
        }
        Some(verdict)
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
            let got = allowed(expression, &|id| ALLOWED.contains(&id));
            assert_eq!(got, want, "{expression}");
        }
    }

    #[test]
    fn a_package_without_a_good_licence_is_a_fault() {
        assert!(fault("a", None).is_some());
        assert!(fault("a", Some("AGPL-3.0-only")).is_some_and(|f| f.contains("AGPL")));
        assert!(fault("a", Some("see file")).is_some_and(|f| f.contains("cannot be read")));
        assert!(fault("a", Some("MIT")).is_none());
    }
}
