//! `meguri doctor`: will the server start with these settings? Tells what to do where it will not.

mod readable;
mod schemes;
mod search_index;

use crate::cli::kept;
use crate::cli::serve::{listen_fault, settings};
use crate::cli::terminal::{self, GREEN, RED, RESET, YELLOW};
use meguri_app::actions::open_store::open_store;
use meguri_app::actions::read_document::read_document;
use meguri_app::config::{ACTOR, Config, FILE, SETTINGS};
use meguri_app::search::words;
use meguri_store::{EngineVersion, Location, MIGRATIONS, SecondWall};
use meguri_web::server::{Addresses, Server};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;

/// What the doctor says of one thing, in Japanese.
enum Outcome {
    /// Nothing is to be done.
    Fine(String),
    /// To be known; the server starts all the same.
    Note(String),
    /// Something must be done first.
    Fault(String),
}

impl From<Result<String, String>> for Outcome {
    fn from(outcome: Result<String, String>) -> Self {
        outcome.map_or_else(Self::Fault, Self::Fine)
    }
}

/// Looks at settings, addresses, the index and files; exit code 2 where something must be done first.
pub(super) fn run(file: Option<&Path>) -> io::Result<ExitCode> {
    let Some(config) = settings(file)? else {
        return Ok(ExitCode::from(2));
    };
    let first = [of_settings(file), of_addresses(&config)];
    let mut outcomes: Vec<Outcome> = first.into_iter().map(Outcome::from).collect();
    outcomes.extend(of_database(&config));
    outcomes.extend(config.schemes.iter().map(|path| schemes::of_file(path)));
    outcomes.extend(of_search_words(&config));
    outcomes.extend(config.files.iter().map(|path| of_document(path).into()));
    if config.files.is_empty() {
        // Papers in memory are searched in memory.
        outcomes.push(search_index::look(&config));
        let none = "文書：設定にはありません（データベースの内容を表示します）";
        outcomes.push(Outcome::Fine(none.to_owned()));
    }
    outcomes.extend(readable::look(file, &config).into_iter().map(Outcome::Note));
    outcomes.extend(config.open_operations().map(Outcome::Note));
    let unknown = unknown_variables().into_iter();
    let unknown = unknown.map(|name| format!("環境変数：「{name}」という設定はありません。"));
    outcomes.extend(unknown.map(Outcome::Note));
    let mut out = terminal::stdout();
    for outcome in &outcomes {
        match outcome {
            Outcome::Fine(text) => writeln!(out, "{GREEN}良好{RESET} {text}")?,
            Outcome::Note(text) => writeln!(out, "{YELLOW}確認{RESET} {text}")?,
            Outcome::Fault(text) => writeln!(out, "{RED}要対応{RESET} {text}")?,
        }
    }
    let faults = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Outcome::Fault(_)))
        .count();
    if faults == 0 {
        writeln!(out, "\n問題はありません。「meguri serve」で始められます。")?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "\n対応が必要な点が{faults}件あります。")?;
    Ok(ExitCode::from(2))
}

/// The city's own words for the search, where the settings name their file.
fn of_search_words(config: &Config) -> Option<Outcome> {
    let path = config.search_words.as_deref()?.display();
    Some(match words::of(config) {
        Ok(_) => Outcome::Fine(format!("検索の言葉：{path}")),
        Err(faults) => {
            let faults: Vec<String> = faults.iter().map(|fault| format!("\n  {fault}")).collect();
            Outcome::Fault(format!("検索の言葉：{path}{}", faults.concat()))
        }
    })
}

fn of_settings(file: Option<&Path>) -> Result<String, String> {
    let path = file.unwrap_or(Path::new(FILE));
    let from = if path.is_file() {
        path.display().to_string()
    } else {
        "標準の設定（meguri.tomlはありません）".to_owned()
    };
    Ok(format!("設定：{from}"))
}

