//! What publishing the document of a cycle would show: what is not accepted yet, and what differs from
//! what is public.

use super::lines::{SheetLine, lines};
use crate::context::Context;
use crate::cycle::Cycle;
use meguri_core::evaluation::Sheet;
use meguri_core::form;
use meguri_store::{Municipality, Pin, Result};

/// The document of a cycle before it is published.
#[derive(Clone, Debug)]
pub struct ToPublish {
    /// How many sheets it has.
    pub sheets: usize,
    /// The sheets that are neither accepted nor closed; with any of them nothing is published.
    pub open: Vec<SheetLine>,
    /// The publication that is in force: its number and when it was made.
    pub last: Option<(i64, String)>,
    /// The sheets that differ from it.
    pub changed: Vec<ChangedSheet>,
}

/// A sheet that differs from what is public.
#[derive(Clone, Debug)]
pub struct ChangedSheet {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub label: String,
    /// What differs: what is asked, what is public, what would be.
    pub answers: Vec<[String; 3]>,
}

/// Looks at the document of a cycle.
///
/// # Errors
/// Those of the database.
pub async fn to_publish(
    city: &Municipality,
    cycle: &Cycle,
    context: &Context,
) -> Result<ToPublish> {
    let all = lines(city, cycle, context.day()).await?;
    let document = cycle.kept.document;
    let publications = city.publications().await?;
    let open = publications
        .iter()
        .filter(|p| p.document == document && p.withdrawn.is_none());
    let last = open.max_by_key(|publication| publication.number);
    let mut changed = Vec::new();
    if let Some(last) = last {
        let public = city.published_pins(document, last.number).await?;
        let in_force = city.in_force().await?;
        let now = in_force.iter().find(|known| known.document.id == document);
        for pin in now.map(|known| known.pins.as_slice()).unwrap_or_default() {
            let before = public.iter().find(|public| public.pin.sheet == pin.sheet);
            if let Some(before) = before.filter(|before| before.pin != *pin) {
                changed.extend(differing(city, cycle, before.pin, *pin).await?);
            }
        }
    }
    Ok(ToPublish {
        sheets: all.len(),
        last: last.map(|last| (last.number, last.by.moment().to_owned())),
        open: all
            .into_iter()
            .filter(|line| !line.standing.is_done())
            .collect(),
        changed,
    })
}

async fn differing(
    city: &Municipality,
    cycle: &Cycle,
    before: Pin,
    after: Pin,
) -> Result<Option<ChangedSheet>> {
    let sheets = city.sheets_at(&[before, after]).await?;
    let work = city.work_on(cycle.kept.id, after.sheet).await?;
    let (Some(work), [before, after]) = (work, sheets.as_slice()) else {
        return Ok(None);
    };
    let asked = |sheet: &Sheet| {
        let subject = form::Subject {
            sheet,
            ..cycle.form(&work)
        };
        form::questions(&subject, 0)
    };
    let former = asked(before);
    let answers = asked(after).into_iter().filter_map(|question| {
        let was = former.iter().find(|former| former.slot == question.slot);
        let was = was.map_or_else(String::new, |former| former.value.clone());
        let differs = was != question.value;
        differs.then_some([question.label, was, question.value])
    });
    Ok(Some(ChangedSheet {
        id: work.id,
        label: after.label.clone(),
        answers: answers.collect(),
    }))
}
