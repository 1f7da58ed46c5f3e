//! The doors: what a router is opened over. A door holds the picture of one kind, and no other kind
//! fits in: what is not published cannot get behind the public one.

use crate::web::Site;
use crate::web::answers::Answers;
use crate::web::data::{Entry, Library, Naming, View, Withdrawn};
use crate::web::making::Making;
use crate::web::metrics::Metrics;
use crate::web::search::Finder;
use crate::web::told::About;
use axum::extract::FromRef;
use std::marker::PhantomData;
use std::sync::{Arc, PoisonError, RwLock};

/// Everybody's door: only what is published.
#[derive(Clone, Copy, Debug)]
pub struct Public;

/// The house's door: all that is kept, or papers in memory.
#[derive(Clone, Copy, Debug)]
pub struct House;

/// Kinds of doors.
pub trait Kind: Clone + Send + Sync + 'static {
    /// A word for logs and counters.
    const NAME: &'static str;
}

impl Kind for Public {
    const NAME: &'static str = "public";
}

impl Kind for House {
    const NAME: &'static str = "house";
}

/// A library that may stand behind a door of a kind.
#[derive(Clone, Debug)]
pub struct Picture<K> {
    library: Arc<Library>,
    /// The search over this very library, never over another one.
    finder: Arc<Finder>,
    /// What was answered about this very library, never about another one.
    answers: Arc<Answers>,
    kind: PhantomData<K>,
}

impl<K> Picture<K> {
    /// Papers in memory are searched over an index in memory; else there is no search until the
    /// index is in step.
    fn of(library: Arc<Library>) -> Self {
        let finder = match library.view() {
            View::Preview => Finder::lazy(Arc::clone(&library)),
            View::Published | View::InForce => Finder::default(),
        };
        Self {
            library,
            finder: Arc::new(finder),
            answers: Arc::default(),
            kind: PhantomData,
        }
    }

    /// Is it the very same picture with the same search?
    fn is(&self, other: &Self) -> bool {
        let (library, finder) = (&self.library, &self.finder);
        Arc::ptr_eq(library, &other.library) && Arc::ptr_eq(finder, &other.finder)
    }

    /// The same picture with the search over it.
    pub(in crate::web) fn searchable(self, finder: Finder) -> Self {
        Self {
            finder: Arc::new(finder),
            ..self
        }
    }

    /// What is in it.
    #[must_use]
    pub const fn library(&self) -> &Arc<Library> {
        &self.library
    }
}

impl Picture<Public> {
    /// A picture for everybody, of publications that are not withdrawn. Only where pictures are
    /// made of what the store gives as published may say so.
    pub(in crate::web) fn published(
        entries: Vec<Entry>,
        withdrawn: Withdrawn,
        naming: &Naming,
    ) -> Self {
        // An entry that is no publication would be a fault of ours; it is left out, not shown.
        let entries = entries
            .into_iter()
            .filter(|entry| entry.published.is_some())
            .collect();
        let library = Library::of(View::Published, entries, withdrawn, naming);
        library.tie();
        Self::of(Arc::new(library))
    }

    /// A picture with nothing in it.
    #[must_use]
    pub fn empty() -> Self {
        Self::published(Vec::new(), Withdrawn::default(), &Naming::default())
    }
}

impl Picture<House> {
    /// A picture for the house.
    #[must_use]
    pub fn in_house(library: Library) -> Self {
        Self::of(Arc::new(library))
    }
}

/// A door with the picture that it shows now; clones are the same door.
#[derive(Debug)]
pub struct Door<K> {
    shown: Arc<RwLock<Picture<K>>>,
    metrics: Arc<Metrics>,
    about: Arc<About>,
    making: Arc<Making>,
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
        }
    }
}

impl<K> Door<K> {
    /// A door that shows a picture.
    #[must_use]
    pub fn new(picture: Picture<K>) -> Self {
        Self {
            shown: Arc::new(RwLock::new(picture)),
            metrics: Arc::default(),
            about: Arc::default(),
            making: Arc::default(),
        }
    }

    /// The same with what the city says of its site.
    #[must_use]
    pub fn told(self, about: About) -> Self {
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
        if shown.is(&picture) {
            return;
        }
        let answers = Arc::new(shown.answers.afresh());
        *shown = Picture { answers, ..picture };
    }

    /// Puts the search beside the picture that it was made of; where another one is shown by now,
    /// it is not put anywhere.
    pub fn make_searchable(&self, picture: &Picture<K>, finder: Finder) {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&shown.library, &picture.library) {
            shown.finder = Arc::new(finder);
            // What was answered without the search is not said again with it.
            shown.answers = Arc::new(shown.answers.afresh());
        }
    }

    /// What it shows now.
    #[must_use]
    pub fn picture(&self) -> Picture<K> {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let (library, finder) = (Arc::clone(&shown.library), Arc::clone(&shown.finder));
        Picture {
            library,
            finder,
            answers: Arc::clone(&shown.answers),
            kind: PhantomData,
        }
    }

    /// Does it still show the picture to which answers belong?
    #[must_use]
    pub fn still_shows(&self, answers: &Arc<Answers>) -> bool {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        Arc::ptr_eq(&shown.answers, answers)
    }

    /// What a request sees from its beginning to its end.
    #[must_use]
    pub fn site(&self) -> Site {
        let Picture {
            library,
            finder,
            answers,
            ..
        } = self.picture();
        let (metrics, about) = (Arc::clone(&self.metrics), Arc::clone(&self.about));
        Site {
            library,
            finder,
            metrics,
            about,
            answers,
            making: Arc::clone(&self.making),
        }
    }
}

impl Door<Public> {
    /// The same door, which keeps finished answers up to so many bytes; with 0 it keeps none. No
    /// other door can: what the house sees is not kept beside the picture.
    #[must_use]
    pub fn keeping(self, limit_bytes: u64) -> Self {
        let answers = Arc::new(Answers::up_to(limit_bytes));
        self.shown
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .answers = answers;
        self
    }
}

impl<K> FromRef<Door<K>> for Site {
    fn from_ref(door: &Door<K>) -> Self {
        door.site()
    }
}
