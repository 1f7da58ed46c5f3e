//! How the outcome of an import looks: a report in a terminal, and JSON.

use super::{Imported, Outcome};
use crate::cli::terminal::{self, BOLD, GREEN, RESET, YELLOW};
use crate::cli::unread;
use meguri_app::actions::import_document::{Done, FindingCounts};
use meguri_app::actions::links_kept::LinksKept;
use meguri_app::scheme_file::Unpublished;
use meguri_core::links::{Doubt, Group, Kind};
use meguri_core::scheme::words::field_word;
use meguri_store::{Difference, Differences};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Differences and doubts that are shown of each document and of all.
const SHOWN: usize = 20;

/// Prints the report.
pub(super) fn report(outcome: &Outcome) -> io::Result<()> {
    let mut out = terminal::long_stdout();
    for (scheme, unpublished) in &outcome.schemes {
        print_scheme(&mut out, scheme, unpublished)?;
    }
    for one in &outcome.imported {
        print_document(&mut out, one, outcome.findings.get(&one.done.document()))?;
    }
    if !outcome.imported.is_empty() {
        print_links(&mut out, outcome)?;
    }
    out.flush()
}

/// What a scheme that was given does not publish; nothing where it publishes all.
fn print_scheme(out: &mut impl Write, name: &str, unpublished: &Unpublished) -> io::Result<()> {
    let lines = unpublished.lines();
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "{YELLOW}■ 計画の設定「{name}」の公表{RESET}")?;
    for line in lines {
        writeln!(out, "  {line}")?;
    }
    writeln!(out)
}

fn print_document(
    out: &mut impl Write,
    one: &Imported,
    findings: Option<&FindingCounts>,
) -> io::Result<()> {
    writeln!(
        out,
        "{BOLD}■ {}{RESET}（文書{}）",
        one.path.display(),
        one.done.document()
    )?;
    write!(out, "  種類：{}　計画：{}", one.family, one.plan)?;
    match one.year {
        Some(year) => writeln!(out, "　年度：{year}")?,
        None => writeln!(out)?,
    }
    let amounts = one.amounts;
    writeln!(
        out,
        "  内容：シート{}、指標{}、事業の行{}、値{}、確定できなかった箇所{}",
        amounts.sheets, amounts.indicators, amounts.listings, amounts.values, amounts.unsettled
    )?;
    unread::print(out, &one.unread, "  ")?;
    if let Some(FindingCounts {
        errors,
        warnings,
        notes,
    }) = findings
    {
        writeln!(
            out,
            "  点検：誤り{errors}件、注意{warnings}件、参考{notes}件"
        )?;
    }
    print_year(out, one)?;
    print_result(out, one)?;
    writeln!(out)
}

/// What was done with a document.
fn print_result(out: &mut impl Write, one: &Imported) -> io::Result<()> {
    match &one.done {
        Done::Ruled(saved) => writeln!(
            out,
            "  結果：値の変更はなく、計画の設定だけが変わりました（第{}版）。公開用の画面には、公表し直すと表れます。",
            saved.version
        )?,
        Done::New(_) => writeln!(out, "  結果：{GREEN}新しく取り込みました{RESET}")?,
        Done::Same { .. } => writeln!(out, "  結果：変更はありません")?,
        Done::Changed(saved, differences) if differences.values.is_empty() => writeln!(
            out,
            "  結果：値の変更はなく、原文中の位置だけが変わりました（第{}版）",
            saved.version
        )?,
        Done::Changed(saved, differences) => {
            let count = differences.values.len();
            writeln!(
                out,
                "  結果：{GREEN}第{}版として取り込みました{RESET}（{count}か所の変更）",
                saved.version
            )?;
            print_differences(out, differences)?;
            if !saved.held_back.is_empty() {
                writeln!(
                    out,
                    "  {YELLOW}職員が直したシートが{}件あり、そのシートは直した内容のままです。{RESET}",
                    saved.held_back.len()
                )?;
            }
        }
        Done::Refused(differences) => print_refused(out, differences, one.lacks_year)?,
    }
    Ok(())
}

