//! What the rows of projects tell of, to choose from: found once for a picture, since it takes a
//! look at all of them.

use crate::read::Library;
use meguri_core::fiscal_year::FiscalYear;
use std::collections::BTreeSet;

/// Years and directions of projects.
#[derive(Debug, Default)]
pub struct Facets {
    /// The evaluated years, and those of costs.
    pub years: BTreeSet<FiscalYear>,
    /// The directions of next year.
    pub directions: BTreeSet<String>,
}

impl Library {
    /// What the projects of the current documents tell of.
    #[must_use]
    pub fn project_facets(&self) -> &Facets {
        self.facets.get_or_init(|| {
            let mut facets = Facets::default();
            for sheet in self
                .entries()
                .iter()
                .flat_map(|entry| entry.document.sheets())
            {
                facets.years.extend(sheet.year);
                for row in &sheet.listings {
                    facets.years.extend(row.costs.iter().map(|cost| cost.year));
                    for (_, step) in &row.next_steps {
                        if !facets.directions.contains(&step.value) {
                            facets.directions.insert(step.value.clone());
                        }
                    }
                }
            }
            facets
        })
    }
}
