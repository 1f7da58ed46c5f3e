//! V016: spans of days.

use super::calendar::{Date, Span, days_between, may_begin, span_at};
use crate::evaluation::Document;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use crate::verify::running_text::RunningText;
use crate::verify::scan::{Number, number_before, places};
use rust_decimal::Decimal;

pub(crate) const RULE: Rule = Rule {
    code: "V016",
    title: "期間の日数が合わない",
    looks_at: "「9月17日から11月27日（62日間）」「9/17～11/27（62日間）」「R5.9.17-11.27（62日間）」「62日間（9/17～11/27）」のように、月日の範囲と日数が並んでいる箇所で、日数を数え直します。",
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

/// Words of a sum in front of a number of days: 「（計62日間）」.
const SUMS: [&str; 4] = ["合計", "全", "計", "期間"];

fn stated(text: &str, offset: usize) -> Option<Stated> {
    let number = number_before(text, offset)?;
    let head = text.get(..number.start)?.trim_end();
    let sum = SUMS.iter().find_map(|word| head.strip_suffix(word));
    let head = sum.unwrap_or(head).trim_end();
    let open = head.strip_suffix(['(', '（', '[']);
    let before = open.or_else(|| head.strip_suffix(['の', '、']))?.trim_end();
    let before = ["までの間", "の間", "まで", "迄"]
        .iter()
        .find_map(|word| before.strip_suffix(word))
        .unwrap_or(before);
    Some(Stated {
        number,
        before: before.trim_end().len(),
        explains: open.is_some(),
    })
}

/// The stated days and the span beside them: in front (「9/17～11/27（62日間）」), else in brackets
/// behind (「62日間（9/17～11/27）」).
fn days_and_span(text: &str, offset: usize, word: &str) -> Option<(Stated, Span)> {
    let in_front = stated(text, offset).and_then(|stated| {
        let span = span_before(text.get(..stated.before)?)?;
        Some((stated, span))
    });
    in_front.or_else(|| {
        let number = number_before(text, offset)?;
        let rest = text.get(offset + word.len()..)?.trim_start();
        let inner = rest.strip_prefix(['(', '（'])?.trim_start();
        let span = span_at(text, text.len() - inner.len())?;
        let behind = text.get(span.to.end..)?.trim_start();
        let behind = behind.strip_prefix("まで").unwrap_or(behind);
        let stated = Stated {
            number,
            before: number.start,
            explains: true,
        };
        behind.starts_with([')', '）']).then_some((stated, span))
    })
}

fn check_span(
    document: &Document,
    running: &RunningText,
    offset: usize,
    word: &str,
) -> Option<Finding> {
    let text = running.text.as_str();
    let (stated, span) = days_and_span(text, offset, word)?;
    let Stated {
        number, explains, ..
    } = stated;
    // 「（20日）」 in brackets is a number of days only there.
    if word == "日" && !explains {
        return None;
    }
    let (from, to): (Date, Date) = (span.from.date()?, span.to.date()?);
    // A year may stand on the line before.
    let start = span.from.month_start.min(number.start);
    let end = span.to.end.max(offset + word.len());
    let possible = days_between(from, to);
    let days = *possible.first()?;
    if possible
        .iter()
        .any(|days| Decimal::from(*days) == number.value)
    {
        return None;
    }
    let mark = running.printed(&document.lines, start, end);
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

/// The span of dates that ends a text.
fn span_before(head: &str) -> Option<Span> {
    let mut starts = head.char_indices().rev().map(|(start, _)| start);
    let window = starts.nth(LONGEST).unwrap_or(0);
    let starts = head.get(window..)?.char_indices();
    let starts = starts.map(|(start, _)| window + start);
    let mut spans = starts
        .filter(|start| may_begin(head, *start))
        .filter_map(|start| span_at(head, start));
    spans.find(|span| {
        let ends = head
            .get(span.to.end..)
            .is_some_and(|rest| rest.trim().is_empty());
        ends && span.from.date().is_some() && span.to.date().is_some()
    })
}

/// A span is at most so many characters long: two dates with eras, days of the week and blanks.
const LONGEST: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_found_in_the_ways_papers_write_them() {
        for text in [
            "期間は、令和 4年 9月 17日から 11月 27日",
            "9月17日～令和4年11月27日",
            "9月17日(土)から11月27日(日)",
            "9/17~11/27",
            "R4.9.17-11.27",
            "令和4年9月17日から同年11月27日",
            "2022/9/17~2022/11/27",
        ] {
            let span = span_before(text).expect(text);
            let (from, to) = (span.from.date().expect(text), span.to.date().expect(text));
            assert_eq!(days_between(from, to), [72], "{text}");
        }
        let span = span_before("令和4年4月1日から令和6年3月31日").expect("a span");
        assert_eq!((span.from.year, span.to.year), (Some(2022), Some(2024)));
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
            ("９／１７～１１／２７（62日間）", Some(Severity::Error)),
            ("R5.9.17-11.27（計62日間）", Some(Severity::Error)),
            (
                "令和5年9月17日から同年11月27日まで（62日間）",
                Some(Severity::Error),
            ),
            ("62日間（9/17～11/27）", Some(Severity::Error)),
            (
                "令和5年12月20日から翌年1月10日まで（20日間）",
                Some(Severity::Error),
            ),
            ("12/20～1/10（22日間）", None),
            ("72日間（9/17～11/27）", None),
            ("9月1日から30日まで（30日間）", None),
            ("9月1日から30日まで（31日間）", Some(Severity::Error)),
            ("10日間（全12回）", None),
            ("会議は9月17日（土）に開いた。", None),
            ("期間は62日間であった。", None),
        ];
        for (sentence, want) in cases {
            assert_eq!(judged(sentence), want, "{sentence}");
        }
    }
}
