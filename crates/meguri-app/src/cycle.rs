//! A cycle (照会) with all that rules it: its scheme, the route of its sheets, the sections.
//!
//! [`Cycle`] is what each action and each page of the year's work begins with. Whose a sheet is comes
//! from its events: the sections that have a part of it now.

mod refusal;

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
                    section,
                    department: None,
                })
                .collect(),
            assigned: self.judges(),
        }
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

    /// The key of a section of a printed name in the year of work; the name where the city's list
    /// does not know it.
    #[must_use]
    pub fn section_key(&self, name: &str) -> String {
        section_key(&self.register, name, self.year())
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
