//! Which scheme rules a reading: what a document is shown by, and what of it is published.
//!
//! The edition that was kept with the reading rules it, for ever. A reading without one is ruled by
//! the city's own schemes of the plan: by the one of its year, else what of it is published is said
//! by the nearest one before; only a plan for which the city keeps none is ruled by its preset. An
//! edition that does not read any more says nothing, so that nothing but heads is published.

use crate::read::Paper;
use crate::scheme_file::{self, PRESETS};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::publication::visible_scheme;
use meguri_core::scheme::Scheme;
use meguri_store::{KeptScheme, Municipality, Result};
use std::sync::Arc;

/// Plan, version and edition of a scheme that is kept.
pub(super) type Key = (String, String, i64);

/// The schemes of a municipality and the presets.
#[derive(Debug)]
pub(super) struct Rulings {
    kept: Vec<Kept>,
    presets: Vec<Arc<Scheme>>,
}

#[derive(Debug)]
struct Kept {
    key: Key,
    from: FiscalYear,
    until: Option<FiscalYear>,
    /// `None` where its text does not read.
    scheme: Option<Arc<Scheme>>,
}

/// The scheme of a reading.
#[derive(Clone, Debug, Default)]
pub(super) struct Ruling {
    /// By what it is shown; `None` where no scheme is for its year.
    pub(super) shown: Option<Arc<Scheme>>,
    /// By what it is published; `None` where it is not known, and nothing but heads is.
    pub(super) publishing: Option<Arc<Scheme>>,
}

impl Ruling {
    /// One scheme for both.
    fn by(scheme: Option<Arc<Scheme>>) -> Self {
        Self {
            shown: scheme.clone(),
            publishing: scheme,
        }
    }

    /// By what the public is shown a document: names nothing that is hidden.
    pub(super) fn shown_to_all(&self) -> Option<Arc<Scheme>> {
        self.shown.as_deref().map(visible_scheme).map(Arc::new)
    }
}

impl Rulings {
    /// The presets alone.
    pub(super) fn new() -> Self {
        let presets = PRESETS
            .iter()
            .filter_map(|preset| scheme_file::preset(preset.key));
        Self {
            kept: Vec::new(),
            presets: presets.map(Arc::new).collect(),
        }
    }

    /// Reads the schemes that are kept; is any of them new?
    ///
    /// # Errors
    /// Those of the store.
    pub(super) async fn refresh(&mut self, city: &Municipality) -> Result<bool> {
        let kept = city.schemes().await?;
        // Schemes are only ever added.
        if kept.len() == self.kept.len() {
            return Ok(false);
        }
        self.kept = kept.into_iter().map(Kept::of).collect();
        Ok(true)
    }

    /// Every scheme by which something may be shown.
    pub(super) fn all(&self) -> impl Iterator<Item = Option<&Scheme>> {
        let kept = self.kept.iter().map(|kept| kept.scheme.as_deref());
        kept.chain(self.presets.iter().map(|preset| Some(preset.as_ref())))
    }

    /// The scheme of a reading of a plan with its first evaluated year.
    pub(super) fn of(&self, key: Option<&Key>, plan: &str, year: Option<FiscalYear>) -> Ruling {
        if let Some(key) = key {
            let kept = self.kept.iter().find(|kept| kept.key == *key);
            return Ruling::by(kept.and_then(|kept| kept.scheme.clone()));
        }
        let mut own = self.kept.iter().filter(|kept| kept.key.0 == plan);
        if own.clone().next().is_none() {
            return self.preset(plan, year);
        }
        // The last edition counts.
        let of_year = |kept: &&Kept| year.is_none_or(|year| kept.rules(year));
        if let Some(kept) = own.clone().filter(of_year).max_by_key(|kept| kept.age()) {
            return Ruling::by(kept.scheme.clone());
        }
        let before = |kept: &&Kept| year.is_none_or(|year| kept.from <= year);
        let nearest = own.clone().filter(before).max_by_key(|kept| kept.age());
        let nearest = nearest.or_else(|| own.next());
        Ruling {
            shown: None,
            publishing: nearest.and_then(|kept| kept.scheme.clone()),
        }
    }

