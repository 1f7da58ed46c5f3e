//! The settings: one struct, from `meguri.toml` and from `MEGURI_*`.
//!
//! A variable of the environment wins over the file, the file over the default. What is wrong is
//! told in Japanese with its place; nothing is guessed.

use crate::actions::choose_municipality::Said;
use crate::mail::MailSettings;
use crate::regular;
use crate::scheme_file::FileFault;
use crate::scheme_file::fault::{of_io, of_toml};
use meguri_store::Location;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

mod limits;
mod mail;
mod settings;

pub use limits::{ClientAddress, Limits, usual_costly};
pub use settings::{SETTINGS, Setting};

/// The file that is read where none is named.
pub const FILE: &str = "meguri.toml";

/// The file of the database where none is named.
pub const DATABASE: &str = "meguri.sqlite";

/// The variable that names who acts, where the account of the system is not the one to be recorded.
/// No setting of the file: it is about a person, not about the house.
pub const ACTOR: &str = "MEGURI_ACTOR";

/// The settings in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where the data is kept.
    pub database: Location,
    /// The municipality; `None` = the only one of the database.
    pub municipality: Option<Said>,
    /// Its name, for a new database.
    pub municipality_name: Option<String>,
    /// Where residents write to or call.
    pub contact: Option<String>,
    /// The terms of the data.
    pub licence: Option<String>,
    /// What stands at the top of every page.
    pub notice: Option<String>,
    /// The day of the last test of accessibility by a person.
    pub accessibility_tested: Option<String>,
    /// The folder of the search index; `None` = beside the database.
    pub index: Option<PathBuf>,
    /// The file of the city's words for the search; `None` = only the bundled ones.
    pub search_words: Option<PathBuf>,
    /// Where the public reaches the pages, without a slash at its end; `None` = not known.
    pub public_url: Option<String>,
    /// Where the pages are.
    pub address: SocketAddr,
    /// Where the pages of the house are; `None` = nowhere. Other machines reach them only where people
    /// sign in.
    pub internal_address: Option<SocketAddr>,
    /// Where browsers reach the pages of the house, without a slash at its end; `None` = at that
    /// very address.
    pub internal_url: Option<String>,
    /// Hours without a request after which a session ends.
    pub session_idle_hours: u32,
    /// Hours after which it ends whatever happens.
    pub session_hours: u32,
    /// How mail is sent; `None` = not at all.
    pub mail: Option<MailSettings>,
    /// Where health and counters are; `None` = nowhere.
    pub operations_address: Option<SocketAddr>,
    /// How much is logged.
    pub log_level: LogLevel,
    /// How it is written.
    pub log_format: LogFormat,
    /// How many megabytes of finished answers are kept for the public; 0 = none.
    pub cache_mb: u32,
    /// Limits of the connections.
    pub limits: Limits,
    /// The papers to show.
    pub files: Vec<PathBuf>,
    /// The schemes of their plans.
    pub schemes: Vec<PathBuf>,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    /// Faults of ours only.
    Error,
    /// And what should be looked at.
    Warn,
    /// And every request.
    Info,
    /// And details.
    Debug,
    /// Everything.
    Trace,
}

/// How a log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// A line for a person.
    Text,
    /// A line of JSON.
    Json,
}

/// The file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    database: Option<String>,
    municipality: Option<String>,
    municipality_name: Option<String>,
    contact: Option<String>,
    licence: Option<String>,
    notice: Option<String>,
    accessibility_tested: Option<String>,
    index: Option<PathBuf>,
    search_words: Option<PathBuf>,
    public_url: Option<String>,
    address: Option<String>,
    internal_address: Option<String>,
    internal_url: Option<String>,
    session_idle_hours: Option<u32>,
    session_hours: Option<u32>,
    mail_server: Option<String>,
    mail_security: Option<String>,
    mail_from: Option<String>,
    mail_user: Option<String>,
    mail_password_file: Option<String>,
    operations_address: Option<String>,
    log_level: Option<String>,
    log_format: Option<String>,
    cache_mb: Option<u32>,
    max_connections: Option<u32>,
    costly_pages: Option<u32>,
    head_seconds: Option<u32>,
    idle_seconds: Option<u32>,
    write_seconds: Option<u32>,
    client_address: Option<String>,
    files: Option<Vec<PathBuf>>,
    schemes: Option<Vec<PathBuf>>,
}

