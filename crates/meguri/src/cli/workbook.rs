//! `meguri workbook`: the workbook that a section fills, out and back, in the name of an account.

use crate::cli::kept::{StoreOptions, with_store};
use crate::cli::terminal::{self, RED, RESET, YELLOW};
use clap::{Args, Subcommand};
use meguri_app::actions::cycle::CycleFault;
use meguri_app::actions::cycle::take_workbook::{
    CellFault, Conflict, Taken, Verdict, take_workbook,
};
use meguri_app::context::{Actor, Context};
use meguri_app::cycle::Cycle;
use meguri_app::read::work::entry_book;
use meguri_app::regular;
use meguri_store::{Error, Municipality};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use thiserror::Error as Thiserror;

/// Bytes that are read of a file; what is larger is refused by its size.
const MOST: u64 = 64_000_000;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum WorkbookCommand {
    /// 照会の入力用ブック（Excel）を取り出します
    Out(Box<OutArguments>),
    /// 記入した入力用ブックを、下書きとして取り込みます
    In(Box<InArguments>),
}

/// What is taken out.
#[derive(Debug, Args)]
pub(super) struct OutArguments {
    /// 照会の番号（画面のアドレス /cycles/番号）
    #[arg(value_name = "照会", help_heading = "引数")]
    cycle: i64,
    /// 記入する利用者（サインインに使う名前）。この利用者がいま書けるシートが入ります
    #[arg(long, value_name = "利用者名")]
    account: String,
    /// 課のキーか名称（省略すると、利用者が書けるシートの全部）
    #[arg(long, value_name = "課")]
    section: Option<String>,
    /// 作成するファイル（.xlsx。すでにあるファイルには上書きしません）
    #[arg(short, long, value_name = "ファイル")]
    output: PathBuf,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

/// What is taken in.
#[derive(Debug, Args)]
pub(super) struct InArguments {
    /// 照会の番号（画面のアドレス /cycles/番号）
    #[arg(value_name = "照会", help_heading = "引数")]
    cycle: i64,
    /// 記入した入力用ブック（.xlsx）
    #[arg(value_name = "ファイル", help_heading = "引数")]
    file: PathBuf,
    /// 記入した利用者（サインインに使う名前）。この利用者の下書きになり、その権限で取り込みます
    #[arg(long, value_name = "利用者名")]
    account: String,
    /// ほかの人が先に変えた欄はいまの内容のままにして、ほかの欄を取り込みます
    #[arg(long)]
    take_rest: bool,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

/// Why nothing was done.
#[derive(Debug, Thiserror)]
enum WorkbookFault {
    /// What the action says.
    #[error(transparent)]
    Cycle(#[from] CycleFault),
    /// What the store says.
    #[error(transparent)]
    Store(#[from] Error),
    /// There is nobody of the name, or they were disabled.
    #[error(
        "利用者「{0}」は登録されていないか、停止されています。\n対応：「meguri user list」で確かめてください。"
    )]
    NoAccount(String),
    /// They may write nothing now.
    #[error(
        "この利用者がいま記入できるシートはありません。\n対応：担当の課と、シートの状態、期限を確かめてください。"
    )]
    NoSheets,
    /// The file.
    #[error("ファイル「{0}」を扱えません：{1}\n対応：場所と権限を確かめてください。")]
    File(String, io::Error),
}

/// Does it.
pub(super) fn run(command: &WorkbookCommand) -> io::Result<ExitCode> {
    match command {
        WorkbookCommand::Out(arguments) => take_out(arguments),
        WorkbookCommand::In(arguments) => take_in(arguments),
    }
}

fn take_out(arguments: &OutArguments) -> io::Result<ExitCode> {
    with_store(&arguments.store, false, async |kept, context| {
        let city = &kept.municipality;
        let (cycle, context) = found(city, arguments.cycle, &arguments.account, context).await?;
        let section = arguments.section.as_deref().map(|name| {
            let known = cycle.section_of_work(name);
            known.unwrap_or_else(|| name.to_owned())
        });
        let book = entry_book(city, &cycle, section.as_deref(), &context).await?;
        let bytes = book.ok_or(WorkbookFault::NoSheets)?;
        let path = arguments.output.as_path();
        write_new(path, &bytes).map_err(|error| unusable(path, error))?;
        let text = format!(
            "入力用ブックを作りました：{}（{}KB）\n",
            path.display(),
            bytes.len().div_ceil(1000)
        );
        let written = terminal::stdout().write_all(text.as_bytes());
        Ok::<_, WorkbookFault>(terminal::after_work(written).map(|()| ExitCode::SUCCESS))
    })
}

