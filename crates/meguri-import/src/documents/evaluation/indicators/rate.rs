//! Does a printed rate follow from target and actual? In whole numbers, as decimals are printed.

use super::line::Series;
use meguri_core::text::{is_dash_cell, narrow};

/// A printed figure in thousandths; `None` for words, dashes and anything that is no number.
pub(super) fn thousandths(text: &str) -> Option<i128> {
    let plain = narrow(text);
    let end = plain.find("(※").unwrap_or(plain.len());
    let (plain, _) = plain.split_at(end);
    let digits: String = plain
        .trim_start_matches('約')
        .chars()
        .filter(|c| *c != ',')
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    if whole.is_empty() || whole.len() > 18 {
        return None;
    }
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let whole: i128 = whole.parse().ok()?;
    let part: i128 = part.parse().ok()?;
    Some(whole * 1000 + part)
}

/// How well three lines agree, by the columns of the years with results: 0 = says nothing.
pub(super) fn agreement(target: &Series, actual: &Series, rate: &Series, known: usize) -> i32 {
    (1..=known)
        .map(|column| {
            let value = |line: &Series, at: usize| line.values.get(at).map(|v| v.value().clone());
            let before = column.checked_sub(1).and_then(|at| value(actual, at));
            match (
                value(target, column),
                value(actual, column),
                value(rate, column),
            ) {
                (Some(target), Some(actual), Some(rate)) => {
                    in_year(&target, &actual, &rate, before.as_deref())
                }
                _ => 0,
            }
        })
        .sum()
}

fn in_year(target: &str, actual: &str, rate: &str, before: Option<&str>) -> i32 {
    if is_dash_cell(rate) {
        return match (thousandths(target), thousandths(actual)) {
            (None, None) => 3,
            (Some(_), Some(_)) => -2,
            _ => 2,
        };
    }
    let Some(printed) = thousandths(rate) else {
        return 0;
    };
    let Some(actual) = thousandths(actual) else {
        return -4;
    };
    let (other, by_year) = match thousandths(target) {
        Some(target) => (target, false),
        None if is_dash_cell(target) => return -4,
        // 前年以下, 前年度比減, 前年比同程度: the year before is the target.
        None => match before.and_then(thousandths) {
            Some(before) => (before, true),
            None => return 0,
        },
    };
    let direct = off(actual, other, printed);
    let inverse = off(other, actual, printed);
    let score = |off: Option<i128>, best: i32| match off {
        // Half a unit of the first decimal is rounding; a whole one may be another way of rounding.
        Some(0..=50) => best,
        Some(51..=100) => best - 2,
        _ => -4,
    };
    score(direct, 6).max(score(inverse, if by_year { 6 } else { 5 }))
}

/// Does a printed rate follow from target and actual, in either direction? `None` where one of them
/// is no figure, so that nothing can be said.
pub(super) fn follows(
    target: &str,
    actual: &str,
    rate: &str,
    before: Option<&str>,
) -> Option<bool> {
    let (printed, actual) = (thousandths(rate)?, thousandths(actual)?);
    let target = thousandths(target).or_else(|| before.and_then(thousandths))?;
    let near = |off: Option<i128>| off.is_some_and(|off| off <= 60);
    Some(near(off(actual, target, printed)) || near(off(target, actual, printed)))
}

/// How far `a ÷ b` is from the printed percentage, in thousandths of a percent.
fn off(a: i128, b: i128, printed_thousandths: i128) -> Option<i128> {
    if b <= 0 {
        return None;
    }
    // Percent in thousandths: a ÷ b × 100 × 1000.
    let scaled = a.checked_mul(100_000)?;
    Some(((scaled / b) - printed_thousandths).abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_follow_from_targets_and_actuals() {
        assert!(in_year("61", "46", "75.4%", Some("46")) > 0);
        assert!(in_year("4以上", "3", "75.0%", None) > 0);
        assert!(in_year("前年以下", "243", "106.6%", Some("259")) > 0);
        assert!(in_year("-", "-", "-", None) > 0);
        assert!(in_year("61", "54", "75.4%", None) < 0);
        assert_eq!(thousandths("1,071(※2)"), Some(1_071_000));
    }
}
