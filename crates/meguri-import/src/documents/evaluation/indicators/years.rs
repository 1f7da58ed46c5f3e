//! The year columns of the table of indicators, in the order in which they are printed.
//!
//! A year that does not fit the others (a typing error) keeps its column and is told; years are
//! put in order only where their heads are torn over several lines, so that no order is printed.

use crate::documents::evaluation::form::squash;
use crate::documents::evaluation::pages::Page;
use crate::documents::year_columns::{Doubt, RunningYears, running_years};
use meguri_core::fiscal_year::{FiscalYear, YearHead};

/// The columns behind the base year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Columns {
    /// Years with a target.
    pub(in super::super) years: Vec<FiscalYear>,
    /// How many of them have results.
    pub(in super::super) known: usize,
    /// Pages bear numbers, which stand alone.
    pub(in super::super) numbered_pages: bool,
    /// Heads that do not fit the others, with their lines and what is read instead.
    pub(in super::super) doubts: Vec<Doubt>,
}

/// The heads of one line.
struct Heads {
    heads: Vec<YearHead>,
    line: u32,
}

/// Reads the year heads of a sheet's pages; `None` where there are none.
pub(in super::super) fn columns(
    pages: &[Page<'_>],
    evaluated: Option<FiscalYear>,
) -> Option<Columns> {
    let (base, lines) = heads(pages);
    let ordered = in_printed_order(base, &lines);
    let (heads, printed) = match ordered {
        Some(heads) => (heads, true),
        None => (torn(base, &lines)?, false),
    };
    let RunningYears {
        years,
        doubts,
        first,
    } = running_years(&heads, base, printed);
    Some(Columns {
        known: known(&years, first, evaluated),
        years,
        numbered_pages: false,
        doubts,
    })
}

/// How many columns have results: by the place of the evaluated year, also where its own head is
/// misprinted.
fn known(years: &[FiscalYear], first: Option<FiscalYear>, evaluated: Option<FiscalYear>) -> usize {
    let Some(evaluated) = evaluated else {
        return years.len();
    };
    if let Some(at) = years.iter().position(|year| *year == evaluated) {
        return at + 1;
    }
    let by_place = first
        .filter(|first| *first <= evaluated)
        .map(|first| usize::from(evaluated.calendar_year() - first.calendar_year()) + 1);
    match by_place {
        Some(known) if known <= years.len() => known,
        _ => years.iter().filter(|year| **year <= evaluated).count(),
    }
}

/// The base year and all lines of year heads, in text order.
fn heads(pages: &[Page<'_>]) -> (Option<FiscalYear>, Vec<Heads>) {
    let (mut base, mut found) = (None, Vec::new());
    let blocks = pages
        .iter()
        .filter(|p| !p.marks.list)
        .flat_map(|page| &page.blocks);
    for block in blocks {
        let mut base_follows = false;
        for line in block {
            let Some((heads, own_base)) = heads_of_line(line.text) else {
                base_follows = is_base(&squash(line.text));
                continue;
            };
            let mut heads = heads.into_iter();
            if base_follows || own_base {
                base = heads.next().map(|head| head.year).or(base);
            }
            let heads: Vec<YearHead> = heads.collect();
            if !heads.is_empty() {
                found.push(Heads {
                    heads,
                    line: line.number,
                });
            }
            base_follows = false;
        }
    }
    (base, found)
}

fn is_base(squashed: &str) -> bool {
    ["基準年度", "基準年", "基準値", "現状値"]
        .iter()
        .any(|word| squashed.ends_with(word))
}

/// The year heads of a line that holds nothing else, or only words of the head of the table before
/// them; and whether the first of them is the base year.
fn heads_of_line(text: &str) -> Option<(Vec<YearHead>, bool)> {
    const WORDS: [&str; 12] = [
        "成果指標",
        "指標名",
        "指標",
        "単位",
        "基準年度",
        "基準年",
        "基準値",
        "現状値",
        "目標値",
        "実績値",
        "年度",
        "名称",
    ];
    if text.len() > 400 {
        return None;
    }
    let is_year = |text: &str| {
        let heads = YearHead::line(text, None)?;
        // Three figures in turn at the least: two may be values.
        let bare = heads
            .iter()
            .all(|head| head.printed.bytes().all(|b| b.is_ascii_digit()));
        (!bare || heads.len() >= 3).then_some(heads)
    };
    if let Some(heads) = is_year(text) {
        return Some((heads, false));
    }
    let squashed = squash(text);
    let mut rest = squashed.as_str();
    while let Some(after) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    let words = squashed
        .strip_suffix(rest)
        .filter(|words| !words.is_empty())?;
    let letters = words.chars().count();
    let mut seen = 0;
    let at = text.char_indices().find_map(|(at, c)| {
        if seen == letters && !c.is_whitespace() {
            return Some(at);
        }
        seen += usize::from(!c.is_whitespace());
        None
    })?;
    Some((is_year(text.get(at..)?)?, is_base(words)))
}

/// The heads as one line prints them all; `None` where they are torn over several lines.
fn in_printed_order(base: Option<FiscalYear>, lines: &[Heads]) -> Option<Vec<(YearHead, u32)>> {
    let longest = lines
        .iter()
        .max_by_key(|line| (line.heads.len(), std::cmp::Reverse(line.line)))?;
    let within = |line: &Heads| {
        line.heads.iter().all(|head| {
            base == Some(head.year) || longest.heads.iter().any(|own| own.year == head.year)
        })
    };
    if longest.heads.len() < 2 || !lines.iter().all(within) {
        return None;
    }
    let mut heads: Vec<(YearHead, u32)> = Vec::new();
    for (at, head) in longest.heads.iter().enumerate() {
        if at > 0 || base != Some(head.year) {
            heads.push((head.clone(), longest.line));
        }
    }
    Some(heads)
}

/// Heads that are torn over several lines: a form's years run on, from the first to the last.
fn torn(base: Option<FiscalYear>, lines: &[Heads]) -> Option<Vec<(YearHead, u32)>> {
    let all = lines
        .iter()
        .flat_map(|line| line.heads.iter().map(|head| (head, line.line)));
    let mut heads: Vec<(YearHead, u32)> = Vec::new();
    for (head, line) in all {
        let behind = base.is_none_or(|base| head.year > base);
        if behind && !heads.iter().any(|(known, _)| known.year == head.year) {
            heads.push((head.clone(), line));
        }
    }
    heads.sort_by_key(|(head, _)| head.year);
    let (last, _) = heads.last()?;
    let (first_head, line) = heads.first()?;
    let first = base
        .and_then(|base| base.plus(1))
        .unwrap_or(first_head.year);
    let span = last
        .year
        .calendar_year()
        .checked_sub(first.calendar_year())?;
    // Nine years is a long plan; more is a year of something else.
    if span > 9 {
        return Some(heads);
    }
    let filled = (0..=i32::from(span)).filter_map(|n| first.plus(n));
    let known = |year: FiscalYear| heads.iter().find(|(head, _)| head.year == year).cloned();
    let lost = |year: FiscalYear| Some((YearHead::cell(&year.to_string(), None)?, *line));
    Some(
        filled
            .filter_map(|year| known(year).or_else(|| lost(year)))
            .collect(),
    )
}
