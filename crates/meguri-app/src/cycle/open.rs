//! The sheets of cycles that are not over: what stands on them is for those who have a part in them.

use super::{Cycle, Schemes, events_by_sheet};
use meguri_core::workflow::{Action, Event, state};
use meguri_store::{KeptCycle, KeptEvent, Municipality, Pin, Result};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The sheets that are neither accepted nor closed at every stage, by document and sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    documents: BTreeMap<i64, BTreeMap<i64, Option<i64>>>,
}

impl Open {
    /// How many sheets of a document are open.
    #[must_use]
    pub fn count(&self, document: i64) -> usize {
        self.documents.get(&document).map_or(0, BTreeMap::len)
    }

    /// Is a sheet open?
    #[must_use]
    pub fn has(&self, document: i64, sheet: i64) -> bool {
        let sheets = self.documents.get(&document);
        sheets.is_some_and(|sheets| sheets.contains_key(&sheet))
    }

    /// A sheet as it was accepted last: as it is where it is not open; `None` where it never was.
    #[must_use]
    pub fn accepted(&self, document: i64, pin: Pin) -> Option<Pin> {
        let sheets = self.documents.get(&document);
        match sheets.and_then(|sheets| sheets.get(&pin.sheet)) {
            None => Some(pin),
            // A reading that came later has taken the place of what was accepted.
            Some(version) => version
                .filter(|version| *version >= pin.reading)
                .map(|version| Pin { version, ..pin }),
        }
    }
}

/// The open sheets of all cycles.
///
/// # Errors
/// Those of the database.
pub async fn open_sheets(city: &Municipality) -> Result<Open> {
    let register = Arc::new(city.sections().await?);
    let schemes = Schemes::load(city).await?;
    let mut open = Open::default();
    for kept in city.cycles().await? {
        let document = kept.document;
        let sheets = of_cycle(city, schemes.cycle(kept.clone(), &register), &kept).await?;
        open.documents.entry(document).or_default().extend(sheets);
    }
    Ok(open)
}

/// The open sheets of one cycle. Where its scheme does not read any more nobody can say what is
/// accepted, and all are open.
async fn of_cycle(
    city: &Municipality,
    cycle: Option<Cycle>,
    kept: &KeptCycle,
) -> Result<BTreeMap<i64, Option<i64>>> {
    let events = events_by_sheet(city, kept.id).await?;
    let sheets = city.cycle_sheets(kept.id).await?.into_iter();
    let open = sheets.filter_map(|(sheet, _)| {
        let Some(cycle) = &cycle else {
            return Some((sheet, None));
        };
        let events = events.get(&sheet).map(Vec::as_slice).unwrap_or_default();
        let is_done = cycle.is_done(&cycle.state(events));
        (!is_done).then(|| (sheet, accepted_before(cycle, events)))
    });
    Ok(open.collect())
}

/// The version with which an open sheet was over last; `None` where it never was.
fn accepted_before(cycle: &Cycle, events: &[KeptEvent]) -> Option<i64> {
    let all: Vec<Event> = events.iter().map(|kept| kept.event.clone()).collect();
    let ends = |action| matches!(action, Action::Accept | Action::Close);
    let mut ended = events.iter().enumerate().rev();
    let last = ended.find(|(place, kept): &(usize, &KeptEvent)| {
        let until = all.get(..=*place).unwrap_or_default();
        ends(kept.event.kind.action()) && cycle.is_done(&state(&cycle.route, until))
    });
    last.map(|(_, kept)| kept.sheet_version)
}
