//! The doors: what a router is opened over. A door holds the picture of one kind, and no other kind
//! fits in: what is not published cannot get behind the public one.

use crate::Site;
use crate::making::Making;
use crate::metrics::Metrics;
use crate::response_cache::ResponseCache;
use axum::extract::FromRef;
pub use meguri_app::read::picture::{House, Kind, Picture, Public};
use meguri_app::search::Finder;
use meguri_app::site_info::SiteInfo;
use meguri_app::staff::Staff;
use std::sync::{Arc, PoisonError, RwLock};

/// A picture with what was answered about it.
#[derive(Clone, Debug)]
struct Shown<K> {
    picture: Picture<K>,
    /// What was answered about this very picture, never about another one.
    answers: Arc<ResponseCache>,
}

/// A door with the picture that it shows now; clones are the same door.
#[derive(Debug)]
pub struct Door<K> {
    shown: Arc<RwLock<Shown<K>>>,
    metrics: Arc<Metrics>,
    about: Arc<SiteInfo>,
    making: Arc<Making>,
    staff: Option<Staff>,
}

/// Without asking that the kind can be cloned.
impl<K> Clone for Door<K> {
    fn clone(&self) -> Self {
        let (shown, metrics) = (Arc::clone(&self.shown), Arc::clone(&self.metrics));
        Self {
            shown,
            metrics,
            about: Arc::clone(&self.about),
            making: Arc::clone(&self.making),
            staff: self.staff.clone(),
        }
    }
}

impl<K: Kind> Door<K> {
    /// A door that shows a picture.
    #[must_use]
    pub fn new(picture: Picture<K>) -> Self {
        Self {
            shown: Arc::new(RwLock::new(Shown {
                picture,
                answers: Arc::default(),
            })),
            metrics: Arc::default(),
            about: Arc::default(),
            making: Arc::default(),
            staff: None,
        }
    }

    /// The same with what the city says of its site.
    #[must_use]
    pub fn told(self, about: SiteInfo) -> Self {
        Self {
            about: Arc::new(about),
            ..self
        }
    }

    /// The same with so many costly pages that are made at once.
    #[must_use]
    pub fn with_costly(self, most: usize) -> Self {
        Self {
            making: Arc::new(Making::with_costly(most)),
            ..self
        }
    }

    /// Shows another picture from the next request on. What was answered about the one before goes
    /// with it.
    pub fn show(&self, picture: Picture<K>) {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        if shown.picture.is(&picture) {
            return;
        }
        let answers = Arc::new(shown.answers.afresh());
        *shown = Shown { picture, answers };
    }

    /// Puts the search beside the picture that it was made of; where another one is shown by now,
    /// it is not put anywhere.
    pub fn make_searchable(&self, picture: &Picture<K>, finder: Finder) {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(shown.picture.library(), picture.library()) {
            shown.picture = picture.clone().searchable(finder);
            // What was answered without the search is not said again with it.
            shown.answers = Arc::new(shown.answers.afresh());
        }
    }

    /// What it shows now.
    #[must_use]
    pub fn picture(&self) -> Picture<K> {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        shown.picture.clone()
    }

    /// Does it still show the picture to which answers belong?
    #[must_use]
    pub fn still_shows(&self, answers: &Arc<ResponseCache>) -> bool {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        Arc::ptr_eq(&shown.answers, answers)
    }

    /// What a request sees from its beginning to its end.
    #[must_use]
    pub fn site(&self) -> Site {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let library = Arc::clone(shown.picture.library());
        let finder = Arc::clone(shown.picture.finder());
        let answers = Arc::clone(&shown.answers);
        let (metrics, about) = (Arc::clone(&self.metrics), Arc::clone(&self.about));
        Site {
            library,
            finder,
            metrics,
            about,
            answers,
            making: Arc::clone(&self.making),
            staff: self.staff.clone(),
        }
    }
}

impl Door<Public> {
    /// The same door, which keeps finished answers up to so many bytes; with 0 it keeps none. No
    /// other door can: what the house sees is not kept beside the picture.
    #[must_use]
    pub fn keeping(self, limit_bytes: u64) -> Self {
        let answers = Arc::new(ResponseCache::up_to(limit_bytes));
        self.shown
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .answers = answers;
        self
    }
}

impl Door<House> {
    /// The same door, at which the staff signs in. No other door has any.
    #[must_use]
    pub fn staffed(self, staff: Staff) -> Self {
        Self {
            staff: Some(staff),
            ..self
        }
    }
}

impl<K: Kind> FromRef<Door<K>> for Site {
    fn from_ref(door: &Door<K>) -> Self {
        door.site()
    }
}
