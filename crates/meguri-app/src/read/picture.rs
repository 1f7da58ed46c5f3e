//! Pictures: what of a municipality may be shown to one kind of reader, with the search over it. No
//! kind fits in the place of another: what is not published cannot get into a public picture.

use crate::read::{Entry, Library, Naming, View, Withdrawn};
use crate::search::Finder;
use meguri_core::access::{Grant, Permission, Role};
use std::marker::PhantomData;
use std::sync::Arc;

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
    /// What one must be permitted to see what it shows.
    const READS: Permission;

    /// Does the staff sign in and work here?
    const HAS_STAFF: bool;

    /// What a visitor has without signing in. Until people sign in, whoever reaches the listener of
    /// the house, which is on this machine only, reads there.
    fn usual_grants() -> Vec<Grant>;
}

impl Kind for Public {
    const NAME: &'static str = "public";
    const READS: Permission = Permission::ReadPublished;
    const HAS_STAFF: bool = false;

    fn usual_grants() -> Vec<Grant> {
        Vec::new()
    }
}

impl Kind for House {
    const NAME: &'static str = "house";
    const READS: Permission = Permission::ReadInternal;
    const HAS_STAFF: bool = true;

    fn usual_grants() -> Vec<Grant> {
        vec![Grant::new(Role::Reader)]
    }
}

/// A library that may stand behind a door of a kind.
#[derive(Clone, Debug)]
pub struct Picture<K> {
    library: Arc<Library>,
    /// The search over this very library, never over another one.
    finder: Arc<Finder>,
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
            kind: PhantomData,
        }
    }

    /// Is it the very same picture with the same search?
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let (library, finder) = (&self.library, &self.finder);
        Arc::ptr_eq(library, &other.library) && Arc::ptr_eq(finder, &other.finder)
    }

    /// The same picture with the search over it.
    #[must_use]
    pub fn searchable(self, finder: Finder) -> Self {
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

    /// The search over it.
    #[must_use]
    pub const fn finder(&self) -> &Arc<Finder> {
        &self.finder
    }
}

impl Picture<Public> {
    /// A picture for everybody, of publications that are not withdrawn. Only where pictures are
    /// made of what the store gives as published may say so.
    pub(in crate::read) fn published(
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
        library.warm_up();
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
