//! Which spellings of a municipality's name are the same.

use super::{Kind, Listed};
use meguri_core::links::names::Shape;
use meguri_search::normal::normal;

/// Forms of kanji that names of municipalities mix and that the search keeps apart.
const MIXED: [(char, char); 8] = [
    ('竈', '釜'),
    ('鰺', '鯵'),
    ('檜', '桧'),
    ('檮', '梼'),
    ('驒', '騨'),
    ('淵', '渕'),
    ('籠', '篭'),
    ('鷗', '鴎'),
];

/// The form in which names are compared: kana of one kind and size, ヶ as が, one form of a kanji.
pub(super) fn key(text: &str) -> String {
    let plain = normal(text);
    let letters = plain
        .chars()
        .filter(|c| !c.is_whitespace() && !is_selector(*c));
    letters.map(letter).collect()
}

/// Selectors of variant glyphs, which some input methods put behind a kanji (葛󠄀).
const fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn letter(c: char) -> char {
    let hiragana = match c {
        'ァ'..='ヶ' => u32::from(c)
            .checked_sub(0x60)
            .and_then(char::from_u32)
            .unwrap_or(c),
        other => other,
    };
    match hiragana {
        'ぁ' => 'あ',
        'ぃ' => 'い',
        'ぅ' => 'う',
        'ぇ' => 'え',
        'ぉ' => 'お',
        'っ' => 'つ',
        'ゃ' => 'や',
        'ゅ' => 'ゆ',
        'ょ' => 'よ',
        // ヶ, ヵ and their large forms stand for が in names of places.
        '\u{3095}' | '\u{3096}' | 'か' | 'け' | 'げ' => 'が',
        '之' | '乃' => 'の',
        other => MIXED
            .iter()
            .find(|(form, _)| *form == other)
            .map_or(other, |(_, plain)| *plain),
    }
}

/// What was typed, as keys in the order in which they are tried: as it is, then without what is
/// put around a name: the office, a district (郡), a prefecture in brackets behind it.
pub(super) fn typed(text: &str) -> Vec<String> {
    let whole = key(text);
    let mut tries = vec![whole.clone()];
    let mut name = whole;
    if let Some((front, inner)) = name.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        name = format!("{inner}{front}");
        tries.push(name.clone());
    }
    let office = ["役所", "役場", "庁", "長"]
        .iter()
        .find_map(|end| name.strip_suffix(end));
    if let Some(rest) = office.map(ToOwned::to_owned) {
        tries.push(rest.clone());
        name = rest;
    }
    if let Some((front, rest)) = name.split_once('郡') {
        // 北海道中川郡池田町: the prefecture stays, where there is one.
        let prefecture = ["都", "道", "府", "県"]
            .iter()
            .filter_map(|end| front.find(end).and_then(|at| front.get(..at + end.len())));
        let prefecture = prefecture
            .max_by_key(|front| front.len())
            .unwrap_or_default();
        tries.push(format!("{prefecture}{rest}"));
    }
    tries.retain(|text| !text.is_empty());
    tries
}

/// The keys by which an entry is found besides its whole name.
pub(super) fn shortened(listed: &Listed) -> Vec<String> {
    if let Some((_, city)) = &listed.city {
        return vec![key(&format!("{city}{}", listed.name))];
    }
    let name = key(without_ending(listed.name));
    let prefecture = without_ending(listed.prefecture);
    let reading = key(listed.reading);
    let mut keys = vec![
        key(&format!("{prefecture}{}", listed.name)),
        key(&format!("{prefecture}{name}")),
        key(&format!("{}{name}", listed.prefecture)),
        name,
    ];
    let endings: &[&str] = match (listed.kind, listed.name.chars().last()) {
        (Kind::Prefecture, _) => &["ふ", "けん", "と"],
        (_, Some('市')) => &["し"],
        (_, Some('区')) => &["く"],
        (_, Some('町')) => &["ちょう", "まち"],
        _ => &["むら", "そん"],
    };
    let short = endings
        .iter()
        .find_map(|end| reading.strip_suffix(key(end).as_str()));
    keys.extend(short.map(ToOwned::to_owned));
    keys.push(reading);
    keys
}

/// A name without 都府県, 市, 町, 村 or 区. What would leave nothing stays, and 北海道 too.
fn without_ending(name: &'static str) -> &'static str {
    let short = name.strip_suffix(['都', '府', '県', '市', '町', '村', '区']);
    short.filter(|short| !short.is_empty()).unwrap_or(name)
}

/// How near a name is to what was typed, from 0 to 100.
pub(super) fn nearness(name: &str, wanted: &str, shape: &Shape) -> usize {
    let slips = slips(name, wanted);
    let longer = name.chars().count().max(wanted.chars().count()).max(1);
    let typing = 100 - (slips * 100 / longer).min(100);
    Shape::new(name).likeness(shape).max(typing)
}

/// Letters to put in, leave out or change, to make one text of the other.
fn slips(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, a) in one.chars().enumerate() {
        let mut last = place + 1;
        let mut next = vec![last];
        for ((b, above), corner) in other.iter().zip(row.iter().skip(1)).zip(&row) {
            last = (above + 1).min(last + 1).min(corner + usize::from(a != *b));
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
