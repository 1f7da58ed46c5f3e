//! What the rows of projects tell of, to choose from: found once for a picture, since it takes a
//! look at all of them.

use crate::read::Library;
use meguri_core::fiscal_year::FiscalYear;
use std::collections::BTreeSet;

/// Years and directions of projects.
#[derive(Debug, Default)]
pub struct Told {
    /// The evaluated years, and those of costs.
    pub years: BTreeSet<FiscalYear>,
    /// The directions of next year.
    pub directions: BTreeSet<String>,
}

impl Library {
    /// What the projects of the current documents tell of.
    #[must_use]
    pub fn told_by_projects(&self) -> &Told {
        self.told.get_or_init(|| {
            let mut told = Told::default();
            for sheet in self
                .entries()
                .iter()
                .flat_map(|entry| entry.document.sheets())
            {
                told.years.extend(sheet.year);
                for row in &sheet.listings {
                    told.years.extend(row.costs.iter().map(|cost| cost.year));
                    for (_, step) in &row.next_steps {
                        if !told.directions.contains(&step.value) {
                            told.directions.insert(step.value.clone());
                        }
                    }
                }
            }
            told
        })
    }
}