fn of_addresses(config: &Config) -> Result<String, String> {
    let addresses = Addresses {
        pages: config.address,
        house: config.internal_address,
        operations: config.operations_address,
    };
    let or_none = |address: Option<SocketAddr>| {
        address.map_or_else(|| "なし".to_owned(), |address| address.to_string())
    };
    match Server::listen(addresses, false) {
        Ok(_) => Ok(format!(
            "アドレス：画面 {}、庁内用 {}、稼働確認 {}",
            config.address,
            or_none(config.internal_address),
            or_none(config.operations_address)
        )),
        Err(fault) => Err(format!("アドレス：{}", listen_fault(&fault))),
    }
}

/// Can the database be opened, is its wall up, and what of it is public? Looking changes nothing
/// but that an older file is brought up to date, as every command does.
fn of_database(config: &Config) -> Vec<Outcome> {
    let mut notes = Vec::new();
    let said = look_at_database(config, &mut notes);
    std::iter::once(said.into()).chain(notes).collect()
}

fn look_at_database(config: &Config, notes: &mut Vec<Outcome>) -> Result<String, String> {
    let location = &config.database;
    if let Location::File(path) = location
        && !path.exists()
    {
        let torn = location.must_not_be_torn();
        torn.map_err(|error| format!("データベース：{error}").replace('\n', "\n  対応："))?;
        return Ok(format!(
            "データベース：{location} はまだありません（「meguri import ファイル名…」で作られます）"
        ));
    }
    let fault = |error: &dyn std::fmt::Display| {
        format!(
            "データベース：{location}\n  {}",
            error.to_string().replace('\n', "\n  対応：")
        )
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| fault(&error))?;
    runtime.block_on(async {
        let context = kept::context_now().map_err(|error| fault(&error))?;
        let opened = open_store(&kept::wanted(config, false), &context).await;
        let opened = opened.map_err(|error| fault(&error))?;
        let publications = opened.municipality.publications().await;
        let engine = opened.store.engine().await;
        let kept = opened.municipality.schemes().await;
        let odd = kept::odd_clock(&opened.municipality, &context).await;
        opened.store.close().await;
        let engine = engine.map_err(|error| fault(&error))?;
        notes.extend(odd.unwrap_or_default().into_iter().map(Outcome::Note));
        if !engine.is_sound {
            notes.push(Outcome::Note(old_engine(&engine)));
        }
        let publications = publications.map_err(|error| fault(&error))?;
        let kept = kept.map_err(|error| fault(&error))?;
        notes.extend(schemes::of_kept(&kept).into_iter().map(Outcome::Note));
        let open = publications
            .iter()
            .filter(|publication| publication.withdrawn.is_none());
        let documents: BTreeSet<i64> = open.map(|publication| publication.document).collect();
        let wall = wall_words(&opened.wall);
        Ok(format!(
            "データベース：{location}{wall}、版 {}、{} {}、公表中の文書 {}件",
            MIGRATIONS.len(),
            engine.name,
            engine.version,
            documents.len()
        ))
    })
}

fn old_engine(engine: &EngineVersion) -> String {
    let EngineVersion { name, version, .. } = engine;
    format!(
        "データベース：{name} {version} には、書き込みを失うおそれのある不具合が知られています。\n  \
         対応：めぐりを新しい版に更新してください（SQLite 3.51.3 以降を使うもの）。"
    )
}

/// Is the wall of the database up?
fn wall_words(wall: &SecondWall) -> String {
    match wall {
        SecondWall::None => "（ファイル）".to_owned(),
        SecondWall::Stands => "（行単位の保護：有効）".to_owned(),
        SecondWall::PassedBy { role } => {
            format!("（行単位の保護：利用者「{role}」には効きません）")
        }
    }
}

fn of_document(path: &Path) -> Result<String, String> {
    match read_document(path, None) {
        Ok(document) => Ok(format!(
            "文書：{}（{}）",
            path.display(),
            document.family.title
        )),
        Err(fault) => Err(format!(
            "文書：{} {fault}\n  対応：{}",
            path.display(),
            fault.hint()
        )),
    }
}

/// Variables that look like settings and are none: a slip of the pen stays unseen otherwise.
fn unknown_variables() -> Vec<String> {
    let known =
        |name: &str| name == ACTOR || SETTINGS.iter().any(|setting| setting.variable == name);
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    names
        .filter(|name| name.starts_with("MEGURI_") && !known(name))
        .collect()
}
