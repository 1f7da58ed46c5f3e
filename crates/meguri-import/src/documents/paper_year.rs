//! The fiscal year that a progress list is about: of its title, of the line below it, else of the
//! heads of its columns.
//!
//! A title says it in many ways (【令和4年度末】, 進捗状況（令和4年度末）, 令和5年3月末現在,
//! 令和4年度実績). The years of a plan (令和3～6年度), of a publication (令和5年度版) and of sentences
//! are others.

use crate::printed::Cell;
use crate::source_text::SourceText;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::text::narrow;

/// A cell longer than this is no title and no head of a column.
const LONG: usize = 60;

/// How surely a place names the year that the paper is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// What was planned for the year: 令和4年度当初予定.
    Plan,
    /// The title of a paper of the year: 令和4年度 推進プログラム進捗状況.
    Title,
    /// The state at the end of the year: 令和4年度末.
    End,
}

/// A year with its line.
#[derive(Clone, Copy, Debug)]
struct Named {
    rank: Rank,
    year: FiscalYear,
    line: u32,
}

/// The year that a paper is about, and the line that says so. Where places of one rank disagree,
/// that which most of them say; of two said as often the first.
pub(super) fn find(source: &SourceText) -> Option<Cell<FiscalYear>> {
    most_named(source, false)
}

/// As [`find`], by titles only: where a year that stands alone is the head of a column.
pub(super) fn of_titles(source: &SourceText) -> Option<Cell<FiscalYear>> {
    most_named(source, true)
}

fn most_named(source: &SourceText, titles: bool) -> Option<Cell<FiscalYear>> {
    let mut named: Vec<Named> = Vec::new();
    for line in &source.lines {
        for cell in line.text.split('\t').filter(|cell| may_name(cell)) {
            named.extend(of_cell(cell, line.number, titles));
        }
    }
    let best = named.iter().map(|one| one.rank).max()?;
    named.retain(|one| one.rank == best);
    let mut counted: Vec<(Named, usize)> = Vec::new();
    for one in named {
        match counted.iter_mut().find(|(known, _)| known.year == one.year) {
            Some((_, count)) => *count += 1,
            None => counted.push((one, 1)),
        }
    }
    let most = counted.iter().map(|(_, count)| *count).max()?;
    let (first, _) = counted.into_iter().find(|(_, count)| *count == most)?;
    Some(Cell::printed(first.year, first.line))
}

/// A cheap sieve: short, no sentence, no item of a list, with a year in it.
fn may_name(cell: &str) -> bool {
    let text = cell.trim();
    text.contains(['年', '㋿', 'R', 'Ｒ', 'H', 'Ｈ'])
        && !text.contains('。')
        && !text.starts_with(['・', '●', '○', '■', '◆', '※', '-', '「'])
        && text.chars().nth(LONG).is_none()
}

/// The years that a cell names.
fn of_cell(cell: &str, line: u32, titles: bool) -> Vec<Named> {
    let text: String = narrow(cell).split_whitespace().collect();
    let title = TITLES.iter().any(|word| text.contains(word));
    let mut found = Vec::new();
    if titles && !title {
        return found;
    }
    let mut before: Option<char> = None;
    let mut skip = 0_usize;
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        let follows = before.replace(c);
        if at < skip || !starts_year(c) || follows.is_some_and(joins) {
            continue;
        }
        let Some((year, behind)) = FiscalYear::parse_prefix(rest) else {
            continue;
        };
        skip = text.len().saturating_sub(behind.len());
        let (year, behind) = of_date(year, &behind);
        let whole = text.get(..at).unwrap_or_default().chars().all(is_bracket);
        if let Some(rank) = rank(behind, title, whole) {
            found.push(Named { rank, year, line });
        }
    }
    found
}

/// Words of the titles of progress lists.
const TITLES: [&str; 9] = [
    "進捗",
    "進行状況",
    "実施状況",
    "実施等状況",
    "取組状況",
    "達成状況",
    "実績",
    "評価結果",
    "報告",
];

const fn starts_year(c: char) -> bool {
    matches!(
        c,
        '令' | '平' | '昭' | '㋿' | '㍻' | '㍼' | 'R' | 'H' | 'S' | '1' | '2'
    )
}

/// Before a year: it is the end of a span, or no year at all.
const fn joins(c: char) -> bool {
    matches!(
        c,
        '~' | '〜' | '～' | '-' | '－' | '.' | '/' | '第' | '№' | 'o'
    ) || c.is_ascii_alphanumeric()
}

