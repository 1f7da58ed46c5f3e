//! Follows the database: what another process publishes is shown within seconds, together with the
//! search over it. A database that goes away does not end the server; the last pictures stay.

use crate::door::{Door, House, Kind, Picture, Public};
use meguri_app::read::concern::Concern;
use meguri_app::read::pictures::{Pictures, StoreError};
use meguri_app::search::Keeper;
use meguri_app::site_info::SiteInfo;
use meguri_app::staff::Staff;
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Between two looks. A look is one short statement.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a new picture waits for its search, to be shown together with it.
const PATIENCE: Duration = Duration::from_secs(2);

/// The most looks between two tries to mend an index.
const LONGEST_PAUSE: u32 = 60;

/// How the doors are opened.
#[derive(Debug)]
pub struct Opening {
    /// Is the house's door wanted?
    pub house: bool,
    /// The index of what is public.
    pub index: Keeper<Public>,
    /// What is known of the site.
    pub about: SiteInfo,
}

/// Opens the database anew, where its file was replaced by another one.
pub type Reopen = Box<dyn Fn() -> Reopening + Send + Sync>;

/// A database that is being opened; the fault in words.
pub type Reopening = Pin<Box<dyn Future<Output = Result<Pictures, String>> + Send>>;

/// Why there is nothing new to show.
#[derive(Debug, thiserror::Error)]
pub enum LookFault {
    /// What the store says.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file was replaced, and the new one cannot be opened.
    #[error("{0}")]
    Reopening(String),
}

/// The doors over a database.
pub struct Refresher {
    pictures: Pictures,
    reopen: Option<Reopen>,
    seen: Option<(i64, String)>,
    /// Everybody's door.
    pub public: Door<Public>,
    /// The house's door, where it is wanted.
    pub house: Option<Door<House>>,
    /// Does the database answer?
    pub answers: Arc<AtomicBool>,
    /// When it was last looked at with success.
    pub looked: Arc<Mutex<Instant>>,
    public_index: Shelf<Public>,
    house_index: Shelf<House>,
}

impl Refresher {
    /// Doors that show what is there now, with the search in memory.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn open(pictures: Pictures, house: bool) -> Result<Self, StoreError> {
        let about = SiteInfo::default();
        Self::open_as(
            pictures,
            Opening {
                house,
                index: Keeper::in_memory(),
                about,
            },
        )
        .await
    }

    /// Doors that show what is there now.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn open_as(mut pictures: Pictures, how: Opening) -> Result<Self, StoreError> {
        let seen = Some(pictures.head().await?);
        let public = Door::new(Picture::empty()).told(how.about.clone());
        let mut public_index = Shelf::new(how.index);
        public_index
            .show(&public, pictures.published().await?)
            .await;
        let mut house_index = Shelf::new(Keeper::in_memory());
        let mut house = None;
        if how.house {
            let picture = pictures.in_force().await?;
            let door = Door::new(picture.clone()).told(how.about);
            house_index.show(&door, picture).await;
            house = Some(door);
        }
        let answers = Arc::new(AtomicBool::new(true));
        let looked = Arc::new(Mutex::new(Instant::now()));
        Ok(Self {
            pictures,
            reopen: None,
            seen,
            public,
            house,
            answers,
            looked,
            public_index,
            house_index,
        })
    }

    /// The same with a public door that keeps finished answers up to so many bytes.
    #[must_use]
    pub fn keeping(self, limit_bytes: u64) -> Self {
        Self {
            public: self.public.keeping(limit_bytes),
            ..self
        }
    }

    /// The same with a door of the house at which the staff signs in.
    #[must_use]
    pub fn staffed(self, staff: &Staff) -> Self {
        Self {
            house: self.house.map(|house| house.staffed(staff.clone())),
            ..self
        }
    }

    /// The same with a way to open the file that stands in the place of the database.
    #[must_use]
    pub fn reopening(self, reopen: Reopen) -> Self {
        Self {
            reopen: Some(reopen),
            ..self
        }
    }

    /// Shows what is new, where something was written or the file is another one; whether anything
    /// was.
    ///
    /// # Errors
    /// Those of the store, or of opening it anew; the doors show what they showed.
    pub async fn look(&mut self) -> Result<bool, LookFault> {
        match (self.pictures.are_in_place(), &self.reopen) {
            (Err(error @ StoreError::OtherFile(_)), Some(reopen)) => {
                self.answers.store(false, Ordering::Relaxed);
                tracing::warn!(%error, "the database file was replaced; it is opened anew");
                self.pictures = reopen().await.map_err(LookFault::Reopening)?;
                self.seen = None;
            }
            (outcome, _) => outcome?,
        }
        // Read before the pictures: what is written meanwhile moves it again.
        let head = self.pictures.head().await?;
        if self.seen.as_ref() == Some(&head) {
            self.public_index.mend(&self.public).await;
            if let Some(house) = &self.house {
                self.house_index.mend(house).await;
            }
            return Ok(false);
        }
        if let Some(seen) = &self.seen
            && !self.pictures.continues(seen).await?
        {
            tracing::warn!("the database has another history than before; all is read anew");
            self.pictures = self.pictures.anew();
            self.seen = None;
        }
        let concern = self.concern(head.0).await?;
        if concern == Concern::Nobody {
            self.seen = Some(head);
            self.public_index.mend(&self.public).await;
            if let Some(house) = &self.house {
                self.house_index.mend(house).await;
            }
            return Ok(false);
        }
        let shown = self.public.picture();
        let public = self
            .pictures
            .published_after(concern, shown.clone())
            .await?;
        if public.is(&shown) {
            self.public_index.mend(&self.public).await;
        } else {
            self.public_index.show(&self.public, public).await;
        }
        if let Some(house) = &self.house {
            self.house_index
                .show(house, self.pictures.in_force().await?)
                .await;
        }
        self.seen = Some(head);
        Ok(true)
    }

    /// Whom the writes since the last look concern; everybody where that cannot be said, because the
    /// database is another one or an older state of it.
    async fn concern(&self, moved: i64) -> Result<Concern, StoreError> {
        match &self.seen {
            Some((seen, _)) if *seen < moved => {
                let concern = self.pictures.concern_after(*seen).await?;
                Ok(concern.unwrap_or(Concern::Public))
            }
            _ => Ok(Concern::Public),
        }
    }

    /// Looks again and again, for as long as the server runs.
    pub async fn follow(mut self) {
        loop {
            tokio::time::sleep(PAUSE).await;
            let outcome = self.look().await;
            if outcome.is_ok() {
                *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
            }
            let before = self.answers.swap(outcome.is_ok(), Ordering::Relaxed);
            match (outcome, before) {
                (Err(error), true) => {
                    tracing::warn!(%error, "the database does not answer; the last picture stays");
                }
                (Ok(_), false) => tracing::info!("the database answers again"),
                (Ok(true), _) => tracing::info!("a new picture is shown"),
                _ => {}
            }
        }
    }
}

