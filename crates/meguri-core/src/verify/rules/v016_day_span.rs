//! V016: spans of days.

mod date;

use crate::evaluation::Document;
use crate::fiscal_year::FiscalYear;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use crate::verify::running_text::RunningText;
use crate::verify::scan::{Number, ahead, behind, number_at, number_before, places};
use date::{Date, days_between};
use rust_decimal::Decimal;

pub(crate) const RULE: Rule = Rule {
    code: "V016",
    title: "期間の日数が合わない",
    looks_at: "「9月17日から11月27日（62日間）」のように、月日の範囲と日数が並んでいる箇所で、日数を数え直します。",
    why: "日数は手で数えることが多く、月をまたぐと誤りやすい数字です。",
    example: "9月17日から11月27日までは、両端を含めて72日間。",
    remedy: "期間と日数のどちらが正しいかを確認してください。",
    basis: "日数は初日と末日の両方を含めて数えます。年が書かれていない場合は、平年・うるう年のどちらかに合えばよいものとします。「～までの20日間」のように期間の一部の日数とも読める書き方は「注意」とします。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, running) in subject.running() {
        for offset in places(&running.text, "日間") {
            findings.extend(check_span(document, running, offset, "日間"));
        }
        for offset in places(&running.text, "日)") {
            findings.extend(check_span(document, running, offset, "日"));
        }
    }
}

/// A stated number of days: where the text before it ends, and whether it explains the span in
/// brackets (else it may count only some of its days: 「9月1日から30日までの20日間」).
struct Stated {
    number: Number,
    before: usize,
    explains: bool,
}

fn stated(text: &str, offset: usize) -> Option<Stated> {
    let number = number_before(text, offset)?;
    let head = text.get(..number.start)?.trim_end();
    let open = head.strip_suffix(['(', '（', '[']);
    let before = open.or_else(|| head.strip_suffix(['の', '、']))?.trim_end();
    let before = before.strip_suffix("まで").unwrap_or(before).trim_end();
    Some(Stated {
        number,
        before: before.len(),
        explains: open.is_some(),
    })
}

fn check_span(
    document: &Document,
    running: &RunningText,
    offset: usize,
    word: &str,
) -> Option<Finding> {
    let text = running.text.as_str();
    let Stated {
        number,
        before,
        explains,
    } = stated(text, offset)?;
    // 「（20日）」 in brackets is a number of days only there.
    if word == "日" && !explains {
        return None;
    }
    let (start, from, to) = span_before(text.get(..before)?)?;
    let possible = days_between(from, to);
    let days = *possible.first()?;
    if possible
        .iter()
        .any(|days| Decimal::from(*days) == number.value)
    {
        return None;
    }
    let mark = running.printed(&document.lines, start, offset + word.len());
    let place = Place::text(document, running.line_at(start), mark).field("期間の日数");
    let message = format!(
        "{from}から{to}までは{days}日間ですが、{}{word}と印字されています。",
        number.value
    );
    let one_end = number.value + Decimal::ONE == Decimal::from(days);
    let (severity, hint) = match (one_end, explains && word == "日間") {
        (true, _) => (
            Severity::Warning,
            "初日又は末日を含めずに数えた日数と一致します。数え方を確認してください。",
        ),
        (false, true) => (
            Severity::Error,
            "期間と日数のどちらが正しいかを確認してください。",
        ),
        (false, false) => (
            Severity::Warning,
            "期間と日数のどちらが正しいかを確認してください。期間のうちの一部の日数であれば、そのままで構いません。",
        ),
    };
    let finding = Finding::new(RULE.code, severity, place, message, hint);
    let steps = vec![format!("{from}から{to}まで（両端を含む） ＝ {days}日")];
    Some(
        finding
            .figures(format!("{}{word}", number.value), format!("{days}日間"))
            .steps(steps),
    )
}

/// The span of dates that ends a text: its first byte and both dates.
fn span_before(head: &str) -> Option<(usize, Date, Date)> {
    let window_start = head
        .char_indices()
        .rev()
        .nth(40)
        .map_or(0, |(start, _)| start);
    let window = head.get(window_start..)?;
    let starts = window.char_indices().filter(|(_, c)| c.is_ascii_digit());
    for (start, _) in starts {
        let Some((from, behind_from)) = date_at(head, window_start + start) else {
            continue;
        };
        let rest = head.get(behind_from..)?.trim_start();
        let Some(rest) = ["から", "~", "～", "〜", "-", "―"]
            .iter()
            .find_map(|s| rest.strip_prefix(s))
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
    text.get(..month)
        .and_then(|head| head.rfind('年'))
        .map_or(0, |at| at + '年'.len_utf8())
}

/// The calendar year that is printed in front of a month, if one is.
fn year_before(text: &str, month: usize) -> Option<i64> {
    let head = text.get(..month)?.trim_end().strip_suffix('年')?;
    // An era counts its calendar years as it counts its fiscal years. The longest reading is meant:
    // 「2024」, not 「24」.
    let lengths = (1..=8).rev();
    let year = lengths
        .map(|n| behind(head, head.len(), n))
        .find_map(FiscalYear::parse)?;
    Some(i64::from(year.calendar_year()))
}

/// `9月 17日` at a place, with the byte behind it; a weekday in brackets belongs to it, and so does
/// a year in front.
fn date_at(text: &str, offset: usize) -> Option<(Date, usize)> {
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
    let year = year_before(text, month.start);
    Some((Date::new(year, month.value, day.value)?, end))
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
        let (_, from, to) = span_before("令和4年4月1日から令和6年3月31日").expect("a span");
        assert_eq!((from.year, to.year), (Some(2022), Some(2024)));
        for text in [
            "9月17日",
            "9月から11月",
            "13月1日から14月1日",
            "9月17日から11月27日に開催",
        ] {
            assert!(span_before(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_number_of_days_is_judged_by_how_it_is_said() {
        let judged = |sentence: &str| -> Option<Severity> {
            let lines = vec![sentence.to_owned()];
            let running = RunningText::of(&lines);
            let document = Document {
                lines,
                ..Document::default()
            };
            let mut findings = Vec::new();
            for (word, offset) in [("日間", "日間"), ("日", "日)")] {
                for offset in places(&running.text, offset) {
                    findings.extend(check_span(&document, &running, offset, word));
                }
            }
            findings.first().map(|finding| finding.severity)
        };
        let cases = [
            ("9月17日から11月27日（62日間）", Some(Severity::Error)),
            ("9月17日から11月27日（71日間）", Some(Severity::Warning)),
            ("9月17日から11月27日（62日）", Some(Severity::Warning)),
            ("10月1日から10月31日までの20日間", Some(Severity::Warning)),
            (
                "9月17日（土）～11月27日（日）の62日間",
                Some(Severity::Warning),
            ),
            ("令和5年2月20日から3月1日（11日間）", Some(Severity::Error)),
            ("令和4年4月1日から令和6年3月31日（731日間）", None),
            ("10月1日から10月31日までの31日間", None),
            ("会議は9月17日（土）に開いた。", None),
            ("期間は62日間であった。", None),
        ];
        for (sentence, want) in cases {
            assert_eq!(judged(sentence), want, "{sentence}");
        }
    }
}
