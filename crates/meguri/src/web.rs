//! The pages, as HTML made on the server and as JSON of the same values.
//!
//! A handler asks the [`data::Library`] for what its page shows, fills the page's struct and gives
//! it to the template of the same name. Nothing here reads papers or counts.

mod asked;
pub mod assets;
pub mod data;
pub mod error;
mod layers;
pub mod metrics;
pub mod operations;
pub mod page;
pub mod pages;
pub mod router;
pub mod server;
pub mod told;

use data::Library;
use metrics::Metrics;
use std::sync::Arc;
use told::About;

/// What every handler has.
#[derive(Clone, Debug)]
pub struct Site {
    /// The papers that are shown.
    pub library: Arc<Library>,
    /// What is counted for the operators.
    pub metrics: Arc<Metrics>,
    /// What the city says of its site.
    pub about: Arc<About>,
}

impl Site {
    /// A site over some papers.
    #[must_use]
    pub fn new(library: Library) -> Self {
        Self { library: Arc::new(library), metrics: Arc::default(), about: Arc::default() }
    }

    /// The same with what the city says of it.
    #[must_use]
    pub fn told(self, about: About) -> Self {
        Self { about: Arc::new(about), ..self }
    }
}
