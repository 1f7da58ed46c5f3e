//! `meguri publish` and `meguri withdraw`.

mod chosen;

use crate::cli::kept::{StoreOptions, note, odd_clock, with_store};
use crate::cli::report;
use crate::cli::terminal;
use clap::Args;
use meguri_app::actions::publish::{Outcome, PublishFault, Wish, publish};
use meguri_app::actions::withdraw::withdraw;
use meguri_app::read::pictures::Pictures;
use meguri_app::read::published::Withheld;
use meguri_app::read::{differences, urls};
use meguri_store::{Municipality, Published};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Differences that are printed; the page of changes has all of them.
const SHOWN: usize = 20;

/// What `meguri publish` is told.
#[derive(Clone, Debug, Args)]
pub(super) struct PublishOptions {
    /// 公表する文書（番号、文書名、または「計画のキー@年度」。例：evaluation@令和6年度）
    #[arg(
        value_name = "文書",
        help_heading = "引数",
        required_unless_present = "all"
    )]
    documents: Vec<String>,
    /// 取り込んだすべての文書を公表します
    #[arg(long, conflicts_with = "documents")]
    all: bool,
    /// 正誤（何を訂正したか。2回目からの公表に必要です）
    #[arg(
        long,
        value_name = "正誤",
        default_value = "",
        hide_default_value = true
    )]
    note: String,
    /// 公表する点検の指摘：all、none、または指摘と説明を書いたファイル（省略すると前回と同じ。初回はなし）
    #[arg(long, value_name = "指摘", num_args = 1..)]
    findings: Vec<String>,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

/// What `meguri withdraw` is told.
#[derive(Clone, Debug, Args)]
pub(super) struct WithdrawOptions {
    /// 取り下げる文書（番号、文書名、または「計画のキー@年度」）
    #[arg(value_name = "文書", help_heading = "引数")]
    document: String,
    /// 取り下げる版（省略すると、すべての版を取り下げます）
    #[arg(long, value_name = "版")]
    version: Option<i64>,
    /// 取り下げる理由（取り下げたページに表示されます）
    #[arg(long, value_name = "理由")]
    reason: String,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

/// Publishes, and prints what is public now; exit code 1 where a document was not published.
pub(super) fn publish_documents(options: &PublishOptions) -> io::Result<ExitCode> {
    let findings = match chosen::read(&options.findings) {
        Ok(findings) => findings,
        Err((file, faults)) => {
            report::file_faults(Path::new(&file), &faults)?;
            return Ok(ExitCode::from(2));
        }
    };
    let documents = options.documents.clone();
    let wish = Wish {
        documents,
        note: options.note.clone(),
        findings,
    };
    let Some(config) = options.store.config()? else {
        return Ok(ExitCode::from(2));
    };
    with_store(&options.store, false, async |kept, context| {
        let outcomes = publish(&kept.municipality, &wish, context).await?;
        let mut failed = false;
        let mut text = String::new();
        for outcome in &outcomes {
            failed |= outcome.published.is_err();
            text.push_str(&told(&kept.municipality, outcome).await?);
        }
        text.push_str(&format!("公開用の画面：http://{}/\n", config.address));
        let code = ExitCode::from(u8::from(failed));
        let odd = odd_clock(&kept.municipality, context).await?;
        let written = terminal::stdout().write_all(text.as_bytes());
        let written = written.and_then(|()| note(&odd));
        Ok::<_, PublishFault>(terminal::after_work(written).map(|()| code))
    })
}

/// What became of a document, in lines.
async fn told(city: &Municipality, outcome: &Outcome) -> Result<String, PublishFault> {
    let name = &outcome.document.name;
    let id = outcome.document.id;
    let number = match &outcome.published {
        Ok(Published::New(number)) => *number,
        Ok(Published::Same(number)) => {
            return Ok(format!(
                "{name}：公表中の第{number}版から変わったところがないため、公表していません。\n"
            ));
        }
        Err(fault) => return Ok(format!("{name}：公表していません。{fault}\n")),
    };
    let mut pictures = Pictures::new(city.clone());
    let publications = city.publications().await?;
    let version = |number: i64| {
        publications
            .iter()
            .find(|p| p.document == id && p.number == number)
    };
    let Some(now) = version(number) else {
        return Ok(String::new());
    };
    let now = pictures.publication(now).await?;
    let sheets = now.document.sheets.len();
    let mut text = format!(
        "{name}：第{number}版を公表しました（シート{sheets}枚、指摘{}件）。\n  \
         現在の版：{}\n  この版：{}\n",
        now.findings.len(),
        urls::current_document(id),
        urls::version(id, number)
    );
    text.push_str(&not_published(&now.withheld));
    if let Some(before) = version(number - 1) {
        let before = pictures.publication(before).await?;
        let all = differences::between(&before, &now);
        text.push_str(&format!("  前の版から変わった値：{}件\n", all.len()));
        let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "（なし）".to_owned());
        for one in all.iter().take(SHOWN) {
            let (before, after) = (word(&one.before), word(&one.after));
            text.push_str(&format!(
                "    {} {}：{before} → {after}\n",
                one.sheet, one.label
            ));
        }
        if all.len() > SHOWN {
            text.push_str(&format!("    （ほかに{}件）\n", all.len() - SHOWN));
        }
    }
    Ok(text)
}

