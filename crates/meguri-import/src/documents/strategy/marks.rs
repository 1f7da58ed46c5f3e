//! The mark that a measure or a group begins with, in the shapes in which papers number them: `1`,
//! `(1)`, `①`, `1.`, `1-1-2`, `施策1`, `一`, `ア`.
//!
//! A paper numbers its measures in one shape throughout; which one is told by the paper itself.

use super::rows::Row;
use meguri_core::text::{circled_value, is_dash, kanji_figure, narrow_char, roman_value};
use std::cmp::Reverse;

/// The shape of a mark. Signs are narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// `1`, up to three digits.
    Plain,
    /// `1101`: more digits, as codes have them.
    Code,
    /// `(1)`, `〔1〕`, `【1】`, by its opening bracket.
    Bracketed(char),
    /// `①`.
    Circled,
    /// `Ⅰ`.
    Roman,
    /// `1.`, `1)`, by the sign behind it.
    Ended(char),
    /// `1-2`, `1-1-2`, `1.2`, `1-(2)`, by how many numbers it has.
    Compound(usize),
    /// `施策1`, `No.1`, `第1`.
    Worded(&'static str),
    /// `一`, `(一)`.
    Kanji,
    /// `ア`, `(ア)`, `㋐`.
    Kana,
    /// `A`, `(a)`.
    Latin,
}

/// A mark at the head of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark<'a> {
    pub(super) shape: Shape,
    /// Its place in the order: the last number of several, 1 for `ア`.
    pub(super) value: u32,
    /// As printed.
    pub(super) text: &'a str,
    /// What follows on the row.
    pub(super) rest: &'a str,
}

/// Words in front of a number.
const WORDS: [&str; 10] = [
    "施策", "事業", "取組", "項目", "No.", "NO.", "No", "№", "番号", "第",
];
const KANA: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const CIRCLED_KANA: &str = "㋐㋑㋒㋓㋔㋕㋖㋗㋘㋙㋚㋛㋜㋝㋞㋟㋠㋡㋢㋣㋤㋥㋦㋧㋨㋩㋪㋫㋬㋭㋮㋯㋰㋱㋲㋳㋴㋵㋶㋷㋸㋹㋺㋻㋼㋽㋾";
const LATIN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BRACKETS: [(char, char); 6] = [
    ('(', ')'),
    ('〔', '〕'),
    ('[', ']'),
    ('【', '】'),
    ('<', '>'),
    ('〈', '〉'),
];

impl Shape {
    /// Is a number in this shape no figure as it is printed?
    pub(super) const fn is_lettered(self) -> bool {
        matches!(self, Self::Kanji | Self::Kana | Self::Latin)
    }
}

impl<'a> Mark<'a> {
    /// The mark of a row.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let (shape, value, end) = circled(text)
            .or_else(|| bracketed(text))
            .or_else(|| worded(text))
            .or_else(|| numbered(text))
            .or_else(|| lettered(text))?;
        let (own, rest) = text.split_at_checked(end)?;
        let rest = rest.trim_start_matches([':', '：']);
        (value > 0).then_some(Mark {
            shape,
            value,
            text: own.trim_end(),
            rest: rest.trim(),
        })
    }
}

/// The letters that stand for a number: ア and A for 1, 一.
pub(super) fn letters(number: u32) -> Vec<String> {
    let at = (number as usize).saturating_sub(1);
    let orders = [KANA, CIRCLED_KANA, LATIN];
    let mut letters: Vec<String> = orders
        .iter()
        .filter_map(|order| order.chars().nth(at))
        .map(String::from)
        .collect();
    letters.extend(kanji_of(number));
    letters
}

/// 一 to 九十九.
fn kanji_of(number: u32) -> Option<String> {
    let digit = |value: u32| {
        "一二三四五六七八九"
            .chars()
            .nth(value.checked_sub(1)? as usize)
    };
    let (tens, ones) = (number / 10, number % 10);
    let mut kanji = String::new();
    kanji.extend(digit(tens).filter(|_| tens > 1));
    kanji.extend((tens > 0).then_some('十'));
    kanji.extend(digit(ones));
    (1..100).contains(&number).then_some(kanji)
}

/// `①`, `Ⅰ`, `㋐`: one character, whatever follows.
fn circled(text: &str) -> Option<(Shape, u32, usize)> {
    let first = text.chars().next()?;
    let (shape, value) = if let Some(value) = circled_value(first) {
        (Shape::Circled, value)
    } else if let Some(value) = roman_value(first) {
        (Shape::Roman, value)
    } else {
        (Shape::Kana, place_in(CIRCLED_KANA, first)?)
    };
    Some((shape, value, first.len_utf8()))
}

