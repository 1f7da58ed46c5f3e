//! `meguri check`: do the papers add up, and do they agree with each other?

use crate::actions::check_documents::{CheckedDocuments, check_documents};
use crate::actions::read_document::read_document;
use crate::cli::report;
use crate::cli::terminal;
use crate::plain;
use crate::scheme_file;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use meguri_core::scheme::Scheme;
use meguri_core::verify::Severity;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Checks files and prints the report.
pub(super) fn run(files: &[PathBuf], schemes: &[PathBuf], json: bool) -> io::Result<ExitCode> {
    let Some(schemes) = read_schemes(schemes)? else {
        return Ok(ExitCode::from(2));
    };
    let progress = progress_bar(files);
    let mut read = Vec::new();
    let mut faults = Vec::new();
    for file in files {
        progress.set_message(plain::on_one_line(&file.display().to_string()).into_owned());
        match read_document(file, None) {
            Ok(document) => read.push(document),
            Err(fault) => faults.push((file, fault)),
        }
        progress.inc(1);
    }
    progress.set_message("点検しています");
    let checked = check_documents(read, schemes);
    progress.finish_and_clear();
    for (file, fault) in &faults {
        report::fault(file, fault)?;
    }
    report::unused_schemes(&checked)?;
    print(&checked, json)?;
    Ok(exit_code(&checked, !faults.is_empty()))
}

/// The schemes of the files; `None` where one has faults, which are told.
pub(super) fn read_schemes(paths: &[PathBuf]) -> io::Result<Option<Vec<Scheme>>> {
    let mut schemes = Vec::new();
    let mut sound = true;
    for path in paths {
        match scheme_file::read(path) {
            Ok(scheme) => schemes.push(scheme),
            Err(faults) => {
                report::file_faults(path, &faults)?;
                sound = false;
            }
        }
    }
    Ok(sound.then_some(schemes))
}

/// Prints findings as JSON or as a report.
pub(super) fn print(checked: &CheckedDocuments, json: bool) -> io::Result<()> {
    if json {
        return terminal::print_json(&report::findings_json(&checked.findings));
    }
    let mut out = terminal::long_stdout();
    report::print(&mut out, checked)?;
    out.flush()
}

fn exit_code(checked: &CheckedDocuments, unread: bool) -> ExitCode {
    let errors = checked
        .findings
        .iter()
        .any(|f| f.severity == Severity::Error);
    match (unread, errors) {
        (true, _) => ExitCode::from(2),
        (false, true) => ExitCode::from(1),
        (false, false) => ExitCode::SUCCESS,
    }
}

/// From this many bytes on, reading takes long enough for a bar.
const LONG_BYTES: u64 = 5_000_000;

/// A bar on standard error, where it is a terminal and there is much to read.
pub(super) fn progress_bar(files: &[PathBuf]) -> ProgressBar {
    let sizes = files
        .iter()
        .filter_map(|file| file.metadata().ok())
        .map(|about| about.len());
    let bar = ProgressBar::new(files.len() as u64);
    if sizes.sum::<u64>() < LONG_BYTES {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    let style = ProgressStyle::with_template("{spinner} [{bar:30}] {pos}/{len} {msg}（{elapsed}）");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
