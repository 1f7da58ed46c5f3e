//! The grades of a paper: letters, signs or words (S, ◎, 順調), as it explains them or as the scheme of
//! its plan names them.

use super::lines::Doc;
use crate::form_words::FormWords;
use meguri_core::text::narrow;

/// Words that papers grade by. They count where a paper explains them, or where it prints them alone
/// and explains no grade at all.
pub(super) const WORDS: [&str; 20] = [
    "順調",
    "概ね順調",
    "おおむね順調",
    "ほぼ順調",
    "やや遅れ",
    "やや遅れている",
    "遅れ",
    "遅れている",
    "遅延",
    "大幅な遅れ",
    "予定以上",
    "予定どおり",
    "予定通り",
    "計画どおり",
    "計画通り",
    "計画以上",
    "達成",
    "概ね達成",
    "一部達成",
    "未達成",
];
/// The letters of every such paper.
pub(super) const LETTERS: [&str; 5] = ["S", "A", "B", "C", "D"];
/// No scale has more grades.
const MOST_GRADES: usize = 12;
/// The longest grade, in characters.
const LONGEST: usize = 12;

/// The grades of a paper: those that it explains and those of its scheme; else those of every such
/// paper.
pub(super) fn of(doc: &Doc<'_>, words: &FormWords) -> Vec<String> {
    let mut scale: Vec<String> = Vec::new();
    let explained = doc.pieces.iter().filter(|piece| !piece.text.contains('。'));
    let explained = explained.flat_map(|piece| explained_grades(piece.text));
    for grade in explained.chain(words.grades.iter().map(|grade| narrow(grade))) {
        if scale.len() < MOST_GRADES && !scale.contains(&grade) {
            scale.push(grade);
        }
    }
    if scale.len() < 2 {
        scale = LETTERS.map(str::to_owned).to_vec();
        scale.extend(words_alone(doc, &scale));
    }
    scale
}

/// The grades in words that stand alone on lines, where no letter does.
fn words_alone(doc: &Doc<'_>, letters: &[String]) -> Vec<String> {
    let lettered = |text: &str| lone_grade(text, letters).is_some();
    if doc.pieces.iter().any(|piece| lettered(piece.text)) {
        return Vec::new();
    }
    let alone = |word: &&str| doc.pieces.iter().any(|piece| piece.text.trim() == *word);
    WORDS
        .iter()
        .filter(|word| alone(word))
        .map(ToString::to_string)
        .collect()
}

/// The grade that stands alone on a line.
pub(super) fn lone_grade<'s>(text: &str, scale: &'s [String]) -> Option<&'s str> {
    let text = text.trim();
    if text.is_empty() || text.chars().nth(LONGEST * 2).is_some() {
        return None;
    }
    let text: String = narrow(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    scale
        .iter()
        .map(String::as_str)
        .find(|grade| *grade == text)
}

/// The grade at the end of a line, behind a space or a full stop, with what stands before it.
pub(super) fn closing_grade<'a, 's>(
    text: &'a str,
    scale: &'s [String],
) -> Option<(&'a str, &'s str)> {
    let start = text.char_indices().rev().take(LONGEST + 1).find(|(at, _)| {
        let before = text.get(..*at).unwrap_or_default();
        before.ends_with([' ', '\u{3000}', '。'])
    });
    let (before, last) = text.split_at_checked(start?.0)?;
    let grade = lone_grade(last, scale)?;
    let japanese = before
        .trim_end()
        .chars()
        .next_back()
        .is_some_and(|c| !c.is_ascii_alphanumeric());
    japanese.then_some((before.trim_end(), grade))
}

/// Collects the grades that the paper explains: `「Ｓ」：…`, `S:…  A:…`, `（Ｂ）`, `「順調」：…`.
pub(super) fn explained_grades(text: &str) -> Vec<String> {
    let folded: Vec<char> = narrow(text).chars().collect();
    let mut found = Vec::new();
    for (index, c) in folded.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|i| folded.get(i)).copied();
        let after = folded.get(index + 1).copied();
        let framed = matches!(
            (before, after),
            (Some('(' | '「' | '【'), Some(')' | '」' | '】')) | (None | Some(' '), Some(':'))
        );
        if framed && (c.is_ascii_uppercase() || is_grade_sign(*c)) {
            found.push(c.to_string());
        }
    }
    found.extend(explained_words(&folded));
    found
}

/// `「順調」：…`, `【順調】…`, `順調：…`: words of a scale before a colon, in quotes or not.
fn explained_words(text: &[char]) -> Vec<String> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in text.iter().enumerate().filter(|(_, c)| **c == ':') {
        let behind = text.get(from..at).unwrap_or_default();
        let closed = behind
            .last()
            .is_some_and(|c| matches!(c, '」' | '】' | '》' | '"'));
        let opens =
            |c: &char| matches!(c, '「' | '【' | '《' | '"') || !closed && c.is_whitespace();
        let inner = behind
            .get(..behind.len() - usize::from(closed))
            .unwrap_or_default();
        let start = inner.iter().rposition(opens).map_or(0, |start| start + 1);
        let word: String = inner.get(start..).unwrap_or_default().iter().collect();
        let quoted = closed && (2..=LONGEST).contains(&word.chars().count());
        if quoted || WORDS.contains(&word.as_str()) {
            found.push(word);
        }
        from = at + 1;
    }
    found
}

const fn is_grade_sign(c: char) -> bool {
    matches!(c, '◎' | '○' | '◯' | '△' | '▲' | '×')
}

/// A line that explains the grades: it belongs to no row.
pub(super) fn is_legend(text: &str) -> bool {
    if text.contains("欄の見方") || text.contains("評価の見方") {
        return true;
    }
    let grades = explained_grades(text);
    grades.len() >= 2 || grades.iter().any(|grade| WORDS.contains(&grade.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_explained_in_letters_signs_and_words() {
        for (line, want) in [
            ("「Ｓ」：予定以上 「Ａ」：予定どおり", "S A"),
            ("S:予定以上  A:予定どおり", "S A"),
            ("◎：予定以上　○：予定どおり", "◎ ○"),
            ("「順調」：予定どおり", "順調"),
            (
                "順調：予定どおり　概ね順調：一部に遅れ　遅れ：大きな遅れ",
                "順調 概ね順調 遅れ",
            ),
            ("【予定を上回る】：目標以上", "予定を上回る"),
            ("会場：市役所　開会：10時", ""),
        ] {
            assert_eq!(explained_grades(line).join(" "), want, "{line}");
        }
    }

    #[test]
    fn grades_stand_alone_or_close_a_line() {
        let scale = ["A", "順調", "概ね順調"].map(str::to_owned);
        assert_eq!(lone_grade("Ａ", &scale), Some("A"));
        assert_eq!(lone_grade(" 概ね 順調", &scale), Some("概ね順調"));
        assert_eq!(lone_grade("順調に進める", &scale), None);
        let close = |text| closing_grade(text, &scale);
        assert_eq!(close("調査を行った。 Ａ"), Some(("調査を行った。", "A")));
        assert_eq!(
            close("調査を行った。概ね順調"),
            Some(("調査を行った。", "概ね順調"))
        );
        assert_eq!(close("進捗は概ね順調"), None);
        assert_eq!(close("Vitamin A"), None);
    }
}