    /// By what the house is shown a document: its scheme, else the preset of its plan and year.
    pub(super) fn shown_in_house(&self, ruling: &Ruling, paper: &Paper) -> Option<Arc<Scheme>> {
        let year = paper.sheets().find_map(|sheet| sheet.year);
        let shown = ruling.shown.clone();
        shown.or_else(|| self.preset(&paper.plan.key, year).shown)
    }

    /// The preset of a plan; one for other years says what is published all the same.
    fn preset(&self, plan: &str, year: Option<FiscalYear>) -> Ruling {
        let of_plan = |scheme: &&Arc<Scheme>| scheme.written().key == plan;
        let found = self.presets.iter().find(of_plan).cloned();
        let rules = |scheme: &Arc<Scheme>| year.is_none_or(|year| scheme.rules(year));
        Ruling {
            shown: found.clone().filter(rules),
            publishing: found,
        }
    }
}

impl Kept {
    fn of(kept: KeptScheme) -> Self {
        let KeptScheme {
            scheme, edition, ..
        } = kept;
        Self {
            scheme: scheme_file::parse(&scheme.written).ok().map(Arc::new),
            key: (scheme.plan, scheme.version, edition),
            from: scheme.valid_from,
            until: scheme.valid_until,
        }
    }

    fn rules(&self, year: FiscalYear) -> bool {
        self.from <= year && self.until.is_none_or(|until| year <= until)
    }

    /// What is newer is greater.
    fn age(&self) -> (FiscalYear, i64) {
        (self.from, self.key.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(calendar_year: u16) -> FiscalYear {
        FiscalYear::new(calendar_year).expect("a fiscal year")
    }

    fn kept(version: &str, edition: i64, years: (u16, Option<u16>), reads: bool) -> Kept {
        let preset = scheme_file::preset("evaluation").expect("a preset");
        Kept {
            key: ("evaluation".to_owned(), version.to_owned(), edition),
            from: year(years.0),
            until: years.1.map(year),
            scheme: reads.then(|| Arc::new(preset)),
        }
    }

    /// Which of them publishes: its place among those kept.
    fn publishing(rulings: &Rulings, plan: &str, of: Option<u16>) -> Option<usize> {
        let ruling = rulings.of(None, plan, of.map(year));
        let scheme = ruling.publishing?;
        let is = |kept: &Kept| {
            let own = kept.scheme.as_ref();
            own.is_some_and(|own| Arc::ptr_eq(own, &scheme))
        };
        rulings.kept.iter().position(is)
    }

    #[test]
    fn a_reading_without_a_scheme_is_published_by_the_nearest_of_its_plan() {
        let rulings = Rulings {
            kept: vec![
                kept("前期", 1, (2018, Some(2020)), true),
                kept("前期", 2, (2018, Some(2020)), true),
                kept("後期", 1, (2023, None), true),
            ],
            ..Rulings::new()
        };
        for (of, wanted) in [
            (Some(2019), 1),
            (Some(2021), 1),
            (Some(2024), 2),
            (Some(2010), 0),
            (None, 2),
        ] {
            assert_eq!(
                publishing(&rulings, "evaluation", of),
                Some(wanted),
                "{of:?}"
            );
        }
        let gap = rulings.of(None, "evaluation", Some(year(2021)));
        assert!(gap.shown.is_none(), "no scheme is for the year");
    }

    #[test]
    fn a_scheme_that_does_not_read_publishes_nothing_and_no_preset_takes_its_place() {
        let rulings = Rulings {
            kept: vec![kept("前期", 1, (2018, None), false)],
            ..Rulings::new()
        };
        let key = ("evaluation".to_owned(), "前期".to_owned(), 1);
        let lost = ("evaluation".to_owned(), "前期".to_owned(), 7);
        for ruling in [
            rulings.of(Some(&key), "evaluation", None),
            rulings.of(Some(&lost), "evaluation", None),
            rulings.of(None, "evaluation", Some(year(2024))),
            rulings.of(None, "unheard_of", None),
        ] {
            assert!(ruling.publishing.is_none(), "{ruling:?}");
        }
    }

    #[test]
    fn a_plan_without_schemes_of_the_city_is_ruled_by_its_preset() {
        let rulings = Rulings::new();
        let now = rulings.of(None, "evaluation", Some(year(2024)));
        assert!(now.shown.is_some() && now.publishing.is_some());
        let later = rulings.of(None, "evaluation", Some(year(2030)));
        assert!(later.shown.is_none() && later.publishing.is_some());
    }
}
