//! `meguri serve`: reads and checks papers and shows them as pages.

use crate::actions::check_documents::{CheckedDocuments, check_documents};
use crate::actions::read_document::read_document;
use crate::cli::{check, report};
use crate::config::{self, Config, LogFormat, LogLevel};
use crate::web::Site;
use crate::web::data::Library;
use crate::web::server::{ListenFault, Server};
use crate::web::told::About;
use meguri_core::scheme::Scheme;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tracing_subscriber::filter::LevelFilter;

/// What the command line says beside the settings.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// The file of settings.
    pub(super) config: Option<PathBuf>,
    /// Papers; where there are none, those of the settings.
    pub(super) files: Vec<PathBuf>,
    /// Schemes beside those of the settings.
    pub(super) schemes: Vec<PathBuf>,
}

/// Reads the settings and the papers, and serves until it is stopped.
pub(super) fn run(wanted: Wanted) -> io::Result<ExitCode> {
    let Some(config) = settings(wanted.config.as_deref())? else {
        return Ok(ExitCode::from(2));
    };
    let files = if wanted.files.is_empty() { config.files.clone() } else { wanted.files };
    let mut paths = config.schemes.clone();
    paths.extend(wanted.schemes);
    let Some(schemes) = check::read_schemes(&paths)? else {
        return Ok(ExitCode::from(2));
    };
    let mut read = Vec::new();
    for file in &files {
        match read_document(file, None) {
            Ok(document) => read.push(document),
            // The other papers are shown all the same.
            Err(fault) => report::fault(file, &fault)?,
        }
    }
    if read.is_empty() && !files.is_empty() {
        return Ok(ExitCode::from(2));
    }
    log(&config);
    let checked = check_documents(read, schemes.clone());
    report::unused_schemes(&checked)?;
    serve(checked, schemes, &config, false)
}

/// The settings; `None` where they have faults, which are told.
pub(super) fn settings(file: Option<&Path>) -> io::Result<Option<Config>> {
    match config::read(file) {
        Ok(config) => Ok(Some(config)),
        Err(faults) => {
            report::file_faults(file.unwrap_or(Path::new(config::FILE)), &faults)?;
            Ok(None)
        }
    }
}

/// Serves checked papers. With `or_free`, another free port is taken for one in use.
pub(super) fn serve(
    checked: CheckedDocuments,
    schemes: Vec<Scheme>,
    config: &Config,
    or_free: bool,
) -> io::Result<ExitCode> {
    let server = match Server::listen(config.address, config.operations_address, or_free) {
        Ok(server) => server,
        Err(fault) => {
            writeln!(anstream::stderr(), "{}", listen_fault(&fault))?;
            return Ok(ExitCode::from(2));
        }
    };
    let mut out = anstream::stdout();
    let address = server.address()?;
    if address.port() != config.address.port() && config.address.port() != 0 {
        writeln!(
            out,
            "ポート{}は使用中のため、空いているポートを使います。",
            config.address.port()
        )?;
    }
    writeln!(out, "http://{address} で表示しています。終了するにはCtrl+Cを押してください。")?;
    if let Some(address) = server.operations_address() {
        writeln!(out, "稼働確認：http://{address}/health　計測：http://{address}/metrics")?;
    }
    server.run(Site::new(Library::new(checked, schemes)).told(About::of(config)))?;
    writeln!(out, "終了しました。")?;
    Ok(ExitCode::SUCCESS)
}

/// Why an address cannot be used, and what to do.
pub(super) fn listen_fault(fault: &ListenFault) -> String {
    let address = fault.address;
    let (why, remedy) = match fault.error.kind() {
        io::ErrorKind::AddrInUse => (
            "ほかのプログラムが使用中です".to_owned(),
            "そのプログラムを終了するか、設定で別のポートを指定してください。",
        ),
        io::ErrorKind::PermissionDenied => (
            "使用する権限がありません".to_owned(),
            "1024以上のポートを指定するか、権限を付けてください。",
        ),
        io::ErrorKind::AddrNotAvailable => (
            "このコンピューターのアドレスではありません".to_owned(),
            "「127.0.0.1」など、このコンピューターのアドレスを指定してください。",
        ),
        _ => (fault.error.to_string(), "アドレスとポートを確認してください。"),
    };
    format!("{address} を使えません（{why}）。\n  対応：{remedy}")
}

/// Starts the log, on standard error. A second start in one process changes nothing.
fn log(config: &Config) {
    let level = match config.log_level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    };
    let log =
        tracing_subscriber::fmt().with_max_level(level).with_target(false).with_writer(io::stderr);
    // The only fault is a log that runs already.
    let _ = match config.log_format {
        LogFormat::Text => log.with_ansi(false).try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
}
