//! Errors that are printed on purpose, to test checks of arithmetic.

use super::model::{Sheet, TRENDS};
use crate::words::commas;
use fastrand::Rng;

/// What an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlantedKind {
    /// 合計 is not the sum of the costs.
    Total,
    /// A count of 事務事業の動向 is one too high.
    Count,
    /// A 達成率 is not what target and result give.
    Rate,
}

/// One error on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planted {
    /// Index of the sheet, from 0.
    pub sheet: usize,
    /// What it is about.
    pub kind: PlantedKind,
    /// What the paper prints.
    pub printed: String,
    /// What would be right.
    pub right: String,
}

/// Plants one error on a sheet; none where a rate was to be wrong and the sheet has none.
pub(super) fn plant(sheet: &mut Sheet, index: usize, rng: &mut Rng) -> Option<Planted> {
    let (kind, printed, right) = match rng.u8(..3) {
        0 => total(sheet, rng),
        1 => count(sheet, rng),
        _ => rate(sheet)?,
    };
    Some(Planted {
        sheet: index,
        kind,
        printed,
        right,
    })
}

type Error = (PlantedKind, String, String);

fn total(sheet: &mut Sheet, rng: &mut Rng) -> Error {
    let right = commas(sheet.total());
    sheet.total_error = rng.i64(1..100);
    (PlantedKind::Total, commas(sheet.total()), right)
}

fn count(sheet: &mut Sheet, rng: &mut Rng) -> Error {
    let trend = TRENDS.get(rng.usize(..TRENDS.len())).copied();
    let count = |sheet: &Sheet| trend.map_or(0, |trend| sheet.count(trend)).to_string();
    let right = count(sheet);
    sheet.count_error = trend;
    (PlantedKind::Count, count(sheet), right)
}

/// A rate whose last digit is another one.
fn rate(sheet: &mut Sheet) -> Option<Error> {
    let series = sheet.indicators.iter_mut().flat_map(|i| &mut i.series);
    let mut rates = series.flat_map(|series| &mut series.rate);
    let rate = rates.find(|rate| rate.ends_with('%'))?;
    let right = rate.clone();
    let whole = right.split('.').next().unwrap_or_default();
    let last = if right.ends_with("5%") { 0 } else { 5 };
    *rate = format!("{whole}.{last}%");
    Some((PlantedKind::Rate, rate.clone(), right))
}
