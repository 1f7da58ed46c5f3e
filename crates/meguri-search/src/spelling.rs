//! Other spellings of a word that are tried beside the typed one.
//!
//! The normal form unites what one character tells; here are the rules that need more: okurigana,
//! long vowels, ヴ and バ, 々, the ケ of counting, numerals, and words that the list knows in several
//! spellings. Each rule gives whole words to look for; which of them the index holds is seen by the
//! caller. So the index has one form of each text, and a rule can be bold.

use crate::figures::with_commas;
use crate::words::WordList;
use std::collections::HashSet;

/// The longest word that is spelt in other ways, in characters.
const LONGEST: usize = 40;
/// The longest word on which a second rule works, in characters.
const LONGEST_TWICE: usize = 16;
/// The longest part that is looked up in a list, in characters.
const LONGEST_PART: usize = 14;
/// The most spellings that are made.
const MOST: usize = 200;
/// How many rules may work on one word, one after the other.
const STEPS: usize = 2;
/// The shortest run of katakana in which a long vowel may stand anywhere.
const LONG_RUN: usize = 5;

/// Spellings of a word in normal form, itself not among them, those nearest to it first.
pub(crate) fn spellings(word: &str, lists: &[&WordList]) -> Vec<String> {
    let mut seen: HashSet<String> = HashSet::from([word.to_owned()]);
    let mut found: Vec<String> = Vec::new();
    let mut last = vec![word.to_owned()];
    for _ in 0..STEPS {
        let mut next = Vec::new();
        for word in &last {
            for other in neighbours(word, lists) {
                if found.len() + next.len() < MOST && seen.insert(other.clone()) {
                    next.push(other);
                }
            }
        }
        found.extend(next.iter().cloned());
        last = next;
        last.retain(|word| word.chars().nth(LONGEST_TWICE).is_none());
    }
    found
}

fn neighbours(word: &str, lists: &[&WordList]) -> Vec<String> {
    let chars: Vec<char> = word.chars().collect();
    let mut found = Vec::new();
    if chars.is_empty() || chars.len() > LONGEST {
        return found;
    }
    for list in lists {
        of_list(&chars, list, &mut found);
    }
    numerals(&chars, &mut found);
    commas(word, &mut found);
    separators(&chars, &mut found);
    counting(&chars, &mut found);
    repeated(&chars, &mut found);
    okurigana(&chars, &mut found);
    vu(word, &mut found);
    long_vowels(&chars, &mut found);
    found
}

/// Parts of the word that the list knows in several spellings.
fn of_list(chars: &[char], list: &WordList, found: &mut Vec<String>) {
    for from in 0..chars.len() {
        for to in (from + 1..=chars.len().min(from + LONGEST_PART)).rev() {
            let part = text(chars.get(from..to));
            for other in list.spellings(&part) {
                if *other != part {
                    found.push(replaced(chars, from, to, other));
                }
            }
        }
    }
}

/// Kana between kanji, or after the last two: 取り組み, 取組み, 取組.
fn okurigana(chars: &[char], found: &mut Vec<String>) {
    const DROPPED: &str = "リミシキイチギケエレゲビセメテ";
    for (at, c) in chars.iter().enumerate().skip(1) {
        let before = chars.get(at - 1).copied().is_some_and(is_kanji);
        let after = chars.get(at + 1).copied();
        let at_end = after.is_none() && at >= 3 && chars.get(at - 2).is_some_and(|c| !is_kanji(*c));
        if before && DROPPED.contains(*c) && (after.is_some_and(is_kanji) || at_end) {
            found.push(replaced(chars, at, at + 1, ""));
        }
    }
}

/// コミュニティー and コミュニティ, サーバー and サーバ.
fn long_vowels(chars: &[char], found: &mut Vec<String>) {
    let mut from = 0;
    while from < chars.len() {
        let run = chars
            .iter()
            .skip(from)
            .take_while(|c| is_katakana(**c))
            .count();
        let to = from + run;
        for at in from..to {
            let is_long = chars.get(at) == Some(&'ー');
            let last = at + 1 == to;
            if is_long && at > from && (last && run >= 4 || run > LONG_RUN) {
                found.push(replaced(chars, at, at + 1, ""));
            }
            let next_long = chars.get(at + 1) == Some(&'ー');
            if !is_long && !next_long && (last && run >= 3 || run >= LONG_RUN) {
                found.push(replaced(chars, at + 1, at + 1, "ー"));
            }
        }
        from = to.max(from + 1);
    }
}

