//! What one cell says: a dash, a sign, a figure with unit, mark and note, or words.

use super::{AgainstLastYear, Limit, Meaning, Sign, is_unit};
use crate::text::{is_dash, is_dash_cell, name_key, narrow, normal_form};
use rust_decimal::Decimal;

/// The meaning of a cell and its mark of revision or footnote.
pub(super) fn read(text: &str, unit: Option<&str>) -> (Meaning, Option<String>) {
    let text = narrow(&normal_form(text));
    if let Some(meaning) = sign_of(text.trim()) {
        return (meaning, None);
    }
    let (body, mark) = take_mark(&text);
    let (body, mark) = leading_mark(body, mark);
    let bare = without_note(&body);
    // A dash or a sign may have a mark or a note as a figure has: `- (※3)`, `－（調査なし）`.
    let meaning = sign_of(bare).unwrap_or_else(|| meaning_of(bare, unit));
    if meaning == Meaning::Words {
        // A parenthesis that is no note, as of a second figure, belongs to the words.
        return (meaning_of(&body, unit), mark);
    }
    (meaning, mark)
}

/// A dash or a sign of the statistician, alone in its cell.
fn sign_of(text: &str) -> Option<Meaning> {
    if is_dash_cell(text) {
        return Some(Meaning::Dash);
    }
    let inner = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .unwrap_or(text);
    let key = inner.trim().to_lowercase();
    let all = |signs: &[char]| !key.is_empty() && key.chars().all(|c| signs.contains(&c));
    let many = key.chars().count() > 1;
    let sign = match key.as_str() {
        "n.a." | "n.a" | "na" | "不詳" | "不明" | "未詳" | "?" => Sign::Unknown,
        "x" | "χ" | "×" | "秘匿" | "秘" | "非公表" | "非公開" => Sign::Withheld,
        "n/a" | "・" | "･" | "該当なし" | "該当無し" | "非該当" => {
            Sign::NotApplicable
        }
        _ if all(&['…', '‥']) || many && all(&['.', '・', '･']) => Sign::Unknown,
        _ if many && all(&['*', '✕', 'x']) => Sign::Withheld,
        _ => return None,
    };
    Some(Meaning::Sign(sign))
}

/// Splits marks of revision off: `58 [※]`, `53 ^{※2}`, `68.9(※)`, `27.0*`, `68.9※ (令和3年5月)`.
fn take_mark(text: &str) -> (String, Option<String>) {
    let whole = || (text.to_owned(), None);
    let Some(start) = text.find(['※', '*', '[', '^', '(']) else {
        return whole();
    };
    let (body, rest) = text.split_at(start);
    let Some(at) = rest.find(['※', '*']).filter(|_| !body.trim().is_empty()) else {
        return whole();
    };
    let (before, mark) = rest.split_at(at);
    let sign = mark.chars().next().map_or(0, char::len_utf8);
    let digits = mark.bytes().skip(sign).take_while(u8::is_ascii_digit);
    let mark = mark.get(..sign + digits.count()).map(str::to_owned);
    // 「1,289(速報値)※」: what stands before the mark stays with the figure.
    let kept = before.trim_end_matches(['(', '[', '^', '{', ' ']);
    (format!("{body}{kept}").trim().to_owned(), mark)
}

/// A mark before its figure: `※1,289`, `*3`.
fn leading_mark(body: String, mark: Option<String>) -> (String, Option<String>) {
    if mark.is_some() {
        return (body, mark);
    }
    match body.strip_prefix(['※', '*']) {
        Some(rest) if begins_with_figure(rest) => {
            let sign: String = body.chars().take(1).collect();
            (rest.trim().to_owned(), Some(sign))
        }
        _ => (body, None),
    }
}

fn begins_with_figure(text: &str) -> bool {
    text.trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '▲' | '△'))
}

/// The text before a note in parentheses: `1,289(速報値)`. A parenthesis with a figure alone is a
/// second figure, no note.
fn without_note(body: &str) -> &str {
    let body = body.trim();
    let Some((before, note)) = body
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
    else {
        return body;
    };
    let second = note
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '▲' | '△') || is_dash(c));
    let year = note.contains(['年', '月', '注']);
    match before.trim().is_empty() || second && !year {
        true => body,
        false => before.trim(),
    }
}