fn bracketed(text: &str) -> Option<(Shape, u32, usize)> {
    let open = text.chars().next()?;
    let (_, close) = BRACKETS
        .into_iter()
        .find(|(known, _)| *known == narrow_char(open))?;
    let at = text
        .char_indices()
        .take(6)
        .find(|(_, c)| narrow_char(*c) == close);
    let (at, closing) = at?;
    let inner = text.get(open.len_utf8()..at)?.trim();
    let end = at + closing.len_utf8();
    let digits = narrow_digits(inner);
    if digits == inner.len() && inner.chars().count() <= 3 {
        return Some((Shape::Bracketed(narrow_char(open)), value_of(inner)?, end));
    }
    let (shape, value) = sole_letter(inner)?;
    Some((shape, value, end))
}

fn worded(text: &str) -> Option<(Shape, u32, usize)> {
    let word = WORDS.into_iter().find(|word| text.starts_with(word))?;
    let rest = text.get(word.len()..)?;
    let gap = rest.len() - rest.trim_start().len();
    let digits = narrow_digits(rest.trim_start());
    let number = rest.trim_start().get(..digits)?;
    let end = word.len() + gap + digits;
    let end = end + ending(text.get(end..)?)?;
    (number.chars().count() <= 3).then_some((Shape::Worded(word), value_of(number)?, end))
}

/// Digits, alone or several joined, and what ends them.
fn numbered(text: &str) -> Option<(Shape, u32, usize)> {
    let mut end = narrow_digits(text);
    let first = text.get(..end).filter(|digits| !digits.is_empty())?;
    let (mut parts, mut last) = (1, first);
    while let Some((number, length)) = joined_number(text.get(end..)?) {
        (parts, last) = (parts + 1, number);
        end += length;
    }
    let rest = text.get(end..)?;
    let sign = rest.chars().next().map(narrow_char);
    let value = value_of(last)?;
    let digits = first.chars().count();
    if parts > 1 {
        return ending(rest).map(|more| (Shape::Compound(parts), value, end + more));
    }
    match sign {
        Some(sign @ ('.' | ')' | '、' | ':')) if digits <= 3 => {
            let width = rest.chars().next().map_or(0, char::len_utf8);
            Some((Shape::Ended(sign), value, end + width))
        }
        _ if sign.is_none_or(char::is_whitespace) && digits <= 6 => {
            let shape = if digits <= 3 {
                Shape::Plain
            } else {
                Shape::Code
            };
            Some((shape, value, end))
        }
        _ => None,
    }
}

/// `-2`, `.2`, `-(2)` behind a number.
fn joined_number(text: &str) -> Option<(&str, usize)> {
    let joint = text.chars().next()?;
    if !(is_dash(joint) || matches!(joint, '.' | '．' | '・' | 'ー')) {
        return None;
    }
    let rest = text.get(joint.len_utf8()..)?;
    let inner = rest.trim_start_matches(['(', '（']);
    let digits = narrow_digits(inner);
    let number = inner.get(..digits).filter(|number| !number.is_empty())?;
    let behind = inner.get(digits..)?;
    let open = rest.len() - inner.len();
    let close = if open == 0 {
        0
    } else {
        let closing = behind.chars().next().filter(|c| matches!(c, ')' | '）'));
        closing?.len_utf8()
    };
    Some((number, joint.len_utf8() + open + digits + close))
}

/// A letter of an order (`ア`, `A`, `一`) and what ends it.
fn lettered(text: &str) -> Option<(Shape, u32, usize)> {
    if let Some((value, rest)) = kanji_figure(text) {
        let own = text.len() - rest.len();
        return ending(rest).map(|more| (Shape::Kanji, value, own + more));
    }
    let first = text.chars().next()?;
    let own = text.get(..first.len_utf8())?;
    let (shape, value) = sole_letter(own)?;
    ending(text.get(own.len()..)?).map(|more| (shape, value, own.len() + more))
}

/// A text that is one letter of an order and nothing else.
fn sole_letter(text: &str) -> Option<(Shape, u32)> {
    if let Some((value, "")) = kanji_figure(text) {
        return Some((Shape::Kanji, value));
    }
    let mut chars = text.chars();
    let (Some(only), None) = (chars.next(), chars.next()) else {
        return None;
    };
    if let Some(value) = place_in(KANA, only) {
        return Some((Shape::Kana, value));
    }
    let letter = narrow_char(only).to_ascii_uppercase();
    let value = place_in(LATIN, letter)?;
    Some((Shape::Latin, value))
}

