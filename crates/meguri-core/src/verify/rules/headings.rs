//! Fiscal years in the headings of a paper, as lines tell them.

use crate::fiscal_year::FiscalYear;
use crate::text::{name_key, narrow};

/// Every fiscal year in a line that bears its era or is written in four digits, and stands before
/// 年度; with the byte behind it in the narrowed line.
pub(super) fn fiscal_years(line: &str) -> Vec<(FiscalYear, usize)> {
    let line = narrow(line);
    let ends = line.match_indices("年度").map(|(at, _)| at);
    ends.filter_map(|at| {
        let year = year_before(line.get(..at)?)?;
        Some((year, at + "年度".len()))
    })
    .collect()
}

/// The year that ends a text: `令和6`, `R6`, `2024`, `令和6(2024)`, `令和元`.
fn year_before(head: &str) -> Option<FiscalYear> {
    let head = head.trim_end();
    // What stands in brackets repeats the year in the other way of counting.
    let head = match head.strip_suffix(')') {
        Some(inner) => inner.rsplit_once('(')?.0.trim_end(),
        None => head,
    };
    let number = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '元' || c == ' ');
    let eras = ["令和", "平成", "昭和", "R", "H", "S"];
    let era = eras.into_iter().find(|era| number.ends_with(era));
    let start = number.len() - era.map_or(0, str::len);
    FiscalYear::parse(head.get(start..)?)
}

/// The year of a line `…一覧（令和6年度）`: what the list below tells of.
pub(super) fn list_year(line: &str) -> Option<FiscalYear> {
    // Most lines are no heads of lists.
    if !line.contains('覧') || !line.contains('度') {
        return None;
    }
    let key = name_key(line);
    let (head, year) = key.rsplit_once('(')?;
    let year = year.strip_suffix(')')?;
    (head.ends_with("一覧") && year.ends_with("年度"))
        .then(|| FiscalYear::parse(year))
        .flatten()
}

/// The year at the end of a line: `事業費 令和7年度`.
pub(super) fn year_at_end(line: &str) -> Option<FiscalYear> {
    let line = narrow(line);
    let line = line.trim_end();
    let (year, end) = fiscal_years(line).pop()?;
    (end == line.len()).then_some(year)
}

/// The fiscal year in which a month lies: `令和7年3月末` is 令和6年度.
pub(super) fn year_of_month(line: &str, word: &str) -> Option<FiscalYear> {
    let line = narrow(line);
    let at = line.find(word)?;
    let head = line.get(..at)?.trim_end();
    let digits = head.trim_end_matches(|c: char| c.is_ascii_digit());
    let month: u32 = head.get(digits.len()..)?.parse().ok()?;
    let year = year_before(digits.trim_end().strip_suffix('年')?)?;
    match month {
        1..=3 => year.plus(-1),
        4..=12 => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(calendar: u16) -> Option<FiscalYear> {
        FiscalYear::new(calendar)
    }

    #[test]
    fn years_of_headings_are_read_in_all_their_prints() {
        for line in [
            "【参考】関連事務事業一覧（令和6年度）",
            "関連事業一覧(R6年度)",
            "関連事業 一覧（２０２４年度）",
        ] {
            assert_eq!(list_year(line), year(2024), "{line}");
        }
        assert_eq!(list_year("一覧は令和6年度のものです"), None);
        assert_eq!(
            year_at_end("予算科目 事務事業 事業費 令和7年度"),
            year(2025)
        );
        assert_eq!(year_at_end("令和7年度 の動向"), None);
        assert_eq!(
            year_of_month("取組実績 (令和7年3月末実績値)", "月末"),
            year(2024)
        );
        assert_eq!(year_of_month("令和6年9月末", "月末"), year(2024));
        let all: Vec<_> = fiscal_years("令和元年度と平成30(2018)年度、2年度")
            .into_iter()
            .map(|(year, _)| year.calendar_year())
            .collect();
        assert_eq!(all, [2019, 2018]);
    }
}
