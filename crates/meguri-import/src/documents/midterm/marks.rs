//! Marks that point to notes (`58 [※]`, `53 ^{※2}`, `27.0*`) and the values they stand on.

use super::cells::squeeze;
use crate::text::cell_words::stands_for_figure;
use meguri_core::text::{is_dash, narrow};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A mark: `※`, `※2`, `*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// `※`, `*`, `†`, `‡` or `注`.
    pub(super) symbol: char,
    /// Its number, where it has one.
    pub(super) number: Option<u32>,
}

impl Mark {
    fn new(symbol: &str, number: &str) -> Option<Self> {
        let symbol = match symbol.chars().next()? {
            '＊' => '*',
            c => c,
        };
        let number = number.replace('¹', "1").replace('²', "2").replace('³', "3");
        Some(Self {
            symbol,
            number: narrow(&number).parse().ok(),
        })
    }

    /// Do two marks name the same note? A transcription writes `*` for `※`.
    pub(super) fn same_note(self, other: Self) -> bool {
        let class = |symbol| if symbol == '*' { '※' } else { symbol };
        class(self.symbol) == class(other.symbol) && self.number == other.number
    }
}

/// A mark in brackets or raised: `[※]`, `(※2)`, `^{※2}`, `<sup>※</sup>`.
static WRAPPED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\s*(?:\$?\^?\{|\[|［|\(|（|<sup>)\s*([※＊*†‡]|注)\s*([0-9０-９¹²³]{0,2})\s*(?:\}\$?|\]|］|\)|）|</sup>)",
    )
});
/// A mark without brackets.
static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*\^?([※＊*†‡])([0-9０-９¹²³]{0,2})"));
/// A mark without brackets at the end.
static AT_END: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\s*\^?([※＊*†‡])([0-9０-９¹²³]{0,2})\s*$"));
/// A mark without brackets before a parenthesis.
static BEFORE_PARENTHESIS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\s*([※＊])([0-9０-９¹²³]{0,2})(\s*[(（])"));
/// The mark that opens a note.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\$?\^?\{|\[|［|\(|（|<sup>)?\s*([※＊*†‡]|注)\s*([0-9０-９¹²³]{0,2})(?:[^0-9０-９年月日回時人件歳か箇ヶ%％千万以,.]|$)",
    )
});
/// A closing parenthesis of a value: `68.9 (令和3年5月)`.
static CLOSING_NOTE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\s*([(（][^()（）]{1,40}[)）])\s*$"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is correct")
}

/// Takes the marks that fit a pattern out of a text; a third group stays.
fn take(text: &str, pattern: &Regex, marks: &mut Vec<Mark>) -> String {
    let replaced = pattern.replace_all(text, |found: &Captures| {
        let group = |at| found.get(at).map_or("", |m: regex::Match| m.as_str());
        marks.extend(Mark::new(group(1), group(2)));
        group(3).to_owned()
    });
    replaced.into_owned()
}

/// A name and its marks.
pub(super) fn name_and_marks(text: &str) -> (String, Vec<Mark>) {
    let mut marks = Vec::new();
    let text = take(text, &WRAPPED, &mut marks);
    let text = take(&text, &BEFORE_PARENTHESIS, &mut marks);
    let mut name = take(&text, &AT_END, &mut marks);
    // `※1※2`: the last is gone, look once more until none is left.
    while let Some(before) = Some(marks.len()) {
        name = take(&name, &AT_END, &mut marks);
        if marks.len() == before || marks.len() > 9 {
            break;
        }
    }
    (name.trim().to_owned(), marks)
}

/// A value of the table of targets, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Value {
    /// The value as printed, without marks and notes; empty for an empty cell.
    pub(super) text: String,
    /// Its marks.
    pub(super) marks: Vec<Mark>,
    /// When it was measured, as printed: `(令和3年5月)`.
    pub(super) note: Option<String>,
}

/// Takes a cell of the table of targets apart.
pub(super) fn value(cell: &str) -> Value {
    let mut marks = Vec::new();
    let text = take(cell, &WRAPPED, &mut marks);
    let text = take(&text, &BARE, &mut marks);
    let text = text.trim();
    let words = ["年", "月", "時点", "調査", "現在"];
    let note = CLOSING_NOTE
        .captures(text)
        .and_then(|found| Some((found.get(0)?.start(), found.get(1)?.as_str())))
        .filter(|(_, note)| words.iter().any(|word| note.contains(word)));
    let (text, note) = match note {
        Some((at, note)) => (text.get(..at).unwrap_or(text), Some(note.to_owned())),
        None => (text, None),
    };
    Value {
        text: text.trim().to_owned(),
        marks,
        note,
    }
}

/// The mark at the head of a note.
pub(super) fn opening_mark(text: &str) -> Option<Mark> {
    let found = OPENING.captures(text);
    match &found {
        Some(found) => Mark::new(
            found.get(1)?.as_str(),
            found.get(2).map_or("", |number| number.as_str()),
        ),
        // `※24時間…`: the figure is the note's, not the mark's.
        None => Mark::new(text.get(..text.chars().next()?.len_utf8())?, ""),
    }
}

/// Does a cell look like a value of the table, not like a name or a unit?
pub(super) fn is_value(cell: &str) -> bool {
    if cell.is_empty() || cell.len() > 120 {
        return false;
    }
    if stands_for_figure(cell) {
        return true;
    }
    let text = narrow(&squeeze(cell));
    let words = [
        "前年", "現状", "維持", "増", "減", "未", "調査", "検討", "実施",
    ];
    text.starts_with(is_dash)
        || text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '▲' | '△' | '約'))
        || words.iter().any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn mark(symbol: char, number: Option<u32>) -> Mark {
        Mark { symbol, number }
    }

    #[test]
    fn values_lose_their_marks_and_notes() {
        let cases = [
            ("58 [※]", "58", vec![mark('※', None)], None),
            ("53 ^{※2}", "53", vec![mark('※', Some(2))], None),
            ("１２（※１）", "１２", vec![mark('※', Some(1))], None),
            (
                "27.0* (令和3年5月)",
                "27.0",
                vec![mark('*', None)],
                Some("(令和3年5月)"),
            ),
            (
                "68.9※ (令和3年5月)",
                "68.9",
                vec![mark('※', None)],
                Some("(令和3年5月)"),
            ),
            ("(令和3年5月)", "", vec![], Some("(令和3年5月)")),
            ("4以上", "4以上", vec![], None),
            ("10（累計）", "10（累計）", vec![], None),
            ("—", "—", vec![], None),
        ];
        for (cell, text, marks, note) in cases {
            let want = Value {
                text: text.to_owned(),
                marks,
                note: note.map(str::to_owned),
            };
            assert_eq!(value(cell), want, "{cell}");
        }
    }

    #[test]
    fn names_lose_only_their_marks() {
        let cases = [
            ("相談の件数(※2)", "相談の件数", 1),
            ("登録者数 ^{※1}", "登録者数", 1),
            ("割合※（世論調査）", "割合（世論調査）", 1),
            ("参加者数※1※2", "参加者数", 2),
            ("24時間対応（累計）", "24時間対応（累計）", 0),
        ];
        for (text, name, count) in cases {
            let (got, marks) = name_and_marks(text);
            assert_eq!((got.as_str(), marks.len()), (name, count), "{text}");
        }
    }

    #[test]
    fn notes_open_with_their_mark() {
        assert_eq!(opening_mark("※2 修正した。"), Some(mark('※', Some(2))));
        assert_eq!(opening_mark("※計画の策定"), Some(mark('※', None)));
        assert_eq!(opening_mark("※24時間の"), Some(mark('※', None)));
        assert_eq!(opening_mark("※5年ごとの"), Some(mark('※', None)));
    }
}
