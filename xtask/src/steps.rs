//! Running one command as a step: its name, its time, and how to repeat it when it fails.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// One command line with the environment that it needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<'a> {
    /// What it checks, for the heading.
    pub(crate) name: &'a str,
    /// The program.
    pub(crate) program: &'a str,
    /// Its arguments.
    pub(crate) arguments: &'a [&'a str],
    /// Variables that it needs.
    pub(crate) variables: &'a [(&'a str, &'a str)],
}

impl Step<'_> {
    /// The line to type in a shell to run only this step.
    pub(crate) fn line(&self) -> String {
        let variables = self
            .variables
            .iter()
            .map(|(name, value)| format!("{name}={}", quoted(value)));
        let words = std::iter::once(self.program).chain(self.arguments.iter().copied());
        let parts: Vec<String> = variables.chain(words.map(quoted)).collect();
        parts.join(" ")
    }

    /// Runs it in the folder with its output passed through.
    ///
    /// # Errors
    /// What failed and the line that repeats it.
    pub(crate) fn run(&self, folder: &Path) -> Result<(), String> {
        timed(self.name, || {
            let status = Command::new(self.program)
                .args(self.arguments)
                .envs(self.variables.iter().copied())
                .current_dir(folder)
                .status()
                .map_err(|error| format!("cannot start `{}`: {error}", self.program))?;
            if status.success() {
                return Ok(());
            }
            Err(format!(
                "{} failed. To repeat only this step:\n    {}",
                self.name,
                self.line()
            ))
        })
    }
}

/// Runs a part of a command with a heading before it and its time behind it.
///
/// # Errors
/// Those of the part.
pub(crate) fn timed(name: &str, part: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    eprintln!("── {name}");
    let start = Instant::now();
    let outcome = part();
    let verdict = if outcome.is_ok() { "ok" } else { "FAILED" };
    eprintln!(
        "── {name}: {verdict}, {:.1} s\n",
        start.elapsed().as_secs_f32()
    );
    outcome
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step<'a>(program: &'a str, arguments: &'a [&'a str]) -> Step<'a> {
        Step {
            name: "a step",
            program,
            arguments,
            variables: &[("FLAGS", "-D warnings")],
        }
    }

    #[test]
    fn the_line_can_be_typed_again() {
        let step = step("cargo", &["clippy", "--", "-D", "it's"]);
        assert_eq!(
            step.line(),
            r"FLAGS='-D warnings' cargo clippy -- -D 'it'\''s'"
        );
    }

    #[test]
    fn a_failing_step_says_how_to_repeat_it() {
        let message = step("false", &["x"]).run(Path::new(".")).unwrap_err();
        assert!(message.contains("FLAGS='-D warnings' false x"), "{message}");
        assert!(step("true", &[]).run(Path::new(".")).is_ok());
        let missing = step("no-such-program-here", &[]).run(Path::new("."));
        assert!(missing.unwrap_err().contains("cannot start"));
    }
}