impl fmt::Debug for Refresher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { public, house, .. } = self;
        f.debug_struct("Refresher")
            .field("public", public)
            .field("house", house)
            .finish_non_exhaustive()
    }
}

/// The index of a door, and the work on it.
#[derive(Debug)]
struct Shelf<K> {
    keeper: Arc<Mutex<Keeper<K>>>,
    /// The work that takes longer than anybody waits.
    late: Option<JoinHandle<()>>,
    /// How many looks to wait before the next try, and how many after a further failure.
    pause: (u32, u32),
}

impl<K: Kind> Shelf<K> {
    fn new(keeper: Keeper<K>) -> Self {
        Self {
            keeper: Arc::new(Mutex::new(keeper)),
            late: None,
            pause: (0, 1),
        }
    }

    /// Shows a picture together with its search. Where that takes long (the first time, or where
    /// all is new), the picture is shown without one, which comes when it is ready: a withdrawal
    /// does not wait for an index.
    async fn show(&mut self, door: &Door<K>, picture: Picture<K>) {
        let (keeper, of) = (Arc::clone(&self.keeper), picture.clone());
        let mut work = tokio::task::spawn_blocking(move || {
            let mut keeper = keeper.lock().unwrap_or_else(PoisonError::into_inner);
            let made = keeper.bring(&of);
            made.inspect_err(|error| tracing::warn!(%error, "the search index is behind"))
                .ok()
        });
        match tokio::time::timeout(PATIENCE, &mut work).await {
            Ok(Ok(Some(finder))) => door.show(picture.searchable(finder)),
            Ok(_) => door.show(picture),
            Err(_) => {
                door.show(picture.clone());
                let door = door.clone();
                self.late = Some(tokio::spawn(async move {
                    if let Ok(Some(finder)) = work.await {
                        door.make_searchable(&picture, finder);
                    }
                }));
            }
        }
    }

    /// Tries again where the index is behind its picture or cannot be read; less and less often
    /// where that does not help.
    async fn mend(&mut self, door: &Door<K>) {
        if self.late.as_ref().is_some_and(|late| !late.is_finished()) {
            return;
        }
        if !self.is_due() {
            self.pause = (0, 1);
            return;
        }
        let (left, next) = self.pause;
        if left > 0 {
            self.pause = (left - 1, next);
            return;
        }
        self.pause = (next, (next * 2).min(LONGEST_PAUSE));
        self.show(door, door.picture()).await;
    }

    fn is_due(&self) -> bool {
        self.keeper.try_lock().is_ok_and(|keeper| keeper.is_due())
    }
}
