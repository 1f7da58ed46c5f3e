//! A value of a filter to choose.

use meguri_app::read::Library;
use serde::Serialize;

/// One value of a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Its value in the address.
    pub value: String,
    /// Its words.
    pub text: String,
    /// Is it chosen?
    pub chosen: bool,
}

impl Choice {
    /// A value with its words, where one is chosen.
    #[must_use]
    pub fn new(value: &str, text: &str, chosen: &str) -> Self {
        Self {
            value: value.to_owned(),
            text: text.to_owned(),
            chosen: value == chosen,
        }
    }

    /// The plans to choose from, where the key of one is chosen.
    #[must_use]
    pub fn plans(library: &Library, chosen: &str) -> Vec<Self> {
        library
            .plans()
            .map(|plan| Self::new(&plan.key, plan.plan_name(), chosen))
            .collect()
    }
}
