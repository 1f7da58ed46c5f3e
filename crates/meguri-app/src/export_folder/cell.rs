//! One cell of a CSV file: what a spreadsheet would take for a formula is defused, and nothing is
//! told from an empty text.
//!
//! | in the database | in the file |
//! |---|---|
//! | nothing (NULL) | the empty cell |
//! | the empty text | `'` |
//! | a text that begins like a formula, or with `'` | `'` and the text |
//! | any other text, a number | as it is |

use crate::formula;
use meguri_store::{Cell, Kind};
use std::borrow::Cow;

/// What stands before a text that a spreadsheet would misread.
const GUARD: char = '\'';

/// The text of a cell; bytes have files of their own and none here.
pub(crate) fn written(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Null | Cell::Blob(_) => Cow::Borrowed(""),
        Cell::Integer(number) => Cow::Owned(number.to_string()),
        Cell::Text(text) if text.is_empty() || is_misread(text) => {
            Cow::Owned(format!("{GUARD}{text}"))
        }
        Cell::Text(text) => Cow::Borrowed(text),
    }
}

/// The cell of a text of a file; bytes are read elsewhere.
///
/// # Errors
/// What is wrong with it, in Japanese.
pub(crate) fn read(text: &str, kind: Kind) -> Result<Cell, String> {
    if text.is_empty() {
        return Ok(Cell::Null);
    }
    if kind == Kind::Integer {
        let number = text
            .parse::<i64>()
            .ok()
            .filter(|number| number.to_string() == text);
        return number.map(Cell::Integer).ok_or_else(|| {
            format!(
                "「{}」は整数ではありません（半角数字で、0から始めずに書きます）",
                short(text)
            )
        });
    }
    match text.strip_prefix(GUARD) {
        Some(rest) if rest.is_empty() || is_misread(rest) => Ok(Cell::Text(rest.to_owned())),
        None if !is_misread(text) || text.starts_with(MINUS) => Ok(Cell::Text(text.to_owned())),
        _ => Err(format!(
            "「{}」は、表計算ソフトなどで書き換えられています（数式とみなされる文字で始まる値には、\
             先頭に「'」が一つ付きます）",
            short(text)
        )),
    }
}

/// Would a spreadsheet take it for a formula, or swallow its first character?
fn is_misread(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('-') => !is_plain_number(chars.as_str()),
        // A dash alone is no formula.
        Some('－' | MINUS) => !chars.as_str().is_empty(),
        Some(GUARD) => true,
        _ => formula::begins(text),
    }
}

/// The minus of mathematics, which exports of before did not guard.
const MINUS: char = '−';

fn is_plain_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(text),
    }
}

/// The beginning of a text, for a message of one line.
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 20;
    let start: String = text
        .chars()
        .take(MOST)
        .filter(|c| !c.is_control())
        .collect();
    if text.chars().nth(MOST).is_some() {
        format!("{start}…")
    } else {
        start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn every_text_comes_back_and_no_formula_is_written() {
        let cases = [
            ("", "'"),
            ("'", "''"),
            ("=1+1", "'=1+1"),
            ("+水路", "'+水路"),
            ("@みどり", "'@みどり"),
            ("\t字下げ", "'\t字下げ"),
            ("-", "'-"),
            ("-5", "-5"),
            ("-5.25", "-5.25"),
            ("-5-3", "'-5-3"),
            ("-.5", "'-.5"),
            ("－", "－"),
            ("－１＋１", "'－１＋１"),
            ("＝Ａ１", "'＝Ａ１"),
            ("−Ａ１", "'−Ａ１"),
            ("−", "−"),
            ("施策1", "施策1"),
            (" ", " "),
        ];
        for (text, want) in cases {
            assert_eq!(written(&cell(text)), want);
            assert_eq!(read(want, Kind::Text), Ok(cell(text)), "{want}");
        }
        // As exports of before have it.
        assert_eq!(read("−5", Kind::Text), Ok(cell("−5")));
        assert_eq!(written(&Cell::Null), "");
        assert_eq!(read("", Kind::Text), Ok(Cell::Null));
        assert_eq!(written(&Cell::Integer(-5)), "-5");
    }

    #[test]
    fn what_a_spreadsheet_wrote_is_refused() {
        for text in ["=1+1", "@x", "-x", "'5", "'施策", "+5"] {
            let error = read(text, Kind::Text).expect_err(text);
            assert!(error.contains(text) && error.contains("表計算"), "{error}");
        }
        for text in [
            "1,234",
            "01",
            "+1",
            " 1",
            "１",
            "-0",
            "1.0",
            "9223372036854775808",
            "'5",
        ] {
            let error = read(text, Kind::Integer).expect_err(text);
            assert!(error.contains("整数"), "{error}");
        }
        assert_eq!(
            read("-9223372036854775808", Kind::Integer),
            Ok(Cell::Integer(i64::MIN))
        );
    }
}
