//! Heads of year columns in all the ways that papers print them: 令和5年度, 令和5(2023)年度, ㋿5年度,
//! R5, 2023, 2023年度, 5年度 behind a head with its era, spaced or not.

use super::{FiscalYear, era_prefix, year_number};
use crate::text::{narrow, normal_form};

/// The head of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearHead {
    /// The year that it names.
    pub year: FiscalYear,
    /// As printed, without blanks and in narrow figures.
    pub printed: String,
    /// It names a year in two calendars, and they do not fit (令和5(2024)年度).
    pub contradicts: bool,
    /// 年度 or 年 is printed: without it, a head is known by its neighbours only.
    worded: bool,
}

/// The longest cell of a head, in bytes: `令和３年度（２０２１年度）目標値（見込み）`.
const LONGEST_CELL: usize = 80;
/// The most heads of one line; no table has as many columns.
const MOST_HEADS: usize = 40;

impl YearHead {
    /// The heads of a line that holds nothing else, in printed order; `None` for any other line.
    ///
    /// `before` is the year of the head before them, which gives a bare 5年度 its era.
    #[must_use]
    pub fn line(line: &str, before: Option<FiscalYear>) -> Option<Vec<Self>> {
        if line.len() > 400 {
            return None;
        }
        let text = narrow(&normal_form(line));
        let mut rest = text.trim();
        let mut heads: Vec<Self> = Vec::new();
        while !rest.is_empty() && heads.len() < MOST_HEADS {
            let last = heads.last().map(|head| (head.year, head.worded));
            let (head, more) = head(rest, last.or(before.map(|year| (year, true))))?;
            heads.push(head);
            rest = more.trim_start();
        }
        (rest.is_empty() && are_heads(&heads)).then_some(heads)
    }

    /// The heads among the cells of a row, with the columns that they stand in; other cells may stand
    /// between them. Bare figures (2023 2024 2025) are heads only where they go on with the year
    /// before them.
    #[must_use]
    pub fn among(cells: &[&str]) -> Vec<(usize, Self)> {
        let mut found: Vec<(usize, Self)> = Vec::new();
        for (column, cell) in cells.iter().enumerate() {
            if cell.len() > LONGEST_CELL || found.len() == MOST_HEADS {
                continue;
            }
            let text = narrow(&normal_form(cell));
            let last = found.last().map(|(_, head)| (head.year, head.worded));
            match head(text.trim(), last) {
                Some((head, rest)) if rest.trim().is_empty() => found.push((column, head)),
                _ => {}
            }
        }
        let worded: Vec<bool> = found.iter().map(|(_, head)| !head.is_bare()).collect();
        let goes_on = |at: usize| {
            let next = found.get(at + 1).map(|(_, head)| head);
            let before = at.checked_sub(1).and_then(|at| found.get(at));
            let own = found.get(at).map(|(_, head)| head.year);
            let from = before.and_then(|(_, head)| head.year.plus(1));
            let to = next.and_then(|head| head.year.plus(-1));
            own.is_some() && (own == from || own == to)
        };
        let keep: Vec<bool> = (0..found.len())
            .map(|at| worded.get(at) == Some(&true) || goes_on(at))
            .collect();
        let kept = found.into_iter().zip(keep).filter(|(_, keep)| *keep);
        kept.map(|(found, _)| found).collect()
    }

    /// Is only a figure printed, so that its neighbours must tell that it is a year?
    fn is_bare(&self) -> bool {
        self.printed.bytes().all(|b| b.is_ascii_digit())
    }

    /// The one head that a cell holds, `None` where it holds anything else.
    #[must_use]
    pub fn cell(cell: &str, before: Option<FiscalYear>) -> Option<Self> {
        let mut heads = Self::line(cell, before)?.into_iter();
        let only = heads.next()?;
        heads.next().is_none().then_some(only)
    }
}

/// Bare figures (2023 2024 2025) are heads only where each is the year after the one before.
fn are_heads(heads: &[YearHead]) -> bool {
    let all_bare = heads.iter().all(YearHead::is_bare);
    let in_turn = heads
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if a.year.plus(1) == Some(b.year)));
    !heads.is_empty() && (!all_bare || heads.len() > 1 && in_turn)
}

