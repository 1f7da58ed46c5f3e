//! How findings and faults look: a report in a terminal, and JSON.

mod excerpt;
mod findings;

pub(super) use findings::{Shown, print};

use crate::cli::terminal::{self, BOLD, RED, RESET, YELLOW};
use crate::cli::unread;
use meguri_app::actions::check_documents::CheckedDocuments;
use meguri_app::actions::read_document::ReadFault;
use meguri_app::scheme_file::FileFault;
use meguri_core::evaluation::Document;
use meguri_core::verify::{Finding, Severity};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::Path;

/// Tells on standard error why a file could not be read.
pub(super) fn fault(path: &Path, fault: &ReadFault) -> io::Result<()> {
    let mut err = terminal::stderr();
    writeln!(
        err,
        "{RED}読み取れません{RESET} {BOLD}{}{RESET}",
        path.display()
    )?;
    writeln!(err, "  {fault}")?;
    writeln!(err, "  対応：{}", fault.hint())
}

/// Tells on standard error what is wrong with a file that a city officer wrote.
pub(super) fn file_faults(path: &Path, faults: &[FileFault]) -> io::Result<()> {
    let mut err = terminal::stderr();
    writeln!(
        err,
        "{RED}読み取れません{RESET} {BOLD}{}{RESET}",
        path.display()
    )?;
    for fault in faults {
        writeln!(err, "  {fault}")?;
    }
    Ok(())
}

/// Tells on standard error of schemes that were given and rule none of the documents.
pub(super) fn unused_schemes(checked: &CheckedDocuments) -> io::Result<()> {
    let mut plans: Vec<&str> = checked
        .documents
        .iter()
        .map(|d| d.plan.key.as_str())
        .collect();
    plans.dedup();
    let mut err = terminal::stderr();
    for key in &checked.unused_schemes {
        writeln!(err, "{YELLOW}使われなかった設定{RESET} {BOLD}{key}{RESET}")?;
        writeln!(
            err,
            "  この設定の計画（key）と対象年度に合う文書がないため、標準の設定で点検しました。"
        )?;
        let plans = plans.join("、");
        writeln!(
            err,
            "  対応：設定の「key」を文書の計画（{plans}）に、年度を評価の対象年度に合わせてください。"
        )?;
    }
    Ok(())
}

/// Tells on standard error how much of each document is unread, for who takes the findings as data.
pub(super) fn unread(checked: &CheckedDocuments) -> io::Result<()> {
    let mut err = terminal::stderr();
    for document in &checked.documents {
        if let Some(counted) = unread::counted(&document.unread) {
            writeln!(err, "{YELLOW}{}{RESET}：{counted}。", document.name)?;
        }
    }
    Ok(())
}

/// Tells on standard error of documents whose year no scheme of their plan has.
pub(super) fn other_years(checked: &CheckedDocuments) -> io::Result<()> {
    let mut err = terminal::stderr();
    for other in &checked.other_years {
        writeln!(
            err,
            "{YELLOW}年度の合わない設定{RESET} {BOLD}{}{RESET}",
            other.document
        )?;
        writeln!(err, "  {}", other.message())?;
        writeln!(err, "  対応：{}", other.hint())?;
    }
    Ok(())
}

/// The findings as data.
pub(super) fn findings_json<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<Value> {
    findings.map(finding_json).collect()
}

/// What is unread as entries beside the findings, one for each document that has any: a note
/// with the code `unread`, which counts, and lists all pieces under `unread`.
pub(super) fn unread_json(checked: &CheckedDocuments) -> Vec<Value> {
    let entry = |document: &Document| {
        let counted = unread::counted(&document.unread)?;
        Some(json!({
            "code": "unread",
            "severity": Severity::Note.key(),
            "document": document.name,
            "place": {
                "sheet": null,
                "row": null,
                "field": null,
                "line": document.unread.first().map(|piece| piece.line),
            },
            "printed": null,
            "computed": null,
            "steps": [],
            "message": format!("{counted}。"),
            "hint": "各行の文が本文か見出しかを原本で確かめてください。",
            "unread": unread::json(&document.unread),
        }))
    };
    checked.documents.iter().filter_map(entry).collect()
}

fn finding_json(finding: &Finding) -> Value {
    let place = &finding.place;
    json!({
        "code": finding.code,
        "severity": finding.severity.key(),
        "document": place.document,
        "place": {
            "sheet": place.sheet,
            "row": place.row,
            "field": place.field,
            "line": (place.line > 0).then_some(place.line),
        },
        "printed": finding.printed,
        "computed": finding.computed,
        "steps": finding.steps,
        "message": finding.message,
        "hint": finding.hint,
    })
}
