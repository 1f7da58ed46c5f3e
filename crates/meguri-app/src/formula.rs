//! Which texts a spreadsheet would take for a formula: one list for all CSV that leaves the program.
//!
//! What is done about them differs: an export must come back as it was
//! (`crates/meguri-app/src/export_folder/cell.rs`), what is published may show a printed amount as it is
//! ([`is_run`]: pages as CSV, open data).

/// Does a text begin as a formula does, or with what a spreadsheet drops before it looks? Full width
/// counts as half, and the sign of mathematics as a hyphen.
#[must_use]
pub fn begins(text: &str) -> bool {
    const FIRST: [char; 12] = [
        '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '−',
    ];
    text.starts_with(FIRST)
}

/// Would a spreadsheet run a text of a table that is published? A printed amount such as `-1,275千円`
/// and a lone dash begin like a formula and are none.
#[must_use]
pub fn is_run(text: &str) -> bool {
    begins(text) && !is_printed_number(text)
}

/// Is it a dash, or a number with a sign, separators and a unit that no formula can hold?
fn is_printed_number(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['-', '+', '－', '＋', '−']) else {
        return false;
    };
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let is_unit = |c: char| c == '%' || (c.is_alphabetic() && !is_latin(c)) || c == '％';
    (rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit())) && unit.chars().all(is_unit)
}

/// A letter that can name a cell or a function, in half or full width.
const fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export_folder::cell;
    use meguri_store::{Cell, Kind};

    /// Every text of up to four of these characters.
    fn texts() -> Vec<String> {
        const PARTS: [&str; 16] = [
            "=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠", "−", "1", ".", "A", "課", "'",
        ];
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..4 {
            let longer = last
                .iter()
                .flat_map(|text| PARTS.map(|part| format!("{text}{part}")));
            last = longer.collect();
            all.extend(last.iter().cloned());
        }
        all
    }

    /// A served table leaves dashes and printed numbers alone too.
    #[test]
    fn an_export_leaves_only_dashes_and_plain_numbers_as_they_are() {
        let mut left = Vec::new();
        for text in texts() {
            let exported = cell::written(&Cell::Text(text.clone())).into_owned();
            let back = cell::read(&exported, Kind::Text);
            assert_eq!(back, Ok(Cell::Text(text.clone())));
            if begins(&text) && exported == text {
                left.push(text);
            }
        }
        left.sort();
        assert_eq!(left, ["-1", "-1.1", "-11", "-111", "−", "－"]);
    }
}