/// What is to be done about the year of a document.
fn print_year(out: &mut impl Write, one: &Imported) -> io::Result<()> {
    if one.lacks_year {
        writeln!(
            out,
            "  {YELLOW}年度{RESET}：文書に評価の対象年度が印刷されていません。年度ごとに分けるには「--year 年度」で指定してください（例：--year 令和5年度）。"
        )?;
    }
    if let Some(other) = &one.other_years {
        writeln!(out, "  {YELLOW}設定{RESET}：{}", other.message())?;
        writeln!(out, "  　　　{}", other.hint())?;
    }
    Ok(())
}

fn print_refused(
    out: &mut impl Write,
    differences: &Differences,
    lacks_year: bool,
) -> io::Result<()> {
    let why = if differences.year_unknown {
        "取り込み済みの文書と同じ名称のシートを持つファイルですが、どちらかに年度の印刷がなく、同じ年度の訂正か別の年度の文書かを判断できません"
    } else if differences.other_file {
        "取り込み済みの文書と同じ文書の、内容が異なるファイルです"
    } else {
        "取り込み済みのファイルですが、読み取り結果が前回と異なります"
    };
    writeln!(out, "  結果：{YELLOW}取り込んでいません{RESET}（{why}）")?;
    print_differences(out, differences)?;
    writeln!(
        out,
        "  対応：この内容に改める場合は「--accept」を付けて実行してください。"
    )?;
    if differences.year_unknown && lacks_year {
        writeln!(
            out,
            "  　　　別の年度の文書の場合は「--year 年度」で対象年度を指定してください。"
        )?;
    } else if differences.other_file {
        writeln!(
            out,
            "  　　　別の文書として取り込む場合は「--separate」を付けてください。"
        )?;
    }
    Ok(())
}

