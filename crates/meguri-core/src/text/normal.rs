//! The normal form of a printed line, in which readers recognise words and figures.
//!
//! It mends only what extraction and other tools put in place of what the paper shows: radicals
//! for characters, parted 濁点, characters that nobody sees, blanks of every kind. What a paper
//! shows in a form of its own (㈱, ①, ｶﾅ, Ａ) stays as it is printed.

use super::{compatible, is_japanese};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

/// The normal form of one line: composed (NFC), radicals as their characters, 濁点 joined with their
/// kana, every blank but the ideographic space and the tab as a plain space, nothing unseen.
#[must_use]
pub fn normal_form(line: &str) -> Cow<'_, str> {
    let composed = super::nfc(line);
    if line.is_ascii() && !line.bytes().any(|b| b.is_ascii_control() && b != b'\t')
        || !composed.chars().any(is_mended)
    {
        return composed;
    }
    let mut normal = String::with_capacity(composed.len());
    for c in composed.chars().filter(|c| !is_unseen(*c)) {
        match c {
            '\u{3099}' | '\u{309b}' => join_mark(&mut normal, c, '\u{3099}'),
            '\u{309a}' | '\u{309c}' => join_mark(&mut normal, c, '\u{309a}'),
            '\u{ff9e}' => join_mark(&mut normal, c, '\u{3099}'),
            '\u{ff9f}' => join_mark(&mut normal, c, '\u{309a}'),
            c if is_plain_blank(c) => normal.push(' '),
            c => normal.push(radical(c).unwrap_or(c)),
        }
    }
    // What was parted by an unseen character may compose now.
    Cow::Owned(super::nfc(&normal).into_owned())
}

/// Could the normal form of a line with this character be another one?
fn is_mended(c: char) -> bool {
    !c.is_ascii() && (is_unseen(c) || is_plain_blank(c) || radical(c).is_some() || is_voicing(c))
        || c.is_ascii_control() && c != '\t'
}

/// The character that a Kangxi or CJK radical is a part of, else `None`.
///
/// Unicode has no decomposition for most CJK radicals; those that print as a whole character are
/// listed here.
#[must_use]
pub fn radical(c: char) -> Option<char> {
    match c {
        '\u{2f00}'..='\u{2fd5}' => compatible(c),
        '\u{2e80}'..='\u{2ef3}' => {
            let known = RADICALS.iter().find(|(radical, _)| *radical == c);
            known.map(|(_, whole)| *whole).or_else(|| compatible(c))
        }
        _ => None,
    }
}

/// CJK radicals and the characters that they stand for in extracted text.
const RADICALS: [(char, char); 24] = [
    ('⺅', '亻'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺩', '王'),
    ('⺼', '月'),
    ('⻁', '虎'),
    ('⻄', '西'),
    ('⻅', '見'),
    ('⻆', '角'),
    ('⻑', '長'),
    ('⻘', '青'),
    ('⻝', '食'),
    ('⻤', '鬼'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻫', '斉'),
    ('⻭', '歯'),
    ('⻯', '竜'),
    ('⻲', '亀'),
    ('⻢', '馬'),
    ('⻥', '魚'),
    ('⻦', '鳥'),
    ('⻔', '門'),
    ('⻋', '車'),
];

/// Characters that nobody sees: of no width, marks of direction, selectors of a variant, soft
/// hyphens, fillers and controls. Tabs and line ends are blanks.
#[must_use]
pub const fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Blanks that are no tab and no ideographic space: readers take them for a plain space.
const fn is_plain_blank(c: char) -> bool {
    matches!(
        c,
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{202f}'
                | '\u{205f}'
                | '\u{2800}'
                | '\u{303f}'
    )
}

const fn is_voicing(c: char) -> bool {
    matches!(c, '\u{3099}'..='\u{309c}' | '\u{ff9e}' | '\u{ff9f}')
}

/// Joins 濁点 or 半濁点 with the kana before it, over one blank at the most; a mark that fits no kana
/// stays as printed.
fn join_mark(normal: &mut String, printed: char, combining: char) {
    let blank = normal.ends_with([' ', '\u{3000}']);
    let mut before = normal.chars().rev().skip(usize::from(blank));
    let whole = before
        .next()
        .filter(|c| matches!(c, '\u{3041}'..='\u{30ff}'))
        .and_then(|kana| compose(kana, combining));
    // A half-width mark behind a blank begins a word of its own.
    let Some(whole) = whole.filter(|_| !(blank && matches!(printed, '\u{ff9e}' | '\u{ff9f}')))
    else {
        normal.push(printed);
        return;
    };
    normal.truncate(normal.trim_end_matches([' ', '\u{3000}']).len());
    normal.pop();
    normal.push(whole);
}

/// A text in the form in which words of a form are compared: [`normal_form`], compatibility signs
/// spelled out (㋿ as 令和, ㈱ as (株), ％ as %), without blanks. Circled figures stay: they number.
#[must_use]
pub fn form_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in normal_form(text).chars().filter(|c| !c.is_whitespace()) {
        match c {
            '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' => key.push(c),
            '\u{ff61}'..='\u{ff9f}' => key.push(c),
            '\u{3200}'..='\u{33ff}' | '\u{ff01}'..='\u{ff5e}' => {
                key.extend(std::iter::once(c).nfkc());
            }
            c => key.push(c),
        }
    }
    key
}

/// What follows a label at the head of a line, whatever blanks and marks the paper sets within and
/// around it: `目 標`, `【目標】`, `◆目標：`. `None` where the line does not begin with it, or where the
/// label is only the head of another word.
#[must_use]
pub fn after_label<'t>(line: &'t str, label: &str) -> Option<&'t str> {
    let mut rest = line.trim_start_matches(is_ornament);
    for letter in label.chars() {
        rest = rest.trim_start_matches(is_between).strip_prefix(letter)?;
    }
    let marks = rest.trim_start_matches(['】', ']', '］', '〕', '〉']);
    let behind = marks.trim_start_matches([':', '：', ' ', '\u{3000}', '\t']);
    let parted = behind.len() < rest.len();
    let word = behind
        .chars()
        .next()
        .is_some_and(|c| is_japanese(c) || c.is_alphanumeric());
    (parted || !word).then_some(behind)
}