/// What of a document the public does not see, in lines; nothing where it sees all.
fn not_published(withheld: &Withheld) -> String {
    if withheld.all {
        return "  公表した内容：番号と名称だけです。この文書の計画の設定を読めないため、ほかは公表していません。\n  \
                対応：「meguri import --scheme 設定のファイル 文書のファイル」で、文書を取り込み直してください。\n"
            .to_owned();
    }
    let findings = match withheld.findings {
        0 => String::new(),
        count => format!(
            "  公表していない内容（公表しない項目、公表していない文書）に関わるため公表していない指摘：{count}件\n"
        ),
    };
    if !withheld.anything {
        return findings;
    }
    let named = |what: &str, labels: &[String]| match labels {
        [] => String::new(),
        labels => format!(
            "  公表しない{what}（計画の設定による）：{}\n",
            labels.join("、")
        ),
    };
    let mut text = named("項目", &withheld.fields) + &named("評価の段階", &withheld.stages);
    text.push_str("  公表しない項目があるため、原文の行は公表していません。\n");
    text + &findings
}

/// Withdraws, and prints what is left.
pub(super) fn withdraw_document(options: &WithdrawOptions) -> io::Result<ExitCode> {
    let Some(config) = options.store.config()? else {
        return Ok(ExitCode::from(2));
    };
    let address = config.address;
    with_store(&options.store, false, async |kept, context| {
        let (document, reason) = (options.document.as_str(), options.reason.as_str());
        let done = withdraw(
            &kept.municipality,
            document,
            options.version,
            reason,
            context,
        )
        .await?;
        let numbers: Vec<String> = done.numbers.iter().map(|n| format!("第{n}版")).collect();
        let mut text = format!(
            "{}：{}の公表を取り下げました。\n",
            done.document.name,
            numbers.join("、")
        );
        match done.left {
            Some(left) => text.push_str(&format!("現在の版は第{left}版です。\n")),
            None => text.push_str("公表中の版はありません。\n"),
        }
        text.push_str(&format!(
            "稼働中の公開用の画面には、数秒で反映されます。反映されたかどうかは、このコマンドでは確かめられません。\n\
             「http://{address}{page}」を開いて、取り下げたことが表示されるのを確かめてください。\n",
            page = urls::current_document(done.document.id),
        ));
        let written = terminal::stdout().write_all(text.as_bytes());
        Ok::<_, PublishFault>(terminal::after_work(written).map(|()| ExitCode::SUCCESS))
    })
}
