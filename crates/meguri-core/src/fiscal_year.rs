//! 年度: the fiscal year of a Japanese municipality, 1 April to 31 March (地方自治法第208条).
//!
//! Printed as 令和4年度, R4 or 2022年度 and read from all of them, in full and half width, with 元年,
//! across changes of era, and as spans such as 令和3～6年度.

mod heads;

pub use heads::YearHead;

use crate::calendar::Day;
use crate::text::{kanji_figure, narrow};
use std::fmt;

/// A fiscal year, named by the calendar year in which it begins (令和4年度 = 2022).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear(u16);

/// The eras in which fiscal years are counted, newest first: name, letter, calendar year of 元年.
///
/// A fiscal year takes the name of the era that its larger part lies in, as cities print it:
/// 2019年度 is 令和元年度 and 1989年度 平成元年度, although both began under the older era.
const ERAS: [(&str, char, u16); 5] = [
    ("令和", 'R', 2019),
    ("平成", 'H', 1989),
    ("昭和", 'S', 1926),
    ("大正", 'T', 1912),
    ("明治", 'M', 1868),
];

impl FiscalYear {
    /// The fiscal year that begins in April of a calendar year from 1868 to 2999.
    #[must_use]
    pub const fn new(calendar_year: u16) -> Option<Self> {
        if calendar_year >= 1868 && calendar_year <= 2999 {
            Some(Self(calendar_year))
        } else {
            None
        }
    }

    /// The calendar year in which it begins.
    #[must_use]
    pub const fn calendar_year(self) -> u16 {
        self.0
    }

    /// The fiscal year in which a day lies.
    #[must_use]
    pub const fn containing(day: Day) -> Self {
        if day.month() >= 4 {
            Self(day.year())
        } else {
            Self(day.year() - 1)
        }
    }

    /// Its first day, 1 April.
    #[must_use]
    pub const fn first_day(self) -> Day {
        Day::april_first(self.0)
    }

    /// Its last day, 31 March of the next calendar year.
    #[must_use]
    pub const fn last_day(self) -> Day {
        Day::march_last(self.0 + 1)
    }

    /// The fiscal year `years` later (earlier where negative), where there is one.
    #[must_use]
    pub fn plus(self, years: i32) -> Option<Self> {
        u16::try_from(i32::from(self.0) + years)
            .ok()
            .and_then(Self::new)
    }

    /// Reads a whole text as one fiscal year: `令和4年度`, `令和４年`, `R4`, `2022年度`, `2022`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = Self::parse_prefix(text)?;
        rest.is_empty().then_some(year)
    }

    /// Reads a fiscal year at the head of a text and gives what follows it, narrowed.
    ///
    /// Years counted from an era may pass its end (平成31年度 is 2019, 令和元年度).
    #[must_use]
    pub fn parse_prefix(text: &str) -> Option<(Self, String)> {
        let text = narrow(text);
        let text = text.trim();
        let (base, rest) = era_prefix(text);
        let (number, rest) = year_number(rest)?;
        let year = match base {
            Some(first) if number >= 1 => first.checked_add(number - 1)?,
            Some(_) => return None,
            None if number >= 1000 => number,
            None => return None,
        };
        let rest = rest.trim_start();
        // 令和5(2023)年度: the other calendar between number and 年度.
        let inner = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        let other = inner.filter(|(other, rest)| {
            rest.trim_start().starts_with('年') && Self::parse(other).is_some()
        });
        let rest = other.map_or(rest, |(_, rest)| rest.trim_start());
        let rest = rest
            .strip_prefix("年度")
            .or_else(|| rest.strip_prefix('年'))
            .unwrap_or(rest);
        Some((Self::new(year)?, rest.trim().to_owned()))
    }

    /// The short print of tables: `R4`, `H30`, `R1`.
    #[must_use]
    pub fn short(self) -> String {
        let (_, letter, number) = self.era();
        format!("{letter}{number}")
    }

    /// The western print: `2022年度`.
    #[must_use]
    pub fn western(self) -> String {
        format!("{}年度", self.0)
    }

    /// Era name, letter and year within the era (1 = 元年).
    #[must_use]
    pub fn era(self) -> (&'static str, char, u16) {
        let (name, letter, first) = ERAS
            .into_iter()
            .find(|(_, _, first)| self.0 >= *first)
            .unwrap_or(ERAS[4]);
        (name, letter, self.0 - first + 1)
    }
}

/// `令和4年度`; the first year of an era is `元年度`.
impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.era() {
            (name, _, 1) => write!(f, "{name}元年度"),
            (name, _, number) => write!(f, "{name}{number}年度"),
        }
    }
}

impl fmt::Debug for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FiscalYear({})", self.0)
    }
}

/// A span of fiscal years, both ends within: 令和3～6年度.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FiscalYearSpan {
    /// First year.
    pub first: FiscalYear,
    /// Last year, not before the first.
    pub last: FiscalYear,
}

impl FiscalYearSpan {
    /// A span, unless its ends are the wrong way round.
    #[must_use]
    pub fn new(first: FiscalYear, last: FiscalYear) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// Reads `令和3～6年度`, `令和3年度～令和6年度`, `R3-R6`, `平成30～令和2年度`, `2021〜2024年度`.
    ///
    /// A second year without an era is counted in the era of the first.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = narrow(text);
        let (head, tail) = text.split_once(['~', '～', '〜', '-', '－', '−', '–', '—', '―'])?;
        let first = FiscalYear::parse(head)?;
        let last = FiscalYear::parse(tail).or_else(|| {
            let (base, _) = era_prefix(head.trim());
            let (number, rest) = year_number(tail.trim())?;
            let rest = rest.trim();
            if !matches!(rest, "年度" | "年" | "") {
                return None;
            }
            FiscalYear::new(base?.checked_add(number.checked_sub(1)?)?)
        })?;
        Self::new(first, last)
    }

    /// Its years in order.
    pub fn years(self) -> impl Iterator<Item = FiscalYear> {
        (self.first.0..=self.last.0).map(FiscalYear)
    }

    /// Does the year lie within?
    #[must_use]
    pub fn contains(self, year: FiscalYear) -> bool {
        self.first <= year && year <= self.last
    }
}