impl Default for Config {
    fn default() -> Self {
        let local = |port| SocketAddr::from(([127, 0, 0, 1], port));
        Self {
            database: Location::File(PathBuf::from(DATABASE)),
            municipality: None,
            municipality_name: None,
            contact: None,
            licence: None,
            notice: None,
            accessibility_tested: None,
            index: None,
            search_words: None,
            public_url: None,
            address: local(8080),
            internal_address: Some(local(8081)),
            internal_url: None,
            session_idle_hours: 8,
            session_hours: 24,
            mail: None,
            operations_address: Some(local(9090)),
            log_level: LogLevel::Info,
            log_format: LogFormat::Text,
            cache_mb: 256,
            limits: Limits::default(),
            files: Vec::new(),
            schemes: Vec::new(),
        }
    }
}

impl Config {
    /// The folder of the search index.
    #[must_use]
    pub fn index_folder(&self) -> PathBuf {
        match (&self.index, &self.database) {
            (Some(folder), _) => folder.clone(),
            (None, Location::File(file)) => {
                let mut name = file.clone().into_os_string();
                name.push(".index");
                PathBuf::from(name)
            }
            (None, Location::Postgres(_)) => PathBuf::from("meguri.index"),
        }
    }

    /// A word about counters that other machines can reach; `None` where they cannot.
    #[must_use]
    pub fn open_operations(&self) -> Option<String> {
        let address = self.operations_address.filter(|a| !a.ip().is_loopback())?;
        Some(format!(
            "稼働確認と計測のアドレス（{address}）は、ほかのコンピューターから接続できます。計測には庁内の指摘の件数なども含まれるため、「127.0.0.1:9090」のようにこのコンピューターのアドレスにするか、接続元を制限してください。"
        ))
    }

    /// How many bytes of finished answers are kept.
    #[must_use]
    pub fn cache_bytes(&self) -> u64 {
        u64::from(self.cache_mb) * 1024 * 1024
    }
}

/// Reads the settings: the named file, else `meguri.toml` where there is one, then the environment.
///
/// # Errors
/// All faults that were found.
pub fn read(file: Option<&Path>) -> Result<Config, Vec<FileFault>> {
    let variable = |name: &str| std::env::var(name).ok();
    let text = match regular::read_text(file.unwrap_or(Path::new(FILE))) {
        Ok(text) => text,
        Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
            String::new()
        }
        Err(error) => return Err(vec![of_io(&error)]),
    };
    let folder = file.and_then(Path::parent).unwrap_or(Path::new(""));
    parse(&text, folder, &variable)
}

/// The settings of a text and of the environment. Paths of the text are counted from its folder.
///
/// # Errors
/// All faults that were found.
pub fn parse(
    text: &str,
    folder: &Path,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Config, Vec<FileFault>> {
    let written: Written = toml::from_str(text).map_err(|error| vec![of_toml(&error, text)])?;
    let mut config = Config::default();
    let value = |setting: &'static str, written: &Option<String>| {
        let from = SETTINGS
            .iter()
            .find(|s| s.key == setting)
            .map_or("", |s| s.variable);
        match variable(from).filter(|value| !value.trim().is_empty()) {
            Some(value) => Some((from, value)),
            None => written.clone().map(|value| (setting, value)),
        }
    };
    let mut faults = places(&written, value, &mut config);
    config.mail = mail::mail(&written, value, folder, &mut faults);
    let mut note = |outcome: Result<(), FileFault>| faults.extend(outcome.err());
    if let Some((from, text)) = value("database", &written.database) {
        config.database = database(from, &text, folder);
    }
    if let Some((_, text)) = value("municipality", &written.municipality) {
        note(municipality(&text).map(|said| config.municipality = Some(said)));
    }
    config.municipality_name =
        value("municipality_name", &written.municipality_name).map(|(_, name)| name);
    let words = |key, written| value(key, written).map(|(_, words): (_, String)| words);
    config.notice = words("notice", &written.notice);
    config.contact = words("contact", &written.contact);
    config.licence = words("licence", &written.licence);
    config.accessibility_tested = words("accessibility_tested", &written.accessibility_tested);
    let path = |name: &str, written: &Option<PathBuf>| match variable(name)
        .filter(|path| !path.trim().is_empty())
    {
        Some(path) => Some(PathBuf::from(path)),
        None => written.as_ref().map(|path| folder.join(path)),
    };
    config.index = path("MEGURI_INDEX", &written.index);
    config.search_words = path("MEGURI_SEARCH_WORDS", &written.search_words);
    if let Some((from, text)) = value("log_level", &written.log_level) {
        note(chosen(from, &text, &LEVELS).map(|level| config.log_level = level));
    }
    if let Some((from, text)) = value("log_format", &written.log_format) {
        note(chosen(from, &text, &FORMATS).map(|format| config.log_format = format));
    }
    if let Some((from, text)) = value("cache_mb", &written.cache_mb.map(|mb| mb.to_string())) {
        note(megabytes(from, &text).map(|mb| config.cache_mb = mb));
    }
    let (limits, wrong) = limits(&written, value);
    config.limits = limits;
    faults.extend(wrong);
    config.files = paths(variable("MEGURI_FILES"), written.files, folder);
    config.schemes = paths(variable("MEGURI_SCHEMES"), written.schemes, folder);
    if faults.is_empty() {
        Ok(config)
    } else {
        Err(faults)
    }
}

