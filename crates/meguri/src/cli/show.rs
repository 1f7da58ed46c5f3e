//! `meguri show`: what is kept of a plan, a sheet, an indicator, a project or a section.

mod columns;

use crate::actions::show_kept::{Page, Shown, Subject, show_kept};
use crate::cli::kept::{StoreOptions, refuse, with_store};
use crate::cli::terminal::{self, BOLD, DIM, RESET};
use clap::{Args, ValueEnum};
use meguri_core::links::Kind;
use serde_json::json;
use std::io::{self, Write};
use std::process::ExitCode;

/// What can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    Plan,
    Sheet,
    Indicator,
    Project,
    Section,
    Documents,
}

/// What the command line says.
#[derive(Debug, Args)]
pub(super) struct ShowArguments {
    /// 表示するもの：plan（計画）、sheet（シート）、indicator（指標）、project（事務事業）、section（課）、documents（文書の一覧）
    #[arg(
        value_name = "種類",
        hide_possible_values = true,
        help_heading = "引数"
    )]
    what: What,
    /// 番号、事業コード、名称、名称の一部のいずれか（documentsでは不要）
    #[arg(value_name = "名称", default_value = "", hide_default_value = true, required_if_eq_any = [("what", "plan"), ("what", "sheet"), ("what", "indicator"), ("what", "project"), ("what", "section")], help_heading = "引数")]
    text: String,
    /// JSON形式で出力します
    #[arg(long)]
    json: bool,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

impl What {
    const fn subject(self) -> Subject {
        match self {
            Self::Plan => Subject::Plan,
            Self::Sheet => Subject::Thing(Kind::Sheet),
            Self::Indicator => Subject::Thing(Kind::Indicator),
            Self::Project => Subject::Thing(Kind::Project),
            Self::Section => Subject::Thing(Kind::Section),
            Self::Documents => Subject::Documents,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Plan => "計画",
            Self::Sheet => "シート",
            Self::Indicator => "指標",
            Self::Project => "事務事業",
            Self::Section => "課",
            Self::Documents => "文書",
        }
    }
}

/// Shows what was asked for; exit code 2 where nothing or too much fits.
pub(super) fn run(arguments: &ShowArguments) -> io::Result<ExitCode> {
    with_store(&arguments.store, false, async |kept, _| {
        let text = &arguments.text;
        let shown = show_kept(&kept.municipality, arguments.what.subject(), text).await?;
        Ok::<_, meguri_store::Error>(tell(arguments, &shown))
    })
}

fn tell(arguments: &ShowArguments, shown: &Shown) -> io::Result<ExitCode> {
    let page = match shown {
        Shown::Page(page) => page,
        Shown::Several(all) | Shown::Nothing(all) => return candidates(arguments, shown, all),
    };
    if arguments.json {
        terminal::print_json(page)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = terminal::long_stdout();
    print(&mut out, page, columns::terminal_width())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn candidates(
    arguments: &ShowArguments,
    shown: &Shown,
    all: &[(Option<i64>, String)],
) -> io::Result<ExitCode> {
    let (text, word) = (&arguments.text, arguments.what.word());
    if arguments.json {
        let all: Vec<_> = all
            .iter()
            .map(|(id, name)| json!({ "id": id, "name": name }))
            .collect();
        let fits = matches!(shown, Shown::Several(_));
        let found = json!({ "found": false, "several": fits, "candidates": all });
        terminal::print_json(&found)?;
        return Ok(ExitCode::from(2));
    }
    let mut told = match shown {
        Shown::Several(_) => {
            format!(
                "「{text}」に当てはまる{word}が{}件あります。番号で指定してください。",
                all.len()
            )
        }
        _ if all.is_empty() => format!(
            "「{text}」という{word}は見当たりません。\n「meguri show documents」で取り込んだ文書を確かめてください。"
        ),
        _ => format!("「{text}」という{word}は見当たりません。名称の近いもの："),
    };
    for (id, name) in all.iter().take(30) {
        let id = id.map_or_else(String::new, |id| id.to_string());
        told.push_str(&format!("\n  {id:>6}　{name}"));
    }
    if all.len() > 30 {
        told.push_str(&format!("\n  ほか{}件", all.len() - 30));
    }
    refuse(&told)
}

fn print(out: &mut impl Write, page: &Page, width: usize) -> io::Result<()> {
    let id = page
        .id
        .map_or_else(String::new, |id| format!("（番号{id}）"));
    writeln!(out, "{BOLD}■ {}{RESET}{id}", page.title)?;
    let facts: Vec<Vec<String>> = page
        .facts
        .iter()
        .map(|(word, value)| vec![word.clone(), value.clone()])
        .collect();
    columns::print(out, &[], &facts, width)?;
    for table in &page.tables {
        if !table.title.is_empty() {
            writeln!(out, "\n{BOLD}{}{RESET}", table.title)?;
        }
        let heads: Vec<String> = table.heads.iter().map(|head| (*head).to_owned()).collect();
        columns::print(out, &heads, &table.rows, width)?;
    }
    Ok(())
}
