//! The pages, as HTML made on the server and as JSON and CSV of the same values.
//!
//! A handler asks the [`data::Library`] for what its page shows, fills the page's struct and gives
//! it to the template of the same name. Nothing here reads papers or counts. The pages are one set;
//! what differs is the picture that stands behind a [`door::Door`].

mod asked;
pub mod assets;
pub mod chart;
pub mod data;
pub mod door;
pub mod error;
pub mod follow;
mod layers;
pub mod marks;
pub mod metrics;
pub mod operations;
pub mod page;
pub mod pages;
pub mod router;
pub mod search;
pub mod server;
pub mod table;

use data::Library;
use metrics::Metrics;
use search::Finder;
use std::sync::Arc;

/// What a request sees: one picture from its beginning to its end.
#[derive(Clone, Debug)]
pub struct Site {
    /// What may be shown.
    pub library: Arc<Library>,
    /// The search over it.
    pub finder: Arc<Finder>,
    /// What is counted for the operators.
    pub metrics: Arc<Metrics>,
    /// What is known of the site.
    pub facts: Arc<Facts>,
}

/// What is known of a site, from the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Where the public reaches it: `https://example.jp`, without a slash at its end. `None` where
    /// it is not known; the name by which a request comes is nothing to go by.
    pub public_url: Option<String>,
    /// The name of the municipality.
    pub municipality: Option<String>,
}

impl Facts {
    /// An address in full, as far as that is known.
    #[must_use]
    pub fn full(&self, address: &str) -> String {
        format!("{}{address}", self.public_url.as_deref().unwrap_or_default())
    }
}
