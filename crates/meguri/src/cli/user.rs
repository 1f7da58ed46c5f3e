//! `meguri user`: who may sign in, and as what.

use crate::cli::kept::{StoreOptions, with_store};
use crate::cli::terminal::{self, BOLD, RESET};
use clap::{Args, Subcommand};
use meguri_app::actions::accounts::AccountFault;
use meguri_app::actions::accounts::add_account::add_account;
use meguri_app::actions::accounts::change_account::change_named;
use meguri_app::actions::accounts::own_code::forget_code;
use meguri_app::actions::accounts::reset_password::reset_password;
use meguri_app::context::Context;
use meguri_app::password::{Cost, Password};
use meguri_core::access::{Grant, Role, Validity};
use meguri_core::calendar::Day;
use meguri_store::{Account, KeptAccount, Municipality};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::ExitCode;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// 利用者を登録し、最初のパスワードを表示します（最初の一人は、システム管理者になります）
    Add(Box<AddArguments>),
    /// 登録されている利用者と役割を表示します
    List {
        /// JSON形式で出力します
        #[arg(long)]
        json: bool,
        /// Which database.
        #[command(flatten)]
        store: StoreOptions,
    },
    /// 利用者の役割を、指定したものに置き換えます（サインイン中なら終了します）
    Grant {
        /// Who.
        #[command(flatten)]
        who: Who,
        /// Which roles.
        #[command(flatten)]
        roles: Roles,
        /// Which database.
        #[command(flatten)]
        store: StoreOptions,
    },
    /// 利用者を停止します（サインイン中なら、すぐに終了します）
    Disable {
        /// Who.
        #[command(flatten)]
        who: Who,
        /// Which database.
        #[command(flatten)]
        store: StoreOptions,
    },
    /// 停止した利用者を、また使えるようにします
    Enable {
        /// Who.
        #[command(flatten)]
        who: Who,
        /// Which database.
        #[command(flatten)]
        store: StoreOptions,
    },
    /// パスワードを再設定し、新しい最初のパスワードを表示します
    Reset {
        /// Who.
        #[command(flatten)]
        who: Who,
        /// 認証アプリのコードの入力もやめます（機器をなくしたときなど）
        #[arg(long)]
        code: bool,
        /// Which database.
        #[command(flatten)]
        store: StoreOptions,
    },
}

/// Whom to register.
#[derive(Debug, Args)]
pub(super) struct AddArguments {
    /// Who.
    #[command(flatten)]
    who: Who,
    /// 氏名
    #[arg(long, value_name = "氏名")]
    label: String,
    /// 電子メールのアドレス
    #[arg(long, value_name = "アドレス")]
    mail: Option<String>,
    /// Which roles.
    #[command(flatten)]
    roles: Roles,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

/// Who is meant.
#[derive(Debug, Args)]
pub(super) struct Who {
    /// 利用者名（サインインに使う名前。半角の英小文字・数字と . _ - @）
    #[arg(value_name = "利用者名", help_heading = "引数")]
    name: String,
}

/// Roles as the command line has them.
#[derive(Debug, Args)]
pub(super) struct Roles {
    /// 役割（例：所管課=環境課、課長=環境課、部長=市民部、政策課、財政課、評価委員=外部評価委員会、閲覧、システム管理者。複数指定できます）
    #[arg(long = "role", value_name = "役割[=対象]", value_parser = role_parser)]
    roles: Vec<Grant>,
    /// 役割が有効な最初の日（例：2026-04-01）
    #[arg(long, value_name = "日付", value_parser = day_parser)]
    from: Option<Day>,
    /// 役割が有効な最後の日（例：2027-03-31）
    #[arg(long, value_name = "日付", value_parser = day_parser)]
    until: Option<Day>,
}

impl Roles {
    fn grants(&self) -> Vec<Grant> {
        let valid = Validity {
            from: self.from,
            until: self.until,
        };
        let roles = self.roles.iter().cloned();
        roles.map(|grant| grant.valid(valid)).collect()
    }
}

/// `所管課=環境課`, by the word or the key of the role.
fn role_parser(text: &str) -> Result<Grant, String> {
    let (word, of) = match text.split_once(['=', '＝']) {
        Some((word, of)) => (word.trim(), Some(of.trim())),
        None => (text.trim(), None),
    };
    let granted = Role::ALL.into_iter().filter(|role| role.is_granted());
    let role = granted
        .clone()
        .find(|role| role.label() == word || role.key() == word);
    let Some(role) = role else {
        let known: Vec<&str> = granted.map(Role::label).collect();
        return Err(format!("使える役割は、{}です", known.join("、")));
    };
    let grant = Grant::new(role);
    Ok(match (role, of.filter(|of| !of.is_empty())) {
        (_, None) => grant,
        (Role::DepartmentHead, Some(of)) => grant.in_department(of),
        (Role::Committee, Some(of)) => grant.assigned_as(of),
        (_, Some(of)) => grant.in_section(of),
    })
}

fn day_parser(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "2026-04-01 の形で指定してください".to_owned())
}

