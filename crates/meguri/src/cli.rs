//! The commands in a terminal. Exit codes: 0 nothing wrong, 1 errors found, 2 something could not
//! be read.

mod ask;
mod audit;
mod backup;
mod calc;
mod check;
mod demo;
mod doctor;
mod export;
mod import;
mod import_files;
mod index;
mod kept;
mod licenses;
mod link;
mod municipality;
mod opendata;
mod print;
mod publish;
mod read;
mod remind;
mod report;
mod restore;
mod sections;
mod serve;
mod show;
mod terminal;
mod unread;
mod usage;
mod user;
mod whole;
mod workbook;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use meguri_app::actions::import_document::Choice;
use meguri_app::municipalities::DATE;
use meguri_core::fiscal_year::FiscalYear;
use meguri_web::log;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// 行政評価・計画進行管理システム「めぐり」
#[derive(Debug, Parser)]
#[command(
    name = "meguri",
    version,
    arg_required_else_help = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
struct Arguments {
    /// What to do.
    #[command(subcommand)]
    command: Command,
    /// 使い方を表示します
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// 版を表示します
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// A command and those below it with a help whose layout and heads are Japanese.
fn in_japanese(command: clap::Command) -> clap::Command {
    let headed = |argument: clap::Arg| match argument.get_help_heading() {
        Some(_) => argument,
        None => argument.help_heading("オプション"),
    };
    command
        .help_template("{about}\n\n使い方：{usage}\n\n{all-args}")
        .subcommand_help_heading("コマンド")
        .subcommand_value_name("コマンド")
        .disable_help_subcommand(true)
        .mut_args(headed)
        .mut_subcommands(in_japanese)
}

fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Arguments, clap::Error> {
    let matches = in_japanese(Arguments::command()).try_get_matches_from(words)?;
    Arguments::from_arg_matches(&matches)
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 文書を読み取り、内容を表示します
    Read {
        /// 読み取るファイル（テキスト）
        #[arg(value_name = "ファイル", help_heading = "引数")]
        file: PathBuf,
        /// 文書の種類：evaluation、midterm、strategy、programs、reform（省略すると自動で判別します）
        #[arg(long = "as", value_name = "種類", hide_possible_values = true, value_parser = read::family_parser())]
        family: Option<String>,
        /// 計画の設定ファイル（TOML。書き方は docs/scheme.md。様式の言葉や会計をこの設定に合わせて読みます）
        #[arg(long = "scheme", value_name = "設定")]
        schemes: Vec<PathBuf>,
        /// JSON形式で出力します
        #[arg(long)]
        json: bool,
    },
    /// 文書の計算と整合を点検します（複数指定すると相互にも点検します）
    Check(check::CheckArguments),
    /// 評価の設定を、期待する結果と比べながら試算します
    Calc {
        /// 試算するファイル（TOML。書き方は docs/calc.md）
        #[arg(required = true, value_name = "ファイル", help_heading = "引数")]
        files: Vec<PathBuf>,
    },
    /// 公表した内容を画面（ブラウザー）で公開します（ファイルを指定すると、その場で読み取って表示します）
    Serve {
        /// その場で読み取って表示するファイル（テキスト。省略すると設定の files、なければデータベースの内容）
        #[arg(value_name = "ファイル", help_heading = "引数")]
        files: Vec<PathBuf>,
        /// 文書の種類：evaluation、midterm、strategy、programs、reform（省略すると自動で判別します。指定すると、すべてのファイルをその種類として読みます）
        #[arg(long = "as", value_name = "種類", hide_possible_values = true, value_parser = read::family_parser())]
        family: Option<String>,
        /// 計画の設定ファイル（TOML。書き方は docs/scheme.md）
        #[arg(long = "scheme", value_name = "設定")]
        schemes: Vec<PathBuf>,
        /// Which database.
        #[command(flatten)]
        store: kept::StoreOptions,
    },
    /// 文書（または書き出したフォルダー）をデータベースに取り込みます
    #[command(
        override_usage = "meguri import [オプション] <ファイル>...\n        meguri import [オプション] <フォルダー>"
    )]
    Import {
        /// 取り込む文書のファイル（テキスト）、または meguri export で書き出したフォルダー
        #[arg(required = true, value_name = "ファイル", help_heading = "引数")]
        files: Vec<PathBuf>,
        /// 文書の種類：evaluation、midterm、strategy、programs、reform（省略すると自動で判別します。指定すると、すべてのファイルをその種類として読みます）
        #[arg(long = "as", value_name = "種類", hide_possible_values = true, value_parser = read::family_parser())]
        family: Option<String>,
        /// 文書に年度が印刷されていないときの、評価の対象年度（例：令和5年度）
        #[arg(long, value_name = "年度", value_parser = import_files::year_parser)]
        year: Option<FiscalYear>,
        /// 計画の設定ファイル（TOML。書き方は docs/scheme.md。省略した計画は標準の設定で取り込みます）
        #[arg(long = "scheme", value_name = "設定")]
        schemes: Vec<PathBuf>,
        /// 取り込み済みの文書と読み取り結果が異なるとき、新しい内容に改めます
        #[arg(long)]
        accept: bool,
        /// 取り込み済みの文書の訂正ではなく、別の文書として取り込みます
        #[arg(long, conflicts_with = "accept")]
        separate: bool,
        /// The name.
        #[arg(long, value_name = "名称", help = format!("団体の名称（団体の一覧（{DATE}現在）にない団体を、初めて取り込むときに指定します）"))]
        name: Option<String>,
        /// JSON形式で出力します
        #[arg(long)]
        json: bool,
        /// Which database.
        #[command(flatten)]
        store: kept::StoreOptions,
    },
    /// 取り込んだ内容（計画・シート・指標・事務事業・課・文書の一覧）を表示します
    Show(show::ShowArguments),
    /// すべてのデータを、表ごとのCSVとファイルに書き出します
    Export {
        /// 書き出し先（新しいフォルダー、または空のフォルダー）
        #[arg(value_name = "フォルダー", help_heading = "引数")]
        folder: PathBuf,
        /// 以前の書き出しがあるときは、置き換えます
        #[arg(long)]
        overwrite: bool,
        /// Which database.
        #[command(flatten)]
        store: kept::StoreOptions,
    },
    /// データベース全体を一つのファイルに控えます（使用中でもできます）
    Backup {
        /// 作成するファイル（すでにあるファイルには上書きしません）
        #[arg(value_name = "ファイル", help_heading = "引数")]
        file: PathBuf,
        /// Which database.
        #[command(flatten)]
        store: kept::StoreOptions,
    },
    /// バックアップからデータベースを復元します（いまのファイルは別の名前で残します）
    Restore {
        /// meguri backup で作ったファイル
        #[arg(value_name = "ファイル", help_heading = "引数")]
        file: PathBuf,
        /// いまのファイルが壊れていて、使用中かどうかを確かめられないときも復元します（先に meguri serve を止めてください）
        #[arg(long)]
        force: bool,
        /// Which database.
        #[command(flatten)]
        store: kept::StoreOptions,
    },
    /// 同じもの・別のものの紐付けを決めます
    Link {
        /// What to do.
        #[command(subcommand)]
        command: link::LinkCommand,
    },
    /// 取り込んだ文書を公表します（公開用の画面で見られるようになります）
    #[command(
        override_usage = "meguri publish [オプション] <文書>...\n        meguri publish [オプション] --all"
    )]
    Publish(Box<publish::PublishOptions>),
    /// 課の一覧（名称、部、年度、引き継いだ課）を表示し、置き換えます
    Sections {
        /// What to do.
        #[command(subcommand)]
        command: sections::SectionsCommand,
    },
    /// 照会で未了のシートを持つ人を一覧にし、催促のメールを送ります
    Remind(Box<remind::RemindArguments>),
    /// 文書をPDFかExcelのブックにします（冊子全体、または選んだシート）
    #[command(override_usage = "meguri report [オプション] <文書> --output <ファイル>")]
    Report(Box<print::ReportArguments>),
    /// 公表中の内容を、オープンデータのファイル（CSVなど）に書き出します
    Opendata(opendata::OpenDataArguments),
    /// 画面を使わずに記入するための入力用ブック（Excel）を取り出し、記入したものを取り込みます
    Workbook {
        /// What to do.
        #[command(subcommand)]
        command: workbook::WorkbookCommand,
    },
    /// 公表を取り下げます（公開用の画面から見られなくなります）
    Withdraw(publish::WithdrawOptions),
    /// 検索用の索引を、公表中の内容に合わせます（なければ作ります）
    Index {
        /// 索引が公表中の内容と一致していても、すべて作り直します
        #[arg(long)]
        rebuild: bool,
        /// Which database.
        #[command(flatten)]
        store: kept::StoreOptions,
    },
    /// 登録されている団体を確かめ、団体コードや名称を改めます
    Municipality {
        /// What to do.
        #[command(subcommand)]
        command: municipality::MunicipalityCommand,
    },
    /// 利用者（サインインする職員など）を登録し、役割を付け、停止します
    User {
        /// What to do.
        #[command(subcommand)]
        command: user::UserCommand,
    },
    /// 監査記録（すべての書き込みの記録）を確かめます
    Audit {
        /// What to do.
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// めぐりと、含まれているデータのライセンスを表示します
    #[command(visible_alias = "licences")]
    Licenses,
    /// サーバーの設定・ポート・ファイルを確かめ、必要な対応を表示します
    Doctor {
        /// サーバーの設定ファイル（省略すると meguri.toml）
        #[arg(long, value_name = "設定")]
        config: Option<PathBuf>,
    },
    /// 見本のデータを新しいデータベースに取り込み、画面（ブラウザー）で見られるようにします
    Demo {
        /// 画面を出さずに、見本の概要を表示して終わります
        #[arg(long)]
        no_serve: bool,
        /// 見本のデータベースを、このファイルに作って残します（省略すると、終了時に消します）
        #[arg(long, value_name = "ファイル")]
        database: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// 監査記録と、そのもとになった内容（ファイル、値、指摘、公表、取下げなど）が書き換えられていないことを確かめます
    Verify {
        /// 以前に控えた、記録の件数（番号）とそのハッシュ
        #[arg(long, num_args = 2, value_names = ["番号", "ハッシュ"])]
        head: Vec<String>,
        /// Which database.
        #[command(flatten)]
        store: kept::StoreOptions,
    },
}

/// Parses the words of a call and runs its command.
#[must_use]
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    std::panic::set_hook(Box::new(log::on_panic));
    let outcome = match parse(words) {
        Ok(arguments) => execute(arguments.command),
        Err(error) => usage::explain(&error),
    };
    match outcome {
        Ok(code) => code,
        // The reader of our output closed it (`meguri check … | head`): nothing to tell.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            // Where standard error is gone too, the exit code alone tells.
            let _ = writeln!(terminal::stderr(), "{}", terminal::unwritten(&error));
            ExitCode::from(2)
        }
    }
}

