//! The marks of the form: table heads, headings, row numbers, grades.

use super::lines::{Doc, Piece};
use crate::source_text::SourceText;
use meguri_core::text::{circled_value, narrow, roman_value, whole_number};

/// Words that only this form prints, spaces aside.
pub(super) const STRONG: [&str; 8] = [
    "主な取組の方向性",
    "主な検討の方向性",
    "これまでの検討実績",
    "実施プログラム◇",
    "検討プログラム◆",
    "検討プログラム主な",
    "プログラム名取組内容",
    "プログラムの「評価」欄",
];
/// Words of the form that other papers print too: they count where the form shows itself otherwise.
pub(super) const WEAK: [&str; 7] = [
    "これまでの取組実績",
    "今後に向けた課題・改善点",
    "年度スケジュール",
    "設定目標",
    "予定どおりに進捗",
    "推進プログラム進捗状況",
    "推進プログラムの進捗状況",
];

/// How many marks of the form a text shows; 0 for any other text.
pub(super) fn count(source: &SourceText) -> u32 {
    let (mut strong, mut weak, mut rows) = (0_u32, 0_u32, Rows::default());
    for line in &source.lines {
        rows.see(&line.text);
        if line.text.trim().is_empty() || !has_mark_letter(&line.text) {
            continue;
        }
        let squeezed: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
        let hits = |words: &[&str]| words.iter().filter(|w| squeezed.contains(**w)).count();
        strong = strong.saturating_add(u32::try_from(hits(&STRONG)).unwrap_or(0));
        weak = weak.saturating_add(u32::try_from(hits(&WEAK)).unwrap_or(0));
        let heading = squeezed.starts_with("■実施プログラムの進捗状況")
            || squeezed.starts_with("方向性") && direction_heading(line.text.trim()).is_some();
        strong = strong.saturating_add(u32::from(heading));
    }
    // A page without its head still shows the outline of its rows. Weak words alone are another
    // paper's.
    match (strong, rows.whole) {
        (0, 0) => 0,
        (strong, whole) => strong.saturating_add(weak).saturating_add(whole),
    }
}

/// A cheap sieve before the search for words.
fn has_mark_letter(line: &str) -> bool {
    [
        "プログラム",
        "方向性",
        "実績",
        "課題",
        "スケジュール",
        "目標",
        "進捗",
    ]
    .iter()
    .any(|word| line.contains(word))
}

/// Counts rows by their outline: the line of empty cells of a schedule between two lists, and lone
/// circled numbers one after the other with lists between them.
#[derive(Default)]
struct Rows {
    wide: bool,
    spacers: u32,
    listed: bool,
    last: Option<u32>,
    whole: u32,
}

impl Rows {
    fn see(&mut self, line: &str) {
        let text = line.trim();
        if text.is_empty() {
            self.spacers = self.spacers.saturating_add(u32::from(!line.is_empty()));
            self.wide |= line.starts_with("   ");
            return;
        }
        let gap = std::mem::take(&mut self.wide) && self.spacers >= 5;
        self.spacers = 0;
        let list = text.starts_with('・');
        let mut chars = text.chars();
        let number = match (chars.next(), chars.next()) {
            (Some(c), None) => circled_value(c),
            _ => None,
        };
        let follows = number.is_some() && self.last.and_then(|n| n.checked_add(1)) == number;
        if (gap && list && self.listed) || (follows && self.listed) {
            self.whole = self.whole.saturating_add(1);
        }
        if number.is_some() {
            self.last = number;
            self.listed = false;
        }
        self.listed |= list;
    }
}

/// The words that head a direction.
pub(super) const DIRECTION_WORDS: [&str; 6] = [
    "方向性",
    "基本方向",
    "基本方針",
    "改革方針",
    "重点項目",
    "基本目標",
];

/// The number and the name of a direction's heading: `方向性１ 地域の力`.
pub(super) fn direction_heading(text: &str) -> Option<(u32, &str)> {
    let mut words = DIRECTION_WORDS.into_iter().chain(["視点", "柱", "方針"]);
    let rest = words.find_map(|word| text.strip_prefix(word))?;
    let rest = rest.trim_start();
    if text.contains('。') {
        return None;
    }
    let (number, name) = leading_number(rest)?;
    let name = name.trim_start_matches([' ', '\u{3000}', '：', ':', '．', '.', '、']);
    // `方向性１に基づき` is a sentence, `方向性１ 基づく` a heading.
    let set_off = name.len() < rest.len() && rest.len() - name.len() > number_length(rest);
    (name.is_empty() || set_off || !starts_as_particle(name)).then_some((number, name.trim()))
}

/// A direction's heading whose number is lost: `方向性 地域の力`.
pub(super) fn unnumbered_direction(text: &str) -> bool {
    let rest = DIRECTION_WORDS
        .iter()
        .find_map(|word| text.strip_prefix(word));
    let name = rest
        .filter(|rest| rest.starts_with([' ', '\u{3000}']))
        .map(str::trim);
    name.is_some_and(|name| {
        (2..=40).contains(&name.chars().count())
            && !name.contains(['。', '、'])
            && !starts_as_particle(name)
    })
}

fn number_length(text: &str) -> usize {
    text.chars()
        .take_while(|c| is_figure(*c))
        .map(char::len_utf8)
        .sum()
}

fn starts_as_particle(name: &str) -> bool {
    name.starts_with([
        'に', 'の', 'を', 'は', 'が', 'と', 'で', 'や', 'か', 'も', '及', '～', '〜', '-',
    ])
}