fn print_differences(out: &mut impl Write, differences: &Differences) -> io::Result<()> {
    for one in differences.values.iter().take(SHOWN) {
        let text = |text: &Option<String>| match text.as_deref() {
            None => "（なし）".to_owned(),
            Some("") => "（あり）".to_owned(),
            Some(text) => format!("「{}」", shortened(text)),
        };
        let place = place(one);
        writeln!(
            out,
            "    {place}：{} → {}",
            text(&one.before),
            text(&one.after)
        )?;
    }
    let rest = differences.values.len().saturating_sub(SHOWN);
    if rest > 0 {
        writeln!(out, "    ほか{rest}か所")?;
    }
    Ok(())
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn place(one: &Difference) -> String {
    let sheet = one.sheet.as_deref().unwrap_or("文書全体");
    let item = one.item + 1;
    let part = match one.part.as_str() {
        "sheet" | "section" | "related" => String::new(),
        "indicator" => format!(" 指標{item}"),
        "listing" => format!(" 事業{item}行目"),
        "text" => " 本文".to_owned(),
        "node" => format!(" 体系{item}"),
        "unsettled" => format!(" 確定できなかった箇所{item}"),
        "unread" => format!(" 読み取れなかった文字{item}"),
        "tally" | "tally_row" => " 集計表".to_owned(),
        _ => String::new(),
    };
    let field = match (one.part.as_str(), one.field.as_str()) {
        ("section", _) => "所管課",
        ("related", _) => "関連課",
        ("judgement", _) => "評価",
        ("total", _) => "事業費の計",
        (_, "label") => "名称",
        (_, "target") => "目標",
        (_, "actual") => "実績",
        (_, "rate") => "達成率",
        (_, "baseline") => "基準値",
        (_, "cost") => "事業費",
        (_, "name") => "名称",
        (_, "unit") => "単位",
        (_, "number") => "番号",
        (_, "code") => "事業コード",
        (_, "next_step") => "動向",
        (_, "section") => "担当課",
        (_, "note") => "注",
        (_, "revised") => "改定後の目標",
        (_, "row") => "行",
        (_, other) => field_word(other),
    };
    let year = match u16::try_from(one.year)
        .ok()
        .and_then(meguri_core::fiscal_year::FiscalYear::new)
    {
        Some(year) => format!("（{year}）"),
        None => String::new(),
    };
    let line = if one.line > 0 {
        format!("（{}行目）", one.line)
    } else {
        String::new()
    };
    format!("{sheet}{part} {field}{year}{line}")
}

/// Groups of a kind that stand in more than one paper.
fn shared(kept: &LinksKept, kind: Kind) -> Vec<&Group> {
    let documents = |group: &Group| {
        let of = |place: &meguri_core::links::Place| kept.facts.sheets.get(place.sheet);
        let mut documents: Vec<usize> = group
            .places
            .iter()
            .filter_map(of)
            .map(|sheet| sheet.document)
            .collect();
        documents.dedup();
        documents.len()
    };
    kept.links
        .groups(kind)
        .iter()
        .filter(|group| documents(group) > 1)
        .collect()
}

/// How many plans there are, an evaluation counted as the plan that it evaluates.
fn plans(kept: &LinksKept) -> usize {
    let mut plans: Vec<&str> = kept
        .facts
        .documents
        .iter()
        .map(|d| d.plan_group.as_str())
        .collect();
    plans.sort_unstable();
    plans.dedup();
    plans.len()
}

fn print_links(out: &mut impl Write, outcome: &Outcome) -> io::Result<()> {
    let kept = &outcome.kept;
    let documents = kept.facts.documents.len();
    writeln!(
        out,
        "{BOLD}紐付け{RESET} 文書{documents}件、計画{}つ",
        plans(kept)
    )?;
    for kind in Kind::ALL {
        let all = kept.links.groups(kind).len();
        let shared = shared(kept, kind).len();
        writeln!(
            out,
            "  {}：{all}（うち複数の文書にあるもの{shared}）",
            kind.label()
        )?;
    }
    let again = kept.links.relistings.len();
    writeln!(out, "  再掲：元の掲載先が分かるもの{again}件")?;
    let identified = &outcome.identified;
    writeln!(
        out,
        "  番号：新しく付けたもの{}、統合したもの{}",
        identified.new, identified.joined
    )?;
    let doubts = &kept.links.doubts;
    if doubts.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n{YELLOW}同じものかどうか確認が必要な組：{}件{RESET}",
        doubts.len()
    )?;
    for doubt in doubts.iter().take(SHOWN) {
        print_doubt(out, kept, doubt)?;
    }
    let rest = doubts.len().saturating_sub(SHOWN);
    if rest > 0 {
        writeln!(
            out,
            "  ほか{rest}件（「meguri link list」で全て表示します）"
        )?;
    }
    writeln!(
        out,
        "  対応：同じなら「meguri link same 番号 番号」、違うなら「meguri link different 番号 番号」で決めてください。"
    )
}

/// Prints two things that may be one, with their ids and places.
pub(in crate::cli) fn print_doubt(
    out: &mut impl Write,
    kept: &LinksKept,
    doubt: &Doubt,
) -> io::Result<()> {
    writeln!(out, "  {}：{}", doubt.kind.label(), doubt.why)?;
    for side in [&doubt.one, &doubt.other] {
        let id = kept
            .identities
            .id(doubt.kind, &side.key)
            .map_or("－".to_owned(), |id| id.to_string());
        let sheet = kept.facts.sheets.get(side.place.sheet);
        let document = kept.facts.document_of(side.place.sheet);
        writeln!(
            out,
            "    {id:>6}　{}（{} {}）",
            side.name,
            document.map_or("", |document| document.name.as_str()),
            sheet.map_or("", |sheet| sheet.label.as_str()),
        )?;
    }
    Ok(())
}

