//! Japanese text as cities print it: normal forms, widths, blank and dash.
//!
//! Nothing here changes the wording of a text: [`nfc`] only composes characters, and [`narrow`] is
//! for reading figures and comparing names, never for keeping them.

mod compared;
mod kanji_figure;
mod normal;
mod spelling;
mod variants;

pub use compared::compared;
pub use kanji_figure::kanji_figure;
pub use normal::{after_label, form_key, is_unseen, normal_form, radical};
pub use spelling::{plain_char, spelling_key};

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Canonical composition (NFC): half-width kana and circled digits stay as they are printed.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// Folds full-width ASCII (`Ａ４％，`) and the ideographic space to their half-width twins.
#[must_use]
pub fn narrow(text: &str) -> String {
    // A narrowed text is never longer, so that one allocation is enough.
    let mut narrowed = String::with_capacity(text.len());
    narrowed.extend(text.chars().map(narrow_char));
    narrowed
}

/// One character of [`narrow`].
#[must_use]
pub const fn narrow_char(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(n) => n,
            None => c,
        },
        _ => c,
    }
}

/// The key under which two spellings of one name count as equal: compatibility composed (NFKC),
/// without white space, dashes and quotes unified, ASCII in lower case.
#[must_use]
pub fn name_key(name: &str) -> String {
    name.nfkc()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            c if is_dash(c) => '-',
            '“' | '”' | '〝' | '〟' => '"',
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

/// The one character that a compatibility character (such as the radical `⽇`) stands for, where it
/// is another one.
#[must_use]
pub fn compatible(c: char) -> Option<char> {
    let mut decomposed = std::iter::once(c).nfkc();
    let first = decomposed.next().filter(|first| *first != c)?;
    decomposed.next().is_none().then_some(first)
}

/// The dashes that papers print for "nothing here" (`-`, `－`, `―`, `—`, `–`, `‐`, `−`).
///
/// The long vowel mark `ー` is a letter and not among them, except where it stands alone
/// ([`is_dash_cell`]).
#[must_use]
pub const fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '－' | '\u{2010}'
            ..='\u{2015}'
                | '−'
                | '─'
                | '━'
                | 'ｰ'
                | '\u{2043}'
                | '\u{207b}'
                | '\u{208b}'
                | '\u{23af}'
                | '\u{23e4}'
                | '➖'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{fe58}'
                | '\u{fe63}'
    )
}

/// What people type for a dash in a cell of its own, and what is a letter or a sign elsewhere: the
/// long vowel, the tilde, an underscore.
const fn is_typed_dash(c: char) -> bool {
    is_dash(c)
        || matches!(
            c,
            'ー' | '~' | '～' | '〜' | '\u{223c}' | '_' | '＿' | '\u{203e}' | '￣' | '\u{3161}'
        )
}

/// Is the text a printed dash and nothing else (white space and brackets around it aside)?
///
/// Alone in a cell, whatever people type for a dash is one: a long vowel, a tilde.
#[must_use]
pub fn is_dash_cell(text: &str) -> bool {
    let text = text.trim();
    let inner = text
        .strip_prefix(['(', '（'])
        .and_then(|rest| rest.strip_suffix([')', '）']))
        .unwrap_or(text);
    let mut seen = inner
        .chars()
        .filter(|c| !c.is_whitespace() && !is_unseen(*c))
        .peekable();
    seen.peek().is_some() && seen.all(is_typed_dash)
}

/// Is this a character of Japanese writing (kana, kanji, their marks and full-width forms)?
///
/// Where two such characters meet at a line break, the break is layout and nothing joins them.
#[must_use]
pub const fn is_japanese(c: char) -> bool {
    matches!(c,
        '\u{2460}'..='\u{24ff}'      // circled figures
        | '\u{3000}'..='\u{30ff}'    // punctuation, hiragana, katakana
        | '\u{3200}'..='\u{33ff}'    // enclosed and squared forms
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ffef}'
        | '\u{20000}'..='\u{323af}')
}

/// The value of a circled figure: ① to ㊿, else `None`.
#[must_use]
pub const fn circled_value(c: char) -> Option<u32> {
    let code = c as u32;
    match c {
        '①'..='⑳' => Some(code - '①' as u32 + 1),
        '㉑'..='㉟' => Some(code - '㉑' as u32 + 21),
        '㊱'..='㊿' => Some(code - '㊱' as u32 + 36),
        _ => None,
    }
}

/// The value of a Roman figure printed as one character: Ⅰ to Ⅻ (or ⅰ to ⅻ), else `None`.
#[must_use]
pub const fn roman_value(c: char) -> Option<u32> {
    match c {
        'Ⅰ'..='Ⅻ' => Some(c as u32 - 'Ⅰ' as u32 + 1),
        'ⅰ'..='ⅻ' => Some(c as u32 - 'ⅰ' as u32 + 1),
        _ => None,
    }
}

/// Digits of either width and circled figures read as a number without sign or comma.
#[must_use]
pub fn whole_number(text: &str) -> Option<u32> {
    let text = narrow(text.trim());
    let mut chars = text.chars();
    if let (Some(only), None) = (chars.next(), chars.next())
        && let Some(value) = circled_value(only)
    {
        return Some(value);
    }
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_names_fold_only_for_comparison() {
        assert_eq!(narrow("Ａ４　９８．３％"), "A4 98.3%");
        assert_eq!(
            name_key("ＮＰＯ・ ボランティア"),
            name_key("npo・ボランティア")
        );
        assert_eq!(name_key("ﾘｻｲｸﾙ"), name_key("リサイクル"));
        assert_ne!(name_key("センター"), name_key("センタ-"));
    }

    #[test]
    fn dashes_are_told_from_the_long_vowel() {
        let dashes = [
            "-",
            "－",
            "―",
            "—",
            " – ",
            "――",
            "ー",
            "ｰ",
            "‐",
            "‑",
            "−",
            "‒",
            "─",
            "━",
            "～",
            "〜",
            "~",
            "- -",
            "（－）",
        ];
        for dash in dashes {
            assert!(is_dash_cell(dash), "{dash}");
        }
        for other in ["", " ", "-1", "0", "ー3", "センター", "()", "一部"] {
            assert!(!is_dash_cell(other), "{other}");
        }
    }

    #[test]
    fn figures_of_every_face_are_whole_numbers() {
        let cases = [
            ("12", Some(12)),
            ("１２", Some(12)),
            ("⑳", Some(20)),
            ("㉘", Some(28)),
            ("㊿", Some(50)),
        ];
        for (text, want) in cases {
            assert_eq!(whole_number(text), want, "{text}");
        }
        for text in ["", "1,2", "-3", "一", "①②", "99999999999"] {
            assert_eq!(whole_number(text), None, "{text}");
        }
    }
}