fn execute(command: Command) -> std::io::Result<ExitCode> {
    match command {
        Command::Read {
            file,
            family,
            schemes,
            json,
        } => read::run(&file, family.as_deref(), &schemes, json),
        Command::Check(arguments) => check::run(&arguments),
        Command::Calc { files } => calc::run(&files),
        Command::Serve {
            files,
            family,
            schemes,
            store,
        } => serve::run(serve::Wanted {
            store,
            files,
            family,
            schemes,
        }),
        Command::Show(arguments) => show::run(&arguments),
        import @ Command::Import { .. } => run_import(import),
        Command::Export {
            folder,
            overwrite,
            store,
        } => export::run(&folder, overwrite, &store),
        Command::Backup { file, store } => backup::run(&file, &store),
        Command::Restore { file, force, store } => restore::run(&file, force, &store),
        Command::Link { command } => link::run(&command),
        Command::Municipality { command } => municipality::run(&command),
        Command::User { command } => user::run(&command),
        Command::Publish(options) => publish::publish_documents(&options),
        Command::Sections { command } => sections::run(&command),
        Command::Remind(arguments) => remind::run(&arguments),
        Command::Report(arguments) => print::run(&arguments),
        Command::Opendata(arguments) => opendata::run(&arguments),
        Command::Workbook { command } => workbook::run(&command),
        Command::Index { rebuild, store } => index::run(rebuild, &store),
        Command::Withdraw(options) => publish::withdraw_document(&options),
        Command::Audit {
            command: AuditCommand::Verify { head, store },
        } => audit::verify(&head, &store),
        Command::Licenses => licenses::run(),
        Command::Doctor { config } => doctor::run(config.as_deref()),
        Command::Demo { no_serve, database } => demo::run(no_serve, database.as_deref()),
    }
}

/// Imports papers, or a folder that was exported.
fn run_import(command: Command) -> std::io::Result<ExitCode> {
    let Command::Import {
        files,
        family,
        year,
        schemes,
        accept,
        separate,
        name,
        json,
        mut store,
    } = command
    else {
        return Ok(ExitCode::from(2));
    };
    match &files[..] {
        [folder] if folder.is_dir() => {
            let unused = [
                ("--as", family.is_some()),
                ("--year", year.is_some()),
                ("--scheme", !schemes.is_empty()),
                ("--accept", accept),
                ("--separate", separate),
                ("--name", name.is_some()),
                ("--json", json),
            ];
            import::folder(folder, &unused, &store)
        }
        _ => {
            let choice = Choice { accept, separate };
            store.name = name;
            import_files::run(&import_files::Wanted {
                files,
                family,
                year,
                schemes,
                choice,
                json,
                store,
            })
        }
    }
}
