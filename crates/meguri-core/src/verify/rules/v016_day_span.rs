//! V016: spans of days.

mod date;

use crate::evaluation::Document;
use crate::verify::catalogue::{Rule, Subject};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::running_text::RunningText;
use crate::verify::scan::{ahead, number_at, places};
use date::{MonthDay, days_between};
use rust_decimal::Decimal;

pub(crate) const RULE: Rule = Rule {
    code: "V016",
    title: "期間の日数が合わない",
    looks_at: "「9月17日から11月27日（62日間）」のように、月日の範囲と日数が並んでいる箇所で、日数を数え直します。",
    why: "日数は手で数えることが多く、月をまたぐと誤りやすい数字です。",
    example: "9月17日から11月27日までは、両端を含めて72日間。",
    remedy: "期間と日数のどちらが正しいかを確認してください。",
    basis: "日数は初日と末日の両方を含めて数えます。年が書かれていない場合は、平年・うるう年のどちらかに合えばよいものとします。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, running) in subject.running() {
        for offset in places(&running.text, "日間") {
            findings.extend(check_span(document, running, offset));
        }
    }
}

fn check_span(document: &Document, running: &RunningText, offset: usize) -> Option<Finding> {
    let text = running.text.as_str();
    let stated = crate::verify::scan::number_before(text, offset)?;
    let head = text.get(..stated.start)?.trim_end();
    let head = head.strip_suffix(['(', '（', '、', '['])?.trim_end();
    let head = head.strip_suffix("まで").unwrap_or(head);
    let (start, from, to) = span_before(head)?;
    let possible = days_between(from, to);
    if possible.iter().any(|days| Decimal::from(*days) == stated.value) {
        return None;
    }
    let days = *possible.first()?;
    let end = offset + "日間".len();
    let mark = running.printed(&document.lines, start, end);
    let place = Place::text(document, running.line_at(start), mark).field("期間の日数");
    let message =
        format!("{from}から{to}までは{days}日間ですが、{}日間と印字されています。", stated.value);
    let one_end = stated.value + Decimal::ONE == Decimal::from(days);
    let (severity, hint) = if one_end {
        (
            Severity::Warning,
            "初日又は末日を含めずに数えた日数と一致します。数え方を確認してください。",
        )
    } else {
        (Severity::Error, "期間と日数のどちらが正しいかを確認してください。")
    };
    let finding = Finding::new(RULE.code, severity, place, message, hint);
    let steps = vec![format!("{from}から{to}まで（両端を含む） ＝ {days}日")];
    Some(finding.figures(format!("{}日間", stated.value), format!("{days}日間")).steps(steps))
}

/// The span of dates that ends a text: its first byte and both dates.
fn span_before(head: &str) -> Option<(usize, MonthDay, MonthDay)> {
    let window_start = head.char_indices().rev().nth(40).map_or(0, |(start, _)| start);
    let window = head.get(window_start..)?;
    let starts = window.char_indices().filter(|(_, c)| c.is_ascii_digit());
    for (start, _) in starts {
        let Some((from, behind_from)) = date_at(head, window_start + start) else {
            continue;
        };
        let rest = head.get(behind_from..)?.trim_start();
        let Some(rest) =
            ["から", "~", "～", "〜", "-", "―"].iter().find_map(|s| rest.strip_prefix(s))
        else {
            continue;
        };
        let at = head.len() - rest.len();
        let Some((to, end)) = date_at(head, at + skip_year(ahead(head, at, 12))) else {
            continue;
        };
        if head.get(end..)?.trim().is_empty() {
            return Some((window_start + start, from, to));
        }
    }
    None
}

/// Bytes of an era or western year in front of a month: `令和4年`.
fn skip_year(text: &str) -> usize {
    let month = text.find('月').unwrap_or(text.len());
    text.get(..month).and_then(|head| head.rfind('年')).map_or(0, |at| at + '年'.len_utf8())
}

/// `9月 17日` at a place, with the byte behind it; a weekday in brackets belongs to it.
fn date_at(text: &str, offset: usize) -> Option<(MonthDay, usize)> {
    let month = number_at(text, offset)?;
    let rest = text.get(month.end..)?.trim_start().strip_prefix('月')?;
    let day = number_at(text, text.len() - rest.len())?;
    let rest = text.get(day.end..)?.trim_start().strip_prefix('日')?;
    let mut end = text.len() - rest.len();
    let mut chars = rest.chars();
    if let (Some('(' | '（'), Some(weekday), Some(')' | '）')) =
        (chars.next(), chars.next(), chars.next())
        && "月火水木金土日祝".contains(weekday)
    {
        end = text.len() - chars.as_str().len();
    }
    Some((MonthDay::new(month.value, day.value)?, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_found_in_the_ways_papers_write_them() {
        for text in [
            "期間は、令和 4年 9月 17日から 11月 27日",
            "9月17日～令和4年11月27日",
            "9月17日(土)から11月27日(日)",
        ] {
            let (_, from, to) = span_before(text).expect(text);
            assert_eq!(days_between(from, to), [72], "{text}");
        }
        for text in ["9月17日", "9月から11月", "13月1日から14月1日", "9月17日から11月27日に開催"]
        {
            assert!(span_before(text).is_none(), "{text}");
        }
    }
}
