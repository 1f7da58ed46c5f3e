//! V015: percentages and counts inside sentences.

mod listed;
mod parts;
mod spoken;

use crate::evaluation::Document;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use crate::verify::running_text::RunningText;
use crate::verify::scan::{Number, behind, number_at, number_before, places};
use rust_decimal::{Decimal, RoundingStrategy};

pub(crate) const RULE: Rule = Rule {
    code: "V015",
    title: "文中の割合・件数の計算が合わない",
    looks_at: "「109指標のうち48指標（44.0％）」「54事業のうち、47事業（87.0％）」「46項目中40項目（約9割）」「3分の2（66.7％）」のような文中の割合、「全20のうち18が…、2が…」のような内訳の和、「5回（7月、9月…）」のような列挙の数を検算します。",
    why: "文章の中の数字は表と違って検算されにくく、前年度の文を写したときに古い数字が残ります。",
    example: "「50件のうち20件（45.0％）」は、20÷50で40.0％になる。",
    remedy: "元になった数を確認し、割合又は件数を直してください。",
    basis: "割合は印字された小数の桁で四捨五入して比べます。切捨てで一致する場合は「参考」とします。「約」の付いた割合、「9割」「3分の2」のような言い方は、幅を持たせて比べます（9割は85％から95％まで）。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, running) in subject.running() {
        for offset in places(&running.text, "のうち") {
            findings.extend(parts::check(document, running, offset));
        }
        for (offset, behind) in wholes(&running.text) {
            findings.extend(share(document, running, offset, behind));
        }
        spoken::check(document, running, findings);
        listed::check(document, running, findings);
    }
}

/// The places behind a whole where its part follows: 「のうち」, 「、うち」, 「中」; with the byte
/// behind the words and a comma.
fn wholes(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let words = ["のうち", "、うち", ",うち", "中"];
    words.into_iter().flat_map(move |word| {
        places(text, word).filter_map(move |offset| {
            let behind = text.get(offset + word.len()..)?;
            let rest = behind.trim_start_matches(['、', ',', '，', ' ']);
            Some((offset, text.len() - rest.len()))
        })
    })
}

/// `44.0%(109指標のうち48指標)`, `109指標のうち、48指標(44.0%)` or `109指標中48指標(約4割)`.
fn share(
    document: &Document,
    running: &RunningText,
    offset: usize,
    behind: usize,
) -> Option<Finding> {
    let text = running.text.as_str();
    let (whole, unit) = counted_before(text, offset)?;
    let part = number_at(text, behind)?;
    let behind_part = text.get(part.end..)?;
    if !behind_part.trim_start().starts_with(unit) {
        return None;
    }
    let part_end = part.end + (behind_part.len() - behind_part.trim_start().len()) + unit.len();
    if let Some(found) = spoken::share(document, running, (whole, part), part_end) {
        return Some(found);
    }
    let percent = percent_behind(text, part_end).or_else(|| {
        // In front of a bracket a percentage is the share only where the bracket holds no more:
        // 「回収率44.0％（200人のうち100人が市外）」 tells of something else.
        let closes = text.get(part_end..)?.trim_start().starts_with([')', '）']);
        percent_before(text, whole.start).filter(|_| closes)
    })?;
    if is_about(text, percent.start) && about(whole.value, part.value, percent.value) {
        return None;
    }
    let start = percent.start.min(whole.start);
    let end = percent.end.max(part_end);
    verdict(whole.value, part.value, percent.value).map(|(severity, exact, message)| {
        let mark = running.printed(&document.lines, start, end);
        let place = Place::text(document, running.line_at(start), mark).field("文中の割合");
        let hint = match severity {
            Severity::Note => "",
            _ => "元になった件数を確認し、割合又は件数を直してください。",
        };
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

/// Does 約 or its like stand in front of a number?
fn is_about(text: &str, offset: usize) -> bool {
    let head = text.get(..offset).map_or("", str::trim_end);
    ["約", "およそ", "ほぼ", "概ね", "おおむね"]
        .iter()
        .any(|word| head.ends_with(word))
}

/// Is a percentage right when it is only said to be about so: by one of its last digit?
fn about(whole: Decimal, part: Decimal, percent: Decimal) -> bool {
    let exact = part
        .checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|part| part.checked_div(whole));
    exact.is_some_and(|exact| (exact - percent).abs() <= Decimal::new(1, percent.scale()))
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

/// `109指標` in front of a place: the number and its counter word of at most eight characters.
///
/// Numbers written with 万, 億 or 千 are no plain figures and left alone.
fn counted_before(text: &str, offset: usize) -> Option<(Number, &str)> {
    let window = behind(text, offset, 9);
    let digit_end = window.rfind(|c: char| c.is_ascii_digit())? + 1;
    let unit = window.get(digit_end..)?.trim();
    // 「54件の事業のうち47件」 counts in 件.
    let unit = unit.split_once('の').map_or(unit, |(unit, _)| unit);
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

/// `(44.0%)`, `(約44%)`, `(全体の44.0%)` or `、全体の44.0%` directly behind a place.
fn percent_behind(text: &str, offset: usize) -> Option<Number> {
    let rest = text.get(offset..)?.trim_start();
    let (inner, bracket) = match rest.strip_prefix(['(', '（']) {
        Some(inner) => (inner, true),
        None => (
            rest.trim_start_matches(['、', 'で', 'が', 'は', ' ']),
            false,
        ),
    };
    let inner = inner.trim_start();
    let named = ["全体の", "構成比", "割合"]
        .iter()
        .find_map(|word| inner.strip_prefix(word));
    let value = named
        .unwrap_or(inner)
        .trim_start_matches(['は', ':', '、', ' ']);
    let value = ["約", "およそ", "ほぼ"]
        .iter()
        .find_map(|word| value.strip_prefix(word))
        .unwrap_or(value);
    let number = number_at(text, text.len() - value.len())?;
    let behind = text.get(number.end..)?.trim_start().strip_prefix('%')?;
    let closes = behind.trim_start().starts_with([')', '）']);
    let bounded = ["以上", "以下", "超", "未満", "を超"]
        .iter()
        .any(|word| behind.starts_with(word));
    let is_share = if bracket {
        closes
    } else {
        named.is_some() && !bounded
    };
    is_share.then_some(number)
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
        wholes(&running.text)
            .filter_map(|(offset, behind)| share(&document, &running, offset, behind))
            .count()
    }

    #[test]
    fn only_a_share_is_taken_for_one() {
        let wrong = [
            "達成は45.0%(50件のうち20件)。",
            "50件のうち20件（45.0％）が達成。",
            "54事業のうち、47事業（78.0％）が達成。",
            "54事業中47事業（78.0％）が達成。",
            "54事業中、47事業（約78％）が達成。",
            "54事業、うち47事業（78.0％）が達成。",
            "54件の事業のうち47件（全体の78.0％）が達成。",
            "54事業のうち47事業が、全体の78.0％を占める。",
            "46項目のうち30項目（約9割）が達成。",
            "46プログラムのうち30プログラム（3分の1）が達成。",
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
            "54事業のうち、47事業（87.0％）が達成。",
            "54事業中47事業（約87％）が達成。",
            "46項目のうち40項目（約9割）が達成。",
            "30人のうち20人（3分の2）が市外。",
            "54事業中47事業が、全体の87.0％を占める。",
            "期間中20件（50.0％）の相談",
            "5年中3年（30.0％減）",
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
