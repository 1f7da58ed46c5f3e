//! The arrows between the packages: who may depend on whom, and which outside crate only one may
//! name.

use crate::tidy::Problem;
use cargo_metadata::{DependencyKind, Metadata};

/// What one package may depend on.
struct Arrow {
    package: &'static str,
    /// Our packages that it may use.
    ours: &'static [&'static str],
    /// Our packages that only its tests and benches may use besides.
    ours_in_tests: &'static [&'static str],
    /// The only outside crates that it may use; `None` where [`FENCES`] alone decide.
    outside: Option<&'static [&'static str]>,
}

/// The map of ARCHITECTURE.md. A package that is not in it is a problem, so that a new one is
/// a decision.
const ARROWS: &[Arrow] = &[
    Arrow {
        package: "meguri-core",
        ours: &[],
        ours_in_tests: &[],
        outside: Some(&["rust_decimal", "unicode-normalization"]),
    },
    Arrow {
        package: "meguri-import",
        ours: &["meguri-core"],
        ours_in_tests: &["meguri-papers"],
        outside: None,
    },
    Arrow {
        package: "meguri-papers",
        ours: &[],
        ours_in_tests: &[],
        outside: None,
    },
    Arrow {
        package: "meguri-store",
        ours: &["meguri-core"],
        ours_in_tests: &[],
        outside: None,
    },
    Arrow {
        package: "meguri-report",
        ours: &["meguri-core"],
        ours_in_tests: &[],
        outside: None,
    },
    Arrow {
        package: "meguri-opendata",
        ours: &["meguri-core"],
        ours_in_tests: &[],
        outside: None,
    },
    Arrow {
        package: "meguri-workbook",
        ours: &["meguri-core"],
        ours_in_tests: &[],
        outside: None,
    },
    Arrow {
        package: "meguri-search",
        ours: &["meguri-core"],
        ours_in_tests: &[],
        outside: None,
    },
    Arrow {
        package: "meguri-app",
        ours: &[
            "meguri-core",
            "meguri-import",
            "meguri-store",
            "meguri-search",
            "meguri-report",
            "meguri-opendata",
            "meguri-workbook",
        ],
        ours_in_tests: &["meguri-papers"],
        outside: None,
    },
    Arrow {
        package: "meguri-web",
        ours: &["meguri-core", "meguri-app"],
        ours_in_tests: &[],
        outside: None,
    },
    Arrow {
        package: "meguri",
        ours: &[
            "meguri-core",
            "meguri-import",
            "meguri-store",
            "meguri-search",
            "meguri-app",
            "meguri-web",
        ],
        ours_in_tests: &["meguri-papers", "meguri-opendata", "meguri-workbook"],
        outside: None,
    },
    Arrow {
        package: "xtask",
        ours: &[],
        ours_in_tests: &[],
        outside: None,
    },
];

/// Outside crates (by the beginning of their name) with the only packages that may name them.
const FENCES: &[(&str, &[&str])] = &[
    ("sqlx", &["meguri-store"]),
    ("tantivy", &["meguri-search"]),
    ("typst", &["meguri-report"]),
    ("parquet", &["meguri-opendata"]),
    ("rust_xlsxwriter", &["meguri-workbook"]),
    ("calamine", &["meguri-workbook"]),
    ("lettre", &["meguri-app"]),
    ("axum", &["meguri-web"]),
    ("askama", &["meguri-web"]),
    ("hyper", &["meguri-web"]),
    ("tower", &["meguri-web"]),
    ("clap", &["meguri"]),
    ("tracing-subscriber", &["meguri-web"]),
    ("tracing", &["meguri", "meguri-app", "meguri-web"]),
    ("miette", &["meguri"]),
    ("indicatif", &["meguri"]),
    ("encoding_rs", &["meguri-import"]),
];

const WHY: &str = "the arrows keep the core pure and each heavy dependency behind one door";

/// One line of a package's dependencies.
struct Dependency<'a> {
    package: &'a str,
    on: &'a str,
    in_tests: bool,
}

/// Checks all dependencies of our packages.
pub(crate) fn check(metadata: &Metadata) -> Vec<Problem> {
    let packages = metadata.workspace_packages();
    let ours: Vec<&str> = packages.iter().map(|p| p.name.as_str()).collect();
    let mut problems = unknown(&ours);
    for package in &packages {
        for dependency in &package.dependencies {
            let dependency = Dependency {
                package: &package.name,
                on: &dependency.name,
                in_tests: dependency.kind == DependencyKind::Development,
            };
            problems.extend(forbidden(&dependency, &ours));
        }
    }
    problems
}

