//! The report of a check in a terminal: totals, then findings, errors first.

use crate::cli::report::excerpt::Excerpt;
use crate::cli::terminal::{self, BOLD, CYAN, GREEN, RED, RESET, Style, YELLOW};
use crate::cli::unread;
use meguri_app::actions::check_documents::CheckedDocuments;
use meguri_core::evaluation::Document;
use meguri_core::verify::{Finding, RULES, Severity};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

/// From the heaviest to the lightest.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// What of the findings is printed.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Shown {
    /// The lightest severity.
    pub(in crate::cli) level: Severity,
    /// Numbers only.
    pub(in crate::cli) summary: bool,
}

/// Prints the report: totals, each document's numbers, the findings by severity, totals again.
pub(in crate::cli) fn print(
    out: &mut impl Write,
    checked: &CheckedDocuments,
    shown: Shown,
) -> io::Result<()> {
    // Where nothing could be read, "no findings" would say the opposite of what happened.
    if checked.documents.is_empty() {
        return Ok(());
    }
    total(out, checked)?;
    for document in &checked.documents {
        let of_document = |f: &&Finding| f.place.document == document.name;
        let findings: Vec<&Finding> = checked.findings.iter().filter(of_document).collect();
        let name = &document.name;
        writeln!(out, "{BOLD}■ {name}{RESET}（{}）", numbers(&findings))?;
        unread::print(out, &document.unread, "  ")?;
        if shown.summary {
            rules(out, &findings, shown.level)?;
        }
    }
    if shown.summary {
        return Ok(());
    }
    writeln!(out)?;
    for severity in SEVERITIES.into_iter().filter(|s| *s >= shown.level) {
        print_severity(out, checked, severity)?;
    }
    let hidden = checked.findings.iter().filter(|f| f.severity < shown.level);
    let hidden = hidden.count();
    if hidden > 0 {
        let label = shown.level.label();
        writeln!(
            out,
            "「{label}」より軽い指摘{hidden}件は、表示していません。"
        )?;
    }
    total(out, checked)
}

fn total(out: &mut impl Write, checked: &CheckedDocuments) -> io::Result<()> {
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
    let each = SEVERITIES.map(|s| format!("{}{} {}件{RESET}", colour(s), s.label(), count(s)));
    each.join("、")
}

const fn colour(severity: Severity) -> Style {
    match severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
        Severity::Note => CYAN,
    }
}

/// How many findings each rule has, heaviest first.
fn rules(out: &mut impl Write, findings: &[&Finding], level: Severity) -> io::Result<()> {
    for severity in SEVERITIES.into_iter().filter(|s| *s >= level) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in findings.iter().filter(|f| f.severity == severity) {
            *counts.entry(finding.code).or_default() += 1;
        }
        for (code, count) in counts {
            let title = RULES.iter().find(|rule| rule.code == code);
            let title = title.map_or("", |rule| rule.title);
            let (colour, label) = (colour(severity), severity.label());
            writeln!(out, "  {colour}{code} {label}{RESET} {count}件 {title}")?;
        }
    }
    Ok(())
}

/// The findings of one severity, document by document, equal ones together.
fn print_severity(
    out: &mut impl Write,
    checked: &CheckedDocuments,
    severity: Severity,
) -> io::Result<()> {
    for document in &checked.documents {
        let here = |f: &&Finding| f.severity == severity && f.place.document == document.name;
        let findings: Vec<&Finding> = checked.findings.iter().filter(here).collect();
        if findings.is_empty() {
            continue;
        }
        let (colour, label, count) = (colour(severity), severity.label(), findings.len());
        let name = &document.name;
        writeln!(
            out,
            "{colour}{label} {count}件{RESET} {BOLD}{name}{RESET}\n"
        )?;
        for group in groups(&findings) {
            match group.as_slice() {
                [first, _, ..] => print_group(out, first, &group)?,
                several => {
                    for finding in several {
                        print_finding(out, finding, document)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// From so many on, findings of one rule that compare no figures are printed together.
const SEVERAL: usize = 3;

/// Findings that are told together, in the order of their first: those of one rule with the same
/// message and, where there are several, all of one rule that compare no figures.
fn groups<'a>(findings: &[&'a Finding]) -> Vec<Vec<&'a Finding>> {
    let plain = |f: &Finding| f.printed.is_none() && f.computed.is_none();
    let mut plain_counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in findings.iter().filter(|f| plain(f)) {
        let of = (finding.code, finding.hint.as_str());
        *plain_counts.entry(of).or_default() += 1;
    }
    let mut places: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let mut groups: Vec<Vec<&'a Finding>> = Vec::new();
    for finding in findings.iter().copied() {
        let (code, hint) = (finding.code, finding.hint.as_str());
        let many = plain(finding)
            && plain_counts
                .get(&(code, hint))
                .is_some_and(|n| *n >= SEVERAL);
        let message = if many { "" } else { finding.message.as_str() };
        let at = *places.entry((code, hint, message)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// Equal findings as one: what they have in common once, then a line for each place.
fn print_group(out: &mut impl Write, first: &Finding, group: &[&Finding]) -> io::Result<()> {
    let same = group.iter().all(|finding| finding.message == first.message);
    let rule = RULES.iter().find(|rule| rule.code == first.code);
    let title = rule.map_or("", |rule| rule.title);
    let common = if same { first.message.as_str() } else { title };
    print_head(out, first, common)?;
    writeln!(out, "  {}件：", group.len())?;
    for finding in group {
        let mut parts = vec![line_of(finding)];
        parts.extend(place_of(finding));
        parts.extend((!same).then(|| finding.message.clone()));
        let figures = finding.printed.as_ref().zip(finding.computed.as_ref());
        parts
            .extend(figures.map(|(printed, computed)| format!("印字 {printed} / 計算 {computed}")));
        if !same {
            parts.extend(finding.steps.iter().cloned());
        }
        writeln!(out, "  ・{}", parts.join(" "))?;
    }
    print_hint(out, first)
}

fn line_of(finding: &Finding) -> String {
    match finding.place.line {
        0 => "（行なし）".to_owned(),
        line => format!("{line}行目"),
    }
}

fn place_of(finding: &Finding) -> Option<String> {
    let place = &finding.place;
    let parts = [&place.sheet, &place.row, &place.field].map(|part| part.as_deref());
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" ＞ "))
}

fn print_head(out: &mut impl Write, finding: &Finding, message: &str) -> io::Result<()> {
    let severity = finding.severity;
    let (colour, label, code) = (colour(severity), severity.label(), finding.code);
    writeln!(out, "{colour}{code} {label}{RESET} {BOLD}{message}{RESET}")
}

/// What to do, where anything is to be done, and a blank line.
fn print_hint(out: &mut impl Write, finding: &Finding) -> io::Result<()> {
    if !finding.hint.is_empty() {
        writeln!(out, "  対応：{}", finding.hint)?;
    }
    writeln!(out)
}

fn print_finding(out: &mut impl Write, finding: &Finding, document: &Document) -> io::Result<()> {
    print_head(out, finding, &finding.message)?;
    if let Some(place) = place_of(finding) {
        writeln!(out, "  場所：{place}")?;
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
    print_hint(out, finding)
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
