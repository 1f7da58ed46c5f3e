//! V030: dates that contradict themselves or each other.

use super::calendar::{Span, Style, Written, may_begin, span_at, written_at};
use crate::evaluation::Document;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use crate::verify::running_text::RunningText;

pub(crate) const RULE: Rule = Rule {
    code: "V030",
    title: "日付があり得ない",
    looks_at: "暦にない日（11月31日など）、年と合わない曜日、終わりが始まりより前になっている期間を見ます。",
    why: "前年度の文を写して年だけを直すと、曜日や期間が合わなくなります。日付の打ち間違いは、行事や募集の記録を誤らせます。",
    example: "「令和4年9月17日（日）」の曜日は、正しくは土曜日。",
    remedy: "日付、年、曜日のどれが正しいかを確認してください。",
    basis: "曜日は、年が書かれている日付だけを見ます。期間の前後は、両方の年が分かる場合だけを見ます。字の間に空白がある日付は、列がずれている可能性があるため「注意」とします。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, running) in subject.running() {
        let text = running.text.as_str();
        let mut next = 0;
        for (start, _) in text.char_indices() {
            if start < next || !may_begin(text, start) {
                continue;
            }
            if let Some(span) = span_at(text, start) {
                next = span.to.end;
                findings.extend(check_span(document, running, &span));
            } else if let Some(date) = written_at(text, start, None) {
                next = date.end;
                findings.extend(check_date(document, running, &date));
            }
        }
    }
}

fn check_span(document: &Document, running: &RunningText, span: &Span) -> Vec<Finding> {
    let dates = [&span.from, &span.to];
    let each = dates
        .into_iter()
        .filter_map(|date| check_date(document, running, date));
    let mut findings: Vec<Finding> = each.collect();
    if let (Some(from), Some(to)) = (span.from.date(), span.to.date())
        && to.is_before(from)
    {
        let mark = running.printed(&document.lines, span.from.start, span.to.end);
        let place = Place::text(document, running.line_at(span.from.start), mark).field("期間");
        let message = format!("期間の終わり（{to}）が、始まり（{from}）より前です。");
        let hint = "始まりと終わりの年月日を確認してください。";
        let finding = Finding::new(RULE.code, Severity::Error, place, message, hint);
        findings.push(finding.figures(to, format!("{from}以後")));
    }
    findings
}

fn check_date(document: &Document, running: &RunningText, date: &Written) -> Option<Finding> {
    let printed = running.text.get(date.start..date.end)?.trim();
    let mark = running.printed(&document.lines, date.start, date.end);
    let place = Place::text(document, running.line_at(date.start), mark).field("日付");
    let Some(day) = date.date() else {
        // 「9/31」 without a year may be a share or a number.
        let bare = date.year.is_none() && date.style != Style::Words;
        let severity = if printed.contains(' ') || date.style != Style::Words {
            Severity::Warning
        } else {
            Severity::Error
        };
        let message = format!("「{printed}」は、暦にない日です。");
        let hint = "年、月、日のどれが正しいかを確認してください。";
        return (!bare).then(|| Finding::new(RULE.code, severity, place, message, hint));
    };
    let (stated, right) = (date.weekday?, day.weekday()?);
    if stated == right {
        return None;
    }
    let message = format!("{day}は{right}曜日ですが、{stated}曜日と印字されています。");
    let hint = "日付、年、曜日のどれが正しいかを確認してください。";
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
    Some(finding.figures(format!("{stated}曜日"), format!("{right}曜日")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(sentence: &str) -> Vec<Severity> {
        let document = Document {
            lines: vec![sentence.to_owned()],
            ..Document::default()
        };
        let documents = [document];
        let mut findings = Vec::new();
        check(&Subject::new(&documents, &[]), &mut findings);
        findings.into_iter().map(|found| found.severity).collect()
    }

    #[test]
    fn dates_that_cannot_be_are_told() {
        use Severity::{Error, Warning};
        let cases: [(&str, &[Severity]); 19] = [
            ("11月31日に開催", &[Error]),
            ("令和5年2月29日に開催", &[Error]),
            ("令和6年2月29日に開催", &[]),
            ("2月29日に開催", &[]),
            ("令和5年 9月 31日", &[Warning]),
            ("R5.11.31から", &[Warning]),
            ("令和4年9月17日（日）に開催", &[Warning]),
            ("令和4年9月17日（土・祝）に開催", &[]),
            ("令和4年9月17日（土）から11月27日（日）まで", &[]),
            ("9月17日（日）に開催", &[]),
            ("令和6年4月1日から令和5年3月31日まで", &[Error]),
            ("令和5年9月17日から同年3月27日まで", &[Error]),
            ("令和5年12月20日から1月10日まで", &[]),
            ("令和5年4月1日～令和6年3月31日", &[]),
            ("令和4年9月17日（都合により延期）", &[]),
            ("1/32の割合、13/45", &[]),
            ("20月額31日分", &[]),
            ("延べ31日間、11月30日間", &[]),
            ("令和5年度11月30日", &[]),
        ];
        for (sentence, want) in cases {
            assert_eq!(judged(sentence), want, "{sentence}");
        }
    }
}
