//! `meguri report`: prints documents as PDF, and writes them as workbooks.

use crate::cli::import_files::year_parser;
use crate::cli::kept::{StoreOptions, note, with_store};
use crate::cli::terminal;
use clap::{Args, ValueEnum};
use meguri_app::actions::print_report::{
    BookKind, PrintFault, Wish, WishedLayout, print_report, report_book, report_data,
};
use meguri_app::regular;
use meguri_core::fiscal_year::FiscalYear;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use thiserror::Error;

/// What `meguri report` is told.
#[derive(Clone, Debug, Args)]
pub(super) struct ReportArguments {
    /// 印刷する文書：種類（evaluation など）、計画のキーか名称、文書名、番号のどれか
    #[arg(value_name = "文書", help_heading = "引数")]
    document: String,
    /// 年度（例：R4、令和4年度。文書が一つに決まるときは省略できます）
    #[arg(long, value_name = "年度", value_parser = year_parser)]
    year: Option<FiscalYear>,
    /// 印刷するシート：番号か名称（繰り返して指定できます。省略すると、表紙・目次・索引の付いた冊子全体）
    #[arg(long, value_name = "シート")]
    sheet: Vec<String>,
    /// 公表した版ではなく、いまの内容を印刷します（全ページに「案」と入ります）
    #[arg(long)]
    draft: bool,
    /// 様式：名前か、様式のファイル（.typ。省略すると文書の種類に応じた様式）
    #[arg(long, value_name = "様式", help = layouts())]
    layout: Option<String>,
    /// 作成するファイル：.pdf か、Excelのブック（.xlsx）
    #[arg(short, long, value_name = "ファイル")]
    output: PathBuf,
    /// Excelのブックの種類：form（印刷の様式。数値と数式が入ります）か、data（集計用の表）
    #[arg(long, value_name = "種類", value_enum, hide_possible_values = true)]
    excel: Option<Excel>,
    /// すでにファイルがあるときは、置き換えます
    #[arg(long)]
    overwrite: bool,
    /// PDFの代わりに、様式に渡すデータ（JSON）をファイルに書きます（様式を作る人のため）
    #[arg(long)]
    data: bool,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

/// Which workbook is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Excel {
    /// As printed.
    Form,
    /// Plain tables.
    Data,
}

impl From<Excel> for BookKind {
    fn from(excel: Excel) -> Self {
        match excel {
            Excel::Form => Self::Form,
            Excel::Data => Self::Data,
        }
    }
}

/// Why there is no file.
#[derive(Debug, Error)]
enum ReportFault {
    /// What printing says.
    #[error(transparent)]
    Print(#[from] PrintFault),
    /// The file cannot be written.
    #[error("ファイル「{0}」に書けません：{1}\n対応：場所と権限、空き容量を確かめてください。")]
    Unwritten(String, io::Error),
}

fn layouts() -> String {
    let all = WishedLayout::names();
    let all: Vec<String> = all
        .map(|(key, label)| format!("{key}（{label}）"))
        .collect();
    format!(
        "様式：名前か、様式のファイル（.typ。書き方は docs/report.md）。名前：{}。省略すると文書の種類に応じた様式",
        all.join("、")
    )
}

/// Prints, and says what was made.
pub(super) fn run(arguments: &ReportArguments) -> io::Result<ExitCode> {
    let layout = match layout(arguments.layout.as_deref()) {
        Ok(layout) => layout,
        Err(text) => return super::kept::refuse(&text),
    };
    let path = arguments.output.as_path();
    if path.exists() && !arguments.overwrite {
        return super::kept::refuse(&format!(
            "「{}」はすでにあります。\n対応：別の名前にするか、「--overwrite」を付けてください。",
            path.display()
        ));
    }
    let wish = Wish {
        document: arguments.document.clone(),
        year: arguments.year,
        sheets: arguments.sheet.clone(),
        draft: arguments.draft,
        layout,
    };
    with_store(&arguments.store, false, async |kept, context| {
        if arguments.data {
            let data = report_data(&kept.municipality, &wish, context).await?;
            write(path, data.as_bytes())?;
            let text = format!("様式に渡すデータを書きました：{}\n", path.display());
            return Ok::<_, ReportFault>(told(&text, &[]));
        }
        if is_workbook(path) {
            let kind = arguments.excel.map_or(BookKind::Form, BookKind::from);
            let bytes = report_book(&kept.municipality, &wish, kind, context).await?;
            write(path, &bytes)?;
            let kilobytes = bytes.len().div_ceil(1000);
            let text = format!(
                "Excelのブックを作りました：{}（{kilobytes}KB）\n",
                path.display()
            );
            return Ok(told(&text, &[]));
        }
        let printed = print_report(&kept.municipality, &wish, context).await?;
        write(path, &printed.bytes)?;
        let text = format!(
            "PDFを作りました：{}（{}ページ、{}KB）\n",
            path.display(),
            printed.pages,
            printed.bytes.len().div_ceil(1000)
        );
        Ok(told(&text, &odd(&printed.missing, &printed.warnings)))
    })
}

/// Does the name of a file ask for a workbook?
fn is_workbook(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

fn told(text: &str, notes: &[String]) -> io::Result<ExitCode> {
    let written = terminal::stdout().write_all(text.as_bytes());
    let written = written.and_then(|()| note(notes));
    terminal::after_work(written).map(|()| ExitCode::SUCCESS)
}

/// What somebody should look at before the paper goes out.
fn odd(missing: &[char], warnings: &[String]) -> Vec<String> {
    let mut notes = Vec::new();
    if !missing.is_empty() {
        let each = missing.iter();
        let each = each.map(|c| format!("U+{:04X}", u32::from(*c)));
        notes.push(format!(
            "書体にない文字を「〓」と印刷しました：{}",
            each.collect::<Vec<_>>().join("、")
        ));
    }
    notes.extend(warnings.iter().map(|text| format!("様式：{text}")));
    notes
}

/// The layout that a word says: one of ours, or the text of a file.
fn layout(word: Option<&str>) -> Result<WishedLayout, String> {
    let Some(word) = word else {
        return Ok(WishedLayout::Usual);
    };
    if let Some(ours) = WishedLayout::ours(word) {
        return Ok(ours);
    }
    let path = Path::new(word);
    if path.extension().is_none_or(|extension| extension != "typ") {
        let keys: Vec<&str> = WishedLayout::names().map(|(key, _)| key).collect();
        return Err(format!(
            "「{word}」という様式はありません。\n様式の名前（{}）か、様式のファイル（.typ）を指定してください。",
            keys.join("、")
        ));
    }
    regular::read_text(path)
        .map(WishedLayout::Own)
        .map_err(|error| format!("様式のファイル「{word}」を読めません：{error}"))
}

/// Writes beside the file first, so that a failure leaves what was there.
fn write(path: &Path, bytes: &[u8]) -> Result<(), ReportFault> {
    let failed = |error| ReportFault::Unwritten(path.display().to_string(), error);
    let mut beside = path.as_os_str().to_owned();
    beside.push(".writing");
    let beside = PathBuf::from(beside);
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&beside)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // What is left of it is of no use to anybody.
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}