/// Marks and blanks before a label.
fn is_ornament(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '【' | '['
                | '［'
                | '〔'
                | '〈'
                | '■'
                | '□'
                | '◆'
                | '◇'
                | '●'
                | '○'
                | '◎'
                | '▼'
                | '▽'
        )
}

/// Blanks within a label.
const fn is_between(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_extraction_left_is_mended_and_what_is_printed_stays() {
        let cases = [
            ("基本⽬標 ⼦ども ⾒守り", "基本目標 子ども 見守り"),
            ("⻑寿 ⺠生 ⻘少年 ⻭科", "長寿 民生 青少年 歯科"),
            ("居場所つ゛くり か゛上か゛り", "居場所づくり が上がり"),
            ("か\u{200b}\u{3099}は\u{309c} カﾞハﾟ", "がぱ ガパ"),
            ("つ ゛くり ー゛ 「゛」", "づくり ー゛ 「゛」"),
            ("ｶﾞｲﾄﾞ ﾊﾟｽ", "ｶﾞｲﾄﾞ ﾊﾟｽ"),
            ("目\u{200b}標\u{feff}\u{ad}\u{202e}\u{2066}", "目標"),
            ("葛\u{e0100}飾 辻\u{fe00}", "葛飾 辻"),
            ("1\u{a0}2\u{2009}3\u{202f}4\u{2003}5", "1 2 3 4 5"),
            ("㈱ ㋿ ① ｶ Ａ ％ 髙 尐", "㈱ ㋿ ① ｶ Ａ ％ 髙 尐"),
            ("\u{3000}成\t果\u{3000}", "\u{3000}成\t果\u{3000}"),
        ];
        for (text, want) in cases {
            assert_eq!(normal_form(text), want, "{text:?}");
        }
    }

    #[test]
    fn words_of_the_form_are_compared_without_blanks_and_signs() {
        assert_eq!(form_key("㋿５年度　（千 円）"), "令和5年度(千円)");
        assert_eq!(form_key("⽬ 標\u{200b}①"), "目標①");
    }

    #[test]
    fn labels_are_found_with_their_blanks_and_marks() {
        let cases = [
            ("目 標 か所 - 8", Some("か所 - 8")),
            ("目　標\t人", Some("人")),
            ("【目標】人 3", Some("人 3")),
            ("■目標：人", Some("人")),
            ("目標", Some("")),
            ("目標 3", Some("3")),
            ("目標達成度合い", None),
            ("実績", None),
        ];
        for (line, want) in cases {
            assert_eq!(after_label(line, "目標"), want, "{line}");
        }
    }

    proptest! {
        #[test]
        fn a_normal_form_is_its_own_normal_form(text in "\\PC{0,40}") {
            let once = normal_form(&text).into_owned();
            prop_assert_eq!(normal_form(&once), once.as_str());
        }
    }
}
