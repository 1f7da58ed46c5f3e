//! A cycle (照会) with all that rules it: its scheme, the route of its sheets, the sections.
//!
//! [`Cycle`] is what each action and each page of the year's work begins with. Whose a sheet is comes
//! from its events: the sections that have a part of it now.

mod open;
mod refusal;

pub use open::{Open, open_sheets};
pub use refusal::{StepRefused, in_words, why_unreadable};

use crate::scheme_file;
use meguri_core::access::{OwningSection, Subject};
use meguri_core::calendar::{Calendar, Day};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::form;
use meguri_core::plan::SectionRegister;
use meguri_core::scheme::Scheme;
use meguri_core::text::name_key;
use meguri_core::workflow::{Event, Route, SheetState, state};
use meguri_store::{KeptCycle, KeptEvent, Municipality, Result, Work};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Under this key sheets are assigned to the committee as a whole.
pub const COMMITTEE: &str = "committee";

/// A cycle with its rules.
#[derive(Clone, Debug)]
pub struct Cycle {
    /// As kept.
    pub kept: KeptCycle,
    /// The scheme that rules its sheets.
    pub scheme: Arc<Scheme>,
    /// The stages with their days.
    pub route: Route,
    /// The sections of the city.
    pub register: Arc<SectionRegister>,
}

impl Cycle {
    /// A cycle by its id; `None` where there is none, or where its scheme does not read any more.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn load(city: &Municipality, id: i64) -> Result<Option<Self>> {
        let Some(kept) = city.cycle(id).await? else {
            return Ok(None);
        };
        let register = Arc::new(city.sections().await?);
        let schemes = Schemes::load(city).await?;
        Ok(schemes.cycle(kept, &register))
    }

    /// All cycles, the newest year first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn all(city: &Municipality) -> Result<Vec<Self>> {
        let register = Arc::new(city.sections().await?);
        let schemes = Schemes::load(city).await?;
        let kept = city.cycles().await?.into_iter();
        Ok(kept
            .filter_map(|kept| schemes.cycle(kept, &register))
            .collect())
    }

    /// The evaluated year.
    #[must_use]
    pub const fn year(&self) -> FiscalYear {
        self.kept.year
    }

    /// Where a sheet stands by its events.
    #[must_use]
    pub fn state(&self, events: &[KeptEvent]) -> SheetState {
        let events: Vec<Event> = events.iter().map(|kept| kept.event.clone()).collect();
        state(&self.route, &events)
    }

    /// Is a sheet over: does every stage that it takes part in end with acceptance or closing? One
    /// that no section was given yet is not.
    #[must_use]
    pub fn is_done(&self, sheet: &SheetState) -> bool {
        let standing = sheet.standing();
        !self.is_nobodys(sheet) && standing.is_some_and(|standing| standing.state.is_done())
    }

    /// Has no section been given a sheet yet?
    #[must_use]
    pub fn is_nobodys(&self, sheet: &SheetState) -> bool {
        let own = self.route.own_stage();
        let own = own.and_then(|own| sheet.stage(&own.key));
        own.is_none_or(|own| own.parts.is_empty())
    }

    /// Whose a sheet is: the sections that have a part of it, under the names that answer for them
    /// today, and the committee where it judges.
    #[must_use]
    pub fn subject(&self, sheet: &SheetState, day: Day) -> Subject {
        let parts = sheet.stages.iter().flat_map(|stage| &stage.parts);
        let mut keys: Vec<&str> = parts.filter_map(|part| part.section.as_deref()).collect();
        keys.sort_unstable();
        keys.dedup();
        let sections = keys.into_iter().flat_map(|key| self.answering(key, day));
        Subject {
            sections: sections
                .map(|section| OwningSection {
                    department: self.department(&section, day),
                    section,
                })
                .collect(),
            assigned: self.judges(),
        }
    }

    /// The department of a section on a day, where the city's list says one.
    fn department(&self, key: &str, day: Day) -> Option<String> {
        let year = FiscalYear::containing(day);
        self.register.department_of(key, year).map(str::to_owned)
    }

    /// The keys under which sheets are assigned to those who judge: the words of the scheme for who
    /// judges at its stages.
    fn judges(&self) -> Vec<String> {
        let stages = self.scheme.written().stages.iter();
        let judged = stages.filter(|stage| !stage.route.is_written_by_sections());
        let names = judged.map(|stage| name_key(&stage.by));
        names.chain([COMMITTEE.to_owned()]).collect()
    }

    /// The sections that answer on a day for one of a key. One that the city's list does not know
    /// answers for itself.
    fn answering(&self, key: &str, day: Day) -> Vec<String> {
        let found = self.register.answering(key, FiscalYear::containing(day));
        let mut keys: Vec<String> = found.iter().map(|section| section.key.clone()).collect();
        // The part is known by the key under which it was given.
        if !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
        keys
    }

    /// The name of a section, for a person.
    #[must_use]
    pub fn section_name(&self, key: &str) -> String {
        let mut known = self.register.sections.iter();
        let section = known.rfind(|section| section.key == key);
        section.map_or_else(|| key.to_owned(), |section| section.name.clone())
    }

    /// The key of a section by its name in the year of work, for giving it a sheet; `None` where the
    /// city's list has no such section. A city without a list knows sections by their names alone.
    #[must_use]
    pub fn section_of_work(&self, name: &str) -> Option<String> {
        if self.register.sections.is_empty() {
            return Some(name_key(name));
        }
        let found = self.register.find(name, self.working_year());
        found.map(|section| section.key.clone())
    }

    /// The names of the sections that there are in the year of work, in the order of the city's list.
    #[must_use]
    pub fn sections_of_work(&self) -> Vec<String> {
        let year = self.working_year();
        let all = self.register.sections.iter();
        let known = |name: &&String| {
            let found = self.register.find(name, year);
            found.is_some_and(|section| section.name == **name)
        };
        let mut names: Vec<String> = all
            .map(|section| &section.name)
            .filter(known)
            .cloned()
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    }

    /// The fiscal year in which the evaluation is written: the one after the evaluated year.
    fn working_year(&self) -> FiscalYear {
        self.year().plus(1).unwrap_or(self.year())
    }

    /// What the form of a sheet rests on.
    #[must_use]
    pub fn form<'a>(&'a self, work: &'a Work) -> form::Subject<'a> {
        form::Subject {
            scheme: &self.scheme,
            level: work.level.as_deref(),
            year: self.year(),
            sheet: &work.sheet,
            last: work.last.as_ref(),
        }
    }
}

