//! Opening a cycle, and changing its days.

use super::{CYCLE, PLAN_OF, STAGE, columns_of, event, find, listed, no_cycle};
use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::document::{self, Saved, Saving};
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::seal::Subject;
use crate::sql::Arg;
use crate::transaction::WriteTx;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::workflow::{Event, StageDates};

/// A cycle to be opened.
#[derive(Clone, Debug)]
pub struct OpeningCycle<'a> {
    /// The document with its sheets, as they are given to the sections.
    pub saving: Saving<'a>,
    /// The evaluated year.
    pub year: FiscalYear,
    /// Its name for a person.
    pub label: &'a str,
    /// The days of its stages by key.
    pub stages: &'a [(String, Option<StageDates>)],
    /// The first events of each sheet, in the order of the document.
    pub events: &'a [Vec<Event>],
}

impl Municipality {
    /// Opens a cycle: keeps its document and gives the sheets to their sections, in one transaction.
    /// The id of the cycle and what was kept.
    ///
    /// # Errors
    /// [`Error::Invalid`] where the plan has a cycle of that year already, and those of the database;
    /// nothing is kept then.
    pub async fn open_cycle(&self, opening: &OpeningCycle<'_>, by: &By) -> Result<(i64, Saved)> {
        let mut writing = self.write().await?;
        let plan = &opening.saving.document.plan.key;
        let same = |cycle: &super::KeptCycle| cycle.plan == *plan && cycle.year == opening.year;
        if listed(writing.reading()).await?.iter().any(same) {
            return Err(Error::invalid(format!(
                "{}のこの計画の照会は、すでに始まっています。",
                opening.year
            )));
        }
        let (saved, mut entries) =
            document::save_in(&mut writing, None, &opening.saving, by).await?;
        let (id, act) = (writing.next_id(), writing.next_id());
        let row = writing
            .reading()
            .row(PLAN_OF, &[saved.document.into()])
            .await?;
        let plan_id = row.map_or(Ok(0), |row| row.integer(0))?;
        let head = vec![
            id.into(),
            act.into(),
            plan_id.into(),
            i64::from(opening.year.calendar_year()).into(),
            saved.document.into(),
            opening.label.into(),
            by.who().into(),
            by.moment().into(),
        ];
        writing.insert(&CYCLE, vec![head]).await?;
        stages(&mut writing, (id, act), opening.stages, by).await?;
        let sheets = saved.sheets.iter().zip(opening.events);
        let events: Vec<event::Coming<'_>> = sheets
            .flat_map(|(sheet, events)| events.iter().map(move |event| (*sheet, 1, event)))
            .collect();
        event::save(&mut writing, (id, act), by.moment(), &events).await?;
        let after = format!(
            "cycle {id}\n{}\ndocument {}\nsheets {}\nevents {}",
            opening.label,
            saved.document,
            saved.sheets.len(),
            events.len()
        );
        let line = AuditEntry::new(Action::OpenCycle, format!("act {act}"));
        entries.push(line.after(after).seals(Subject::Act(act)));
        writing.commit(by, entries).await?;
        Ok((id, saved))
    }

    /// Sets other days for stages of a cycle.
    ///
    /// # Errors
    /// [`Error::Invalid`] where there is no such cycle, and those of the database.
    pub async fn set_cycle_dates(
        &self,
        cycle: i64,
        days: &[(String, Option<StageDates>)],
        by: &By,
    ) -> Result<()> {
        let mut writing = self.write().await?;
        let known = find(writing.reading(), cycle).await?.ok_or_else(no_cycle)?;
        let act = writing.next_id();
        stages(&mut writing, (cycle, act), days, by).await?;
        let words = |stages: &mut dyn Iterator<Item = (&String, &Option<StageDates>)>| {
            let line = |(stage, dates): (&String, &Option<StageDates>)| {
                let days = columns_of(*dates).map(|day| day.unwrap_or_else(|| "-".to_owned()));
                format!("{stage} {}", days.join(" "))
            };
            stages.map(line).collect::<Vec<_>>().join("\n")
        };
        let line = AuditEntry::new(Action::SetCycleDates, format!("act {act}"))
            .before(words(&mut known.stages.iter()))
            .after(format!(
                "cycle {cycle}\n{}",
                words(&mut days.iter().map(|(stage, dates)| (stage, dates)))
            ))
            .seals(Subject::Act(act));
        writing.commit(by, vec![line]).await
    }
}

async fn stages(
    writing: &mut WriteTx,
    (cycle, act): (i64, i64),
    stages: &[(String, Option<StageDates>)],
    by: &By,
) -> Result<()> {
    let row = |(stage, dates): &'_ (String, Option<StageDates>)| {
        let [shown, no_new, no_change] =
            columns_of(*dates).map(|day| Arg::Text(day.map(Into::into)));
        vec![
            cycle.into(),
            Arg::Text(Some(stage.clone().into())),
            act.into(),
            shown,
            no_new,
            no_change,
            Arg::Text(Some(by.who().to_owned().into())),
            Arg::Text(Some(by.moment().to_owned().into())),
        ]
    };
    writing
        .insert(&STAGE, stages.iter().map(row).collect())
        .await
}
