//! Sets other days for stages of a cycle.

use super::CycleFault;
use crate::actions::Doing;
use crate::context::Context;
use crate::cycle::Cycle;
use meguri_core::workflow::StageDates;
use meguri_store::Municipality;

/// Sets the days of stages; `None` = without days.
///
/// # Errors
/// Why they were not set.
pub async fn set_days(
    city: &Municipality,
    cycle: &Cycle,
    days: &[(String, Option<StageDates>)],
    context: &Context,
) -> Result<(), CycleFault> {
    let leave = context.may_here(Doing::SetCycleDates)?;
    let unknown = days
        .iter()
        .find(|(stage, _)| cycle.route.stage(stage).is_none());
    if let Some((stage, _)) = unknown {
        return Err(CycleFault::Unfit(format!(
            "段階「{stage}」は、計画の設定にありません。"
        )));
    }
    for (_, dates) in days {
        if let Some(dates) = dates
            && !in_order(dates)
        {
            return Err(CycleFault::Unfit(
                "日付は、提出の期限、新たな記入を終える日、修正を終える日の順にしてください。"
                    .to_owned(),
            ));
        }
    }
    Ok(city
        .set_cycle_dates(cycle.kept.id, days, leave.by())
        .await?)
}

/// Nobody stops writing before the deadline that is shown.
fn in_order(dates: &StageDates) -> bool {
    let days = [Some(dates.shown), dates.no_new_from, dates.no_change_from];
    let known: Vec<_> = days.into_iter().flatten().collect();
    known.is_sorted()
}