/// ヴァイオリン and バイオリン; small kana are large in normal form.
fn vu(word: &str, found: &mut Vec<String>) {
    const PAIRS: [(&str, &str); 5] = [
        ("ヴア", "バ"),
        ("ヴイ", "ビ"),
        ("ヴエ", "ベ"),
        ("ヴオ", "ボ"),
        ("ヴ", "ブ"),
    ];
    for (vu, bu) in PAIRS {
        if word.contains(vu) {
            found.push(word.replace(vu, bu));
        }
        if word.contains(bu) && word.chars().filter(|c| is_katakana(*c)).count() >= 3 {
            found.push(word.replace(bu, vu));
        }
    }
}

/// 人々 and 人人.
fn repeated(chars: &[char], found: &mut Vec<String>) {
    for (at, pair) in (0..).zip(chars.windows(2)) {
        let [one, two] = pair else { continue };
        if *two == '々' {
            found.push(replaced(chars, at + 1, at + 2, &one.to_string()));
        } else if one == two && is_kanji(*one) {
            found.push(replaced(chars, at + 1, at + 2, "々"));
        }
    }
}

/// か, ケ, 箇 and 個 in front of what is counted, and ガ, ケ and ノ between the kanji of a place.
fn counting(chars: &[char], found: &mut Vec<String>) {
    for (at, three) in (0..).zip(chars.windows(2)) {
        let [c, next] = three else { continue };
        let counted = matches!(next, '所' | '月' | '年' | '国' | '条' | '村');
        let before: Option<&char> = usize::checked_sub(at, 1).and_then(|at| chars.get(at));
        let forms: &[&str] = match c {
            'カ' | 'ケ' | '箇' | '個' if counted => &["カ", "ケ", "箇", "個"],
            'ガ' | 'ケ' | 'ノ' if is_kanji(*next) && before.is_some_and(|c| is_kanji(*c)) => {
                &["ガ", "ケ", "ノ", ""]
            }
            _ => continue,
        };
        for form in forms.iter().filter(|form| **form != c.to_string()) {
            found.push(replaced(chars, at, at + 1, form));
        }
    }
}

/// 48250 and 48,250; four digits that may be a year stay.
fn commas(word: &str, found: &mut Vec<String>) {
    let plain = word.replace(',', "");
    if plain.len() != word.len() {
        found.push(plain);
        return;
    }
    let mut text = String::new();
    let mut digits = String::new();
    let flush = |digits: &mut String, text: &mut String| {
        let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        match digits.parse::<i64>() {
            Ok(number) if !year && !digits.starts_with('0') => text.push_str(&with_commas(number)),
            _ => text.push_str(digits),
        }
        digits.clear();
    };
    for c in word.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            flush(&mut digits, &mut text);
            text.push(c);
        }
    }
    flush(&mut digits, &mut text);
    if text != word {
        found.push(text);
    }
}

/// 3・4・19, 3-4-19 and 3.4.19.
fn separators(chars: &[char], found: &mut Vec<String>) {
    const MARKS: [char; 4] = ['・', 'ー', '.', '/'];
    let between = |at: usize| {
        let digit = |at: Option<usize>| {
            at.and_then(|at| chars.get(at))
                .is_some_and(char::is_ascii_digit)
        };
        digit(at.checked_sub(1)) && digit(Some(at + 1))
    };
    let at: Vec<usize> = (0..chars.len())
        .filter(|at| chars.get(*at).is_some_and(|c| MARKS.contains(c)) && between(*at))
        .collect();
    if at.is_empty() {
        return;
    }
    for mark in MARKS {
        let other = chars
            .iter()
            .enumerate()
            .map(|(i, c)| if at.contains(&i) { mark } else { *c });
        found.push(other.collect());
    }
}

/// 第五次 and 第5次, 三丁目 and 3丁目.
fn numerals(chars: &[char], found: &mut Vec<String>) {
    let is_run = |c: &char| digit(*c).is_some() || matches!(c, '十' | '百');
    let mut arabic = String::new();
    let (mut counted, mut spoken) = (String::new(), String::new());
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        let run = chars.iter().skip(at).take_while(|c| is_run(c)).count();
        if run > 0 {
            arabic.push_str(&number_of(chars.get(at..at + run).unwrap_or_default()));
            let typed = text(chars.get(at..at + run));
            counted.push_str(&typed);
            spoken.push_str(&typed);
            at += run;
            continue;
        }
        let digits = chars
            .iter()
            .skip(at)
            .take_while(|c| c.is_ascii_digit())
            .count();
        let number = text(chars.get(at..at + digits)).parse::<u32>();
        if let Ok(number @ 1..=99) = number {
            counted.push_str(
                &text(chars.get(at..at + digits))
                    .chars()
                    .map(kanji)
                    .collect::<String>(),
            );
            spoken.push_str(&in_kanji(number));
            arabic.push_str(&text(chars.get(at..at + digits)));
            at += digits;
            continue;
        }
        for form in [&mut arabic, &mut counted, &mut spoken] {
            form.push(*c);
        }
        at += 1;
    }
    let word = text(Some(chars));
    for form in [arabic, counted, spoken] {
        if form != word && !form.is_empty() && !found.contains(&form) {
            found.push(form);
        }
    }
}