/// A doubt as data.
pub(in crate::cli) fn doubt_json(kept: &LinksKept, doubt: &Doubt) -> Value {
    let side = |side: &meguri_core::links::Side| {
        json!({
            "id": kept.identities.id(doubt.kind, &side.key),
            "key": side.key,
            "name": side.name,
            "document": kept.facts.document_of(side.place.sheet).map(|document| &document.name),
            "sheet": kept.facts.sheets.get(side.place.sheet).map(|sheet| &sheet.label),
        })
    };
    json!({
        "kind": doubt.kind.key(),
        "why": doubt.why.to_string(),
        "one": side(&doubt.one),
        "other": side(&doubt.other),
    })
}

/// Prints the outcome as JSON.
pub(super) fn json(outcome: &Outcome) -> io::Result<()> {
    let kept = &outcome.kept;
    let failed = outcome.faults.iter().map(
        |(path, fault)| json!({ "file": path, "message": fault.to_string(), "hint": fault.hint() }),
    );
    let groups = Kind::ALL.iter().map(|kind| {
        let all = kept.links.groups(*kind).len();
        (
            kind.key().to_owned(),
            json!({ "all": all, "shared": shared(kept, *kind).len() }),
        )
    });
    let value = json!({
        "documents": outcome.imported.iter().map(|one| document_json(outcome, one)).collect::<Vec<_>>(),
        "failed": failed.collect::<Vec<_>>(),
        "schemes": outcome.schemes.iter().map(scheme_json).collect::<Vec<_>>(),
        "links": {
            "documents": kept.facts.documents.len(),
            "plans": plans(kept),
            "groups": groups.collect::<serde_json::Map<_, _>>(),
            "relisted": kept.links.relistings.len(),
            "new": outcome.identified.new,
            "joined": outcome.identified.joined,
            "doubts": kept.links.doubts.iter().map(|d| doubt_json(kept, d)).collect::<Vec<_>>(),
        },
    });
    terminal::print_json(&value)
}

/// What a scheme that was given does not publish.
fn scheme_json((name, unpublished): &(String, Unpublished)) -> Value {
    json!({
        "name": name,
        "publishes_nothing": unpublished.everything,
        "unpublished_fields": unpublished.fields,
        "unpublished_stages": unpublished.stages,
    })
}

fn document_json(outcome: &Outcome, one: &Imported) -> Value {
    let differences = match &one.done {
        Done::Changed(_, differences) | Done::Refused(differences) => &differences.values[..],
        Done::New(_) | Done::Same { .. } | Done::Ruled(_) => &[],
    };
    let differences = differences.iter().map(|one| {
        json!({
            "sheet": one.sheet, "part": one.part, "item": one.item, "field": one.field,
            "year": (one.year > 0).then_some(one.year), "before": one.before, "after": one.after,
            "line": (one.line > 0).then_some(one.line),
        })
    });
    let findings = outcome
        .findings
        .get(&one.done.document())
        .copied()
        .unwrap_or_default();
    let held_back = match &one.done {
        Done::New(saved) | Done::Changed(saved, _) | Done::Ruled(saved) => &saved.held_back[..],
        _ => &[],
    };
    json!({
        "file": one.path,
        "document": one.done.document(),
        "family": one.family,
        "plan": one.plan,
        "year": one.year.map(|year| year.to_string()),
        "scheme": one.other_years.as_ref().map(|other| json!({
            "message": other.message(), "hint": other.hint(),
        })),
        "result": one.done.key(),
        "sheets": one.amounts.sheets,
        "indicators": one.amounts.indicators,
        "listings": one.amounts.listings,
        "values": one.amounts.values,
        "unresolved": one.amounts.unsettled,
        "unread": unread::json(&one.unread),
        "findings": {
            "error": findings.errors, "warning": findings.warnings, "note": findings.notes,
        },
        "held_back": held_back,
        "differences": differences.collect::<Vec<_>>(),
    })
}
