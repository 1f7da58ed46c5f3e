//! `meguri municipality`: which municipalities are registered, and mending how they are.

use crate::cli::kept::{StoreOptions, prepared, refuse};
use crate::cli::terminal;
use clap::{Args, Subcommand};
use meguri_app::actions::choose_municipality::{Chosen, Said};
use meguri_app::actions::mend_municipality::{Mended, Registered, Standing, list, merge, set};
use meguri_app::municipalities::DATE;
use serde_json::json;
use std::io::{self, Write};
use std::process::ExitCode;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum MunicipalityCommand {
    /// 登録されている団体の一覧を表示します
    List {
        /// JSON形式で出力します
        #[arg(long)]
        json: bool,
        /// Which database.
        #[command(flatten)]
        store: StoreOptions,
    },
    /// 団体コードや名称を改めます（例：meguri municipality set 000000 小平市）
    Set(SetArguments),
    /// 一つの団体のデータを全て、別の団体に移します（例：meguri municipality merge 000000 132110）
    Merge {
        /// まとめる（なくなる）団体のコードまたは名称
        #[arg(value_name = "団体", help_heading = "引数")]
        from: String,
        /// 残す団体のコードまたは名称
        #[arg(value_name = "残す団体", help_heading = "引数")]
        into: String,
        /// Which database.
        #[command(flatten)]
        store: StoreOptions,
    },
}

/// What the command line says of a change.
#[derive(Debug, Args)]
pub(super) struct SetArguments {
    /// 登録されている団体のコードまたは名称
    #[arg(value_name = "団体", help_heading = "引数")]
    from: String,
    /// 正しい団体コードまたは名称（名称だけを改めるときは不要）
    #[arg(value_name = "正しい団体", help_heading = "引数")]
    to: Option<String>,
    /// The name.
    #[arg(long, value_name = "名称", help = format!("団体の名称（団体の一覧（{DATE}現在）にない団体、または名称だけを改めるとき）"))]
    name: Option<String>,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

/// Runs one of them; exit code 2 where nothing was done.
pub(super) fn run(command: &MunicipalityCommand) -> io::Result<ExitCode> {
    let options = match command {
        MunicipalityCommand::List { store, .. } | MunicipalityCommand::Merge { store, .. } => store,
        MunicipalityCommand::Set(arguments) => &arguments.store,
    };
    let Some((config, context, runtime)) = prepared(options)? else {
        return Ok(ExitCode::from(2));
    };
    let place = &config.database;
    let told = match command {
        MunicipalityCommand::List { json, .. } => runtime
            .block_on(list(place, &context))
            .map(|all| if *json { as_json(&all) } else { as_text(&all) }),
        MunicipalityCommand::Set(arguments) => {
            let to = arguments.to.as_deref().map(Said::parse).transpose();
            let (from, to) = match (Said::parse(&arguments.from), to) {
                (Ok(from), Ok(to)) => (from, to),
                (Err(fault), _) | (_, Err(fault)) => return refuse(&fault),
            };
            let name = arguments.name.as_deref();
            let done = runtime.block_on(set(place, &from, to.as_ref(), name, &context));
            done.map(|mended| changed(&mended))
        }
        MunicipalityCommand::Merge { from, into, .. } => {
            let (from, into) = match (Said::parse(from), Said::parse(into)) {
                (Ok(from), Ok(into)) => (from, into),
                (Err(fault), _) | (_, Err(fault)) => return refuse(&fault),
            };
            let done = runtime.block_on(merge(place, &from, &into, &context));
            done.map(|(from, into)| merged(&from, &into))
        }
    };
    match told {
        Ok(told) => writeln!(terminal::stdout(), "{told}").map(|()| ExitCode::SUCCESS),
        Err(fault) => refuse(&fault),
    }
}

fn word(standing: Standing) -> String {
    match standing {
        Standing::Listed => "正しいコードです".to_owned(),
        Standing::NotListed => {
            format!("検査数字は正しく、団体の一覧（{DATE}現在）にはありません")
        }
        Standing::Ward => {
            "政令指定都市の区のコードです（「meguri municipality set」で改めてください）".to_owned()
        }
        Standing::Unset => {
            "団体が決まっていません（「meguri municipality set 000000 団体コードまたは名称」で改めてください）"
                .to_owned()
        }
    }
}

fn as_text(all: &[Registered]) -> String {
    let line = |one: &Registered| {
        format!(
            "{} {}　計画{}件、文書{}件　{}",
            one.code,
            one.name,
            one.amounts.plans,
            one.amounts.documents,
            word(one.standing)
        )
    };
    match all {
        [] => "登録されている団体はありません。".to_owned(),
        all => all.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

fn as_json(all: &[Registered]) -> String {
    let one = |one: &Registered| {
        json!({
            "code": one.code.as_str(), "name": one.name, "plans": one.amounts.plans,
            "documents": one.amounts.documents, "valid": one.standing != Standing::Unset,
            "listed": one.standing == Standing::Listed,
        })
    };
    format!("{:#}", json!(all.iter().map(one).collect::<Vec<_>>()))
}

const AGAIN: &str = "meguri serve が動いているときは、起動し直してください。";

fn changed(mended: &Mended) -> String {
    match mended {
        Mended::Same(Chosen { code, name }) => {
            format!("団体コード {code}（{name}）のままです。何も変更していません。")
        }
        Mended::Renamed(Chosen { code, name }) => {
            format!("団体コード {code} の名称を「{name}」に改めました。\n{AGAIN}")
        }
        Mended::Recoded(Chosen { code, name }) => {
            format!("団体コードを {code}（{name}）に改めました。\n{AGAIN}")
        }
    }
}

fn merged(from: &Chosen, into: &Chosen) -> String {
    format!(
        "{}（{}）のデータを全て {}（{}）に移しました。\n移した文書などの番号は変わりました（「meguri show documents」で確かめられます）。\n{AGAIN}",
        from.code, from.name, into.code, into.name
    )
}