const fn is_bracket(c: char) -> bool {
    matches!(
        c,
        '(' | ')'
            | '['
            | ']'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '<'
            | '>'
            | '＜'
            | '＞'
            | '〈'
            | '〉'
            | '《'
            | '》'
            | '（'
            | '）'
    )
}

/// The fiscal year of a date (令和5年3月末 is the end of 令和4年度), and what stands behind it.
fn of_date(year: FiscalYear, behind: &str) -> (FiscalYear, &str) {
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = behind.split_at_checked(digits).unwrap_or(("", behind));
    let (Ok(month @ 1..=12), Some(rest)) = (number.parse::<u8>(), rest.strip_prefix('月')) else {
        return (year, behind);
    };
    let day = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = rest
        .get(day..)
        .and_then(|rest| rest.strip_prefix('日'))
        .unwrap_or(rest);
    let began = if month <= 3 {
        year.plus(-1)
    } else {
        Some(year)
    };
    (began.unwrap_or(year), rest)
}

/// What a year says by what stands behind it; `whole`: nothing stands before it.
fn rank(behind: &str, title: bool, whole: bool) -> Option<Rank> {
    let behind = behind.trim_start_matches('の');
    let plan = ["当初予定", "当初の予定", "当初計画", "設定目標", "当初目標"];
    if plan.iter().any(|word| behind.starts_with(word)) {
        return Some(Rank::Plan);
    }
    let end = [
        "末時点",
        "末現在",
        "年度末",
        "末",
        "現在",
        "時点",
        "分",
        "まで",
    ];
    let end = end.iter().find_map(|word| behind.strip_prefix(word));
    if let Some(rest) = end {
        let rest = rest.trim_start_matches('の');
        let closed = rest.chars().all(is_bracket) && (whole || title);
        let said = closed || TITLES.iter().any(|word| rest.starts_with(word));
        return said.then_some(Rank::End);
    }
    if TITLES.iter().any(|word| behind.starts_with(word)) {
        return Some(Rank::End);
    }
    let open = behind.trim_start_matches(is_bracket);
    let other = [
        "~", "〜", "～", "-", "－", "・", "、", ".", "年", "月", "版", "から", "以", "に", "を",
        "は", "が", "も", "と", "改", "策", "開", "予", "公", "作", "発", "想", "以降", "より",
        "か",
    ];
    if other.iter().any(|word| open.starts_with(word)) {
        return None;
    }
    if open.is_empty() {
        let bracketed = whole && behind.len() > open.len();
        return (title || bracketed).then_some(Rank::Title);
    }
    title.then_some(Rank::Title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(text: &str) -> Option<String> {
        find(&SourceText::from_text(text)).map(|cell| cell.value().to_string())
    }

    #[test]
    fn a_title_tells_its_year_in_every_way_in_which_cities_print_it() {
        let cases = [
            "みずほ野市推進プログラム\n（令和3年度～令和6年度）進捗状況\n【令和4年度末】",
            "推進プログラム進捗状況（令和 4 年度末）",
            "推進プログラムの進捗状況【Ｒ４年度末現在】",
            "令和4年度 推進プログラム 進捗状況報告書",
            "令和５年度版 進捗状況報告書（令和４年度実績）",
            "〔2022年度末〕",
            "進捗状況（令和5年3月31日現在）",
            "進捗状況一覧（令和5年3月末時点）",
            "（令和４年度）",
            "１ 各プログラムの令和 4年度末進捗状況",
            "令和４年度当初予定\n令和４年度設定目標（前年度末の状況）",
            "項目\t担当課\t評価\t令和4年度当初予定 (目標値)\t取組実績 (令和5年3月末実績値)",
            "令和4年度までの実施等状況",
            "R4年度取組実績",
        ];
        for text in cases {
            assert_eq!(year(text).as_deref(), Some("令和4年度"), "{text}");
        }
    }

    #[test]
    fn years_of_plans_publications_and_sentences_are_not_the_papers_year() {
        let cases = [
            "推進プログラム（令和3～6年度）",
            "（令和3年度～令和6年度）進捗状況",
            "・令和3年度末に改定した方針",
            "令和3年度末に改定・策定した「指針」と、方針の",
            "年度スケジュール（R3.6時点想定）",
            "第4次プラン 進捗状況",
            "令和5年度版",
            "令和5年度に",
            "",
        ];
        for text in cases {
            assert_eq!(year(text), None, "{text}");
        }
    }
}
