//! `計5回実施（7月、9月、10月、11月、12月）`: does the list have as many entries as the text says?

use super::RULE;
use crate::evaluation::Document;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::running_text::RunningText;
use crate::verify::scan::{behind, number_before};
use rust_decimal::Decimal;

/// The counter words of things that a list of dates counts.
const COUNTERS: [&str; 2] = ["回", "日"];

pub(super) fn check(document: &Document, running: &RunningText, findings: &mut Vec<Finding>) {
    for (open, bracket) in running.text.match_indices('(') {
        findings.extend(check_bracket(document, running, open, open + bracket.len()));
    }
}

fn check_bracket(
    document: &Document,
    running: &RunningText,
    open: usize,
    inside: usize,
) -> Option<Finding> {
    let text = running.text.as_str();
    let rest = text.get(inside..)?;
    let close = rest.find([')', '('])?;
    let dates: Vec<&str> = rest
        .get(..close)?
        .split(['、', ',', '・'])
        .map(str::trim)
        .collect();
    if dates.len() < 2 || !dates.iter().all(|date| is_date(date)) {
        return None;
    }
    let head = behind(text, open, 8);
    let (word_at, counter) = COUNTERS
        .iter()
        .find_map(|c| Some((open - head.len() + head.rfind(c)?, c)))?;
    let number = number_before(text, word_at)?;
    // 「7月3日」 before a bracket is a date and counts nothing.
    let counts = !text.get(..number.start)?.trim_end().ends_with('月');
    if !counts || number.value == Decimal::from(dates.len()) {
        return None;
    }
    let mark = running.printed(&document.lines, number.start, inside + close);
    let place = Place::text(document, running.line_at(number.start), mark).field("文中の回数");
    let listed = dates.len();
    let message = format!(
        "「{}{counter}」とありますが、括弧内に挙げられたのは{listed}件です。",
        number.value
    );
    let hint = "回数と列挙した月日のどちらが正しいかを確認してください。";
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
    Some(finding.figures(format!("{}{counter}", number.value), format!("{listed}件")))
}

/// `7月`, `12月3日`, `3日`, with a weekday in no brackets.
fn is_date(text: &str) -> bool {
    let digits = text.chars().any(|c| c.is_ascii_digit());
    digits
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '月' | '日' | ' '))
}
