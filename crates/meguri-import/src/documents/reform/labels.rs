//! What the form of a reform plan's progress list prints, for telling what is unread.

use super::ReformReading;
use super::printed::ReformItem;
use crate::conservation::{Form, Paper, Unit};
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

const WORDS: [&str; 47] = [
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
    "担当課",
    "担当部署",
    "所管課",
    "推進課",
    "取組内容",
    "取組予定",
    "実施予定",
    "年度計画",
    "実施実績",
    "実績値",
    "目標値",
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

/// The form of the family.
pub(crate) static FORM: LazyLock<Form> =
    LazyLock::new(|| Form::new(&MARKS, WORDS.into_iter().chain(TAGS)));

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
