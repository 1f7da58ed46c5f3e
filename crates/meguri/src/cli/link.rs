//! `meguri link`: what a person decides about things that may be one.

use crate::cli::import_files::{doubt_json, print_doubt};
use crate::cli::kept::{StoreOptions, refuse, with_store};
use crate::cli::terminal;
use clap::{Args, Subcommand};
use meguri_app::actions::decide_link::{Decided, decide_link};
use meguri_app::actions::links_kept::{Found, LinksKept, links_kept};
use meguri_app::context::{Context, WriteFault};
use meguri_core::links::{Decision, Group, Kind};
use meguri_store::Municipality;
use std::io::{self, Write};
use std::process::ExitCode;

/// What can be decided.
#[derive(Debug, Subcommand)]
pub(super) enum LinkCommand {
    /// 二つを同じものとして扱います
    Same(Pair),
    /// 二つを別のものとして扱います
    Different(Pair),
    /// 確認が必要な組を全て表示します
    List {
        /// JSON形式で出力します
        #[arg(long)]
        json: bool,
        /// Which database.
        #[command(flatten)]
        store: StoreOptions,
    },
}

/// Two things.
#[derive(Debug, Args)]
pub(super) struct Pair {
    /// 一つ目（番号、事業コード、名称のいずれか）
    #[arg(value_name = "一つ目", help_heading = "引数")]
    one: String,
    /// 二つ目
    #[arg(value_name = "二つ目", help_heading = "引数")]
    other: String,
    /// 決めた理由（監査記録に残ります。1,000文字まで）
    #[arg(
        long,
        value_name = "理由",
        default_value = "",
        hide_default_value = true
    )]
    reason: String,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

/// Keeps a decision, or lists what waits for one.
pub(super) fn run(command: &LinkCommand) -> io::Result<ExitCode> {
    match command {
        LinkCommand::Same(pair) => decide(pair, true),
        LinkCommand::Different(pair) => decide(pair, false),
        LinkCommand::List { json, store } => with_store(store, false, async |kept, _| {
            let kept = links_kept(&kept.municipality).await?;
            Ok::<_, meguri_store::Error>(list(&kept, *json))
        }),
    }
}

fn list(kept: &LinksKept, json: bool) -> io::Result<ExitCode> {
    let doubts = &kept.links.doubts;
    if json {
        let all: Vec<_> = doubts.iter().map(|doubt| doubt_json(kept, doubt)).collect();
        terminal::print_json(&all)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = terminal::long_stdout();
    writeln!(out, "同じものかどうか確認が必要な組：{}件", doubts.len())?;
    for doubt in doubts {
        print_doubt(&mut out, kept, doubt)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn decide(pair: &Pair, same: bool) -> io::Result<ExitCode> {
    with_store(&pair.store, false, async |kept, context| {
        let city = &kept.municipality;
        let before = links_kept(city).await?;
        match decision(&before, pair, same) {
            Ok(decision) => keep(city, &decision, &pair.reason, context).await,
            Err(fault) => Ok(refuse(&fault)),
        }
    })
}

async fn keep(
    city: &Municipality,
    decision: &Decision,
    reason: &str,
    context: &Context,
) -> Result<io::Result<ExitCode>, WriteFault> {
    let Decided {
        number,
        kept,
        identified,
    } = decide_link(city, decision, reason, context).await?;
    let word = if decision.same {
        "同じもの"
    } else {
        "別のもの"
    };
    let name = |key| kept.group_of(decision.kind, key).map_or("", Group::name);
    let told = writeln!(
        terminal::stdout(),
        "「{}」と「{}」を{word}と決めました（決定{number}、統合した番号{}）。残る確認は{}件です。",
        name(&decision.one),
        name(&decision.other),
        identified.joined,
        kept.links.doubts.len(),
    );
    Ok(terminal::after_work(told).map(|()| ExitCode::SUCCESS))
}

/// The keys that a person means: those of a doubt about the two, else the first of each.
fn decision(kept: &LinksKept, pair: &Pair, same: bool) -> Result<Decision, String> {
    let mut fault = String::new();
    for kind in Kind::ALL {
        let found = [&pair.one, &pair.other].map(|text| (text, kept.find(kind, text)));
        let [(_, Found::One(one)), (_, Found::One(other))] = &found else {
            let several = found.iter().find_map(|(text, found)| match found {
                Found::Several(all) => Some((text, all)),
                _ => None,
            });
            if let (Some((text, all)), true) = (several, fault.is_empty()) {
                fault = candidates(kept, kind, text, all);
            }
            continue;
        };
        let groups = kept.links.groups(kind);
        let (Some(one), Some(other)) = (groups.get(*one), groups.get(*other)) else {
            continue;
        };
        let (one, other) = keys(kept, kind, (pair, one, other));
        return Ok(Decision {
            kind,
            one,
            other,
            same,
        });
    }
    if fault.is_empty() {
        fault = format!(
            "「{}」と「{}」の両方が当てはまるものが見当たりません。\n  対応：「meguri link list」又は「meguri show」で番号を確かめてください。",
            pair.one, pair.other
        );
    }
    Err(fault)
}

fn keys(kept: &LinksKept, kind: Kind, of: (&Pair, &Group, &Group)) -> (String, String) {
    let (pair, one, other) = of;
    let holds = |group: &Group, key: &String| group.keys.contains(key);
    let doubt = kept
        .links
        .doubts
        .iter()
        .filter(|doubt| doubt.kind == kind)
        .find(|doubt| {
            let (a, b) = (&doubt.one.key, &doubt.other.key);
            holds(one, a) && holds(other, b) || holds(one, b) && holds(other, a)
        });
    if let Some(doubt) = doubt {
        return (doubt.one.key.clone(), doubt.other.key.clone());
    }
    let key = |group: &Group, text: &String| {
        let named = group
            .keys
            .iter()
            .find(|key| *key == text)
            .or_else(|| group.keys.first());
        named.cloned().unwrap_or_default()
    };
    (key(one, &pair.one), key(other, &pair.other))
}

/// Tells several things that fit, with their ids.
pub(super) fn candidates(kept: &LinksKept, kind: Kind, text: &str, all: &[usize]) -> String {
    let groups = kept.links.groups(kind);
    let mut told = format!(
        "「{text}」に当てはまる{}が{}件あります。番号で指定してください。",
        kind.label(),
        all.len()
    );
    for group in all.iter().take(20).filter_map(|at| groups.get(*at)) {
        let id = kept
            .id(kind, group)
            .map_or("－".to_owned(), |id| id.to_string());
        told.push_str(&format!("\n  {id:>6}　{}", group.name()));
    }
    told
}
