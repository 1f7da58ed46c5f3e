//! System packages that the checks need: installed where that is allowed, else named.

use std::process::{Command, Stdio};

/// One package that must be there, or another that does the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Package {
    /// What shows that it is installed.
    pub(crate) sign: Sign,
    /// The Debian package that has it.
    pub(crate) package: &'static str,
    /// Why it is needed.
    pub(crate) why: &'static str,
}

/// By what a package is known to be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// This program is on the path.
    Program(&'static str),
    /// There is any font with Japanese letters, as fontconfig knows.
    JapaneseFont,
    /// Python can make folders of packages of its own.
    PythonFolders,
}

/// What `cargo xtask test` needs besides Rust.
pub(crate) const FOR_TESTS: &[Package] = &[
    Package {
        sign: Sign::Program("git"),
        package: "git",
        why: "tidy asks it which files belong to the project",
    },
    Package {
        sign: Sign::Program("systemd-analyze"),
        package: "systemd",
        why: "it checks the unit of the service",
    },
    Package {
        sign: Sign::Program("chromium"),
        package: "chromium",
        why: "the pages are tested in a real browser",
    },
    Package {
        sign: Sign::JapaneseFont,
        package: "fonts-morisawa-bizud-gothic",
        why: "without Japanese letters the browser measures and shows empty boxes",
    },
    Package {
        sign: Sign::Program("fc-list"),
        package: "fontconfig",
        why: "it tells whether there is a Japanese font",
    },
    Package {
        sign: Sign::Program("npm"),
        package: "npm",
        why: "it fetches axe-core, which looks for faults of accessibility",
    },
    Package {
        sign: Sign::Program("pdftotext"),
        package: "poppler-utils",
        why: "it reads the texts of our papers as another program does",
    },
    Package {
        sign: Sign::Program("soffice"),
        package: "libreoffice-calc-nogui",
        why: "it computes and saves our workbooks as another program does",
    },
    Package {
        sign: Sign::PythonFolders,
        package: "python3-venv",
        why: "the tools that check our papers from outside are packages of Python",
    },
];

/// What `cargo xtask fuzz` needs besides.
pub(crate) const FOR_FUZZING: &[Package] = &[Package {
    sign: Sign::Program("c++"),
    package: "g++",
    why: "libFuzzer is built from its C++ source",
}];

/// Sees to it that all programs are there.
///
/// # Errors
/// What is missing and the line that installs it, where it cannot be installed here.
pub(crate) fn ensure(packages: &[Package]) -> Result<(), String> {
    let missing = missing(packages, is_there);
    if missing.is_empty() {
        return Ok(());
    }
    if may_install() {
        install(&missing);
    }
    let still = self::missing(&missing, is_there);
    if still.is_empty() {
        Ok(())
    } else {
        Err(report(&still))
    }
}

fn missing(packages: &[Package], is_there: fn(Sign) -> bool) -> Vec<Package> {
    packages
        .iter()
        .filter(|package| !is_there(package.sign))
        .copied()
        .collect()
}

fn report(missing: &[Package]) -> String {
    let mut text = "system packages are missing:\n".to_owned();
    for Package { package, why, .. } in missing {
        text.push_str(&format!("    {package}: {why}\n"));
    }
    let names: Vec<&str> = missing.iter().map(|package| package.package).collect();
    text.push_str(&format!(
        "install them: sudo apt-get install {}",
        names.join(" ")
    ));
    text
}

fn is_there(sign: Sign) -> bool {
    match sign {
        Sign::Program(program) => is_on_path(program),
        Sign::JapaneseFont => {
            let fonts = Command::new("fc-list")
                .args([":lang=ja", "family"])
                .output();
            fonts.is_ok_and(|output| !output.stdout.trim_ascii().is_empty())
        }
        Sign::PythonFolders => {
            let python = Command::new("python3")
                .args(["-c", "import ensurepip"])
                .output();
            python.is_ok_and(|output| output.status.success())
        }
    }
}

fn is_on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

/// Only root may install, and only where there is apt-get.
fn may_install() -> bool {
    let user = Command::new("id").arg("-u").output();
    is_on_path("apt-get") && user.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// A failure shows in what is still missing afterwards.
fn install(packages: &[Package]) {
    let apt = |arguments: &[&str]| {
        eprintln!("apt-get {}", arguments.join(" "));
        let status = Command::new("apt-get")
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null())
            .status();
        if !status.is_ok_and(|status| status.success()) {
            eprintln!("apt-get did not succeed");
        }
    };
    apt(&["update", "-q"]);
    let mut arguments = vec!["install", "-q", "-y", "--no-install-recommends"];
    arguments.extend(packages.iter().map(|package| package.package));
    apt(&arguments);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_its_reason() {
        let table = [
            Package {
                sign: Sign::Program("here"),
                package: "here",
                why: "it is",
            },
            Package {
                sign: Sign::Program("gone"),
                package: "libgone",
                why: "the pictures",
            },
        ];
        let missing = missing(&table, |sign| sign == Sign::Program("here"));
        let text = report(&missing);
        assert!(text.contains("libgone: the pictures"), "{text}");
        assert!(text.ends_with("apt-get install libgone"), "{text}");
        assert!(!text.contains("here: it is"));
    }

    #[test]
    fn a_program_is_looked_for_on_the_path() {
        assert!(is_on_path("cargo") || is_on_path("git"));
        assert!(!is_there(Sign::Program("no-such-program-here")));
    }
}
