//! Follows the database: what another process publishes is shown within seconds. A database that
//! goes away does not end the server; the last pictures stay.

use crate::web::data::pictures::Pictures;
use crate::web::door::{Door, House, Public};
use crate::web::told::About;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Between two looks. A look is one short statement.
const PAUSE: Duration = Duration::from_secs(1);

/// The doors over a database.
#[derive(Debug)]
pub struct Follower {
    pictures: Pictures,
    seen: Option<i64>,
    /// Everybody's door.
    pub public: Door<Public>,
    /// The house's door, where it is wanted.
    pub house: Option<Door<House>>,
    /// Does the database answer?
    pub answers: Arc<AtomicBool>,
}

impl Follower {
    /// Doors that show what is there now.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn open(mut pictures: Pictures, house: bool) -> meguri_store::Result<Self> {
        let seen = Some(pictures.moved().await?);
        let public = Door::new(pictures.published().await?);
        let house = if house { Some(Door::new(pictures.in_force().await?)) } else { None };
        Ok(Self { pictures, seen, public, house, answers: Arc::new(AtomicBool::new(true)) })
    }

    /// The same with what the city says of its site.
    #[must_use]
    pub fn told(self, about: &About) -> Self {
        Self {
            public: self.public.told(about.clone()),
            house: self.house.map(|house| house.told(about.clone())),
            ..self
        }
    }

    /// The same with a public door that keeps finished answers up to so many bytes.
    #[must_use]
    pub fn keeping(self, limit_bytes: u64) -> Self {
        Self { public: self.public.keeping(limit_bytes), ..self }
    }

    /// Shows what is new, where something was written; whether anything was.
    ///
    /// # Errors
    /// Those of the store; the doors show what they showed.
    pub async fn look(&mut self) -> meguri_store::Result<bool> {
        // Read before the pictures: what is written meanwhile moves it again.
        let moved = self.pictures.moved().await?;
        if self.seen == Some(moved) {
            return Ok(false);
        }
        self.public.show(self.pictures.published().await?);
        if let Some(house) = &self.house {
            house.show(self.pictures.in_force().await?);
        }
        self.seen = Some(moved);
        Ok(true)
    }

    /// Looks again and again, for as long as the server runs.
    pub async fn follow(mut self) {
        loop {
            tokio::time::sleep(PAUSE).await;
            let outcome = self.look().await;
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