/// The key of a section of a printed name in a fiscal year, else the name without blanks.
#[must_use]
pub fn section_key(register: &SectionRegister, name: &str, year: FiscalYear) -> String {
    let found = register.find(name, year);
    found.map_or_else(|| name_key(name), |section| section.key.clone())
}

/// The events of a cycle by sheet, in their order.
///
/// # Errors
/// Those of the database.
pub async fn events_by_sheet(
    city: &Municipality,
    cycle: i64,
) -> Result<BTreeMap<i64, Vec<KeptEvent>>> {
    let mut events: BTreeMap<i64, Vec<KeptEvent>> = BTreeMap::new();
    for event in city.cycle_events(cycle).await? {
        events.entry(event.sheet).or_default().push(event);
    }
    Ok(events)
}

/// The schemes of a municipality by which cycles are ruled.
pub struct Schemes {
    kept: Vec<((String, String, i64), Arc<Scheme>)>,
}

impl Schemes {
    /// Those that are kept.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn load(city: &Municipality) -> Result<Self> {
        let kept = city.schemes().await?.into_iter().filter_map(|kept| {
            let scheme = scheme_file::parse_kept(&kept.scheme.written)?;
            let key = (kept.scheme.plan, kept.scheme.version, kept.edition);
            Some((key, scheme))
        });
        Ok(Self {
            kept: kept.collect(),
        })
    }

    pub(crate) fn cycle(&self, kept: KeptCycle, register: &Arc<SectionRegister>) -> Option<Cycle> {
        let key = kept.scheme.as_ref()?;
        let scheme = self.kept.iter().find(|(known, _)| known == key);
        let scheme = Arc::clone(&scheme?.1);
        let mut route = Route::of_scheme(&scheme, kept.year, &Calendar::default());
        for stage in &mut route.stages {
            if let Some(dates) = kept.stages.get(&stage.key) {
                stage.dates = *dates;
            }
        }
        Some(Cycle {
            kept,
            scheme,
            route,
            register: Arc::clone(register),
        })
    }
}
