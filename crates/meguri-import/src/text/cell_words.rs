//! Words that stand in a cell instead of a figure.

use meguri_core::figure::{Figure, Meaning};
use meguri_core::text::narrow;

/// Words that stand for a figure.
pub(crate) const CELL_WORDS: [&str; 43] = [
    "増",
    "減",
    "増加",
    "減少",
    "向上",
    "維持",
    "現状維持",
    "皆増",
    "皆減",
    "未定",
    "未実施",
    "集計中",
    "中止",
    "調査中",
    "上昇",
    "低下",
    "対象外",
    "評価対象外",
    "集計待ち",
    "未集計",
    "算定中",
    "精査中",
    "確認中",
    "調査なし",
    "調査無し",
    "未調査",
    "実施なし",
    "実績なし",
    "開催なし",
    "未測定",
    "未確定",
    "未公表",
    "非公表",
    "公表前",
    "該当なし",
    "設定なし",
    "目標なし",
    "データなし",
    "算出不可",
    "測定不可",
    "不明",
    "把握不可",
    "皆無",
];

/// Is a cell a figure (with unit, mark or note), a dash, a sign, or one of the words that stand for a
/// figure?
pub(crate) fn stands_for_figure(cell: &str) -> bool {
    let plain = narrow(cell.trim());
    let (word, _) = plain.split_once(['(', '※']).unwrap_or((&plain, ""));
    CELL_WORDS.contains(&word.trim_end())
        || plain.starts_with("前年")
        || Figure::parse(&plain).is_some_and(|figure| figure.meaning != Meaning::Words)
}
