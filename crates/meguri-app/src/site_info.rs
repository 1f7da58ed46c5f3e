//! What the city says of its site: its name, where to write to, and under which terms its data may
//! be used. All of it comes from the settings.

use crate::config::Config;
use meguri_search::WordList;
use std::sync::Arc;

/// What the city says of its site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteInfo {
    /// The name of the municipality; empty where the settings do not say.
    pub name: String,
    /// Where to write or call; empty where the settings do not say.
    pub contact: String,
    /// The terms of the data; empty where the settings do not say.
    pub licence: String,
    /// The day of the last test of accessibility; empty where there was none.
    pub tested: String,
    /// What stands at the top of every page; empty where the settings do not say.
    pub notice: String,
    /// Where the public reaches the site: `https://example.jp`, without a slash at its end. `None`
    /// where it is not known; the name by which a request comes is nothing to go by.
    pub public_url: Option<String>,
    /// Words of the city for the search, beside the bundled ones.
    pub search_words: Arc<WordList>,
}

impl SiteInfo {
    /// An address in full, as far as that is known.
    #[must_use]
    pub fn full(&self, address: &str) -> String {
        format!(
            "{}{address}",
            self.public_url.as_deref().unwrap_or_default()
        )
    }

    /// The same with the name that the database keeps, where the settings have none.
    #[must_use]
    pub fn or_named(self, name: &str) -> Self {
        let name = if self.name.is_empty() {
            name.to_owned()
        } else {
            self.name
        };
        Self { name, ..self }
    }

    /// The same with words of the city for the search.
    #[must_use]
    pub fn with_words(self, search_words: Arc<WordList>) -> Self {
        Self {
            search_words,
            ..self
        }
    }

    /// What the settings say.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let words = |words: &Option<String>| words.clone().unwrap_or_default().trim().to_owned();
        Self {
            name: words(&config.municipality_name),
            contact: words(&config.contact),
            licence: words(&config.licence),
            tested: words(&config.accessibility_tested),
            notice: words(&config.notice),
            public_url: config.public_url.clone(),
            search_words: Arc::default(),
        }
    }
}