/// A run of kanji numerals in digits: 二十三, 一九.
fn number_of(run: &[char]) -> String {
    if !run.iter().any(|c| matches!(c, '十' | '百')) {
        return run
            .iter()
            .filter_map(|c| digit(*c))
            .map(|d| d.to_string())
            .collect();
    }
    let (mut sum, mut pending) = (0_u32, None);
    for c in run {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            _ => {
                pending = digit(*c);
                continue;
            }
        };
        sum += pending.take().unwrap_or(1) * unit;
    }
    (sum + pending.unwrap_or(0)).to_string()
}

fn in_kanji(number: u32) -> String {
    let one = |n: u32| {
        char::from_digit(n, 10)
            .map(kanji)
            .map(String::from)
            .unwrap_or_default()
    };
    let tens = match number / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        n => format!("{}十", one(n)),
    };
    let ones = if number.is_multiple_of(10) {
        String::new()
    } else {
        one(number % 10)
    };
    format!("{tens}{ones}")
}

const KANJI: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

fn digit(c: char) -> Option<u32> {
    (0..)
        .zip(KANJI)
        .find(|(_, kanji)| *kanji == c)
        .map(|(digit, _)| digit)
}

fn kanji(digit: char) -> char {
    let at = digit.to_digit(10).and_then(|at| usize::try_from(at).ok());
    at.and_then(|at| KANJI.get(at)).copied().unwrap_or(digit)
}

pub(crate) const fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '〇' | '㐀'..='\u{9fff}' | '\u{20000}'..='\u{3fffd}')
}

const fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}

fn text(chars: Option<&[char]>) -> String {
    chars.unwrap_or_default().iter().collect()
}

fn replaced(chars: &[char], from: usize, to: usize, by: &str) -> String {
    let (head, tail) = (chars.iter().take(from), chars.iter().skip(to));
    head.copied()
        .chain(by.chars())
        .chain(tail.copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal::normal;

    #[test]
    fn the_spellings_of_a_word_lead_to_each_other() {
        let cases: &[(&str, &str)] = &[
            ("コミュニティーバス", "コミュニティバス"),
            ("コミュニティバス", "コミュニティーバス"),
            ("サーバー", "サーバ"),
            ("センタ", "センター"),
            ("ヴァイオリン", "バイオリン"),
            ("バイオリン", "ヴァイオリン"),
            ("取り組み", "取組"),
            ("取組み", "取組"),
            ("取組", "取り組み"),
            ("引き下げ率", "引下率"),
            ("人人", "人々"),
            ("人々", "人人"),
            ("設置箇所", "設置か所"),
            ("3ヶ月", "3箇月"),
            ("霞が丘", "霞ヶ丘"),
            ("第五次計画", "第5次計画"),
            ("第5次計画", "第五次計画"),
            ("23区", "二十三区"),
            ("二十三区", "23区"),
            ("三・四・一九号線", "3・4・19号線"),
            ("3-4-19号線", "3・4・19号線"),
            ("48250", "48,250"),
            ("48,250", "48250"),
            ("1289人", "1,289人"),
            ("子供", "子ども"),
            ("こども食堂", "子ども食堂"),
            ("障害者", "障がい者"),
            ("障碍者", "障害者"),
            ("空き家", "空家"),
            ("空家", "空き家"),
        ];
        for (typed, printed) in cases {
            let found = spellings(&normal(typed), &[WordList::bundled()]);
            assert!(
                found.contains(&normal(printed)),
                "{typed} → {printed}: {found:?}"
            );
        }
    }

    #[test]
    fn words_that_are_not_the_same_are_not_spellings() {
        for (typed, other) in [
            ("コート", "コト"),
            ("ビル", "ビール"),
            ("公園", "講演"),
            ("2023", "2,023"),
            ("話し", "話"),
        ] {
            let found = spellings(&normal(typed), &[WordList::bundled()]);
            assert!(!found.contains(&normal(other)), "{typed} → {other}");
        }
    }

    #[test]
    fn absurd_words_are_bounded() {
        for word in [
            "バ".repeat(300),
            "一".repeat(40),
            "3・".repeat(20),
            "カ所".repeat(20),
            String::new(),
        ] {
            let found = spellings(&normal(&word), &[WordList::bundled()]);
            assert!(found.len() <= MOST, "{word}");
        }
    }
}
