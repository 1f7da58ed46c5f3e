//! Shares in words: 「約9割（87％）」, 「3分の2（66.7％）」, 「46項目のうち40項目（約9割）」.

use super::{RULE, percent_before};
use crate::evaluation::Document;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::running_text::RunningText;
use crate::verify::scan::{Number, number_at, number_before, places};
use rust_decimal::Decimal;

/// A share in words, with the percentages that it can mean.
struct Spoken {
    low: Decimal,
    high: Decimal,
    start: usize,
    end: usize,
}

const HINT: &str = "元になった件数を確認し、割合又は言い方を直してください。";

/// Shares in words beside a percentage in brackets, on either side.
pub(super) fn check(document: &Document, running: &RunningText, findings: &mut Vec<Finding>) {
    let text = running.text.as_str();
    let tenths = places(text, "割").filter_map(|at| tenths(text, at));
    let parts = places(text, "分の").filter_map(|at| fraction(text, at));
    for spoken in tenths.chain(parts) {
        let percent = percent_in_brackets(text, spoken.end).or_else(|| {
            let closes = text.get(spoken.end..)?.starts_with([')', '）']);
            percent_before(text, start_of_about(text, spoken.start)).filter(|_| closes)
        });
        if let Some(percent) = percent.filter(|percent| !spoken.fits(percent.value)) {
            let (start, end) = (spoken.start.min(percent.start), spoken.end.max(percent.end));
            let words = text.get(spoken.start..spoken.end).unwrap_or_default();
            let message = format!("「{words}」と{}％が合いません。", percent.value);
            let place = place(document, running, start, end);
            let finding = Finding::new(RULE.code, Severity::Warning, place, message, HINT);
            findings.push(finding.figures(words, format!("{}％", percent.value)));
        }
    }
}

/// A part of a whole with its share in words in brackets behind it.
pub(super) fn share(
    document: &Document,
    running: &RunningText,
    (whole, part): (Number, Number),
    part_end: usize,
) -> Option<Finding> {
    let text = running.text.as_str();
    let rest = text.get(part_end..)?.trim_start();
    let inner = rest.strip_prefix(['(', '（'])?;
    let close = text.len() - inner.len() + inner.find([')', '）'])?;
    let inside = text.get(..close)?;
    let place_of = |word| Some(inside.get(part_end..)?.find(word)? + part_end);
    let spoken = place_of("割").and_then(|at| tenths(text, at));
    let spoken = spoken.or_else(|| fraction(text, place_of("分の")?))?;
    let exact = part
        .value
        .checked_mul(Decimal::ONE_HUNDRED)?
        .checked_div(whole.value)?;
    if spoken.end != close || spoken.fits(exact) {
        return None;
    }
    let words = text.get(spoken.start..spoken.end)?;
    let exact = exact.round_dp(1).normalize();
    let message = format!(
        "{}のうち{}は{exact}％ですが、「{words}」と印字されています。",
        whole.value, part.value
    );
    let place = place(document, running, whole.start, spoken.end);
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, HINT);
    let steps = vec![format!(
        "{} ÷ {} × 100 ＝ {exact}％",
        part.value, whole.value
    )];
    Some(finding.figures(words, format!("{exact}％")).steps(steps))
}

fn place(document: &Document, running: &RunningText, start: usize, end: usize) -> Place {
    let mark = running.printed(&document.lines, start, end);
    Place::text(document, running.line_at(start), mark).field("文中の割合")
}

impl Spoken {
    fn fits(&self, percent: Decimal) -> bool {
        self.low <= percent && percent <= self.high
    }

    /// A share of so many percent with the words behind it, which move its bounds: 弱, 強, 以上.
    fn of(percent: Decimal, text: &str, (start, end): (usize, usize)) -> Self {
        let wide = Decimal::from(5);
        let behind = text.get(end..).unwrap_or_default();
        let words: [(&str, Decimal, Decimal); 8] = [
            ("以上", percent, Decimal::ONE_HUNDRED),
            ("超", percent, Decimal::ONE_HUNDRED),
            ("を超える", percent, Decimal::ONE_HUNDRED),
            ("強", percent, percent + wide),
            ("弱", percent - wide, percent),
            ("近く", percent - wide, percent),
            ("未満", Decimal::ZERO, percent),
            ("程度", percent - wide, percent + wide),
        ];
        let found = words.iter().find(|(word, ..)| behind.starts_with(word));
        let (length, low, high) = found
            .map_or((0, percent - wide, percent + wide), |(word, low, high)| {
                (word.len(), *low, *high)
            });
        Self {
            low,
            high,
            start,
            end: end + length,
        }
    }
}

