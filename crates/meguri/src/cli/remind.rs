//! `meguri remind`: for whom sheets of a cycle wait, and the mail that reminds them; made to be called
//! by a timer of the system every morning.

use crate::cli::kept::{StoreOptions, with_store};
use crate::cli::terminal;
use clap::Args;
use meguri_app::actions::cycle::CycleFault;
use meguri_app::actions::cycle::remind::{Reminded, Reminder, remind};
use meguri_app::config::Config;
use meguri_app::context::Context;
use meguri_app::cycle::Cycle;
use meguri_app::mail::MailSettings;
use meguri_app::read::dates;
use meguri_app::read::work::{Waiting, waiting};
use meguri_store::Municipality;
use std::io::{self, Write};
use std::process::ExitCode;

/// Whom to remind, and how.
#[derive(Debug, Args)]
pub(super) struct RemindArguments {
    /// 照会の番号（省略するとすべての照会）
    #[arg(long, value_name = "番号")]
    cycle: Option<i64>,
    /// 期限までの開庁日がこの日数以内のシートか、期限を過ぎたシートを持つ人だけにします
    #[arg(long, value_name = "日数")]
    within: Option<u32>,
    /// 設定のメールサーバーで送ります（指定しないと一覧を表示するだけです）
    #[arg(long)]
    send: bool,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

/// Lists or reminds; exit code 2 where nothing could be done, 1 where some mail was not sent.
pub(super) fn run(arguments: &RemindArguments) -> io::Result<ExitCode> {
    let Some(config) = arguments.store.config()? else {
        return Ok(ExitCode::from(2));
    };
    with_store(&arguments.store, false, async |kept, context| {
        let city = &kept.municipality;
        let all = Cycle::all(city).await?;
        let mut cycles = all
            .into_iter()
            .filter(|cycle| arguments.cycle.is_none_or(|id| id == cycle.kept.id))
            .peekable();
        if arguments.cycle.is_some() && cycles.peek().is_none() {
            return Err(CycleFault::NoCycle);
        }
        let (mut lines, mut failed) = (Vec::new(), false);
        for cycle in cycles {
            let (people, nobody) = waiting(city, &cycle, context).await?;
            let due = people.into_iter().filter(|person| {
                let within = arguments.within;
                within.is_none_or(|days| person.is_due_within(days))
            });
            let due: Vec<Waiting> = due.collect();
            lines.push(cycle.kept.label.clone());
            match (arguments.send, &config.mail) {
                (false, _) => lines.extend(due.iter().map(in_a_line)),
                (true, None) => return Err(CycleFault::Unfit(NO_MAIL.to_owned())),
                (true, Some(mail)) => {
                    let answers = send(city, &cycle, &due, &config, mail, context).await?;
                    failed |= answers.iter().any(|answer| answer.answer.is_err());
                    lines.extend(answers.iter().map(answered));
                }
            }
            if !nobody.is_empty() {
                lines.push(format!(
                    "  手元に持つ利用者がいないシート：{}件",
                    nobody.len()
                ));
            }
        }
        Ok(told(&lines, failed))
    })
}

const NO_MAIL: &str = "メールの設定がないため、送信していません。設定の mail_server と mail_from を書いてください（docs/serve.md）。";

async fn send(
    city: &Municipality,
    cycle: &Cycle,
    due: &[Waiting],
    config: &Config,
    mail: &MailSettings,
    context: &Context,
) -> Result<Vec<Reminded>, CycleFault> {
    let reminder = Reminder {
        accounts: due.iter().map(|person| person.account.clone()).collect(),
        words: String::new(),
        address: config.internal_url.clone().unwrap_or_default(),
        city: config.municipality_name.clone().unwrap_or_default(),
    };
    remind(city, cycle, &reminder, mail, context).await
}

fn in_a_line(person: &Waiting) -> String {
    let deadline = person.deadline();
    let deadline =
        deadline.map_or_else(|| "期限なし".to_owned(), |day| dates::japanese(&day.iso()));
    format!(
        "  {}\t{}\tシート{}件\t期限超過{}件\t{deadline}",
        person.label,
        person.mail.as_deref().unwrap_or("（アドレスの登録なし）"),
        person.sheets.len(),
        person.overdue(),
    )
}

fn answered(answer: &Reminded) -> String {
    match &answer.answer {
        Ok(()) => format!(
            "  {}：送信しました（シート{}件）",
            answer.label, answer.sheets
        ),
        Err(why) => format!("  {}：{why}", answer.label),
    }
}

fn told(lines: &[String], failed: bool) -> io::Result<ExitCode> {
    let mut out = terminal::stdout();
    if lines.is_empty() {
        writeln!(out, "照会はありません。")?;
    }
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(ExitCode::from(u8::from(failed)))
}