/// One head at the head of a narrow text, and what follows.
fn head(text: &str, before: Option<(FiscalYear, bool)>) -> Option<(YearHead, &str)> {
    let (base, rest) = spaced_era(text);
    let (number, rest) = year_number(rest.trim_start())?;
    let (between, rest) = other_calendar(rest);
    let (worded, rest) = year_word(rest);
    let (behind, rest) = other_calendar(rest);
    let rest = without_note(rest);
    let year = match base {
        Some(first) => FiscalYear::new(first.checked_add(number.checked_sub(1)?)?)?,
        None if number >= 1000 => {
            // A bare figure is a year only where one can be meant.
            let near = (1985..=2100).contains(&number);
            FiscalYear::new(number).filter(|_| worded || near)?
        }
        None => counted_on(number, worded, before?)?,
    };
    let printed = text.strip_suffix(rest).unwrap_or(text);
    let other = between.or(behind);
    let head = YearHead {
        year,
        printed: printed.chars().filter(|c| !c.is_whitespace()).collect(),
        contradicts: other.is_some_and(|other| other != year),
        worded,
    };
    Some((head, rest))
}

/// A number without an era: it counts in the era of the year before it, or in the next one. Without
/// 年度 it must be the very next, behind a head that has no 年度 either.
fn counted_on(number: u16, worded: bool, before: (FiscalYear, bool)) -> Option<FiscalYear> {
    let (before, before_worded) = before;
    let (_, _, last) = before.era();
    let first = before.calendar_year().checked_sub(last)?.checked_add(1)?;
    let in_era = FiscalYear::new(first.checked_add(number.checked_sub(1)?)?)?;
    let next = before.plus(1)?;
    if !worded {
        let same = in_era == next || next.era().2 == number;
        return (same && !before_worded).then_some(next);
    }
    if in_era > before {
        return Some(in_era);
    }
    // 平成31年度 2年度: the number begins anew with the next era.
    let anew = (1..=40)
        .filter_map(|ahead| before.plus(ahead))
        .find(|year| year.era().2 == number && year.era().0 != before.era().0);
    anew.or(Some(in_era))
}

/// The era at the head of a text, its letters apart or not.
fn spaced_era(text: &str) -> (Option<u16>, &str) {
    let (found, rest) = era_prefix(text);
    if found.is_some() {
        return (found, rest);
    }
    let mut letters = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let (Some((_, first)), Some((at, second))) = (letters.next(), letters.next()) else {
        return (None, text);
    };
    let name: String = [first, second].into_iter().collect();
    match (era_prefix(&name), text.get(at + second.len_utf8()..)) {
        ((Some(found), ""), Some(rest)) => (Some(found), rest),
        _ => (None, text),
    }
}

/// 年度 or 年, its letters apart or not.
fn year_word(text: &str) -> (bool, &str) {
    let Some(rest) = text.trim_start().strip_prefix('年') else {
        return (false, text);
    };
    (true, rest.trim_start().strip_prefix('度').unwrap_or(rest))
}

/// `(2023)`, `(令和5年度)`: the same year in the other calendar.
fn other_calendar(text: &str) -> (Option<FiscalYear>, &str) {
    let inner = text.trim_start().strip_prefix(['(', '[', '/']);
    let Some((inner, rest)) = inner.and_then(|inner| inner.split_once([')', ']'])) else {
        return (None, text);
    };
    let packed: String = inner.chars().filter(|c| !c.is_whitespace()).collect();
    match FiscalYear::parse(&packed) {
        Some(year) => (Some(year), rest),
        None => (None, text),
    }
}

