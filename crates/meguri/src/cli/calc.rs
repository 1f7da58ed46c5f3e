//! `meguri calc`: tries a scheme on figures with expected results.

use crate::cli::report;
use crate::cli::terminal::{self, BOLD, GREEN, RED, RESET};
use meguri_app::calc_file::{self, CaseResult, Results, Verdict};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Computes the cases of each file and prints every result with its steps.
///
/// Ends with 0 where nothing differs, 1 where something does, 2 where a file cannot be read.
///
/// # Errors
/// Where the output cannot be written.
pub(super) fn run(files: &[PathBuf]) -> io::Result<ExitCode> {
    let mut unreadable = false;
    let mut differs = false;
    for path in files {
        match calc_file::run(path) {
            Ok(results) => {
                print(path, &results)?;
                differs |= results.count(Verdict::Differs) > 0;
            }
            Err(faults) => {
                report::file_faults(path, &faults)?;
                unreadable = true;
            }
        }
    }
    Ok(match (unreadable, differs) {
        (true, _) => ExitCode::from(2),
        (false, true) => ExitCode::from(1),
        (false, false) => ExitCode::SUCCESS,
    })
}

fn print(path: &Path, results: &Results) -> io::Result<()> {
    let mut out = terminal::stdout();
    writeln!(out, "{BOLD}{}{RESET} {}", path.display(), results.title)?;
    writeln!(out, "設定：{}", results.scheme)?;
    for line in &results.rules {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    for result in &results.results {
        print_result(&mut out, result)?;
    }
    writeln!(
        out,
        "\n{}件：一致 {}、相違 {}、期待値なし {}",
        results.results.len(),
        results.count(Verdict::Agrees),
        results.count(Verdict::Differs),
        results.count(Verdict::Open)
    )
}

fn print_result(out: &mut impl Write, result: &CaseResult) -> io::Result<()> {
    let printed = result.printed();
    let label = &result.label;
    match result.verdict() {
        Verdict::Agrees => writeln!(out, "{GREEN}一致{RESET} {label} ＝ {printed}")?,
        Verdict::Open => writeln!(out, "計算 {label} ＝ {printed}")?,
        Verdict::Differs => {
            let expected = result.expected.as_deref().unwrap_or_default();
            let line = format!("{RED}相違{RESET} {label} ＝ {printed}（期待 {expected}）");
            writeln!(out, "{line}")?;
        }
    }
    for step in &result.steps {
        writeln!(out, "    {step}")?;
    }
    Ok(())
}