fn take_in(arguments: &InArguments) -> io::Result<ExitCode> {
    with_store(&arguments.store, false, async |kept, context| {
        let city = &kept.municipality;
        let (cycle, context) = found(city, arguments.cycle, &arguments.account, context).await?;
        let path = arguments.file.as_path();
        let file = regular::read(path, MOST).map_err(|error| unusable(path, error))?;
        let verdict = take_workbook(city, &cycle, &file, arguments.take_rest, &context).await?;
        Ok::<_, WorkbookFault>(told(verdict))
    })
}

fn unusable(path: &Path, error: io::Error) -> WorkbookFault {
    WorkbookFault::File(path.display().to_string(), error)
}

/// The cycle, and the account as somebody who acts at this moment.
async fn found(
    city: &Municipality,
    cycle: i64,
    account: &str,
    context: &Context,
) -> Result<(Cycle, Context), WorkbookFault> {
    let cycle = Cycle::load(city, cycle).await?.ok_or(CycleFault::NoCycle)?;
    let kept = city.account(account).await?;
    let kept = kept.filter(|kept| kept.account.enabled);
    let kept = kept.ok_or_else(|| WorkbookFault::NoAccount(account.to_owned()))?;
    let actor = Actor::with_grants(kept.account.name, kept.account.grants);
    Ok((cycle, Context::new(actor, context.moment())?))
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Says what became of a workbook: 0 taken, 1 not taken, 2 not read.
fn told(verdict: Verdict) -> io::Result<ExitCode> {
    let (text, code) = match verdict {
        Verdict::Unread(why) => return super::kept::refuse(&why.to_string()),
        Verdict::NotOurs(why) => return super::kept::refuse(&why.to_string()),
        Verdict::Other(differences) => {
            let differences = differences.join("。\n");
            return super::kept::refuse(&format!(
                "この照会の入力用ブックではありません。{differences}。\n対応：この照会から取り出したブックを指定してください。"
            ));
        }
        Verdict::Faults(faults) => (of_faults(&faults), 1),
        Verdict::Conflicts(conflicts) => (of_conflicts(&conflicts), 1),
        Verdict::Taken(taken) => (of_taken(&taken), 0),
    };
    let written = terminal::stdout().write_all(text.as_bytes());
    terminal::after_work(written).map(|()| ExitCode::from(code))
}

fn of_faults(faults: &[CellFault]) -> String {
    let mut text = format!(
        "{RED}取り込めない欄が{}か所あります。何も取り込んでいません。{RESET}\n",
        faults.len()
    );
    for fault in faults {
        text.push_str(&format!(
            "  {} {}\n    {}。\n",
            fault.place, fault.label, fault.why
        ));
    }
    text.push_str("対応：ファイルを直して取り込み直すか、画面で入力してください。\n");
    text
}

fn of_conflicts(conflicts: &[Conflict]) -> String {
    let mut text = format!(
        "{YELLOW}ブックを取り出したあとに、ほかの人が変えた欄が{}か所あります。何も取り込んでいません。{RESET}\n",
        conflicts.len()
    );
    text.push_str(&listed(conflicts));
    text.push_str(
        "対応：内容を確かめ、ほかの欄だけを取り込むときは「meguri workbook in --take-rest」のように指定してください。\n",
    );
    text
}

fn listed(conflicts: &[Conflict]) -> String {
    let mut text = String::new();
    for conflict in conflicts {
        let who = match conflict.who.as_str() {
            "" => String::new(),
            who => format!("（{who}さん）"),
        };
        text.push_str(&format!(
            "  {} {}\n    いまの内容{who}：{}\n    ブックの内容：{}\n",
            conflict.place, conflict.label, conflict.now, conflict.typed
        ));
    }
    text
}

fn of_taken(taken: &Taken) -> String {
    if taken.answers == 0 && taken.left.is_empty() {
        return "ブックを読みました。変わった欄はありません。\n".to_owned();
    }
    let mut text = format!(
        "{}枚のシートの{}か所を、下書きとして取り込みました。提出は画面で行います。\n",
        taken.sheets.len(),
        taken.answers
    );
    for place in &taken.formulas {
        text.push_str(&format!("  {place} は数式の計算結果を取り込みました。\n"));
    }
    if !taken.left.is_empty() {
        text.push_str(
            "ほかの人が先に変えた次の欄は、いまの内容のままです。両方の内容を残しています。\n",
        );
        text.push_str(&listed(&taken.left));
    }
    text
}
