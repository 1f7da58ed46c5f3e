//! `全20のプログラムのうち、18プログラムが…、2プログラムが…`: do the parts make up the whole?

use super::RULE;
use crate::evaluation::Document;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::running_text::RunningText;
use crate::verify::scan::{Number, ahead, behind, number_at, number_before};
use rust_decimal::Decimal;

/// The whole must be called one (`全20…`), and at least two parts must follow in the sentence.
pub(super) fn check(document: &Document, running: &RunningText, offset: usize) -> Option<Finding> {
    let text = running.text.as_str();
    let (whole, unit) = whole_before(text, offset)?;
    let parts = parts(text, offset + "のうち".len(), &unit);
    let sum: Decimal = parts.iter().map(|part| part.value).sum();
    if parts.len() < 2 || sum == whole.value {
        return None;
    }
    let end = parts.last().map_or(offset, |part| part.end);
    let mark = running.printed(&document.lines, whole.start, end);
    let place = Place::text(document, running.line_at(whole.start), mark).field("文中の内訳");
    let message = format!("全{}{unit}の内訳を足すと{sum}になります。", whole.value);
    let hint = "内訳に漏れや重なりがないかを確認してください。";
    let terms: Vec<String> = parts.iter().map(|part| part.value.to_string()).collect();
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
    let steps = vec![format!("{} ＝ {sum}", terms.join(" ＋ "))];
    Some(finding.figures(whole.value, sum).steps(steps))
}

/// `全 20のプログラム` in front of a place: the number and its unit.
fn whole_before(text: &str, offset: usize) -> Option<(Number, String)> {
    let window = behind(text, offset, 14);
    let digit_end = window.rfind(|c: char| c.is_ascii_digit())? + 1;
    let number = number_before(text, offset - (window.len() - digit_end))?;
    text.get(..number.start)?.trim_end().strip_suffix('全')?;
    let unit = window.get(digit_end..)?.trim();
    let unit = unit.strip_prefix('の').unwrap_or(unit);
    let is_word = !unit.is_empty() && unit.chars().all(|c| c.is_alphabetic() || c == 'ー');
    is_word.then(|| (number, unit.to_owned()))
}

/// The numbers with the unit up to the end of the sentence.
fn parts(text: &str, offset: usize, unit: &str) -> Vec<Number> {
    let sentence = ahead(text, offset, 200);
    let sentence = sentence.split('。').next().unwrap_or_default();
    let ends = sentence.match_indices(unit).map(|(at, _)| offset + at);
    ends.filter_map(|end| number_before(text, end))
        .filter(|number| number.start >= offset && number_at(text, number.start).is_some())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_whole_are_found() {
        let text = "全 20のプログラムのうち、18プログラムが「予定どおり」、2プログラムが「遅れ」。";
        let offset = text.find("のうち").expect("the word");
        let (whole, unit) = whole_before(text, offset).expect("the whole");
        assert_eq!(
            (whole.value, unit.as_str()),
            (Decimal::from(20), "プログラム")
        );
        let parts = parts(text, offset + "のうち".len(), &unit);
        assert_eq!(
            parts.iter().map(|p| p.value).sum::<Decimal>(),
            Decimal::from(20)
        );
    }
}