/// Runs one of them; exit code 2 where nothing was done.
pub(super) fn run(command: &UserCommand) -> io::Result<ExitCode> {
    match command {
        UserCommand::Add(arguments) => with_store(&arguments.store, true, async |kept, context| {
            add(&kept.municipality, arguments, context).await.map(say)
        }),
        UserCommand::List { json, store } => with_store(store, false, async |kept, _| {
            let all = kept.municipality.accounts().await;
            let told = all.map(|all| if *json { as_json(&all) } else { as_text(&all) });
            told.map(say)
        }),
        UserCommand::Grant { who, roles, store } => change(store, who, &|account| {
            // Deputies are appointed by the persons themselves.
            account.grants.retain(Grant::is_deputy);
            account.grants.splice(0..0, roles.grants());
        }),
        UserCommand::Disable { who, store } => change(store, who, &|account| {
            account.enabled = false;
        }),
        UserCommand::Enable { who, store } => change(store, who, &|account| {
            account.enabled = true;
        }),
        UserCommand::Reset { who, code, store } => {
            with_store(store, false, async |kept, context| {
                if *code {
                    forget_code(&kept.municipality, &who.name, context).await?;
                }
                let reset = reset_password(&kept.municipality, &who.name, Cost::default(), context);
                reset.await.map(|password| say(start(&password)))
            })
        }
    }
}

fn say(text: String) -> io::Result<ExitCode> {
    writeln!(terminal::stdout(), "{text}").map(|()| ExitCode::SUCCESS)
}

async fn add(
    city: &Municipality,
    arguments: &AddArguments,
    context: &Context,
) -> Result<String, AccountFault> {
    let mut grants = arguments.roles.grants();
    let is_first = !city.has_accounts().await?;
    if is_first && grants.is_empty() {
        grants.push(Grant::new(Role::Administrator));
    }
    let account = Account {
        name: arguments.who.name.clone(),
        label: arguments.label.clone(),
        mail: arguments.mail.clone(),
        enabled: true,
        grants,
    };
    let password = add_account(city, account, Cost::default(), context).await?;
    let mut told = format!("利用者「{}」を登録しました。\n", arguments.who.name);
    if is_first {
        told.push_str(
            "最初の利用者です。これからは、庁内用の画面を見るのにサインインが必要です。\n",
        );
    }
    Ok(told + &start(&password))
}

/// The start password, which is shown once.
fn start(password: &Password) -> String {
    format!(
        "最初のパスワード：{BOLD}{}{RESET}\nこの表示は一回だけです。本人に確実に渡してください。最初のサインインで、本人が変更します。",
        password.reveal()
    )
}

fn change(store: &StoreOptions, who: &Who, change: &dyn Fn(&mut Account)) -> io::Result<ExitCode> {
    with_store(store, false, async |kept, context| {
        let changed = change_named(&kept.municipality, &who.name, change, context).await;
        changed.map(|kept| say(line(&kept)))
    })
}

fn as_text(all: &[KeptAccount]) -> String {
    match all {
        [] => "登録されている利用者はありません。".to_owned(),
        all => all.iter().map(line).collect::<Vec<_>>().join("\n"),
    }
}

fn line(kept: &KeptAccount) -> String {
    let account = &kept.account;
    let state = if account.enabled {
        ""
    } else {
        "（停止中）"
    };
    let grants: Vec<String> = account.grants.iter().map(grant_words).collect();
    let grants = if grants.is_empty() {
        "役割なし".to_owned()
    } else {
        grants.join("、")
    };
    format!("{}　{}{state}　{grants}", account.name, account.label)
}

fn grant_words(grant: &Grant) -> String {
    let of = [&grant.section, &grant.department, &grant.assignee];
    let of = of.into_iter().flatten().next();
    let mut words = grant.role.label().to_owned();
    words.extend(of.map(|of| format!("={of}")));
    let day = |day: Option<Day>| day.map_or_else(String::new, Day::iso);
    let Validity { from, until } = grant.valid;
    if from.is_some() || until.is_some() {
        words.push_str(&format!("（{}～{}）", day(from), day(until)));
    }
    words.extend(grant.deputy_of.iter().map(|of| format!("（{of} の代理）")));
    words
}

fn as_json(all: &[KeptAccount]) -> String {
    let grant = |grant: &Grant| {
        json!({
            "role": grant.role.key(), "section": grant.section, "department": grant.department,
            "assignee": grant.assignee, "from": grant.valid.from.map(Day::iso),
            "until": grant.valid.until.map(Day::iso), "deputy_of": grant.deputy_of,
        })
    };
    let one = |kept: &KeptAccount| {
        let account = &kept.account;
        let grants: Vec<Value> = account.grants.iter().map(grant).collect();
        json!({
            "name": account.name, "label": account.label, "mail": account.mail,
            "enabled": account.enabled, "grants": grants,
        })
    };
    format!("{:#}", json!(all.iter().map(one).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_said_by_its_word_or_its_key() {
        let said = |text: &str| role_parser(text).ok();
        let entry = Grant::new(Role::Entry).in_section("環境課");
        assert_eq!(said("所管課=環境課"), Some(entry.clone()));
        assert_eq!(said("entry＝環境課"), Some(entry));
        assert_eq!(said("政策課"), Some(Grant::new(Role::Planning)));
        let head = Grant::new(Role::DepartmentHead).in_department("市民部");
        assert_eq!(said("部長=市民部"), Some(head));
        let panel = Grant::new(Role::Committee).assigned_as("panel");
        assert_eq!(said("評価委員=panel"), Some(panel));
        for none in ["", "市長", "operator", "anyone", "公開（誰でも）"] {
            assert_eq!(said(none), None, "{none}");
        }
    }
}
