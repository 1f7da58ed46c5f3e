//! `meguri demo`: loads the bundled sample into a new database, says in short what is in it, and
//! shows it as pages.

use crate::cli::kept::{context_now, refuse};
use crate::cli::serve;
use crate::cli::terminal::{self, BOLD, RED, RESET};
use meguri_app::actions::accounts::AccountFault;
use meguri_app::actions::accounts::demo::{DEMO_PEOPLE, add_demo_people};
use meguri_app::actions::choose_municipality::Said;
use meguri_app::actions::import_document::amounts;
use meguri_app::actions::import_folder::import_folder;
use meguri_app::actions::open_store::{Wanted, open_store};
use meguri_app::config::Config;
use meguri_app::context::Context;
use meguri_app::sample::{self, half_way};
use meguri_app::staff::Rules;
use meguri_core::verify::Severity;
use meguri_import::documents::FAMILIES;
use meguri_store::{KeptFinding, Location, Municipality};
use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Makes the database, prints the summary and, unless told not to, shows the pages. Findings are
/// what the demo shows, so that it ends well.
pub(super) fn run(no_serve: bool, database: Option<&Path>) -> io::Result<ExitCode> {
    let home = tempfile::Builder::new().prefix("meguri-demo-").tempdir()?;
    let file = database.map_or_else(|| home.path().join("meguri.sqlite"), Path::to_owned);
    if file.exists() {
        let file = file.display();
        return refuse(&format!(
            "「{file}」は、すでにあります。\n別の名前を指定するか、「meguri serve --database {file}」で表示してください。"
        ));
    }
    let folder = home.path().join("sample");
    sample::write(&folder)?;
    // The demo takes the usual settings, so that a file lying about does not change it.
    let notice = Some(NOTICE.to_owned());
    let config = Config {
        database: Location::File(file),
        notice,
        ..Config::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let context = match context_now() {
        Ok(context) => context,
        Err(error) => return refuse(&error),
    };
    match runtime.block_on(load(&folder, &config.database, &context)) {
        Ok(summary) => terminal::stdout().write_all(summary.as_bytes())?,
        Err(error) => return refuse(&error),
    }
    drop(runtime);
    let mut out = terminal::stdout();
    if let Some(file) = database {
        writeln!(out, "データベース：{}", file.display())?;
    }
    if no_serve {
        return Ok(ExitCode::SUCCESS);
    }
    let rules = Rules {
        is_demo: true,
        ..Rules::default()
    };
    serve::from_database(&config, true, &rules)
}

/// Imports the sample; what is in it, for a person.
async fn load(
    folder: &Path,
    location: &Location,
    context: &Context,
) -> Result<String, Box<dyn Display>> {
    let told = |error: meguri_store::Error| -> Box<dyn Display> { Box::new(error) };
    let imported = import_folder(folder, location, None, context).await;
    let imported = imported.map_err(|fault| -> Box<dyn Display> { Box::new(fault) })?;
    let wanted = Wanted {
        location: location.clone(),
        said: Some(Said::Code(imported.code)),
        name: None,
        create: false,
    };
    let opened = open_store(&wanted, context).await;
    let opened = opened.map_err(|fault| -> Box<dyn Display> { Box::new(fault) })?;
    let city = &opened.municipality;
    let sections = half_way(city, DEMO_PEOPLE, context.moment()).await;
    let sections = sections.map_err(|fault| -> Box<dyn Display> { Box::new(fault) })?;
    let people = people(city, &sections, context).await;
    let summary = summary(city, &imported.name).await;
    opened.store.close().await;
    Ok(
        summary.map_err(told)?
            + &people.map_err(|fault| -> Box<dyn Display> { Box::new(fault) })?,
    )
}

/// Registers one person for each role, those of a section in some that have sheets; who they are, for a
/// person.
async fn people(
    city: &Municipality,
    sections: &[String],
    context: &Context,
) -> Result<String, AccountFault> {
    let mut lines = vec![format!("{RED}{WARNING}{RESET}")];
    for (person, password) in add_demo_people(city, sections, context).await? {
        let role = person.role.label();
        lines.push(format!(
            "  {role}：利用者名 {}　最初のパスワード {}",
            person.name,
            password.reveal()
        ));
    }
    Ok(format!("{}\n\n", lines.join("\n")))
}

const WARNING: &str = "【見本専用】役割ごとの利用者を作りました。庁内用の画面では、役割を選ぶだけで、パスワードなしでサインインできます。実際の業務には使わないでください。";

/// At the top of every page of the sample.
const NOTICE: &str = "見本：公表資料の数値・名称だけを使ったもので、市のサービスではありません。";
const INTRO: &str = "見本のデータを、新しいデータベースに取り込みました。";
const ORIGIN: &str = "（公表資料の数値・名称だけを使った見本です。市のサービスではありません。）";
const NEXT: &str = "お手元の文書は「meguri check ファイル名…」で点検、「meguri import ファイル名…」で保存できます。";

async fn summary(city: &Municipality, name: &str) -> meguri_store::Result<String> {
    let mut lines = vec![INTRO.to_owned(), format!("{BOLD}{name}{RESET}{ORIGIN}")];
    let mut errors: Vec<KeptFinding> = Vec::new();
    for row in city.documents().await? {
        let Some(kept) = city.document(row.id).await? else {
            continue;
        };
        let kind = FAMILIES.iter().find(|family| family.key == row.family);
        let amounts = amounts(&kept.document);
        let found = city.findings(row.id).await?;
        lines.push(format!(
            "  {}：シート{}件、指標{}件、事業{}件、{}",
            kind.map_or(row.name.as_str(), |family| family.title),
            amounts.sheets,
            amounts.indicators,
            amounts.listings,
            counted(&found)
        ));
        errors.extend(
            found
                .into_iter()
                .filter(|finding| finding.severity == Severity::Error),
        );
    }
    if !errors.is_empty() {
        lines.push("点検で見つかった誤り：".to_owned());
        lines.extend(errors.iter().map(told));
    }
    lines.push(NEXT.to_owned());
    Ok(format!("{}\n\n", lines.join("\n")))
}

fn counted(found: &[KeptFinding]) -> String {
    let of = |severity| {
        found
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    format!(
        "指摘（誤り{}件、注意{}件、参考{}件）",
        of(Severity::Error),
        of(Severity::Warning),
        of(Severity::Note)
    )
}

/// A finding in a line or two.
fn told(finding: &KeptFinding) -> String {
    let place = finding
        .place
        .sheet
        .as_deref()
        .unwrap_or(&finding.place.document);
    let values = match (&finding.printed, &finding.computed) {
        (Some(printed), Some(computed)) => format!("（印字：{printed}、計算：{computed}）"),
        _ => String::new(),
    };
    let code = &finding.code;
    format!(
        "  {RED}{code} 誤り{RESET} {place}：{}{values}",
        finding.message
    )
}