/// The length of the sign that ends a mark: none before a blank or the end of the row.
fn ending(rest: &str) -> Option<usize> {
    match rest.chars().next() {
        None => Some(0),
        Some(c) if c.is_whitespace() => Some(0),
        Some(c) if matches!(c, '.' | '．' | ')' | '）' | '、' | '：' | ':') => {
            Some(c.len_utf8())
        }
        Some(_) => None,
    }
}

fn place_in(order: &str, letter: char) -> Option<u32> {
    let mut places = order.chars().zip(1..);
    places.find(|(known, _)| *known == letter).map(|(_, at)| at)
}

/// How many bytes of digits, of either width, a text begins with.
fn narrow_digits(text: &str) -> usize {
    text.find(|c| !narrow_char(c).is_ascii_digit())
        .unwrap_or(text.len())
}

fn value_of(digits: &str) -> Option<u32> {
    meguri_core::text::whole_number(digits)
}

/// How many shapes are tried for the measures of a paper whose numbers are not plain.
const MAX_SHAPES: usize = 4;

/// The shapes in which a paper may number its measures, besides plain digits: those that rows
/// behind a gap begin with, the most frequent first.
pub(super) fn shapes(rows: &[Row<'_>]) -> Vec<Shape> {
    let mut counts: Vec<(Shape, usize)> = Vec::new();
    let marks = rows.iter().filter(|row| row.gap);
    for mark in marks.filter_map(|row| Mark::of(row.text)) {
        match counts.iter_mut().find(|(shape, _)| *shape == mark.shape) {
            Some((_, count)) => *count += 1,
            None => counts.push((mark.shape, 1)),
        }
    }
    counts.retain(|(shape, _)| *shape != Shape::Plain && !is_nested(*shape, rows));
    counts.sort_by_key(|(shape, count)| (Reverse(*count), *shape));
    let shapes = counts.into_iter().map(|(shape, _)| shape);
    shapes.take(MAX_SHAPES).collect()
}

/// Do groups and measures bear marks of this one shape? Then it tells neither from the other.
fn is_nested(shape: Shape, rows: &[Row<'_>]) -> bool {
    let value = |row: &Row<'_>| {
        let mark = Mark::of(row.text).filter(|mark| mark.shape == shape && row.gap);
        mark.map(|mark| mark.value)
    };
    rows.windows(2).any(|pair| match pair {
        [above, below] => value(above).is_some() && value(below) == Some(1),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_by_their_shape_with_value_and_rest() {
        for (text, shape, value, rest) in [
            ("1", Shape::Plain, 1, ""),
            ("１２ 名", Shape::Plain, 12, "名"),
            ("1102 名", Shape::Code, 1102, "名"),
            ("(3) 名", Shape::Bracketed('('), 3, "名"),
            ("（３）名", Shape::Bracketed('('), 3, "名"),
            ("〔3〕名", Shape::Bracketed('〔'), 3, "名"),
            ("③名", Shape::Circled, 3, "名"),
            ("Ⅲ 名", Shape::Roman, 3, "名"),
            ("3. 名", Shape::Ended('.'), 3, "名"),
            ("３）名", Shape::Ended(')'), 3, "名"),
            ("1-3 名", Shape::Compound(2), 3, "名"),
            ("１－２－３ 名", Shape::Compound(3), 3, "名"),
            ("1-(3) 名", Shape::Compound(2), 3, "名"),
            ("1.2.3", Shape::Compound(3), 3, ""),
            ("施策3 名", Shape::Worded("施策"), 3, "名"),
            ("No.3 名", Shape::Worded("No."), 3, "名"),
            ("№ 3：名", Shape::Worded("№"), 3, "名"),
            ("第3 名", Shape::Worded("第"), 3, "名"),
            ("三 名", Shape::Kanji, 3, "名"),
            ("(三)名", Shape::Kanji, 3, "名"),
            ("ウ 名", Shape::Kana, 3, "名"),
            ("ウ．名", Shape::Kana, 3, "名"),
            ("（ウ）名", Shape::Kana, 3, "名"),
            ("㋒名", Shape::Kana, 3, "名"),
            ("C 名", Shape::Latin, 3, "名"),
            ("ｃ) 名", Shape::Latin, 3, "名"),
        ] {
            let mark = Mark::of(text).map(|mark| (mark.shape, mark.value, mark.rest));
            assert_eq!(mark, Some((shape, value, rest)), "{text}");
        }
    }

    #[test]
    fn words_figures_and_years_are_no_marks() {
        for text in [
            "",
            "名",
            "1名",
            "3人",
            "1,254",
            "令和5年度",
            "【令和5年度】",
            "アイ",
            "アの",
            "一部",
            "ABC",
            "（新規）",
            "(1234)",
            "0",
            "第三者",
            "1-",
            "-1",
            "・1",
        ] {
            assert_eq!(Mark::of(text), None, "{text}");
        }
    }
}
