//! A long word in its parts: 「道の穴」 as 道 and 穴, 「障害者手当」 as 障害者 and 手当.

use crate::normal::normal;
use crate::spelling::is_kanji;

/// The longest word that is taken apart, in characters.
const LONGEST: usize = 40;
/// The most parts.
const MOST: usize = 6;

/// Words that join others. Longer ones come first.
const JOINTS: &[&str] = &[
    "についての",
    "に関する",
    "のための",
    "における",
    "に対する",
    "に関して",
    "について",
    "に向けた",
    "によって",
    "による",
    "として",
    "などの",
    "ための",
    "するための",
    "という",
    "までの",
    "からの",
    "への",
    "との",
    "での",
    "から",
    "まで",
    "など",
    "とは",
    "って",
    "した",
    "する",
    "な",
    "の",
    "を",
    "に",
    "が",
    "と",
    "や",
    "は",
    "へ",
    "で",
    "も",
];
/// Words that say little of what is meant; they only rank.
const SOFT: &[&str] = &[
    "数",
    "量",
    "件数",
    "人数",
    "回数",
    "状況",
    "割合",
    "推移",
    "一覧",
    "方法",
    "こと",
    "もの",
    "とき",
    "時",
    "ところ",
    "場所",
    "人",
    "方",
    "件",
    "問題",
    "現状",
    "内容",
    "情報",
    "予定",
    "今後",
    "ため",
    "種類",
    "理由",
    "結果",
    "ほか",
    "料金",
    "利用",
    "市",
    "町",
    "村",
    "区",
    "市内",
    "指標",
    "成果指標",
    "事業",
    "施策",
    "取組",
    "計画",
    "サービス",
];

/// Does the word say little of what is meant?
pub(crate) fn is_soft(word: &str) -> bool {
    SOFT.contains(&word)
}

/// The parts of a word as typed, in its spelling; the word itself where it has none. A part is cut
/// at joints and marks, and a compound where all its parts are known or held.
pub(crate) fn of(
    typed: &str,
    known: &dyn Fn(&str) -> bool,
    held: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    if typed.chars().nth(LONGEST).is_some() {
        return vec![typed.to_owned()];
    }
    let mut parts = Vec::new();
    for piece in typed.split(is_mark).filter(|piece| !piece.is_empty()) {
        for word in at_joints(piece, known) {
            parts.extend(compound(&word, known, held));
        }
    }
    // One character says something only where it is a kanji.
    parts.retain(|part| part.chars().nth(1).is_some() || part.chars().all(is_kanji));
    parts.truncate(MOST);
    parts
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '・' | '･'
            | '、'
            | '，'
            | ','
            | '/'
            | '／'
            | '。'
            | '＆'
            | '&'
            | '+'
            | '＋'
            | '?'
            | '？'
            | '('
            | ')'
            | '（'
            | '）'
            | '「'
            | '」'
    ) || c.is_whitespace()
}