const fn is_figure(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９') || circled_value(c).is_some() || roman_value(c).is_some()
}

/// A whole number at the head of a text, with what follows it.
pub(super) fn leading_number(text: &str) -> Option<(u32, &str)> {
    let first = text.chars().next()?;
    if let Some(value) = circled_value(first).or_else(|| roman_value(first)) {
        return Some((value, text.get(first.len_utf8()..)?));
    }
    let digits: usize = text
        .chars()
        .take_while(|c| matches!(c, '0'..='9' | '０'..='９'))
        .map(char::len_utf8)
        .sum();
    Some((whole_number(text.get(..digits)?)?, text.get(digits..)?))
}

/// The number of a row with the name behind it: `⑧`, `㉘ 職場の見直し`.
///
/// A circled number that opens a word (`①窓口の整備`) counts things within a sentence.
pub(super) fn row_number(text: &str) -> Option<(u32, &str)> {
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..)?;
    let value = circled_value(first)?;
    let name = rest.trim();
    let apart = rest.starts_with([' ', '\u{3000}']) && !name.contains('。');
    (name.is_empty() || apart).then_some((value, name))
}

/// A row's number that is not circled, alone or before a name: there are no circled figures above 50.
pub(super) fn plain_row(text: &str) -> Option<(u32, &str)> {
    let first = text.chars().next()?;
    let (no, rest) = leading_number(text).filter(|_| circled_value(first).is_none())?;
    let name = rest.trim();
    let apart = rest.starts_with([' ', '\u{3000}']) && !name.contains('。');
    ((1..=99_999).contains(&no) && (name.is_empty() || apart)).then_some((no, name))
}

/// The kind that a title names: `◆◇実施プログラム◇◆ …` gives `実施`.
pub(super) fn title_kind(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches([
        '◆', '◇', '■', '□', '●', '○', '【', '〈', '《', '＜', '<', '≪',
    ]);
    if rest.len() == text.len() {
        return None;
    }
    let (kind, rest) = rest.split_once("プログラム")?;
    let closes = rest
        .chars()
        .next()
        .is_none_or(|c| !c.is_alphanumeric() && c != 'ー');
    ((1..=4).contains(&kind.chars().count()) && closes && kind.chars().all(char::is_alphanumeric))
        .then_some(kind)
}

/// Which table a head opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// The programmes.
    Programs,
    /// The delayed programmes.
    Delayed,
}

/// A table head: how many pieces it takes, its table, and the kind that it names with its line.
pub(super) struct Head {
    pub(super) pieces: usize,
    pub(super) table: Table,
    pub(super) kind: Option<(String, u32)>,
}

/// The longest head, in lines with text: a sanity bound.
const LONGEST_HEAD: usize = 24;

/// The head of a table, if one begins at a piece.
pub(super) fn head(doc: &Doc<'_>, at: usize) -> Option<Head> {
    let first = doc.pieces.get(at)?;
    let word = first.text.split([' ', '\u{3000}']).next()?;
    if word.chars().nth(8).is_some() {
        return None;
    }
    let numbered = matches!(narrow(word).as_str(), "№" | "No" | "No." | "NO" | "番号");
    // The head of the first column may be lost.
    let cut = matches!(word, "主な取組の方向性" | "主な検討の方向性" | "グラム");
    if !numbered && !cut {
        return None;
    }
    let mark = if numbered { word } else { "" };
    let mut joined = String::new();
    let mut kind = None;
    let mut pieces = 0;
    for piece in doc.pieces.iter().skip(at).take(LONGEST_HEAD) {
        if pieces > 0 && !goes_on(&joined, piece) {
            break;
        }
        let rest = if pieces == 0 {
            piece.text.get(mark.len()..)?
        } else {
            piece.text
        };
        let text: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
        kind = kind.or_else(|| Some((head_kind(&text)?.to_owned(), piece.line)));
        joined.push_str(&text);
        pieces += 1;
    }
    let table = match () {
        () if joined.contains("今後の対応") || joined.contains("取組内容") => {
            Table::Delayed
        }
        () if joined.contains("プログラム") || HEAD_WORDS.iter().any(|w| joined.contains(w)) => {
            Table::Programs
        }
        () => return None,
    };
    Some(Head {
        pieces,
        table,
        kind: kind.filter(|_| table == Table::Programs),
    })
}

pub(super) const HEAD_WORDS: [&str; 10] = [
    "の方向性",
    "年度スケジュール",
    "当初予定",
    "設定目標",
    "取組実績",
    "検討実績",
    "今後に向けた課題",
    "改善点",
    "取組項目",
    "今後の対応",
];

/// Does the head that was read so far go on with a piece?
fn goes_on(joined: &str, piece: &Piece<'_>) -> bool {
    let text = piece.text;
    if piece.bulleted().is_some() || text.contains('。') || row_number(text).is_some() {
        return false;
    }
    if direction_heading(text).is_some() || piece.before.is_gap() {
        return false;
    }
    let whole = joined.contains("今後の対応")
        || joined.contains("課題") && (joined.contains("検討実績") || joined.contains("取組項目"));
    if whole {
        return false;
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    HEAD_WORDS.iter().any(|word| text.contains(word)) || text.chars().count() <= 8
}

/// `実施プロ` or `検討プログラム 主な…` names the kind.
fn head_kind(text: &str) -> Option<&str> {
    let kind = text.split("プロ").next()?;
    let named = text.contains("プロ") && kind.chars().all(|c| c.is_alphanumeric());
    (named && (1..=4).contains(&kind.chars().count())).then_some(kind)
}