/// `9割`, `九割`, `8割5分` at the place of 割.
fn tenths(text: &str, at: usize) -> Option<Spoken> {
    let (whole, start) = digit_before(text, at)?;
    let behind = at + "割".len();
    let more = number_at(text, behind).filter(|number| {
        let rest = text.get(number.end..);
        number.start == behind && rest.is_some_and(|rest| rest.starts_with('分'))
    });
    let tenths = whole * Decimal::TEN;
    let (percent, end) = match more {
        Some(more) => (tenths + more.value, more.end + "分".len()),
        None => (tenths, behind),
    };
    (percent <= Decimal::ONE_HUNDRED).then(|| Spoken::of(percent, text, (start, end)))
}

/// `3分の2` at the place of 分の.
fn fraction(text: &str, at: usize) -> Option<Spoken> {
    let (below, start) = digit_before(text, at)?;
    let (above, end) = digit_at(text, at + "分の".len())?;
    let percent = (above * Decimal::ONE_HUNDRED).checked_div(below)?;
    (percent <= Decimal::ONE_HUNDRED).then(|| Spoken::of(percent, text, (start, end)))
}

/// The digits of one character in kanji, from 1 on.
const KANJI: &str = "一二三四五六七八九十";

fn kanji(c: char) -> Option<Decimal> {
    let at = KANJI.chars().position(|known| known == c)?;
    Some(Decimal::from(at + 1))
}

/// The number in front of a place, in digits or one kanji.
fn digit_before(text: &str, at: usize) -> Option<(Decimal, usize)> {
    let last = text.get(..at)?.chars().next_back()?;
    if let Some(value) = kanji(last) {
        return Some((value, at - last.len_utf8()));
    }
    let number = number_before(text, at).filter(|number| number.end == at)?;
    Some((number.value, number.start))
}

fn digit_at(text: &str, at: usize) -> Option<(Decimal, usize)> {
    let first = text.get(at..)?.chars().next()?;
    if let Some(value) = kanji(first) {
        return Some((value, at + first.len_utf8()));
    }
    let number = number_at(text, at).filter(|number| number.start == at)?;
    Some((number.value, number.end))
}

/// `(87%)` or `(約87%)` directly behind a place.
fn percent_in_brackets(text: &str, offset: usize) -> Option<Number> {
    let inner = text.get(offset..)?.trim_start().strip_prefix(['(', '（'])?;
    let inner = inner.trim_start().trim_start_matches('約');
    let number = number_at(text, text.len() - inner.len())?;
    let behind = text.get(number.end..)?.trim_start().strip_prefix('%')?;
    behind
        .trim_start()
        .starts_with([')', '）'])
        .then_some(number)
}

/// Where 約 begins, if it stands in front of a place.
fn start_of_about(text: &str, at: usize) -> usize {
    let head = text.get(..at).unwrap_or_default();
    head.strip_suffix('約').map_or(at, str::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sentence: &str) -> usize {
        let document = Document {
            lines: vec![sentence.to_owned()],
            ..Document::default()
        };
        let running = RunningText::of(&document.lines);
        let mut findings = Vec::new();
        check(&document, &running, &mut findings);
        findings.len()
    }

    #[test]
    fn shares_in_words_are_judged_with_some_room() {
        for sentence in [
            "約9割（78％）が達成した。",
            "九割以上（87％）が達成した。",
            "9割弱（92％）が達成した。",
            "3分の2（45.0％）が市外から来た。",
            "78％（約9割）が達成した。",
            "三分の一（66％）が市外から来た。",
            "8割5分（70％）が達成した。",
        ] {
            assert_eq!(found(sentence), 1, "{sentence}");
        }
        for sentence in [
            "約9割（87%）が達成した。",
            "9割以上（93％）が達成した。",
            "3分の2（66.7％）が市外から来た。",
            "役割（20％）を分担する。",
            "割合（87％）は高い。",
            "87％（約9割）が達成した。",
            "9割引（10％）",
            "8割5分（85.0％）が達成した。",
            "自分の2（45.0％）",
        ] {
            assert_eq!(found(sentence), 0, "{sentence}");
        }
    }
}
