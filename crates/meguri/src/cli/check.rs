//! `meguri check`: do the papers add up, and do they agree with each other?

use crate::cli::terminal;
use crate::cli::{read, report};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use meguri_app::actions::check_documents::{CheckedDocuments, check_documents};
use meguri_app::actions::read_document::read_document_by;
use meguri_app::plain;
use meguri_app::scheme_file;
use meguri_core::scheme::Scheme;
use meguri_core::verify::Severity;
use meguri_import::documents::family;
use serde_json::Value;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// `meguri check` as called.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// 点検するファイル（テキスト）
    #[arg(required = true, value_name = "ファイル", help_heading = "引数")]
    files: Vec<PathBuf>,
    /// 文書の種類：evaluation、midterm、strategy、programs、reform（省略すると自動で判別します。指定すると、すべてのファイルをその種類として読みます）
    #[arg(long = "as", value_name = "種類", hide_possible_values = true, value_parser = read::family_parser())]
    family: Option<String>,
    /// 計画の設定ファイル（TOML。書き方は docs/scheme.md。省略した計画は標準の設定で点検します）
    #[arg(long = "scheme", value_name = "設定")]
    schemes: Vec<PathBuf>,
    /// この重さ以上の指摘だけを表示します：error（誤り）、warning（注意）、note（参考。省略時）
    #[arg(
        long,
        value_name = "重さ",
        hide_possible_values = true,
        default_value = "note",
        hide_default_value = true
    )]
    level: Level,
    /// 件数だけを、文書と規則ごとに表示します
    #[arg(long, conflicts_with = "json")]
    summary: bool,
    /// JSON形式で出力します
    #[arg(long)]
    json: bool,
}

/// The lightest findings that are wanted.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Level {
    /// 誤り.
    Error,
    /// 注意 and what is heavier.
    Warning,
    /// All.
    Note,
}

impl Level {
    const fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

/// Checks files and prints the report.
pub(super) fn run(arguments: &CheckArguments) -> io::Result<ExitCode> {
    let files = &arguments.files;
    let key = arguments.family.as_deref();
    let Some(schemes) = read_schemes(&arguments.schemes)? else {
        return Ok(ExitCode::from(2));
    };
    let progress = progress_bar(files);
    let mut read = Vec::new();
    let mut faults = Vec::new();
    for file in files {
        progress.set_message(plain::on_one_line(&file.display().to_string()).into_owned());
        match read_document_by(file, key.and_then(family), &schemes) {
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
    report::other_years(&checked)?;
    print(&checked, arguments)?;
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
fn print(checked: &CheckedDocuments, arguments: &CheckArguments) -> io::Result<()> {
    let level = arguments.level.severity();
    if arguments.json {
        report::unread(checked)?;
        let findings = checked.findings.iter().filter(|f| f.severity >= level);
        let mut entries = report::findings_json(findings);
        if level == Severity::Note {
            entries.extend(report::unread_json(checked));
        }
        return terminal::print_json(&Value::Array(entries));
    }
    let shown = report::Shown {
        level,
        summary: arguments.summary,
    };
    let mut out = terminal::long_stdout();
    report::print(&mut out, checked, shown)?;
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
