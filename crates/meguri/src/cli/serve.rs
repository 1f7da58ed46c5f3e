//! `meguri serve`: shows what a database keeps, or papers that are read now, as pages.

use crate::cli::kept::StoreOptions;
use crate::cli::terminal;
use crate::cli::{check, kept, report};
use meguri_app::actions::check_documents::{CheckedDocuments, check_documents};
use meguri_app::actions::open_store::{self, Kept, open_store};
use meguri_app::actions::read_document::read_document_by;
use meguri_app::config::{self, Config};
use meguri_app::read::Library;
use meguri_app::read::pictures::Pictures;
use meguri_app::search::{Keeper, words};
use meguri_app::site_info::SiteInfo;
use meguri_app::staff::{Rules, Staff};
use meguri_core::scheme::Scheme;
use meguri_import::documents::family;
use meguri_store::{Municipality, Store};
use meguri_web::door::{Door, Picture, Public};
use meguri_web::log;
use meguri_web::refresh::{Opening, Refresher, Reopen};
use meguri_web::server::{Addresses, ListenFault, Served, Server};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the command line says beside the settings.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// The file of settings, and the database where it is another one.
    pub(super) store: StoreOptions,
    /// Papers; where there are none, those of the settings, and else what the database keeps.
    pub(super) files: Vec<PathBuf>,
    /// Key of the family of all papers, where it is given.
    pub(super) family: Option<String>,
    /// Schemes beside those of the settings.
    pub(super) schemes: Vec<PathBuf>,
}

/// Reads the settings, opens the database or reads the papers, and serves until it is stopped.
pub(super) fn run(wanted: Wanted) -> io::Result<ExitCode> {
    let Some(config) = wanted.store.config()? else {
        return Ok(ExitCode::from(2));
    };
    let files = if wanted.files.is_empty() {
        config.files.clone()
    } else {
        wanted.files
    };
    if files.is_empty() {
        log::start(config.log_level, config.log_format);
        return from_database(&config, false, &Rules::default());
    }
    let mut paths = config.schemes.clone();
    paths.extend(wanted.schemes);
    let Some(schemes) = check::read_schemes(&paths)? else {
        return Ok(ExitCode::from(2));
    };
    let mut read = Vec::new();
    for file in &files {
        match read_document_by(file, wanted.family.as_deref().and_then(family), &schemes) {
            Ok(document) => read.push(document),
            // The other papers are shown all the same.
            Err(fault) => report::fault(file, &fault)?,
        }
    }
    if read.is_empty() {
        return Ok(ExitCode::from(2));
    }
    log::start(config.log_level, config.log_format);
    let checked = check_documents(read, schemes.clone());
    report::unused_schemes(&checked)?;
    report::other_years(&checked)?;
    serve(checked, schemes, &config, false)
}

/// Serves what a database keeps: to everybody what is published, to the house all of it. With
/// `or_free`, another free port is taken for one in use. `rules` say how people sign in, where the
/// settings do not.
pub(super) fn from_database(config: &Config, or_free: bool, rules: &Rules) -> io::Result<ExitCode> {
    let addresses = Addresses {
        pages: config.address,
        house: config.internal_address,
        operations: config.operations_address,
    };
    let Some(server) = listen(addresses, or_free)? else {
        return Ok(ExitCode::from(2));
    };
    let server = server.limited(config.limits.clone());
    if let (Some(address), Some(_)) = (server.operations_address(), config.open_operations()) {
        tracing::warn!(%address, "other machines can reach health and counters");
    }
    let opened = server.before(open(config, rules))?;
    let Some((refresher, open)) = opened else {
        return Ok(ExitCode::from(2));
    };
    announce(other_port(config, &server)? + &welcome(&server, &refresher)?);
    server.run_then(Served::Database(Box::new(refresher)), async move {
        open.close().await
    })?;
    announce("終了しました。\n".to_owned());
    log::finish();
    Ok(ExitCode::SUCCESS)
}

/// A line where another port than the usual one is taken; else nothing.
fn other_port(config: &Config, server: &Server) -> io::Result<String> {
    let usual = config.address.port();
    if usual == 0 || server.address()?.port() == usual {
        return Ok(String::new());
    }
    Ok(format!(
        "ポート{usual}は使用中のため、空いているポートを使います。\n"
    ))
}