/// Where the pages are, and how long people stay signed in to them; what is wrong with that.
fn places<'a>(
    written: &Written,
    value: impl Fn(&'static str, &Option<String>) -> Option<(&'a str, String)>,
    config: &mut Config,
) -> Vec<FileFault> {
    let mut faults = Vec::new();
    let mut note = |outcome: Result<(), FileFault>| faults.extend(outcome.err());
    if let Some((from, text)) = value("public_url", &written.public_url) {
        note(public_url(from, &text).map(|url| config.public_url = Some(url)));
    }
    if let Some((from, text)) = value("internal_url", &written.internal_url) {
        note(public_url(from, &text).map(|url| config.internal_url = Some(url)));
    }
    for (key, written, hours) in [
        (
            "session_idle_hours",
            written.session_idle_hours,
            &mut config.session_idle_hours,
        ),
        (
            "session_hours",
            written.session_hours,
            &mut config.session_hours,
        ),
    ] {
        if let Some((from, text)) = value(key, &written.map(|hours| hours.to_string())) {
            note(positive(from, &text).map(|number| *hours = number));
        }
    }
    if let Some((from, text)) = value("address", &written.address) {
        note(address(from, &text).map(|address| config.address = address));
    }
    if let Some((from, text)) = value("operations_address", &written.operations_address) {
        let parsed = maybe_address(from, &text);
        note(parsed.map(|address| config.operations_address = address));
    }
    if let Some((from, text)) = value("internal_address", &written.internal_address) {
        let parsed = maybe_address(from, &text);
        note(parsed.map(|address| config.internal_address = address));
    }
    faults
}

/// The limits of the connections, and what is wrong with them. A setting is given with its name as
/// it was written.
fn limits<'a>(
    written: &Written,
    value: impl Fn(&'static str, &Option<String>) -> Option<(&'a str, String)>,
) -> (Limits, Vec<FileFault>) {
    let mut limits = Limits::default();
    let mut faults = Vec::new();
    let mut number = |key, written: Option<u32>| {
        let (from, text) = value(key, &written.map(|number| number.to_string()))?;
        positive(from, &text)
            .map_err(|fault| faults.push(fault))
            .ok()
    };
    if let Some(most) = number("max_connections", written.max_connections) {
        limits.connections = most as usize;
    }
    if let Some(most) = number("costly_pages", written.costly_pages) {
        limits.costly = most as usize;
    }
    for (key, written, limit) in [
        ("head_seconds", written.head_seconds, &mut limits.head),
        ("idle_seconds", written.idle_seconds, &mut limits.idle),
        ("write_seconds", written.write_seconds, &mut limits.write),
    ] {
        if let Some(seconds) = number(key, written) {
            *limit = Duration::from_secs(seconds.into());
        }
    }
    if let Some((from, text)) = value("client_address", &written.client_address) {
        match client_address(from, &text) {
            Ok(wanted) => limits.client = wanted,
            Err(fault) => faults.push(fault),
        }
    }
    (limits, faults)
}

