//! Cells of the tables: where they end, years, amounts.

use meguri_core::fiscal_year::FiscalYear;
use meguri_core::text::{is_dash_cell, narrow};

/// The cells of a line: between tabs, between pipes, or else between two and more spaces.
pub(super) fn cells(text: &str) -> Vec<&str> {
    if text.contains('\t') {
        return text.split('\t').map(str::trim).collect();
    }
    if let Some(inner) = text.strip_prefix('|') {
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        return inner.split('|').map(str::trim).collect();
    }
    text.split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect()
}

/// A text without any white space.
pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The most years that a table has; a head with more of them is none, and reading on would cost
/// every row of the table as much.
const MOST_YEARS: usize = 20;

/// The cells that are a fiscal year, with their columns. A year without its era (`4年度`) counts
/// on from the one before.
pub(super) fn years_of(cells: &[&str]) -> Vec<(usize, FiscalYear)> {
    let mut years: Vec<(usize, FiscalYear)> = Vec::new();
    for (column, cell) in cells.iter().enumerate() {
        if years.len() == MOST_YEARS {
            break;
        }
        let before = years.last().map(|(_, year)| *year);
        if let Some(year) = year_of(cell, before) {
            years.push((column, year));
        }
    }
    years
}

/// The longest head of a column with a year, in bytes: `令和３年度（２０２１年度）目標`.
const LONGEST_YEAR: usize = 64;

fn year_of(cell: &str, before: Option<FiscalYear>) -> Option<FiscalYear> {
    if cell.is_empty() || cell.len() > LONGEST_YEAR {
        return None;
    }
    let text = narrow(&squeeze(cell));
    // Without 年 or the letter of an era it is a figure: 2000 people are not a year.
    if !text.contains('年') && !text.starts_with(['R', 'H', 'S', 'r', 'h', 's']) {
        return None;
    }
    let is_head = |rest: &str| {
        let words = ["(", "目標", "計画", "予定", "予算", "見込"];
        rest.is_empty() || words.iter().any(|word| rest.starts_with(word))
    };
    if let Some((year, rest)) = FiscalYear::parse_prefix(&text) {
        return is_head(&rest).then_some(year);
    }
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (digits, rest) = text.split_at_checked(end)?;
    let rest = rest.strip_prefix("年度")?;
    let next = before?.plus(1)?;
    let (_, _, number) = next.era();
    (is_head(rest) && digits.parse() == Ok(number)).then_some(next)
}

/// What a cell of costs says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cost {
    /// A printed dash: nothing planned.
    Dash,
    /// In 千円.
    Amount(i64),
    /// Something else.
    Other,
}

/// The units of money by their number of zeros against 千円.
const UNITS: [(&str, i32); 5] = [
    ("百万円", 3),
    ("千円", 0),
    ("万円", 1),
    ("億円", 5),
    ("円", -3),
];

/// The unit that a label names: `費用（百万円）`; 千円 where it names none.
pub(super) fn unit_of_label(label: &str) -> i32 {
    UNITS
        .iter()
        .find(|(unit, _)| label.contains(unit))
        .map_or(0, |(_, zeros)| *zeros)
}

/// Reads a cell of costs; `zeros` is the unit where the cell prints none.
pub(super) fn cost(cell: &str, zeros: i32) -> Cost {
    if is_dash_cell(cell) {
        return Cost::Dash;
    }
    if cell.len() > 80 {
        return Cost::Other;
    }
    let text = narrow(&squeeze(cell)).replace(',', "");
    let unsigned = text.trim_start_matches(['▲', '△', '-', '−']);
    let sign = if unsigned.len() == text.len() { 1 } else { -1 };
    let end = unsigned
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(unsigned.len());
    let (figure, unit) = unsigned.split_at_checked(end).unwrap_or_default();
    let zeros = match UNITS.iter().find(|(name, _)| *name == unit) {
        Some((_, zeros)) => *zeros,
        None if unit.is_empty() => zeros,
        None => return Cost::Other,
    };
    match scaled(figure, zeros) {
        Some(amount) => Cost::Amount(sign * amount),
        None => Cost::Other,
    }
}

/// A decimal figure times a power of ten, where that is a whole number.
fn scaled(figure: &str, zeros: i32) -> Option<i64> {
    let (whole, fraction) = figure.split_once('.').unwrap_or((figure, ""));
    if whole.is_empty() || fraction.contains('.') {
        return None;
    }
    let digits: i64 = format!("{whole}{fraction}").parse().ok()?;
    let zeros = zeros - i32::try_from(fraction.len()).ok()?;
    let factor = 10_i64.checked_pow(zeros.unsigned_abs())?;
    if zeros >= 0 {
        digits.checked_mul(factor)
    } else {
        (digits % factor == 0).then_some(digits / factor)
    }
}

/// Is a piece between spaces part of a row of costs?
pub(super) fn is_cost_token(token: &str) -> bool {
    token
        .split_whitespace()
        .all(|t| is_unit(t) || cost(t, 0) != Cost::Other)
}

fn is_unit(token: &str) -> bool {
    UNITS.iter().any(|(unit, _)| *unit == token)
}

/// The cells of a row of costs with their columns, without the empty ones and without units that
/// stand alone in a cell. In a row without tabs the pieces between spaces are its cells.
pub(super) fn cost_cells<'a>(text: &'a str) -> Vec<(usize, &'a str)> {
    let filled = |cell: &(usize, &str)| !cell.1.is_empty() && !is_unit(cell.1);
    if text.contains(['\t', '|']) {
        return cells(text).into_iter().enumerate().filter(filled).collect();
    }
    let pieces: Vec<&'a str> = text.split_whitespace().collect();
    pieces.into_iter().enumerate().filter(filled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_heads_and_figures_are_not() {
        let short = |cells: &[&str]| -> Vec<String> {
            years_of(cells).iter().map(|(_, y)| y.short()).collect()
        };
        assert_eq!(
            short(&["", "令和2年度", "令和３年度", "4年度"]),
            ["R2", "R3", "R4"]
        );
        assert_eq!(
            short(&["平成31年度（2019年度）", "令和2年度（目標）"]),
            ["R1", "R2"]
        );
        assert_eq!(
            short(&["2000", "1,234", "—", "令和4年度末", "人/年"]),
            [""; 0]
        );
    }

    #[test]
    fn amounts_are_whole_thousands() {
        let cases = [
            ("8,345 千円", Cost::Amount(8345)),
            ("８，３４５千円", Cost::Amount(8345)),
            ("0 千円", Cost::Amount(0)),
            ("▲1,200", Cost::Amount(-1200)),
            ("1.5 百万円", Cost::Amount(1500)),
            ("12,000円", Cost::Amount(12)),
            ("12,345円", Cost::Other),
            ("—", Cost::Dash),
            ("未定", Cost::Other),
            ("99999999999999999999", Cost::Other),
        ];
        for (text, want) in cases {
            assert_eq!(cost(text, 0), want, "{text}");
        }
    }
}
