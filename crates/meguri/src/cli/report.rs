//! How findings and faults look: a report in a terminal, and JSON.

mod excerpt;

use crate::actions::check_documents::CheckedDocuments;
use crate::actions::read_document::ReadFault;
use crate::cli::terminal::{self, BOLD, CYAN, GREEN, RED, RESET, Style, YELLOW};
use crate::scheme_file::FileFault;
use excerpt::Excerpt;
use meguri_core::evaluation::Document;
use meguri_core::verify::{Finding, Severity};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use serde_json::{Value, json};
use std::fmt;
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

/// The findings as data.
pub(super) fn findings_json(findings: &[Finding]) -> Value {
    findings.iter().map(finding_json).collect()
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

/// Prints the report: each document with its findings, then a summary.
pub(super) fn print(out: &mut impl Write, checked: &CheckedDocuments) -> io::Result<()> {
    for document in &checked.documents {
        let findings: Vec<&Finding> = checked
            .findings
            .iter()
            .filter(|f| f.place.document == document.name)
            .collect();
        writeln!(
            out,
            "{BOLD}■ {}{RESET}（{}）",
            document.name,
            numbers(&findings)
        )?;
        writeln!(out)?;
        for finding in findings {
            print_finding(out, finding, document)?;
        }
    }
    total(out, checked)
}

fn total(out: &mut impl Write, checked: &CheckedDocuments) -> io::Result<()> {
    // Where nothing could be read, "no findings" would say the opposite of what happened.
    if checked.documents.is_empty() {
        return Ok(());
    }
    let all: Vec<&Finding> = checked.findings.iter().collect();
    writeln!(
        out,
        "{BOLD}点検結果{RESET} 文書{}件：{}",
        checked.documents.len(),
        numbers(&all)
    )
}

fn numbers(findings: &[&Finding]) -> String {
    let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
    if findings.is_empty() {
        return format!("{GREEN}指摘はありません{RESET}");
    }
    let each = [Severity::Error, Severity::Warning, Severity::Note]
        .map(|s| format!("{}{} {}件{RESET}", colour(s), s.label(), count(s)));
    each.join("、")
}

const fn colour(severity: Severity) -> Style {
    match severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Note => CYAN,
    }
}

fn print_finding(out: &mut impl Write, finding: &Finding, document: &Document) -> io::Result<()> {
    let severity = finding.severity;
    let head = format!(
        "{}{} {}{RESET}",
        colour(severity),
        finding.code,
        severity.label()
    );
    writeln!(out, "{head} {BOLD}{}{RESET}", finding.message)?;
    let place = &finding.place;
    let parts = [&place.sheet, &place.row, &place.field].map(|part| part.as_deref());
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        writeln!(out, "  場所：{}", parts.join(" ＞ "))?;
    }
    if let Some(excerpt) = Excerpt::of(document, finding) {
        let mut drawn = String::new();
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode());
        handler
            .render_report(&mut drawn, &Snippet(&excerpt))
            .map_err(io::Error::other)?;
        // The handler's first line repeats the message, which stands above already.
        let drawn = terminal::with_colours(&drawn);
        for line in drawn.lines().skip_while(|line| !line.contains('╭')) {
            writeln!(out, "{line}")?;
        }
    }
    let rows = [("印字", &finding.printed), ("計算", &finding.computed)];
    for (head, text) in rows
        .iter()
        .filter_map(|(head, text)| Some((head, text.as_ref()?)))
    {
        writeln!(out, "  {head}：{text}")?;
    }
    for step in &finding.steps {
        writeln!(out, "  手順：{step}")?;
    }
    writeln!(out, "  対応：{}\n", finding.hint)
}

/// One excerpt as the report library wants it.
#[derive(Debug)]
struct Snippet<'a>(&'a Excerpt);

impl fmt::Display for Snippet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("抜粋")
    }
}

impl std::error::Error for Snippet<'_> {}

impl Diagnostic for Snippet<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.0)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.0.mark()?;
        Some(Box::new(std::iter::once(LabeledSpan::underline(span))))
    }
}