/// Words behind the year that belong to its head: 目標, (見込), 末.
fn without_note(text: &str) -> &str {
    const WORDS: [&str; 14] = [
        "目標値",
        "目標",
        "実績値",
        "実績",
        "計画値",
        "計画",
        "予定",
        "予算",
        "決算",
        "見込み",
        "見込",
        "時点",
        "末",
        "値",
    ];
    let mut rest = text;
    for _ in 0..3 {
        let head = rest.trim_start();
        let head = head.strip_prefix('(').unwrap_or(head);
        let Some(after) = WORDS.iter().find_map(|word| head.strip_prefix(word)) else {
            return rest;
        };
        rest = after.strip_prefix(')').unwrap_or(after);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(line: &str) -> Option<Vec<u16>> {
        let heads = YearHead::line(line, None)?;
        Some(heads.iter().map(|h| h.year.calendar_year()).collect())
    }

    #[test]
    fn every_way_to_print_year_heads_gives_their_years_in_printed_order() {
        let want = Some(vec![2023, 2024, 2025, 2026]);
        for line in [
            "令和5年度 令和6年度 令和7年度 令和8年度",
            "令和５年度\t６年度\t７年度\t８年度",
            "令和5(2023)年度 令和6(2024)年度 令和7(2025)年度 令和8(2026)年度",
            "令和5年度（2023年度） 令和6年度（2024年度） 7年度 8年度",
            "㋿5年度 ㋿6年度 ㋿7年度 ㋿8年度",
            "㋿ 5 年度 ㋿ 6 年度 ㋿ 7 年度 ㋿ 8 年度",
            "令 和 5 年 度　令 和 6 年 度　令 和 7 年 度　令 和 8 年 度",
            "R5 R6 R7 R8",
            "Ｒ５年度Ｒ６年度Ｒ７年度Ｒ８年度",
            "R5 6 7 8",
            "R.5 R.6 R.7 R.8",
            "令5 令6 令7 令8",
            "令和五年度 令和六年度 令和七年度 令和八年度",
            "令和五年度 六年度 七年度 八年度",
            "2023 2024 2025 2026",
            "2023年度 2024年度 2025年度 2026年度",
            "2023(R5)年度 2024(R6)年度 2025(R7)年度 2026(R8)年度",
            "令和5年度目標 令和6年度目標 令和7年度(見込) 令和8年度 (目標)",
            "令和5年 令和6年 令和7年 令和8年",
        ] {
            assert_eq!(years(line), want, "{line}");
        }
        assert_eq!(
            years("令和5年度 令和36年度 令和7年度"),
            Some(vec![2023, 2054, 2025])
        );
        assert_eq!(
            years("平成30年度 31年度 2年度 3年度"),
            Some(vec![2018, 2019, 2020, 2021])
        );
    }

    #[test]
    fn heads_among_other_cells_keep_their_columns() {
        let among = |row: &str| -> Vec<(usize, u16)> {
            let cells: Vec<&str> = row.split('|').collect();
            let heads = YearHead::among(&cells).into_iter();
            heads
                .map(|(at, head)| (at, head.year.calendar_year()))
                .collect()
        };
        let want = [(1, 2023), (2, 2024), (4, 2025)];
        for row in [
            "事業名|令和5年度|令和6年度|備考|令和7年度",
            "事業名|令和5(2023)年度|6(2024)年度||7年度",
            "事業名|㋿5年度|㋿ 6 年度|備考|㋿7年度（目標）",
            "事業名|2023|2024|備考|2025",
            "事業名|R5|6||7",
            "1,200|2023年度|2024年度|備考|2025年度末",
        ] {
            assert_eq!(among(row), want, "{row}");
        }
        assert_eq!(among("1|登録者数|人|2000|2100|2200"), []);
        assert_eq!(among("令和7年3月|4年度|1,234|—|人/年"), []);
        let out_of_order = among("令和5年度|令和36年度|令和7年度");
        assert_eq!(out_of_order, [(0, 2023), (1, 2054), (2, 2025)]);
    }

    #[test]
    fn other_lines_are_no_heads() {
        for line in [
            "",
            "2000",
            "2,000 2,100",
            "8 10 12 14",
            "2000 2100",
            "5年度",
            "令和5年度の実績",
            "令和7年3月",
            "1 居場所の数",
            "目標 2023 2024",
            "R",
            "-",
            "2023 1998",
            "一 二 三",
            "令和三丁目",
        ] {
            assert_eq!(years(line), None, "{line}");
        }
    }

    #[test]
    fn a_year_in_two_calendars_that_do_not_fit_is_told() {
        let heads = YearHead::line("令和5(2024)年度 令和6(2024)年度", None);
        let told: Vec<bool> = heads.iter().flatten().map(|h| h.contradicts).collect();
        assert_eq!(told, [true, false]);
    }
}
