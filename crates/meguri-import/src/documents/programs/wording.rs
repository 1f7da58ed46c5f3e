//! What the wording and the setting of a paragraph tell: its widths, its tense, its letter-spacing.

use meguri_core::text::is_japanese;

/// The width of a full-width character; a half-width one has half of it, a space a quarter,
/// because justified text holds thin spaces between Japanese and Latin letters.
pub(super) const FULL: u32 = 4;

/// The width of a line as it was set, in quarters of a full-width character.
pub(super) fn width(line: &str) -> u32 {
    line.trim()
        .chars()
        .map(char_width)
        .fold(0, u32::saturating_add)
}

const fn char_width(c: char) -> u32 {
    match c {
        ' ' => FULL / 4,
        '\u{3099}' | '\u{309a}' => 0,
        '\u{21}'..='\u{7e}' | '\u{ff61}'..='\u{ff9f}' => FULL / 2,
        _ => FULL,
    }
}

/// What the end of a paragraph says about when it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// Done: `…した。`
    Past,
    /// To be done, or lasting, after a sentence on what was done.
    Mixed,
    /// To be done, or lasting: `…する。`
    Open,
    /// No verb at the end.
    Unknown,
}

/// The tense of a paragraph: that of its last sentence, parentheses aside.
pub(super) fn tense(text: &str) -> Tense {
    let mut sentences = text
        .split('。')
        .map(without_parentheses)
        .filter(|sentence| !sentence.is_empty());
    let Some(last) = sentences.next_back() else {
        return Tense::Unknown;
    };
    match ending(last) {
        Tense::Open if sentences.any(|s| ending(s) == Tense::Past) => Tense::Mixed,
        tense => tense,
    }
}

/// Takes the closing `（…）` off, as often as one stands there.
fn without_parentheses(sentence: &str) -> &str {
    let mut rest = sentence.trim();
    while let Some(open) = rest
        .strip_suffix(['）', ')'])
        .and_then(|inner| inner.rfind(['（', '(']))
    {
        rest = rest.get(..open).unwrap_or_default().trim_end();
    }
    rest
}

fn ending(sentence: &str) -> Tense {
    const OPEN: [char; 12] = [
        'る', 'う', 'く', 'す', 'む', 'ぶ', 'ぐ', 'つ', 'ぬ', 'い', 'ん', 'だ',
    ];
    const OPEN_NOUNS: [&str; 5] = ["予定", "必要", "課題", "見込み", "検討中"];
    match sentence.chars().next_back() {
        _ if OPEN_NOUNS.iter().any(|noun| sentence.ends_with(noun)) => Tense::Open,
        Some('た') => Tense::Past,
        Some('だ') if sentence.ends_with("んだ") => Tense::Past,
        Some(c) if OPEN.contains(&c) => Tense::Open,
        _ => Tense::Unknown,
    }
}

/// A line with the spaces of letter-spacing taken out: `推 進 計 画` and `文 書 の 電 子`, but also a
/// spaced stretch within a line (`交付 ｼ ｽ ﾃ ﾑ の構築`). Other spaces stay.
pub(super) fn close_spacing(line: &str) -> String {
    let chars: Vec<char> = line.trim().chars().collect();
    let at = |index: Option<usize>| index.and_then(|i| chars.get(i)).copied();
    let is_gap = |index: Option<usize>| at(index).is_none_or(|c| c == ' ' || c == '\u{3000}');
    // A Japanese character with a space (or the end of the line) on either side.
    let alone = |index: Option<usize>| {
        at(index).is_some_and(is_letter)
            && is_gap(index.and_then(|i| i.checked_sub(1)))
            && is_gap(index.and_then(|i| i.checked_add(1)))
    };
    let mut closed = String::with_capacity(line.len());
    for (index, c) in chars.iter().enumerate() {
        let (left, right) = (index.checked_sub(1), Some(index + 1));
        let run = |one: Option<usize>, two: Option<usize>| alone(one) && alone(two);
        let spaced = is_gap(Some(index))
            && at(left).is_some_and(is_letter)
            && at(right).is_some_and(is_letter)
            && (run(left, right) || run(left, index.checked_sub(3)) || run(right, Some(index + 3)));
        let broken_kana = is_gap(Some(index)) && at(left).is_some_and(is_half_kana_mark);
        if !spaced && !broken_kana {
            closed.push(*c);
        }
    }
    closed
}

/// A name with all its layout spaces taken out: those between two Japanese characters.
pub(super) fn close_name(line: &str) -> String {
    let mut closed = String::with_capacity(line.len());
    let mut chars = line.trim().chars().peekable();
    while let Some(c) = chars.next() {
        let space = c == ' ' || c == '\u{3000}';
        let between = closed.chars().next_back().is_some_and(is_letter)
            && chars
                .peek()
                .is_some_and(|next| is_letter(*next) || next.is_whitespace());
        if !(space && between) {
            closed.push(c);
        }
    }
    closed
}

const fn is_letter(c: char) -> bool {
    is_japanese(c) && c != '\u{3000}'
}

/// The voicing and length marks of half-width kana, behind which extraction breaks a word.
const fn is_half_kana_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}' | 'ﾞ' | 'ﾟ' | 'ｰ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tense_is_that_of_the_last_sentence() {
        let cases = [
            ("水辺の清掃を3回実施した。", Tense::Past),
            ("参加者は 29件であった。", Tense::Past),
            ("周知を行った（農政課が実施）。", Tense::Past),
            ("講座を4回開くことを目指す。（2回）", Tense::Open),
            ("整備を終えた。次の区間を検討する。", Tense::Mixed),
            ("制度が必要である。", Tense::Open),
            ("年度末の登録率73.7％。", Tense::Unknown),
            ("来年度に改修を実施予定。", Tense::Open),
            ("窓口の見直し", Tense::Unknown),
            ("", Tense::Unknown),
        ];
        for (text, want) in cases {
            assert_eq!(tense(text), want, "{text}");
        }
    }

    #[test]
    fn letter_spacing_closes_and_other_spaces_stay() {
        assert_eq!(close_spacing("水 辺 計 画"), "水辺計画");
        assert_eq!(close_spacing("交付 ｼ ｽ ﾃ ﾑ の構"), "交付ｼｽﾃﾑの構");
        assert_eq!(close_spacing("開館 150 年 記念展"), "開館 150 年 記念展");
        assert_eq!(close_spacing("置 に 関 す"), "置に関す");
        assert_eq!(close_name("保全と 利"), "保全と利");
        assert_eq!(close_name("自治体 DX によ"), "自治体 DX によ");
    }
}