fn unknown(ours: &[&str]) -> Vec<Problem> {
    let known = |name: &str| ARROWS.iter().any(|arrow| arrow.package == name);
    ours.iter()
        .filter(|name| !known(name))
        .map(|name| Problem {
            place: format!("package {name}"),
            what: "is not on the map".to_owned(),
            why: WHY,
            mend: "add it to ARROWS in xtask/src/tidy/arrows.rs and to ARCHITECTURE.md, with the \
                   reason in docs/design/house.md"
                .to_owned(),
        })
        .collect()
}

fn forbidden(dependency: &Dependency<'_>, ours: &[&str]) -> Option<Problem> {
    let Dependency {
        package,
        on,
        in_tests,
    } = *dependency;
    let arrow = ARROWS.iter().find(|arrow| arrow.package == package)?;
    let mend = if ours.contains(&on) {
        let allowed = arrow.ours.contains(&on) || (in_tests && arrow.ours_in_tests.contains(&on));
        (!allowed).then(|| {
            "move what is needed down to a package that both may use, or hand it in as a value"
                .to_owned()
        })?
    } else if in_tests {
        return None;
    } else if let Some(outside) = arrow.outside {
        (!outside.contains(&on)).then(|| {
            format!(
                "convert at the edge, in a package above; {package} may use only {}",
                outside.join(", ")
            )
        })?
    } else {
        let (_, doors) = FENCES
            .iter()
            .find(|(crate_name, doors)| on.starts_with(crate_name) && !doors.contains(&package))?;
        format!("only {} may name it: call that instead", doors.join(", "))
    };
    Some(Problem {
        place: format!("package {package}"),
        what: format!("may not depend on {on}"),
        why: WHY,
        mend,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: [&str; 11] = [
        "meguri-core",
        "meguri-import",
        "meguri-papers",
        "meguri-store",
        "meguri-report",
        "meguri-opendata",
        "meguri-workbook",
        "meguri-search",
        "meguri-app",
        "meguri-web",
        "meguri",
    ];

    fn is_forbidden(package: &str, on: &str, in_tests: bool) -> bool {
        let dependency = Dependency {
            package,
            on,
            in_tests,
        };
        forbidden(&dependency, &OURS).is_some()
    }

    #[test]
    fn arrows_that_point_down_are_allowed() {
        for (package, on) in [
            ("meguri-import", "meguri-core"),
            ("meguri", "meguri-web"),
            ("meguri-web", "meguri-app"),
            ("meguri-app", "meguri-store"),
            ("meguri-app", "meguri-report"),
            ("meguri-report", "typst-pdf"),
            ("meguri-app", "meguri-opendata"),
            ("meguri-opendata", "parquet"),
            ("meguri-app", "meguri-workbook"),
            ("meguri-workbook", "calamine"),
            ("meguri", "clap"),
            ("meguri-app", "tracing"),
            ("meguri-import", "serde"),
            ("meguri-core", "rust_decimal"),
        ] {
            assert!(!is_forbidden(package, on, false), "{package} → {on}");
        }
        assert!(!is_forbidden("meguri-import", "meguri-papers", true));
        assert!(!is_forbidden("meguri-core", "proptest", true));
    }

    #[test]
    fn arrows_that_point_up_or_through_a_fence_are_problems() {
        for (package, on) in [
            ("meguri-core", "meguri-import"),
            ("meguri-core", "serde"),
            ("meguri-papers", "meguri-core"),
            ("meguri-import", "meguri-papers"),
            ("meguri-import", "sqlx"),
            ("meguri-import", "tracing-subscriber"),
            ("meguri-app", "tracing-subscriber"),
            ("meguri-app", "axum"),
            ("meguri-app", "meguri-web"),
            ("meguri-web", "meguri-store"),
            ("meguri-web", "meguri-search"),
            ("meguri-web", "meguri-import"),
            ("meguri-web", "meguri-report"),
            ("meguri-report", "meguri-app"),
            ("meguri-opendata", "meguri-store"),
            ("meguri-web", "meguri-opendata"),
            ("meguri-app", "parquet"),
            ("meguri-app", "typst"),
            ("meguri", "axum"),
            ("meguri", "sqlx-sqlite"),
            ("meguri", "meguri-papers"),
            ("xtask", "meguri-core"),
        ] {
            assert!(is_forbidden(package, on, false), "{package} → {on}");
        }
        assert!(is_forbidden("meguri-core", "meguri-import", true));
    }

    #[test]
    fn a_package_that_nobody_drew_is_a_problem() {
        assert!(unknown(&OURS).is_empty());
        let problems = unknown(&["meguri-core", "meguri-shed"]);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].place, "package meguri-shed");
    }
}
