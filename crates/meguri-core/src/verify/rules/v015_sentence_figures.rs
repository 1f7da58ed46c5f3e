//! V015: percentages and counts inside sentences.

mod listed;
mod parts;

use crate::evaluation::Document;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use crate::verify::running_text::RunningText;
use crate::verify::scan::{Number, ahead, behind, number_at, number_before, places};
use rust_decimal::{Decimal, RoundingStrategy};

pub(crate) const RULE: Rule = Rule {
    code: "V015",
    title: "文中の割合・件数の計算が合わない",
    looks_at: "「109指標のうち48指標（44.0％）」のような文中の割合、「全20のうち18が…、2が…」のような内訳の和、「5回（7月、9月…）」のような列挙の数を検算します。",
    why: "文章の中の数字は表と違って検算されにくく、前年度の文を写したときに古い数字が残ります。",
    example: "「50件のうち20件（45.0％）」は、20÷50で40.0％になる。",
    remedy: "元になった数を確認し、割合又は件数を直してください。",
    basis: "割合は印字された小数の桁で四捨五入して比べます。切捨てで一致する場合は「参考」とします。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, running) in subject.running() {
        for offset in places(&running.text, "のうち") {
            findings.extend(share(document, running, offset));
            findings.extend(parts::check(document, running, offset));
        }
        listed::check(document, running, findings);
    }
}

/// `44.0%(109指標のうち48指標)` or `109指標のうち48指標(44.0%)`.
fn share(document: &Document, running: &RunningText, offset: usize) -> Option<Finding> {
    let text = running.text.as_str();
    let (whole, unit) = counted_before(text, offset)?;
    let part = number_at(text, offset + "のうち".len())?;
    let behind_part = text.get(part.end..)?;
    if !behind_part.trim_start().starts_with(unit) {
        return None;
    }
    let part_end = part.end + (behind_part.len() - behind_part.trim_start().len()) + unit.len();
    let percent = percent_behind(text, part_end).or_else(|| {
        // In front of a bracket a percentage is the share only where the bracket holds no more:
        // 「回収率44.0％（200人のうち100人が市外）」 tells of something else.
        let closes = text.get(part_end..)?.trim_start().starts_with([')', '）']);
        percent_before(text, whole.start).filter(|_| closes)
    })?;
    let start = percent.start.min(whole.start);
    let end = percent.end.max(part_end);
    verdict(whole.value, part.value, percent.value).map(|(severity, exact, message)| {
        let mark = running.printed(&document.lines, start, end);
        let place = Place::text(document, running.line_at(start), mark).field("文中の割合");
        let hint = "元になった件数を確認し、割合又は件数を直してください。";
        let steps = vec![format!(
            "{} ÷ {} × 100 ＝ {exact}％",
            part.value, whole.value
        )];
        let finding = Finding::new(RULE.code, severity, place, message, hint);
        finding
            .figures(format!("{}％", percent.value), format!("{exact}％"))
            .steps(steps)
    })
}

/// What is wrong with a share: severity, the right percentage, the message.
fn verdict(whole: Decimal, part: Decimal, percent: Decimal) -> Option<(Severity, Decimal, String)> {
    let exact = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    let scale = percent.scale();
    let rounded = exact.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
    // The share of the rest says the same of the other part.
    let rest = (Decimal::ONE_HUNDRED - exact)
        .round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
    if rounded == percent || rest == percent {
        return None;
    }
    if exact.round_dp_with_strategy(scale, RoundingStrategy::ToZero) == percent {
        let message = format!("割合{percent}％は切捨ての値です（四捨五入では{rounded}％）。");
        return Some((Severity::Note, rounded, message));
    }
    let message =
        format!("{whole}のうち{part}は{rounded}％ですが、{percent}％と印字されています。");
    Some((Severity::Error, rounded, message))
}

/// `109指標` in front of a place: the number and its counter word of at most four characters.
///
/// Numbers written with 万, 億 or 千 are no plain figures and left alone.
fn counted_before(text: &str, offset: usize) -> Option<(Number, &str)> {
    let window = behind(text, offset, 5);
    let digit_end = window.rfind(|c: char| c.is_ascii_digit())? + 1;
    let unit = window.get(digit_end..)?.trim();
    let is_word = !unit.is_empty() && unit.chars().all(|c| c.is_alphabetic() && !is_myriad(c));
    let number = number_before(text, offset - (window.len() - digit_end))?;
    let glued = text.get(..number.start)?.trim_end().ends_with(is_myriad);
    (is_word && !glued).then_some((number, unit))
}

const fn is_myriad(c: char) -> bool {
    matches!(c, '万' | '億' | '兆' | '千' | '百' | '十')
}

/// `44.0%(` directly in front of a place.
fn percent_before(text: &str, offset: usize) -> Option<Number> {
    let head = text
        .get(..offset)?
        .trim_end()
        .strip_suffix(['(', '（'])?
        .trim_end();
    let head = head.strip_suffix('%')?;
    number_before(text, head.len())
}

/// `(44.0%)` directly behind a place.
fn percent_behind(text: &str, offset: usize) -> Option<Number> {
    let window = ahead(text, offset, 12);
    let rest = window.trim_start().strip_prefix(['(', '（'])?;
    let number = number_at(text, offset + (window.len() - rest.len()))?;
    let behind = text.get(number.end..)?.trim_start().strip_prefix('%')?;
    behind
        .trim_start()
        .starts_with([')', '）'])
        .then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sentence: &str) -> usize {
        let lines = vec![sentence.to_owned()];
        let running = RunningText::of(&lines);
        let document = Document {
            lines,
            ..Document::default()
        };
        let offsets = places(&running.text, "のうち");
        offsets
            .filter_map(|offset| share(&document, &running, offset))
            .count()
    }

    #[test]
    fn only_a_share_is_taken_for_one() {
        let wrong = [
            "達成は45.0%(50件のうち20件)。",
            "50件のうち20件（45.0％）が達成。",
        ];
        for sentence in wrong {
            assert_eq!(found(sentence), 1, "{sentence}");
        }
        let right = [
            "回収率44.0％（200人のうち100人が市外）",
            "増加率120.0％（50人のうち30人が新規）",
            "達成率95.0％（20件のうち3件は翌年度に繰越）",
            "1万2千人のうち3千人（25.0％）",
            "1億2千万円のうち3千万円（25.0％）",
            "100件のうち80件、95.0％以上の満足度",
        ];
        for sentence in right {
            assert_eq!(found(sentence), 0, "{sentence}");
        }
    }

    #[test]
    fn shares_are_judged_at_their_printed_decimals() {
        let judge = |whole: i64, part: i64, percent: &str| {
            let percent = percent.parse().expect("a number");
            verdict(whole.into(), part.into(), percent).map(|(severity, ..)| severity)
        };
        assert_eq!(judge(109, 48, "44.0"), None);
        assert_eq!(judge(109, 92, "84.4"), None);
        assert_eq!(judge(3, 2, "66.6"), Some(Severity::Note));
        assert_eq!(judge(50, 20, "45.0"), Some(Severity::Error));
        assert_eq!(judge(20, 3, "85.0"), None, "the share of the rest");
        assert_eq!(judge(0, 0, "0"), None, "nothing to divide by is no finding");
    }
}