/// `令和3年度～令和6年度`, shortened to `令和3～6年度` within one era.
impl fmt::Display for FiscalYearSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, _, from) = self.first.era();
        let (last_name, _, to) = self.last.era();
        match (from, name == last_name) {
            (1, true) => write!(f, "{name}元～{to}年度"),
            (_, true) => write!(f, "{name}{from}～{to}年度"),
            _ => write!(f, "{}～{}", self.first, self.last),
        }
    }
}

/// The first calendar year of the era named at the head, and what follows.
fn era_prefix(text: &str) -> (Option<u16>, &str) {
    for ((name, letter, first), sign) in ERAS.into_iter().zip(['㋿', '㍻', '㍼', '㍽', '㍾']) {
        if let Some(rest) = text.strip_prefix(name).or_else(|| text.strip_prefix(sign)) {
            return (Some(first), rest.trim_start());
        }
        // 令5: the first character of the name alone, right before the number.
        let short = name
            .chars()
            .next()
            .filter(|c| matches!(c, '令' | '平' | '昭'));
        let short = short.and_then(|c| text.strip_prefix(c));
        if let Some(rest) = short.filter(|rest| year_number(rest).is_some()) {
            return (Some(first), rest);
        }
        let rest = text
            .strip_prefix(letter)
            .or_else(|| text.strip_prefix(letter.to_ascii_lowercase()));
        if let Some(rest) = rest {
            let rest = rest.strip_prefix('.').unwrap_or(rest);
            if rest.starts_with(|c: char| c.is_ascii_digit()) {
                return (Some(first), rest);
            }
        }
    }
    (None, text)
}

/// The number of a year (元 = 1, at most four digits) at the head, and what follows. One in kanji has
/// 年, a span or nothing behind it.
fn year_number(text: &str) -> Option<(u16, &str)> {
    if let Some(rest) = text.strip_prefix('元') {
        return Some((1, rest));
    }
    if let Some((number, rest)) = kanji_figure(text) {
        let next = rest.trim_start().chars().next();
        let closed = next.is_none_or(|c| matches!(c, '年' | '(' | '~' | '～' | '〜' | '-' | '－'));
        let worded = next.is_some() || number < 100;
        let number = u16::try_from(number).ok()?;
        return (closed && worded).then_some((number, rest));
    }
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    if end == 0 || end > 4 {
        return None;
    }
    Some((text[..end].parse().ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_print_of_a_year_reads_as_the_same_year() {
        let cases = [
            ("令和4年度", 2022),
            ("令和４年度", 2022),
            ("令和 4年度", 2022),
            ("R4", 2022),
            ("Ｒ４", 2022),
            ("R04", 2022),
            ("㋿4年度", 2022),
            ("㍻30年度", 2018),
            ("令4年度", 2022),
            ("令和4(2022)年度", 2022),
            ("2022（令和4）年度", 2022),
            ("r4年度", 2022),
            ("2022年度", 2022),
            ("２０２２", 2022),
            ("令和元年度", 2019),
            ("令和四年度", 2022),
            ("令和 四 年度", 2022),
            ("令和四（2022）年度", 2022),
            ("平成三十一年度", 2019),
            ("二〇二二年度", 2022),
            ("二千二十二年度", 2022),
            ("平成31年度", 2019),
            ("H30", 2018),
            ("昭和63年度", 1988),
            ("平成元年度", 1989),
        ];
        for (text, want) in cases {
            assert_eq!(
                FiscalYear::parse(text).map(FiscalYear::calendar_year),
                Some(want),
                "{text}"
            );
        }
        for text in [
            "",
            "令和",
            "4年度",
            "R",
            "令和0年度",
            "R99999",
            "人口",
            "12345",
            "令和4年度末",
            "令和四丁目",
            "二千二十",
            "四年度",
        ] {
            assert_eq!(FiscalYear::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_year_prints_as_cities_print_it() {
        let print = |y| FiscalYear::new(y).map(|y| format!("{y} {} {}", y.short(), y.western()));
        assert_eq!(print(2019).as_deref(), Some("令和元年度 R1 2019年度"));
        assert_eq!(print(2018).as_deref(), Some("平成30年度 H30 2018年度"));
        assert_eq!(print(1925).as_deref(), Some("大正14年度 T14 1925年度"));
        assert_eq!(print(1867), None);
    }

    #[test]
    fn spans_read_and_print() {
        let cases = [
            ("令和3～6年度", "令和3～6年度"),
            ("令和３〜６年度", "令和3～6年度"),
            ("令和三～六年度", "令和3～6年度"),
            ("令和3年度～令和6年度", "令和3～6年度"),
            ("R3-R6", "令和3～6年度"),
            ("令和元～3年度", "令和元～3年度"),
            ("平成30～令和2年度", "平成30年度～令和2年度"),
            ("2021-2024年度", "令和3～6年度"),
        ];
        for (text, want) in cases {
            let span = FiscalYearSpan::parse(text).map(|s| s.to_string());
            assert_eq!(span.as_deref(), Some(want), "{text}");
        }
        for text in ["令和6～3年度", "令和3年度", "3～6年度", "令和3～6件"] {
            assert_eq!(FiscalYearSpan::parse(text), None, "{text}");
        }
    }
}
