//! `meguri sections`: the city's list of sections as a table, out and in.

use crate::cli::kept::{StoreOptions, refuse, with_store};
use crate::cli::terminal;
use clap::Subcommand;
use meguri_app::actions::save_sections::save_sections;
use meguri_app::context::WriteFault;
use meguri_app::regular;
use meguri_app::section_file::{read, write};
use meguri_import::source_text::SourceText;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum SectionsCommand {
    /// 課の一覧を、表（タブ区切り）で表示します
    List {
        /// Which database.
        #[command(flatten)]
        store: StoreOptions,
    },
    /// 課の一覧を、表のファイル（CSV又はタブ区切り、UTF-8又はシフトJIS）の内容に置き換えます
    Load {
        /// 表のファイル（1行目は見出し：課、部、識別名、最初の年度、最後の年度、引き継いだ課）
        #[arg(value_name = "ファイル", help_heading = "引数")]
        file: PathBuf,
        /// Which database.
        #[command(flatten)]
        store: StoreOptions,
    },
}

/// Bytes that a list may have.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// Runs one of them; exit code 2 where nothing was done.
pub(super) fn run(command: &SectionsCommand) -> io::Result<ExitCode> {
    match command {
        SectionsCommand::List { store } => with_store(store, false, async |kept, _| {
            let register = kept.municipality.sections().await?;
            Ok::<_, meguri_store::Error>(say(&write(&register)))
        }),
        SectionsCommand::Load { file, store } => {
            let text = match regular::read(file, MOST_BYTES) {
                Ok(bytes) => match SourceText::decode(&bytes) {
                    Ok(text) => text,
                    Err(fault) => return refuse(&format!("「{}」：{fault}", file.display())),
                },
                Err(error) => {
                    return refuse(&format!("「{}」を読めません：{error}", file.display()));
                }
            };
            let register = match read(&text.into_printed().join("\n")) {
                Ok(register) => register,
                Err(faults) => {
                    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
                    let lines = lines.join("\n  ");
                    let file = file.display();
                    return refuse(&format!(
                        "「{file}」に直すところがあるため、一覧は変えていません。\n  {lines}"
                    ));
                }
            };
            with_store(store, false, async |kept, context| {
                save_sections(&kept.municipality, &register, context).await?;
                let count = register.sections.len();
                Ok::<_, WriteFault>(say(&format!("課の一覧（{count}件）を保存しました。")))
            })
        }
    }
}

fn say(text: &str) -> io::Result<ExitCode> {
    writeln!(terminal::stdout(), "{text}").map(|()| ExitCode::SUCCESS)
}
