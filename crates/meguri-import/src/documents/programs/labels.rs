//! What the form of a programmes' progress report prints, for telling what is unread.

use super::ProgramsReading;
use super::marks::{DIRECTION_WORDS, HEAD_WORDS, STRONG, WEAK};
use super::scale;
use crate::conservation::{Form, Paper, Unit};
use crate::printed::Unread;
use std::sync::LazyLock;

/// The heads by which a person knows such a report.
const MARKS: [&str; 6] = [
    "主な取組の方向性",
    "これまでの取組実績",
    "今後に向けた課題・改善点",
    "年度スケジュール",
    "取組項目",
    "今後の対応",
];

const WORDS: [&str; 61] = [
    "#各プログラムの@進捗状況",
    "年度当初予定",
    "当初予定",
    "*(@~@)進捗状況",
    "*進捗状況",
    "*",
    "(@~@)進捗状況",
    "【@】",
    "進捗状況の概要",
    "進捗状況一覧",
    "進捗状況",
    "#-#進捗状況の一覧",
    "#-#進捗状況(表紙)",
    "■実施プログラムの進捗状況(@)",
    "■検討プログラムの進捗状況(@)",
    "実施プログラムの進捗状況(@)",
    "実施プログラムの進捗状況",
    "実施プログラムの「評価」欄の見方",
    "評価欄の評価の見方について",
    "評価の見方について",
    "評価の見方",
    "当初の予定に対して",
    "当初の予定に対する進捗",
    "@当初の予定に対する",
    "年度当初の予定に対する",
    "年度当初の予定に対して",
    "年度当初の予定",
    "当初の予定",
    "予定以上に",
    "予定どおりに",
    "予定よりも",
    "予定以上",
    "予定どおり",
    "どおりに",
    "以上に",
    "よりも",
    "から大きく",
    "遅れている",
    "進捗",
    "実施プログラム",
    "検討プログラム",
    "実施プロ",
    "検討プロ",
    "グラム",
    "プログラム",
    "プログラム名",
    "主な検討の方向性",
    "年度スケジュール(@時点想定)",
    "@当初予定",
    "@設定目標(前年度末の状況)",
    "設定目標(前年度末の状況)",
    "(前年度末の状況)",
    "これまでの",
    "今後に向けた",
    "取組内容・要因",
    "取組内容",
    "No.",
    "No",
    "番号",
    "合計",
    "計",
];

/// 評価, set upright too.
const GRADE_HEADS: [&str; 3] = ["評価", "評", "価"];

/// The words by which the reader knows what a scheme names, by its keys there.
pub(crate) const BY_KEY: [(&str, &str); 8] = [
    ("direction", "方向性"),
    ("orientation", "主な取組の方向性"),
    ("items", "取組項目"),
    ("initial_plan", "年度当初予定"),
    ("achievements", "これまでの取組実績"),
    ("issues", "今後に向けた課題・改善点"),
    ("delay_causes", "取組内容・要因"),
    ("delay_responses", "今後の対応"),
];

/// The form of the family.
pub(crate) static FORM: LazyLock<Form> = LazyLock::new(|| {
    let own = HEAD_WORDS.into_iter().chain(STRONG).chain(WEAK);
    let own = own.chain(DIRECTION_WORDS);
    let grades = scale::LETTERS.into_iter().chain(scale::WORDS);
    Form::new(&MARKS, own.chain(WORDS).chain(GRADE_HEADS).chain(grades))
});

/// The programmes.
pub(crate) fn paper(reading: &ProgramsReading) -> Paper {
    let programs = reading.programs.iter().filter_map(|program| {
        let no = program.no.as_ref();
        let line = program
            .name
            .iter()
            .map(|name| name.line())
            .chain(no.map(|no| no.line()))
            .min()?;
        Some(Unit {
            line,
            place: no.map_or("program ?".to_owned(), |no| {
                format!("program {}", no.value())
            }),
        })
    });
    Paper {
        units: programs.collect(),
        again: Vec::new(),
    }
}

/// Directions that count programmes where none is read.
pub(crate) fn missing(reading: &ProgramsReading) -> Vec<Unread> {
    if !reading.programs.is_empty() {
        return Vec::new();
    }
    let counted = reading
        .summary
        .rows
        .iter()
        .filter_map(|row| row.programs.as_ref());
    let counted = counted.filter(|count| *count.value() > 0);
    counted
        .map(|count| Unread {
            line: count.line(),
            text: String::new(),
            place: String::new(),
            why: "プログラムの数がありますが、プログラムを一つも読み取れません。".to_owned(),
        })
        .collect()
}
