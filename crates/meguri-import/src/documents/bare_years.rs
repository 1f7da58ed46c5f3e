//! Heads of year columns that are printed without an era (5年度, 6年度, 7年度) over the whole paper.
//!
//! The era is that of a year which the paper names elsewhere: in its title, in the span of its plan.
//! Where it names none, the columns have no year, and what stands in them is told.

use crate::source_text::SourceText;
use meguri_core::fiscal_year::{FiscalYear, YearHead};
use meguri_core::text::{kanji_figure, narrow};

/// A year that is further than that from the one which tells the era is of another era.
const FURTHEST: u16 = 12;
/// The eras that papers name.
const ERAS: [&str; 3] = ["令和", "平成", "昭和"];
/// How many years of a paper are looked at for an era.
const MOST_NAMED: usize = 60;

/// The paper with the era before the first head of each such row; `None` where there is nothing to
/// add.
pub(super) fn with_eras(source: &SourceText) -> Option<SourceText> {
    let rows = source.lines.iter().enumerate();
    let rows = rows.filter_map(|(at, line)| Some((at, first_bare(&line.text)?)));
    let rows: Vec<(usize, Bare)> = rows.collect();
    let (_, first) = rows.first()?;
    let named = named_years(source);
    let era = |bare: &Bare| named.iter().find_map(|year| era_of(bare.number, *year));
    era(first)?;
    let mut mended = source.clone();
    for (at, bare) in rows {
        if let (Some(era), Some(line)) = (era(&bare), mended.lines.get_mut(at)) {
            line.text.insert_str(bare.place, era);
        }
    }
    Some(mended)
}

/// How many cells of a row are heads of years without an era; 0 where they do not count on, or other
/// years stand among them.
pub(super) fn count(text: &str) -> usize {
    bare_heads(text).len()
}

fn first_bare(text: &str) -> Option<Bare> {
    bare_heads(text).into_iter().next()
}

/// A head without an era.
struct Bare {
    /// Where it begins, in bytes.
    place: usize,
    number: u16,
}

/// The heads of a row that has no other year in it: two at least, counting on, with 年度 or 年 behind
/// each.
fn bare_heads(text: &str) -> Vec<Bare> {
    let mut found: Vec<Bare> = Vec::new();
    if text.len() > 400 || !text.contains('年') || names_an_era(text) {
        return found;
    }
    let mut place = 0;
    for piece in pieces(text) {
        let rest = text.get(place..).unwrap_or_default();
        let at = rest.find(piece).unwrap_or(0) + place;
        place = at + piece.len();
        match bare_number(piece) {
            Some(number) => found.push(Bare { place: at, number }),
            // A year with its era tells that of the others.
            None if FiscalYear::parse_prefix(piece).is_some() => return Vec::new(),
            None => {}
        }
    }
    let counts_on = |pair: &[Bare]| match pair {
        // 平成31年度 2年度: the next era begins.
        [a, b] => b.number == a.number + 1 || a.number >= 30 && b.number <= 2,
        _ => true,
    };
    if found.len() < 2 || !found.windows(2).all(counts_on) {
        found.clear();
    }
    found
}

/// Does a row name an era, also in letters that stand apart (令 和 5 年 度)?
fn names_an_era(text: &str) -> bool {
    let close: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    ERAS.iter().any(|era| close.contains(era))
}

/// The cells of a row: between tabs, or between blanks where it has none; a blank before 年 is none
/// of these.
fn pieces(text: &str) -> Vec<&str> {
    if text.contains('\t') {
        return text.split('\t').map(str::trim).collect();
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let behind = text.get(at + c.len_utf8()..).unwrap_or_default();
        if c.is_whitespace() && !behind.trim_start().starts_with('年') {
            pieces.extend(text.get(start..at));
            start = at + c.len_utf8();
        }
    }
    pieces.extend(text.get(start..));
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// The number of `5年度`, `五年度`, `5 年度（目標）`.
fn bare_number(cell: &str) -> Option<u16> {
    let text = narrow(cell.trim());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = match text.split_at_checked(digits)? {
        ("", _) if text.starts_with('元') => (1, text.get('元'.len_utf8()..)?),
        ("", _) => kanji_figure(&text)?,
        (digits, rest) => (digits.parse().ok()?, rest),
    };
    let number = u16::try_from(number).ok().filter(|number| *number < 70)?;
    let head = format!("令和{number}{}", rest.trim_start());
    let whole = rest.trim_start().starts_with('年') && YearHead::cell(&head, None).is_some();
    whole.then_some(number)
}

/// Years that the paper names with their era, in the order of the text.
fn named_years(source: &SourceText) -> Vec<FiscalYear> {
    let mut years = Vec::new();
    for line in &source.lines {
        for mark in ERAS {
            for (at, _) in line.text.match_indices(mark) {
                let rest = line.text.get(at..).unwrap_or_default();
                let short: String = rest.chars().take(12).collect();
                years.extend(FiscalYear::parse_prefix(&short).map(|(year, _)| year));
            }
        }
        if years.len() >= MOST_NAMED {
            break;
        }
    }
    years
}

/// The name of a year's era where a number counts in it and is near.
fn era_of(number: u16, year: FiscalYear) -> Option<&'static str> {
    let (era, _, of_era) = year.era();
    (number.abs_diff(of_era) <= FURTHEST).then_some(era)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> Option<String> {
        let mended = with_eras(&SourceText::from_text(text))?;
        let lines: Vec<String> = mended.lines.into_iter().map(|line| line.text).collect();
        Some(lines.join("\n").trim_end().to_owned())
    }

    #[test]
    fn bare_heads_get_the_era_of_a_year_that_the_paper_names() {
        for (text, want) in [
            (
                "令和3～6年度\n3年度\t4年度\t5年度",
                "令和3～6年度\n令和3年度\t4年度\t5年度",
            ),
            (
                "事業名\t５年度\t６年度\n令和五年度から",
                "事業名\t令和５年度\t６年度\n令和五年度から",
            ),
            ("令和2年3月\n5 年度 6 年度", "令和2年3月\n令和5 年度 6 年度"),
            (
                "平成28年度\n\t30年度\t31年度",
                "平成28年度\n\t平成30年度\t31年度",
            ),
            ("令和3年度\n元年度\t2年度", "令和3年度\n令和元年度\t2年度"),
            ("平成28年度\n31年度\t2年度", "平成28年度\n平成31年度\t2年度"),
            (
                "平成30年度、令和2年度\n指標 3年度 4年度(目標)",
                "平成30年度、令和2年度\n指標 令和3年度 4年度(目標)",
            ),
        ] {
            assert_eq!(mended(text).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn other_rows_stay_as_they_are() {
        for text in [
            "5年度\t6年度",
            "令和5年度\t6年度",
            "令和5年度\n4年度\t1,234",
            "令和5年度\n5年度\t5年度",
            "平成30年度\n2年度\t3年度",
            "令和5年度\n5人\t6人",
            "令和5年度\n3年目\t4年目",
            "",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
