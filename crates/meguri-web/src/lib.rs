//! The pages, as HTML made on the server and as JSON and CSV of the same values.
//!
//! A handler asks the [`meguri_app::read::Library`] for what its page shows, fills the page's struct and gives
//! it to the template of the same name. Nothing here reads papers or counts. The pages are one set;
//! what differs is the picture that stands behind a [`door::Door`].

mod asked;
pub mod assets;
pub mod chart;
pub mod door;
pub mod error;
pub mod error_page;
pub mod feeds;
mod finish;
pub mod link;
pub mod log;
mod lookup;
pub mod making;
pub mod metrics;
mod middleware;
pub mod operations;
pub mod page;
pub mod pages;
mod paper;
mod posted;
pub mod refresh;
pub mod response_cache;
pub mod router;
pub mod server;
pub mod staff;
mod streamed;
pub mod table;
mod uploaded;
pub mod view;
pub mod visitor;
pub mod warm;

use making::Making;
use meguri_app::read::Library;
use meguri_app::search::Finder;
use meguri_app::site_info::SiteInfo;
use meguri_app::staff::Staff;
use metrics::Metrics;
use response_cache::ResponseCache;
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
    /// What the city says of its site.
    pub about: Arc<SiteInfo>,
    /// Finished answers about the library.
    pub answers: Arc<ResponseCache>,
    /// Where its pages are made.
    pub making: Arc<Making>,
    /// The staff's side, where people sign in.
    pub staff: Option<Staff>,
}
