//! What the commands on the database share: which one is meant, who acts, how its faults are told.

use crate::cli::ask;
use crate::cli::serve::settings;
use crate::cli::terminal::{self, RED, RESET, YELLOW};
use clap::Args;
use jiff::ZonedDateTime;
use meguri_app::actions::choose_municipality::{Chosen, Said};
use meguri_app::actions::odd_moments::odd_moments;
use meguri_app::actions::open_store::{Kept, UnusedName, Wanted, open_store};
use meguri_app::actions::words;
use meguri_app::config::{ACTOR, Config};
use meguri_app::context::{Actor, Context, moment_of};
use meguri_store::{Location, SecondWall};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::runtime::{Builder, Runtime};

/// What is said of a password on the command line.
const VISIBLE_PASSWORD: &str = "「--database」に書いたパスワードは、実行中のプログラムの一覧から、\
     このコンピューターのほかの利用者にも見えます。\n  対応：環境変数 MEGURI_DATABASE か、本人だけが読める設定ファイル\
     （database）に書いてください。";

/// Options of every command on the database.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct StoreOptions {
    /// データベース（SQLiteのファイル、またはpostgres://で始まるURL。省略すると設定の database、なければ meguri.sqlite）
    #[arg(long, value_name = "場所")]
    pub(super) database: Option<String>,
    /// 団体コードまたは名称（例：132110、小平市。データベースに一団体だけのときは省略できます）
    #[arg(long, value_name = "団体")]
    pub(super) municipality: Option<String>,
    /// 設定ファイル（省略すると meguri.toml）
    #[arg(long, value_name = "設定")]
    pub(super) config: Option<PathBuf>,
    /// The name of a municipality that is registered now.
    #[arg(skip)]
    pub(super) name: Option<String>,
}

impl StoreOptions {
    /// The settings with what the command line says over them; `None` where they have faults,
    /// which are told.
    pub(super) fn config(&self) -> io::Result<Option<Config>> {
        let Some(mut config) = settings(self.config.as_deref())? else {
            return Ok(None);
        };
        if let Some(text) = &self.database {
            config.database = Location::parse(text);
            if config.database.has_password() {
                writeln!(terminal::stderr(), "{YELLOW}確認{RESET} {VISIBLE_PASSWORD}")?;
            }
        }
        if let Some(text) = &self.municipality {
            match Said::parse(text) {
                Ok(said) => {
                    // A name of the settings is that of their code.
                    if config.municipality.as_ref().is_some_and(|own| *own != said) {
                        config.municipality_name = None;
                    }
                    config.municipality = Some(said);
                }
                Err(error) => {
                    fault(&error)?;
                    return Ok(None);
                }
            }
        }
        if self.name.is_some() {
            config.municipality_name.clone_from(&self.name);
        }
        Ok(Some(config))
    }
}

/// Who acts, by the name of the account, and when.
///
/// # Errors
/// Where the system's clock tells a year without four digits, or nobody can read the name.
pub(super) fn context_now() -> meguri_store::Result<Context> {
    let account = [ACTOR, "USER", "LOGNAME", "USERNAME"];
    let named = account.iter().filter_map(|name| std::env::var(name).ok());
    let who = named
        .map(|name| name.trim().to_owned())
        .find(|name| !name.is_empty());
    let moment = moment_of(&ZonedDateTime::now());
    let who = who.unwrap_or_else(|| "（利用者名不明）".to_owned());
    words::check_name("操作した人の名前（環境変数 MEGURI_ACTOR など）", &who)
        .map_err(|fault| meguri_store::Error::Invalid(fault.to_string()))?;
    Context::new(Actor::operator(who), &moment)
}

/// What every command needs before it begins: the settings, who acts and when, and a runtime;
/// `None` where something is wrong with them, which is told.
pub(super) fn prepared(options: &StoreOptions) -> io::Result<Option<(Config, Context, Runtime)>> {
    let Some(config) = options.config()? else {
        return Ok(None);
    };
    match context_now() {
        Ok(context) => Ok(Some((
            config,
            context,
            Builder::new_current_thread().enable_all().build()?,
        ))),
        Err(error) => fault(&error).map(|()| None),
    }
}

