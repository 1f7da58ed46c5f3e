//! What the city says of its site: its name, where to write to, and under which terms its data may
//! be used. All of it comes from the settings.

use crate::config::Config;

/// What the city says of its site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The name of the municipality; empty where the settings do not say.
    pub name: String,
    /// Where to write or call; empty where the settings do not say.
    pub contact: String,
    /// The terms of the data; empty where the settings do not say.
    pub licence: String,
    /// The day of the last test of accessibility; empty where there was none.
    pub tested: String,
}

impl About {
    /// What the settings say.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let words = |words: &Option<String>| words.clone().unwrap_or_default().trim().to_owned();
        Self {
            name: words(&config.municipality_name),
            contact: words(&config.contact),
            licence: words(&config.licence),
            tested: words(&config.accessibility_tested),
        }
    }
}
