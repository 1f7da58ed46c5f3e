//! V026: years within one paper that do not fit each other.

use super::headings::{fiscal_years, list_year, year_at_end, year_of_month};
use crate::evaluation::Document;
use crate::fiscal_year::FiscalYear;
use crate::text::name_key;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "V026",
    title: "一つの文書の中で年度が合わない",
    looks_at: "見出しの年度どうしを比べます。一覧の年度と「翌年度の動向」の年度、同じ文書の他の一覧の年度、進捗状況の年度末・当初予定・○月末実績の年度、評価の対象年度より後の年度の実績を見ます。",
    why: "前の年度の様式を写すと、見出しの年度だけが古いまま残ることがあります。年度を取り違えると、表の全ての数字の意味が変わります。",
    example: "一覧の見出しは「令和5年度」なのに、動向の見出しは「令和7年度の動向」となっている。",
    remedy: "どの見出しの年度が正しいかを確認し、直してください。",
    basis: "一覧は評価の対象年度（前年度の決算）、動向はその翌年度についてのものです。令和7年3月末は令和6年度に属します。",
    check,
};

const HINT: &str = "どの見出しの年度が正しいかを確認し、直してください。";

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        lists(document, findings);
        progress(document, findings);
        late_actuals(document, findings);
    }
}

/// Lists against the year of the directions below them, and against the other lists.
fn lists(document: &Document, findings: &mut Vec<Finding>) {
    let heads: Vec<(usize, FiscalYear)> = document
        .lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((at, list_year(line)?)))
        .collect();
    let mut counts: BTreeMap<FiscalYear, usize> = BTreeMap::new();
    for (_, year) in &heads {
        *counts.entry(*year).or_default() += 1;
    }
    let usual = counts.iter().max_by_key(|(_, count)| **count);
    let usual = usual.filter(|(_, count)| **count * 2 > heads.len());
    for (at, year) in &heads {
        let next = next_steps_year(document, *at);
        if let Some(next) = next.filter(|next| Some(*next) != year.plus(1)) {
            let message = format!(
                "一覧の見出しは{year}ですが、動向の見出しは{next}です（一覧の翌年度は{}）。",
                year.plus(1).map_or(String::new(), |next| next.to_string())
            );
            findings.push(finding(document, *at, *year, next, message));
        } else if let Some((usual, _)) = usual.filter(|(usual, _)| *usual != year) {
            let message = format!("この一覧の見出しは{year}ですが、他の一覧は{usual}です。");
            findings.push(finding(document, *at, *year, *usual, message));
        }
    }
}

/// The year of `令和7年度` `の動向` among the heads of the columns below a list's head.
fn next_steps_year(document: &Document, head: usize) -> Option<FiscalYear> {
    let below = document.lines.iter().skip(head + 1);
    let below = below.filter(|line| !line.trim().is_empty()).take(8);
    let mut open: Option<FiscalYear> = None;
    for line in below {
        if list_year(line).is_some() {
            return None;
        }
        let key = name_key(line);
        let whole = key.strip_suffix("の動向").map(str::to_owned);
        if let Some(year) = whole.as_deref().and_then(year_at_end) {
            return Some(year);
        }
        if whole.is_some() {
            return open;
        }
        open = year_at_end(line).or(open);
    }
    None
}

/// The years of a progress report's headings: `進捗状況（令和6年度末）`, `令和6年度当初予定`,
/// `令和7年3月末実績`.
fn progress(document: &Document, findings: &mut Vec<Finding>) {
    let mut first: Option<FiscalYear> = None;
    let lines = document.lines.iter().enumerate();
    for (at, line) in lines.filter(|(_, line)| line.contains(['捗', '予', '績'])) {
        let key = name_key(line);
        let told = [
            key.contains("進捗状況")
                .then(|| before(&key, "末"))
                .flatten(),
            before(&key, "当初予定"),
            key.contains("月末実績")
                .then(|| year_of_month(&key, "月末"))
                .flatten(),
        ];
        for year in told.into_iter().flatten() {
            let usual = *first.get_or_insert(year);
            if year != usual {
                let message = format!(
                    "見出しの年度が{year}に当たりますが、この文書のはじめの見出しは{usual}です。"
                );
                findings.push(finding(document, at, year, usual, message));
            }
        }
    }
}

/// The fiscal year directly in front of a word.
fn before(line: &str, word: &str) -> Option<FiscalYear> {
    let years = fiscal_years(line);
    let mut direct = years
        .into_iter()
        .filter(|(_, end)| line.get(*end..).is_some_and(|rest| rest.starts_with(word)));
    direct.next().map(|(year, _)| year)
}

/// Actuals of a year after the evaluated one.
fn late_actuals(document: &Document, findings: &mut Vec<Finding>) {
    for sheet in &document.sheets {
        let Some(closed) = sheet.year else { continue };
        for indicator in &sheet.indicators {
            let late = indicator
                .actuals
                .iter()
                .filter(|actual| actual.year > closed && actual.figure.value.number().is_some());
            for actual in late {
                let year = actual.year;
                let place = Place::sheet(document, sheet)
                    .row(indicator.label())
                    .field(format!("実績（{year}）"))
                    .at(actual.figure.line, actual.figure.value.printed.clone());
                let message =
                    format!("{year}の実績がありますが、このシートの評価の対象年度は{closed}です。");
                let severity = Severity::Warning;
                let finding = Finding::new(RULE.code, severity, place, message, HINT);
                findings.push(finding.figures(year, closed));
            }
        }
    }
}

fn finding(
    document: &Document,
    at: usize,
    here: FiscalYear,
    other: FiscalYear,
    message: String,
) -> Finding {
    let line = document.lines.get(at).map_or("", |line| line.trim());
    let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
    let place = Place::text(document, number, Some(line)).field("見出しの年度");
    Finding::new(RULE.code, Severity::Warning, place, message, HINT).figures(here, other)
}