fn meaning_of(body: &str, unit: Option<&str>) -> Meaning {
    let body = body.trim();
    if let Some(against) = against_last_year(body) {
        return Meaning::LastYear(against);
    }
    let (Some(number), word) = split_number(body) else {
        return Meaning::Words;
    };
    let (word, limit) = split_limit(word.trim());
    let Some(number) = in_unit(number, word, unit) else {
        return Meaning::Words;
    };
    match limit {
        Some(limit) => Meaning::Limit(limit, number),
        None => Meaning::Number(number),
    }
}

/// The word of limit at the end of what follows a number.
fn split_limit(word: &str) -> (&str, Option<Limit>) {
    let limits = [
        ("以上", Limit::AtLeast),
        ("以下", Limit::AtMost),
        ("以内", Limit::AtMost),
        ("を超える", Limit::Above),
        ("を上回る", Limit::Above),
        ("超", Limit::Above),
        ("を下回る", Limit::Below),
        ("未満", Limit::Below),
    ];
    let found = limits
        .into_iter()
        .find_map(|(tail, limit)| Some((word.strip_suffix(tail)?.trim(), limit)));
    found.map_or((word, None), |(word, limit)| (word, Some(limit)))
}

/// The number with what follows it, where that is nothing or a unit; of a multiple of the row's own
/// unit (4.8万人 in a row of 人) the whole number.
fn in_unit(number: Decimal, word: &str, unit: Option<&str>) -> Option<Decimal> {
    if word.is_empty() {
        return Some(number);
    }
    if let Some(unit) = unit {
        let (word, unit) = (name_key(word), name_key(unit));
        if word == unit {
            return Some(number);
        }
        let times = [("千", 1_000), ("万", 10_000), ("億", 100_000_000)]
            .into_iter()
            .find(|(times, _)| word.strip_prefix(times) == Some(unit.as_str()));
        if let Some((_, times)) = times {
            return number
                .checked_mul(Decimal::from(times))
                .map(|n| n.normalize());
        }
    }
    is_unit(word).then_some(number)
}

fn against_last_year(body: &str) -> Option<AgainstLastYear> {
    let rest = [
        "前年度実績",
        "前年実績",
        "前年度比",
        "前年比",
        "前年度",
        "前年",
        "対前年度比",
        "対前年比",
    ]
    .into_iter()
    .find_map(|head| body.strip_prefix(head))?;
    match rest.trim() {
        "以下" | "減" | "減少" | "より減" | "未満" | "より減少" => {
            Some(AgainstLastYear::NotAbove)
        }
        "同程度" | "並み" | "並" | "同" | "維持" | "同水準" | "と同程度" => {
            Some(AgainstLastYear::Like)
        }
        "以上" | "増" | "増加" | "超" | "より増" | "より増加" => {
            Some(AgainstLastYear::NotBelow)
        }
        _ => None,
    }
}

/// A number at the head (sign, commas between thousands, decimals) and the rest.
fn split_number(body: &str) -> (Option<Decimal>, &str) {
    let sign = |c: char| is_dash(c) || matches!(c, '▲' | '△');
    let negative = body.starts_with(sign);
    let digits = match negative {
        true => body.trim_start_matches(|c| sign(c) || c == ' '),
        false => body.strip_prefix('+').unwrap_or(body),
    };
    let end = digits
        .find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
        .unwrap_or(digits.len());
    let (number, rest) = digits.split_at(end);
    let well_grouped = number.split('.').next().is_some_and(well_grouped);
    let parsed = if well_grouped && number.starts_with(|c: char| c.is_ascii_digit()) {
        number.replace(',', "").parse::<Decimal>().ok()
    } else {
        None
    };
    (parsed.map(|n| if negative { -n } else { n }), rest)
}

/// Commas stand between thousands, or there are none.
fn well_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|g| g.len() == 3))
}