/// Opens the database of the options, does something with it and closes it. With `create`, what is
/// not there yet is made. Faults are told; the exit code is 2 then.
pub(super) fn with_store<F, E>(
    options: &StoreOptions,
    create: bool,
    work: F,
) -> io::Result<ExitCode>
where
    F: AsyncFnOnce(&Kept, &Context) -> Result<io::Result<ExitCode>, E>,
    E: std::fmt::Display,
{
    let Some((config, context, runtime)) = prepared(options)? else {
        return Ok(ExitCode::from(2));
    };
    runtime.block_on(async {
        let mut wanted = wanted(&config, create);
        let kept = loop {
            match open_store(&wanted, &context).await {
                Ok(kept) => break kept,
                Err(fault) => match ask::municipality(&fault)? {
                    Some(said) => (wanted.said, wanted.name) = (Some(said), None),
                    None => return refuse(&fault),
                },
            }
        };
        notes(&kept)?;
        let outcome = work(&kept, &context).await;
        kept.store.close().await;
        match outcome {
            Ok(outcome) => outcome,
            Err(error) => refuse(&error),
        }
    })
}

/// What the settings ask for.
pub(super) fn wanted(config: &Config, create: bool) -> Wanted {
    Wanted {
        location: config.database.clone(),
        said: config.municipality.clone(),
        name: config.municipality_name.clone(),
        create,
    }
}

/// What an administrator should know about the database that was opened.
pub(super) fn notes(kept: &Kept) -> io::Result<()> {
    let mut out = terminal::stderr();
    if let Some(path) = &kept.backup {
        let path = path.display();
        writeln!(
            out,
            "データベースを新しい版に更新しました（更新前の控え：{path}）。"
        )?;
    }
    if kept.without_copy {
        writeln!(
            out,
            "データベースを新しい版に更新しました（PostgreSQLでは、更新前の控えを作りません。\
             めぐりを新しい版にするときは、先に「pg_dump」か「meguri backup」で控えてください）。"
        )?;
    }
    if let Some(UnusedName { given, registered }) = &kept.unused_name {
        let Chosen { code, name } = registered;
        writeln!(
            out,
            "{YELLOW}確認{RESET} 指定した名称「{given}」は使っていません。団体コード {code} は「{name}」として登録済みです。\n  \
             名称を改めるときは「meguri municipality set {code} --name {given}」を実行してください。"
        )?;
    }
    if let SecondWall::PassedBy { role } = &kept.wall {
        writeln!(
            out,
            "確認：データベースの利用者「{role}」は行単位の保護を受けません。\
             複数の団体で共用するときは、管理者権限のない利用者で接続してください。"
        )?;
    }
    Ok(())
}

/// Odd moments of the audit that are told.
const ODD_MOMENTS: usize = 3;

/// What is odd about the clock of this computer, as the audit shows it; empty where nothing is.
pub(super) async fn odd_clock(
    city: &meguri_store::Municipality,
    context: &Context,
) -> meguri_store::Result<Vec<String>> {
    odd_moments(city, context.moment(), ODD_MOMENTS).await
}

/// Tells something that an administrator should look at.
pub(super) fn note(texts: &[String]) -> io::Result<()> {
    let mut out = terminal::stderr();
    for text in texts {
        writeln!(out, "{YELLOW}確認{RESET} {text}")?;
    }
    Ok(())
}

/// Tells why a command was not carried out.
pub(super) fn refuse(error: &impl std::fmt::Display) -> io::Result<ExitCode> {
    fault(error)?;
    Ok(ExitCode::from(2))
}

fn fault(error: &impl std::fmt::Display) -> io::Result<()> {
    writeln!(terminal::stderr(), "{RED}エラー{RESET} {error}")
}