/// A file of the settings is counted from their folder, one of the environment from here.
fn database(from: &str, text: &str, folder: &Path) -> Location {
    match Location::parse(text.trim()) {
        Location::File(path) if from == "database" => Location::File(folder.join(path)),
        location => location,
    }
}

fn municipality(text: &str) -> Result<Said, FileFault> {
    Said::parse(text).map_err(|error| {
        FileFault::new(
            error.to_string(),
            "総務省の全国地方公共団体コードを確認してください。",
        )
    })
}

/// An address as others write it: scheme and name, and nothing behind it, since all links of the
/// pages begin at the top.
fn public_url(from: &str, text: &str) -> Result<String, FileFault> {
    let url = text.trim().trim_end_matches('/');
    let name = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if name.is_some_and(|name| !name.is_empty() && name.chars().all(plain)) {
        return Ok(url.to_owned());
    }
    Err(FileFault::new(
        format!("「{from}」の「{text}」は、画面のアドレスとして使えません。"),
        "「https://hyoka.example.jp」のように、httpsから始まり、名前（とポート）で終わるアドレスを書いてください。",
    ))
}

const LEVELS: [(&str, LogLevel); 5] = [
    ("error", LogLevel::Error),
    ("warn", LogLevel::Warn),
    ("info", LogLevel::Info),
    ("debug", LogLevel::Debug),
    ("trace", LogLevel::Trace),
];

const FORMATS: [(&str, LogFormat); 2] = [("text", LogFormat::Text), ("json", LogFormat::Json)];

fn address(from: &str, text: &str) -> Result<SocketAddr, FileFault> {
    text.trim().parse().map_err(|_| {
        let message = format!("「{from}」の「{text}」はアドレスとポートの形ではありません。");
        FileFault::new(
            message,
            "「127.0.0.1:8080」のように、数字のアドレスとポートを書いてください。",
        )
    })
}

fn maybe_address(from: &str, text: &str) -> Result<Option<SocketAddr>, FileFault> {
    if text.trim() == "off" {
        Ok(None)
    } else {
        address(from, text).map(Some)
    }
}

fn megabytes(from: &str, text: &str) -> Result<u32, FileFault> {
    text.trim().parse().map_err(|_| {
        let message = format!("「{from}」の「{text}」はMBの数ではありません。");
        FileFault::new(
            message,
            "「128」のように、0以上の整数を半角で書いてください。",
        )
    })
}

/// A whole number above zero, of a size that makes sense.
fn positive(from: &str, text: &str) -> Result<u32, FileFault> {
    let number = text.trim().parse().ok();
    number
        .filter(|number| (1..=1_000_000).contains(number))
        .ok_or_else(|| {
            FileFault::new(
                format!("「{from}」の「{text}」は使えません。"),
                "「30」のように、1以上100万以下の整数を半角で書いてください。",
            )
        })
}

/// `off`, `connection`, or the name of a header.
fn client_address(from: &str, text: &str) -> Result<ClientAddress, FileFault> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    match text.trim().to_ascii_lowercase().as_str() {
        "off" => Ok(ClientAddress::Off),
        "connection" => Ok(ClientAddress::Connection),
        name if !name.is_empty() && name.len() <= 64 && name.chars().all(plain) => {
            Ok(ClientAddress::Header(name.to_owned()))
        }
        _ => Err(FileFault::new(
            format!("「{from}」の「{text}」は使えません。"),
            "「off」、「connection」、又はプロキシが付けるヘッダーの名前（例：「x-forwarded-for」）を書いてください。",
        )),
    }
}

fn chosen<T: Copy>(from: &str, text: &str, choices: &[(&str, T)]) -> Result<T, FileFault> {
    let found = choices
        .iter()
        .find(|(word, _)| *word == text.trim().to_ascii_lowercase());
    found.map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let message = format!("「{from}」の「{text}」は使えません。");
        FileFault::new(
            message,
            format!("{}のどれかを書いてください。", words.join("、")),
        )
    })
}

fn paths(variable: Option<String>, written: Option<Vec<PathBuf>>, folder: &Path) -> Vec<PathBuf> {
    match variable.filter(|value| !value.is_empty()) {
        Some(value) => std::env::split_paths(&value).collect(),
        None => written
            .unwrap_or_default()
            .iter()
            .map(|path| folder.join(path))
            .collect(),
    }
}

#[cfg(test)]
mod tests;