/// Where what is to be seen.
fn welcome(server: &Server, refresher: &Refresher) -> io::Result<String> {
    let count = refresher.public.site().library.entries().len();
    let address = server.address()?;
    let mut lines = Vec::new();
    if count == 0 {
        lines.push(
            "公表した文書はまだありません。「meguri publish --all」で公表すると、数秒で表示されます。"
                .to_owned(),
        );
    }
    lines.push(format!(
        "http://{address} で、公表した内容（文書{count}件）を表示しています。"
    ));
    if let Some(address) = server.house_address() {
        lines.push(format!(
            "http://{address} で、庁内用の画面（公表前の内容を含みます）を表示しています。"
        ));
    }
    if let Some(address) = server.operations_address() {
        lines.push(format!(
            "稼働確認：http://{address}/health　計測：http://{address}/metrics"
        ));
    }
    lines.push("終了するにはCtrl+Cを押してください。\n".to_owned());
    Ok(lines.join("\n"))
}

/// What the settings say of the site, with the city's words for the search; `None` where their file
/// cannot be taken, which is told.
fn about(config: &Config) -> io::Result<Option<SiteInfo>> {
    match words::of(config) {
        Ok(words) => Ok(Some(SiteInfo::of(config).with_words(words))),
        Err(faults) => {
            let path = config.search_words.as_deref().unwrap_or(Path::new(""));
            report::file_faults(path, &faults)?;
            Ok(None)
        }
    }
}

/// The doors over the database; `None` where it cannot be opened, which is told.
async fn open(config: &Config, rules: &Rules) -> io::Result<Option<(Refresher, OpenStore)>> {
    let Some(about) = about(config)? else {
        return Ok(None);
    };
    let context = match kept::context_now() {
        Ok(context) => context,
        Err(error) => return kept::refuse(&error).map(|_| None),
    };
    let kept = match open_store(&kept::wanted(config, false), &context).await {
        Ok(kept) => kept,
        Err(error) => return kept::refuse(&error).map(|_| None),
    };
    kept::notes(&kept)?;
    let name = match named(&kept).await {
        Ok(name) => name,
        Err(error) => return kept::refuse(&error).map(|_| None),
    };
    let about = about.or_named(&name);
    let Some(staff) = staff(config, kept.municipality.clone(), rules).await? else {
        kept.store.close().await;
        return Ok(None);
    };
    let (index, claim) = index(&config.index_folder())?;
    let opening = Opening {
        house: config.internal_address.is_some(),
        index,
        about,
    };
    match Refresher::open_as(Pictures::new(kept.municipality), opening).await {
        Ok(refresher) => {
            let open = OpenStore::new(kept.store, claim, staff.clone());
            let reopen = open.clone().reopen(kept::wanted(config, false));
            let refresher = refresher.keeping(config.cache_bytes()).staffed(&staff);
            Ok(Some((refresher.reopening(reopen), open)))
        }
        Err(error) => kept::refuse(&error).map(|_| None),
    }
}

/// Where people sign in; `None` where other machines would see all of it without, which is told.
async fn staff(config: &Config, city: Municipality, rules: &Rules) -> io::Result<Option<Staff>> {
    let outside = config.internal_address.filter(|a| !a.ip().is_loopback());
    let hours = |hours: u32| i64::from(hours) * 60 * 60;
    let rules = Rules {
        idle: hours(config.session_idle_hours),
        longest: hours(config.session_hours),
        open_without_accounts: outside.is_none(),
        origin: config.internal_url.clone(),
        mail: config.mail.clone(),
        ..rules.clone()
    };
    match (outside, city.has_accounts().await) {
        (_, Err(error)) => return kept::refuse(&error).map(|_| None),
        (Some(address), Ok(false)) => {
            let why = format!(
                "庁内用の画面のアドレス（{address}）は、ほかのコンピューターから接続できますが、利用者がまだ登録されていません。\n  \
                 対応：「meguri user add」で最初の利用者（システム管理者）を登録するか、設定の internal_address を「127.0.0.1:8081」のようなこのコンピューターのアドレスにしてください。"
            );
            return kept::refuse(&why).map(|_| None);
        }
        (_, Ok(_)) => {}
    }
    match Staff::new(city, rules) {
        Ok(staff) => Ok(Some(staff)),
        Err(fault) => kept::refuse(&fault).map(|_| None),
    }
}

/// The index of what is public, and the claim on its folder. Where another server has it, both would
/// write it in turn and search would fail half of the time: so this one keeps its own in memory.
fn index(folder: &Path) -> io::Result<(Keeper<Public>, Option<File>)> {
    match claim(folder) {
        Err(TryLockError::WouldBlock) => {
            let folder = folder.display();
            kept::note(&[format!(
                "検索用の索引のフォルダー「{folder}」を、別の meguri serve が使用中です。\
                 このサーバーは、索引をメモリーに作ります。\n  \
                 対応：続けて使うときは、環境変数 MEGURI_INDEX か設定の index で、別のフォルダーを指定してください。"
            )])?;
            Ok((Keeper::in_memory(), None))
        }
        // Why a folder cannot be written is told where the index is written.
        Err(TryLockError::Error(_)) => Ok((Keeper::in_folder(folder.to_owned()), None)),
        Ok(claim) => Ok((Keeper::in_folder(folder.to_owned()), Some(claim))),
    }
}

