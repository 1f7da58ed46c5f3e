//! What the form of a reform plan's progress list prints, for telling what is unread.

use super::ReformReading;
use super::head::{CONTENT, GRADE, ITEM, PLAN, RESULT, SECTIONS, is_head};
use super::printed::ReformItem;
use crate::conservation::{Form, Owner, Paper, Tile, Unit};
use crate::printed::Unread;
use crate::source_text::SourceText;
use std::sync::LazyLock;

/// The heads by which a person knows such a list.
const MARKS: [&str; 6] = [
    "項目",
    "主な推進担当課",
    "評価",
    "実施内容",
    "当初予定",
    "取組実績",
];

const WORDS: [&str; 40] = [
    "※No.#",
    "はNo.#の再掲",
    "はNo.",
    "の再掲",
    "*進捗状況(@)",
    "*の進捗状況(@)",
    "*進捗状況",
    "*の進捗状況",
    "*",
    "進捗状況(@)",
    "の進捗状況(@)",
    "の進捗状況",
    "進捗状況",
    "評価欄の評価の見方について",
    "評価の見方について",
    "評価欄の見方",
    "凡例",
    "年度当初の予定",
    "以上に進捗",
    "どおりに進捗",
    "よりも遅れている",
    "から大きく遅れている",
    "よりも",
    "以上に",
    "どおりに",
    "遅れている",
    "進捗",
    "取組予定",
    "実施予定",
    "年度計画",
    "実施実績",
    "@当初予定",
    "(目標値)",
    "(@実績値)",
    "@実績値",
    "S",
    "A",
    "B",
    "C",
    "D",
];

/// What a transcription writes around the items of a list.
const TAGS: [&str; 6] = [
    "+<ul style=\"list-style-type: none\">",
    "+<ul>",
    "+</ul>",
    "+<li>",
    "+</li>",
    "+<br>",
];

/// The words by which the reader knows what a scheme names, by its keys there.
pub(crate) const BY_KEY: [(&str, &str); 8] = [
    ("item", "項目"),
    ("sections", "主な推進担当課"),
    ("content", "実施内容"),
    ("plan", "当初予定"),
    ("plan_figures", "目標値"),
    ("result", "取組実績"),
    ("result_figures", "実績値"),
    ("grade", "評価"),
];

/// The form of the family.
pub(crate) static FORM: LazyLock<Form> = LazyLock::new(|| {
    let heads = [ITEM, SECTIONS, GRADE, CONTENT, PLAN, RESULT];
    let heads = heads.into_iter().flatten().copied();
    Form::new(&MARKS, heads.chain(WORDS).chain(TAGS))
});

/// The items, and their names, which notes print again.
pub(crate) fn paper(reading: &ReformReading) -> Paper {
    let unit = |item: &ReformItem| {
        let no = item.no.as_ref()?;
        Some(Unit {
            line: no.line(),
            place: format!("item {}", no.value()),
        })
    };
    let names = reading.items.iter().filter_map(|item| item.name.as_ref());
    Paper {
        units: reading.items.iter().filter_map(unit).collect(),
        again: names.map(|name| name.value().clone()).collect(),
    }
}

/// Heads of the table with text below them of which nothing is read, before the next head.
pub(crate) fn missing(source: &SourceText, tiles: &[Tile]) -> Vec<Unread> {
    let heads: Vec<u32> = source
        .lines
        .iter()
        .filter(|line| is_head(&line.text))
        .map(|line| line.number)
        .collect();
    let ends = heads.iter().skip(1).copied().chain([u32::MAX]);
    let empty = |(head, end): &(u32, u32)| {
        let from = tiles.partition_point(|tile| tile.line <= *head);
        let to = tiles.partition_point(|tile| tile.line < *end);
        let below = tiles.get(from..to).unwrap_or_default();
        let read = below.iter().any(|tile| tile.owner == Owner::Value);
        // A head that is printed twice running heads one table.
        !read && (*end == u32::MAX || !below.is_empty())
    };
    let found = heads.iter().copied().zip(ends).filter(empty);
    found
        .map(|(line, _)| Unread {
            line,
            text: String::new(),
            place: String::new(),
            why: "表の見出しがありますが、その下の行を一つも読み取れません。".to_owned(),
        })
        .collect()
}
