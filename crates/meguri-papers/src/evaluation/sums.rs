//! What stands under a list: the total and how many projects go in which direction.

use super::model::{Sheet, TRENDS};
use super::tears::{Tear, Torn};
use crate::words::commas;

/// 合計 in 千円.
pub(super) fn total(sheet: &Sheet, torn: &Torn) -> Vec<String> {
    let figure = commas(sheet.total());
    // A figure without a comma would look like the number of an empty line.
    if !torn.has(Tear::TotalApart) || !figure.contains(',') {
        return vec![format!("合計 {figure} 千円")];
    }
    match torn.rng(Tear::TotalApart).u8(..4) {
        0 => vec!["千円".to_owned(), format!("合計 {figure}")],
        1 => vec![format!("千円合計 {figure}")],
        2 => vec!["合計".to_owned(), format!("{figure} 千円")],
        _ => vec![figure, "千円".to_owned(), "合計".to_owned()],
    }
}

/// 事務事業の動向.
pub(super) fn counts(sheet: &Sheet, torn: &Torn) -> Vec<String> {
    let wanted: Vec<Tear> = [Tear::SwappedCounts, Tear::MovedCount, Tear::CountsCut]
        .into_iter()
        .filter(|tear| torn.has(*tear))
        .collect();
    let mut rng = torn.rng(Tear::SwappedCounts);
    let tear = (!wanted.is_empty()).then(|| wanted.get(rng.usize(..wanted.len())));
    let [more, better, same, less, end] = TRENDS.map(|trend| sheet.count(trend));
    let head = format!("事務事業の動向 拡大 {more} 事業");
    match tear.flatten() {
        Some(Tear::SwappedCounts) => vec![format!(
            "{head} 改善 {better} 事業 維持 {end} 事業{same} 事業 縮小 {less} 事業 廃止"
        )],
        Some(Tear::MovedCount) if rng.bool() => vec![format!(
            "{head} 改善 {better} 事業 廃止 {end} 事業維持 {same} 事業 縮小 {less} 事業"
        )],
        Some(Tear::MovedCount) => vec![format!(
            "{head} 改善 {better} 廃止 {end} 事業事業 維持 {same} 事業 縮小 {less} 事業"
        )],
        Some(Tear::CountsCut) => cut(&head, sheet, rng.u8(..5), torn),
        _ => vec![format!(
            "{head} 改善 {better} 事業 維持 {same} 事業 縮小 {less} 事業 廃止 {end} 事業"
        )],
    }
}

/// [`Tear::CountsCut`], in one of the ways seen.
fn cut(head: &str, sheet: &Sheet, way: u8, torn: &Torn) -> Vec<String> {
    let [_, better, same, less, end] = TRENDS.map(|trend| sheet.count(trend));
    match way {
        0 => vec![
            format!("{end} 事業{same} 事業 縮小 {less} 事業 廃止"),
            format!("{head} 改善 {better} 事業 維持"),
        ],
        1 => vec![
            format!("事業事業 維持 {same} 事業 縮小 {less}"),
            format!("{head} 改善 {better} 事業 廃止 {end}"),
        ],
        2 => vec![
            format!("廃止 {end} 事業維持 {same} 事業 縮小 {less} 事業"),
            format!("{head} 改善 {better} 事業"),
        ],
        // A lone count could be taken for the lone 目 of a row, or for a number on the next sheet.
        3 if !torn.has(Tear::LoneMoku) && !torn.has(Tear::EndOnNextSheet) => vec![
            "事業 廃止".to_owned(),
            format!("{head} 改善 {better} 事業 維持 {end} 事業{same} 事業 縮小"),
            less.to_string(),
        ],
        _ => vec![
            format!("事業事業 縮小 {less} 事業 廃止 {end}"),
            format!("{head} 改善 {better} 事業 維持 {same}"),
        ],
    }
}