/// Cuts where a joint stands between two words.
fn at_joints(text: &str, known: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let joint = JOINTS.iter().find(|joint| {
            rest.strip_prefix(**joint)
                .is_some_and(|after| parted(&word, joint, after, known))
        });
        match joint {
            Some(joint) => {
                words.push(std::mem::take(&mut word));
                rest = rest.get(joint.len()..).unwrap_or_default();
            }
            None => {
                word.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// Are there words before and after a joint? A joint of one character is often part of a word, so
/// that it needs something that is no hiragana on its sides, or a word that is known.
fn parted(before: &str, joint: &str, after: &str, known: &dyn Fn(&str) -> bool) -> bool {
    let is_hiragana = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ー');
    let is_word = |word: &str| known(&normal(word));
    let ends = before.chars().next_back().is_some_and(|c| !is_hiragana(c));
    let begins = after.chars().next().is_none_or(|c| !is_hiragana(c));
    let long = |word: &str| word.chars().nth(1).is_some();
    match joint {
        "の" => {
            (ends || long(before) || is_word(before))
                && (begins || long(after))
                && !after.is_empty()
        }
        "な" | "した" | "する" => ends && begins,
        _ if long(joint) => ends || is_word(before),
        _ => (ends && begins && !after.is_empty()) || is_word(before),
    }
}

/// A compound in the fewest known words; itself where it is known, held or cannot be cut.
fn compound(word: &str, known: &dyn Fn(&str) -> bool, held: &dyn Fn(&str) -> bool) -> Vec<String> {
    let whole = vec![word.to_owned()];
    let places: Vec<usize> = word
        .char_indices()
        .map(|(at, _)| at)
        .chain([word.len()])
        .collect();
    if places.len() < 5 || known(&normal(word)) {
        return whole;
    }
    // For each place: the fewest words that end there, how many characters of them are known, and
    // where the last of them begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; places.len()];
    if let Some(first) = best.first_mut() {
        *first = Some((0, 0));
    }
    for to in 1..places.len() {
        for from in 0..to {
            let (Some((count, _)), Some(part)) = (
                best.get(from).copied().flatten(),
                places
                    .get(from)
                    .zip(places.get(to))
                    .and_then(|(a, b)| word.get(*a..*b)),
            ) else {
                continue;
            };
            let long = to - from >= 2;
            let fits = long && (known(&normal(part)) || (held(&normal(part)) && is_apart(part)));
            let better = best
                .get(to)
                .copied()
                .flatten()
                .is_none_or(|(least, _)| count + 1 < least);
            if fits
                && better
                && let Some(place) = best.get_mut(to)
            {
                *place = Some((count + 1, from));
            }
        }
    }
    backwards(word, &places, &best)
        .filter(|parts| parts.len() > 1)
        .unwrap_or(whole)
}

/// The longest known word at the end or at the beginning of a word that cannot be taken apart: ごみ in
/// 生ごみ.
pub(crate) fn within(typed: &str, known: &dyn Fn(&str) -> bool) -> Option<String> {
    if typed.chars().nth(LONGEST).is_some() {
        return None;
    }
    let places: Vec<usize> = typed.char_indices().map(|(at, _)| at).skip(1).collect();
    let tails = places.iter().filter_map(|at| typed.get(*at..));
    let heads = places.iter().rev().filter_map(|at| typed.get(..*at));
    let fits = |part: &&str| part.chars().nth(1).is_some() && known(&normal(part));
    // An end says what a thing is, a beginning only of what kind.
    let longest = |part: Option<&str>| part.map_or(0, |part| part.chars().count());
    let (tail, head) = (tails.clone().find(fits), heads.clone().find(fits));
    let best = if longest(head) > longest(tail) {
        head
    } else {
        tail
    };
    best.map(str::to_owned)
}

/// Could the part be a word, and not a piece of one? It does not begin or end within kana.
fn is_apart(part: &str) -> bool {
    part.chars().all(is_kanji) || part.chars().all(|c| matches!(c, 'ァ'..='ヺ' | 'ー'))
}

fn backwards(word: &str, places: &[usize], best: &[Option<(usize, usize)>]) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut to = places.len().checked_sub(1)?;
    while to > 0 {
        let (_, from) = best.get(to).copied().flatten()?;
        parts.push(word.get(*places.get(from)?..*places.get(to)?)?.to_owned());
        to = from;
    }
    parts.reverse();
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_taken_apart_where_words_meet() {
        let known = |word: &str| {
            [
                "障害者",
                "手当",
                "ゴミ",
                "オ年寄リ",
                "ミドリ",
                "保育所",
                "イヌ",
                "見守リ",
            ]
            .contains(&word)
        };
        let held = |word: &str| ["料金", "遊具", "公園"].contains(&word);
        for (typed, want) in [
            ("道の穴", vec!["道", "穴"]),
            ("障害者手当", vec!["障害者", "手当"]),
            ("ゴミの量", vec!["ゴミ", "量"]),
            ("お年寄りの見守り", vec!["お年寄り", "見守り"]),
            ("みどりの豊かさ", vec!["みどり", "豊かさ"]),
            ("保育所の料金", vec!["保育所", "料金"]),
            ("公園遊具", vec!["公園", "遊具"]),
            ("犬や猫", vec!["犬", "猫"]),
            ("道路・交通", vec!["道路", "交通"]),
            ("公園(1)", vec!["公園"]),
            ("公園について", vec!["公園"]),
            ("子育て", vec!["子育て"]),
            ("きのこ", vec!["きのこ"]),
            ("まちづくり", vec!["まちづくり"]),
            ("こどもの", vec!["こどもの"]),
        ] {
            assert_eq!(of(typed, &known, &held), want, "{typed}");
        }
        assert_eq!(within("生ゴミ", &known), Some("ゴミ".to_owned()));
        assert_eq!(within("障害者たち", &known), Some("障害者".to_owned()));
        assert_eq!(within("道路", &known), None);
        let long = "道の穴".repeat(100);
        assert_eq!(of(&long, &known, &held), [long]);
    }
}