/// Holds a folder for one server, as long as the file is open.
fn claim(folder: &Path) -> Result<File, TryLockError> {
    fs::create_dir_all(folder).map_err(TryLockError::Error)?;
    let path = folder.join("serve.lock");
    let file = File::options().create(true).append(true).open(path);
    let file = file.map_err(TryLockError::Error)?;
    file.try_lock().map(|()| file)
}

/// The database that is open at present: another one, where its file was replaced.
#[derive(Clone)]
struct OpenStore {
    store: Arc<Mutex<Store>>,
    /// What the server holds of the index; given up with the last of these.
    claim: Arc<Option<File>>,
    /// Where people sign in over it.
    staff: Staff,
}

impl OpenStore {
    fn new(store: Store, claim: Option<File>, staff: Staff) -> Self {
        Self {
            store: Arc::new(Mutex::new(store)),
            claim: Arc::new(claim),
            staff,
        }
    }

    async fn close(self) {
        let store = self.present().clone();
        store.close().await;
        drop(self.claim);
    }

    fn present(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What opens the database anew and closes the one before.
    fn reopen(self, wanted: open_store::Wanted) -> Reopen {
        Box::new(move || {
            let (open, wanted) = (self.clone(), wanted.clone());
            Box::pin(async move {
                let context = kept::context_now().map_err(|error| error.to_string())?;
                let kept = open_store(&wanted, &context).await;
                let kept = kept.map_err(|error| error.to_string())?;
                open.staff.go_on_with(kept.municipality.clone());
                let before = std::mem::replace(&mut *open.present(), kept.store);
                before.close().await;
                Ok(Pictures::new(kept.municipality))
            })
        })
    }
}

/// The name of the municipality; empty where the installation has not said which it is.
async fn named(kept: &Kept) -> meguri_store::Result<String> {
    let code = kept.municipality.code();
    let all = kept.store.municipalities().await?;
    let own = all
        .into_iter()
        .find(|(known, _)| known == code && !known.is_unset());
    Ok(own.map_or_else(String::new, |(_, name)| name))
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
    let operations = config.operations_address;
    let addresses = Addresses {
        pages: config.address,
        house: None,
        operations,
    };
    let Some(about) = about(config)? else {
        return Ok(ExitCode::from(2));
    };
    let Some(server) = listen(addresses, or_free)? else {
        return Ok(ExitCode::from(2));
    };
    let server = server.limited(config.limits.clone());
    if let (Some(address), Some(_)) = (server.operations_address(), config.open_operations()) {
        tracing::warn!(%address, "other machines can reach health and counters");
    }
    let address = server.address()?;
    let mut lines = other_port(config, &server)?;
    lines.push_str(&format!(
        "http://{address} で表示しています。終了するにはCtrl+Cを押してください。\n"
    ));
    if let Some(address) = server.operations_address() {
        lines.push_str(&format!(
            "稼働確認：http://{address}/health　計測：http://{address}/metrics\n"
        ));
    }
    announce(lines);
    let door = Door::new(Picture::in_house(Library::new(checked, schemes))).told(about);
    server.run(Served::Papers(door))?;
    announce("終了しました。\n".to_owned());
    log::finish();
    Ok(ExitCode::SUCCESS)
}

/// How long a word to the person may take to be written.
const PATIENCE: Duration = Duration::from_secs(1);

/// Tells the person at the terminal. The server does not depend on it: where nobody takes the
/// words, it goes on without.
fn announce(text: String) {
    // What the log says before stands before it, also where the program ends at once.
    log::finish();
    let (done, written) = sync_channel(1);
    let work = move || {
        let mut out = terminal::stdout();
        // In one piece: who reads only the beginning must not break the server.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        let _ = done.try_send(());
    };
    if std::thread::Builder::new().spawn(work).is_ok() {
        let _ = written.recv_timeout(PATIENCE);
    }
}

/// Listens; `None` where an address cannot be used, which is told.
fn listen(addresses: Addresses, or_free: bool) -> io::Result<Option<Server>> {
    match Server::listen(addresses, or_free) {
        Ok(server) => Ok(Some(server)),
        Err(fault) => {
            writeln!(terminal::stderr(), "{}", listen_fault(&fault))?;
            Ok(None)
        }
    }
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
        _ => (
            fault.error.to_string(),
            "アドレスとポートを確認してください。",
        ),
    };
    format!("{address} を使えません（{why}）。\n  対応：{remedy}")
}
